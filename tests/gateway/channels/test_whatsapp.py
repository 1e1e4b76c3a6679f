"""WhatsApp: buttons and lists where there are some, numbered lines where not, and a kind answer to what cannot be read.

What we send and read is compared with pywa, another's reader and writer of Meta's messages.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pywa import WhatsApp
from pywa.types import Button, CallbackButton, CallbackSelection, Message, Section, SectionList, SectionRow
from pywa.types.base_update import RawUpdate

from bot.gateway.channels.meta import payload, read_messages
from bot.gateway.channels.outgoing import Choice, Outgoing
from tests.gateway.channels.conftest import Doors
from tests.simulators.phones import MetaPhone
from tests.simulators.providers import META_PHONE_ID

KINDS: list[tuple[dict[str, Any], str]] = [
    ({"type": "audio", "audio": {"id": "1", "mime_type": "audio/ogg; codecs=opus", "voice": True}}, "cannot listen"),
    ({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg", "sha256": "x"}}, "cannot look at pictures"),
    ({"type": "video", "video": {"id": "1", "mime_type": "video/mp4", "sha256": "x"}}, "cannot look at pictures"),
    ({"type": "sticker", "sticker": {"id": "1", "mime_type": "image/webp", "sha256": "x"}}, "cannot look at pictures"),
    ({"type": "document", "document": {"id": "1", "filename": "a.pdf"}}, "cannot look at pictures"),
    ({"type": "location", "location": {"latitude": 51.5, "longitude": -0.1}}, "cannot read maps"),
    ({"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]}, "cannot read that kind"),
    ({"type": "unsupported", "errors": [{"code": 131051}]}, "cannot read that kind"),
    ({"type": "something_new", "something_new": {}}, "cannot read that kind"),
]


def phone_of(doors: Doors) -> MetaPhone:
    phone = doors.phone("meta")
    assert isinstance(phone, MetaPhone)
    return phone


def test_options_are_tapped_and_mean_what_they_mean_on_the_web(doors: Doors) -> None:
    phone = phone_of(doors)
    phone.says("hello")
    assert [title for _, title, _ in phone.last[-1].choices] == [
        "Yes, start",
        "Tell me more first",
        "I'd like a person",
    ]
    phone.taps("consent.yes")
    phone.taps("who.parent")
    phone.says("Ty")
    phone.says("8")
    question = phone.last[-1]
    assert question.body["interactive"]["type"] == "list"
    assert [value for value, _, _ in question.choices] == ["S1.0", "S1.1", "S1.2", "S1.3", "S1.not_sure"]
    assert "Ty" not in json.dumps(question.body)
    phone.taps("S1.2")
    assert doors.answers(phone) == {"S1": 2}


def test_three_short_options_are_buttons(doors: Doors) -> None:
    sent = payload(
        "447700900123", Outgoing("Are you there?", (Choice("a", "Yes"), Choice("b", "No"))), "r", "Choose one"
    )
    buttons = [Button("Yes", "a"), Button("No", "b")]
    assert sent["interactive"]["action"]["buttons"] == [button.to_dict() for button in buttons]


def test_a_list_is_as_others_write_it() -> None:
    rows = (Choice("S1.0", "1", "safe, like others"), Choice("S1.not_sure", "5 not sure"))
    sent = payload("GB.13491208655302741918", Outgoing("How?", rows, as_list=True), "r", "Choose one")
    theirs = SectionList("Choose one", [Section("x", [SectionRow("1", "S1.0", "safe, like others"), SectionRow("5 not sure", "S1.not_sure")])]).to_dict()  # fmt: skip
    ours = sent["interactive"]["action"]
    assert ours["button"] == theirs["button"]
    assert ours["sections"][0]["rows"] == [{key: value for key, value in row.items() if value} for row in theirs["sections"][0]["rows"]]  # fmt: skip
    assert (sent["recipient"], "to" in sent) == ("GB.13491208655302741918", False), "an id is no number"


def test_what_others_read_in_a_message_we_read_too(doors: Doors) -> None:
    client, phone = WhatsApp(phone_id=META_PHONE_ID, token="t"), phone_of(doors)
    now = doors.service.clock()

    def both(message: dict[str, Any], theirs: Any) -> tuple[Any, Any]:
        body = json.loads(phone.batch([phone.one(message, at=now)])["content"])
        return theirs.from_update(
            client, RawUpdate(json.dumps(body).encode(), hmac_header=None, update_hash="x")
        ), next(iter(read_messages(body, META_PHONE_ID)))

    written, ours = both({"type": "text", "text": {"body": "it’s “fine” 👍"}}, Message)
    assert (ours.text, ours.provider_id, ours.sent_at) == (written.text, written.id, now.replace(microsecond=0))
    assert ours.sender == written.from_user.bsuid
    tapped, ours = both({"context": {"id": "x", "from": "1"}, "type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "who.carer", "title": "Carer"}}}, CallbackButton)  # fmt: skip
    assert (ours.choice, ours.text) == (tapped.data, tapped.title)
    picked, ours = both({"context": {"id": "x", "from": "1"}, "type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "S1.2", "title": "3", "description": "close"}}}, CallbackSelection)  # fmt: skip
    assert (ours.choice, ours.text) == (picked.data, picked.title)


@pytest.mark.parametrize(("message", "words"), KINDS, ids=[message["type"] for message, _ in KINDS])
def test_what_cannot_be_read_gets_an_answer_that_says_what_works(
    doors: Doors, message: dict[str, Any], words: str
) -> None:
    phone = phone_of(doors)
    phone.says("hello")
    said = phone.sends(message)
    assert words in said
    assert "reply with a number" in said
    assert "Shall we start?" not in said
    phone.says("1")
    assert "answering the questions" in phone.screen, "what was asked before still stands"


@pytest.mark.parametrize(
    ("door", "more", "words"),
    [
        ("twilio_whatsapp", {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MediaUrl0": "x"}, "cannot listen"),
        ("twilio_sms", {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MediaUrl0": "x"}, "cannot look"),
        ("twilio_whatsapp", {"Latitude": "51.5", "Longitude": "-0.1", "Address": ""}, "cannot read maps"),
    ],
)
def test_twilio_brings_them_too(doors: Doors, door: str, more: dict[str, str], words: str) -> None:
    phone = doors.phone(door)
    phone.says("hello")
    assert words in phone.says("", **more)


def test_a_picture_with_words_is_read_by_its_words(doors: Doors) -> None:
    phone = phone_of(doors)
    phone.says("hello")
    phone.sends({"type": "image", "image": {"id": "1", "caption": "yes"}})
    assert "answering the questions" in phone.screen


@pytest.mark.parametrize("door", ["notify", "twilio_sms", "twilio_whatsapp", "meta"])
def test_nothing_too_much_and_signs_alone(doors: Doors, door: str) -> None:
    phone = doors.phone(door)
    phone.says("hello")
    for text in ("", "   ", "😀😀", "x" * 1600, "y" * 4096):
        assert phone.says(text), "whatever it was, there is an answer"
    phone.says("yes")
    assert "answering the questions" in phone.screen or "call the child" in phone.screen
