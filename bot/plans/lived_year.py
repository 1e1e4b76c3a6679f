"""Next year's plan from this year as it was lived: what was really spent stands beside each cost, and goals that were
reached, or are wanted no longer, are laid aside. The plan that was sent stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.cases.reviews import Reached
from bot.plans.compare import start_from
from bot.plans.model import Plan

GOALS = "P08"
OVER: tuple[Reached, ...] = ("got_there", "changed")
"""Goals that the new year does not begin with."""


@dataclass(frozen=True, slots=True)
class LivedLine:
    """What was agreed for a line and what was spent on it, in pence."""

    agreed_pence: int
    spent_pence: int


@dataclass(frozen=True, slots=True)
class LivedYear:
    """A year of a plan."""

    lines: Mapping[int, LivedLine] = field(default_factory=dict)
    """By line id; a line on which nothing was written down as spent is not among them."""
    goals: Mapping[int, Reached] = field(default_factory=dict)
    """How each goal was seen last, by its record id."""


def start_from_lived(
    plan: Plan, year: LivedYear, today: date, reference: str, note: Callable[[LivedLine], str]
) -> Plan:
    """The new plan. ``note`` says in words what was spent of what was agreed; it is kept with the line."""
    fresh = start_from(plan, today, reference)
    lines = tuple(
        replace(line, notes=f"{line.notes}\n{note(year.lines[line.id])}".strip()) if line.id in year.lines else line
        for line in fresh.lines
    )
    goals = fresh.section(GOALS)
    over = tuple(record for record in goals.records if year.goals.get(record.id) in OVER)
    section = replace(
        goals,
        records=tuple(record for record in goals.records if record not in over),
        records_laid_aside=(*goals.records_laid_aside, *over),
    )
    # A cost that served a goal which is over serves none yet: the family is asked about it again.
    gone = {record.id for record in over}
    lines = tuple(replace(line, goal=None) if line.goal in gone else line for line in lines)
    return replace(fresh, lines=lines).with_section(GOALS, section)
