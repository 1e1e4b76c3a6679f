"""Is it safe to contact you here, and would you like a call: read narrowly, stored, and honoured."""

from __future__ import annotations

import pytest

from bot.gateway.contact import may_contact
from bot.store import contact, drafts, safety
from bot.store.drafts import Draft
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person, kinds, words

DISCLOSURE = "he touches me"
PARTNER = "my husband hits me"
NEAR_THE_EDGE = "I can't do this any more"
EMERGENCY = "he's got a knife and mum is hurt"


def draft_of(person: Person) -> Draft:
    with person.service.database.read() as tx:
        return drafts.by_reference(tx, person.last["state"]["draft_reference"])


def asked_for_call(person: Person) -> bool:
    with person.service.database.read() as tx:
        return contact.call_asked_at(tx, draft_of(person).id) is not None


def labels(reply: dict) -> list[str]:
    return [option["label"] for option in reply["messages"][-1]["options"]]


@pytest.fixture
def child(service: Service) -> Person:
    child = Person.at_the_first_question(service, who="who.young_person", age="13")
    reply = child.says(DISCLOSURE)
    assert "Is it safe for us to write to you on this phone?" in words(reply)
    return child


@pytest.fixture
def parent(service: Service) -> Person:
    parent = Person.at_the_first_question(service)
    parent.picks("S1.2")
    return parent


def test_until_somebody_says_yes_nobody_may_contact_them(service: Service, parent: Person) -> None:
    assert draft_of(parent).safe_contact == "unknown"
    assert not may_contact(draft_of(parent))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("yes", "yes"),
        ("Yes, it is safe", "yes"),
        ("1", "yes"),
        ("no", "no"),
        ("No.", "no"),
        ("2", "no"),
        ("no my brother uses this phone", "no"),
        ("not really", "no"),
        ("please don't", "no"),
        ("yes but dad reads it", "unknown"),
        ("ok", "unknown"),
        ("what do you mean", "unknown"),
    ],
)
def test_a_child_is_asked_and_only_a_plain_yes_is_a_yes(child: Person, said: str, kept: str) -> None:
    assert labels(child.last) == ["Yes, it is safe", "No, it is not safe", "Carry on with the questions"]
    reply = child.says(said)
    assert kinds(reply) == ["safety"]
    assert draft_of(child).safe_contact == kept
    assert may_contact(draft_of(child)) is (kept == "yes")
    if kept == "unknown":
        assert "Is it safe for us to call you, or write to you?" in words(reply)
    assert child.answers == {}


def test_an_answer_that_tells_more_is_kept_and_heard(child: Person) -> None:
    reply = child.says("no he looks at my phone")
    assert draft_of(child).safe_contact == "no"
    assert CONTENT.text("safety.contact.no", "young_person") in words(reply)
    assert "Is it safe" not in words(reply), "what was just answered is not asked again"
    assert "your child" not in words(reply)


def test_a_no_that_tells_of_danger_now_is_kept_and_the_danger_comes_first(child: Person) -> None:
    reply = child.says("no he's got a knife")
    assert draft_of(child).safe_contact == "no"
    assert "999" in words(reply)
    assert reply["state"]["safety"] == "RED-A"


def test_the_last_answer_holds(child: Person) -> None:
    child.says("yes")
    child.picks("safety.contact.no")
    assert draft_of(child).safe_contact == "no"


def test_after_the_answer_a_child_can_still_carry_on(child: Person) -> None:
    reply = child.says("no")
    assert labels(reply) == ["Carry on with the questions", "I'd like a person"]
    assert child.says("1")["messages"][-1]["question_id"] == "S1"


def test_a_partner_who_hurts_them_the_question_stands_alone(service: Service, parent: Person) -> None:
    reply = parent.says(PARTNER)
    assert reply["state"]["safety"] == "AMBER-2"
    assert kinds(reply) == ["safety"], "no other question that a yes could belong to"
    assert "Is it safe to talk on this phone?" in words(reply)
    reply = parent.says("no")
    assert draft_of(parent).safe_contact == "no"
    assert "not safe to contact you here" in words(reply)
    assert reply["messages"][-1]["question_id"] == "S2"
    parent.says("3")
    assert parent.answers["S2"]["level"] == 2


def test_a_partner_who_hurts_them_carrying_on_says_nothing_about_contact(parent: Person) -> None:
    parent.says(PARTNER)
    reply = parent.says("we are safe, carry on")
    assert reply["messages"][-1]["question_id"] == "S2"
    assert draft_of(parent).safe_contact == "unknown"


def test_a_late_click_on_not_safe_still_counts(parent: Person) -> None:
    parent.says(PARTNER)
    parent.says("carry on")
    parent.picks("safety.contact.no")
    assert draft_of(parent).safe_contact == "no"


def test_a_late_click_while_stopped_counts_as_well(parent: Person) -> None:
    parent.says(PARTNER)
    parent.says(EMERGENCY)
    reply = parent.picks("safety.contact.no")
    assert kinds(reply) == ["safety"]
    assert draft_of(parent).safe_contact == "no"


