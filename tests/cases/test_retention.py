"""When records may go: by class, never while something is alive, and not before the child has grown up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.retention import Record, class_of, may_go_on
from bot.cases.statuses import Status
from bot.content.loader import load

RULES = load().retention_on(date(2026, 11, 22))
DAY = date(2026, 1, 15)
CHILD = Record(status="in_progress", last_used=DAY, status_since=DAY, last_alert=None, age=8, age_said=DAY)


@pytest.mark.parametrize(
    ("status", "goes"),
    [
        ("in_progress", date(2026, 7, 15)),
        ("ready", date(2026, 7, 15)),
        ("sent", date(2029, 1, 15)),
        ("returned", date(2029, 1, 15)),
        ("not_yet", date(2029, 1, 15)),
        ("agreed", None),
        ("live", None),
        ("review_due", None),
        ("closed", date(2043, 1, 15)),  # the child is 25
    ],
)
def test_each_status_has_its_period(status: Status, goes: date | None) -> None:
    assert may_go_on(RULES, replace(CHILD, status=status)) == goes


def test_of_a_grown_up_six_years_are_enough() -> None:
    assert may_go_on(RULES, replace(CHILD, status="closed", age=24)) == date(2032, 1, 15)


def test_a_child_whose_age_nobody_said_could_be_a_newborn() -> None:
    assert may_go_on(RULES, replace(CHILD, status="closed", age=None)) == date(2051, 1, 15)


def test_an_alert_keeps_a_conversation_as_long_as_safety_needs() -> None:
    record = replace(CHILD, last_alert=DAY)
    assert class_of(record) == "safety"
    assert may_go_on(RULES, record) == date(2043, 1, 15)


@settings(max_examples=50)
@given(
    st.sampled_from(get_args(Status)),
    st.dates(date(2026, 4, 1), date(2040, 1, 1)),
    st.none() | st.integers(0, 24),
    st.integers(0, 4000),
)
def test_nothing_goes_before_it_was_last_used_and_an_alert_never_shortens(
    status: Status, day: date, age: int | None, later: int
) -> None:
    record = Record(status, day, day, None, age, day)
    goes, with_alert = may_go_on(RULES, record), may_go_on(RULES, replace(record, last_alert=day))
    assert (goes is None) == (with_alert is None)
    if goes is not None and with_alert is not None:
        assert day < goes <= with_alert
        used_later = may_go_on(RULES, replace(record, last_used=day + timedelta(days=later), status_since=day + timedelta(days=later)))  # fmt: skip
        assert used_later is not None
        assert used_later >= goes
