"""Days on which the council works: not Saturdays, Sundays, bank holidays and days of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


def works_on(day: date, closed: Collection[date]) -> bool:
    """Whether somebody is there on a day."""
    return day.weekday() < 5 and day not in closed


def working_days_after(day: date, count: int, closed: Collection[date]) -> date:
    """The working day that comes ``count`` working days after ``day``; the day itself does not count.

    >>> working_days_after(date(2026, 12, 24), 2, {date(2026, 12, 25), date(2026, 12, 28)})
    datetime.date(2026, 12, 30)
    """
    while count > 0:
        day += timedelta(days=1)
        count -= works_on(day, closed)
    return day


def working_days_between(first: date, last: date, closed: Collection[date]) -> int:
    """How many working days have begun after ``first`` up to ``last``; 0 where ``last`` is not later.

    >>> working_days_between(date(2026, 11, 20), date(2026, 11, 24), set())
    2
    """
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(works_on(day, closed) for day in days)
