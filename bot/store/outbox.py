"""What is sent to the people on duty about an alert. Filled in the transaction of the message that raised it.

A delivery is claimed before it is sent, and its next try set then: two senders never send the same try, and one that
dies while sending loses no more than one try.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, Select, select, update

from bot.store.database import Transaction, add
from bot.store.tables import DeliveryRow, DraftRow, SafetyEventRow
from bot.store.visibility import Viewer, visible

Route = Literal["webhook", "email", "page"]
"""page: kept for the outbox page alone (demo)."""
Kind = Literal["first", "repeat"]
State = Literal["queued", "sent", "failed", "withdrawn"]
"""withdrawn: somebody picked the alert up before it was sent."""
Settled = Literal["sent", "failed"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message about one alert by one route."""

    id: str
    event_id: str
    route: Route
    number: int
    """From 1: the first message, then each repeat."""
    kind: Kind
    subject: str
    body: str
    """JSON with codes, times and a link; nothing personal."""
    state: State
    tries: int
    created: datetime
    next_try: datetime
    settled: datetime | None
    """When it was sent, given up or withdrawn."""


def queue(
    tx: Transaction,
    *,
    event_id: str,
    route: Route,
    number: int,
    kind: Kind,
    subject: str,
    body: str,
    at: datetime,
    due: datetime,
) -> None:
    """Add a delivery, to be sent from ``due`` on. One with this event, route and number is added once."""
    same = select(DeliveryRow.id).where(
        DeliveryRow.event_id == event_id, DeliveryRow.route == route, DeliveryRow.number == number
    )
    if tx.connection.execute(same).first() is not None:
        return
    row = {
        "id": secrets.token_urlsafe(16),
        "event_id": event_id,
        "route": route,
        "number": number,
        "kind": kind,
        "subject": subject,
        "body": body,
        "state": "queued",
        "tries": 0,
        "created": at,
        "next_try": due,
        "settled": None,
    }
    add(tx, DeliveryRow, row)


def is_due(tx: Transaction, now: datetime) -> bool:
    """Whether anything is to be sent now."""
    return tx.connection.execute(_due(now)).first() is not None


def claim(tx: Transaction, now: datetime, next_try: Callable[[int], datetime]) -> Delivery | None:
    """The delivery that is due longest, counted as tried; ``next_try`` says when a try of this number is followed by
    another. None when nothing is due."""
    row = tx.connection.execute(_due(now).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    tries = row.tries + 1
    claimed = update(DeliveryRow).where(DeliveryRow.id == row.id).values(tries=tries, next_try=next_try(tries))
    tx.connection.execute(claimed)
    return get(tx, row.id)


def settle(tx: Transaction, delivery_id: str, state: Settled, *, at: datetime) -> None:
    """Say what became of a delivery. One that was withdrawn meanwhile, but did go out, counts as sent."""
    before = ("queued", "withdrawn") if state == "sent" else ("queued",)
    changed = update(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.state.in_(before))
    tx.connection.execute(changed.values(state=state, settled=at))


def get(tx: Transaction, delivery_id: str) -> Delivery:
    """The delivery with this id, which must be there."""
    return _delivery(tx.connection.execute(select(DeliveryRow).where(DeliveryRow.id == delivery_id)).one())


def last_of(tx: Transaction, event_ids: Sequence[str]) -> dict[tuple[str, Route], Delivery]:
    """The last delivery of each event by each route."""
    query = select(DeliveryRow).where(DeliveryRow.event_id.in_(event_ids)).order_by(DeliveryRow.number)
    found = (_delivery(row) for row in tx.connection.execute(query))
    return {(delivery.event_id, delivery.route): delivery for delivery in found}


def listing(tx: Transaction, viewer: Viewer | None = None, *, limit: int) -> tuple[Delivery, ...]:
    """Deliveries, newest first; with a viewer, those about drafts that they may see."""
    query = select(DeliveryRow)
    if viewer is not None:
        of_draft = select(SafetyEventRow.id).join(DraftRow, DraftRow.id == SafetyEventRow.draft_id)
        query = query.where(DeliveryRow.event_id.in_(of_draft.where(visible(viewer))))
    query = query.order_by(DeliveryRow.created.desc(), DeliveryRow.number.desc(), DeliveryRow.id)
    return tuple(_delivery(row) for row in tx.connection.execute(query.limit(limit)))


def _due(now: datetime) -> Select[DeliveryRow]:
    due = select(DeliveryRow).where(DeliveryRow.state == "queued", DeliveryRow.next_try <= now)
    return due.order_by(DeliveryRow.next_try, DeliveryRow.id).limit(1)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        event_id=row.event_id,
        route=cast(Route, row.route),
        number=row.number,
        kind=cast(Kind, row.kind),
        subject=row.subject,
        body=row.body,
        state=cast(State, row.state),
        tries=row.tries,
        created=row.created,
        next_try=row.next_try,
        settled=row.settled,
    )
