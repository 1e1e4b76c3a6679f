"""The queue: what needs somebody now comes first, the longest waiting of it; and how late it is, in working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases import queue
from bot.cases.queue import NOBODY, OURS, Item, Wanted
from bot.cases.statuses import STATUSES

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
CLOSED = (date(2026, 12, 1),)


def item(id: str, status: str = "looked_at", days: int = 0, **more: object) -> Item:
    return Item(id, status, MONDAY + timedelta(days=days), "children", more.pop("lead", None), **more)  # type: ignore[arg-type]


def test_alerts_then_what_families_wait_for_then_the_rest() -> None:
    found = queue.in_order(
        [
            item("closed", "closed"),
            item("begun", "in_progress"),
            item("live", "live"),
            item("returned", "returned"),
            item("working"),
            item("ready", "ready"),
            item("due", "review_due"),
            item("answered", "returned", answered_since=MONDAY),
            item("asked", "looked_at", asked_since=MONDAY),
            item("new", "sent", 2),
            item("old", "sent", 1),
            item("alarm", "in_progress", alerts_since=MONDAY),
        ]
    )
    assert [one.id for one in found] == [
        "alarm", "old", "new", "asked", "answered", "due", "ready", "working", "returned", "live", "begun", "closed",
    ]  # fmt: skip


def test_a_wait_is_counted_in_days_on_which_the_council_works() -> None:
    sent = item("one", "sent")
    assert queue.age(sent, TODAY, ()) == 10
    assert queue.age(sent, TODAY, CLOSED) == 9


def test_late_is_more_than_the_councils_own_days_and_only_for_what_waits_for_us() -> None:
    assert queue.is_late(item("one", "sent"), TODAY, (), 9)
    assert not queue.is_late(item("one", "sent"), TODAY, (), 10)
    assert not queue.is_late(item("one", "returned"), TODAY, (), 1)
    assert not queue.is_late(item("one", "sent"), TODAY, (), None)


def test_a_wish_that_was_made_counts_from_when_it_was_made() -> None:
    asked = item("one", "looked_at", asked_since=MONDAY + timedelta(days=11))
    assert queue.age(asked, TODAY, ()) == 1


def test_what_somebody_wants_to_see() -> None:
    mine, free = item("mine", "sent", lead="ann"), item("free", "review_due", 10)
    every = [mine, free]

    def seen(**wanted: object) -> list[str]:
        asked = Wanted(**wanted)  # type: ignore[arg-type]
        return [one.id for one in every if queue.matches(one, asked, TODAY, (), 5)]

    assert seen() == ["mine", "free"]
    assert seen(lead="ann") == ["mine"]
    assert seen(lead=NOBODY) == ["free"]
    assert seen(status="sent") == ["mine"]
    assert seen(team="early_help") == []
    assert seen(older_than=5) == ["mine"]
    assert seen(late=True) == ["mine", "free"]


def test_the_workload_counts_no_draft_that_a_family_is_still_at() -> None:
    items = [
        item("a", "sent", lead="ann"),
        item("b", "returned", lead="ann"),
        item("c", "sent"),
        item("d", "in_progress"),
        item("e", "closed", lead="ann"),
    ]
    nobody, ann = queue.workload(items, TODAY, (), 5)
    assert (nobody.lead, nobody.cases, nobody.waiting, nobody.late) == (None, 1, 1, 1)
    assert (ann.lead, ann.cases, ann.waiting, ann.late) == ("ann", 2, 1, 1)


moments = st.integers(0, 300 * 24).map(lambda hours: MONDAY - timedelta(hours=hours))
items = st.lists(
    st.builds(
        Item,
        st.uuids().map(str),
        st.sampled_from(STATUSES),
        moments,
        st.none(),
        st.sampled_from([None, "ann", "bob"]),
        st.none() | moments,
        st.none() | moments,
        st.none() | moments,
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(items)
def test_nothing_is_lost_and_nothing_of_ours_stands_behind_a_younger_one(found: list[Item]) -> None:
    ordered = queue.in_order(found)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in found)
    for before, after in pairwise(ordered):
        if before.band == after.band and before.band in OURS:
            assert before.waits_since <= after.waits_since
    loads = queue.workload(found, TODAY, (), 5)
    assert sum(load.cases for load in loads) == sum(one.band not in ("closed", "begun") for one in found)
