"""Who may see what: staff sessions kept on the server, five roles, and nothing allowed that is not listed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from fastapi import Depends, Request, Response

from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.settings import GatewaySettings
from bot.store import staff_sessions

Role = Literal["lead-professional", "team-manager", "group-manager", "head-of-service", "auditor"]
"""Those who work on drafts, or check who did. They are the ones to choose from in the demo."""
ROLES: tuple[Role, ...] = get_args(Role)
StaffRole = Role | Literal["content-author"]
STAFF_ROLES: tuple[StaffRole, ...] = (*ROLES, "content-author")

Right = Literal["read drafts", "pick up alerts", "read audit", "try understanding"]

_CASEWORK: frozenset[Right] = frozenset({"read drafts", "pick up alerts"})

RIGHTS: dict[StaffRole, frozenset[Right]] = {
    "lead-professional": _CASEWORK,
    "team-manager": _CASEWORK,
    "group-manager": _CASEWORK,
    "head-of-service": _CASEWORK,
    "auditor": frozenset({"read audit"}),
    "content-author": frozenset({"try understanding"}),
}
"""An auditor sees who did what to which draft, and no family's words."""


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in member of staff."""

    user: str
    role: StaffRole
    csrf: str
    token: str

    def may(self, right: Right) -> bool:
        return right in RIGHTS.get(self.role, frozenset())


def cookie_name(settings: GatewaySettings) -> str:
    """With https, browsers promise for this prefix: set by this host, for this host, over https."""
    return "__Host-staff" if settings.https else "staff"


def sign_in_demo(services: Services, role: Role) -> str:
    """A session for a made-up member of staff. Demo mode alone."""
    with services.database.write() as tx:
        _, token = staff_sessions.start(tx, user=f"demo.{role}", role=role, at=services.now())
    return token


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
    if session is None or session.role not in STAFF_ROLES:
        return None
    role: StaffRole = session.role
    return Staff(session.user, role, session.csrf, token)


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
        if not staff.may(right):
            raise Problem(403, "Your role does not allow that", f"The role {staff.role} may not do this.")
        return staff

    return allowed


Reader = Annotated[Staff, Depends(with_right("read drafts"))]
OnDuty = Annotated[Staff, Depends(with_right("pick up alerts"))]
Auditor = Annotated[Staff, Depends(with_right("read audit"))]
