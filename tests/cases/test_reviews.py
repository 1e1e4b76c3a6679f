"""When a plan is looked back at, and how three voices about a goal stand together."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cases.reviews import Due, Goal, Reached, due_dates, next_due
from bot.content.loader import load
from bot.plans.model import Entry, Plan, Section

RULES = load().plan_rules
STARTS, SENT = date(2026, 12, 1), date(2026, 11, 10)


def plan(words: str) -> Plan:
    """A plan that says this about its first looking back."""
    return Plan("default-plan/1", SENT, sections={"P17": Section((Entry(1, "first_review", words, "m1"),))})


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("15 January 2027", date(2027, 1, 15)),
        ("in 2 months", date(2027, 1, 10)),
        ("in a year", date(2027, 3, 1)),
        ("when he is happy", date(2027, 3, 1)),
        ("20 November 2026", date(2027, 3, 1)),
    ],
)
def test_the_first_time_is_the_plans_day_and_three_months_at_the_latest(words: str, first: date) -> None:
    assert due_dates(plan(words), RULES, sent=SENT, starts=STARTS) == (
        Due("first", first),
        Due("yearly", date(2027, 12, 1)),
    )


def test_it_is_opened_two_weeks_before_and_once() -> None:
    dates = due_dates(plan("15 January 2027"), RULES, sent=SENT, starts=STARTS)
    assert next_due(dates, (), date(2026, 12, 31), 14) is None
    assert next_due(dates, (), date(2027, 1, 1), 14) == Due("first", date(2027, 1, 15))
    opened = [("first", date(2027, 1, 15))]
    assert next_due(dates, opened, date(2027, 1, 20), 14) is None
    assert next_due(dates, opened, date(2027, 11, 17), 14) == Due("yearly", date(2027, 12, 1))
    assert next_due(dates, (), date(2028, 1, 1), 14) == Due("first", date(2027, 1, 15)), "nothing is passed over"


@pytest.mark.parametrize(
    ("child", "family", "professional", "differs", "counted"),
    [
        ("part", "got_there", "got_there", True, "part"),
        (None, "got_there", "not_yet", True, "got_there"),
        (None, None, "not_yet", False, "not_yet"),
        (None, None, None, False, None),
    ],
)
def test_the_childs_word_counts_before_others(
    child: Reached | None, family: Reached | None, professional: Reached | None, differs: bool, counted: Reached | None
) -> None:
    goal = Goal(7, "Swim with Joe", {"child": child, "family": family, "professional": professional})
    assert (goal.differs, goal.counted) == (differs, counted)
