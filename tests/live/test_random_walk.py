"""Whole conversations with commands, slips and detours at random, over HTTP, that must end in the same answers."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bot.content.loader import load
from tests.live.people import LEVELS, arrives
from tests.live.system import System

pytestmark = pytest.mark.live

HARMLESS = (
    "why", "example", "repeat", "slower", "progress", "help", "person", "thanks", "who reads this?",
    "what does guide amount mean", "is the law changing?", "how much will we get", "", "   ", "😀", "<b>3</b>" * 900,
)  # fmt: skip
QUESTIONS = {question.id: question for question in load().questionnaire("default-ras").questions}
PROBLEMS = {"<b>3</b>" * 900: 413}


class Walk:
    """One person who wanders. ``wanted`` is what they mean to have answered in the end."""

    def __init__(self, system: System, seed: int) -> None:
        self.random = random.Random(seed)
        self.system, self.person = system, arrives(system)
        self.wanted = {code: self.random.randrange(4) for code in LEVELS} | {"F3": 3}
        self.trace: list[str] = []

    @property
    def state(self) -> dict[str, Any]:
        return dict(self.person.last["state"])

    def says(self, text: str) -> None:
        self.trace.append(text[:40])
        reply = self.person.sends({"text": text})
        assert reply.status_code == PROBLEMS.get(text, 200), (self.trace, reply.text)
        if reply.status_code == 200:
            self.person.last = reply.json()

    def picks(self, value: str) -> None:
        self.trace.append(f"[{value}]")
        self.person.picks(value)

    def answers(self) -> None:
        """The wanted answer to the question that is shown, in one of the ways a person may give it."""
        code = self.state["question_id"]
        level = self.wanted[code]
        label = next(o["label"] for o in self.question()["options"] if o["value"] == f"{code}.{level}")
        self.random.choice(
            (
                lambda: self.says(str(level + 1)),
                lambda: self.picks(f"{code}.{level}"),
                lambda: self.says(label),
                lambda: self.says(f"number {level + 1} please"),
            )
        )()
        assert self.state["answers"][code]["level"] == level, self.trace

    def question(self) -> dict[str, Any]:
        return dict(self.person.last["messages"][-1])

    def detour(self) -> None:
        """Something that leaves every answer as it was."""
        before, here = self.state["answers"], self.state["question_id"]
        self.random.choice(
            (
                self.asks,
                self.asks,
                self.goes_back,
                self.starts_again_or_not,
                self.pauses,
                self.varies_or_not,
                self.loads,
            )
        )()
        assert self.state["answers"] == before, self.trace
        assert self.state["question_id"] == here, self.trace

    def asks(self) -> None:
        self.says(self.random.choice(HARMLESS))

    def goes_back(self) -> None:
        self.says("back")
        if self.state["stage"] == "ras" and self.state["question_id"] in self.state["answers"]:
            self.says("skip")
        while self.state["stage"] == "about":
            self.says("skip")

    def starts_again_or_not(self) -> None:
        self.says("start again")
        if self.random.random() < 0.5:
            self.says("yes")
        self.says("no")

    def pauses(self) -> None:
        self.says("pause")
        assert self.state["stage"] == "paused"
        self.says("yes")

    def varies_or_not(self) -> None:
        self.says("it varies")
        if self.random.random() < 0.5:
            self.says("2")
        self.says("back")

    def loads(self) -> None:
        """Load the page again; it shows the same."""
        shown = self.person.reads()
        assert shown["state"] == self.state, self.trace
        assert shown["messages"][-1]["options"] == self.question()["options"]

    def detour_with_an_answer(self) -> None:
        """Skips, is not sure, or changes an earlier answer: to be put right before the end."""
        here = self.state["question_id"]
        kind = self.random.choice(("skip", "not sure", "change"))
        if kind != "change":
            self.says(kind)
            assert self.state["answers"][here]["level"] is None
        elif self.state["answers"]:
            code = self.random.choice(sorted(self.state["answers"]))
            self.says(f"change {code}")
            assert self.state["question_id"] == code, self.trace
            self.says(str(self.random.randrange(4) + 1))
            if self.state["question_id"] == "F3" and "happy" in self.question()["text"]:
                self.says("yes")

    def whole(self) -> None:
        """The conversation, from hello to the result."""
        for text in ("yes", "mum", "Ty", "9"):
            self.says(text)
        while self.state["stage"] == "ras":
            if (lot := self.random.random()) < 0.35:
                self.detour()
            elif lot < 0.5:
                self.detour_with_an_answer()
            else:
                self.answers()
        wrong = [c for c, level in self.wanted.items() if self.state["answers"][c]["level"] != level]
        for code in self.random.sample(wrong, len(wrong)):
            self.picks(f"change.{code}")
            self.answers()
            assert self.state["stage"] == "ras_check", self.trace
        self.says("yes")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_way_ends_in_the_same_answers(system: System, seed: int) -> None:
    walk = Walk(system, seed)
    walk.whole()
    state = walk.state
    assert state["stage"] == "result", walk.trace
    assert {code: answer["level"] for code, answer in state["answers"].items()} == walk.wanted
    assert system.stored_answers(state["draft_reference"]) == state["answers"]
    alone = system.http.post(
        "/api/v1/allocations",
        json={
            "questionnaire": "default-ras",
            "age_pack": "7-10",
            "answers": [{"code": code, "level": level, "by": "parent"} for code, level in walk.wanted.items()],
        },
    ).json()
    assert state["amount"]["status"] == alone["status"]
    assert state["amount"]["amount_pence"] == alone["amount_pence"], "as if the answers had been given straight away"
