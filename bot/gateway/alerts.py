"""Alerts about a family's safety: who is told, and in which words. Nothing personal is in them: level, reference, time
and a link to the page where the words are, for people who have signed in."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import cast

from bot.gateway.alert_schedule import first_due
from bot.gateway.settings import GatewaySettings
from bot.safety.levels import Level, rank
from bot.store import outbox, safety
from bot.store.database import Transaction
from bot.store.safety import SafetyEvent
from bot.store.visibility import Viewer

CALL_BACK_RULE = "family-asked-for-a-call"
"""Stands for the rule in an alert that no words raised: somebody asked for a call after the last alert was picked up."""


def routes(settings: GatewaySettings) -> tuple[outbox.Route, ...]:
    """The ways by which people are told. A demo tells nobody: its alerts are kept for the outbox page."""
    if settings.mode == "demo":
        return ("page",)
    configured: list[outbox.Route] = []
    if settings.alert_webhook_url:
        configured.append("webhook")
    if settings.alert_email_to and settings.smtp_url:
        configured.append("email")
    return tuple(configured)


def announce(tx: Transaction, settings: GatewaySettings, event: SafetyEvent, reference: str) -> None:
    """Queue the first message about an alert by every route. Call it in the transaction that raised the alert."""
    for route in routes(settings):
        queue(tx, settings, event, reference, route, 1, at=event.at, due=first_due(event.urgency, event.at))


def queue(
    tx: Transaction,
    settings: GatewaySettings,
    event: SafetyEvent,
    reference: str,
    route: outbox.Route,
    number: int,
    *,
    at: datetime,
    due: datetime,
) -> None:
    """Queue the message number ``number`` about an alert."""
    outbox.queue(
        tx,
        event_id=event.id,
        route=route,
        number=number,
        kind="first" if number == 1 else "repeat",
        subject=subject(event, number),
        body=body(settings, event, reference, number),
        at=at,
        due=due,
    )


def subject(event: SafetyEvent, number: int) -> str:
    """The subject line, which is read on locked screens and kept in mail logs."""
    when = "a person must look now" if event.urgency == "immediate" else "a person must look today"
    again = f" (message {number})" if number > 1 else ""
    return f"Sevensteps alert {event.level}: {when}{again}"


def body(settings: GatewaySettings, event: SafetyEvent, reference: str, number: int) -> str:
    """The message as JSON; what a webhook gets, word for word."""
    return json.dumps(
        {
            "alert": event.id,
            "level": event.level,
            "urgency": event.urgency,
            "reference": reference,
            "raised_at": event.at.isoformat(),
            "number": number,
            "link": f"{settings.public_address.rstrip('/')}/review/drafts/{reference}",
        }
    )


def seriousness(event: SafetyEvent) -> tuple[bool, int, float]:
    """For sorting: the most serious first, and of two alike the one that has waited longer."""
    return (event.urgency != "immediate", -rank(cast(Level, event.level)), event.at.timestamp())


def waiting(tx: Transaction, viewer: Viewer | None = None) -> list[SafetyEvent]:
    """Alerts that nobody has picked up, the most serious first; with a viewer, those that they may see."""
    return sorted(safety.waiting(tx, viewer), key=seriousness)


def new_sender_name() -> str:
    """How a service process calls itself while it holds the job of sending."""
    return f"service#{secrets.token_hex(8)}"
