"""Signing in to the demo: made-up members of staff, one for each role, in all teams or in one. Not there in live mode."""

from __future__ import annotations

from bot.cases.access import Role, teams_of
from bot.gateway.problems import malformed
from bot.gateway.services import Services
from bot.store import staff_members, staff_sessions

DEMO_ROLES: tuple[Role, ...] = (
    "lead-professional",
    "team-manager",
    "group-manager",
    "head-of-service",
    "auditor",
    "finance",
)
"""Those to choose from. In the demo everybody may do what a content author may."""


def sign_in_demo(services: Services, role: Role, team: str | None = None) -> str:
    """The token of a session for a made-up member of staff: of one team, or of all of them.

    Raises Problem 422 for a team that there is not.
    """
    teams = services.content.teams
    if team is not None and team not in teams.ids:
        raise malformed(f"team: use one of {', '.join(sorted(teams.ids))}, or leave it out.")
    user = f"demo.{role}" if team is None else f"demo.{role}.{team}"
    works_on = teams_of(role, teams.ids if team is None else frozenset({team}))
    with services.database.write() as tx:
        _, token = staff_sessions.start(tx, user=user, role=role, teams=works_on, at=services.now())
        of = "" if team is None else f" of the {team.replace('_', ' ')} team"
        name = f"{role.replace('-', ' ').capitalize()}{of} (demo)"
        staff_members.seen(tx, user=user, name=name, role=role, teams=works_on, at=services.now())
    return token
