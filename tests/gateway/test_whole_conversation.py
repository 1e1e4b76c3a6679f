"""From hello to a guide amount over the API, and what the transcript keeps."""

from __future__ import annotations

from tests.gateway.service import Service
from tests.gateway.talk import QUESTIONS, Person, kinds


def test_from_hello_to_a_guide_amount(service: Service) -> None:
    person = Person.arrives(service)
    assert person.last["state"]["stage"] == "consent"
    person.says("yes")
    assert person.last["state"]["stage"] == "about"
    person.picks("who.parent")
    person.says("Ty")
    person.says("8")
    state = person.last["state"]
    assert (state["stage"], state["question_id"], state["position"], state["total"]) == ("ras", "S1", 1, 16)
    while person.last["state"]["stage"] == "ras":
        person.says("2")
    assert person.last["state"]["stage"] == "ras_check"
    assert set(person.last["state"]["answers"]) == set(QUESTIONS)
    assert kinds(person.last)[-1] == "summary"
    assert person.last["state"]["amount"] is None
    reply = person.picks("check.yes")
    assert kinds(reply)[-1] == "result"
    assert reply["state"]["stage"] == "result"
    amount = reply["state"]["amount"]
    assert amount["status"] == "ok"
    assert amount["amount_pence"] > 0
    assert abs(amount["weekly_pence"] * 52 - amount["amount_pence"]) <= 52
    assert "example table" in reply["messages"][-1]["text"]
    assert reply["messages"][-1]["details"]


def test_the_shapes_are_those_of_the_contract(service: Service) -> None:
    person = Person.at_the_first_question(service)
    message = person.last["messages"][-1]
    assert {"id", "kind", "text", "spoken", "options", "question_id", "reading"} <= set(message)
    assert [option["value"] for option in message["options"]] == ["S1.0", "S1.1", "S1.2", "S1.3", "S1.not_sure"]
    assert [option["number"] for option in message["options"]] == [1, 2, 3, 4, 5]
    assert set(person.last["state"]) == {
        "stage", "question_id", "position", "total", "answers", "draft_reference", "pin_set", "amount", "plan", "safety",
    }  # fmt: skip
    reply = person.says("i go for a wee and hes got the kettle")
    assert reply["messages"][-1]["kind"] == "confirm"
    assert set(reply["messages"][-1]["reading"]) == {"question_id", "level", "confidence"}
    assert reply["state"]["answers"] == {}


def test_the_transcript_holds_both_sides_in_order(service: Service) -> None:
    person = Person.at_the_first_question(service)
    person.says("i go for a wee and hes got the kettle")
    person.picks("S1.2")
    lines = person.reads()["messages"]
    assert [line["author"] for line in lines[:4]] == ["assistant", "assistant", "person", "assistant"]
    said = [line["text"] for line in lines if line["author"] == "person"]
    assert said == [
        "Yes, start",
        "I am a parent",
        "Ty",
        "8",
        "i go for a wee and hes got the kettle",
        "Yes, that is right",
    ]
    assert len({line["id"] for line in lines}) == len(lines)


def test_reading_twice_says_nothing_twice(service: Service) -> None:
    person = Person.at_the_first_question(service)
    assert person.reads() == person.reads()


def test_an_answer_is_stored_with_the_words_it_was_given_in(service: Service) -> None:
    person = Person.at_the_first_question(service)
    person.says("i go for a wee and hes got the kettle")
    person.says("yes")
    token = service.http.post("/api/v1/review/demo-login", json={"user": "lead-professional"}).json()["token"]
    reference = person.last["state"]["draft_reference"]
    record = service.http.get(f"/api/v1/review/drafts/{reference}", headers={"Authorization": f"Bearer {token}"}).json()
    assert record["answers"][0]["own_words"] == "i go for a wee and hes got the kettle"
