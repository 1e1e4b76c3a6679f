"""The same request of a call several times at once, and a service that dies while it answers: one turn, one reply."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from bot.gateway.voice import turns
from bot.gateway.voice.turns import LEASE_SECONDS
from bot.store import calls
from bot.store.leases import hold_call
from tests.gateway.channels.conftest import PUBLIC
from tests.gateway.service import Service
from tests.gateway.voice.test_calls import digits_said, draft_of, levels, to_the_result
from tests.simulators.caller import Caller

TIMES = 5


def at_once(caller: Caller, fields: dict[str, str]) -> set[str]:
    """What comes back when the provider sends one request several times at once."""
    path = caller.gather["action"].removeprefix(PUBLIC)
    with ThreadPoolExecutor(TIMES) as pool:
        return set(pool.map(lambda _: caller.sends(path, fields).text, range(TIMES)))


def test_a_call_that_begins_many_times_at_once_opens_one_draft(service: Service) -> None:
    caller = Caller(service.http, PUBLIC)
    caller.rings()
    with service.database.read() as tx:
        before = tx.connection.scalar(text("SELECT count(*) FROM drafts"))
    assert len(at_once(caller, {"Digits": "1"})) == 1
    with service.database.read() as tx:
        assert tx.connection.scalar(text("SELECT count(*) FROM drafts")) == before + 1


def test_a_first_ring_many_times_at_once_is_one_call(service: Service) -> None:
    caller = Caller(service.http, PUBLIC)
    with ThreadPoolExecutor(TIMES) as pool:
        replies = set(pool.map(lambda _: caller.sends("/channels/twilio/voice", {}).text, range(TIMES)))
    assert len(replies) == 1


def test_the_pin_that_is_said_is_the_one_that_opens(service: Service, asked: Caller) -> None:
    to_the_result(asked)
    key = asked.key_of("hear the amount")
    (said,) = at_once(asked, {"Digits": key})  # five requests, one reply
    asked.again()
    pin = digits_said(asked.heard.split("Your PIN is")[1], 6)
    assert pin in said.replace(", ", "")
    asked.presses(f"{pin}#")
    assert "£" in asked.heard


def test_a_service_that_died_while_it_answered_keeps_a_caller_waiting_no_longer_than_a_lease(
    service: Service, asked: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service.database.read() as tx:
        call = calls.find(tx, asked.sid)
    assert call is not None
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.2)
    with hold_call(service.database, call.id, LEASE_SECONDS, service.clock(), wait_seconds=1):
        before = asked.heard
        assert asked.presses("3") == before, "what was said last is heard again"
        assert levels(service, asked) == {}
        service.clock.forward(seconds=LEASE_SECONDS + 1)
        asked.presses("3")
        assert levels(service, asked) == {"S1": 2}


def test_danger_that_is_said_again_after_a_crash_is_heard(service: Service, asked: Caller) -> None:
    assert turns.WAIT_SECONDS > LEASE_SECONDS
    with service.database.read() as tx:
        call = calls.find(tx, asked.sid)
    assert call is not None
    died = hold_call(service.database, call.id, 0.3, service.clock(), wait_seconds=1)
    died.__enter__()
    assert "999" in asked.says("he has got a knife and he is coming up the stairs")


def test_what_was_heard_badly_is_screened_with_who_speaks_before_it_is_read_back(
    service: Service, caller: Caller
) -> None:
    caller.presses("1")
    caller.chooses("yes")
    caller.chooses("young person")
    caller.says("Will")
    caller.says("fifteen")
    caller.says("nobody feeds me", confidence=0.2)
    assert "I heard" not in caller.heard
    draft = draft_of(service, caller)
    with service.database.read() as tx:
        found = tx.connection.scalar(text("SELECT level FROM safety_events WHERE draft_id = :id"), {"id": draft.id})
    assert found == "RED-C"
