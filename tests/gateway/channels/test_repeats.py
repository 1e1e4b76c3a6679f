"""However often, in whatever order, and however many at once a provider brings a message: it is one turn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.gateway.channels.conftest import Doors


@pytest.mark.parametrize(
    ("door", "times"),
    [("notify", 1), ("notify", 3), ("notify", 5), ("twilio_sms", 5), ("twilio_whatsapp", 2), ("meta", 4)],
)
def test_a_message_that_is_brought_again_is_one_turn(doors: Doors, door: str, times: int) -> None:
    phone = doors.at_the_first_question(door)
    before, request = len(phone.inbox), phone.message("3")
    for _ in range(times):
        phone.posts(request)
    doors.settle()
    phone.posts(request)
    doors.settle()
    assert len(phone.inbox) == before + 1
    assert doors.answers(phone) == {"S1": 2}


@pytest.mark.parametrize("door", ["notify", "meta"])
def test_brought_many_times_at_once_it_is_one_turn(doors: Doors, door: str) -> None:
    phone = doors.at_the_first_question(door)
    before, request = len(phone.inbox), phone.message("3")
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda _: phone.posts(request), range(5)))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: doors.settle(), range(3)))
    doors.settle()
    assert len(phone.inbox) == before + 1
    assert doors.answers(phone) == {"S1": 2}


def test_an_answer_sent_twice_by_its_sender_is_not_the_answer_to_the_next_question(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    phone.posts(phone.message("3"))
    phone.posts(phone.message("3"))  # another message, with an id of its own: the phone was slow, and they tapped again
    doors.settle()
    assert doors.answers(phone) == {"S1": 2}
    assert "Q2 of 16" in phone.inbox[-1].text


def test_messages_are_dealt_with_in_the_order_they_were_sent(doors: Doors) -> None:
    phone = doors.at_the_first_question("meta")
    now = doors.service.clock.now
    late = phone.one({"type": "text", "text": {"body": "skip"}}, at=now - timedelta(seconds=2))
    early = phone.one({"type": "text", "text": {"body": "why"}}, at=now - timedelta(seconds=9))
    before = len(phone.inbox)
    phone.posts(phone.batch([late]))
    phone.posts(phone.batch([early]))
    doors.settle()
    first, second = phone.inbox[before:]
    assert "Why I ask this" in first.text
    assert "skipped it" in second.text


def test_a_batch_holds_several_people_and_reports(doors: Doors) -> None:
    one, other = doors.phone("meta"), doors.phone("meta")
    messages = [
        one.one({"type": "text", "text": {"body": "hello"}}),
        other.one({"type": "text", "text": {"body": "hello"}}),
        other.one({"type": "reaction", "reaction": {"emoji": "👍", "message_id": "wamid.x"}}),
    ]
    statuses = [{"id": "wamid.unknown", "status": "delivered", "timestamp": "1", "recipient_id": "44"}]
    one.posts(one.batch(messages, statuses))
    doors.settle()
    assert len(one.inbox) == len(other.inbox) == 1


def test_a_batch_may_be_large_and_no_other_request(doors: Doors) -> None:
    phone = doors.phone("meta")
    phone.posts(phone.batch([phone.one({"type": "text", "text": {"body": "hello"}})], padding=["y" * 900] * 100))
    doors.settle()
    assert len(phone.inbox) == 1
    text = doors.phone("twilio_sms")
    text.posts(text.message("hello", Padding="y" * 70_000), 413)


def test_another_number_of_the_same_business_is_not_ours_to_answer(doors: Doors) -> None:
    phone = doors.phone("meta")
    phone.says("hello", metadata={"phone_number_id": "999"})
    assert phone.inbox == []


def test_a_reply_that_was_cut_off_is_the_same_when_it_is_done_again(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service dies between the turn and the outbox: after its lease somebody else brings it to its end."""
    phone = doors.at_the_first_question()
    before = len(phone.inbox)
    phone.posts(phone.message("3"))

    def dies(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("bot.gateway.channels.answering.queue_replies", dies)
        with pytest.raises(SystemExit):
            doors.worker.answer_one()
    doors.settle()
    assert len(phone.inbox) == before, "its lease still runs"
    doors.service.clock.forward(seconds=61)
    doors.settle()
    assert doors.answers(phone) == {"S1": 2}
    assert [message.text.split("\n")[0] for message in phone.inbox[before:]] == [
        "I have put: someone close most of the time."
    ]


def test_a_text_that_notify_did_not_bring_is_fetched_once(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    now = doors.service.clock.now
    notify, before = doors.providers.notify, len(phone.inbox)

    def text(id: str, content: str, age: timedelta) -> dict[str, str]:
        made = (now - age).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return {"id": id, "user_number": phone.address[1:], "created_at": made, "service_id": "s", "notify_number": "1", "content": content}  # fmt: skip

    notify.received = [text("missed", "3", timedelta(0)), text("of-last-week", "1", timedelta(days=7))]
    assert doors.worker.tidy() == 1
    doors.service.clock.forward(minutes=6)
    assert doors.worker.tidy() == 0
    doors.settle()
    assert len(phone.inbox) == before + 1
    assert doors.answers(phone) == {"S1": 2}
