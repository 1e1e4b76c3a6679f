"""How staff sign in, read from the environment: the provider, and which of its claims mean which role and team here."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.cases.access import ROLES, Role
from bot.gateway.staff_sign_in import StaffSignIn

ISSUER = "SEVENSTEPS_OIDC_ISSUER"
CLIENT_ID = "SEVENSTEPS_OIDC_CLIENT_ID"
CLIENT_SECRET = "SEVENSTEPS_OIDC_CLIENT_SECRET"  # noqa: S105 - the name of a variable
ROLE_MAP = "SEVENSTEPS_OIDC_ROLES"
TEAM_MAP = "SEVENSTEPS_OIDC_TEAMS"

NEEDED = {
    ISSUER: "the provider of staff sign-in (OpenID Connect), such as https://login.example.gov.uk/v2.0",
    CLIENT_ID: "the name that this service has at the provider",
    CLIENT_SECRET: "the secret that it has there",
}
"""What live mode refuses to start without."""


def staff_sign_in(environ: Mapping[str, str], *, live: bool) -> tuple[StaffSignIn | None, list[str]]:
    """The settings, or None where nothing is set; and what is wrong with them, one sentence each."""
    if not any(environ.get(name) for name in NEEDED):
        return None, []
    wrong = [f"{name} is not set: {what}." for name, what in NEEDED.items() if not environ.get(name)]
    issuer = environ.get(ISSUER, "")
    if issuer and not _is_issuer(issuer, live=live):
        wrong.append(f'{ISSUER} is "{issuer}". It must be an https address, as the provider writes it in its tokens.')
    named = _pairs(environ.get(ROLE_MAP, ""))
    roles: dict[str, Role] = {value: role for value, name in named for role in ROLES if role == name}
    if len(roles) < len(named):
        wrong.append(
            f"{ROLE_MAP} must hold pairs such as group-id=team-manager, each value once, with commas between. "
            f"The roles are: {', '.join(ROLES)}."
        )
    return (None, wrong) if wrong else (_settings(environ, issuer, roles), [])


def _settings(environ: Mapping[str, str], issuer: str, roles: Mapping[str, Role]) -> StaffSignIn:
    return StaffSignIn(
        issuer=issuer,
        client_id=environ[CLIENT_ID],
        client_secret=environ[CLIENT_SECRET],
        role_claim=environ.get("SEVENSTEPS_OIDC_ROLE_CLAIM") or "roles",
        team_claim=environ.get("SEVENSTEPS_OIDC_TEAM_CLAIM") or "teams",
        user_claim=environ.get("SEVENSTEPS_OIDC_USER_CLAIM") or "sub",
        roles=roles,
        teams=dict(_pairs(environ.get(TEAM_MAP, ""))),
        tenants=frozenset(
            part.strip() for part in environ.get("SEVENSTEPS_OIDC_TENANTS", "").split(",") if part.strip()
        ),
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    """ "a=b,c=d" as pairs; a part without a sign of equality has nothing after it."""
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    return [(value.strip(), name.strip()) for value, _, name in parts]


def _is_issuer(address: str, *, live: bool) -> bool:
    """With plain http somebody on the way could read and change what the provider says; in a demo it may be a test's."""
    try:
        parts = urlsplit(address)
        return parts.scheme in (("https",) if live else ("https", "http")) and bool(parts.hostname)
    except ValueError:
        return False
