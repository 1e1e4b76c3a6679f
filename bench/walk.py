"""What a person says in the benchmarks: one long RAS round that never leaves the questions. Pure.

Fifteen of the sixteen questions are answered, the last never is; so every changed answer leads back to it and the
conversation can go on as long as one likes, with a mixture of answers, why, back, change and free text.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from itertools import cycle

BEFORE: tuple[dict[str, str], ...] = (
    {"choice": "consent.yes"},
    {"choice": "who.parent"},
    {"text": "Sam"},
    {"text": "9"},
)
"""From the first hello to the first question."""

QUESTIONS = ("S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2", "F3")
NUMBERS = ("3", "2", "1")
"""Levels 0 to 2. Level 3 of F1 would rightly bring in the words for a carer who cannot go on."""

IN_WORDS: tuple[tuple[str, str], ...] = (
    ("change the one about nights", "he is up two or three times most nights and one of us has to settle him"),
    ("change my answer about friends", "she has a couple of friends at school and they come to ours now and then"),
    ("change question 1", "i have to be in the room with him the whole day, he would be out of the front door"),
    ("change the one about washing", "he can dress himself if i lay the clothes out and remind him what goes on next"),
)
"""How a person asks to change an answer, and the new answer in their own words."""

Talk = Generator[str, bool, None]
"""Yields what is said; is sent whether the reply asks to confirm a level that was read."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What matters of a reply to go on talking."""

    question: str
    """Code of the question that is asked after it."""
    confirming: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the walk, and the question that was being asked when it was said."""

    text: str
    question: str


def talk() -> Talk:
    """Without end: first the round of questions, then answers are looked at and changed again and again."""
    numbers = cycle(NUMBERS)
    for count, _ in enumerate(QUESTIONS[:-1]):
        if count % 4 == 0:
            yield "why"
        yield next(numbers)
    for count, (change, words) in enumerate(cycle(IN_WORDS)):
        yield "why"
        yield f"change question {count % (len(QUESTIONS) - 1) + 1}"
        yield next(numbers)
        yield "back"
        yield next(numbers)
        yield "how many left"
        yield change
        asked = yield words
        yield "yes" if asked else next(numbers)


def walk(count: int, send: Callable[[Said], Reply]) -> list[Said]:
    """Say ``count`` messages, each in answer to the reply before; returns what was said, to be said again elsewhere."""
    talking = talk()
    text, question = next(talking), QUESTIONS[0]
    said = []
    for _ in range(count):
        said.append(Said(text, question))
        reply = send(said[-1])
        question = reply.question
        text = talking.send(reply.confirming)
    return said
