"""Who writes to us by text: a number, or an opaque id, known by its keyed hash, and the conversation it is in.

A number says nothing about who holds the phone. A new one gets a new conversation; to go on with a draft that was begun
elsewhere takes its reference and PIN.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, exists, func, or_, select, text, update

from bot.store.channel_tables import InboundRow, NumberRow
from bot.store.conversations import Conversation, NoSuchConversation, get
from bot.store.database import Transaction, add
from bot.store.pins import FIRST_MEMBER
from bot.store.tables import MemberRow

_STATE = "channel_numbers.state"

# Built once: every message asks for all of these, and an idle answerer each second whether one waits.
_BY_ADDRESS = (
    select(NumberRow)
    .where(NumberRow.door == bindparam("door"), NumberRow.address_hash.in_(bindparam("hashes", expanding=True)))
    .with_for_update()
)
_BY_ID = select(NumberRow).where(NumberRow.id == bindparam("id"))
_CHANGE = update(NumberRow).where(NumberRow.id == bindparam("the_id"))
_PENDING = and_(InboundRow.number_id == NumberRow.id, InboundRow.state == "pending")
_FREE = or_(NumberRow.until.is_(None), NumberRow.until <= bindparam("now"))
_WAITS = select(NumberRow.id).where(exists().where(_PENDING), _FREE).limit(1)
_LONGEST = (
    select(NumberRow.id)
    .join(InboundRow, _PENDING)
    .where(_FREE)
    .group_by(NumberRow.id)
    .order_by(func.min(InboundRow.id))
    .limit(5)
)
_TAKE = _CHANGE.where(_FREE)
_GIVE_BACK = _CHANGE.where(NumberRow.holder == bindparam("me"))


@dataclass(frozen=True, slots=True)
class Number:
    """Somebody at one door (a provider and channel, such as "notify")."""

    id: str
    door: str
    address: str
    """What the provider sends to: a telephone number in international form, or an id of its own."""
    conversation_id: str | None
    """None before they have been answered."""
    state: str | None
    """JSON that this room does not read: what else could be said to them, what they are in the middle of."""
    written: datetime
    """When they last wrote."""


def one_at_a_time(tx: Transaction, door: str, address: str) -> None:
    """Until the transaction ends, nothing else is recorded of this number: one message brought twice at once is one."""
    # SQLite has one writer anyway.
    if tx.connection.dialect.name == "postgresql":
        lock = tx.cipher.lookup(f"number {door}", address)
        tx.connection.execute(text("SELECT pg_advisory_xact_lock(7373739, hashtext(:name))"), {"name": lock})


def found(tx: Transaction, door: str, address: str, *, at: datetime) -> Number:
    """The number, made when it is new; ``at`` is when it wrote."""
    hashes = tx.cipher.lookups(f"number {door}", address)
    row = tx.connection.execute(_BY_ADDRESS, {"door": door, "hashes": hashes}).first()
    if row is not None:
        if row.written < at:
            tx.connection.execute(_CHANGE, {"the_id": row.id, "written": at})
        return get_number(tx, row.id)
    number_id = secrets.token_urlsafe(16)
    add(
        tx,
        NumberRow,
        {
            "id": number_id,
            "door": door,
            "address_hash": hashes[0],
            "address_sealed": tx.cipher.seal(address, "channel_numbers.address", number_id),
            "conversation_id": None,
            "state_sealed": None,
            "written": at,
            "holder": None,
            "until": None,
            "created": at,
        },
    )
    return get_number(tx, number_id)


def get_number(tx: Transaction, number_id: str) -> Number:
    """The number with this id, which must be there."""
    return _number(tx, tx.connection.execute(_BY_ID, {"id": number_id}).one())


def conversation_of(tx: Transaction, number: Number) -> Conversation | None:
    """The conversation a number is in; None for a new one, and for somebody whose own code was withdrawn."""
    if number.conversation_id is None:
        return None
    try:
        conversation = get(tx, number.conversation_id)
    except NoSuchConversation:
        return None
    if conversation.member == FIRST_MEMBER:
        return conversation
    may_come_in = select(MemberRow.member_id).where(
        MemberRow.draft_id == conversation.draft_id,
        MemberRow.member_id == conversation.member,
        MemberRow.code_hash.is_not(None),
    )
    return conversation if tx.connection.execute(may_come_in).first() is not None else None


def joins(tx: Transaction, number_id: str, conversation_id: str | None) -> None:
    """From now on the number talks in this conversation; None: in none, so that its next message begins a new one."""
    tx.connection.execute(_CHANGE, {"the_id": number_id, "conversation_id": conversation_id})


def remember(tx: Transaction, number_id: str, state: str | None) -> None:
    """Keep what :attr:`Number.state` says, sealed."""
    sealed = None if state is None else tx.cipher.seal(state, _STATE, number_id)
    tx.connection.execute(_CHANGE, {"the_id": number_id, "state_sealed": sealed})


def claim(tx: Transaction, holder: str, seconds: float, now: datetime) -> str | None:
    """Take the number whose message waits longest and is nobody's work. Its id, or None when nothing waits."""
    values = {"now": now, "holder": holder, "until": now + timedelta(seconds=seconds)}
    for (number_id,) in tx.connection.execute(_LONGEST, {"now": now}).all():
        done = tx.connection.execute(_TAKE, {"the_id": number_id} | values)
        if done.rowcount:
            return str(number_id)
    return None


def waits(tx: Transaction, now: datetime) -> bool:
    """Whether a message waits that is nobody's work."""
    return tx.connection.execute(_WAITS, {"now": now}).first() is not None


def forget_nobodys(tx: Transaction, before: datetime) -> None:
    """Delete numbers that are in no conversation (they wrote STOP first, say) and have not written since then."""
    silent = NumberRow.conversation_id.is_(None), NumberRow.written < before
    tx.connection.execute(delete(NumberRow).where(*silent))


def is_claimed(tx: Transaction, number_id: str) -> bool:
    """Whether somebody deals with a message of this number now."""
    claimed = select(NumberRow.id).where(NumberRow.id == number_id, NumberRow.holder.is_not(None))
    return tx.connection.execute(claimed).first() is not None


def give_back(tx: Transaction, number_id: str, holder: str, *, until: datetime | None = None) -> None:
    """The number's messages are nobody's work any more; ``until``: but wait that long for another try."""
    tx.connection.execute(_GIVE_BACK, {"the_id": number_id, "me": holder, "holder": None, "until": until})


def _number(tx: Transaction, row: Row[Any]) -> Number:
    return Number(
        id=row.id,
        door=row.door,
        address=tx.cipher.open(row.address_sealed, "channel_numbers.address", row.id),
        conversation_id=row.conversation_id,
        state=None if row.state_sealed is None else tx.cipher.open(row.state_sealed, _STATE, row.id),
        written=row.written,
    )
