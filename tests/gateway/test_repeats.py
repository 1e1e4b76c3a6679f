"""A request that is sent twice counts once."""

from __future__ import annotations

import threading

import httpx

from tests.gateway.service import Service
from tests.gateway.talk import Person, words


def test_a_repeat_gets_the_first_reply_byte_for_byte(service: Service) -> None:
    person = Person.at_the_first_question(service)
    first = person.sends({"text": "3"}, key="k1")
    person.picks("S2.1")
    again = person.sends({"text": "3"}, key="k1")
    assert again.content == first.content
    assert again.status_code == first.status_code
    assert {code: answer["level"] for code, answer in person.answers.items()} == {"S1": 2, "S2": 1}


def test_the_same_key_with_another_body_is_refused(service: Service) -> None:
    person = Person.at_the_first_question(service)
    person.says("3", key="k1")
    for body in ({"text": "4"}, {"choice": "S1.2"}, {"text": "3", "question_id": "S1"}):
        reply = person.sends(body, key="k1")
        assert reply.status_code == 422
        assert "Idempotency-Key" in reply.json()["detail"]
    assert person.answers == {"S1": {"level": 2, "status": "answered", "by": "parent"}}


def test_a_key_belongs_to_one_conversation(service: Service) -> None:
    one, other = Person.at_the_first_question(service), Person.at_the_first_question(service)
    one.says("3", key="same")
    other.says("1", key="same")
    assert other.answers["S1"]["level"] == 0


def test_many_at_once_with_one_key_count_once(service: Service) -> None:
    person = Person.at_the_first_question(service)
    replies: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: replies.append(person.sends({"text": "3"}, key="k"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    said = [line for line in person.reads()["messages"] if line["author"] == "person"]
    assert [line["text"] for line in said].count("3") == 1
    assert list(person.answers) == ["S1"]


def test_a_double_click_without_a_key_does_not_answer_the_next_question(service: Service) -> None:
    """Two at once from one page: both saw S1, so the second is not used for S2."""
    person = Person.at_the_first_question(service)
    replies: list[httpx.Response] = []
    body = {"text": "3", "question_id": "S1"}
    threads = [threading.Thread(target=lambda: replies.append(person.sends(body))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.status_code for reply in replies] == [200, 200]
    assert list(person.answers) == ["S1"]
    assert sum("We have moved on" in words(reply.json()) for reply in replies) == 1


def test_a_key_that_is_too_long_or_empty_is_refused(service: Service) -> None:
    person = Person.at_the_first_question(service)
    assert person.sends({"text": "3"}, key="k" * 201).status_code == 422
    assert person.answers == {}


def test_a_pin_is_in_the_reply_and_its_repeat_and_hidden_ever_after(service: Service) -> None:
    person = Person.at_the_first_question(service)
    reply = person.says("pause", key="p")
    text = next(m["text"] for m in reply["messages"] if "PIN" in m["text"])
    pin = next(word for word in text.split() if word.isdigit() and len(word) == 6)
    assert person.says("pause", key="p") == reply
    transcript = person.reads()
    assert pin not in str(transcript)
    assert "Your PIN: ••••••" in str(transcript)
    assert transcript["state"]["pin_set"] is True
    back = service.http.post(
        "/api/v1/conversations/resume", json={"reference": reply["state"]["draft_reference"], "pin": pin}
    )
    assert back.status_code == 200
