"""A "when" in somebody's own words, read as a day where that is certain: "by christmas", "end of march", "in 6 months".

A "when" in a plan says by when, so a time that is longer than a day is read as its last day: "in march" is 31 March, "next
summer" 31 August. Where the words leave it open ("asap", "her 16th birthday", "after easter", "march or april", "next
christmas" said in November) there is no date and no problem: the words stand as they are. Dates are in British order.
Why no library does this: docs/decisions/0018-reading-dates-ourselves.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.plans.date_readers import NUMBER, READERS, YEARS_AHEAD, Found, Problem, add_months

__all__ = ["When", "add_months", "read_when"]


@dataclass(frozen=True, slots=True)
class When:
    """What a "when" was read as."""

    date: date | None = None
    """The last day it can mean; None where that is not certain, or there is a problem."""
    problem: Problem = ""
    """past: it is over. impossible: no calendar has it ("31 february"), or it is further off than any plan reaches."""


def read_when(text: str, today: date) -> When:
    """The day that ``text`` means on ``today``.

    >>> today = date(2026, 11, 22)
    >>> for words in "by christmas", "12/3/27", "in 6 months", "next summer", "asap", "her 16th birthday in may":
    ...     print(read_when(words, today).date)
    2026-12-25
    2027-03-12
    2027-05-22
    2027-08-31
    None
    None
    >>> read_when("31 february", today).problem, read_when("last year", today).problem
    ('impossible', 'past')
    """
    plain = _plain(text)
    if not plain or _OPEN.search(plain):
        return When()
    found = set(_all_found(plain, today))
    return _settle(found.pop(), today) if len(found) == 1 else When()


def _settle(found: Found, today: date) -> When:
    if isinstance(found, str):
        return When(problem=found)
    if found is None:
        return When()
    if found < today:
        return When(problem="past")
    return When(problem="impossible") if found.year > today.year + YEARS_AHEAD else When(found)


_NO_MATTER = re.compile(
    r"\b(?:hopefully|maybe|perhaps|about|around|roughly|approx(?:imately)?|ideally|if (?:possible|poss|we can|i can)"
    r"|at (?:the )?latest|or (?:sooner|before|earlier)|(?:not|no) later than|please)\b"
)
"""Words that do not change which day is meant."""

_OPEN = re.compile(
    r"\b(?:asap|soon|sooner|ongoing|always|whenever|every|each|weekly|monthly|daily|yearly|once an?|twice|times a"
    r"|if|or|not|never|don't|dont|between|since|unless|depends|birthday|term|half term|school year"
    r"|first thing|in the new year|by the time|before (?:he|she|they|we|i|it|you|school|going|starting)"
    rf"|after(?! (?:{NUMBER}|tomorrow)\b)|from(?! (?:now|today)\b)|for (?=\d|an? )|24/7"
    r"|(?:christmas|xmas|easter|february|october|may) (?:holidays?|hols?|break|half)"
    r"|(?:before|start of|beginning of|first week of|early in) (?:the )?summer hol\w*)\b"
)
"""Words that leave the day open."""

_MAY_IS_A_MONTH_AFTER = frozenset(
    [
        "in",
        "by",
        "of",
        "end",
        "mid",
        "middle",
        "late",
        "early",
        "this",
        "next",
        "last",
        "coming",
        "until",
        "till",
        "before",
        "during",
        "start",
        "beginning",
    ]
)


def _plain(text: str) -> str:
    """Lower case, straight quotes, single spaces; what comes after "then" is another time and left out."""
    plain = text.lower().replace("’", "'").replace("–", "-").replace("—", "-")
    plain = re.sub(r"(?<=[a-z])-|-(?=[a-z])|[,;:!?()\"“”]", " ", plain)
    plain = re.split(r"\b(?:and )?(?:then|after that|afterwards)\b", plain, maxsplit=1)[0]
    words = _NO_MATTER.sub(" ", plain).split()
    return " ".join(word for at, word in enumerate(words) if word != "may" or _is_month(words, at)).strip(" .-")


def _is_month(words: list[str], at: int) -> bool:
    """Whether "may" is the month, and not "we may"."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    return before in _MAY_IS_A_MONTH_AFTER or before[:1].isdigit() or (not before and (not after or after.isdigit()))


def _all_found(plain: str, today: date) -> Iterator[Found]:
    """Every time that is named, each word read once: the readers come in the order in which they know more."""
    for pattern, read in READERS:
        for match in pattern.finditer(plain):
            try:
                yield read(match, today)
            except (ValueError, OverflowError):  # beyond the first or last year of the calendar
                yield "impossible"
        plain = pattern.sub(" · ", plain)
