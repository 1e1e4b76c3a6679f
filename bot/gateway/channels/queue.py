"""Putting messages into the outbox: what may be sent, when, and how much of it.

A reply goes out at once, at any hour. A notice, which nobody has just asked for, waits for the morning; it needs a family
that said it may be contacted, and on WhatsApp one that wrote within the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog

from bot.gateway.alert_schedule import is_summer_time, uk_time
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities
from bot.gateway.channels.outgoing import Outgoing
from bot.gateway.channels.render import text_of
from bot.gateway.contact import may_contact
from bot.store import drafts, numbers, suppression, texts_out
from bot.store.database import Transaction
from bot.store.numbers import Number
from bot.store.texts_out import Purpose

MOST_ALIKE_AN_HOUR = 10
"""Networks block a number that is sent the same more than 20 times in an hour (research: channels 3)."""
LATER = timedelta(minutes=15)
QUIET_FROM, QUIET_UNTIL = 20, 8
"""Hours of the clock in the United Kingdom between which no notice is sent."""

_log = structlog.get_logger()
_HOUR = timedelta(hours=1)


def queue_replies(
    tx: Transaction,
    number: Number,
    cause: str,
    out: Sequence[Outgoing],
    *,
    place: str | None,
    purpose: Purpose,
    now: datetime,
) -> None:
    """Queue the parts of a reply, in order. Each once, however often this is done with the same ``cause``."""
    if purpose != "opt_out" and is_stopped(tx, number):
        return
    for part, message in enumerate(out):
        _queue(tx, number, cause, part, message, place=place, purpose=purpose, now=now, due=now)


def queue_notice(tx: Transaction, draft_id: str, cause: str, text: str, *, now: datetime) -> bool:
    """Queue a notice to the number that last wrote about a draft. False where none may be sent, or can be.

    ``text`` names nobody and says nothing of what was answered: who else reads a phone is not known. ``cause`` names the
    notice, which is sent once.
    """
    if not may_contact(drafts.get(tx, draft_id)):
        return False
    for number in numbers.talking_about(tx, draft_id):
        to = CAPABILITIES[number.door]  # type: ignore[index]  # only doors are ever kept
        if to.spoken or is_stopped(tx, number) or not may_write(to, number, awake(now)):
            continue
        for part, message in enumerate(text_of(text, "", to)):
            _queue(tx, number, f"notice:{cause}", part, message, place=None, purpose="notice", now=now, due=awake(now))
        return True
    return False


def is_stopped(tx: Transaction, number: Number) -> bool:
    """Whether this number wrote STOP."""
    channel = CAPABILITIES[number.door].channel  # type: ignore[index]
    return channel != "voice" and suppression.is_stopped(tx, channel, number.address)


def may_write(to: Capabilities, number: Number, at: datetime) -> bool:
    """Whether the channel lets us write freely: some only for a while after a person's last message."""
    return to.reply_hours is None or at < number.written + timedelta(hours=to.reply_hours)


def awake(at: datetime) -> datetime:
    """``at`` itself by day, else the next morning.

    >>> awake(datetime(2026, 11, 22, 21, 40, tzinfo=UTC)).isoformat(), awake(datetime(2026, 7, 1, 6, 59, tzinfo=UTC)).isoformat()
    ('2026-11-23T08:00:00+00:00', '2026-07-01T07:00:00+00:00')
    """
    here = uk_time(at)
    if QUIET_UNTIL <= here.hour < QUIET_FROM:
        return at
    morning = here.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    if here.hour >= QUIET_FROM:
        morning += timedelta(days=1)
    utc = morning.replace(tzinfo=UTC)
    return utc - timedelta(hours=1) if is_summer_time(utc) else utc


def _queue(
    tx: Transaction,
    number: Number,
    cause: str,
    part: int,
    message: Outgoing,
    *,
    place: str | None,
    purpose: Purpose,
    now: datetime,
    due: datetime,
) -> None:
    body = message.to_json()
    if texts_out.queued_since(tx, number.id, now - _HOUR, body) >= MOST_ALIKE_AN_HOUR:
        _log.warning("channel.too_many_alike", door=number.door)
        return
    most = CAPABILITIES[number.door].most_an_hour  # type: ignore[index]  # only doors are ever kept
    if texts_out.queued_since(tx, number.id, now - _HOUR) >= most:
        due = max(due, now + LATER)
    texts_out.queue(
        tx,
        number_id=number.id,
        cause=cause,
        part=part,
        purpose=purpose,
        body=body,
        place=place,
        at=now,
        due=due,
    )
