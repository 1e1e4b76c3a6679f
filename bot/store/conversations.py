"""Conversations: one device or channel of one member that talks about a draft, known by its token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select, update

from bot.store import audit
from bot.store.database import Transaction, add
from bot.store.pins import FIRST_MEMBER
from bot.store.tables import ConversationRow, MemberRow

_BY_ID = select(ConversationRow).where(ConversationRow.id == bindparam("id"))
_WHO = and_(MemberRow.draft_id == ConversationRow.draft_id, MemberRow.member_id == ConversationRow.member)
_BY_TOKEN = (
    select(ConversationRow)
    .outerjoin(MemberRow, _WHO)
    .where(
        ConversationRow.token_hash == bindparam("token_hash"),
        or_(ConversationRow.member == FIRST_MEMBER, MemberRow.code_hash.is_not(None)),
    )
)
_SHOWN = update(ConversationRow).where(ConversationRow.id == bindparam("the_id"))


class NoSuchConversation(LookupError):
    """No conversation has this id or token."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One way into a draft."""

    id: str
    draft_id: str
    channel: str
    language: str
    shown_step: str | None
    """The step this device was shown last: what is typed here is about that step, whatever another device did since."""
    created: datetime
    member: str
    """Who talks: "m1" is the one who began, the others are in ``members``."""


def open_conversation(
    tx: Transaction,
    draft_id: str,
    *,
    channel: str,
    language: str,
    actor: str,
    at: datetime,
    member: str = FIRST_MEMBER,
) -> tuple[Conversation, str]:
    """A new conversation and its token (256 random bits). The token is returned once and kept only as a hash."""
    token = secrets.token_urlsafe(32)
    conversation = Conversation(secrets.token_urlsafe(16), draft_id, channel, language, None, at, member)
    row = {
        "id": conversation.id,
        "draft_id": draft_id,
        "token_hash": _hash(token),
        "channel": channel,
        "language": language,
        "shown_step": None,
        "created": at,
        "member": member,
    }
    add(tx, ConversationRow, row)
    detail = {"conversation": conversation.id, "channel": channel, "member": member}
    audit.note(tx, at=at, actor=actor, action="conversation.opened", subject=draft_id, detail=detail)
    return conversation, token


def authenticate(tx: Transaction, token: str) -> Conversation:
    """The conversation this token opens. Raises NoSuchConversation, also once its member's code was withdrawn."""
    return _found(tx.connection.execute(_BY_TOKEN, {"token_hash": _hash(token)}).first())


def get(tx: Transaction, conversation_id: str) -> Conversation:
    """The conversation with this id; it says nothing about who asks. Raises NoSuchConversation."""
    return _found(tx.connection.execute(_BY_ID, {"id": conversation_id}).first())


def shown(tx: Transaction, conversation_id: str, step: str | None) -> None:
    """Remember which step this conversation was shown last. Raises NoSuchConversation."""
    changed = tx.connection.execute(_SHOWN, {"the_id": conversation_id, "shown_step": step})
    if changed.rowcount == 0:
        raise NoSuchConversation(conversation_id)


def _hash(token: str) -> str:
    # A plain hash is enough: 256 random bits cannot be guessed from it.
    return hashlib.sha256(token.encode()).hexdigest()


def _found(row: Row[Any] | None) -> Conversation:
    if row is None:
        raise NoSuchConversation("no conversation has this id or token")
    return _conversation(row)


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.id, row.draft_id, row.channel, row.language, row.shown_step, row.created, row.member)
