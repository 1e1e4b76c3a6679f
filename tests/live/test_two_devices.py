"""A mother and a father on two devices at once: every answer is one of theirs, whole, and both are told what counts."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest

from tests.live.people import Person, Unchanged, at_question, on_another_device, words
from tests.live.system import System

pytestmark = pytest.mark.live


def at_once(*sends: Any) -> list[httpx.Response]:
    """Send all at the same moment; their replies in the order of the arguments."""
    replies: list[httpx.Response | None] = [None] * len(sends)
    gate = threading.Barrier(len(sends))

    def run(index: int) -> None:
        gate.wait()
        replies[index] = sends[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [reply for reply in replies if reply is not None]


@pytest.fixture
def pair(system: System) -> tuple[Person, Person]:
    mother = at_question(system, "S2")
    father = on_another_device(system, mother)
    assert father.last["state"]["question_id"] == "S2"
    assert mother.last["state"]["question_id"] == "S2"
    return mother, father


def test_both_answer_each_question_at_once(system: System, pair: tuple[Person, Person]) -> None:
    mother, father = pair
    codes = ("S2", "S3", "H1", "H2", "H3", "H4")
    for code in codes:
        replies = at_once(
            lambda code=code: mother.sends({"choice": f"{code}.1"}),
            lambda code=code: father.sends({"choice": f"{code}.3"}),
        )
        assert [reply.status_code for reply in replies] == [200, 200]
        put = ["I have put" in words(reply.json()) for reply in replies]
        assert sorted(put) == [False, True], "one of them answered, the other was told"
        late = words(replies[put.index(False)].json())
        assert "We have moved on" in late or "before you saw this question" in late
        level = mother.answers[code]["level"]
        assert level == (1, 3)[put.index(True)], "what counts is the answer that was said to count"
        assert father.answers == mother.answers
    reference = mother.last["state"]["draft_reference"]
    history = system.history(reference)
    assert [line[0] for line in history] == ["S1", *codes], "each question was answered once"
    assert system.stored_answers(reference) == mother.answers


def test_both_type_a_number_at_once(system: System, pair: tuple[Person, Person]) -> None:
    """A typed number names no question, so it must never slip into the next one."""
    mother, father = pair
    at_once(lambda: mother.sends({"text": "2"}), lambda: father.sends({"text": "2"}))
    assert list(mother.answers) == ["S1", "S2"]
    assert [line[0] for line in system.history(mother.last["state"]["draft_reference"])] == ["S1", "S2"]


def test_one_device_lags_behind(system: System, pair: tuple[Person, Person]) -> None:
    mother, father = pair
    for code in ("S2", "S3", "H1"):
        mother.picks(f"{code}.2")
    before = Unchanged(system, mother)
    reply = father.says("1")
    assert reply["messages"][-1]["question_id"] == "H2", "he is shown where things are"
    before.assert_so()
    assert father.says("1")["state"]["answers"]["H2"]["level"] == 0, "and his next answer counts"


def test_a_burst_from_one_device_counts_once(system: System) -> None:
    person = at_question(system, "S2")
    replies = at_once(*[lambda: person.sends({"text": "3", "question_id": "S2"})] * 5)
    assert {reply.status_code for reply in replies} <= {200, 429}
    assert [line[0] for line in system.history(person.last["state"]["draft_reference"])] == ["S1", "S2"]
    assert person.answers["S2"]["level"] == 2


def test_one_changes_an_answer_while_the_other_goes_on(system: System, pair: tuple[Person, Person]) -> None:
    mother, father = pair
    at_once(lambda: mother.sends({"text": "change question 1"}), lambda: father.sends({"choice": "S2.3"}))
    answers = mother.answers
    assert answers["S1"]["level"] == 2, "nothing changed by being asked about"
    assert set(answers) <= {"S1", "S2"}
    assert system.stored_answers(mother.last["state"]["draft_reference"]) == answers
