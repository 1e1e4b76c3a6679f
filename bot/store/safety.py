"""Safety events: something was said that a person must look at, and whether somebody has. Ids only, never the words."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select, update

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft
from bot.store.tables import DeliveryRow, DraftRow, SafetyEventRow
from bot.store.visibility import Viewer, visible

AlertState = Literal["none", "waiting", "picked_up"]
"""none: nobody needs to be told (GREEN). waiting: an alert that no person has picked up yet."""

Urgency = Literal["immediate", "same_day"]
"""How soon a person must look. It means nothing when ``alert`` is "none"."""

_LEVELS = select(SafetyEventRow.level).where(SafetyEventRow.draft_id == bindparam("draft_id")).distinct()
_LOCK = select(SafetyEventRow).where(SafetyEventRow.id == bindparam("id")).with_for_update()
_CHANGE = update(SafetyEventRow).where(SafetyEventRow.id == bindparam("the_id"))
_WITHDRAW = (
    update(DeliveryRow)
    .where(DeliveryRow.event_id == bindparam("the_event"), DeliveryRow.state == "queued")
    .values(state="withdrawn", settled=bindparam("at"))
)
_NOTE = "safety_events.note"


class NoSuchEvent(LookupError):
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
    urgency: Urgency
    picked_up_by: str | None
    picked_up_at: datetime | None
    note: str | None = None
    """What the person wrote who picked it up; encrypted in the store."""


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
    urgency: Urgency = "immediate",
) -> SafetyEvent:
    """Keep an event. The same rule on the same message is one event, however often it is screened."""
    lock_draft(tx, draft_id)
    same = select(SafetyEventRow).where(SafetyEventRow.message_id == message_id, SafetyEventRow.rule_id == rule_id)
    known = tx.connection.execute(same).first()
    if known is not None:
        return _event(tx, known)
    event = SafetyEvent(
        id=secrets.token_urlsafe(16),
        draft_id=draft_id,
        message_id=message_id,
        level=level,
        rule_id=rule_id,
        text_id=text_id,
        at=at,
        alert=alert,
        urgency=urgency,
        picked_up_by=None,
        picked_up_at=None,
    )
    add(tx, SafetyEventRow, {name: value for name, value in asdict(event).items() if name != "note"})
    detail = {"event": event.id, "level": level, "rule": rule_id, "text": text_id, "message": message_id}
    audit.note(tx, at=at, actor="safety", action="safety.raised", subject=draft_id, detail=detail)
    return event


def of_draft(tx: Transaction, draft_id: str) -> tuple[SafetyEvent, ...]:
    """Every event of a draft, oldest first."""
    query = select(SafetyEventRow).where(SafetyEventRow.draft_id == draft_id)
    return tuple(_event(tx, row) for row in tx.connection.execute(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def levels_raised(tx: Transaction, draft_id: str) -> frozenset[str]:
    """The different levels raised so far; which is the highest is for the safety room to say."""
    return frozenset(tx.connection.scalars(_LEVELS, {"draft_id": draft_id}))


def waiting(tx: Transaction, viewer: Viewer | None = None) -> tuple[SafetyEvent, ...]:
    """Alerts that nobody has picked up, oldest first; with a viewer, those about drafts that they may see."""
    query = select(SafetyEventRow).where(SafetyEventRow.alert == "waiting")
    if viewer is not None:
        query = query.where(SafetyEventRow.draft_id.in_(select(DraftRow.id).where(visible(viewer))))
    return tuple(_event(tx, row) for row in tx.connection.execute(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def picked_up(tx: Transaction, viewer: Viewer | None = None, *, limit: int) -> tuple[SafetyEvent, ...]:
    """Alerts that somebody has picked up, the last one first; with a viewer, those about drafts that they may see."""
    query = select(SafetyEventRow).where(SafetyEventRow.alert == "picked_up")
    if viewer is not None:
        query = query.where(SafetyEventRow.draft_id.in_(select(DraftRow.id).where(visible(viewer))))
    query = query.order_by(SafetyEventRow.picked_up_at.desc(), SafetyEventRow.id).limit(limit)
    return tuple(_event(tx, row) for row in tx.connection.execute(query))


def get(tx: Transaction, event_id: str) -> SafetyEvent:
    """The event with this id. Raises NoSuchEvent."""
    row = tx.connection.execute(select(SafetyEventRow).where(SafetyEventRow.id == event_id)).first()
    if row is None:
        raise NoSuchEvent(event_id)
    return _event(tx, row)


def pick_up(tx: Transaction, event_id: str, *, by: str, at: datetime, note: str | None = None) -> SafetyEvent:
    """A named person takes the alert, and nobody is told of it any more.

    The first one stays: a second call changes nothing. Raises NoSuchEvent.
    """
    row = tx.connection.execute(_LOCK, {"id": event_id}).first()
    if row is None:
        raise NoSuchEvent(event_id)
    event = _event(tx, row)
    if event.alert != "waiting":
        return event
    taken = replace(event, alert="picked_up", picked_up_by=by, picked_up_at=at, note=note)
    changed = {
        "alert": taken.alert,
        "picked_up_by": by,
        "picked_up_at": at,
        "note_sealed": None if note is None else tx.cipher.seal(note, _NOTE, event_id),
    }
    tx.connection.execute(_CHANGE, {"the_id": event_id, **changed})
    tx.connection.execute(_WITHDRAW, {"the_event": event_id, "at": at})
    audit.note(tx, at=at, actor=by, action="safety.picked_up", subject=event.draft_id, detail={"event": event_id})
    return taken


def _event(tx: Transaction, row: Row[Any]) -> SafetyEvent:
    return SafetyEvent(
        id=row.id,
        draft_id=row.draft_id,
        message_id=row.message_id,
        level=row.level,
        rule_id=row.rule_id,
        text_id=row.text_id,
        at=row.at,
        alert=cast(AlertState, row.alert),
        urgency=cast(Urgency, row.urgency),
        picked_up_by=row.picked_up_by,
        picked_up_at=row.picked_up_at,
        note=None if row.note_sealed is None else tx.cipher.open(row.note_sealed, _NOTE, row.id),
    )
