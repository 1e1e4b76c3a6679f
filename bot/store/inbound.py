"""What providers brought, each message once, however often and in whatever order it was brought.

A message waits here until the turn it asks for has been taken, so that one outlives a service that dies. Then its words
are deleted: they are in the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, delete, func, select, update

from bot.store.channel_tables import BroughtRow, InboundRow
from bot.store.database import Transaction, add

# Built once: every message asks for these.
_BROUGHT = select(BroughtRow.at).where(
    BroughtRow.door == bindparam("door"), BroughtRow.id_hash.in_(bindparam("hashes", expanding=True))
)
_OLDEST = (
    select(InboundRow)
    .where(InboundRow.number_id == bindparam("number_id"), InboundRow.state == "pending")
    .order_by(InboundRow.sent_at, InboundRow.id)
    .limit(1)
)
_SETTLE = update(InboundRow).where(InboundRow.id == bindparam("the_id"), InboundRow.state == "pending")


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of one number."""

    id: int
    number_id: str
    body: str
    """JSON that this room does not read."""
    shown: str | None
    """The place its sender had been shown when it came (:mod:`bot.gateway.place`)."""
    tries: int
    at: datetime


def keep(
    tx: Transaction,
    *,
    number_id: str,
    door: str,
    provider_id: str,
    body: str,
    shown: str | None,
    sent_at: datetime,
    at: datetime,
) -> bool:
    """Keep a message as pending. False, and nothing is kept, for one that was brought before."""
    if was_brought(tx, door, provider_id):
        return False
    id_hash = tx.cipher.lookup(f"provider id {door}", provider_id)
    add(tx, BroughtRow, {"door": door, "id_hash": id_hash, "at": at})
    row = {
        "number_id": number_id,
        "state": "pending",
        "body_sealed": tx.cipher.seal(body, "channel_inbound.body", number_id),
        "shown": shown,
        "sent_at": sent_at,
        "at": at,
        "tries": 0,
    }
    add(tx, InboundRow, row)
    return True


def was_brought(tx: Transaction, door: str, provider_id: str) -> bool:
    """Whether a provider has brought the message with this id before."""
    hashes = tx.cipher.lookups(f"provider id {door}", provider_id)
    return tx.connection.execute(_BROUGHT, {"door": door, "hashes": hashes}).first() is not None


def first_brought(tx: Transaction, door: str) -> datetime | None:
    """When a provider first brought a message, as far back as is remembered."""
    return tx.connection.scalar(select(func.min(BroughtRow.at)).where(BroughtRow.door == door))


def forget_ids(tx: Transaction, before: datetime) -> None:
    """Forget which messages were brought before then: no provider brings one again so late."""
    tx.connection.execute(delete(BroughtRow).where(BroughtRow.at < before))


def oldest(tx: Transaction, number_id: str) -> Inbound | None:
    """The message of a number that was sent first and has not been dealt with."""
    row = tx.connection.execute(_OLDEST, {"number_id": number_id}).first()
    return None if row is None else _inbound(tx, row)


def tried(tx: Transaction, inbound_id: int) -> None:
    """Count a try that came to nothing."""
    one = update(InboundRow).where(InboundRow.id == inbound_id)
    tx.connection.execute(one.values(tries=InboundRow.tries + 1))


def settle(tx: Transaction, inbound_id: int, state: Literal["done", "failed"] = "done") -> None:
    """A message has been dealt with, or cannot be: its words are deleted here."""
    tx.connection.execute(_SETTLE, {"the_id": inbound_id, "state": state, "body_sealed": None})


def _inbound(tx: Transaction, row: Row[Any]) -> Inbound:
    return Inbound(
        id=row.id,
        number_id=row.number_id,
        body=tx.cipher.open(row.body_sealed, "channel_inbound.body", row.number_id),
        shown=row.shown,
        tries=row.tries,
        at=row.at,
    )
