"""Numbers that wrote STOP. Nothing is sent to them until they write START, whatever draft it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import and_, bindparam, delete, select

from bot.store.channel_tables import SuppressionRow
from bot.store.database import Transaction, add

TextChannel = Literal["sms", "whatsapp"]

_MINE = and_(
    SuppressionRow.channel == bindparam("channel"),
    SuppressionRow.address_hash.in_(bindparam("hashes", expanding=True)),
)
_STOPPED, _START = select(SuppressionRow.since).where(_MINE), delete(SuppressionRow).where(_MINE)


def stop(tx: Transaction, channel: TextChannel, address: str, *, at: datetime) -> bool:
    """Send nothing to a number any more. False when that was so already."""
    if is_stopped(tx, channel, address):
        return False
    address_hash = tx.cipher.lookup(f"stopped {channel}", address)
    add(tx, SuppressionRow, {"channel": channel, "address_hash": address_hash, "since": at})
    return True


def start(tx: Transaction, channel: TextChannel, address: str) -> bool:
    """Write to a number again. False when nothing stood against it."""
    hashes = tx.cipher.lookups(f"stopped {channel}", address)
    return bool(tx.connection.execute(_START, {"channel": channel, "hashes": hashes}).rowcount)


def is_stopped(tx: Transaction, channel: TextChannel, address: str) -> bool:
    """Whether nothing may be sent to a number."""
    hashes = tx.cipher.lookups(f"stopped {channel}", address)
    return tx.connection.execute(_STOPPED, {"channel": channel, "hashes": hashes}).first() is not None
