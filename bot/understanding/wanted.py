"""Whether the words of a line name help to buy, or are talk beside it: "soz, the door", "we paid £60 for parking".

The reader of lines finds a thing and perhaps a price in nearly everything. Here the words around and in each line that
it found are added up: ``wanted.csv`` has fixed points for words and pairs of them. They were computed once from the lines
of ``data`` by :mod:`bot.understanding.weigh_wanted` (``make line-words``); nothing is learned while serving. A row struck
from the table counts no more.

The sum is the start and the points of all entries found, divided by the root of how many there were. Ten points more make
a wish e (2.7) times as likely.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.understanding.line_goods import lasts
from bot.understanding.line_item import LineItem
from bot.understanding.line_known import is_known
from bot.understanding.line_names import chosen_thing
from bot.understanding.segment_parts import Segment, Stop
from bot.understanding.sentences import is_sentence
from bot.understanding.things import Thing

TABLE = Path(__file__).with_name("wanted.csv")
START = "+start"
"""The entry that every line has."""
SCALE = 10.0
PRICED = 0.20
"""Below this chance a line with a price is talk: what others pay, what something used to cost."""
ASKED = 0.05
"""The same where it is asked for with a "please"."""
_ASKING = frozenset({"please", "pls", "plz"})
UNPRICED = 0.06
"""And without one. Lower, as wishes are said in words of every kind, and prices of what is not wanted in few."""
NAME, NAMED = 2, 0.02
"""So many words may be the name of a thing that nobody told us of: "SALT", "my Saturdays"."""
_ADDING = frozenset({"plus", "+", "and", "&"})
BESIDE, BESIDE_WHOLE = 0.50, 0.35
"""Below this chance a line is talk beside another of the same message that is surely wanted. Of a line that has its price
and lacks nothing less is asked: one too many is read back, and one that is lost is not."""
SURELY = 0.80

_ENDS = frozenset(".;!?")
_NUMBER = re.compile(r"[£$€]?\d[\d.,:/]*(?:p|k|th|st|nd|rd|am|pm|hrs?|h|mins?)?")
_STEM = 4
OPENING = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of one line that was found, in lower case."""

    before: tuple[str, ...]
    """From the end of the sentence or the line before."""
    within: tuple[str, ...]
    after: tuple[str, ...]
    """To the end of the sentence, or the next line."""
    opening: tuple[str, ...]
    """The first words of the message."""
    marks: frozenset[str]
    """What is so of it: "priced", "timed", "bare" (neither), "first", "last", "only", "beside a price", "whole" (nothing is
    missing), its unit, and of its name that it is "known" to be bought, an "object", "told", "led" by a wish, "placed", a
    "sentence" or begins with an "article"; "nothing" was found."""


def stretches(read: Sequence[tuple[LineItem, Segment]], words: Sequence[str]) -> list[Stretch]:
    """The words that belong to each line found in a message of ``words``."""
    spans = [_span(segment) for _, segment in read]
    found = []
    for at, (item, segment) in enumerate(read):
        start, end = spans[at]
        priced = item.unit_cost_pence is not None
        lowest = spans[at - 1][1] if at else 0
        highest = spans[at + 1][0] if at + 1 < len(spans) else len(words)
        lowest = max((place + 1 for place in range(lowest, start) if words[place] in _ENDS), default=lowest)
        highest = min((place for place in range(end, highest) if words[place] in _ENDS), default=highest)
        so = {
            "priced": priced,
            "timed": segment.timed,
            "bare": not segment.priced and not segment.timed,
            "first": at == 0,
            "last": at == len(read) - 1,
            "only": len(read) == 1,
            "beside a price": any(other.unit_cost_pence is not None for other, _ in read if other is not item),
            "whole": not item.missing,
            f"by {item.unit}": True,
            **_of_name(chosen_thing(segment, words), words),
        }
        marks = _with_price({name for name, holds in so.items() if holds}, priced)
        found.append(
            Stretch(
                tuple(words[lowest:start]),
                tuple(words[start:end]),
                tuple(words[end:highest]),
                tuple(words[:OPENING]),
                marks,
            ),
        )
    return found


