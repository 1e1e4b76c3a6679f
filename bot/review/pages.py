"""The professionals' pages: sign in, the list of drafts, one draft, and the audit for those who may read it."""

from __future__ import annotations

import hmac
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.gateway.api import Client, Shared
from bot.gateway.browser import came_from_here
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import ROLES, Right, Role, Staff, drop_cookie, keep_cookie, sign_in_demo, sign_out, staff_of
from bot.review.api import audit_viewed, listing, record_viewed
from bot.review.record import DraftStatus

router = APIRouter(include_in_schema=False)

LIST, SIGN_IN, AUDIT = "/review", "/review/sign-in", "/review/audit"


@router.get(SIGN_IN)
def sign_in_form(services: Shared) -> HTMLResponse:
    """Choose a role (demo), or hear that staff sign-in is not set up."""
    return page(services.content, "review/sign_in.html", roles=_roles(services), errors=[])


@router.post(SIGN_IN)
def sign_in(services: Shared, request: Request, client: Client, role: Annotated[str, Form()] = "") -> Response:
    """Sign in to the demo."""
    services.sign_ins.take(client)
    chosen = next((known for known in _roles(services) if known == role), None)
    if chosen is None or not came_from_here(services.settings, request):
        errors = [{"field": "role-1", "text": "Choose a role"}]
        return page(services.content, "review/sign_in.html", 422, roles=_roles(services), errors=errors)
    response = RedirectResponse(AUDIT if chosen == "auditor" else LIST, 303)
    keep_cookie(services.settings, response, sign_in_demo(services, chosen))
    return response


@router.post("/review/sign-out")
def leave(services: Shared, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    """End the session."""
    staff = staff_of(services, request)
    response = RedirectResponse(SIGN_IN, 303)
    if staff is not None:
        if not hmac.compare_digest(staff.csrf.encode(), csrf.encode()):
            raise Problem(403, "Please try that again", "Go back to the page, load it again, and sign out from there.")
        sign_out(services, staff)
        drop_cookie(services.settings, response)
    return response


@router.get(LIST)
def drafts_page(
    services: Shared,
    request: Request,
    status: Annotated[DraftStatus | Literal[""], Query()] = "",
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Drafts, newest first; those with a waiting alert say so."""
    staff = _allowed(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    with services.database.read() as tx:
        found = listing(tx, status or None, after)
    return page(services.content, "review/drafts.html", staff=staff, found=found, status=status)


@router.get("/review/drafts/{reference}")
def draft_page(services: Shared, request: Request, reference: Annotated[str, Path(max_length=40)]) -> Response:
    """One draft whole."""
    staff = _allowed(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    record = record_viewed(services, staff, reference)
    return page(services.content, "review/draft.html", staff=staff, record=record)


@router.get(AUDIT)
def audit_page(services: Shared, request: Request, after: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Who did what, when."""
    staff = _allowed(services, request, "read audit")
    if isinstance(staff, Response):
        return staff
    found = audit_viewed(services, staff, None, after, 100)
    return page(services.content, "review/audit.html", staff=staff, found=found)


def _roles(services: Services) -> tuple[Role, ...]:
    return ROLES if services.settings.mode == "demo" else ()


def _allowed(services: Services, request: Request, right: Right) -> Staff | Response:
    """Who is signed in and may do this; else the way to sign in. Raises Problem 403."""
    staff = staff_of(services, request)
    if staff is None:
        return RedirectResponse(SIGN_IN, 303)
    if not staff.may(right):
        raise Problem(403, "Your role does not allow that", f"The role {staff.role} may not read this page.")
    return staff
