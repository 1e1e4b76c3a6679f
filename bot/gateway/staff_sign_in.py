"""What a council sets so that its staff sign in with the accounts they have (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cases.access import Role


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """One client at one provider."""

    issuer: str
    """Exactly as the provider writes it in its tokens, e.g. "https://login.example.gov.uk/tenant/v2.0"."""
    client_id: str
    client_secret: str = field(repr=False)
    role_claim: str = "roles"
    team_claim: str = "teams"
    user_claim: str = "sub"
    """What the audit knows people by. It must never change, and never be given to somebody else."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Value of the role claim to role. Empty: the values are the roles' own names. Any other value gives nothing."""
    teams: Mapping[str, str] = field(default_factory=dict)
    """Value of the team claim to team id. Empty: the values are the ids."""
    tenants: frozenset[str] = frozenset()
    """Values of ``tid`` that may sign in; empty: the issuer alone decides."""
