"""Replies by Idempotency-Key: a request that is sent twice gets its first reply again.

Look and keep while holding the draft's turn (``leases``): a repeat that comes while the first is under way then waits.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.database import Transaction
from bot.store.tables import ReplyRow

KEPT_FOR = timedelta(hours=24)


class KeyReused(ValueError):  # noqa: N818
    """The same Idempotency-Key came with a different request."""


def find(tx: Transaction, conversation_id: str, key: str, request: str, *, now: datetime) -> str | None:
    """The reply first given to this key, or None. Raises KeyReused when ``request`` is not the one it was given to."""
    row = tx.session.scalar(
        select(ReplyRow).where(
            ReplyRow.conversation_id == conversation_id,
            ReplyRow.key_hash.in_(tx.cipher.lookups("reply key", key)),
            ReplyRow.expires > now,
        )
    )
    if row is None:
        return None
    if not any(hmac.compare_digest(row.request_hash, hash_) for hash_ in tx.cipher.lookups("reply request", request)):
        raise KeyReused("this Idempotency-Key was used for another request")
    return tx.cipher.open(row.response_sealed, "replies.response", f"{conversation_id}/{row.key_hash}")


def keep(tx: Transaction, conversation_id: str, key: str, request: str, response: str, *, at: datetime) -> None:
    """Remember the reply to this key for a day. What has run out is dropped."""
    key_hash = tx.cipher.lookup("reply key", key)
    tx.session.execute(delete(ReplyRow).where(ReplyRow.expires <= at))
    tx.session.merge(
        ReplyRow(
            conversation_id=conversation_id,
            key_hash=key_hash,
            request_hash=tx.cipher.lookup("reply request", request),
            response_sealed=tx.cipher.seal(response, "replies.response", f"{conversation_id}/{key_hash}"),
            at=at,
            expires=at + KEPT_FOR,
        )
    )
