"""From what a provider says of somebody to who they are here. What is not named in the settings gives nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.cases.access import ROLES, SEES_ALL_TEAMS, Role
from bot.gateway.staff_sign_in import StaffSignIn

_USER = re.compile(r"[\w.:/@+-]{1,190}", re.ASCII)
"""What the audit takes as an id."""

NEEDS_NO_TEAM: frozenset[Role] = SEES_ALL_TEAMS | {"content-author"}


class NotAllowed(Exception):
    """Somebody the provider knows may not sign in here. ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody the provider vouches for, and what they may be here."""

    user: str
    name: str
    subject: str
    """The provider's own name for them, by which it signs them out."""
    provider_session: str | None
    roles: tuple[Role, ...]
    """Those they may choose from; at least one."""
    teams: frozenset[str]


def identity(settings: StaffSignIn, known_teams: frozenset[str], claims: Mapping[str, Any]) -> Identity:
    """Who this is here. The claims must be checked already. Raises NotAllowed."""
    if settings.tenants and claims.get("tid") not in settings.tenants:
        raise NotAllowed("other_tenant")
    user = claims.get(settings.user_claim)
    if not isinstance(user, str) or not _USER.fullmatch(user):
        raise NotAllowed("no_user")
    mapped = settings.roles or {role: role for role in ROLES}
    found = {mapped[value] for value in _values(claims.get(settings.role_claim)) if value in mapped}
    team_ids = settings.teams or {team: team for team in known_teams}
    named = {team_ids[value] for value in _values(claims.get(settings.team_claim)) if value in team_ids}
    teams = known_teams & named
    if not found:
        raise NotAllowed("no_role")
    roles = tuple(role for role in ROLES if role in found and (teams or role in NEEDS_NO_TEAM))
    if not roles:
        raise NotAllowed("no_team")
    name = claims.get("name")
    session = claims.get("sid")
    return Identity(
        user=user,
        name=name.strip()[:100] if isinstance(name, str) and name.strip() else user,
        subject=str(claims["sub"]),
        provider_session=session if isinstance(session, str) else None,
        roles=roles,
        teams=teams,
    )


def _values(claim: object) -> tuple[str, ...]:
    """A claim as a list: providers send one value as a plain string."""
    if isinstance(claim, str):
        return (claim,)
    if isinstance(claim, list):
        return tuple(value for value in claim if isinstance(value, str))
    return ()
