"""Everything the issue lists as bad input, over HTTP, at every kind of step: a clear reply, and no answer lost or changed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.live.people import LEVELS, Person, Unchanged, arrives, at_question, words
from tests.live.system import System

pytestmark = pytest.mark.live

LONG = "x" * 4001

NO_ANSWER: list[tuple[str, dict[str, Any]]] = [
    ("unknown choice", {"choice": "S2.9"}),
    ("a choice that was never offered", {"choice": "resume.yes"}),
    ("a choice of an earlier question", {"choice": "S1.0"}),
    ("empty", {"text": ""}),
    ("white space", {"text": " \t\n "}),
    ("emoji only", {"text": "😀🎉"}),
    ("control characters", {"text": "\x00\x07\x1b\x7f"}),
    ("JSON", {"text": '{"choice": "S2.3", "level": 3}'}),
    ("a click of the engine", {"text": '/choose{"choice": "S2.3"}'}),
    ("HTML", {"text": "<script>alert('S2.3')</script><b>"}),
    ("SQL", {"text": "'); DROP TABLE answers; --"}),
]
REFUSED: list[tuple[str, Any, int]] = [
    ("4,001 characters", {"text": LONG}, 413),
    ("not JSON", b"3", 422),
    ("broken JSON", b'{"text": ', 422),
    ("both at once", {"text": "3", "choice": "S2.2"}, 422),
    ("neither", {}, 422),
    ("a number for a text", {"text": 3}, 422),
]
STEPS = ("S2", "confirm", "days", "check", "result")


@pytest.fixture(scope="module")
def at(system: System) -> dict[str, Person]:
    """One family at each kind of step; since nothing changes them, all the tests can use the same."""
    people = {"S2": at_question(system, "S2"), "confirm": at_question(system, "S2"), "days": at_question(system, "S2")}
    people["confirm"].says("he stays safe when out if I remind him about the road")
    assert people["confirm"].last["messages"][-1]["kind"] == "confirm", words(people["confirm"].last)
    for text in ("it varies", "1", "3"):
        people["days"].says(text)
    for step in ("check", "result"):
        people[step] = Person.at_the_first_question(system)  # type: ignore[arg-type]
        for code, level in LEVELS.items():
            people[step].picks(f"{code}.{level}")
    people["result"].picks("check.yes")
    assert people["result"].last["state"]["amount"]["amount_pence"] == 505000
    return people


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("body"), [body for _, body in NO_ANSWER], ids=[name for name, _ in NO_ANSWER])
def test_what_is_no_answer_gets_a_clear_reply(
    system: System, at: dict[str, Person], step: str, body: dict[str, Any]
) -> None:
    person = at[step]
    before, asked = Unchanged(system, person), person.last["messages"][-1]
    sent = person.sends(body)
    assert sent.status_code == 200, sent.text
    reply = person.last = sent.json()
    first, last = reply["messages"][0], reply["messages"][-1]
    assert first["text"], "it says something about what was sent"
    if "S2.3" in str(body) and last["question_id"] != asked["question_id"]:
        # Words that name a question may be taken for "change that one"; no answer goes by it, and "skip" goes back.
        before.assert_so()
        last = person.says("skip")["messages"][-1]
    assert last["question_id"] == asked["question_id"], "and asks the same again"
    assert person.last["state"]["stage"] == {"check": "ras_check", "result": "result"}.get(step, "ras")
    before.assert_so()


@pytest.mark.parametrize("step", ["S2", "result"])
@pytest.mark.parametrize(("body", "status"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_a_problem_in_plain_words(
    system: System, at: dict[str, Person], step: str, body: Any, status: int
) -> None:
    before = Unchanged(system, at[step])
    reply = at[step].sends(body)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"]
    before.assert_so()


def test_at_the_first_steps_nothing_is_guessed(system: System) -> None:
    person = arrives(system)
    for step, answer in (("consent", "yes"), ("who", "mum"), ("name", "Ty"), ("age", "8")):
        for name, body in NO_ANSWER:
            if step == "name" and name in ("JSON", "a click of the engine", "SQL"):
                continue  # letters where a name is asked for: a name may be anything
            reply = person.sends(body).json()
            assert reply["messages"][-1]["question_id"] == step, f"{name} at {step}: {words(reply)}"
            assert reply["state"]["answers"] == {}
        person.says(answer)
    assert person.last["state"]["question_id"] == "S1"


@pytest.mark.parametrize("step", STEPS)
def test_a_command_of_the_engine_is_the_persons_own_word(system: System, at: dict[str, Person], step: str) -> None:
    """Typed by a person, "/restart" is the word "restart": it is asked twice, and nothing of Rasa's is restarted."""
    person = at[step]
    before = Unchanged(system, person)
    assert "Start again?" in words(person.says("/restart"))
    before.assert_so()
    assert "Nothing has changed" in words(person.says("no"))
    before.assert_so()


def test_the_wrong_token_and_another_familys_conversation(system: System, at: dict[str, Person]) -> None:
    person, stranger = at["S2"], arrives(system)
    before = Unchanged(system, person)
    address = f"/api/v1/conversations/{person.id}"
    for token, status in ((None, 401), ("wrong", 401), (person.token[:-1], 401), (stranger.token, 404)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for reply in (
            system.http.get(address, headers=headers),
            system.http.post(f"{address}/messages", json={"choice": "S2.3"}, headers=headers),
        ):
            assert reply.status_code == status
            assert reply.headers["content-type"] == "application/problem+json"
            assert not re.search(r"\bTy\b", reply.text)
            assert before.reference not in reply.text
    before.assert_so()


def test_an_answer_to_a_question_already_passed(system: System) -> None:
    person = at_question(system, "S3")
    before = Unchanged(system, person)
    for body in ({"choice": "S1.0"}, {"text": "1", "question_id": "S1"}, {"choice": "S2.0", "question_id": "S2"}):
        reply = person.sends(body).json()
        assert "We have moved on" in words(reply)
        assert reply["messages"][-1]["question_id"] == "S3"
        before.assert_so()


def test_a_repeated_key_is_one_answer(system: System) -> None:
    person = at_question(system, "S2")
    first = person.sends({"text": "3"}, key="once")
    person.picks("S3.1")
    assert person.sends({"text": "3"}, key="once").content == first.content
    assert person.sends({"text": "4"}, key="once").status_code == 422
    assert [line[::2] for line in system.history(person.last["state"]["draft_reference"])] == [
        ("S1", 2), ("S2", 2), ("S3", 1),
    ]  # fmt: skip
