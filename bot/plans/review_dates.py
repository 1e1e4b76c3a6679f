"""Dates in a plan: the first look back, whether there is one every year, and what has gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.content.plan_models import PlanRules
from bot.plans.check import Check, check
from bot.plans.dates import add_months, read_when
from bot.plans.model import Plan, Record

_QUESTION = {"P08": 2, "P13": 6, "P14": 6, "P18": 6}
"""The approval question of a section's dates; of all others 7, how it will happen."""

_AGAIN_AND_AGAIN = re.compile(
    r"\b(?:every|each|once an?|twice an?|times an?|yearly|annual(?:ly)?|termly|monthly|quarterly)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Review:
    """The first look back."""

    words: str = ""
    """Empty where nothing was said about it."""
    day: date | None = None
    past: bool = False
    late: bool = False
    """After the council's months, counted from today."""


def day_of(record: Record, name: str, today: date) -> date | None:
    """The day kept when it was said; else read now from the words."""
    kept = record.get(f"{name}_date")
    return date.fromisoformat(kept) if kept else read_when(record.get(name), today).date


def first_review(plan: Plan, rules: PlanRules, today: date) -> Review:
    """From the answer about it, else from the section's own words. "Every 3 months" begins in 3 months."""
    entries = plan.section("P17").entries
    said = [entry.text for entry in entries if entry.field == "first_review"] or [
        entry.text for entry in entries if entry.field == "main"
    ]
    if not said:
        return Review()
    words = said[-1]
    when = read_when(re.sub(r"\b(?:every|each) (?=\w+ (?:week|month))", "in ", words, flags=re.IGNORECASE), today)
    latest = add_months(today, rules.first_review_within_months)
    whole_month = not re.search(r"\d", words)  # "in February" may be its first day
    late = when.date is not None and (when.date.replace(day=1) if whole_month else when.date) > latest
    return Review(words, when.date, when.problem == "past", late)


def looks_back_yearly(plan: Plan) -> bool:
    """Whether somebody said how it goes on after the first time."""
    return any(
        entry.field == "yearly" or _AGAIN_AND_AGAIN.search(entry.text)
        for entry in plan.section("P17").entries
        if entry.field in ("main", "first_review", "yearly")
    )


def past(plan: Plan, today: date) -> Iterator[Check]:
    """Days that have gone by: of goals, risks, actions that are not done, and the like."""
    for code, section in sorted(plan.sections.items()):
        for record in section.records:
            for name in record.values:
                gone = name.endswith("_date") and (kept := record.get(name)) and date.fromisoformat(kept) < today
                if gone and record.get("done") != "yes":
                    words = record.get(name.removesuffix("_date")) or record.get("main")
                    yield check(_QUESTION.get(code, 7), "look_at", "date_past", code, words=words)
