"""Alerts for the people on duty: what waits, who has picked up what, and what is known before they act."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from bot.gateway import alerts
from bot.gateway.contact import may_contact
from bot.gateway.problems import not_found
from bot.gateway.services import Services
from bot.review.access import Staff, case_of_draft
from bot.store import contact, conversations, drafts, messages, outbox, safety
from bot.store.database import Transaction
from bot.store.drafts import Draft, SafeContact
from bot.store.safety import SafetyEvent, Urgency
from bot.store.visibility import Viewer

AlertState = Literal["waiting", "picked_up"]
MAX_NOTE = 1000
"""Characters in the note of whoever picks an alert up."""
PICKED_UP_SHOWN = 100


class ContactLine(BaseModel):
    """Whether the family may be contacted, and whether they would like to be."""

    safe_contact: SafeContact
    """What they said when they were asked. Unknown: nobody has asked, or they have not said."""
    safe_contact_at: datetime | None
    may_contact: bool
    """False also while it is unknown."""
    call_asked_at: datetime | None


class AlertLine(BaseModel):
    """One alert. No words: those are with the draft, and reading them is written down."""

    id: str
    level: str
    urgency: Urgency
    at: datetime
    reference: str
    channel: str
    rule: str
    text_shown: str
    """Id of the fixed text that the family was shown; empty when there was none."""
    state: AlertState
    picked_up_by: str | None
    picked_up_at: datetime | None
    note: str | None
    contact: ContactLine
    told: int
    """How often people were told of it, over all routes."""
    undelivered: bool
    """The last message by some route could not be delivered."""


class AlertList(BaseModel):
    """Alerts that wait, the most serious first; then those that were picked up, the last one first."""

    alerts: list[AlertLine]


def alert_list(tx: Transaction, viewer: Viewer, state: AlertState | None) -> AlertList:
    """Every alert of the viewer's cases that waits, however many; of those that were picked up the last hundred."""
    found: list[SafetyEvent] = []
    if state in (None, "waiting"):
        found += alerts.waiting(tx, viewer)
    if state in (None, "picked_up"):
        found += safety.picked_up(tx, viewer, limit=PICKED_UP_SHOWN)
    return AlertList(alerts=_lines(tx, found))


def contact_line(tx: Transaction, draft: Draft) -> ContactLine:
    """What is known about contacting a family."""
    return ContactLine(
        safe_contact=draft.safe_contact,
        safe_contact_at=draft.safe_contact_at,
        may_contact=may_contact(draft),
        call_asked_at=contact.call_asked_at(tx, draft.id),
    )


def pick_up(services: Services, staff: Staff, alert_id: str, note: str | None) -> AlertLine:
    """Take an alert, in one's own name. Who was first stays; the reply says who that is. Raises Problem 404."""
    with services.database.write() as tx:
        try:
            event = safety.get(tx, alert_id)
            if event.alert == "none":
                raise not_found()
            case_of_draft(services, tx, staff, event.draft_id, "pick up alerts")
            event = safety.pick_up(tx, alert_id, by=staff.user, at=services.now(), note=note or None)
        except safety.NoSuchEvent:
            raise not_found() from None
        return _lines(tx, [event])[0]


def _lines(tx: Transaction, events: list[SafetyEvent]) -> list[AlertLine]:
    last = outbox.last_of(tx, [event.id for event in events])
    lines = []
    for event in events:
        draft = drafts.get(tx, event.draft_id)
        message = messages.get(tx, event.message_id)
        sent = [delivery for (event_id, _), delivery in last.items() if event_id == event.id]
        lines.append(
            AlertLine(
                id=event.id,
                level=event.level,
                urgency=event.urgency,
                at=event.at,
                reference=draft.reference,
                channel="" if message is None else conversations.get(tx, message.conversation_id).channel,
                rule=event.rule_id,
                text_shown=event.text_id,
                state="waiting" if event.alert == "waiting" else "picked_up",
                picked_up_by=event.picked_up_by,
                picked_up_at=event.picked_up_at,
                note=event.note,
                contact=contact_line(tx, draft),
                told=sum(delivery.number - (delivery.state != "sent") for delivery in sent),
                undelivered=any(delivery.state == "failed" for delivery in sent),
            )
        )
    return lines
