"""Messages in and out, word for word and encrypted, in the order of their draft.

A message that came in is ``pending`` until it has changed its draft (``applied``), or is known not to (``kept``: a
question, or words typed before their sender saw the current question). Messages out are ``kept``.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select, update

from bot.store.conversations import Conversation
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.tables import MessageRow

_BY_KEY = select(MessageRow).where(
    MessageRow.conversation_id == bindparam("conversation_id"),
    MessageRow.key_hash.in_(bindparam("hashes", expanding=True)),
)
_PENDING = (
    select(MessageRow)
    .where(MessageRow.draft_id == bindparam("draft_id"), MessageRow.state == "pending")
    .order_by(MessageRow.seq)
)
_MARK = (
    update(MessageRow)
    .where(MessageRow.id == bindparam("message_id"), MessageRow.state == "pending")
    .values(state=bindparam("new_state"))
)

Direction = Literal["in", "out"]
MessageState = Literal["pending", "applied", "kept"]


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message. ``body`` is JSON, opaque to this room."""

    id: str
    conversation_id: str
    draft_id: str
    seq: int
    """From 1, without gaps, over all conversations of a draft."""
    direction: Direction
    state: MessageState
    body: str
    at: datetime


def append_in(
    tx: Transaction, conversation: Conversation, *, body: str, at: datetime, idempotency_key: str | None = None
) -> StoredMessage:
    """Keep what a person sent, as pending. A repeat with the same key finds the first one and adds nothing."""
    lock_draft(tx, conversation.draft_id)
    key_hash = None
    if idempotency_key is not None:
        hashes = tx.cipher.lookups(f"message key {conversation.id}", idempotency_key)
        first = tx.connection.execute(_BY_KEY, {"conversation_id": conversation.id, "hashes": hashes}).first()
        if first is not None:
            return _message(tx, first)
        key_hash = hashes[0]
    return _append(tx, conversation, "in", "pending", [body], at, key_hash)[0]


def append_out(
    tx: Transaction, conversation: Conversation, bodies: Sequence[str], *, at: datetime
) -> tuple[StoredMessage, ...]:
    """Keep what was said to a person, in order."""
    if not bodies:
        return ()
    lock_draft(tx, conversation.draft_id)
    return _append(tx, conversation, "out", "kept", bodies, at, None)


def get(tx: Transaction, message_id: str) -> StoredMessage | None:
    """The message with this id, or None."""
    row = tx.connection.execute(select(MessageRow).where(MessageRow.id == message_id)).first()
    return None if row is None else _message(tx, row)


def transcript(
    tx: Transaction, draft_id: str, *, after: int = 0, limit: int | None = None
) -> tuple[StoredMessage, ...]:
    """What was said, in order, from all conversations of a draft; a page begins after number ``after``.

    Its cost grows with the conversation: for showing a page, never within a turn.
    """
    query = select(MessageRow).where(MessageRow.draft_id == draft_id, MessageRow.seq > after)
    return tuple(_message(tx, row) for row in tx.connection.execute(query.order_by(MessageRow.seq).limit(limit)))


def pending(tx: Transaction, draft_id: str) -> tuple[StoredMessage, ...]:
    """Messages that came in and have not been dealt with, in order."""
    return tuple(_message(tx, row) for row in tx.connection.execute(_PENDING, {"draft_id": draft_id}))


def mark_applied(tx: Transaction, message_id: str) -> None:
    """The message has changed its draft. ``drafts.save`` does this by itself for the message it is given."""
    _mark(tx, message_id, "applied")


def mark_kept(tx: Transaction, message_id: str) -> None:
    """The message is on record and changes nothing. One that was applied stays applied."""
    _mark(tx, message_id, "kept")


def reword(tx: Transaction, message_id: str, body: str) -> None:
    """Keep a message in other words: something in it (a number, a PIN) must not stay in the transcript."""
    sealed = tx.cipher.seal(body, "messages.body", message_id)
    tx.connection.execute(update(MessageRow).where(MessageRow.id == message_id).values(body_sealed=sealed))


def _mark(tx: Transaction, message_id: str, state: MessageState) -> None:
    tx.connection.execute(_MARK, {"message_id": message_id, "new_state": state})


def _append(
    tx: Transaction,
    conversation: Conversation,
    direction: Direction,
    state: MessageState,
    bodies: Sequence[str],
    at: datetime,
    key_hash: str | None,
) -> tuple[StoredMessage, ...]:
    first = next_seq(tx, MessageRow, conversation.draft_id)
    added = tuple(
        StoredMessage(
            id=secrets.token_urlsafe(16),
            conversation_id=conversation.id,
            draft_id=conversation.draft_id,
            seq=seq,
            direction=direction,
            state=state,
            body=body,
            at=at,
        )
        for seq, body in enumerate(bodies, start=first)
    )
    rows = [
        {
            "id": message.id,
            "conversation_id": message.conversation_id,
            "draft_id": message.draft_id,
            "seq": message.seq,
            "direction": message.direction,
            "state": message.state,
            "body_sealed": tx.cipher.seal(message.body, "messages.body", message.id),
            "key_hash": key_hash,
            "at": message.at,
        }
        for message in added
    ]
    add(tx, MessageRow, *rows)
    return added


def _message(tx: Transaction, row: Row[Any]) -> StoredMessage:
    return StoredMessage(
        id=row.id,
        conversation_id=row.conversation_id,
        draft_id=row.draft_id,
        seq=row.seq,
        direction=cast(Direction, row.direction),
        state=cast(MessageState, row.state),
        body=tx.cipher.open(row.body_sealed, "messages.body", row.id),
        at=row.at,
    )
