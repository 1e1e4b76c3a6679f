"""When it is time to look back at a plan that is lived, and how what three voices said of a goal stands together.

The first time is the day that the plan names, at the latest so many months after the start as the council sets; then once
a year at least (SEN (Personal Budgets) Regulations 2014, regulation 11; domain notes 1.4 no. 66).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from bot.content.plan_models import PlanRules
from bot.plans.date_readers import add_months
from bot.plans.model import Plan
from bot.plans.review_dates import first_review

Reached = Literal["got_there", "part", "not_yet", "changed"]
"""Of a goal. changed: it is another one now. Nobody failed: "not yet"."""
REACHED: tuple[Reached, ...] = get_args(Reached)

Outcome = Literal["carry_on", "change", "stop"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

DueKind = Literal["first", "yearly"]

QUESTIONS = ("worked", "change", "money", "safe")
"""What is asked beside the goals: what worked, what to change, how the money went, feeling safe."""


@dataclass(frozen=True, slots=True)
class Due:
    """A looking back, and the day it is due."""

    kind: DueKind
    on: date


def due_dates(plan: Plan, rules: PlanRules, *, sent: date, starts: date) -> tuple[Due, Due]:
    """The first looking back and the yearly one of a year of the plan.

    ``sent``: the day on which this version was sent, which its words ("in 3 months") are counted from.
    """
    latest = add_months(starts, rules.first_review_within_months)
    named = first_review(plan, rules, sent).day
    first = named if named is not None and starts < named < latest else latest
    return Due("first", first), Due("yearly", add_months(starts, rules.yearly_review_months))


def next_due(dates: Iterable[Due], opened: Collection[tuple[str, date]], today: date, days_before: int) -> Due | None:
    """The looking back that is to be opened today: the earliest that is near and was not opened yet.

    ``opened``: kind and day of those that were. So many ``days_before`` it is due, the family is asked.
    """
    near = (due for due in dates if due.on - timedelta(days=days_before) <= today and (due.kind, due.on) not in opened)
    return min(near, key=lambda due: due.on, default=None)


@dataclass(frozen=True, slots=True)
class Goal:
    """What three voices said of one goal; None for a voice that said nothing."""

    id: int
    words: str
    said: Mapping[str, Reached | None]
    """By voice: child, family, professional."""

    @property
    def differs(self) -> bool:
        """Whether two of them see it differently."""
        return len({reached for reached in self.said.values() if reached is not None}) > 1

    @property
    def counted(self) -> Reached | None:
        """What counts in figures: the child's word, else the family's, else the professional's."""
        return next((found for voice in ("child", "family", "professional") if (found := self.said.get(voice))), None)
