"""Every status can be reached and left, and nothing jumps over a person."""

from __future__ import annotations

import pytest

from bot.cases.statuses import DECIDED, FOLLOWS, STATUSES, NotNow, Status, step


def test_every_status_can_be_reached_from_the_first_answer() -> None:
    reached: set[Status] = {"in_progress"}
    while more := {then for now in reached for then in FOLLOWS[now]} - reached:
        reached |= more
    assert reached == set(STATUSES) == set(FOLLOWS)


def test_nothing_is_agreed_before_a_family_has_sent_its_plan() -> None:
    assert not FOLLOWS["in_progress"] & DECIDED
    assert not FOLLOWS["ready"] & DECIDED


def test_nothing_goes_live_that_nobody_agreed() -> None:
    assert {now for now in STATUSES if "live" in FOLLOWS[now]} == {"agreed", "agreed_in_part", "review_due"}


def test_what_is_closed_stays_closed() -> None:
    with pytest.raises(NotNow):
        step("closed", "sent")


def test_staying_is_no_step() -> None:
    assert step("live", "live") == "live"
