"""Patterns of phrases, written as people would, and looked for in a message all at once.

A pattern is words parted by spaces: ``per|each hour|hours`` matches one of the first and one of the second; ``<UNIT>`` is any
word of a class of :mod:`bot.understanding.line_words`; a ``?`` at the end of a word makes it optional. Words are in plain
form: lower case, without apostrophes, slips put right.

spaCy's Matcher tries every pattern at every word, which for some hundreds of them costs more than all the rest together; its
PhraseMatcher wants every wording written out, which are hundreds of thousands. So each pattern is kept as its slots, and tried
only where its first two words stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bot.understanding.figures import Figure
from bot.understanding.line_marks import Meaning
from bot.understanding.line_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """Patterns of one kind of phrase, and what it means. ``read`` gives None when the words around it say it is not one."""

    patterns: tuple[str, ...]
    read: Callable[[Span], Meaning | None]


def always(meaning: Meaning, *patterns: str) -> Phrase:
    """Phrases that always mean the same."""
    return Phrase(patterns, lambda _span: meaning)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern: the words or classes (``<UNIT>``) that it may hold, and whether it may be empty."""

    words: frozenset[str]
    optional: bool

    def holds(self, word: str, kind: str) -> bool:
        """Whether a word of this class may stand here.

        >>> Slot(frozenset({"per", "<UNIT>"}), False).holds("day", "UNIT")
        True
        """
        return word in self.words or (bool(kind) and f"<{kind}>" in self.words)


class Patterns:
    """Patterns by the two words or classes they can begin with.

    >>> patterns = Patterns([(0, "per|each <UNIT>"), (1, "an? hour")])
    >>> patterns.at(["twice", "per", "day"], ["", "", "UNIT"], 1)
    [(0, 3)]
    >>> patterns.at(["hour"], ["UNIT"], 0), patterns.at(["day"], ["UNIT"], 0)
    ([(1, 1)], [])
    """

    def __init__(self, patterns: Iterable[tuple[int, str]]) -> None:
        self._alone: dict[str, set[int]] = {}
        self._begun: dict[tuple[str, str], list[tuple[int, tuple[Slot, ...]]]] = {}
        for number, pattern in patterns:
            slots = tuple(_slots(pattern))
            for first, at in _possible(slots, 0):
                if all(slot.optional for slot in slots[at:]):
                    self._alone.setdefault(first, set()).add(number)
            for pair in {(first, second) for first, at in _possible(slots, 0) for second, _ in _possible(slots, at)}:
                self._begun.setdefault(pair, []).append((number, slots))

    def at(self, words: Sequence[str], kinds: Sequence[str], start: int) -> list[tuple[int, int]]:
        """The patterns that fit from ``start``, by number, each with every place where it can end."""
        firsts = _keys(words, kinds, start)
        found = {(number, start + 1) for first in firsts for number in self._alone.get(first, ())}
        for pair in product(firsts, _keys(words, kinds, start + 1)):
            for number, slots in self._begun.get(pair, ()):
                found.update((number, end) for end in _ends(slots, words, kinds, start))
        return sorted(found)


def _keys(words: Sequence[str], kinds: Sequence[str], at: int) -> tuple[str, ...]:
    """The word, and its class if it has one."""
    if at >= len(words):
        return ()
    return (words[at], f"<{kinds[at]}>") if kinds[at] else (words[at],)


def _possible(slots: tuple[Slot, ...], start: int) -> Iterator[tuple[str, int]]:
    """The words and classes that can come next from slot ``start``, each with the slot after it."""
    for at in range(start, len(slots)):
        for word in slots[at].words:
            yield word, at + 1
        if not slots[at].optional:
            return


def _ends(slots: tuple[Slot, ...], words: Sequence[str], kinds: Sequence[str], start: int) -> set[int]:
    """Every place where the slots can end that begin at ``start``; a fit of nothing is none."""
    ends = {start}
    for slot in slots:
        taken = {at + 1 for at in ends if at < len(words) and slot.holds(words[at], kinds[at])}
        ends = taken | ends if slot.optional else taken
    return ends - {start}


def _slots(pattern: str) -> Iterator[Slot]:
    """Each place of a pattern."""
    for slot in pattern.split():
        optional = len(slot) > 1 and slot.endswith("?")
        words: list[str] = []
        for part in _ALTERNATIVE.findall(slot[:-1] if optional else slot):
            words += [f"<{name}>" for name in part[1:-1].split("|")] if part.startswith("<") else [part]
        yield Slot(frozenset(words), optional)


_ALTERNATIVE = re.compile(r"<[A-Z|]+>|[^|]+")


def words_before(span: Span, count: int = 1) -> list[str]:
    """The plain words before a phrase, nearest last; fewer at the start of the message."""
    return [span.doc[at].norm_ for at in range(max(0, span.start - count), span.start)]


def words_after(span: Span, count: int = 1) -> list[str]:
    """The plain words after a phrase."""
    return [span.doc[at].norm_ for at in range(span.end, min(len(span.doc), span.end + count))]


def around(span: Span, words: int = 30) -> Span:
    """A phrase and so many words before and behind it; a whole message may be long."""
    return span.doc[max(0, span.start - words) : span.end + words]


def class_before(span: Span) -> str:
    """The class of the word before a phrase; empty when there is none."""
    return str(span.doc[span.start - 1].ent_type_) if span.start else ""


def class_after(span: Span, skip: int = 0) -> str:
    """The class of the word after a phrase, ``skip`` words on."""
    at = span.end + skip
    return str(span.doc[at].ent_type_) if at < len(span.doc) else ""


def numbers_in(span: Span) -> list[Figure]:
    """The numbers of a phrase, in order."""
    return [token._.figure for token in span if token.ent_type_ == "NUMBER"]


def stands_alone(span: Span) -> bool:
    """Whether a phrase is a part of its own: "— one trip", "One go and that's it"."""
    before, after = words_before(span), words_after(span)
    return before in _ENDS and after in (*_ENDS, ["and"])


_ENDS: tuple[list[str], ...] = ([], [","], ["."], [";"], ["-"], ["–"], ["—"], ["("], [")"], ["?"], ["!"])


def thing_follows(span: Span) -> bool:
    """Whether the next word belongs to a thing's name and not to the sentence around it."""
    if span.end >= len(span.doc):
        return False
    following = span.doc[span.end]
    plain = following.norm_
    return following.is_alpha and not following.ent_type_ and plain not in SMALL_WORDS and not plain.endswith("ly")


SMALL_WORDS = word_set(
    "a an the of in on at for to from with and or but so then plus also is its thats that this which when while because cos if "
    "as per each every all both term during over only she he they it we i my his her their our was will would costs cost "
    "until till by about around max maximum minimum total please thanks maybe probably times x off out long now again just "
    "altogether alternate except not no than twice once roughly extra school daily until respite through throughout after "
    "lol lmao haha tbh idk imo innit soz pls plz ta cheers omg fyi btw xx xxx hun tho yeah ok anyway obviously basically really etc "
    "before into onto there here im id ill shes hes theyre weve ive today tomorrow want need like usually"
)
