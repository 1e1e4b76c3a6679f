"""Replies by Idempotency-Key: a request that is sent twice gets its first reply again.

Look and keep while holding the draft's turn (``leases``): a repeat that comes while the first is under way then waits.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, or_, select, tuple_

from bot.store.database import Transaction, add
from bot.store.tables import ReplyRow

KEPT_FOR = timedelta(hours=24)

_FIND = select(ReplyRow).where(
    ReplyRow.conversation_id == bindparam("conversation_id"),
    ReplyRow.key_hash.in_(bindparam("hashes", expanding=True)),
    ReplyRow.expires > bindparam("now"),
)
# A few at a time, so that a turn after a busy day costs no more than any other; and never one that another turn is
# dropping, so that two turns cannot wait for each other.
_RUN_OUT = (
    select(ReplyRow.conversation_id, ReplyRow.key_hash)
    .where(ReplyRow.expires <= bindparam("now"))
    .limit(20)
    .with_for_update(skip_locked=True)
)
_MINE = and_(ReplyRow.conversation_id == bindparam("conversation_id"), ReplyRow.key_hash == bindparam("key_hash"))
_DROP = delete(ReplyRow).where(or_(_MINE, tuple_(ReplyRow.conversation_id, ReplyRow.key_hash).in_(_RUN_OUT)))


class KeyReused(ValueError):
    """The same Idempotency-Key came with a different request."""


def find(tx: Transaction, conversation_id: str, key: str, request: str, *, now: datetime) -> str | None:
    """The reply first given to this key, or None. Raises KeyReused when ``request`` is not the one it was given to."""
    hashes = tx.cipher.lookups("reply key", key)
    row = tx.connection.execute(_FIND, {"conversation_id": conversation_id, "hashes": hashes, "now": now}).first()
    if row is None:
        return None
    if not any(hmac.compare_digest(row.request_hash, hash_) for hash_ in tx.cipher.lookups("reply request", request)):
        raise KeyReused("this Idempotency-Key was used for another request")
    return tx.cipher.open(row.response_sealed, "replies.response", f"{conversation_id}/{row.key_hash}")


def keep(tx: Transaction, conversation_id: str, key: str, request: str, response: str, *, at: datetime) -> None:
    """Remember the reply to this key for a day. What has run out is dropped, a little at a time."""
    key_hash = tx.cipher.lookup("reply key", key)
    tx.connection.execute(_DROP, {"conversation_id": conversation_id, "key_hash": key_hash, "now": at})
    reply = {
        "conversation_id": conversation_id,
        "key_hash": key_hash,
        "request_hash": tx.cipher.lookup("reply request", request),
        "response_sealed": tx.cipher.seal(response, "replies.response", f"{conversation_id}/{key_hash}"),
        "at": at,
        "expires": at + KEPT_FOR,
    }
    add(tx, ReplyRow, reply)
