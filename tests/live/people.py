"""People in the really running product, and what is asserted of them again and again."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.gateway.talk import Person, words
from tests.live.system import System

__all__ = ["LEVELS", "Person", "Unchanged", "arrives", "at_question", "in_background", "on_another_device", "words"]

LEVELS = {
    "S1": 2, "S2": 2, "S3": 2, "H1": 1, "H2": 1, "H3": 2, "H4": 1, "E1": 2,
    "E2": 2, "P1": 2, "P2": 1, "W1": 1, "W2": 1, "F1": 2, "F2": 1, "F3": 3,
}  # fmt: skip
"""The worked example of domain notes 3.4 (F3 is not scored there): a guide amount of £5,050."""


def arrives(system: System) -> Person:
    """Somebody at the consent step."""
    return Person.arrives(system)  # type: ignore[arg-type]  # it needs .http alone


def at_question(system: System, code: str) -> Person:
    """Ty's parent at this question (or "check"), the questions before it answered as in LEVELS."""
    person = Person.at_the_first_question(system)  # type: ignore[arg-type]
    for question, level in LEVELS.items():
        if question == code:
            break
        person.picks(f"{question}.{level}")
    assert person.last["state"]["question_id"] == code
    return person


def on_another_device(system: System, person: Person) -> Person:
    """The same family on a second device, by reference and PIN; both are at the same question afterwards."""
    reply = person.says("pause")
    pin = next(word for word in words(reply).split() if word.isdigit() and len(word) == 6)
    reference = reply["state"]["draft_reference"]
    back = system.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    assert back.status_code == 200, back.text
    person.last = person.reads()
    return Person(system, back.json())  # type: ignore[arg-type]


@dataclass
class Unchanged:
    """What is stored of a family, to be compared later: current answers, every answer ever given, what was said."""

    system: System
    person: Person

    def __post_init__(self) -> None:
        state = self.person.last["state"]
        self.reference = state["draft_reference"]
        self.answers = state["answers"]
        self.history = self.system.history(self.reference)
        assert self.system.stored_answers(self.reference) == self.answers

    def assert_so(self) -> None:
        """No answer lost, none changed, none added: in the state, among the stored answers, and in their history."""
        assert self.person.answers == self.answers
        assert self.system.stored_answers(self.reference) == self.answers
        assert self.system.history(self.reference) == self.history


@contextmanager
def in_background(task: Callable[[], httpx.Response]) -> Iterator[list[httpx.Response | Exception]]:
    """Send something in a thread; at the end of the block it is over, and its reply (or error) is in the list."""
    came: list[httpx.Response | Exception] = []

    def run() -> None:
        try:
            came.append(task())
        except httpx.HTTPError as error:
            came.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield came
    finally:
        thread.join(60)
    assert not thread.is_alive()


def accepted(reply: dict[str, Any]) -> bool:
    """Whether a reply says that an answer was put down."""
    return "I have put" in json.dumps(reply["messages"][0])
