"""One family, two devices, one draft: what is typed on one never answers a question it did not show."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.gateway.service import Service
from tests.gateway.talk import Person, words


def pause(person: Person) -> tuple[str, str]:
    """Reference and PIN."""
    text = words(person.says("pause"))
    pin = next(word for word in text.split() if word.isdigit() and len(word) == 6)
    return person.last["state"]["draft_reference"], pin


@pytest.fixture
def phone(service: Service) -> Person:
    person = Person.at_the_first_question(service)
    person.picks("S1.2")
    return person


@pytest.fixture
def laptop(service: Service, phone: Person) -> Person:
    """The same draft, on a second device; both stand at S2."""
    reference, pin = pause(phone)
    reply = service.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    assert reply.status_code == 200, reply.text
    phone.reads()
    return Person(service, reply.json())


def test_coming_back_shows_the_question_that_was_open(laptop: Person, phone: Person) -> None:
    assert "Welcome back" in words(laptop.last)
    assert laptop.last["messages"][-1]["question_id"] == "S2"
    assert laptop.last["state"]["stage"] == "ras"
    assert laptop.id != phone.id
    assert laptop.token != phone.token


def test_the_device_left_behind_is_told_and_shown_where_things_are(laptop: Person, phone: Person) -> None:
    laptop.says("1")
    reply = phone.says("4")
    assert "You sent that before you saw this question" in words(reply)
    assert reply["messages"][-1]["question_id"] == "S3"
    assert phone.answers["S2"]["level"] == 0
    assert "S3" not in phone.answers
    phone.says("4")
    assert phone.answers["S3"]["level"] == 3


def test_loading_the_page_again_catches_up(laptop: Person, phone: Person) -> None:
    laptop.says("1")
    transcript = phone.reads()
    assert "open in two places" in transcript["messages"][-2]["text"]
    assert transcript["messages"][-1]["question_id"] == "S3"
    phone.says("4")
    assert phone.answers["S3"]["level"] == 3


def test_both_answering_at_once_answers_one_question_once(laptop: Person, phone: Person) -> None:
    replies: list[httpx.Response] = []

    def answer(person: Person, text: str) -> None:
        replies.append(person.sends({"text": text}))

    threads = [threading.Thread(target=answer, args=pair) for pair in ((laptop, "1"), (phone, "4"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.status_code for reply in replies] == [200, 200]
    assert list(phone.answers) == ["S1", "S2"]
    assert phone.answers["S2"]["level"] in (0, 3)


def test_what_was_confided_on_one_device_is_not_shown_on_another(laptop: Person, phone: Person) -> None:
    phone.says("he's got a knife and mum is hurt")
    assert "knife" not in str(laptop.reads())


def test_a_wrong_pin_is_refused_and_tries_are_limited(service: Service, phone: Person) -> None:
    reference, pin = pause(phone)
    wrong = f"{(int(pin) + 1) % 10**6:06}"
    for _ in range(5):
        reply = service.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": wrong})
        assert reply.status_code == 401
        assert reply.json()["detail"] == "That reference and PIN do not match. Please check them and try again."
    locked = service.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    assert locked.status_code == 429
    assert int(locked.headers["Retry-After"]) > 60
    assert "01632 960101" in locked.json()["detail"]
    service.clock.forward(minutes=16)
    right = service.http.post("/api/v1/conversations/resume", json={"reference": reference.lower(), "pin": pin})
    assert right.status_code == 200


def test_a_reference_nobody_has_is_refused_in_the_same_words(service: Service) -> None:
    reply = service.http.post("/api/v1/conversations/resume", json={"reference": "EX-2222-2222", "pin": "123456"})
    assert reply.status_code == 401
    assert "do not match" in reply.json()["detail"]


@pytest.mark.parametrize("body", [{}, {"reference": "EX"}, {"reference": "", "pin": ""}, {"reference": 1, "pin": 2}])
def test_a_malformed_resume_is_refused(service: Service, body: object) -> None:
    assert service.http.post("/api/v1/conversations/resume", json=body).status_code == 422
