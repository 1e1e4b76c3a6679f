"""The closed set of words that plan lines are read by: units, periods, days, months, money.

Keys are in plain form: lower case, without apostrophes.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.line_item import Per


def word_set(words: str) -> frozenset[str]:
    """Words parted by spaces, as a set."""
    return frozenset(words.split())


def _table(**rows: str) -> dict[str, str]:
    return {word: name.replace("_", "-") for name, words in rows.items() for word in words.split()}


UNITS = _table(
    hour="hour hours hr hrs h",
    minute="minute minutes min mins",
    day="day days",
    night="night nights nite nites overnight overnights",
    daypart="morning mornings afternoon afternoons evening evenings lunchtime lunchtimes teatime teatimes",
    weekend="weekend weekends wkend wkends",
    week="week weeks wk wks",
    fortnight="fortnight fortnights fn",
    month="month months mth mths mnth mnths mo",
    quarter="quarter quarters",
    term="term terms",
    year="year years yr yrs annum",
    session="session sessions sesh lesson lessons class classes visit visits trip trips time times go goes game games match "
    "matches ride rides ticket tickets appointment appointments treatment treatments swim swims shot pop entry workshop "
    "workshops journey journeys load loads wash meal meals slot slots meeting meetings show shows gig gigs date dates "
    "haircut haircuts bag bags box boxes pack packs delivery outing outings occasion occasions set sets block blocks",
    mile="mile miles mi",
    person="person child kid head heads adult people children kids adults pupil young-person",
)
"""What an amount or a count can be of, by word."""

PERIODS: dict[str, Per] = {
    "day": "day",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "term": "term",
    "year": "year",
}
"""Units that are a stretch of time themselves."""

ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
    "termly": "term", "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year",
    "hourly": "hour", "wkly": "week", "mthly": "month", "pw": "week", "ph": "hour", "pcm": "month", "pd": "day",
}  # fmt: skip

DAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mondays mon mons",
            "tuesday tuesdays tue tues",
            "wednesday wednesdays wed weds",
            "thursday thursdays thu thur thurs",
            "friday fridays fri fris",
            "saturday saturdays sat sats",
            "sunday sundays sun suns",
        )
    )
    for word in words.split()
}
"""Days by number, Monday is 0."""

SHORT_DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
"""Short forms that are words of their own too: "he sat in the sun"."""

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb aug sept sep oct nov "
    "dec"
)

PRICED_THERE = word_set("door website leaflet site poster flyer phone internet email letter app online")
"""Where a price is given, which may be another one elsewhere."""

POUNDS = {"pound", "pounds", "quid", "quids", "squid", "squids", "gbp", "nicker", "sov", "sovs", "smackers"}
PENCE = {"p", "pence", "penny", "pennies", "pee"}
FOREIGN = {
    "€", "$", "euro", "euros", "eur", "dollar", "dollars", "usd", "bucks", "rupee", "rupees", "zloty", "złoty", "zł", "rand", "dirhams", "naira", "krona", "kroner", "pesos", "taka", "lei", "yen", "francs", "lira", "¥",
    "₹", "cents", "r", "rs", "pln", "zl", "chf", "kr", "aed", "inr", "ngn", "zar", "rmb", "yuan", "shekels", "dinar", "dinars",
    "dirham", "baht", "ringgit",
}  # fmt: skip
NOTES = {"tenner": 10, "tenners": 10, "fiver": 5, "fivers": 5, "twenties": 20}
THOUSANDS = {"k": 1000, "grand": 1000, "m": 1_000_000, "mil": 1_000_000}
SLANG = {
    "score": 20,
    "pony": 25,
    "ponies": 25,
    "tons": 100,
    "monkeys": 500,
    "bullseye": 50,
    "ton": 100,
    "monkey": 500,
    "grand": 1000,
}
"""Sums with a name; "a pony" and "a monkey" are also animals, so they count only where an amount can stand."""

_MONEY = re.compile(
    r"[£€$]|\d\s?(?:p|k)\b|\d\.\d\d\b|\b(?:"
    + "|".join(sorted({*POUNDS, *NOTES, *PENCE, "grand", "gbp"} - {"p", "pee"}))
    + r")\b",
    re.IGNORECASE,
)


def mentions_money(text: str) -> bool:
    """Whether a message speaks of money at all, by a sign or a word for it.

    >>> mentions_money("that's a tenner"), mentions_money("13.50 an hour"), mentions_money("he's up 3 times a night")
    (True, True, False)
    """
    return _MONEY.search(text) is not None


Class = Literal["NUMBER", "UNIT", "DAY", "MONTH", "ADVERB", "POUNDS", "PENCE", "FOREIGN", "NOTE", "CLOCK", "ORDINAL"]


def word_class(word: str) -> Class | None:
    """The class a plain word belongs to, for the patterns of phrases.

    >>> word_class("fortnights"), word_class("quid"), word_class("ironing") is None
    ('UNIT', 'POUNDS', True)
    """
    return CLASSES.get(word)


CLASSES: dict[str, Class] = {
    **dict.fromkeys(UNITS, "UNIT"),
    **dict.fromkeys(ADVERBS, "ADVERB"),
    **dict.fromkeys(DAYS, "DAY"),
    **dict.fromkeys(MONTHS, "MONTH"),
    **dict.fromkeys(POUNDS, "POUNDS"),
    **dict.fromkeys(PENCE, "PENCE"),
    **dict.fromkeys(FOREIGN, "FOREIGN"),
    **dict.fromkeys(NOTES, "NOTE"),
}
