"""Sending what is in the outbox: each message to its end, and never one twice if a provider can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.gateway.channels.capabilities import CAPABILITIES, Door
from bot.gateway.channels.outgoing import NotSent, Sender, Stopped, outgoing
from bot.gateway.channels.queue import is_stopped, may_write
from bot.gateway.settings import GatewaySettings
from bot.store import numbers, suppression, texts_out
from bot.store.database import Transaction
from bot.store.numbers import Number
from bot.store.texts_out import TextOut

CLAIM_SECONDS = 90.0
"""Longer than one try may take."""
UNSURE = timedelta(seconds=60)
"""How long a provider has to report a message that it may have taken, before it is sent again."""
RETRIES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 300, 600, 1800, 3600, 3600, 3600))
"""How long to wait after each failed try: some four hours in all."""

_log = structlog.get_logger()


def send_one(settings: GatewaySettings, senders: Mapping[Door, Sender]) -> bool:
    """Send the message that is due longest. False when none is due."""
    database, now = settings.database, settings.clock()
    with database.write() as tx:
        text = texts_out.claim(tx, now, CLAIM_SECONDS)
        if text is None:
            return False
        number = numbers.get_number(tx, text.number_id)
        if (why := _not_any_more(tx, text, number, now)) is not None:
            texts_out.give_up(tx, text.id, "withdrawn", why, at=now)
            return True
    sender = senders.get(number.door)  # type: ignore[call-overload]
    if sender is None:
        _settle_failure(settings, text, number, NotSent("door_closed", again=True))
        return True
    try:
        provider_id = _send(sender, text, number)
    except NotSent as error:
        _settle_failure(settings, text, number, error)
        return True
    with database.write() as tx:
        texts_out.accepted(tx, text.id, provider_id, at=settings.clock())
    return True


def _send(sender: Sender, text: TextOut, number: Number) -> str:
    message = outgoing(text.body or "")
    if text.was in ("sending", "unsure"):
        before = sender.went_out(number.address, message, text.reference, text.created)
        if before is not None:
            return before
    return sender.send(number.address, message, text.reference)


def _not_any_more(tx: Transaction, text: TextOut, number: Number, now: datetime) -> str | None:
    """Why a message that was queued is not to be sent now; None when it is."""
    if text.purpose != "opt_out" and is_stopped(tx, number):
        return "stopped"
    if not may_write(CAPABILITIES[number.door], number, now):  # type: ignore[index]
        return "window_closed"
    return None


def _settle_failure(settings: GatewaySettings, text: TextOut, number: Number, error: NotSent) -> None:
    now = settings.clock()
    _log.warning("channel.not_sent", door=number.door, tries=text.tries, reason=error.reason)
    with settings.database.write() as tx:
        if isinstance(error, Stopped):
            channel = CAPABILITIES[number.door].channel  # type: ignore[index]
            if channel != "voice":
                suppression.stop(tx, channel, number.address, at=now)
        if error.unsure:
            texts_out.put_back(tx, text.id, "unsure", now + UNSURE)
        elif error.again and text.tries <= len(RETRIES):
            may_be_out = text.was in ("sending", "unsure")
            texts_out.put_back(tx, text.id, "unsure" if may_be_out else "queued", now + RETRIES[text.tries - 1])
        else:
            texts_out.give_up(tx, text.id, "failed", error.reason, at=now)
