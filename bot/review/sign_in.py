"""Signing in: with a council account at its provider, or in the demo by choosing a role. Nobody is let in by default."""

from __future__ import annotations

import hmac
import re
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.cases.access import Right, Role, may, teams_of
from bot.gateway.api import Client, Shared
from bot.gateway.browser import came_from_here
from bot.gateway.services import Services
from bot.gateway.settings import GatewaySettings
from bot.gateway.templating import page
from bot.review.access import SIGN_IN, cookie_name, keep_cookie
from bot.review.claims import Identity, NotAllowed, identity
from bot.review.demo import DEMO_ROLES, sign_in_demo
from bot.review.oidc import Leaving, Provider, ProviderAway, Refused
from bot.store import audit, sign_ins, staff_members, staff_sessions

_log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

LIST, AUDIT, PAYMENTS, SESSIONS = "/review", "/review/audit", "/review/payments", "/review/sessions"
START, CALLBACK, ROLE = f"{SIGN_IN}/start", f"{SIGN_IN}/callback", f"{SIGN_IN}/role"

_INSIDE = re.compile(r"/review(?:[/?][\w.~/?=&%+:-]*)?", re.ASCII)


def inside(address: str) -> str:
    """The address if it is one of the workspace, else nothing: nobody is sent anywhere else after signing in.

    >>> inside("/review/drafts/EX-7K3M-9Q2P")
    '/review/drafts/EX-7K3M-9Q2P'
    >>> inside("https://elsewhere.example"), inside("//elsewhere.example"), inside("/review//elsewhere.example")
    ('', '', '')
    """
    fits = _INSIDE.fullmatch(address) and "//" not in address and ".." not in address
    return address if fits and not address.startswith(SIGN_IN) else ""


def home(role: Role) -> str:
    """Where a role begins."""
    starts: dict[Right, str] = {"read drafts": LIST, "read audit": AUDIT, "finance": PAYMENTS}
    return next((address for right, address in starts.items() if may(role, right)), SESSIONS)


@router.get(SIGN_IN)
def sign_in_form(services: Shared, request: Request, next: Annotated[str, Query(max_length=500)] = "") -> HTMLResponse:
    """The ways in that there are here."""
    return _form(services, request, next)


