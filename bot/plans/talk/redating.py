"""A day said later of something that stands already: "by June", "the swimming goal by July instead"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.plans.dates import read_when
from bot.plans.model import Record

_BY = re.compile(r"^(?P<of>.*?)\b(?P<when>by (?:the )?\S.*)$", re.IGNORECASE | re.DOTALL)
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "we",
        "he",
        "she",
        "they",
        "it",
        "its",
        "that",
        "this",
        "one",
        "goal",
        "wish",
        "thing",
        "my",
        "our",
        "his",
        "her",
        "their",
        "to",
        "of",
        "for",
        "in",
        "on",
        "and",
        "can",
        "could",
        "actually",
        "no",
        "nope",
        "sorry",
        "oh",
        "um",
        "wait",
        "make",
        "put",
        "change",
        "move",
        "should",
        "be",
        "is",
        "was",
        "want",
        "wants",
        "would",
        "like",
        "need",
        "needs",
        "rather",
        "instead",
        "please",
        "say",
        "lets",
        "let",
        "us",
        "have",
        "done",
        "happen",
        "first",
        "last",
        "about",
        "with",
    ]
)
_AFTER = re.compile(r"\W*\b(?:instead|please|now|then|not \w+(?: \w+)?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Redated:
    """Which of several things gets another day."""

    record: int
    words: str
    """As it was said, "by the end of June"."""
    day: date


def redated(records: Sequence[Record], text: str, today: date) -> Redated | None:
    """What a message sets another day for, and nothing else: the thing that it names, else the one said last.

    None where it says no day, or words that are in none of ``records``, or in several: then it is something new.
    """
    found = _BY.match(text.strip())
    if found is None or not records:
        return None
    words = _AFTER.sub("", found["when"]).strip(" .!")
    when = read_when(words, today)
    if when.date is None:
        return None
    named = _stems(found["of"]) - _SMALL_STEMS
    meant = [record for record in records if named <= _stems(record.get("main"))] if named else [records[-1]]
    return Redated(meant[0].id, words, when.date) if len(meant) == 1 else None


def _stems(text: str) -> set[str]:
    plain = text.lower().replace("'", "").replace("’", "")
    return {re.sub(r"(?:ming|ing|s)$", "", word) for word in re.findall(r"[a-z0-9]+", plain)}


_SMALL_STEMS = _stems(" ".join(_SMALL))
