"""While the engine is away a message is kept, its sender is told so once, and it is answered as soon as it can be."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.store import safety
from bot.store.database import Database
from tests.gateway.channels.conftest import PUBLIC, Doors
from tests.gateway.channels.test_outbox import draft_of
from tests.gateway.service import running
from tests.simulators.phones import NotifyPhone, Providers


@pytest.mark.parametrize("door", ["notify", "meta"])
def test_it_is_kept_and_answered_later_once(doors: Doors, door: str) -> None:
    phone = doors.at_the_first_question(door)
    doors.service.engine.failure = "down"
    said = phone.says("3")
    assert "Your message is kept" in said
    before = len(phone.inbox)
    for _ in range(4):
        doors.service.clock.forward(minutes=5)
        doors.settle()
    assert len(phone.inbox) == before, "it is said once"
    doors.service.engine.failure = None
    doors.service.clock.forward(minutes=5)
    doors.settle()
    assert doors.answers(phone) == {"S1": 2}
    assert len(phone.inbox) == before + 1
    assert "I have put" in phone.inbox[-1].text


def test_what_came_after_it_waits_its_turn(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    doors.service.engine.failure = "down"
    phone.says("3")
    phone.posts(phone.message("why"))
    doors.service.engine.failure = None
    doors.service.clock.forward(minutes=5)
    doors.settle()
    assert doors.answers(phone) == {"S1": 2}
    assert "Q2 of 16" in phone.inbox[-1].text


def test_words_for_danger_do_not_wait_for_the_engine(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    doors.service.engine.failure = "down"
    said = phone.says("he has a knife and he is hitting me right now")
    assert "999" in said.split("\n")[0]
    with doors.service.database.read() as tx:
        assert [event.alert for event in safety.of_draft(tx, draft_of(doors, phone))] == ["waiting"]


def test_danger_in_the_very_first_text_is_heard(doors: Doors) -> None:
    phone = doors.phone()
    assert "999" in phone.says("help me he is hitting me right now he has a knife")
    assert "Shall we start?" not in phone.screen
    with doors.service.database.read() as tx:
        assert [event.alert for event in safety.of_draft(tx, draft_of(doors, phone))] == ["waiting"]


def test_a_message_that_fails_for_a_reason_of_its_own_is_given_up(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = doors.at_the_first_question()

    def breaks(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patched, capture_logs() as logged:
        patched.setattr("bot.gateway.channels.answering.take_turn", breaks)
        phone.says("3")
        for _ in range(8):
            doors.service.clock.forward(minutes=5)
            doors.settle()
    assert {line["event"] for line in logged} == {"channel.turn_failed"}
    assert "Something went wrong here" in phone.inbox[-1].text
    phone.says("3")
    assert doors.answers(phone) == {"S1": 2}, "the next one is answered again"


def test_after_a_restart_what_waited_is_answered(empty_store: Path, tmp_path: Path) -> None:
    """The service stored a message and died. The next one, with its own threads, answers it."""
    shutil.copy(empty_store, tmp_path / "store.db")
    providers = Providers()
    with running(tmp_path / "store.db", lifespan="off", public_address=PUBLIC, channels=providers.settings) as first:
        phone = NotifyPhone(first.http, providers.notify, lambda: None, PUBLIC)
        phone.posts(phone.message("hello"))
        cipher = first.database.cipher
    database = Database(f"sqlite:///{tmp_path / 'store.db'}", cipher)
    with running(tmp_path / "store.db", database=database, public_address=PUBLIC, channels=providers.settings):
        until = time.monotonic() + 10
        while not phone.inbox and time.monotonic() < until:
            time.sleep(0.02)
    providers.close()
    database.close()
    assert "Shall we start?" in phone.inbox[0].text
