"""A message as a door has read it, whichever provider brought it; and the stage that records it.

Nothing is answered here. A provider waits only until the message is stored, and may bring it again as often as it likes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.gateway.channels import opt_out
from bot.gateway.channels.capabilities import Door
from bot.gateway.limits import MAX_TEXT
from bot.gateway.wire import clean
from bot.store import inbound, numbers, texts_out
from bot.store.database import Database

Kind = Literal["text", "choice", "voice", "media", "location", "other"]
"""voice: a recording. media: a picture, film, sticker or document. other: what we do not know, and nothing at all."""

MOST_LATE = timedelta(days=7)
"""A time of sending longer ago than a provider tries for is a wrong clock, and is not believed."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message of one person."""

    door: Door
    provider_id: str
    """The provider's name for the message: a second one with the same is a repeat."""
    sender: str
    """A number or an id, as the provider wants it back; never taken apart."""
    kind: Kind
    text: str = ""
    choice: str | None = None
    """The value of an option that was tapped."""
    sent_at: datetime | None = None
    """When it was sent, where the provider says so."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of it until it has been dealt with."""

    kind: Kind
    text: str
    choice: str | None
    changed_opt_out: bool = False
    """It is a STOP or START, and not one more of the same."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def said(body: str) -> Said:
    """A kept message out of the store."""
    return Said(**json.loads(body))


def record(database: Database, messages: Sequence[Arrived], now: datetime) -> int:
    """Keep what came, each message once. Returns how many are new.

    With each the place is kept that its sender had been shown by then: an answer counts for the question it was an
    answer to, also when it comes late, or was sent twice.
    """
    new = 0
    for message in sorted(messages, key=lambda message: message.sent_at or now):
        sent_at = message.sent_at if message.sent_at and now - MOST_LATE < message.sent_at <= now else now
        with database.write() as tx:
            numbers.one_at_a_time(tx, message.door, message.sender)
            if inbound.was_brought(tx, message.door, message.provider_id):
                continue
            changed = opt_out.heed(tx, message.door, message.sender, message.text, now)
            number = numbers.found(tx, message.door, message.sender, at=now)
            if opt_out.word(message.text) == "stop":
                texts_out.withdraw_all(tx, number.id, "stopped", at=now)
            kept = Said(message.kind, clean(message.text)[: 2 * MAX_TEXT], message.choice, changed)
            new += inbound.keep(
                tx,
                number_id=number.id,
                door=message.door,
                provider_id=message.provider_id,
                body=kept.to_json(),
                shown=texts_out.shown_to(tx, number.id),
                sent_at=sent_at,
                at=now,
            )
    return new
