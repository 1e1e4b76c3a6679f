"""What must be seen before a line of a plan may start: agreements, DBS check, references, insurance (domain notes 1.7).

A named person ticks each with the day on which they saw it. A line that pays a person does not start before; other lines
go on. What is taken back, or runs out, counts no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.content.living_models import LivingRules, StartCheck
from bot.plans.model import Line
from bot.plans.on_costs import employs

Tick = Literal["seen", "left_out", "taken_back"]
"""left_out: a named person decided that it is not needed here, and why. taken_back: it was ticked by mistake, or no longer
holds."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """One tick, as it was made."""

    line: int
    check: str
    tick: Tick
    on: date
    """The day on which it was seen, or decided."""
    by: str


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing on a line's list."""

    check: StartCheck
    ticked: Ticked | None
    """The tick that holds now; None while nobody has seen it."""

    @property
    def done(self) -> bool:
        return self.ticked is not None


class NotATick(ValueError):
    """A tick that cannot be: not on this line's list, not one to leave out, or on a day still to come."""


def pays_a_person(line: Line) -> bool:
    """Whether money of the line goes to somebody who is with the child, found by the family and not by the council."""
    return line.unit_cost_pence != 0 and line.managed_by != "council" and (line.kind == "person" or bool(line.employed))


def checks_for(line: Line, rules: LivingRules) -> tuple[StartCheck, ...]:
    """What has to be seen for a line, in the council's order; nothing for help that costs nothing."""
    holds = {
        "direct_payment": line.managed_by == "direct_payment",
        "third_party": line.managed_by == "third_party",
        "paid_person": pays_a_person(line),
        "employed": employs(line),
    }
    if line.unit_cost_pence == 0:
        return ()
    return tuple(check for check in rules.checks if holds[check.before])


def needed(line: Line, rules: LivingRules, ticks: Iterable[Ticked]) -> tuple[Needed, ...]:
    """The line's list. Of several ticks of one thing the last counts; ``ticks`` are in the order they were made."""
    last = {tick.check: tick for tick in ticks if tick.line == line.id}
    return tuple(
        Needed(check, found if found is not None and found.tick != "taken_back" else None)
        for check in checks_for(line, rules)
        for found in (last.get(check.id),)
    )


def missing(line: Line, rules: LivingRules, ticks: Iterable[Ticked], starts: date) -> tuple[StartCheck, ...]:
    """What is not there yet for a start on this day. What was seen only after it does not count for it."""
    return tuple(one.check for one in needed(line, rules, ticks) if one.ticked is None or one.ticked.on > starts)


def checked(line: Line, rules: LivingRules, tick: Ticked, today: date) -> Ticked:
    """The tick, if it can be. Raises NotATick."""
    check = next((check for check in checks_for(line, rules) if check.id == tick.check), None)
    if check is None:
        raise NotATick(f"{tick.check} is not needed for this line")
    if tick.tick == "left_out" and not check.may_be_left_out:
        raise NotATick(f"{check.label} may not be left out")
    if tick.on > today:
        raise NotATick("the day is still to come")
    return tick


def ready(lines: Sequence[Line], rules: LivingRules, ticks: Sequence[Ticked], starts: date) -> tuple[Line, ...]:
    """Lines that may start on this day."""
    return tuple(line for line in lines if not missing(line, rules, ticks, starts))
