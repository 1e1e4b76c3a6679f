"""Safety words in a conversation: the fixed text at once, a person alerted, the answers as they were."""

from __future__ import annotations

import pytest

from bot.gateway.safety_forms import SMS_LENGTH
from bot.store import messages, safety
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person, kinds, words

EMERGENCY = "he's got a knife and mum is hurt"
S1_ONLY = {"S1": {"level": 2, "status": "answered", "by": "parent"}}


@pytest.fixture
def person(service: Service) -> Person:
    person = Person.at_the_first_question(service)
    person.picks("S1.2")
    return person


def test_red_stops_the_script_and_changes_nothing(service: Service, person: Person) -> None:
    asked = len(service.engine.taken)
    reply = person.says(EMERGENCY)
    assert kinds(reply) == ["safety"]
    assert CONTENT.safety_text("RED_now") in words(reply)
    assert [option["label"] for option in reply["messages"][0]["options"]] == [
        "Carry on with the questions",
        "I'd like a person",
    ]
    assert reply["state"]["safety"] == "RED-A"
    assert reply["state"]["answers"] == S1_ONLY
    assert len(service.engine.taken) == asked, "the engine never sees it"


def test_the_event_and_its_alert_lie_with_the_message(service: Service, person: Person) -> None:
    person.says(EMERGENCY)
    with service.database.read() as tx:
        (event,) = safety.waiting(tx)
        said = messages.get(tx, event.message_id)
    assert event.level == "RED-A"
    assert event.alert == "waiting"
    assert said is not None
    assert EMERGENCY in said.body
    assert said.state == "kept"


def test_nothing_is_an_answer_while_the_questions_are_stopped(person: Person) -> None:
    person.says(EMERGENCY)
    for text in ("4", "why", "back", "hello?", "yes"):
        reply = person.says(text)
        assert kinds(reply) == ["safety"]
        assert CONTENT.safety_text("STOPPED") in words(reply)
    reply = person.picks("S2.3")
    assert kinds(reply) == ["safety"]
    assert person.answers == S1_ONLY


def test_what_follows_is_still_screened(service: Service, person: Person) -> None:
    person.says(EMERGENCY)
    reply = person.says("she has taken all the tablets")
    assert CONTENT.safety_text("RED_now") in words(reply)
    with service.database.read() as tx:
        assert len(safety.waiting(tx)) == 2


@pytest.mark.parametrize(
    "way_on",
    [
        "carry on",
        "We are safe, carry on",
        "1",
        "Carry on with the questions",
        "no that's not what I meant",
        "it's not an emergency, he's fine",
        "nobody is hurt, sorry",
        "false alarm",
    ],
)
def test_the_person_carries_on_when_they_say_so(person: Person, way_on: str) -> None:
    person.says(EMERGENCY)
    reply = person.says(way_on)
    assert reply["messages"][-1]["question_id"] == "S2"
    person.says("2")
    assert person.answers["S2"]["level"] == 1
    assert person.state["safety"] == "RED-A", "the highest level stays"


@pytest.mark.parametrize(
    "text",
    [
        "i cant carry on",
        "don't carry on",
        "nobody is safe",
        "he's fine but I'm not",
        "is he ok",
        "he's hurt, we're all ok",
        "what",
        "not what I wanted",
    ],
)
def test_not_wanting_to_carry_on_is_not_carrying_on(person: Person, text: str) -> None:
    person.says(EMERGENCY)
    assert "safety" in kinds(person.says(text))
    assert person.answers == S1_ONLY


def test_asking_for_a_person_while_stopped_is_written_down(service: Service, person: Person) -> None:
    person.says(EMERGENCY)
    reply = person.picks("safety.person")
    assert "would like a person" in words(reply)
    assert service.http.post("/api/v1/review/demo-login", json={"user": "auditor"}).status_code == 200
    token = service.http.post("/api/v1/review/demo-login", json={"user": "auditor"}).json()["token"]
    lines = service.http.get("/api/v1/review/audit", headers={"Authorization": f"Bearer {token}"}).json()["lines"]
    assert "family.person" in [line["action"] for line in lines]
    assert kinds(person.says("2")) == ["safety"]


