"""The review API: drafts to read, alerts to pick up, the audit. Every view of a draft or of the audit is itself written to the audit."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Client, Shared, problems
from bot.gateway.documents import AS_FILE, file_of
from bot.gateway.documents import response as sent_as_file
from bot.gateway.problems import not_found
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.wire import clean
from bot.plans.documents.formats import Format
from bot.review import alerts
from bot.review.access import (
    Auditor,
    OnDuty,
    Reader,
    Staff,
    draft_for,
    keep_cookie,
    sent_from_here,
    viewer,
)
from bot.review.alerts import MAX_NOTE, AlertLine, AlertList, AlertState
from bot.review.demo import sign_in_demo
from bot.review.draft_page import DraftPage, draft_page_record
from bot.review.plan import officer_document
from bot.store import audit, drafts, plan_versions

router = APIRouter(prefix="/api/v1/review", tags=["Review"])
demo_router = APIRouter(prefix="/api/v1/review", tags=["Review"])
"""Only in demo mode: anybody may choose a role."""


class DemoLogin(BaseModel):
    """Who to be in the demo."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"user": "lead-professional"}]})

    user: Literal["lead-professional", "team-manager", "group-manager", "head-of-service", "auditor", "finance"]
    team: str | None = Field(default=None, max_length=60, description="Id of one team; without it, all of them.")


class SignedIn(BaseModel):
    """The token for the Authorization header of the review API."""

    token: str


class PickUp(BaseModel):
    """Take an alert in one's own name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"note": "Rang the duty social worker, who is going out"}]}
    )

    note: str = Field(default="", max_length=MAX_NOTE, description="What is being done; kept encrypted.")


class AuditLine(BaseModel):
    """One line of the audit: codes and ids, never words."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


class AuditList(BaseModel):
    """Lines of the audit, oldest first."""

    lines: list[AuditLine]
    next: int | None
    """Send this as ``after`` for the next page; null on the last one."""


@demo_router.post("/demo-login", responses=problems(422, 429))
def demo_login(services: Shared, client: Client, asked: DemoLogin, response: Response) -> SignedIn:
    """Sign in to the demo: a token for the API and a session for the pages. Not there in live mode."""
    services.sign_ins.take(client)
    token = sign_in_demo(services, asked.user, asked.team)
    keep_cookie(services.settings, response, token)
    return SignedIn(token=token)


@router.get("/drafts/{reference}", responses=problems(401, 403, 404))
def read_draft(services: Shared, staff: Reader, reference: Annotated[str, Path(max_length=40)]) -> DraftPage:
    """One draft whole: answers, trace, what was said, safety. That it was read is written down."""
    return record_viewed(services, staff, reference)


@router.get(
    "/drafts/{reference}/plan/{which}.{ending}",
    response_class=Response,
    responses=AS_FILE | problems(401, 403, 404, 422, 503),
)
def read_plan(
    services: Shared,
    staff: Reader,
    reference: Annotated[str, Path(max_length=40)],
    which: Annotated[
        Literal["now"] | Annotated[int, Path(ge=1, le=1_000_000)], Path(description="`now`, or a version's number")
    ],
    ending: Format,
    large: bool = False,
) -> Response:
    """The officer's view of a version as it was sent, or of the plan `now`. That it was read is written down."""
    return plan_viewed(services, staff, reference, which, ending, large)


@router.get("/alerts", responses=problems(401, 403, 422))
def list_alerts(services: Shared, staff: Reader, state: AlertState | None = None) -> AlertList:
    """Alerts: those that nobody has picked up, the most serious first; then those that somebody has."""
    with services.database.read() as tx:
        return alerts.alert_list(tx, viewer(services.content, staff), state)


@router.post("/alerts/{alert_id}/pick-up", responses=problems(401, 403, 404, 422))
def pick_up_alert(
    services: Shared,
    staff: OnDuty,
    request: Request,
    alert_id: Annotated[str, Path(max_length=100)],
    asked: PickUp | None = None,
) -> AlertLine:
    """Say that you look at it. Nobody is told of it any more. If somebody was first, nothing changes: see who."""
    sent_from_here(services, request)
    return alerts.pick_up(services, staff, alert_id, None if asked is None else clean(asked.note).strip())


@router.get("/audit", responses=problems(401, 403, 422))
def read_audit(
    services: Shared,
    staff: Auditor,
    reference: Annotated[str | None, Query(max_length=40, description="Only what happened to this draft.")] = None,
    after: Annotated[int, Query(ge=0, le=10**15)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AuditList:
    """Who did what to which draft, and when."""
    return audit_viewed(services, staff, reference, after, limit)


def record_viewed(services: Services, staff: Staff, reference: str) -> DraftPage:
    """A draft's record, and the audit line that says who read it. Raises Problem 404."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        detail: dict[str, audit.Detail] = {"role": staff.role, "revision": draft.revision}
        audit.note(tx, at=services.now(), actor=staff.user, action="draft.viewed", subject=draft.id, detail=detail)
        return draft_page_record(services, tx, draft, case)


def plan_viewed(
    services: Services, staff: Staff, reference: str, which: int | Literal["now"], ending: Format, large: bool
) -> Response:
    """A plan as the officer's document, and the audit line that says who read it. Raises Problem 404, 503."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "read drafts")
        at = standing(tx, services.content, draft.id, today=services.now().date())
        version = None if which == "now" else plan_versions.get(tx, draft.id, which)
        if at.interview.plan is None or (version is None and which != "now"):
            raise not_found()
        detail: dict[str, audit.Detail] = {"role": staff.role, "version": which}
        audit.note(tx, at=services.now(), actor=staff.user, action="plan.viewed", subject=draft.id, detail=detail)
    document = officer_document(services.content, at, version)
    number = f"version-{which}" if version else "now"
    name = f"{draft.reference}-officer-{number}{'-large' if large else ''}.{ending}"
    return sent_as_file(file_of(services.printers, document, ending, name, large=large))


def audit_viewed(services: Services, staff: Staff, reference: str | None, after: int, limit: int) -> AuditList:
    """Lines of the audit, and the line that says who read them. Raises Problem 404 for an unknown reference."""
    with services.database.write() as tx:
        subject = None
        if reference is not None:
            try:
                subject = drafts.by_reference(tx, reference).id
            except drafts.NoSuchDraft:
                raise not_found() from None
        found = audit.lines(tx, subject=subject, after=after, limit=limit + 1)
        audit.note(
            tx,
            at=services.now(),
            actor=staff.user,
            action="audit.viewed",
            subject=subject or "all",
            detail={"after": after},
        )
    shown = found[:limit]
    return AuditList(
        lines=[
            AuditLine(
                seq=line.seq,
                at=line.at,
                actor=line.actor,
                action=line.action,
                subject=line.subject,
                detail=json.loads(line.detail),
                hash=line.hash,
            )
            for line in shown
        ],
        next=shown[-1].seq if len(found) > limit else None,
    )
