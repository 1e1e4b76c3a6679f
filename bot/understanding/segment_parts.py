"""What a message is made of on the way to its lines: marks, things, stops, and the elements of one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.line_marks import Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.things import Thing

Strength = Literal["sentence", "comma", "and"]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a part of the message ends."""

    start: int
    end: int
    strength: Strength


Element = Mark | Thing | Stop

MOST_ELEMENTS = 40
"""Of one line; what follows is read as the next one. People say what a line needs with fifteen at most, of some 3,000 lines
in our data. Each element is held against the others of its line, so without an end a message of 4,000 signs would be
millions of comparisons."""


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

    @property
    def timed(self) -> bool:
        """Whether it says how often, or how long."""
        return any(
            isinstance(mark.meaning, (Days, Each, Times, Weeks))
            or (isinstance(mark.meaning, Count) and not mark.meaning.article)
            for mark in self.marks
        )

    @property
    def last(self) -> Element | None:
        """What was said last, but for stops."""
        return next((element for element in reversed(self.elements) if not isinstance(element, Stop)), None)

    @property
    def full(self) -> bool:
        """Whether no more is taken into this line."""
        return len(self.elements) >= MOST_ELEMENTS

    def stopped(self, stop: Stop) -> None:
        """Note a stop that nothing was said before; of several of one strength in a row the last is enough."""
        at = len(self.elements)
        while at and isinstance(self.elements[at - 1], Stop):
            at -= 1
        tail = [kept for kept in self.elements[at:] if isinstance(kept, Stop) and kept.strength != stop.strength]
        self.elements[at:] = [*tail, stop]


def is_price(element: Element) -> bool:
    """Whether an element says what it costs, be it nothing or not known."""
    if not isinstance(element, Mark):
        return False
    return isinstance(element.meaning, Money) or element.meaning == Cue("free")


def cue_at(piece: Sequence[Element], at: int) -> str | None:
    """The name of the cue at a place; None when something else stands there, or nothing."""
    element = piece[at] if 0 <= at < len(piece) else None
    return element.meaning.name if isinstance(element, Mark) and isinstance(element.meaning, Cue) else None


def puts_right(piece: Sequence[Element], at: int) -> bool:
    """Whether the amount at ``at`` is a total, or puts right the one before."""
    for before in (at - 1, at - 2):
        cue = cue_at(piece, before)
        if cue in ("fix", "not", "was") or (cue == "total" and not _only_named(piece[:before])):
            return True
    return False


def _only_named(before: Sequence[Element]) -> bool:
    """ "Cubs, which is £50": nothing that could be summed up was said, but the name of what is so much."""
    said = [element for element in before if not isinstance(element, Stop)]
    return bool(said) and all(isinstance(element, Thing) for element in said)


def is_put_right(line: Segment, mark: Mark) -> bool:
    """Whether an amount of a line is a total, or puts right the one before, whatever names stand between."""
    at = line.marks.index(mark)
    if not puts_right(line.marks, at):
        return False
    sums = [before for before in line.marks[max(0, at - 2) : at] if before.meaning == Cue("total")]
    return not sums or any(isinstance(element, Mark) for element in line.elements[: line.elements.index(sums[0])])


def pieces_of(elements: Sequence[Element]) -> list[list[Element]]:
    """Parts between stops; each but the first begins with its stop."""
    pieces: list[list[Element]] = [[]]
    for element in elements:
        if isinstance(element, Stop):
            pieces.append([])
        pieces[-1].append(element)
    return pieces