def whole(words: Sequence[str]) -> Stretch:
    """A message in which no line was found: "a night off". It may name a wish all the same."""
    return Stretch(
        (), tuple(words), (), tuple(words[:OPENING]), frozenset({"bare", "first", "last", "only", "nothing"})
    )


def _of_name(thing: Thing | None, words: Sequence[str]) -> dict[str, bool]:
    """What is so of the name of a line."""
    if thing is None:
        return {}
    name = words[thing.start : thing.end]
    return {
        "known": is_known(name),
        "object": lasts(name),
        "told": thing.told and not thing.wanted,
        "led": thing.wanted,
        "placed": thing.placed,
        "sentence": is_sentence(name),
        "article": thing.named,
    }


def _with_price(marks: set[str], priced: bool) -> frozenset[str]:
    """``marks``, and each of a few again as it is with a price or without: what is told weighs otherwise then."""
    beside = {f"{'priced' if priced else 'unpriced'} {name}" for name in marks & _BESIDE_A_PRICE}
    if priced and {"known", "whole"} <= marks:
        beside.add("priced known whole")
    return frozenset(marks | beside)


_BESIDE_A_PRICE = frozenset({"known", "object", "whole", "told", "led", "article", "timed"})


def _span(segment: Segment) -> tuple[int, int]:
    said = [element for element in segment.elements if not isinstance(element, Stop)]
    return (min(one.start for one in said), max(one.end for one in said)) if said else (0, 0)


def entries(stretch: Stretch) -> set[str]:
    """What of a stretch may have points: its words, pairs of neighbours, beginnings of longer words, the words before and
    behind it as such, how the message opens, and what is so of it. Numbers are all alike.

    >>> sorted(entries(Stretch(("we",), ("stopped", "12"), (), ("oh", "we"), frozenset({"priced"}))))
    ['#', '# >', '+priced', '< we', '<we', '^oh', '^oh we', 'stopped', 'stopped #', 'stop~', 'we', 'we stopped']
    """
    before, within, after = (
        [_plain(word) for word in part] for part in (stretch.before, stretch.within, stretch.after)
    )
    words = [*before, *within, *after]
    around = ["<", *words, ">"]
    found = set(words) | {f"{one} {other}" for one, other in pairwise(around)}
    found |= {f"{word[:_STEM]}~" for word in words if len(word) > _STEM}
    found |= {f"<{word}" for word in before} | {f">{word}" for word in after}
    found |= {f"^{_plain(word)}" for word in stretch.opening[:1]} | {f"^{' '.join(map(_plain, stretch.opening))}"}
    return found | {f"+{mark}" for mark in stretch.marks}


def _plain(word: str) -> str:
    return "#" if _NUMBER.fullmatch(word) else word


def chance(stretch: Stretch) -> float:
    """How likely it is that the words name help that is wanted, 0 to 1."""
    table = _table()
    found = [table[entry] for entry in entries(stretch) if entry in table]
    total = table[START] + sum(found) / math.sqrt(len(found) + 1)
    return 1 / (1 + math.exp(-total / SCALE))


def least_without_price(words: Sequence[str]) -> float:
    """The chance below which ``words``, which name no price, are talk."""
    return NAMED if sum(word[0].isalnum() for word in words) <= NAME else UNPRICED


def are_wanted(read: Sequence[tuple[LineItem, Segment]], words: Sequence[str]) -> list[bool]:
    """For each line found, whether to take it for one: False for talk."""
    found = stretches(read, words)
    chances = [chance(stretch) for stretch in found]
    surest = max(chances, default=0.0)
    wanted = []
    for (item, _), stretch, one in zip(read, found, chances, strict=True):
        priced = item.unit_cost_pence is not None
        asked = priced and not _ASKING.isdisjoint(words)
        least = ASKED if asked else PRICED if priced else least_without_price(words)
        added = bool(stretch.before) and stretch.before[-1] in _ADDING
        beside = BESIDE_WHOLE if priced and (added or not item.missing) else BESIDE
        wanted.append(one >= (max(least, beside) if surest >= SURELY and one < surest else least))
    return wanted


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {entry: float(points) for entry, points in rows}
