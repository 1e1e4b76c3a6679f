"""Telephone calls in the store: one call however often its first ring comes, and one answer at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.store import calls, leases
from bot.store.calls import Call
from bot.store.database import Busy, Database
from tests.store.helpers import NOW

TIMES = 8


def ring(database: Database, words: str = "Hello") -> Call:
    with database.write() as tx:
        return calls.begin(tx, "CA1", state="{}", reply=words, at=NOW)


def test_a_first_ring_that_comes_many_times_at_once_is_one_call(database: Database) -> None:
    with ThreadPoolExecutor(TIMES) as pool:
        begun = list(pool.map(lambda number: ring(database, f"Hello {number}"), range(TIMES)))
    assert len({(call.id, call.reply, call.turn) for call in begun}) == 1


def test_a_call_is_answered_by_one_at_a_time_until_the_lease_runs_out(database: Database) -> None:
    call = ring(database)
    with leases.hold_call(database, call.id, 20, NOW, wait_seconds=0):
        with pytest.raises(Busy), leases.hold_call(database, call.id, 20, NOW, wait_seconds=0.05):
            pass
        with leases.hold_call(database, call.id, 20, NOW + timedelta(seconds=21), wait_seconds=0):
            pass
    with leases.hold_call(database, call.id, 20, NOW, wait_seconds=0):
        pass


def test_a_call_that_was_forgotten_cannot_be_held(database: Database) -> None:
    with pytest.raises(LookupError), leases.hold_call(database, "nobody", 20, NOW, wait_seconds=0):
        pass


def test_of_two_answers_to_one_thing_the_first_stands(database: Database) -> None:
    call = ring(database)
    for words in ("first", "second"):
        with database.write() as tx:
            now = calls.answered(tx, call, conversation_id=None, state="{}", reply=words, at=NOW)
        assert (now.turn, now.reply) == (2, "first")


def test_a_call_is_forgotten_after_its_time(database: Database) -> None:
    ring(database)
    with database.write() as tx:
        assert calls.forget(tx, NOW) == 0
        assert calls.forget(tx, NOW + timedelta(seconds=1)) == 1
        assert calls.find(tx, "CA1") is None
