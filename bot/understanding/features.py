"""Text as numbers: word 1-2-grams and character 2-5-grams, weighted by tf-idf.

Words that a "not" turns round are other words than those that stand as they are, and so are their characters.

Fitting needs only numpy; so does looking up. The result is sparse: positions and values of what is present.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.negation import TURNING, turned
from bot.understanding.normalise import normalise

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!]")
_MAX_CHARACTERS = 1500
"""Longer messages are read up to here; a level shows well before, and the time stays flat."""

_STEM = 4
"""Letters at the start of a word that stand for its forms: "sleep", "sleeps", "sleeping"."""
_TOGETHER = 5
"""Words behind one that turns that are counted together with it."""

Indices = NDArray[np.int32]
Values = NDArray[np.float32]


def words(text: str) -> list[str]:
    """Lower-case words; apostrophes inside words go, question and exclamation marks stay.

    >>> words("He won't sleep?")
    ['he', 'wont', 'sleep', '?']
    """
    return [word.replace("'", "") for word in _WORD.findall(normalise(text).casefold()[:_MAX_CHARACTERS])]


def word_grams(message: list[str]) -> Iterator[str]:
    """Words, and pairs of neighbours; the start and end of the message count as neighbours.

    A word that is turned round counts as such, by its first letters too, and with each of the last words that turn.
    """
    found = ["<", *message, ">"] if message else []
    for word, other in zip(message, turned(message), strict=True):
        yield f"n {word}" if other else f"w {word}"
        if other and len(word) >= _STEM:
            yield f"ns {word[:_STEM]}"
    for first, second in itertools.pairwise(found):
        yield f"w {first} {second}"
    for at, word in enumerate(message):
        if word in TURNING:
            for after in message[at + 1 : at + 1 + _TOGETHER]:
                yield f"s {after}"
                yield f"s {word} {after}"


def character_grams(message: list[str]) -> Iterator[str]:
    """Runs of 2 to 5 characters inside each word, so that misspellings still share most of their parts."""
    for word, other in zip(message, turned(message), strict=True):
        mark, padded = "C" if other else "c", f" {word} "
        for size in range(2, 6):
            if len(padded) <= size:
                yield f"{mark}{padded}"
                break
            for start in range(len(padded) - size + 1):
                yield f"{mark}{padded[start : start + size]}"


@dataclass(frozen=True)
class Features:
    """A fitted vocabulary with its inverse document frequencies."""

    vocabulary: dict[str, int]
    idf: Values

    @classmethod
    def fit(cls, texts: Iterable[str], *, at_least: int = 2, keep: Iterable[str] = ()) -> Features:
        """Learn which grams exist. ``at_least``: in how many texts a gram must occur to count. ``keep``: texts whose
        words and pairs of words all count, however rare: what people ask is short, and one word decides it."""
        seen: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            message = words(text)
            seen.update({*word_grams(message), *character_grams(message)})
        kept = {gram for text in keep for gram in word_grams(words(text))}
        grams = sorted(gram for gram, count in seen.items() if count >= at_least or gram in kept)
        idf = np.array([math.log((1 + total) / (1 + seen[gram])) + 1 for gram in grams], dtype=np.float32)
        return cls({gram: index for index, gram in enumerate(grams)}, idf)

    def of(self, text: str) -> tuple[Indices, Values]:
        """Positions and weights of the grams in ``text``. Words and characters each have length 1."""
        message = words(text)
        parts = [self._block(word_grams(message)), self._block(character_grams(message))]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def knows(self, text: str) -> bool:
        """Whether any whole word of ``text`` was ever seen. Without one, what is found is chance."""
        return any(f"w {word}" in self.vocabulary for word in words(text) if word not in "?!")

    def _block(self, grams: Iterable[str]) -> tuple[Indices, Values]:
        known = self.vocabulary
        counts = Counter([known[gram] for gram in grams if gram in known])
        indices = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(values)) * self.idf[indices] if len(values) else values
        length = float(np.sqrt((values * values).sum()))
        return indices, (values / length if length else values).astype(np.float32)
