"""What a family may be looking for, read from their own words; and the little of it that a directory is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from bot.content.directory_models import Need
from bot.plans.directory_near import Near
from bot.understanding.normalise import normalise

BANDS = ((0, 4), (5, 7), (8, 11), (12, 15), (16, 17), (18, 25))
"""Ages, both included. A directory is told the band and never the age."""
NEAR_METRES = 16_000
"""Ten miles: how far round a postcode district a directory is asked to look."""
MOST_NEEDS = 3

_AGAINST = re.compile(
    r"\b(?:hates?|hated|dislikes?|(?:afraid|scared|frightened|terrified|sick|tired|bored) of|fed up with|instead of|no more"
    r"|not (?:keen on|into|interested in)|can(?:no|')t stand|(?:does|do|did)(?:n't| not) (?:like|want|enjoy))\b[^.;!?,]*$",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|though|although|so)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ideas are wanted for. It stays in the house; :func:`queries_for` says what leaves it."""

    words: str
    """A goal, or the help wanted, in the family's own words."""
    today: date
    age: int | None = None
    """Of the child, in whole years."""
    home: Near = field(default_factory=Near)
    left_pence: int | None = None
    """What is left of the guide amount a year; None where there is none."""
    shown: frozenset[str] = field(default_factory=frozenset)
    """Ids of services that were shown before or are in the plan: they are not shown again."""


@dataclass(frozen=True, slots=True)
class Found:
    """A need, and the word of the family that it was read from."""

    need: Need
    word: str


@dataclass(frozen=True, slots=True)
class Query:
    """All that a directory is asked. There is no place in it for words of a family, a name or an address."""

    need: Need | None
    """None: whatever there is."""
    number: int = 0
    """Which of the need's searches."""
    band: tuple[int, int] | None = None
    district: str = ""

    def __post_init__(self) -> None:
        if self.band not in (None, *BANDS) or not re.fullmatch(r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?)?", self.district):
            raise ValueError("a directory is asked by age band and postcode district alone")

    def params(self) -> dict[str, str]:
        """As query parameters of Open Referral UK."""
        params = {}
        if self.need is not None:
            if self.need.term_ids and self.narrow:
                params["taxonomy_term_id"] = self.need.term_ids[0]
            else:
                params["search"] = self.need.search[self.number]
        if self.band is not None:
            params |= {"minimum_age": str(self.band[0]), "maximum_age": str(self.band[1])}
        if self.district:
            params |= {"postcode": self.district, "proximity": str(NEAR_METRES)}
        return params

    @property
    def narrow(self) -> bool:
        """Whether it asks by more than a word."""
        return self.band is not None or bool(self.district)

    def wider(self) -> Query:
        """The same by its word alone, for directories that refuse, or misread, ages and districts."""
        return Query(self.need, self.number)


def needs_in(words: str, needs: Sequence[Need]) -> tuple[Found, ...]:
    """What the words are about, in their order, at most three. What somebody says they do not like is no need."""
    text = normalise(words)
    at: dict[str, tuple[int, Found]] = {}
    for need in needs:
        for match in pattern(need.words).finditer(text):
            if not _is_disliked(text[: match.start()]):
                at[need.id] = (match.start(), Found(need, match.group()))
                break
    return tuple(found for _, found in sorted(at.values(), key=lambda item: item[0])[:MOST_NEEDS])


def queries_for(wanted: Wanted, found: Iterable[Found]) -> tuple[Query, ...]:
    """What to ask for these needs; with none, whatever suits the age."""
    band = next((band for band in BANDS if wanted.age is not None and band[0] <= wanted.age <= band[1]), None)
    asked = [
        Query(item.need, number, band, wanted.home.district)
        for item in found
        for number in range(1 if item.need.term_ids else len(item.need.search))
    ]
    return tuple(asked) or (Query(None, 0, band, wanted.home.district),)


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words or phrases, whole, whatever their case."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in longest_first)})\b", re.IGNORECASE)


def _is_disliked(before: str) -> bool:
    """Whether the words before a need, in its own part of the sentence, speak against it."""
    clause = _BUT.split(before)[-1]
    return _AGAINST.search(clause) is not None
