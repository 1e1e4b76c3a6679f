"""Costed lines of a plan, read from what a person typed or said.

    >>> ironing, = read_lines("£25 a fortnight ironing")
    >>> ironing.what, ironing.unit_cost_pence, ironing.annual_pence
    ('ironing', 2500, 65000)

A number that is missing, or can mean two things, is named in ``missing`` and not guessed. The first call imports spaCy,
which takes some seconds; a process that will need it soon can call :func:`warm` when it has time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.bullets import unbulleted
from bot.understanding.forms import as_said
from bot.understanding.line_item import LineItem
from bot.understanding.line_reading import read_segments
from bot.understanding.line_talk import clocked, parted, punctuated, without_questions
from bot.understanding.line_words import word_set
from bot.understanding.normalise import normalise
from bot.understanding.reworded import reworded
from bot.understanding.segment_parts import Segment, is_price
from bot.understanding.segments import split
from bot.understanding.thing_words import WORKERS
from bot.understanding.vented import without_vented
from bot.understanding.wanted import are_wanted, chance, least_without_price, whole

MAX_LINES = 100
"""More are not read from one message; what a plan needs is far below."""

_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


def warm() -> None:
    """Import spaCy and build the pipeline now, so that the first message does not wait for it."""
    from bot.understanding.line_pipeline import pipeline

    pipeline()


def read_lines(text: str, *, asked: bool = False) -> tuple[LineItem, ...]:
    """The lines that ``text`` speaks of, in order; none when it names nothing that is wanted.

    ``asked``: the words are the answer to a question about one line, and none of them is talk beside it.
    """
    words, read = found_in(text)
    if not asked:
        read = [one for one, wanted in zip(read, are_wanted(read, words), strict=True) if wanted]
    read = [(item, segment) for at, (item, segment) in enumerate(read) if not _free_beside(read, at, words)]
    items = [item for item, _ in read]
    return tuple(
        item
        for item, segment in read
        if not _sums_up(item, items) and (segment.priced or not _only_mentioned(item, items))
    )


def is_talk(text: str) -> bool:
    """Whether words name nothing that is wanted.

    >>> is_talk("soz, the doors gone"), is_talk("somebody to take him swimming")
    (True, False)
    """
    words, read = found_in(text)
    return not any(are_wanted(read, words)) if read else chance(whole(words)) < least_without_price(words)


def found_in(text: str) -> tuple[list[str], list[tuple[LineItem, Segment]]]:
    """The words of a message in lower case, and everything in it that has the form of a line, with its segment."""
    from bot.understanding.line_pipeline import pipeline

    plain = _one_line(text)
    if not plain:
        return [], []
    doc = pipeline()(plain)
    words = [token.norm_ for token in doc]
    spaced = [bool(token.whitespace_) for token in doc]
    segments = split(words, spaced, doc._.marks)
    return words, read_segments(segments[:MAX_LINES], words, doc)


def _free_beside(read: Sequence[tuple[LineItem, Segment]], at: int, words: Sequence[str]) -> bool:
    """What is free, and said only to tell it from what is paid: "mum minds her for nowt but we need a nursery, £52 a day"."""
    if read[at][0].unit_cost_pence != 0:
        return False
    here = read[at][1]
    if at and _goes_along(here, words):
        return True
    if at + 1 >= len(read) or not read[at + 1][0].unit_cost_pence:
        return False
    following = read[at + 1][1]
    free = max((mark.end for mark in here.marks if is_price(mark)), default=0)
    return "but" in words[free : following.elements[0].start]


def _goes_along(line: Segment, words: Sequence[str]) -> bool:
    """ "cinema £7.50, his carer gets in free", "with his keyworker who's free": whom a line before is with, or where it is."""
    thing = line.things[0] if line.things else None
    if thing is None or thing.wanted or line.timed:
        return False
    name = set(words[thing.start : thing.end])
    return thing.placed or bool(name & _ALONG)


_ALONG = WORKERS | word_set(
    "whoever mum dad mam adult adults grown-up companion parent parents sibling siblings bairn under"
)


def _sums_up(item: LineItem, beside: Sequence[LineItem]) -> bool:
    """A sum without a name that the others come to: "the total's £1,560 a year: a sitter, £15 an hour for 2 hours a week"."""
    others = [other for other in beside if other is not item]
    known = bool(others) and not item.what and item.annual_pence is not None
    return known and item.annual_pence == sum(other.annual_pence or 0 for other in others)


def _only_mentioned(item: LineItem, beside: list[LineItem]) -> bool:
    """Something with neither price nor times, beside something that has a price, is talk around it: no line of its own.

    >>> [item.what for item in read_lines("the gym is £20 a month, he loves the treadmill")]
    ['gym']
    """
    bare = {"amount", "how_often"} <= set(item.missing) and item.quantity is None
    return bare and any(other.unit_cost_pence is not None for other in beside)


def _one_line(text: str) -> str:
    """Lines of a list joined by a stop, without bullets; "1½" as "1.5"."""
    for sign, decimals in _FRACTIONS.items():
        text = re.sub(rf"(\d)\s?{sign}", rf"\g<1>{decimals}", text).replace(sign, f"0{decimals}")
    lines = (
        parted(normalise(unbulleted(line)))
        for line in without_questions(as_said(reworded(clocked(punctuated(without_vented(text)))))).splitlines()
    )
    return " ; ".join(line for line in lines if line)
