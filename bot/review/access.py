"""Who is asking, and for which case: staff sessions kept on the server, and the guard that every route goes through.

What a role may do, and whose cases somebody sees, are rules of :mod:`bot.cases.access`; here they meet a request.

A route of the API names the right it needs: ``staff: Annotated[Staff, Depends(with_right("comment"))]``, or one of the
short forms below. A page calls :func:`signed_in` first. Whoever works on one case then calls :func:`case_for` (or
:func:`draft_for`) inside their writing transaction; somebody else's case is a 404, exactly like one that there is not.
What is sent by POST goes through :func:`sent_from_here` (API) or :func:`check_form` (pages).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.cases.access import ROLES, Right, Role, Teams, may, sees
from bot.cases.teams import team_for
from bot.content.loader import Content
from bot.gateway.api import Shared
from bot.gateway.browser import came_from_here
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.gateway.settings import GatewaySettings
from bot.interview import interview_from_json
from bot.review.names import Names
from bot.store import audit, cases, drafts, staff_sessions
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.visibility import Viewer

_log = structlog.get_logger()

SIGN_IN = "/review/sign-in"


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in member of staff."""

    user: str
    role: Role
    teams: Teams
    csrf: str
    token: str
    ends: datetime
    """When the session ends if nothing more is done."""
    ends_at_the_latest: datetime
    named: Names = field(compare=False, repr=False)
    """What a page calls a member of staff; in a template, the filter ``name``."""

    def may(self, right: Right) -> bool:
        return may(self.role, right)


def cookie_name(settings: GatewaySettings) -> str:
    """With https, browsers promise for this prefix: set by this host, for this host, over https."""
    return "__Host-staff" if settings.https else "staff"


def keep_cookie(settings: GatewaySettings, response: Response, token: str) -> None:
    response.set_cookie(cookie_name(settings), token, httponly=True, samesite="lax", secure=settings.https, path="/")


def drop_cookie(settings: GatewaySettings, response: Response) -> None:
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.https, httponly=True, samesite="lax")


def sign_out(services: Services, staff: Staff) -> None:
    with services.database.write() as tx:
        staff_sessions.end(tx, staff.token, at=services.now())


def staff_of(services: Services, request: Request) -> Staff | None:
    """Who sent a request: by bearer token (the API) or by cookie (the pages)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.cookies.get(cookie_name(services.settings), "")
    if not token:
        return None
    with services.database.write() as tx:
        session = staff_sessions.find(tx, token, now=services.now())
    role = next((known for known in ROLES if session is not None and known == session.role), None)
    if session is None or role is None:
        return None
    names = Names(services.database)
    return Staff(session.user, role, session.teams, session.csrf, token, session.ends, session.expires, names)


def with_right(right: Right) -> Callable[..., Staff]:
    """A dependency: a signed-in member of staff whose role has this right. Raises Problem 401 or 403."""

    def allowed(services: Shared, request: Request) -> Staff:
        staff = staff_of(services, request)
        if staff is None:
            raise Problem(
                401,
                "Please sign in",
                "This is for members of staff. Sign in, then try again.",
                "/problems/sign-in",
                {"WWW-Authenticate": "Bearer"},
            )
        check_right(staff, right)
        return staff

    return allowed


Reader = Annotated[Staff, Depends(with_right("read drafts"))]
OnDuty = Annotated[Staff, Depends(with_right("pick up alerts"))]
Auditor = Annotated[Staff, Depends(with_right("read audit"))]


def signed_in(services: Services, request: Request, right: Right) -> Staff | Response:
    """For a page: who is signed in and has this right; else the way to sign in. Raises Problem 403."""
    staff = staff_of(services, request)
    if staff is None:
        return sign_in_first(request)
    check_right(staff, right)
    return staff


def sign_in_first(request: Request) -> Response:
    """The way to sign in, and from there back to the page that was asked for. A form's words are kept by
    :mod:`bot.review.late`."""
    if request.method != "GET":
        return RedirectResponse(SIGN_IN, 303)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': wanted})}", 303)


def check_right(staff: Staff, right: Right) -> None:
    """Raises Problem 403 unless the role has this right."""
    if not staff.may(right):
        raise Problem(403, "Your role does not allow that", f"The role {staff.role} may not do this.")


def sent_from_here(services: Services, request: Request) -> None:
    """For a POST of the API: a browser's cookie alone is not enough, it must be our own page. Raises Problem 403."""
    if "authorization" not in request.headers and not came_from_here(services.settings, request):
        raise Problem(403, "Please try that again", "This was not sent from our own page.")


def check_form(services: Services, request: Request, staff: Staff, csrf: str) -> None:
    """For a POST of a page. Raises Problem 403 unless the form was on a page that this person was shown."""
    ours = hmac.compare_digest(staff.csrf.encode(), csrf.encode())
    if not (ours and came_from_here(services.settings, request)):
        raise Problem(403, "Please try that again", "Go back to the page, load it again, and send it from there.")


def viewer(content: Content, staff: Staff) -> Viewer:
    """Whose drafts a list is for."""
    return Viewer(staff.user, staff.teams, staff.teams == "all" or content.teams.front_door in staff.teams)


def case_for(services: Services, tx: Transaction, staff: Staff, reference: str, right: Right) -> Case:
    """The case with this reference, for somebody who has the right and works on it. Needs a writing transaction.

    A draft that no professional has opened before becomes a case of the team for the child's age. That this person
    reached the case is written to the audit, unless the same transaction writes something of theirs that says more.
    Raises Problem 403 without the right, and 404 for a case that is not theirs or that there is not.
    """
    return draft_for(services, tx, staff, reference, right)[1]


def draft_for(services: Services, tx: Transaction, staff: Staff, reference: str, right: Right) -> tuple[Draft, Case]:
    """The same with the draft itself."""
    check_right(staff, right)
    try:
        draft = drafts.by_reference(tx, reference)
    except drafts.NoSuchDraft:
        raise not_found() from None
    return draft, _case_of(services, tx, staff, draft, right)


def case_of_draft(services: Services, tx: Transaction, staff: Staff, draft_id: str, right: Right) -> Case:
    """The same for what is known by a draft's id, such as an alert. Raises Problem 403 and 404."""
    check_right(staff, right)
    try:
        draft = drafts.get(tx, draft_id)
    except drafts.NoSuchDraft:
        raise not_found() from None
    return _case_of(services, tx, staff, draft, right)


def _case_of(services: Services, tx: Transaction, staff: Staff, draft: Draft, right: Right) -> Case:
    case: Case | None
    try:
        case = cases.get(tx, draft.id)
        team, lead = case.team, case.lead
    except cases.NoSuchCase:
        age = interview_from_json(json.loads(draft.state)).about.age
        case, team, lead = None, team_for(services.content.teams, age), None
    if not sees(staff.user, staff.teams, team=team, lead=lead):
        _log.warning("access.other_team", user=staff.user, draft=draft.id, right=right)
        raise not_found()
    detail: dict[str, audit.Detail] = {"role": staff.role, "right": right.replace(" ", "_")}
    audit.note(
        tx,
        at=services.now(),
        actor=staff.user,
        action="case.viewed",
        subject=draft.id,
        detail=detail,
        if_nothing_else=True,
    )
    return case or cases.opened(tx, draft.id, team=team, at=services.now())
