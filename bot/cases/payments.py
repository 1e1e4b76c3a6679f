"""The payments of a plan, as data for finance: when, how much, for which line and which days.

A year of a plan begins on its start date. It has 13 payments of four weeks (the last one lasts to the end of the year) or
12 of a calendar month, each made before the days it is for. A line that starts later, or a plan that ends sooner, is paid
for its days. Pennies are shared out so that the payments of a whole year add up to the agreed sum exactly. What falls on a
day on which nobody works is paid on the working day before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

from bot.plans.date_readers import add_months
from bot.plans.shares import split
from bot.understanding.line_item import whole_pence

Rhythm = Literal["four_weekly", "monthly"]
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)

COUNT: dict[Rhythm, int] = {"four_weekly": 13, "monthly": 12}
"""Payments in a year."""


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """A line of the plan, as it was agreed."""

    id: int
    pence: int
    """A year, or once."""
    one_off: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of one line."""

    line: int
    pay_on: date
    """A working day."""
    covers_from: date
    covers_to: date
    pence: int
    agreed_pence: int
    """The line's agreed sum, a year or once, that this is a part of."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one payment in the rhythm of a year."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class NotInTheYear(ValueError):
    """A day does not lie in the year of the plan, or the last one comes before the first."""


def year_end(starts: date) -> date:
    """The last day of the year that begins on this day.

    >>> year_end(date(2026, 11, 2)), year_end(date(2028, 2, 29))
    (datetime.date(2027, 11, 1), datetime.date(2029, 2, 27))
    """
    return add_months(starts, 12) - timedelta(days=1)


def periods(starts: date, rhythm: Rhythm) -> tuple[Period, ...]:
    """The payments' days in the year that begins on this day, without a gap."""
    if rhythm == "monthly":
        firsts = [add_months(starts, month) for month in range(12)]
    else:
        firsts = [starts + timedelta(days=28 * number) for number in range(13)]
    lasts = [first - timedelta(days=1) for first in firsts[1:]] + [year_end(starts)]
    return tuple(Period(first, last) for first, last in zip(firsts, lasts, strict=True))


def last_working_day(day: date, closed: Collection[date]) -> date:
    """The day itself where somebody works on it, else the last working day before.

    >>> last_working_day(date(2026, 12, 27), {date(2026, 12, 25)})
    datetime.date(2026, 12, 24)
    """
    while day.weekday() >= 5 or day in closed:
        day -= timedelta(days=1)
    return day


def schedule(
    lines: Iterable[AgreedLine],
    *,
    year_starts: date,
    rhythm: Rhythm,
    closed: Collection[date] = (),
    first: date | None = None,
    last: date | None = None,
) -> tuple[Payment, ...]:
    """Payments of these lines from ``first`` to ``last`` (the whole year where not given), in the order of their days.

    Raises NotInTheYear.
    """
    first, last = first or year_starts, last or year_end(year_starts)
    _within(year_starts, first, last)
    found: list[Payment] = []
    for line in lines:
        if line.one_off:
            found.append(_payment(line, Period(first, last), line.pence, closed))
            continue
        parts = list(_parts(year_starts, rhythm, first, last))
        whole = sum((share for _, share in parts), Fraction(0))
        total = whole_pence(line.pence * whole / COUNT[rhythm])
        found += _spread(line, total, parts, closed)
    return _in_order(found)


def revised(
    now: Sequence[Payment],
    paid: Sequence[Payment],
    lines: Iterable[AgreedLine],
    *,
    year_starts: date,
    rhythm: Rhythm,
    change_from: date,
    closed: Collection[date] = (),
    last: date | None = None,
) -> tuple[Payment, ...]:
    """The payments still to be made when something changes on a day; those that were ``paid`` stay as they are.

    ``now``: what was still to be made before the change. A payment whose days have begun is made as it was. What comes
    after is worked out anew: an unchanged line still gets the same sum, to the penny, in whatever rhythm; a dearer one
    gets more in proportion; one that is gone gets no more. Raises NotInTheYear.
    """
    last = last or year_end(year_starts)
    _within(year_starts, change_from, last)
    begun = [payment for payment in now if payment.covers_from < change_from]
    found = list(begun)
    for line in lines:
        later = [payment for payment in now if payment.line == line.id and payment.covers_from >= change_from]
        if line.one_off:
            had = sum(payment.pence for payment in (*begun, *paid) if payment.line == line.id)
            if line.pence > had:
                found.append(_payment(line, Period(change_from, last), line.pence - had, closed))
            continue
        had_until = [payment.covers_to for payment in (*begun, *paid) if payment.line == line.id]
        first = max(change_from, max(had_until) + timedelta(days=1)) if had_until else change_from
        if first > last:
            continue
        parts = list(_parts(year_starts, rhythm, first, last))
        if later:
            before = Fraction(sum(payment.pence for payment in later) * line.pence, later[0].agreed_pence)
            days = max(payment.covers_to for payment in later) - min(payment.covers_from for payment in later)
            total = whole_pence(before * ((last - first).days + 1) / (days.days + 1))
        else:
            total = whole_pence(line.pence * sum((share for _, share in parts), Fraction(0)) / COUNT[rhythm])
        found += _spread(line, total, parts, closed)
    return _in_order(found)


def financial_year(day: date, begins_month: int) -> str:
    """The council's year that a day lies in.

    >>> financial_year(date(2027, 3, 31), 4), financial_year(date(2027, 4, 1), 4)
    ('2026-27', '2027-28')
    """
    year = day.year if day.month >= begins_month else day.year - 1
    return str(year) if begins_month == 1 else f"{year}-{(year + 1) % 100:02}"


def _within(starts: date, first: date, last: date) -> None:
    if not starts <= first <= last <= year_end(starts):
        raise NotInTheYear(f"{first} to {last} does not lie in the year that begins on {starts}")


def _parts(starts: date, rhythm: Rhythm, first: date, last: date) -> Iterator[tuple[Period, Fraction]]:
    """The periods between two days, each with its share of a whole one."""
    for period in periods(starts, rhythm):
        part = Period(max(period.first, first), min(period.last, last))
        if part.days > 0:
            yield part, Fraction(part.days, period.days)


def _spread(
    line: AgreedLine, total: int, parts: Sequence[tuple[Period, Fraction]], closed: Collection[date]
) -> list[Payment]:
    shares = split(total, [share for _, share in parts]) if parts else []
    return [
        _payment(line, period, pence, closed) for (period, _), pence in zip(parts, shares, strict=True) if pence > 0
    ]


def _payment(line: AgreedLine, period: Period, pence: int, closed: Collection[date]) -> Payment:
    pay_on = last_working_day(period.first, closed)
    return Payment(line.id, pay_on, period.first, period.last, pence, line.pence)


def _in_order(payments: Iterable[Payment]) -> tuple[Payment, ...]:
    return tuple(sorted(payments, key=lambda payment: (payment.pay_on, payment.covers_from, payment.line)))
