"""Patterns of phrases, written as people would, and made into sequences that spaCy's PhraseMatcher finds at once.

A pattern is words parted by spaces: ``per|each hour|hours`` matches one of the first and one of the second; ``<UNIT>`` is any
word of a class of :mod:`bot.understanding.line_words`; a ``?`` at the end of a word makes it optional. Words are in plain
form: lower case, without apostrophes, slips put right.

spaCy's Matcher tries every pattern at every word, which for some hundreds of them costs more than all the rest together.
So words that no pattern tells apart share one symbol, patterns are written out in symbols, and those few thousand sequences
are looked up in one walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Meaning

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


class Symbols:
    """Which words the patterns tell apart, and the patterns written in symbols.

    >>> symbols = Symbols(["per|each <UNIT>", "an hour"], {"hour": "UNIT", "day": "UNIT", "night": "UNIT"}.get)
    >>> symbols.of("day", "UNIT") == symbols.of("night", "UNIT") != symbols.of("hour", "UNIT")
    True
    >>> sorted(symbols.written("per|each <UNIT>"))
    [('2', '1'), ('2', '3')]
    """

    def __init__(self, patterns: Iterable[str], kind_of: Callable[[str], str | None]) -> None:
        places: dict[str, set[tuple[int, int]]] = {}
        for number, pattern in enumerate(patterns):
            for place, (words, _) in enumerate(_slots(pattern)):
                for word in words:
                    places.setdefault(word, set()).add((number, place))
        for word in [word for word in places if not word.startswith("<")]:
            places[word] |= places.get(f"<{kind_of(word)}>", set())
        seen: dict[frozenset[tuple[int, int]], str] = {}
        self._symbols = {word: seen.setdefault(frozenset(at), str(len(seen))) for word, at in sorted(places.items())}
        self._kind_of = kind_of

    def of(self, word: str, kind: str) -> str:
        """The symbol of a word, or of its class; empty when no pattern knows it."""
        return self._symbols.get(word) or self._symbols.get(f"<{kind}>", "")

    def written(self, pattern: str) -> set[tuple[str, ...]]:
        """All sequences of symbols that a pattern stands for."""
        choices = []
        for words, optional in _slots(pattern):
            symbols = {self._symbols[word] for word in words} | {
                symbol for known, symbol in self._symbols.items() if f"<{self._kind_of(known)}>" in words
            }
            choices.append([*sorted(symbols), ""] if optional else sorted(symbols))
        return {found for parts in product(*choices) if (found := tuple(part for part in parts if part))}


def _slots(pattern: str) -> Iterator[tuple[list[str], bool]]:
    """Each place of a pattern: the words or classes it may hold, and whether it may be empty."""
    for slot in pattern.split():
        optional = len(slot) > 1 and slot.endswith("?")
        plain = slot[:-1] if optional else slot
        if plain.startswith("<"):
            yield [f"<{name}>" for name in plain.strip("<>").split("|")], optional
        else:
            yield plain.split("|"), optional


def words_before(span: Span, count: int = 1) -> list[str]:
    """The plain words before a phrase, nearest last; fewer at the start of the message."""
    return [span.doc[at].norm_ for at in range(max(0, span.start - count), span.start)]


def words_after(span: Span, count: int = 1) -> list[str]:
    """The plain words after a phrase."""
    return [span.doc[at].norm_ for at in range(span.end, min(len(span.doc), span.end + count))]


def class_before(span: Span) -> str:
    """The class of the word before a phrase; empty when there is none."""
    return str(span.doc[span.start - 1].ent_type_) if span.start else ""


def class_after(span: Span, skip: int = 0) -> str:
    """The class of the word after a phrase, ``skip`` words on."""
    at = span.end + skip
    return str(span.doc[at].ent_type_) if at < len(span.doc) else ""
