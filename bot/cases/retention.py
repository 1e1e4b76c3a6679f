"""How long a family's records are kept: which class they belong to, and the first day on which they may go.

The periods are the council's (:mod:`bot.content.retention_models`). What is still alive, a plan that is lived or a
case that nobody closed, is never too old.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.cases.statuses import Status
from bot.content.retention_models import Period, RecordClass, Retention

FamilyClass = Literal["unfinished", "sent", "agreed"]

CLASS_OF: dict[Status, FamilyClass | None] = {
    "in_progress": "unfinished",
    "ready": "unfinished",
    "sent": "sent",
    "looked_at": "sent",
    "returned": "sent",
    "not_yet": "sent",
    "agreed": None,
    "agreed_in_part": None,
    "live": None,
    "review_due": None,
    "closed": "agreed",
}
"""None: alive. What was closed may have been agreed, so it is kept as long as what was."""


@dataclass(frozen=True, slots=True)
class Record:
    """What decides how long one family's records are kept."""

    status: Status
    last_used: date
    """The last change or message."""
    status_since: date
    """Since when it has its status; for a closed case the day it was closed."""
    last_alert: date | None
    """When an alert was last raised."""
    age: int | None
    """The child's age in whole years, as it was said; None when nobody said."""
    age_said: date
    """When that was, or before."""


def class_of(record: Record) -> RecordClass | None:
    """The class whose period counts: "safety" where an alert was raised, which keeps it at least as long."""
    own = CLASS_OF[record.status]
    if own is None:
        return None
    return "safety" if record.last_alert is not None else own


def may_go_on(rules: Retention, record: Record) -> date | None:
    """The first day on which the records may be deleted; None for what is alive, or kept always."""
    own = CLASS_OF[record.status]
    if own is None:
        return None
    begun = record.status_since if own == "agreed" else record.last_used
    days = [_end(rules.periods[own], begun, record)]
    if record.last_alert is not None:
        days.append(_end(rules.periods["safety"], record.last_alert, record))
    return None if None in days else max(day for day in days if day is not None)


def before(period: Period, today: date) -> date | None:
    """Rows from before this day have had their period; None when they are kept always.

    >>> before(Period(days=30, counted_from="use", source="made up"), date(2026, 3, 31))
    datetime.date(2026, 3, 1)
    """
    if period.always:
        return None
    return _months(today, -(12 * period.years + period.months)) - timedelta(days=period.days)


def after(period: Period, day: date) -> date | None:
    """The day on which a period that begins on ``day`` is over; None for always.

    >>> after(Period(years=1, months=6, counted_from="use", source="made up"), date(2024, 8, 31))
    datetime.date(2026, 2, 28)
    """
    if period.always:
        return None
    return _months(day, 12 * period.years + period.months) + timedelta(days=period.days)


def _end(period: Period, begun: date, record: Record) -> date | None:
    end = after(period, begun)
    if end is None or period.until_age is None:
        return end
    # Nobody is asked for a birthday. A child of 8 becomes 9 within a year, so this is the latest it can be. Of a child
    # whose age nobody said, it could be a newborn.
    years = period.until_age - (record.age or 0)
    return max(end, _months(record.age_said, 12 * max(years, 0)))


def _months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
