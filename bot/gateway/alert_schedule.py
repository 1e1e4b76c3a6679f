"""When people are told of an alert, and told again (issue: repeated by the configured route until picked up).

Immediate (RED, and a second AMBER): at once, then every five minutes, day and night. Same day (AMBER): at once within
working hours, else on the next working morning, then every hour within working hours. Bank holidays are not known
here: an alert that falls due on one is sent.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.store.safety import Urgency

AGAIN: dict[Urgency, timedelta] = {"immediate": timedelta(minutes=5), "same_day": timedelta(hours=1)}
WORK_BEGINS, WORK_ENDS = 9, 17
"""Hours of the clock in the United Kingdom, Monday to Friday."""

RETRIES = (
    timedelta(seconds=15),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=4),
)
"""How long to wait after each failed try before the next; after the last the delivery has failed, and the next repeat is
a new one."""
TRIES = len(RETRIES) + 1


def first_due(urgency: Urgency, at: datetime) -> datetime:
    """When somebody is to be told of an alert raised at ``at``.

    >>> friday_evening = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    >>> first_due("same_day", friday_evening).isoformat(), first_due("immediate", friday_evening) == friday_evening
    ('2026-11-23T09:00:00+00:00', True)
    """
    return at if urgency == "immediate" else working_time(at)


def again_due(urgency: Urgency, last: datetime) -> datetime:
    """When somebody is to be told again of an alert that nobody picked up, after they were told at ``last``."""
    return first_due(urgency, last + AGAIN[urgency])


def next_try(tries: int, at: datetime) -> datetime:
    """When a delivery is tried again if the try number ``tries``, at ``at``, comes to nothing."""
    return at + RETRIES[min(tries, len(RETRIES)) - 1]


def working_time(at: datetime) -> datetime:
    """``at`` itself within working hours, else the next working morning.

    >>> working_time(datetime(2026, 7, 6, 7, 30, tzinfo=UTC)).isoformat()  # half past eight in summer
    '2026-07-06T08:00:00+00:00'
    """
    here = uk_time(at)
    if here.weekday() < 5 and WORK_BEGINS <= here.hour < WORK_ENDS:
        return at
    morning = here.replace(hour=WORK_BEGINS, minute=0, second=0, microsecond=0)
    if here.hour >= WORK_BEGINS:
        morning += timedelta(days=1)
    while morning.weekday() >= 5:
        morning += timedelta(days=1)
    # The clocks change at night: read off what nine o'clock is on that day.
    utc = morning.replace(tzinfo=UTC)
    return utc - timedelta(hours=1) if is_summer_time(utc) else utc


def uk_time(at: datetime) -> datetime:
    """What the clocks in the United Kingdom show, without a zone. By rule, as a small machine has no zone files.

    >>> uk_time(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)).hour, uk_time(datetime(2026, 12, 1, 12, 0, tzinfo=UTC)).hour
    (13, 12)
    """
    utc = at.astimezone(UTC)
    return (utc + timedelta(hours=1) if is_summer_time(utc) else utc).replace(tzinfo=None)


def is_summer_time(at: datetime) -> bool:
    """Summer time lasts from 01:00 UTC on the last Sunday of March until 01:00 UTC on the last Sunday of October.

    >>> is_summer_time(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)), is_summer_time(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    (False, True)
    """
    return _last_sunday(at.year, 3) <= at < _last_sunday(at.year, 10)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
