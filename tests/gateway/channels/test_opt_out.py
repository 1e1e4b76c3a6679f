"""STOP and START: from the moment it comes in, on every channel, for every message; and never a command."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.gateway.channels.opt_out import STOP
from bot.store import safety
from tests.gateway.channels.conftest import Doors
from tests.gateway.channels.test_outbox import draft_of

DOORS = ("notify", "twilio_sms", "twilio_whatsapp", "meta")


@pytest.mark.parametrize("door", DOORS)
def test_stop_and_start(doors: Doors, door: str) -> None:
    phone = doors.at_the_first_question(door)
    said = phone.says("Stop")
    if door == "twilio_sms":
        assert said == "", "Twilio says it itself, and takes nothing more from us"
    else:
        assert "no more messages" in said
    assert phone.says("3") == phone.says("STOP") == phone.says("hello?") == ""
    assert doors.answers(phone) == {}, "what was not answered is no answer"
    back = phone.says("start")
    assert "You will get our messages again" in back
    assert "nearby to stay safe?" in back, "and what was asked is asked again"
    phone.says("3")
    assert doors.answers(phone) == {"S1": 2}


@pytest.mark.parametrize("word", sorted(STOP))
def test_every_word_that_networks_take_for_stop_stops(doors: Doors, word: str) -> None:
    phone = doors.phone()
    assert "no more messages" in phone.says(f" {word.upper()}! ")
    assert phone.says("hello") == ""


def test_the_word_in_a_sentence_is_an_answer_like_any_other(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    assert phone.says("he will not stop at the end of the road")
    assert phone.says("3")


def test_stop_takes_back_what_waits(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    phone.provider.failure = "away"
    phone.says("3")
    phone.posts(phone.message("STOP"))
    phone.provider.failure, before = None, len(phone.inbox)
    doors.service.clock.forward(minutes=10)
    doors.settle()
    assert [message.text[:28] for message in phone.inbox[before:]] == ["You will get no more message"]
    assert doors.answers(phone) == {"S1": 2}, "what was answered before counts"


def test_stop_before_anything_else_makes_no_draft(doors: Doors) -> None:
    phone, before = doors.phone(), doors.count("drafts")
    assert "no more messages" in phone.says("STOP")
    assert phone.says("hello") == ""
    assert doors.count("drafts") == before
    doors.service.clock.forward(days=31)
    doors.worker.tidy()
    with doors.service.database.read() as tx:
        left = tx.connection.execute(
            text("SELECT count(*) FROM channel_numbers WHERE conversation_id IS NULL")
        ).scalar()
    assert left == 0, "nobody keeps the number itself"
    assert phone.says("hello") == "", "but it stays stopped"


def test_a_provider_that_knows_of_an_opt_out_is_believed(doors: Doors) -> None:
    phone = doors.phone("twilio_sms")
    phone.provider.failure = "opted out"
    phone.says("hello")
    phone.provider.failure = None
    assert phone.says("hello again") == ""
    assert "again" in phone.says("START")


def test_danger_is_heard_by_people_also_after_stop(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    phone.says("STOP")
    assert phone.says("he has a knife and he is hitting me right now") == ""
    with doors.service.database.read() as tx:
        events = safety.of_draft(tx, draft_of(doors, phone))
    assert [event.alert for event in events] == ["waiting"]