@pytest.mark.parametrize("asks", ["I'd like a person", "person", "can i talk to someone"])
def test_who_asks_for_a_person_while_stopped_hears_first_that_nobody_is_coming(person: Person, asks: str) -> None:
    person.says(EMERGENCY)
    (heard,) = person.says(asks)["messages"]
    assert heard["kind"] == "safety"
    assert heard["text"].startswith("If someone is in danger, call 999 now.")
    assert "I cannot send help to you" in heard["text"]
    assert "carry on here" not in heard["text"], "the ordinary words would send them back to the questions"
    assert "9, 9, 9" in heard["spoken"]
    assert [option["value"] for option in heard["options"]] == ["safety.carry_on"]
    assert kinds(person.says("2")) == ["safety"]
    assert person.answers == S1_ONLY


def test_amber_says_its_text_first_and_then_goes_on(service: Service, person: Person) -> None:
    reply = person.says("I can't do this any more. kettle everywhere")
    assert kinds(reply) == ["safety", "confirm"]
    assert CONTENT.safety_text("CARER", name="Ty") in words(reply)
    assert reply["state"]["safety"] == "AMBER-1"
    with service.database.read() as tx:
        assert [event.level for event in safety.waiting(tx)] == ["AMBER-1"]


def test_after_amber_we_are_safe_carry_on_asks_the_question_again(service: Service, person: Person) -> None:
    person.says("I can't do this any more. kettle everywhere")
    asked = len(service.engine.taken)
    reply = person.says("we are safe, carry on")
    assert kinds(reply) == ["confirm"]
    assert len(service.engine.taken) == asked
    person.says("yes")
    assert person.answers["S2"]["level"] == 2


def test_the_amber_text_comes_with_the_503(service: Service, person: Person) -> None:
    service.engine.failure = "down"
    reply = person.sends({"text": "I can't do this any more"})
    assert reply.status_code == 503
    assert reply.json()["detail"].startswith(CONTENT.safety_text("CARER", name="Ty"))
    assert "Your message is kept" in reply.json()["detail"]


def test_a_picked_answer_that_is_a_sign_brings_the_carer_text(service: Service, person: Person) -> None:
    for _ in range(12):
        person.says("1")
    assert person.last["state"]["question_id"] == "F1"
    reply = person.says("4")
    assert "safety" in kinds(reply)
    assert CONTENT.safety_text("CARER", name="Ty") in words(reply)
    assert reply["state"]["safety"] == "AMBER-1"
    assert reply["state"]["answers"]["F1"]["level"] == 3


def test_a_stopped_conversation_stays_stopped_when_the_page_is_loaded_again(person: Person) -> None:
    person.says(EMERGENCY)
    transcript = person.reads()
    assert transcript["messages"][-1]["kind"] == "safety"
    assert kinds(person.says("2")) == ["safety"]


def test_a_child_is_spoken_to_as_a_child(service: Service) -> None:
    child = Person.at_the_first_question(service, who="who.young_person", age="13")
    reply = child.says("i want to kill myself")
    assert "Childline" in words(reply)
    assert reply["state"]["safety"].startswith("RED")


def by(service: Service, channel: str) -> Person:
    return Person(service, service.http.post("/api/v1/conversations", json={"channel": channel}).json())


def test_on_sms_a_short_part_with_the_number_comes_first(service: Service) -> None:
    reply = by(service, "sms").says(EMERGENCY)
    first, whole = [message["text"] for message in reply["messages"]]
    assert first == CONTENT.safety_text("RED_now_first")
    assert "999" in first
    assert CONTENT.safety_text("RED_now") in whole
    assert reply["messages"][0]["options"] == []
    assert len(reply["messages"][1]["options"]) == 2


def test_every_first_part_fits_one_sms_and_carries_a_number() -> None:
    firsts = [id for id in CONTENT.safety_texts if id.removesuffix("_open").removesuffix("_closed").endswith("_first")]
    assert len(firsts) == 13
    for id in firsts:
        for who in ("parent", "young_person"):
            text = CONTENT.safety_text(id, who, name="Bartholomew")
            assert len(text) <= SMS_LENGTH, (id, len(text))
            assert any(number in text for number in ("999", "111")), id


def test_for_the_ear_numbers_are_said_slowly_and_twice(service: Service) -> None:
    (message,) = by(service, "voice").says(EMERGENCY)["messages"]
    assert "Please call 9, 9, 9 now. I will say that again: 9, 9, 9." in message["spoken"]
    assert CONTENT.safety_text("RED_now") in message["text"]


def test_a_web_page_gets_the_whole_text_at_once(service: Service) -> None:
    assert len(by(service, "web").says(EMERGENCY)["messages"]) == 1
