"""Loading the page again shows the whole conversation; a repeat gets the same bytes."""

from __future__ import annotations

import pytest

from tests.live.people import at_question, words
from tests.live.system import System

pytestmark = pytest.mark.live


def test_the_transcript_is_what_was_said(system: System) -> None:
    person = at_question(system, "S1")
    heard, said = [], []
    for text in ("why", "3", "<b>2</b>", "it varies", "2", "4", "3"):
        reply = person.says(text)
        said.append(text)
        heard += [message["text"] for message in reply["messages"]]
    lines = person.reads()["messages"]
    assert [line["text"] for line in lines if line["author"] == "person"][-len(said) :] == said
    assert [line["text"] for line in lines if line["author"] == "assistant"][-len(heard) :] == heard
    assert lines[-1]["options"] == reply["messages"][-1]["options"]
    assert [line["id"] for line in lines] == list(dict.fromkeys(line["id"] for line in lines)), "each once"
    assert person.reads() == person.reads(), "looking changes nothing"
    assert person.reads()["state"] == reply["state"]


@pytest.mark.parametrize("body", [{"text": "3"}, {"choice": "S2.1"}, {"text": "why"}, {"text": "pause"}, {"text": ""}])
def test_a_repeat_is_byte_identical(system: System, body: dict[str, str]) -> None:
    person = at_question(system, "S2")
    first = person.sends(body, key="a key")
    again = [person.sends(body, key="a key") for _ in range(3)]
    assert {reply.content for reply in again} == {first.content}
    assert {reply.status_code for reply in again} == {200}
    person.says("progress")
    assert person.sends(body, key="a key").content == first.content, "also after the conversation went on"
    assert len([line for line in person.reads()["messages"] if line["author"] == "person"]) == 7


def test_a_pin_is_shown_once_and_works(system: System) -> None:
    person = at_question(system, "S3")
    reply = person.says("pause")
    pin = next(word for word in words(reply).split() if word.isdigit() and len(word) == 6)
    assert pin not in str(person.reads())
    reference = reply["state"]["draft_reference"]
    wrong = f"{(int(pin) + 1) % 10**6:06}"
    for asked, status in (((reference, wrong), 401), (("EX-AAAA-AAAA", pin), 401), ((reference, pin), 200)):
        back = system.http.post("/api/v1/conversations/resume", json={"reference": asked[0], "pin": asked[1]})
        assert back.status_code == status
    assert back.json()["state"]["answers"] == reply["state"]["answers"]
    assert back.json()["token"] != person.token