@router.post(SIGN_IN)
def sign_in_to_demo(
    services: Shared,
    request: Request,
    client: Client,
    role: Annotated[str, Form()] = "",
    next: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Sign in to the demo."""
    services.sign_ins.take(client)
    chosen = picked(role, _demo_roles(services))
    if chosen is None or not came_from_here(services.settings, request):
        return _form(services, request, next, [{"field": "role-1", "text": "Choose a role"}])
    token = sign_in_demo(services, chosen)
    return _signed_in(services, request, chosen, token, next)


@router.get(START)
def start(
    services: Shared, request: Request, client: Client, next: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """Off to the provider."""
    services.sign_ins.take(client)
    provider = provider_of(request)
    if provider is None:
        return RedirectResponse(SIGN_IN, 303)
    try:
        leaving = provider.leave()
    except ProviderAway as away:
        return _not_signed_in(services, "away", str(away), 503)
    kept = {
        "url": leaving.url,
        "state": leaving.state,
        "nonce": leaving.nonce,
        "verifier": leaving.verifier,
        "next": inside(next),
    }
    with services.database.write() as tx:
        cookie = sign_ins.begin(tx, "at_provider", kept, at=services.now())
    response = RedirectResponse(leaving.url, 303)
    _keep(services.settings, response, cookie)
    return response


@router.get(CALLBACK)
def callback(
    services: Shared,
    request: Request,
    client: Client,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=500)] = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Back from the provider, in the browser that left. What was remembered is used up, whatever comes of it."""
    services.sign_ins.take(client)
    provider = provider_of(request)
    if provider is None:
        return RedirectResponse(SIGN_IN, 303)
    now = services.now()
    with services.database.write() as tx:
        kept = sign_ins.take(tx, "at_provider", _cookie(services.settings, request), at=now)
    if kept is None or not hmac.compare_digest(str(kept["state"]).encode(), state.encode()):
        return _not_signed_in(services, "again", "state", 403)
    try:
        if not provider.names_itself(iss):
            raise Refused("iss")
        if error or not code:
            raise Refused("declined")
        leaving = Leaving(kept["url"], kept["state"], kept["nonce"], kept["verifier"])
        claims = provider.claims(code, leaving, now)
        who = identity(provider.settings, services.content.teams.ids, claims)
    except Refused as refused:
        return _not_signed_in(services, "again", refused.reason, 403)
    except NotAllowed as refused:
        return _not_signed_in(services, "no_access", refused.reason, 403)
    except ProviderAway as away:
        return _not_signed_in(services, "away", str(away), 503)
    if len(who.roles) > 1:
        return _let_choose(services, who, kept["next"])
    return _enter(services, request, who, who.roles[0], kept["next"])


@router.get(ROLE)
def choose_form(services: Shared, request: Request) -> Response:
    """Which of their roles somebody signs in with."""
    with services.database.read() as tx:
        kept = sign_ins.look(tx, "choosing", _cookie(services.settings, request), at=services.now())
    if kept is None:
        return RedirectResponse(SIGN_IN, 303)
    return page(services.content, "review/choose_role.html", roles=kept["roles"], csrf=kept["csrf"], errors=[])


@router.post(ROLE)
def choose(
    services: Shared,
    request: Request,
    role: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Sign in with one of several roles."""
    now, cookie = services.now(), _cookie(services.settings, request)
    with services.database.read() as tx:
        kept = sign_ins.look(tx, "choosing", cookie, at=now)
    if kept is None:
        return RedirectResponse(SIGN_IN, 303)
    ours = hmac.compare_digest(str(kept["csrf"]).encode(), csrf.encode()) and came_from_here(services.settings, request)
    chosen = picked(role, tuple(kept["roles"]))
    if chosen is None or not ours:
        errors = [{"field": "role-1", "text": "Choose a role"}]
        return page(
            services.content, "review/choose_role.html", 422, roles=kept["roles"], csrf=kept["csrf"], errors=errors
        )
    with services.database.write() as tx:
        kept = sign_ins.take(tx, "choosing", cookie, at=now)
    if kept is None:
        return RedirectResponse(SIGN_IN, 303)
    who = Identity(
        kept["user"],
        kept["name"],
        kept["subject"],
        kept["provider_session"],
        tuple(kept["roles"]),
        frozenset(kept["teams"]),
    )
    return _enter(services, request, who, chosen, kept["next"])


def provider_of(request: Request) -> Provider | None:
    """The council's provider, where there is one."""
    provider: Provider | None = request.app.state.sign_in_provider
    return provider


def picked(role: str, offered: tuple[Role, ...]) -> Role | None:
    """The role that was picked, if it was offered."""
    return next((known for known in offered if known == role), None)


def _demo_roles(services: Services) -> tuple[Role, ...]:
    return DEMO_ROLES if services.settings.mode == "demo" else ()


def _form(services: Services, request: Request, next: str, errors: list[dict[str, str]] | None = None) -> HTMLResponse:
    return page(
        services.content,
        "review/sign_in.html",
        422 if errors else 200,
        roles=_demo_roles(services),
        provider=provider_of(request) is not None,
        start=START,
        next=inside(next),
        errors=errors or [],
    )


def _let_choose(services: Services, who: Identity, next: str) -> Response:
    kept = {
        "user": who.user,
        "name": who.name,
        "subject": who.subject,
        "provider_session": who.provider_session,
        "roles": who.roles,
        "teams": sorted(who.teams),
        "next": next,
        "csrf": staff_sessions.new_token(),
    }
    with services.database.write() as tx:
        cookie = sign_ins.begin(tx, "choosing", kept, at=services.now())
    response = RedirectResponse(ROLE, 303)
    _keep(services.settings, response, cookie)
    return response


def _enter(services: Services, request: Request, who: Identity, role: Role, next: str) -> Response:
    now, teams = services.now(), teams_of(role, who.teams)
    with services.database.write() as tx:
        _, token = staff_sessions.start(
            tx,
            user=who.user,
            role=role,
            teams=teams,
            at=now,
            subject=who.subject,
            provider_session=who.provider_session,
        )
        staff_members.seen(tx, user=who.user, name=who.name, role=role, teams=teams, at=now)
    response = _signed_in(services, request, role, token, next)
    response.delete_cookie(
        _cookie_name(services.settings), path="/", secure=services.settings.https, httponly=True, samesite="lax"
    )
    return response


def _signed_in(services: Services, request: Request, role: Role, token: str, next: str) -> Response:
    """On to where they wanted to go, in a session of its own; the one that this browser had is over."""
    before = request.cookies.get(cookie_name(services.settings), "")
    if before:
        with services.database.write() as tx:
            staff_sessions.end(tx, before, at=services.now())
    response = RedirectResponse(inside(next) or home(role), 303)
    keep_cookie(services.settings, response, token)
    return response


def _not_signed_in(services: Services, why: str, reason: str, status: int) -> Response:
    """A plain page that says what to do, and a line in log and audit that says what was wrong."""
    _log.warning("sign_in.refused", reason=reason)
    if status != 503:
        with services.database.write() as tx:
            detail: dict[str, Any] = {"reason": re.sub(r"\W", "_", reason)[:60]}
            audit.note(
                tx, at=services.now(), actor="sign-in", action="staff.sign_in_refused", subject="staff", detail=detail
            )
    response = page(services.content, "review/not_signed_in.html", status, why=why, teams=services.content.teams)
    response.delete_cookie(
        _cookie_name(services.settings), path="/", secure=services.settings.https, httponly=True, samesite="lax"
    )
    return response


def _cookie_name(settings: GatewaySettings) -> str:
    return "__Host-staff-sign-in" if settings.https else "staff-sign-in"


def _cookie(settings: GatewaySettings, request: Request) -> str:
    return request.cookies.get(_cookie_name(settings), "")


def _keep(settings: GatewaySettings, response: Response, cookie: str) -> None:
    # Lax, not strict: the way back from the provider is a link from another site.
    response.set_cookie(
        _cookie_name(settings),
        cookie,
        max_age=int(sign_ins.LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.https,
        path="/",
    )
