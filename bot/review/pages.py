"""The professionals' pages: sign in, alerts and drafts, one draft, what was sent, and the audit for those who may read it."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.gateway.api import Shared
from bot.gateway.templating import page
from bot.gateway.wire import clean
from bot.plans.documents.formats import Format
from bot.review import alerts
from bot.review.access import (
    check_form,
    signed_in,
    viewer,
)
from bot.review.alerts import MAX_NOTE
from bot.review.api import audit_viewed, plan_viewed, record_viewed
from bot.store import outbox

router = APIRouter(include_in_schema=False)

LIST, AUDIT, OUTBOX = "/review", "/review/audit", "/review/outbox"
OUTBOX_SHOWN = 200


@router.get("/review/drafts/{reference}")
def draft_page(services: Shared, request: Request, reference: Annotated[str, Path(max_length=40)]) -> Response:
    """One draft whole."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    record = record_viewed(services, staff, reference)
    return page(services.content, "review/draft.html", staff=staff, record=record)


@router.get("/review/drafts/{reference}/plan/{which}.{ending}")
def plan_page(
    services: Shared,
    request: Request,
    reference: Annotated[str, Path(max_length=40)],
    which: Literal["now"] | Annotated[int, Path(ge=1, le=1_000_000)],
    ending: Format,
    large: bool = False,
) -> Response:
    """A plan as the officer's document."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    return plan_viewed(services, staff, reference, which, ending, large)


@router.post("/review/alerts/{alert_id}/pick-up")
def pick_up(
    services: Shared,
    request: Request,
    alert_id: Annotated[str, Path(max_length=100)],
    csrf: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Take an alert, then read the draft it is about."""
    staff = signed_in(services, request, "pick up alerts")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, csrf)
    taken = alerts.pick_up(services, staff, alert_id, clean(note).strip()[:MAX_NOTE])
    return RedirectResponse(f"/review/drafts/{taken.reference}#alert-{alert_id}", 303)


@router.get(OUTBOX)
def outbox_page(services: Shared, request: Request) -> Response:
    """What was sent about alerts; in the demo, what would have been."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    with services.database.read() as tx:
        found = outbox.listing(tx, viewer(services.content, staff), limit=OUTBOX_SHOWN)
        sent = [(delivery, json.loads(delivery.body)) for delivery in found]
    demo = services.settings.mode == "demo"
    return page(services.content, "review/outbox.html", staff=staff, deliveries=sent, demo=demo)


@router.get(AUDIT)
def audit_page(services: Shared, request: Request, after: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Who did what, when."""
    staff = signed_in(services, request, "read audit")
    if isinstance(staff, Response):
        return staff
    found = audit_viewed(services, staff, None, after, 100)
    return page(services.content, "review/audit.html", staff=staff, found=found)
