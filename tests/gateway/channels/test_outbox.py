"""What goes out: tried again while a provider is away, never doubled, in order, and not too much of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.gateway.channels.capabilities import CAPABILITIES
from bot.gateway.channels.outgoing import Outgoing
from bot.gateway.channels.queue import MOST_ALIKE_AN_HOUR, queue_replies
from bot.gateway.notices import NotDelivered
from bot.gateway.notices import Outgoing as News
from bot.store import numbers
from tests.gateway.channels.conftest import Doors
from tests.simulators.phones import NOTIFY_TOKENS, Phone
from tests.simulators.providers import META_PHONE_ID

DOORS = ("notify", "twilio_sms", "twilio_whatsapp", "meta")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("failure", ["away", "error"])
def test_while_a_provider_is_away_a_reply_waits_and_then_goes_once(doors: Doors, door: str, failure: str) -> None:
    phone = doors.phone(door)
    phone.provider.failure = failure  # type: ignore[assignment]
    assert phone.says("hello") == ""
    tried = len(phone.provider.asked)
    doors.settle()
    assert len(phone.provider.asked) == tried, "not again at once"
    doors.service.clock.forward(seconds=5)
    doors.settle()
    assert len(phone.provider.asked) > tried
    phone.provider.failure = None
    doors.service.clock.forward(seconds=15)
    doors.settle()
    doors.service.clock.forward(hours=2)
    doors.settle()
    assert len(phone.inbox) == 1


@pytest.mark.parametrize("door", ["notify", "twilio_sms", "twilio_whatsapp"])
def test_a_message_whose_reply_was_lost_is_asked_for_and_not_sent_again(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    phone.provider.failure = "loses the reply"
    phone.says("hello")
    assert [text.state for text in doors.outbox(phone)] == ["unsure"]
    doors.service.clock.forward(seconds=61)
    doors.settle()
    assert [text.state for text in doors.outbox(phone)] == ["unsure"], "it does not answer: nothing is sent blindly"
    phone.provider.failure = None
    doors.service.clock.forward(minutes=2)
    doors.settle()
    assert [text.state for text in doors.outbox(phone)] == ["sent"]
    assert len(phone.inbox) == 1


def test_meta_reports_a_message_whose_reply_was_lost(doors: Doors) -> None:
    phone = doors.phone("meta")
    phone.provider.failure = "loses the reply"
    phone.says("hello")
    phone.provider.failure = None
    sent = phone.inbox[0]
    phone.posts(phone.batch([], [report(sent.id, "sent", sent.reference)]))  # type: ignore[attr-defined]
    doors.service.clock.forward(seconds=61)
    doors.settle()
    assert len(phone.inbox) == 1
    assert [text.state for text in doors.outbox(phone)] == ["sent"]


def test_a_sender_that_dies_does_not_send_twice(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = doors.phone()
    phone.posts(phone.message("hello"))
    doors.worker.answer_one()

    def dies(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.texts_out.accepted", dies)
        with pytest.raises(SystemExit):
            doors.worker.send_one()
    doors.service.clock.forward(seconds=91)
    doors.settle()
    assert len(phone.inbox) == 1
    assert [text.state for text in doors.outbox(phone)] == ["sent"]


@pytest.mark.parametrize("door", DOORS)
def test_what_a_provider_refuses_for_good_is_given_up(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    phone.provider.failure = "refuses"
    phone.says("hello")
    assert [(text.state, text.body) for text in doors.outbox(phone)] == [("failed", None)]
    phone.provider.failure = None
    doors.service.clock.forward(hours=5)
    doors.settle()
    assert phone.inbox == []


def test_replies_stay_in_order_when_the_first_one_waits(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    before = len(phone.inbox)
    phone.provider.failure = "away"
    phone.says("3")
    phone.says("why")  # about S1, as far as they know: nothing has come since
    phone.provider.failure = None
    doors.service.clock.forward(minutes=1)
    doors.settle()
    first, second = phone.inbox[before:]
    assert first.text.startswith("I have put: someone close")
    assert "Q2 of 16" in second.text


def test_words_are_deleted_once_they_have_gone_out(doors: Doors) -> None:
    phone = doors.phone()
    phone.says("hello")
    assert [text.body for text in doors.outbox(phone)] == [None]


def test_reports_count_in_any_order_and_any_number_of_times(doors: Doors) -> None:
    phone = doors.phone("twilio_sms")
    phone.says("hello")
    sid = phone.inbox[0].id
    for status in ("queued", "delivered", "sent", "failed", "delivered"):
        phone.posts(phone.signed("/channels/twilio/status", {"MessageSid": sid, "MessageStatus": status, "AccountSid": ""}), 204)  # type: ignore[attr-defined]  # fmt: skip
    assert [text.state for text in doors.outbox(phone)] == ["delivered"]
    other = doors.phone("meta")
    other.says("hello")
    failed = report(other.inbox[0].id, "failed", other.inbox[0].reference) | {"errors": [{"code": 131026}]}
    other.posts(other.batch([], [failed]))  # type: ignore[attr-defined]
    assert [(text.state, text.reason) for text in doors.outbox(other)] == [("failed", "131026")]
    third = doors.phone("notify")
    third.says("hello")
    body = {"id": third.inbox[0].id, "status": "permanent-failure", "reference": third.inbox[0].reference}
    receipt = {"method": "POST", "url": "/channels/notify/receipts", "json": body}
    third.posts(receipt | {"headers": {"Authorization": f"Bearer {NOTIFY_TOKENS[0]}"}})
    assert [(text.state, text.reason) for text in doors.outbox(third)] == [("failed", "permanent-failure")]


def test_no_more_of_the_same_than_networks_bear(doors: Doors) -> None:
    phone, most = doors.phone(), CAPABILITIES["notify"].most_an_hour
    phone.says("hello")
    for part in range(MOST_ALIKE_AN_HOUR + 5):
        queue(doors, phone, f"same {part}", "Sorry, I did not follow.")
    doors.settle()
    assert len(phone.inbox) == 1 + MOST_ALIKE_AN_HOUR
    for part in range(most):
        queue(doors, phone, f"other {part}", f"Message {part}")
    doors.settle()
    assert len(phone.inbox) == most
    doors.service.clock.forward(minutes=16)
    doors.settle()
    assert len(phone.inbox) == 1 + MOST_ALIKE_AN_HOUR + most, "put off, not lost"


def test_news_goes_out_by_text_once_and_not_after_stop(doors: Doors) -> None:
    route = doors.service.app.state.doors.notice_routes()["sms"]
    phone = doors.phone()
    news = News("news-1", phone.address, "", "There is news – about the plan.")
    phone.provider.failure = "loses the reply"
    with pytest.raises(NotDelivered) as lost:
        route.send(news)
    assert not lost.value.final
    phone.provider.failure = None
    route.send(news)
    assert [message.text for message in phone.inbox] == ["There is news - about the plan."]
    phone.says("STOP")
    with pytest.raises(NotDelivered) as stopped:
        route.send(replace(news, id="news-2"))
    assert stopped.value.final


def test_whatsapp_is_not_written_to_a_day_after_the_last_message(doors: Doors) -> None:
    phone = doors.at_the_first_question("meta")
    doors.service.clock.forward(hours=25)
    queue(doors, phone, "late", "Hello again.")
    before = len(phone.inbox)
    doors.settle()
    assert len(phone.inbox) == before
    assert [(text.state, text.reason) for text in doors.outbox(phone)][-1] == ("withdrawn", "window_closed")


def queue(doors: Doors, phone: Phone, cause: str, text: str) -> None:
    with doors.service.database.write() as tx:
        number = numbers.found(tx, phone.door, phone.address, at=doors.service.clock() - timedelta(days=400))
        queue_replies(
            tx,
            number,
            f"{phone.address} {cause}",
            [Outgoing(text)],
            place=None,
            purpose="reply",
            now=doors.service.clock(),
        )


def draft_of(doors: Doors, phone: Phone) -> str:
    with doors.service.database.write() as tx:
        number = numbers.found(tx, phone.door, phone.address, at=doors.service.clock() - timedelta(days=400))
        conversation = numbers.conversation_of(tx, number)
        assert conversation is not None
        return conversation.draft_id


def report(id: str, status: str, reference: str) -> dict[str, object]:
    return {
        "id": id,
        "status": status,
        "timestamp": "1763847600",
        "recipient_id": META_PHONE_ID,
        "biz_opaque_callback_data": reference,
    }
