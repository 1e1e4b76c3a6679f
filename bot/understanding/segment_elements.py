"""The elements of a message, in order: marks, the things between them, and stops; without what is only compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding import things
from bot.understanding.line_marks import Aside, Bare, Count, Cue, Days, Each, Mark, Money, Times
from bot.understanding.line_tellings import without_tellings
from bot.understanding.segment_parts import Element, Stop, Strength, cue_at
from bot.understanding.things import Thing
from bot.understanding.told_sentences import with_told_sentences

_STOPS: dict[str, Strength] = {
    **dict.fromkeys((".", ";", "!", "?"), "sentence"),
    **dict.fromkeys((",", ":", "(", ")", "–", "but"), "comma"),
    **dict.fromkeys(("and", "&", "n", "plus", "+", "also", "then"), "and"),
}


_GOING_TO = (["come"], ["go"], ["try"], ["pop"])


def elements_of(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> list[Element]:
    """Marks, stops and what is left between them, in order; bare numbers are not amounts yet."""
    elements = without_tellings(_told(_bracketed(list(_elements(words, spaced, marks)), words), words), words)
    return with_told_sentences(elements, words)


def _bracketed(elements: list[Element], words: Sequence[str]) -> list[Element]:
    """Words alone in brackets are said by the way: "tickets £18 x 2 (him and whoever's on shift) once a month"."""
    opened = next((at for at, element in enumerate(elements) if words[element.start] == "("), None)
    while opened is not None:
        closed = next((at for at in range(opened + 1, len(elements)) if words[elements[at].start] == ")"), None)
        if closed is None:
            break
        inside = elements[opened + 1 : closed]
        behind_price = any(
            isinstance(element, Mark) and isinstance(element.meaning, Money) for element in elements[:opened]
        )
        told = bool(inside) and inside[-1].end - inside[0].start > 1  # and not "(a)" of a list
        if inside and words[inside[0].start] in _SORRY and not any(map(_amount, inside)):
            elements[opened : closed + 1] = []  # "fiber optic lamp (sorry, I'm from Ohio)"
            closed, told = opened, False
        if behind_price and told and not any(isinstance(element, Mark) for element in inside):
            elements[opened : closed + 1] = []
            closed = opened
        opened = next((at for at in range(closed, len(elements)) if words[elements[at].start] == "("), None)
    return elements


def _amount(element: Element) -> bool:
    return isinstance(element, Mark) and isinstance(element.meaning, (Money, Bare))


_SORRY = ("sorry", "excuse", "apologies", "forgive")


def _elements(words: Sequence[str], spaced: Sequence[bool], marks: Sequence[Mark]) -> Iterator[Element]:
    """Marks, stops and what is left between them, in order."""
    by_start = {mark.start: mark for mark in marks}
    run: int | None = None
    at = 0
    said = False
    counted_to = -1  # where a count ends, whose thing follows: "three pairs of ear defenders"

    def thing(end: int) -> Iterator[Thing]:
        if run is not None and (found := things.find(words, run, end)) is not None:
            # "£30 a month, so dad has time for us"
            purpose = said and words[run - 1] == "so" and words[run] not in ("a", "an", "the", "some")
            counted = words[run] == "of" and run == counted_to
            yield replace(found, placed=(purpose and not found.wanted) or (found.placed and not counted))

    while at < len(words):
        mark = by_start.get(at)
        stop = _stop(words, spaced, at)
        if mark is not None and not (isinstance(mark.meaning, Aside) and not mark.meaning.drop):
            yield from thing(at)
            run = None
            if not isinstance(mark.meaning, Aside):
                said = said or isinstance(mark.meaning, (Money, Bare, Count))
                counted_to = mark.end if isinstance(mark.meaning, Count) and mark.meaning.unit == "session" else -1
                yield mark
            at = mark.end
        elif mark is None and stop is not None:
            yield from thing(at)
            run = None
            yield Stop(at, at + 1, stop)
            at += 1
        else:
            run = at if run is None else run
            at = mark.end if mark is not None else at + 1
    yield from thing(len(words))


def _told(elements: list[Element], words: Sequence[str]) -> list[Element]:
    """Without what is only compared with, or the money there is: "instead of a taxi at £60", "out of my £600"."""
    kept: list[Element] = []
    aside = False
    for at, element in enumerate(elements):
        end = elements[at - 1].end if at else 0
        if isinstance(element, Stop) or "so" in words[end : element.start + 1]:
            aside = False  # "it gives me two hours to breathe so swimming £7"
        if isinstance(element, Stop):
            pass
        elif _only_compared(elements, at):
            aside = True  # "£20 an hour, not 25 like the other one"
        elif cue_at(elements, at) == "was" and at + 1 < len(elements) and _how_often(elements[at + 1]):
            aside = True  # "used to be weekly, now once a month"
        elif cue_at(elements, at) == "fix":
            aside = False
        elif (
            isinstance(element, Mark)
            and isinstance(element.meaning, Cue)
            and element.meaning.name in ("instead", "budget")
        ):
            aside = True
        if not aside:
            kept.append(element)
    return kept


def _only_compared(elements: Sequence[Element], at: int) -> bool:
    """Whether a part begins with an amount that it is not."""
    first = at > 0 and isinstance(elements[at - 1], Stop)
    following = elements[at + 1] if at + 1 < len(elements) else None
    figure = isinstance(following, Mark) and isinstance(following.meaning, (Money, Bare))
    later = elements[at + 2] if at + 2 < len(elements) else None
    return first and cue_at(elements, at) == "not" and figure and isinstance(later, (Thing, Stop, type(None)))


def _how_often(element: Element) -> bool:
    return isinstance(element, Mark) and isinstance(element.meaning, (Days, Each, Times))


def _stop(words: Sequence[str], spaced: Sequence[bool], at: int) -> Strength | None:
    word = words[at]
    if word == "-":
        return "comma" if at and spaced[at - 1] and spaced[at] else None
    if word == "&" and at and not spaced[at - 1] and not spaced[at]:
        return None  # "B&Q"
    if word == "/":
        return "sentence" if at and spaced[at - 1] and spaced[at] and len(words[at - 1]) > 1 else None
    if word == "and" and words[at - 1 : at] in _GOING_TO:
        return None  # "have a lad come and play with him"
    if word == "top" and words[at - 1 : at] == ["on"] and words[at + 1 : at + 2] == ["of"]:
        return "and"  # "£30 a month on top of the £25 a year for joining"
    if word in ("and", "&", "n") and words[at + 1 : at + 2] in (["back"], ["home"]):
        return None  # "to the college and back"
    if word == "." and at + 1 < len(words) and not spaced[at]:
        return None
    return _STOPS.get(word)
