"""What a message is made of on the way to its lines: marks, things, stops, and the elements of one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.line_marks import Cue, Mark, Money
from bot.understanding.things import Thing

Strength = Literal["sentence", "comma", "and"]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a part of the message ends."""

    start: int
    end: int
    strength: Strength


Element = Mark | Thing | Stop


@dataclass(slots=True)
class Segment:
    """The elements of one line."""

    elements: list[Element] = field(default_factory=list)
    named_before: Thing | None = None
    """The thing of the line before, when this is a second rate for it."""

    @property
    def things(self) -> list[Thing]:
        return [element for element in self.elements if isinstance(element, Thing)]

    @property
    def marks(self) -> list[Mark]:
        return [element for element in self.elements if isinstance(element, Mark)]

    @property
    def priced(self) -> bool:
        return any(is_price(mark) for mark in self.marks)


def is_price(element: Element) -> bool:
    """Whether an element says what it costs, be it nothing or not known."""
    if not isinstance(element, Mark):
        return False
    return isinstance(element.meaning, Money) or element.meaning == Cue("free")


def pieces_of(elements: Sequence[Element]) -> list[list[Element]]:
    """Parts between stops; each but the first begins with its stop."""
    pieces: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Stop):
            pieces.append([])
        pieces[-1].append(element)
    return pieces
