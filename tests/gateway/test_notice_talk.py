"""How may we tell you: a way, an address, a yes; hidden at once; and it stops when they say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import contact, drafts, messages, news_addresses, notices
from bot.store.news_addresses import NewsAddress
from tests.gateway.planning import family_with, sends_the_plan
from tests.gateway.service import Service, running
from tests.gateway.talk import Person, words
from tests.plans.documents.families import PLAN


@pytest.fixture(scope="module")
def shared(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("notices") / "store.db"
    shutil.copy(empty_store, path)
    with running(path, lifespan="off") as started:
        yield started


@pytest.fixture
def person(shared: Service) -> Person:
    shared.clock.forward(hours=2)
    return Person.at_the_first_question(shared)


def draft_id(person: Person) -> str:
    with person.service.database.read() as tx:
        return drafts.by_reference(tx, person.last["state"]["draft_reference"]).id


def kept(person: Person) -> NewsAddress | None:
    with person.service.database.read() as tx:
        return news_addresses.get(tx, draft_id(person), "m1")


def asks_the_question(reply: dict) -> bool:
    return bool(reply["messages"][-1]["question_id"] == "S1")


def test_a_number_is_read_back_confirmed_and_used(person: Person) -> None:
    ways = person.says("Tell me when there's news")
    assert [option["label"] for option in ways["messages"][-1]["options"]] == ["By text", "By email", "No, thank you"]
    assert "What is the number?" in words(person.says("1"))
    read_back = person.says("its 07700 900 123")
    assert "ends in 123" in words(read_back)
    assert "900" not in words(read_back)
    address = kept(person)
    assert address is not None
    assert not address.in_use, "nothing is used before they say yes"
    done = person.picks("news.yes")
    assert asks_the_question(done)
    address = kept(person)
    assert address is not None
    assert (address.route, address.address, address.in_use) == ("sms", "+447700900123", True)
    assert "07700" not in str(person.reads()), "hidden in the transcript"
    assert person.answers == {}, "a 1 said here is no answer"


def test_what_was_typed_is_not_in_the_store_as_a_message(person: Person) -> None:
    for said in ("email me", "sam.lee@example.org", "yes"):
        person.says(said)
    with person.service.database.read() as tx:
        record = messages.transcript(tx, draft_id(person))
    assert all("sam.lee" not in message.body for message in record)
    address = kept(person)
    assert address is not None
    assert address.address == "sam.lee@example.org"


@pytest.mark.parametrize("stop", ["stop telling me", "Please stop texting me", "don't email me any more"])
def test_stop_deletes_it_and_the_question_comes_back(person: Person, stop: str) -> None:
    for said in ("text me", "07700900123", "1"):
        person.says(said)
    reply = person.says(stop)
    assert "deleted what you gave me" in words(reply)
    assert asks_the_question(reply)
    address = kept(person)
    assert address is not None
    assert address.address is None


@pytest.mark.parametrize("said", ["01632 960101", "my new one", "07700 900123 or 07700 900124"])
def test_no_number_is_asked_for_once_more_and_then_let_be(person: Person, said: str) -> None:
    person.says("text me")
    assert "could not read that" in words(person.says(said))
    assert asks_the_question(person.says(said))
    assert kept(person) is None


def test_what_is_not_understood_is_no_answer_to_the_question(person: Person) -> None:
    person.says("tell me when there is news")
    again = person.says("he needs someone close all the time")
    assert [option["value"] for option in again["messages"][-1]["options"]] == ["news.sms", "news.email", "news.none"]
    assert asks_the_question(person.says("no thanks"))
    assert person.answers == {}


def test_the_way_out_is_always_open(person: Person) -> None:
    person.says("text me")
    assert asks_the_question(person.says("repeat"))
    assert person.picks("S1.2")["state"]["answers"]["S1"]["level"] == 2


def test_no_to_the_check_asks_for_another_and_keeps_nothing(person: Person) -> None:
    for said in ("text me", "07700900123"):
        person.says(said)
    assert person.says("no")["messages"][-1]["options"][0]["value"] == "news.sms"
    address = kept(person)
    assert address is not None
    assert address.address is None


def test_who_said_that_contact_is_not_safe_is_told_here_alone(person: Person) -> None:
    with person.service.database.write() as tx:
        contact.set_safe_contact(tx, draft_id(person), "no", message_id="m", at=person.service.clock())
    assert "not safe to contact you" in words(person.says("text me"))
    assert kept(person) is None


def test_news_is_said_at_the_next_visit_and_once(person: Person) -> None:
    def tell(event: str) -> None:
        with person.service.database.write() as tx:
            notices.queue(
                tx, draft_id=draft_id(person), to="family", kind="payment", at=person.service.clock(), event=event
            )

    tell("payment:1")
    tell("payment:2")
    said = [message["text"] for message in person.reads()["messages"]]
    assert said.count("There is news about your plan.") == 1
    assert person.reads()["messages"][-1]["question_id"] == "S1", "and where they were comes after it"
    tell("payment:3")
    reply = person.picks("S1.2")
    assert reply["messages"][0]["text"] == "There is news about your plan."
    assert reply["state"]["answers"]["S1"]["level"] == 2
    assert "news" not in words(person.picks("S2.2"))


def test_words_that_only_sound_like_it_stay_with_the_question(person: Person) -> None:
    assert "news" not in words(person.says("the school text me when he has run off"))


def staff_news(person: Person) -> list[tuple[str, str]]:
    with person.service.database.read() as tx:
        told = notices.listing(tx, limit=20, draft_id=draft_id(person))
    return [(notice.kind, notice.recipient) for notice in told if notice.audience == "staff"]


def test_a_wish_for_a_person_is_told_to_the_team(person: Person) -> None:
    person.says("person")
    assert staff_news(person) == [("person_asked", "team:children")]


def test_a_sent_plan_is_told_to_the_team_and_the_family_hears_how_news_can_reach_them(shared: Service) -> None:
    shared.clock.forward(hours=2)
    person = family_with(shared, PLAN).comes_in()
    sends_the_plan(person)
    assert staff_news(person) == [("plan_sent", "team:children")]
    said = [message["text"] for message in person.last["messages"]]
    (offered,) = [text for text in said if "let you know by text or email" in text]
    assert said[-1] != offered, "the question stays last"
    person.says("tell me when there is news")
    person.says("no thanks")
    assert [message["text"] for message in person.reads()["messages"]].count(offered) == 1
