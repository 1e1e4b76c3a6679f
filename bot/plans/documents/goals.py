"""What the family wants to happen: each goal with its help beside it, free help first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.plans.documents.sections import card, entries, is_empty, values_of
from bot.plans.documents.telling import GOAL, Telling
from bot.plans.documents.tree import Block, Cell, Heading, Pounds
from bot.plans.model import Record
from bot.plans.totals import Totals

GOALS, FREE = "P08", "P09"


def section(tell: Telling, totals: Totals) -> Iterator[Block]:
    """The goals, in the order they were said."""
    if is_empty(tell, GOALS):
        return
    shape = tell.section(GOALS)
    yield Heading(2, shape.title)
    yield from entries(tell, shape)
    for number, goal in enumerate(tell.plan.goals(), 1):
        row = values_of(tell, shape, goal)
        if free := _free(tell, totals, goal):
            row[tell.say("doc.free_help")] = free
        if bought := _bought(tell, totals, goal):
            row[tell.say("doc.bought_help")] = bought
        yield from card(tell, shape, goal, row, number)


def _free(tell: Telling, totals: Totals, goal: Record) -> Cell:
    """Help that costs nothing: people and places (P09), and lines of no cost."""
    known = tuple(
        tell.words(record.get("main"), record.by)
        for record in tell.said(FREE).records
        if record.get(GOAL) == str(goal.id) and record.get("main")
    )
    lines = tuple(
        tell.words(line.line.what, line.line.by)
        for line in totals.lines
        if line.line.goal == goal.id and line.cost.yearly_pence == 0
    )
    return (*known, *lines)


def _bought(tell: Telling, totals: Totals, goal: Record) -> Cell:
    """What the plan spends on this goal, and what it comes to with all that employing somebody adds."""
    found = [line for line in totals.lines if line.line.goal == goal.id and line.cost.yearly_pence != 0]
    if not found:
        return ()
    total = sum(line.total_pence or 0 for line in found)
    sums: Cell = (tell.say("doc.this_goal"), Pounds(total)) if total else ()
    return (*(tell.words(line.line.what, line.line.by) for line in found), *sums)