@pytest.mark.parametrize("yes", ["yes please", "call me", "1"])
def test_somebody_in_despair_is_offered_a_call_and_then_asked_whether_it_is_safe(
    service: Service, parent: Person, yes: str
) -> None:
    reply = parent.says("i have been thinking about ending my life")
    assert "Would you like me to ask a person" in words(reply)
    reply = parent.says(yes)
    assert asked_for_call(parent)
    assert "you would like a call" in words(reply)
    assert "Is it safe for us to call you" in words(reply)
    reply = parent.says("yes")
    assert may_contact(draft_of(parent))
    assert kinds(reply) == ["safety"]
    assert parent.says("4")["messages"][-1]["kind"] == "safety", "the questions are still stopped"


def test_no_to_a_call_is_no(parent: Person) -> None:
    parent.says("i have been thinking about ending my life")
    reply = parent.says("no thank you")
    assert "I have not asked for a call" in words(reply)
    assert not asked_for_call(parent)


def test_a_carer_near_the_edge_can_ask_for_a_call_or_answer_the_question(parent: Person) -> None:
    reply = parent.says(NEAR_THE_EDGE)
    assert CONTENT.safety_text("CARER", name="Ty") in words(reply)
    assert "Would you like me to ask a person to call you?" in words(reply)
    reply = parent.says("call me")
    assert asked_for_call(parent)
    assert kinds(reply) == ["safety"]
    reply = parent.says("yes")
    assert may_contact(draft_of(parent))
    assert reply["messages"][-1]["question_id"] == "S2"


def test_a_carer_who_just_answers_is_not_put_down_for_a_call(parent: Person) -> None:
    parent.says(NEAR_THE_EDGE)
    parent.says("4")
    assert parent.answers["S2"]["level"] == 3
    assert not asked_for_call(parent)


def test_a_yes_to_what_was_read_back_is_not_a_yes_to_a_call(parent: Person) -> None:
    reply = parent.says("I can't do this any more. kettle everywhere")
    assert kinds(reply) == ["safety", "confirm"]
    parent.says("yes")
    assert parent.answers["S2"]["level"] == 2
    assert not asked_for_call(parent)


def test_a_no_that_is_an_answer_is_left_to_the_question(parent: Person) -> None:
    parent.says(NEAR_THE_EDGE)
    asked = len(parent.service.engine.taken)
    parent.says("no he can't be left at all")
    assert len(parent.service.engine.taken) == asked + 1


def test_the_answer_f1_offers_a_call_too(parent: Person) -> None:
    while parent.last["state"]["question_id"] != "F1":
        parent.says("1")
    reply = parent.says("4")
    assert "Would you like me to ask a person to call you?" in words(reply)
    parent.says("call me please")
    assert asked_for_call(parent)


def test_a_call_asked_for_after_the_alert_was_picked_up_is_an_alert_again(service: Service, parent: Person) -> None:
    parent.says("i have been thinking about ending my life")
    with service.database.write() as tx:
        (event,) = safety.waiting(tx)
        safety.pick_up(tx, event.id, by="ann", at=service.clock.now)
    parent.says("yes")
    with service.database.read() as tx:
        (again,) = safety.waiting(tx)
    assert again.rule_id == "family-asked-for-a-call"
    assert again.level == event.level


def test_what_they_said_about_contact_is_in_the_audit_without_their_words(service: Service, child: Person) -> None:
    child.says("no he looks at my phone")
    service.http.post("/api/v1/review/demo-login", json={"user": "auditor"})
    lines = service.http.get("/api/v1/review/audit?limit=500").json()["lines"]
    (line,) = [line for line in lines if line["action"] == "family.safe_contact"]
    assert line["detail"]["safe"] == "no"
    assert "phone" not in str(lines)


def test_the_amber_question_waits_for_the_engine_to_come_back(service: Service, parent: Person) -> None:
    service.engine.failure = "down"
    reply = parent.sends({"text": PARTNER})
    assert reply.status_code == 503
    assert "Is it safe to talk on this phone?" in reply.json()["detail"]
    service.engine.failure = None
    transcript = parent.reads()
    assert transcript["messages"][-1]["kind"] == "safety"
    parent.says("no")
    assert draft_of(parent).safe_contact == "no"


def test_the_page_shows_the_question_with_its_buttons(service: Service) -> None:
    http = service.http
    http.post("/chat/start")
    import re

    def send(**fields: str) -> str:
        page = http.get("/chat").text
        form = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("csrf", "turn")}  # type: ignore[index]
        return http.post("/chat", data=form | fields, follow_redirects=True).text

    for choice in ("consent.yes", "who.parent"):
        send(choice=choice)
    send(text="Ty")
    send(text="8")
    page = send(text=NEAR_THE_EDGE)
    assert 'value="call me">Ask a person to call me</button>' in page
    page = send(text=PARTNER)
    assert "Before we go on" in page
    assert 'value="safety.contact.no">No, it is not safe</button>' in page
    assert 'value="call me"' not in page
