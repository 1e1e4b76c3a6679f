"""One's own sessions: signing out here, everywhere, and at the provider; and what came after a session had ended."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from bot.gateway.api import Client, Shared
from bot.gateway.problems import Problem, not_found
from bot.gateway.templating import page
from bot.review.access import (
    SIGN_IN,
    Staff,
    check_form,
    drop_cookie,
    sign_in_first,
    sign_out,
    staff_of,
)
from bot.review.oidc import ProviderAway, Refused
from bot.review.sign_in import SESSIONS, provider_of
from bot.store import late_forms, staff_sessions

_log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

SIGNED_OUT = "/review/signed-out"


@router.get(SESSIONS)
def sessions_page(services: Shared, request: Request) -> Response:
    """Where one is signed in, until when, and the way to end all of it."""
    staff = staff_of(services, request)
    if staff is None:
        return sign_in_first(request)
    with services.database.read() as tx:
        sessions = staff_sessions.of_user(tx, staff.user, now=services.now())
    team_names = [team.name for team in services.content.teams.teams if staff.teams == "all" or team.id in staff.teams]
    return page(services.content, "review/sessions.html", staff=staff, sessions=sessions, team_names=team_names)


@router.post("/review/sign-out")
def leave(services: Shared, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    """End this session."""
    staff = staff_of(services, request)
    if staff is not None:
        check_form(services, request, staff, csrf)
        sign_out(services, staff)
    return _gone(services, staff)


@router.post("/review/sign-out-everywhere")
def leave_everywhere(services: Shared, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    """End all sessions of this person, on every device."""
    staff = staff_of(services, request)
    if staff is not None:
        check_form(services, request, staff, csrf)
        with services.database.write() as tx:
            staff_sessions.end_all(tx, staff.user, by=staff.user, at=services.now())
    return _gone(services, staff)


@router.get(SIGNED_OUT)
def signed_out(services: Shared, request: Request) -> Response:
    """Signed out here; and a link to do so at the provider, where its own session goes on."""
    address = None
    provider = provider_of(request)
    if provider is not None:
        try:
            address = provider.sign_out_address(f"{services.settings.public_address.rstrip('/')}{SIGN_IN}")
        except ProviderAway as away:
            _log.warning("sign_out.provider_away", reason=str(away))
    return page(services.content, "review/signed_out.html", address=address)


@router.post("/review/back-channel-logout")
def back_channel_logout(
    services: Shared, request: Request, client: Client, logout_token: Annotated[str, Form(max_length=8000)] = ""
) -> Response:
    """The provider says that somebody's session has ended (OpenID Connect Back-Channel Logout 1.0). No cookie here:
    its signed token says who asks."""
    services.sign_ins.take(client)
    provider = provider_of(request)
    if provider is None:
        raise not_found()
    try:
        ended = provider.logged_out(logout_token, services.now())
    except Refused as refused:
        _log.warning("back_channel_logout.refused", reason=refused.reason)
        raise Problem(400, "That was not accepted", "This is for the sign-in provider.", "/problems/logout") from None
    except ProviderAway as away:
        _log.warning("back_channel_logout.provider_away", reason=str(away))
        raise Problem(503, "We cannot check that now", "Send it again in a moment.", "/problems/busy") from None
    with services.database.write() as tx:
        staff_sessions.end_by_provider(
            tx, subject=ended.subject, provider_session=ended.provider_session, at=services.now()
        )
    return Response(status_code=200)


@router.get("/review/late/{form_id}")
def late_form(services: Shared, request: Request, form_id: Annotated[str, Path(max_length=60)]) -> Response:
    """What somebody typed into a form that came after their session had ended. Raises Problem 404 for anybody else."""
    staff = staff_of(services, request)
    if staff is None:
        return sign_in_first(request)
    with services.database.read() as tx:
        form = late_forms.get(tx, form_id, user=staff.user, at=services.now())
    if form is None:
        raise not_found()
    return page(services.content, "review/late.html", staff=staff, form=form)


@router.post("/review/late/{form_id}/forget")
def forget_late_form(
    services: Shared,
    request: Request,
    form_id: Annotated[str, Path(max_length=60)],
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Not needed any more."""
    staff = staff_of(services, request)
    if staff is None:
        return sign_in_first(request)
    check_form(services, request, staff, csrf)
    with services.database.write() as tx:
        late_forms.drop(tx, form_id, user=staff.user)
    return RedirectResponse(SESSIONS, 303)


def _gone(services: Shared, staff: Staff | None) -> Response:
    """A browser that had no session is sent to sign in, one that had is told that it is over."""
    response = RedirectResponse(SIGN_IN if staff is None else SIGNED_OUT, 303)
    drop_cookie(services.settings, response)
    return response
