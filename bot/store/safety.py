"""Safety events: something was said that a person must look at, and whether somebody has. Ids only, never the words."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select, update

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft
from bot.store.tables import SafetyEventRow

AlertState = Literal["none", "waiting", "picked_up"]
"""none: nobody needs to be told (GREEN). waiting: an alert that no person has picked up yet."""


_LEVELS = select(SafetyEventRow.level).where(SafetyEventRow.draft_id == bindparam("draft_id")).distinct()
_LOCK = select(SafetyEventRow).where(SafetyEventRow.id == bindparam("id")).with_for_update()
_CHANGE = update(SafetyEventRow).where(SafetyEventRow.id == bindparam("the_id"))


class NoSuchEvent(LookupError):  # noqa: N818
    """No safety event has this id."""


@dataclass(frozen=True, slots=True)
class SafetyEvent:
    """One rule that one message met."""

    id: str
    draft_id: str
    message_id: str
    level: str
    rule_id: str
    text_id: str
    """Which fixed text was said."""
    at: datetime
    alert: AlertState
    picked_up_by: str | None
    picked_up_at: datetime | None


def record(
    tx: Transaction,
    *,
    draft_id: str,
    message_id: str,
    level: str,
    rule_id: str,
    text_id: str,
    alert: AlertState,
    at: datetime,
) -> SafetyEvent:
    """Keep an event. The same rule on the same message is one event, however often it is screened."""
    lock_draft(tx, draft_id)
    same = select(SafetyEventRow).where(SafetyEventRow.message_id == message_id, SafetyEventRow.rule_id == rule_id)
    known = tx.connection.execute(same).first()
    if known is not None:
        return _event(known)
    event = SafetyEvent(
        id=secrets.token_urlsafe(16),
        draft_id=draft_id,
        message_id=message_id,
        level=level,
        rule_id=rule_id,
        text_id=text_id,
        at=at,
        alert=alert,
        picked_up_by=None,
        picked_up_at=None,
    )
    add(tx, SafetyEventRow, asdict(event))
    detail = {"event": event.id, "level": level, "rule": rule_id, "text": text_id, "message": message_id}
    audit.note(tx, at=at, actor="safety", action="safety.raised", subject=draft_id, detail=detail)
    return event


def of_draft(tx: Transaction, draft_id: str) -> tuple[SafetyEvent, ...]:
    """Every event of a draft, oldest first."""
    query = select(SafetyEventRow).where(SafetyEventRow.draft_id == draft_id)
    return tuple(_event(row) for row in tx.connection.execute(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def levels_raised(tx: Transaction, draft_id: str) -> frozenset[str]:
    """The different levels raised so far; which is the highest is for the safety room to say."""
    return frozenset(tx.connection.scalars(_LEVELS, {"draft_id": draft_id}))


def waiting(tx: Transaction) -> tuple[SafetyEvent, ...]:
    """Alerts that nobody has picked up, oldest first."""
    query = select(SafetyEventRow).where(SafetyEventRow.alert == "waiting")
    return tuple(_event(row) for row in tx.connection.execute(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def pick_up(tx: Transaction, event_id: str, *, by: str, at: datetime) -> SafetyEvent:
    """A named person takes the alert. The first one stays: a second call changes nothing. Raises NoSuchEvent."""
    row = tx.connection.execute(_LOCK, {"id": event_id}).first()
    if row is None:
        raise NoSuchEvent(event_id)
    event = _event(row)
    if event.alert != "waiting":
        return event
    taken = replace(event, alert="picked_up", picked_up_by=by, picked_up_at=at)
    changed = {"alert": taken.alert, "picked_up_by": by, "picked_up_at": at}
    tx.connection.execute(_CHANGE, {"the_id": event_id, **changed})
    audit.note(tx, at=at, actor=by, action="safety.picked_up", subject=event.draft_id, detail={"event": event_id})
    return taken


def _event(row: Row[Any]) -> SafetyEvent:
    return SafetyEvent(
        id=row.id,
        draft_id=row.draft_id,
        message_id=row.message_id,
        level=row.level,
        rule_id=row.rule_id,
        text_id=row.text_id,
        at=row.at,
        alert=cast(AlertState, row.alert),
        picked_up_by=row.picked_up_by,
        picked_up_at=row.picked_up_at,
    )
