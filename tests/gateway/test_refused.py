"""What is refused, as too long or too fast, is no answer; but danger in it is answered, and a person is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.gateway import refused
from bot.gateway.limits import MAX_TEXT, REFUSED_SCREENS, Buckets, Rate
from bot.store import safety
from bot.store.database import Busy
from bot.store.safety import SafetyEvent
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person, kinds, words
from tests.gateway.test_pages import Browser

EMERGENCY = "he's got a knife and mum is hurt."
NEAR_THE_EDGE = "I can't do this any more."
QUIET = "he likes trains and he likes the park and he likes his tea. "
LONG = QUIET * 150
assert len(LONG) > 2 * MAX_TEXT


@pytest.fixture
def person(service: Service) -> Person:
    return Person.at_the_first_question(service)


def waiting(service: Service) -> list[SafetyEvent]:
    with service.database.read() as tx:
        return list(safety.waiting(tx))


def limits(service: Service, **changed: Buckets) -> None:
    service.app.state.services = replace(service.app.state.services, **changed)


def make_too_fast(service: Service, person: Person) -> None:
    """From now on every message of this conversation is one too many."""
    turns = service.app.state.services.turns
    while turns.allows(person.id):
        pass


@pytest.mark.parametrize("said", [EMERGENCY + LONG, LONG + EMERGENCY], ids=["at the start", "at the end"])
def test_danger_in_a_message_that_is_too_long_is_answered_and_a_person_is_told(
    service: Service, person: Person, said: str
) -> None:
    taken = len(service.engine.taken)
    reply = person.sends({"text": said})
    assert reply.status_code == 413
    detail = reply.json()["detail"]
    assert detail.startswith(CONTENT.safety_text("RED_now"))
    assert "4,000 characters or fewer" in detail
    (event,) = waiting(service)
    assert (event.level, event.urgency) == ("RED-A", "immediate")
    assert len(service.engine.taken) == taken, "the engine is not asked"
    transcript = person.reads()
    assert EMERGENCY in next(line["text"] for line in transcript["messages"] if line["author"] == "person" and line["id"] == event.message_id)  # fmt: skip
    assert transcript["state"]["answers"] == {}
    assert kinds(person.says("2")) == ["safety"], "the questions are stopped"
    assert person.says("carry on")["messages"][-1]["question_id"] == "S1"


def test_danger_in_a_message_that_came_too_fast_is_answered_as_well(service: Service, person: Person) -> None:
    make_too_fast(service, person)
    reply = person.sends({"text": EMERGENCY})
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) >= 1
    assert reply.json()["detail"].startswith(CONTENT.safety_text("RED_now"))
    assert [event.level for event in waiting(service)] == ["RED-A"]


def test_when_too_many_messages_are_under_way_the_next_is_screened_too(service: Service, person: Person) -> None:
    flights = service.app.state.services.in_flight
    with flights.one(person.id), flights.one(person.id), flights.one(person.id), flights.one(person.id):  # noqa: SIM117
        with flights.one(person.id), flights.one(person.id), flights.one(person.id), flights.one(person.id):
            reply = person.sends({"text": EMERGENCY})
    assert reply.status_code == 429
    assert reply.json()["detail"].startswith(CONTENT.safety_text("RED_now"))
    assert len(waiting(service)) == 1


def test_worry_gets_its_text_its_alert_and_the_question_again(service: Service, person: Person) -> None:
    reply = person.sends({"text": LONG + NEAR_THE_EDGE})
    assert reply.status_code == 413
    assert reply.json()["detail"].startswith(CONTENT.safety_text("CARER", name="Ty"))
    assert [(event.level, event.urgency) for event in waiting(service)] == [("AMBER-1", "same_day")]
    said = person.reads()["messages"]
    assert [line["kind"] for line in said[-2:]] == ["safety", "question"]
    assert "would like a call" in words(person.says("yes please")), "the yes is to the call, and no answer"
    assert person.answers == {}


def test_nothing_is_kept_or_said_of_a_message_without_danger(service: Service, person: Person) -> None:
    before = person.reads()
    reply = person.sends({"text": LONG})
    assert reply.status_code == 413
    assert reply.json()["detail"].startswith("Please use 4,000 characters or fewer. There are 9,000 now.")
    make_too_fast(service, person)
    assert "999" not in person.sends({"text": "he likes trains"}).json()["detail"]
    assert person.sends({"choice": "S1.2"}).status_code == 429
    limits(service, turns=Buckets(Rate(100, 100)))  # time has passed
    assert person.reads() == before
    assert waiting(service) == []


def test_the_same_words_again_are_answered_but_raise_one_alert_a_minute(service: Service, person: Person) -> None:
    for _ in range(3):
        assert CONTENT.safety_text("RED_now") in person.sends({"text": LONG + EMERGENCY}).json()["detail"]
    assert len(waiting(service)) == 1
    assert len([line for line in person.reads()["messages"] if line["author"] == "person"]) == 5


def test_danger_after_worry_is_not_held_back(service: Service, person: Person) -> None:
    person.sends({"text": LONG + NEAR_THE_EDGE})
    person.sends({"text": LONG + EMERGENCY})
    assert {event.level for event in waiting(service)} == {"AMBER-1", "RED-A"}


def test_a_flood_of_refused_messages_costs_little(service: Service, person: Person) -> None:
    """Only so many are screened; then they are refused as they come."""
    time = [0.0]
    limits(service, refused_screens=Buckets(REFUSED_SCREENS, now=lambda: time[0]))
    answered = ["999" in person.sends({"text": LONG + EMERGENCY}).json()["detail"] for _ in range(6)]
    assert answered == [True] * 3 + [False] * 3
    time[0] += 10
    assert "999" in person.sends({"text": LONG + EMERGENCY}).json()["detail"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_without_the_conversations_token_nothing_is_screened(
    service: Service, person: Person, headers: dict[str, str]
) -> None:
    address = f"/api/v1/conversations/{person.id}/messages"
    reply = service.http.post(address, headers=headers, json={"text": LONG + EMERGENCY})
    assert reply.status_code == 401
    assert "999" not in reply.text
    other = Person.arrives(service)
    reply = service.http.post(address, headers=other.headers, json={"text": LONG + EMERGENCY})
    assert reply.status_code == 404
    assert waiting(service) == []


def test_worry_while_the_questions_are_stopped_leaves_them_stopped(service: Service, person: Person) -> None:
    person.says(EMERGENCY)
    person.sends({"text": LONG + NEAR_THE_EDGE})
    assert kinds(person.says("2")) == ["safety"]
    assert person.answers == {}


def test_a_shorter_message_with_the_same_key_is_a_new_one(person: Person) -> None:
    assert person.sends({"text": LONG + EMERGENCY}, "k").status_code == 413
    assert person.sends({"text": "carry on"}, "k").status_code == 200


def test_on_the_page_the_safety_words_come_first_and_the_words_stay_in_their_box(service: Service) -> None:
    browser = Browser(service)
    browser.starts()
    for fields in ({"choice": "consent.yes"}, {"choice": "who.parent"}, {"text": "Ty"}, {"text": "8"}):
        browser.sends(**fields)
    browser.sends(text=EMERGENCY + LONG)
    assert browser.status == 413
    warning = CONTENT.safety_text("RED_now")
    assert browser.words.index(warning) < browser.words.index("There is a problem")
    assert browser.words.count("4,000 characters or fewer.") == 2
    assert EMERGENCY.replace("'", "&#39;") in browser.page.split("<textarea")[1].split("</textarea>")[0]
    assert browser.heading == "I have stopped the questions"
    browser.sends(choice="safety.carry_on")
    assert "question 1 of 16" in browser.words
    assert len(waiting(service)) == 1


def test_the_alert_waits_for_a_free_database_and_the_words_do_not(
    service: Service, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy("locked")

    monkeypatch.setattr(refused, "_keep", busy)
    reply = person.sends({"text": LONG + EMERGENCY})
    assert reply.status_code == 413
    assert reply.json()["detail"].startswith(CONTENT.safety_text("RED_now"))
