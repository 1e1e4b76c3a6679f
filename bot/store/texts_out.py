"""Messages on their way to people's phones.

Each is queued once, claimed before it is sent, and the replies to one number go out in order. A sender that dies, or a provider that
does not say whether it took a message, leaves it ``unsure``: it is not sent again before the provider was asked, or has
had time to report it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import Row, Select, Update, bindparam, exists, func, select, update
from sqlalchemy.orm import aliased

from bot.store.channel_tables import TextOutRow
from bot.store.database import Transaction, add

Purpose = Literal["reply", "opt_out"]
"""opt_out: the one message that says that no more will come."""
State = Literal["queued", "sending", "unsure", "sent", "delivered", "failed", "withdrawn"]
OPEN: tuple[State, ...] = ("queued", "sending", "unsure")
_SEEN: tuple[State, ...] = ("sending", "unsure", "sent", "delivered")
_SEALED = "channel_out.body"


def _due() -> Select[TextOutRow]:
    earlier = aliased(TextOutRow)
    waits_its_turn = exists().where(
        earlier.number_id == TextOutRow.number_id,
        earlier.id < TextOutRow.id,
        earlier.state.in_(OPEN),
    )
    due = select(TextOutRow).where(TextOutRow.state.in_(OPEN), TextOutRow.next_try <= bindparam("now"), ~waits_its_turn)
    return due.order_by(TextOutRow.next_try, TextOutRow.id).limit(1)


def _change(*states: State) -> Update:
    """Of one message that is in one of these states."""
    return update(TextOutRow).where(TextOutRow.id == bindparam("the_id"), TextOutRow.state.in_(states))


# Built once, as in the store's other files: every message asks for all of these, and an idle sender for the first each
# second.
_DUE = _due()
_CLAIM = _DUE.with_for_update(of=TextOutRow, skip_locked=True)
_SAME = select(TextOutRow.id).where(TextOutRow.cause == bindparam("cause"), TextOutRow.part == bindparam("part"))
_OF_NUMBER = TextOutRow.number_id == bindparam("number_id")
_QUEUED_SINCE = select(func.count()).where(
    _OF_NUMBER, TextOutRow.created > bindparam("since"), TextOutRow.state.not_in(("failed", "withdrawn"))
)
_SAME_SINCE = _QUEUED_SINCE.where(TextOutRow.body_hash == bindparam("body_hash"))
_SHOWN = (
    select(TextOutRow.place)
    .where(_OF_NUMBER, TextOutRow.state.in_(_SEEN), TextOutRow.place.is_not(None))
    .order_by(TextOutRow.id.desc())
    .limit(1)
)
_WAITS = select(TextOutRow.id).where(_OF_NUMBER, TextOutRow.state.in_(OPEN)).limit(1)
_SENDING = update(TextOutRow).where(TextOutRow.id == bindparam("the_id"))
_SETTLED, _PUT_BACK = _change(*OPEN), _change("sending")


@dataclass(frozen=True, slots=True)
class TextOut:
    """One message to one number."""

    id: int
    reference: str
    """Our own name for it, which the provider is given."""
    number_id: str
    purpose: Purpose
    body: str | None
    """JSON that this room does not read; None once it is settled."""
    place: str | None
    """Where it leaves its reader (:mod:`bot.gateway.place`)."""
    state: State
    reason: str | None
    """Why it failed or was withdrawn, as a short code."""
    was: State
    """Its state before it was claimed: "sending" and "unsure" mean that it may have gone out."""
    tries: int
    created: datetime


def queue(
    tx: Transaction,
    *,
    number_id: str,
    cause: str,
    part: int,
    purpose: Purpose,
    body: str,
    place: str | None,
    at: datetime,
    due: datetime,
) -> bool:
    """Add a message, to be sent from ``due`` on. False, and nothing is added, when ``cause`` and ``part`` were before."""
    if tx.connection.execute(_SAME, {"cause": cause, "part": part}).first() is not None:
        return False
    row = {
        "reference": secrets.token_urlsafe(16),
        "number_id": number_id,
        "cause": cause,
        "part": part,
        "purpose": purpose,
        "body_sealed": tx.cipher.seal(body, _SEALED, number_id),
        "body_hash": _body_hash(tx, number_id, body),
        "place": place,
        "state": "queued",
        "reason": None,
        "provider_hash": None,
        "tries": 0,
        "next_try": due,
        "created": at,
        "settled": None,
    }
    add(tx, TextOutRow, row)
    return True


def queued_since(tx: Transaction, number_id: str, since: datetime, body: str | None = None) -> int:
    """How many messages a number was sent, or is to be sent, since then; with ``body`` only those that say the same."""
    values: dict[str, object] = {"number_id": number_id, "since": since}
    if body is None:
        return tx.connection.scalar(_QUEUED_SINCE, values) or 0
    return tx.connection.scalar(_SAME_SINCE, values | {"body_hash": _body_hash(tx, number_id, body)}) or 0


def shown_to(tx: Transaction, number_id: str) -> str | None:
    """Where the last message that a number may have seen has left its reader."""
    return tx.connection.scalar(_SHOWN, {"number_id": number_id})


def waits(tx: Transaction, number_id: str) -> bool:
    """Whether anything is on its way to a number."""
    return tx.connection.execute(_WAITS, {"number_id": number_id}).first() is not None


def is_due(tx: Transaction, now: datetime) -> bool:
    """Whether anything is to be sent now."""
    return tx.connection.execute(_DUE, {"now": now}).first() is not None


def claim(tx: Transaction, now: datetime, seconds: float) -> TextOut | None:
    """The message that is due longest, from now on being sent; it is due again in ``seconds``. None when none is due."""
    row = tx.connection.execute(_CLAIM, {"now": now}).first()
    if row is None:
        return None
    values = {"state": "sending", "tries": row.tries + 1, "next_try": now + timedelta(seconds=seconds)}
    tx.connection.execute(_SENDING, {"the_id": row.id} | values)
    return _text(tx, row, was=row.state, state="sending", tries=row.tries + 1)


def accepted(tx: Transaction, text_id: int, provider_id: str | None, *, at: datetime) -> None:
    """The provider has taken it. Its words are deleted."""
    values: dict[str, object] = {"the_id": text_id, "state": "sent", "settled": at, "body_sealed": None}
    if provider_id is not None:
        values["provider_hash"] = tx.cipher.lookup("provider id out", provider_id)
    tx.connection.execute(_SETTLED, values)


def put_back(tx: Transaction, text_id: int, state: Literal["queued", "unsure"], due: datetime) -> None:
    """It is to be tried again from ``due`` on; "unsure": it may have gone out."""
    tx.connection.execute(_PUT_BACK, {"the_id": text_id, "state": state, "next_try": due})


def give_up(tx: Transaction, text_id: int, state: Literal["failed", "withdrawn"], reason: str, *, at: datetime) -> None:
    """It will not be sent. Its words are deleted."""
    values = {"the_id": text_id, "state": state, "reason": reason, "settled": at, "body_sealed": None}
    tx.connection.execute(_SETTLED, values)


def withdraw_all(tx: Transaction, number_id: str, reason: str, *, at: datetime) -> None:
    """Nothing that waits for a number is sent."""
    mine = update(TextOutRow).where(TextOutRow.number_id == number_id, TextOutRow.state.in_(("queued", "unsure")))
    tx.connection.execute(mine.values(state="withdrawn", reason=reason, settled=at, body_sealed=None))


def report(
    tx: Transaction,
    became: Literal["sent", "delivered", "failed"],
    *,
    provider_id: str | None = None,
    reference: str | None = None,
    reason: str | None = None,
    at: datetime,
) -> bool:
    """A provider says what became of a message, which is known by its id or by our reference. In any order, any number
    of times: what was delivered stays delivered. False when there is no such message."""
    named = TextOutRow.reference == reference
    if reference is None:
        named = TextOutRow.provider_hash.in_(tx.cipher.lookups("provider id out", provider_id or ""))
    row = tx.connection.execute(select(TextOutRow.id, TextOutRow.state).where(named)).first()
    if row is None:
        return False
    may_follow = {"sent": OPEN, "delivered": (*OPEN, "sent", "failed"), "failed": (*OPEN, "sent")}[became]
    if row.state in may_follow:
        values = {"state": became, "reason": reason, "settled": at, "body_sealed": None}
        tx.connection.execute(update(TextOutRow).where(TextOutRow.id == row.id).values(values))
    return True


def of_number(tx: Transaction, number_id: str) -> tuple[TextOut, ...]:
    """All that was queued for a number, oldest first."""
    rows = tx.connection.execute(select(TextOutRow).where(TextOutRow.number_id == number_id).order_by(TextOutRow.id))
    return tuple(_text(tx, row, was=row.state, state=row.state, tries=row.tries) for row in rows)


def _body_hash(tx: Transaction, number_id: str, body: str) -> str:
    return tx.cipher.lookup(f"text to {number_id}", body)


def _text(tx: Transaction, row: Row[Any], *, was: str, state: State, tries: int) -> TextOut:
    return TextOut(
        id=row.id,
        reference=row.reference,
        number_id=row.number_id,
        purpose=cast(Purpose, row.purpose),
        body=None if row.body_sealed is None else tx.cipher.open(row.body_sealed, _SEALED, row.number_id),
        place=row.place,
        state=state,
        reason=row.reason,
        was=cast(State, was),
        tries=tries,
        created=row.created,
    )
