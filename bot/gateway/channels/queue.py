"""Putting replies into the outbox: what may be sent, and how much of it.

A reply goes out at once, at any hour: somebody has just written. News that nobody asked for at this moment takes another
way (:mod:`bot.gateway.channels.notices`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities
from bot.gateway.channels.outgoing import Outgoing
from bot.store import suppression, texts_out
from bot.store.database import Transaction
from bot.store.numbers import Number
from bot.store.texts_out import Purpose

MOST_ALIKE_AN_HOUR = 10
"""Networks block a number that is sent the same more than 20 times in an hour (research: channels 3)."""
LATER = timedelta(minutes=15)

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
        _queue(tx, number, cause, part, message, place, purpose, now)


def is_stopped(tx: Transaction, number: Number) -> bool:
    """Whether this number wrote STOP."""
    channel = CAPABILITIES[number.door].channel  # type: ignore[index]
    return channel != "voice" and suppression.is_stopped(tx, channel, number.address)


def may_write(to: Capabilities, number: Number, at: datetime) -> bool:
    """Whether the channel lets us write freely: some only for a while after a person's last message."""
    return to.reply_hours is None or at < number.written + timedelta(hours=to.reply_hours)


def _queue(
    tx: Transaction,
    number: Number,
    cause: str,
    part: int,
    message: Outgoing,
    place: str | None,
    purpose: Purpose,
    now: datetime,
) -> None:
    body, due = message.to_json(), now
    if texts_out.queued_since(tx, number.id, now - _HOUR, body) >= MOST_ALIKE_AN_HOUR:
        _log.warning("channel.too_many_alike", door=number.door)
        return
    most = CAPABILITIES[number.door].most_an_hour  # type: ignore[index]  # only doors are ever kept
    if texts_out.queued_since(tx, number.id, now - _HOUR) >= most:
        due = now + LATER
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
