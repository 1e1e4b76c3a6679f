"""Telephone calls: where each is, and the last reply to it, so that a request that comes twice gets the same one.

A call is known by its provider's id alone. Who calls from which number is neither asked nor kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.store.call_tables import CallRow
from bot.store.database import Transaction, insert_or

_STATE, _REPLY = "calls.state", "calls.reply"


@dataclass(frozen=True, slots=True)
class Call:
    """One call."""

    id: str
    conversation_id: str | None
    """None before they have said anything but where to begin."""
    turn: int
    """Number of the next thing the caller does, from 1."""
    state: str
    """JSON that this room does not read."""
    reply: str
    """What was said to them last, as it went out."""


def find(tx: Transaction, sid: str) -> Call | None:
    """The call with this id of its provider."""
    row = tx.connection.execute(select(CallRow).where(CallRow.sid_hash.in_(_hashes(tx, sid)))).first()
    return None if row is None else _call(tx, row)


def begin(tx: Transaction, sid: str, *, state: str, reply: str, at: datetime) -> Call:
    """A new call, at its first turn; one that was begun already comes back as it is."""
    known = find(tx, sid)
    if known is not None:
        return known
    call_id = secrets.token_urlsafe(16)
    row = {
        "id": call_id,
        "sid_hash": _hashes(tx, sid)[0],
        "conversation_id": None,
        "turn": 1,
        "holder": None,
        "until": None,
        "state_sealed": tx.cipher.seal(state, _STATE, call_id),
        "reply_sealed": tx.cipher.seal(reply, _REPLY, call_id),
        "created": at,
        "updated": at,
    }
    tx.connection.execute(insert_or(tx, CallRow).values(row).on_conflict_do_nothing(index_elements=[CallRow.sid_hash]))
    # Somebody else may have begun it at the same moment: then theirs is the call.
    return _call(tx, tx.connection.execute(select(CallRow).where(CallRow.sid_hash == row["sid_hash"])).one())


def answered(tx: Transaction, call: Call, *, conversation_id: str | None, state: str, reply: str, at: datetime) -> Call:
    """The caller did something and was answered. Somebody who answered the same thing first is right: theirs stands."""
    mine = update(CallRow).where(CallRow.id == call.id, CallRow.turn == call.turn)
    changed = {
        "turn": call.turn + 1,
        "conversation_id": conversation_id,
        "state_sealed": tx.cipher.seal(state, _STATE, call.id),
        "reply_sealed": tx.cipher.seal(reply, _REPLY, call.id),
        "updated": at,
    }
    tx.connection.execute(mine.values(**changed))
    return _call(tx, tx.connection.execute(select(CallRow).where(CallRow.id == call.id)).one())


def forget(tx: Transaction, before: datetime) -> int:
    """Drop calls that nothing was heard of since ``before``. Returns how many. What was said in them is in the draft."""
    return int(tx.connection.execute(delete(CallRow).where(CallRow.updated < before)).rowcount)


KEPT = timedelta(days=2)
"""How long a call is remembered after it: for requests that come late, and no longer."""


def _hashes(tx: Transaction, sid: str) -> tuple[str, ...]:
    return tx.cipher.lookups("call", sid)


def _call(tx: Transaction, row: Row[Any]) -> Call:
    return Call(
        id=row.id,
        conversation_id=row.conversation_id,
        turn=row.turn,
        state=tx.cipher.open(row.state_sealed, _STATE, row.id),
        reply=tx.cipher.open(row.reply_sealed, _REPLY, row.id),
    )
