"""A number says nothing about who holds the phone. A reference and its PIN do, from any channel to any other."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from bot.store import messages
from tests.gateway.channels.conftest import Doors
from tests.gateway.channels.test_outbox import draft_of
from tests.gateway.talk import Person


def paused(doors: Doors, door: str = "notify") -> tuple[object, str, str]:
    """Somebody who has answered one question and paused; their reference and PIN."""
    phone = doors.at_the_first_question(door)
    phone.says("3")
    said = phone.says("pause")
    reference = re.search(r"reference: (\S+)", said)
    pin = re.search(r"PIN: (\d{6})", said)
    assert reference is not None, said
    assert pin is not None, said
    return phone, reference[1], pin[1]


def test_numbers_are_kept_as_keyed_hashes_and_sealed(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    phone.says("he runs off 47110815")
    phone.says("STOP")
    tables = ("channel_numbers", "channel_inbound", "channel_out", "channel_brought", "channel_suppressions", "audit")
    with doors.service.database.read() as tx:
        everything = "\n".join(str(tuple(row)) for table in tables for row in tx.connection.execute(text(f"SELECT * FROM {table}")))  # noqa: S608 - our own names  # fmt: skip
    assert phone.address[1:] not in everything
    assert phone.address[-6:] not in everything
    assert "47110815" not in everything


def test_a_new_number_gets_a_conversation_of_its_own(doors: Doors) -> None:
    one, other = doors.at_the_first_question(), doors.phone()
    assert "Shall we start?" in other.says("hi its me again")
    assert draft_of(doors, one) != draft_of(doors, other)


@pytest.mark.parametrize(("there", "here"), [("notify", "meta"), ("meta", "twilio_sms"), ("twilio_whatsapp", "notify")])
def test_pause_there_and_go_on_here_in_the_middle_of_a_question(doors: Doors, there: str, here: str) -> None:
    one, reference, pin = paused(doors, there)
    other = doors.phone(here)
    assert "PIN" in other.says(f"hello my reference is {reference.lower().replace('-', ' ')}")
    said = other.says(f"{pin[:3]} {pin[3:]}")
    assert "what help does" in said, said
    other.says("2")
    assert doors.answers(other) == {"S1": 2, "S2": 1}
    assert draft_of(doors, one) == draft_of(doors, other)  # type: ignore[arg-type]


def test_a_parent_begins_by_text_and_finishes_on_the_web(doors: Doors) -> None:
    phone, reference, pin = paused(doors)
    back = doors.service.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    person = Person(doors.service, back.json())
    person.says("4")
    assert {code: answer["level"] for code, answer in person.answers.items()} == {"S1": 2, "S2": 3}
    # The phone still stands at S2: what it says now is no answer to S3.
    said = phone.says("1")  # type: ignore[attr-defined]
    assert "Q3 of 16" in said
    assert doors.answers(phone) == {"S1": 2, "S2": 3}  # type: ignore[arg-type]


def test_a_wrong_pin_opens_nothing_and_is_limited(doors: Doors) -> None:
    _, reference, pin = paused(doors)
    thief = doors.phone()
    wrong = "111111" if pin != "111111" else "222222"
    said = [thief.says(f"{reference} {wrong}") for _ in range(7)]
    assert "not" in said[0]
    assert said[-1] != said[0], "after five wrong tries the next must wait"
    assert "stay safe" not in thief.says(f"{reference} {pin}")
    assert "Shall we start?" in thief.says("hello")


def test_a_pin_that_was_texted_is_kept_nowhere(doors: Doors) -> None:
    _, reference, pin = paused(doors)
    other = doors.phone()
    other.says(reference)
    other.says(pin)
    draft_id = draft_of(doors, other)
    with doors.service.database.read() as tx:
        said = [line.body for line in messages.transcript(tx, draft_id)]
        left = tx.connection.execute(
            text("SELECT count(*) FROM channel_inbound WHERE body_sealed IS NOT NULL")
        ).scalar()
    assert not any(pin in line for line in said)
    assert left == 0


def test_a_pin_is_no_pin_when_nobody_sent_a_reference(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    assert "nearby to stay safe" in phone.says("482913")


def test_after_a_long_silence_whoever_writes_is_asked_for_the_pin(doors: Doors) -> None:
    phone, reference, pin = paused(doors)
    doors.service.clock.forward(hours=13)
    said = phone.says("3")  # type: ignore[attr-defined]
    assert "text me your reference" in said
    assert "stay safe" not in said
    assert "text me your reference" in phone.says("hello")  # type: ignore[attr-defined]
    assert "stay safe" in phone.says(f"{reference} {pin}")  # type: ignore[attr-defined]


def test_after_a_long_silence_somebody_else_may_begin_anew(doors: Doors) -> None:
    phone, *_ = paused(doors)
    before = draft_of(doors, phone)  # type: ignore[arg-type]
    doors.service.clock.forward(hours=13)
    assert "Shall we start?" in phone.says("new")  # type: ignore[attr-defined]
    assert draft_of(doors, phone) != before  # type: ignore[arg-type]


def test_two_phones_at_once_change_one_draft_in_turn(doors: Doors) -> None:
    one, reference, pin = paused(doors)
    other = doors.phone("meta")
    other.says(f"{reference} {pin}")
    other.says("2")
    said = one.says("4")  # type: ignore[attr-defined]
    assert doors.answers(other) == {"S1": 2, "S2": 1}
    assert "Q3 of 16" in said


def test_when_a_draft_is_deleted_nothing_of_the_number_stays(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    request = phone.message("3")
    phone.posts(request)
    doors.settle()
    draft_id = draft_of(doors, phone)
    before = doors.count("channel_numbers")
    with doors.service.database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts WHERE id = :id"), {"id": draft_id})
    assert doors.count("channel_numbers") == before - 1
    phone.posts(request)
    assert doors.worker.run_once() == 0, "brought again, the message is still a repeat"
