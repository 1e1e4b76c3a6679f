"""Times of the year that people call by a name: months, seasons, feasts, and the days they have in a given year."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both counted."""

    first: date
    last: date


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876).

    >>> easter(2027), easter(2038)
    (datetime.date(2027, 3, 28), datetime.date(2038, 4, 25))
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lunar = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * lunar) // 451
    month, day = divmod(h + lunar - 7 * m + 114, 31)
    return date(year, month, day + 1)


def month_span(year: int, month: int, months: int = 1) -> Span:
    """So many whole months from the first of ``month``.

    >>> month_span(2027, 12, 3)
    Span(first=datetime.date(2027, 12, 1), last=datetime.date(2028, 2, 29))
    """
    end_year, end_month = divmod(year * 12 + month + months - 2, 12)
    return Span(date(year, month, 1), date(end_year, end_month + 1, calendar.monthrange(end_year, end_month + 1)[1]))


def _months(month: int, months: int = 1) -> Callable[[int], Span]:
    return partial(month_span, month=month, months=months)


def _day(month: int, day: int) -> Callable[[int], Span]:
    return lambda year: Span(date(year, month, day), date(year, month, day))


def _from_easter(days: int) -> Callable[[int], Span]:
    def span(year: int) -> Span:
        day = easter(year) + timedelta(days=days)
        return Span(day, day)

    return span


_MONTH_NAMES = {
    **{name.lower(): number for number, name in enumerate(calendar.month_name) if name},
    **{name.lower(): number for number, name in enumerate(calendar.month_abbr) if name},
    "sept": 9,
    "febuary": 2,
}

NAMED: dict[str, Callable[[int], Span]] = {
    **{name: _months(number) for name, number in _MONTH_NAMES.items()},
    "spring": _months(3, 3),
    "summer": _months(6, 3),
    "autumn": _months(9, 3),
    "winter": _months(12, 3),
    "summer holidays": _months(7, 2),
    "summer holiday": _months(7, 2),
    "summer hols": _months(7, 2),
    "christmas": _day(12, 25),
    "christmas day": _day(12, 25),
    "xmas": _day(12, 25),
    "christmas eve": _day(12, 24),
    "boxing day": _day(12, 26),
    "new year": _day(1, 1),
    "new years": _day(1, 1),
    "new year's": _day(1, 1),
    "new years day": _day(1, 1),
    "new year's day": _day(1, 1),
    "new years eve": _day(12, 31),
    "new year's eve": _day(12, 31),
    "halloween": _day(10, 31),
    "bonfire night": _day(11, 5),
    "easter": _from_easter(0),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "good friday": _from_easter(-2),
}
"""Name and its days in the year in which it begins. Seasons are those of the weather: summer is June to August."""
