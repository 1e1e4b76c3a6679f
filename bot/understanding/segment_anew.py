"""Lines that are not begun by their name: "two hours every evening, carer, £15 an hour", "£90 a term, Brownies"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.understanding import sharing
from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Bare, Count, Cue, Mark
from bot.understanding.line_names import is_generic
from bot.understanding.line_words import PRICED_THERE, word_set
from bot.understanding.segment_parts import Element, Segment, Stop, Strength, is_price
from bot.understanding.things import Thing

_AHEAD = 4
"""Parts in which a line that is begun without its name has to have it."""

_OF_BEFORE = ("fix", "total", "not", "was", "now", "usual", "instead", "same")
"""Cues that speak of the line before."""

_PLACES = word_set("at in to of")


def begins(
    line: Segment, part: Segment, strength: Strength | None, later: Iterable[list[Element]], words: Sequence[str]
) -> bool:
    """Whether ``part`` begins a line whose name and price are both in it or soon behind it, after one that lacks neither."""
    if strength not in ("sentence", "and") or not line.priced or not line.things or not part.marks:
        return False
    if (
        part.elements[0] is not part.marks[0]
        or _of_before(part.elements)
        or isinstance(part.marks[0].meaning, (Cue, Bare))
    ):
        return False
    if strength == "and" and not part.things and not (is_price(part.marks[0]) or line.timed):
        return False
    ahead = list(islice(later, _AHEAD))
    if part.things:
        return _named(part, words) and (part.priced or _price_next(ahead))
    if _counts_itself(part):
        return part.priced or _price_next(ahead)
    return _named_soon(part, ahead, words)


def ends_before(line: Segment, part: Segment, strength: Strength | None, words: Sequence[str]) -> int:
    """How many elements of a part still belong to the line before, when the next one begins without a stop, as in speech:
    "snooker, £7, every Friday | gym £20 a month"."""
    at = next((at for at, element in enumerate(part.elements) if isinstance(element, Thing)), 0)
    head, rest = part.elements[:at], part.elements[at + 1 :]
    thing = part.elements[at]
    if not head or strength != "comma" or not isinstance(thing, Thing) or not any(map(is_price, rest)):
        return 0
    if thing.placed or not is_known(words[thing.start : thing.end]) or _of_before(head):
        return 0
    own = [element for element in rest if isinstance(element, Mark)]
    if any(map(is_price, head)):
        return at if line.things and not line.priced and line.timed else 0
    often = sharing.how_often([element for element in head if isinstance(element, Mark)])
    lacks = line.priced and bool(line.things) and not sharing.how_often(line.marks)
    return at if lacks and often and sharing.how_often(own) else 0


def _price_next(ahead: Sequence[list[Element]]) -> bool:
    """Whether the next part is a price, and of nothing else."""
    following = ahead[0] if ahead else []
    named = any(isinstance(element, Thing) for element in following)
    return any(map(is_price, following)) and not named and not _of_before(following)


def _named_soon(part: Segment, later: Sequence[list[Element]], words: Sequence[str]) -> bool:
    priced, named = part.priced, False
    for piece in later:
        stop = piece[0] if isinstance(piece[0], Stop) else None
        if (stop is not None and stop.strength != "comma") or _of_before(piece):
            return False
        for element in piece:
            if isinstance(element, Thing) and not named:
                if element.told or is_generic(element, words):
                    return False
                named = True
            elif is_price(element):
                if priced:
                    return named
                priced = True
        if named and priced:
            return True
    return False


def _named(part: Segment, words: Sequence[str]) -> bool:
    """ "a week in August at the caravan", "a night with a respite carer", "a course of 8 music therapy sessions"."""
    first = part.things[0]
    if first.told or first.speaks or is_generic(first, words) or words[first.end - 1] in PRICED_THERE:
        return False
    return not first.placed or first.named or bool(_PLACES & set(words[max(0, first.start - 2) : first.start]))


def _counts_itself(part: Segment) -> bool:
    """ "one overnight a month, £135": what is counted is the name."""
    first = part.marks[0].meaning
    return isinstance(first, Count) and not first.article and first.unit == "night"


def _of_before(elements: Iterable[Element]) -> bool:
    return any(
        isinstance(element, Mark) and isinstance(element.meaning, Cue) and element.meaning.name in _OF_BEFORE
        for element in elements
    )
