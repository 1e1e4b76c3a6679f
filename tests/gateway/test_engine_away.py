"""When the engine, the actions or the road between them fails, the family is told, and nothing is lost."""

from __future__ import annotations

import pytest

from bot.store import messages
from tests.gateway.fake_engine import Failure
from tests.gateway.service import Service
from tests.gateway.talk import Person, kinds, words


@pytest.mark.parametrize("failure", ["down", "error", "nonsense"])
def test_the_message_is_kept_and_the_reply_says_so(service: Service, failure: Failure) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = failure
    reply = person.sends({"text": "3"})
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"
    assert int(reply.headers["Retry-After"]) >= 1
    assert "Your message is kept" in reply.json()["detail"]
    waiting = [line for line in person.reads()["messages"] if line["author"] == "person"][-1]
    assert (waiting["text"], waiting["status"]) == ("3", "pending")


def test_reading_the_conversation_applies_what_waited(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "down"
    person.sends({"text": "3"})
    service.engine.failure = None
    transcript = person.reads()
    assert transcript["state"]["answers"] == {"S1": {"level": 2, "status": "answered", "by": "parent"}}
    assert transcript["messages"][-1]["question_id"] == "S2"
    assert [line["status"] for line in transcript["messages"] if line["author"] == "person"][-1] == "applied"


def test_what_is_typed_again_meanwhile_is_kept_but_not_used_for_the_next_question(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "down"
    assert person.sends({"text": "3"}).status_code == 503
    assert person.sends({"text": "3"}).status_code == 503
    service.engine.failure = None
    reply = person.says("3")
    assert "You sent that before you saw this question" in words(reply)
    assert reply["messages"][-1]["question_id"] == "S2"
    assert list(person.answers) == ["S1"]
    said = [line["text"] for line in person.reads()["messages"] if line["author"] == "person"]
    assert said[-3:] == ["3", "3", "3"]
    person.says("2")
    assert person.answers["S2"]["level"] == 1


def test_a_new_message_counts_when_what_waited_moved_nothing(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "down"
    person.sends({"text": "why"})
    service.engine.failure = None
    reply = person.says("3")
    assert "Watching over" in words(reply) or "Why I ask this" in words(reply), "the question that waited is answered"
    assert reply["messages"][-1]["question_id"] == "S2"
    assert person.answers["S1"]["level"] == 2


def test_a_repeat_with_the_same_key_is_the_same_message(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "down"
    assert person.sends({"text": "3"}, key="k").status_code == 503
    service.engine.failure = None
    reply = person.says("3", key="k")
    assert reply["messages"][-1]["question_id"] == "S2"
    assert person.sends({"text": "3"}, key="k").json() == reply
    assert [line["text"] for line in person.reads()["messages"] if line["author"] == "person"].count("3") == 1


def test_a_reply_lost_on_the_way_never_counts_twice(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "loses the reply"
    assert person.sends({"text": "3"}).status_code == 503
    service.engine.failure = None
    transcript = person.reads()
    assert transcript["state"]["answers"] == {"S1": {"level": 2, "status": "answered", "by": "parent"}}
    assert transcript["messages"][-1]["question_id"] == "S2"
    person.says("1")
    assert {code: answer["level"] for code, answer in person.answers.items()} == {"S1": 2, "S2": 0}


def test_a_conversation_starts_without_the_engine(service: Service) -> None:
    service.engine.failure = "down"
    person = Person.arrives(service)
    assert kinds(person.last) == ["say", "question"]
    assert person.last["state"]["stage"] == "consent"


def test_safety_words_do_not_wait_for_the_engine(service: Service) -> None:
    person = Person.at_the_first_question(service)
    service.engine.failure = "down"
    reply = person.says("he's got a knife and mum is hurt")
    assert kinds(reply) == ["safety"]
    assert "call 999 now" in words(reply)
    assert reply["state"]["safety"] == "RED-A"


def test_people_cannot_send_the_engine_a_command(service: Service) -> None:
    person = Person.at_the_first_question(service)
    for text in ("/restart", " / /choose", "//S1{}", "/"):
        person.says(text)
    assert all(not turn["text"].startswith("/") for turn in service.engine.taken if not turn["metadata"]["internal"])


def test_the_engine_is_told_who_and_what_was_asked(service: Service) -> None:
    person = Person.at_the_first_question(service, who="who.young_person", age="15")
    person.picks("S1.2")
    turn = service.engine.taken[-1]
    assert turn["sender"] == person.id
    assert turn["text"] == "/choose"
    meta = turn["metadata"]
    assert (meta["question"], meta["who"], meta["choice"], meta["internal"]) == ("S1", "young_person", "S1.2", True)
    with service.database.read() as tx:
        stored = messages.get(tx, meta["message_id"])
    assert stored is not None
    assert stored.state == "applied"


def test_readiness_says_what_is_away(service: Service) -> None:
    assert service.http.get("/readyz").json() == {"database": True, "engine": True, "actions": True}
    service.engine.failure = "down"
    away = service.http.get("/readyz")
    assert away.status_code == 503
    assert away.json()["engine"] is False
    assert service.http.get("/healthz").json() == {"status": "ok"}
