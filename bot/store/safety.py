"""Safety events: something was said that a person must look at, and whether somebody has. Ids only, never the words."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select

from bot.store import audit
from bot.store.database import Transaction, lock_draft
from bot.store.tables import SafetyEventRow

AlertState = Literal["none", "waiting", "picked_up"]
"""none: nobody needs to be told (GREEN). waiting: an alert that no person has picked up yet."""


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
    row = tx.session.scalar(
        select(SafetyEventRow).where(SafetyEventRow.message_id == message_id, SafetyEventRow.rule_id == rule_id)
    )
    if row is not None:
        return _event(row)
    row = SafetyEventRow(
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
    tx.session.add(row)
    tx.session.flush()
    detail = {"event": row.id, "level": level, "rule": rule_id, "text": text_id, "message": message_id}
    audit.note(tx, at=at, actor="safety", action="safety.raised", subject=draft_id, detail=detail)
    return _event(row)


def of_draft(tx: Transaction, draft_id: str) -> tuple[SafetyEvent, ...]:
    """Every event of a draft, oldest first."""
    query = select(SafetyEventRow).where(SafetyEventRow.draft_id == draft_id)
    return tuple(_event(row) for row in tx.session.scalars(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def levels_raised(tx: Transaction, draft_id: str) -> frozenset[str]:
    """The different levels raised so far; which is the highest is for the safety room to say."""
    query = select(SafetyEventRow.level).where(SafetyEventRow.draft_id == draft_id).distinct()
    return frozenset(tx.session.scalars(query))


def waiting(tx: Transaction) -> tuple[SafetyEvent, ...]:
    """Alerts that nobody has picked up, oldest first."""
    query = select(SafetyEventRow).where(SafetyEventRow.alert == "waiting")
    return tuple(_event(row) for row in tx.session.scalars(query.order_by(SafetyEventRow.at, SafetyEventRow.id)))


def pick_up(tx: Transaction, event_id: str, *, by: str, at: datetime) -> SafetyEvent:
    """A named person takes the alert. The first one stays: a second call changes nothing. Raises NoSuchEvent."""
    row = tx.session.get(SafetyEventRow, event_id, with_for_update=True)
    if row is None:
        raise NoSuchEvent(event_id)
    if row.alert == "waiting":
        row.alert, row.picked_up_by, row.picked_up_at = "picked_up", by, at
        detail = {"event": event_id}
        audit.note(tx, at=at, actor=by, action="safety.picked_up", subject=row.draft_id, detail=detail)
    return _event(row)


def _event(row: SafetyEventRow) -> SafetyEvent:
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
