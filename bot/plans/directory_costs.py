"""The prices of a service: pence and what they are for, each only where the directory's own words settle it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from bot.plans.directory import CostOption
from bot.plans.directory_fields import Fields
from bot.plans.model import Unit

MOST_POUNDS = 100_000
"""More than this is a slip of the pen, not the price of one thing."""

_EACH = r"(?:\b(?:per|an?|each|every)\s+|/\s*|\bp/)"
_LENGTH = r"(?:(?:\d+|half|one|two|three)[- ](?:an[- ])?(?:hours?|hrs?|minutes?|mins?|day)[- ])?"
_ONE_TIME = "session|class|lesson|visit|swim|ride|go|ticket|entry|workshop|meeting|evening|morning|afternoon"
_UNITS: Mapping[Unit, re.Pattern[str]] = {
    "hour": re.compile(rf"{_EACH}(?:hour|hr)\b|\bhourly\b|\bp/h\b"),
    "day": re.compile(rf"{_EACH}(?:full |whole |school )?day\b(?! (?:out|trip|centre|club|camp))|\bdaily\b"),
    "night": re.compile(rf"{_EACH}(?:over)?night\b|\bnightly\b"),
    "week": re.compile(rf"{_EACH}(?:week\b|wk\b)|\bweekly\b|\bp/w\b|\bpw\b"),
    "fortnight": re.compile(rf"{_EACH}(?:fortnight|two weeks|2 weeks)\b|\bfortnightly\b"),
    "month": re.compile(rf"{_EACH}(?:calendar )?month\b|\bmonthly\b|\bpcm\b"),
    "term": re.compile(rf"{_EACH}(?:school |academic )?term\b(?![- ]time)|\btermly\b"),
    "year": re.compile(rf"{_EACH}(?:school |academic )?(?:year|annum)\b|\b(?:yearly|annual|annually)\b"),
    "session": re.compile(rf"{_EACH}{_LENGTH}(?:\w+ )?(?:{_ONE_TIME})\b"),
    "mile": re.compile(rf"{_EACH}mile\b"),
    "one-off": re.compile(r"\bone[- ](?:off|time)\b|\bonce only\b|\b(?:single|one) payment\b"),
}
_POUNDS = re.compile(r"£\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d\d))?(?![\d.,]*\d)")
_PENCE = re.compile(r"\b(\d{1,2})p\b")
_FREE = re.compile(
    r"(?:(?:it|this|entry|admission) is |it's )?(?:free|free of charge|no charge|no cost|nothing)(?: to \w+)?"
)
_OPEN = re.compile(
    r"\b(?:(?:from|up to|between|about|around|at least|minimum(?: of)?) (?:only |as little as )?£|prices? (?:start|from)"
    r"|approx\w*|upwards|varies|vary|depends?|depending|donations?|sliding|starting|means[- ]tested|tbc)"
    r"|(?:^|[.,;:(] ?)from\b|£[\d.,]+\s*(?:-|–|to)\s*£?\d"
)
"""Words that leave a price open."""
_ASK = re.compile(r"\b(?:contact|call|ring|ask|enquire|email|various|see|check|website|poa|on request)\b")
"""Beside an amount of 0 these mean that nobody filled in the amount."""


def read_cost(fields: Fields) -> CostOption:
    """One ``cost_option``."""
    option, words = fields.text("option"), fields.text("amount_description", 300)
    said = f"{option}. {words}".casefold()
    return CostOption(
        option=option,
        pence=None if _OPEN.search(said) else _pence(fields, said, (words or option).casefold()),
        unit=unit_in(said),
        words=words,
        valid_from=fields.day("valid_from"),
        valid_to=fields.day("valid_to"),
    )


def read_fees(words: str) -> tuple[CostOption, ...]:
    """The older free text about fees, where there are no cost options."""
    if not words:
        return ()
    said = words.casefold()
    return (CostOption("", None if _OPEN.search(said) else _written(said, said), unit_in(said), words),)


@lru_cache(4096)  # the same few phrases stand in a whole directory
def unit_in(said: str) -> Unit | None:
    """What a price is for, when the words name one unit and no other.

    >>> unit_in("child. £6.50 per session"), unit_in("a 2 hour class"), unit_in("£5 a session or £50 a term")
    ('session', 'session', None)
    """
    found = [unit for unit, pattern in _UNITS.items() if pattern.search(said)]
    return found[0] if len(found) == 1 else None


def _pence(fields: Fields, said: str, words: str) -> int | None:
    currency, amount = fields.text("currency").upper(), fields.number("amount")
    if currency not in ("", "GBP", "£"):
        fields.note("currency", "not pounds")
        return None
    if amount is None:
        return _written(said, words)
    pence = _whole(amount * 100) if 0 <= amount <= MOST_POUNDS else None
    prices = _prices(said)
    if pence is None:
        fields.note("amount", "not a price in whole pence")
    elif (prices and pence not in prices) or (pence == 0 and _ASK.search(said)):
        fields.note("amount", "the words say something else")
        return None
    return pence


def _written(said: str, words: str) -> int | None:
    """The price that words give: one amount, or that it is free."""
    if _FREE.fullmatch(words.strip(" .!")):
        return 0
    prices = _prices(said)
    return prices.pop() if len(prices) == 1 else None


def _prices(said: str) -> set[int]:
    pounds = {int(whole.replace(",", "")) * 100 + int(odd or 0) for whole, odd in _POUNDS.findall(said)}
    return pounds | {int(pence) for pence in _PENCE.findall(said)}


def _whole(pence: Decimal) -> int | None:
    """Pence that are whole but for how a computer writes 6.1."""
    rounded = pence.to_integral_value()
    return int(rounded) if abs(pence - rounded) < Decimal("0.001") else None
