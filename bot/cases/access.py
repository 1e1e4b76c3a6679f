"""Who may do what, and on whose cases. Nothing is allowed that is not listed here.

A role says which rights somebody has; their teams say on which cases. Sign-off limits in pounds are not rights: they are
dated council policy and come on top of "decide" and "approve".
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal[
    "lead-professional", "team-manager", "group-manager", "head-of-service", "auditor", "finance", "content-author"
]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "read drafts",
    "pick up alerts",
    "comment",
    "moderate",
    "return",
    "decide",
    "approve",
    "panel",
    "run",
    "assign",
    "finance",
    "register",
    "reports",
    "read audit",
    "export personal data",
    "hold",
    "try understanding",
]
"""decide: propose a decision. approve: sign one, or send it back. panel: vote in one. run: what is done while a plan is
lived. finance: payments and spending, without a family's words. register: risks and opportunities. reports: figures over
many cases. hold: stop the deletion of a case, or let it go on."""
RIGHTS_KNOWN: tuple[Right, ...] = get_args(Right)

_CASEWORK: frozenset[Right] = frozenset(
    {
        "read drafts",
        "pick up alerts",
        "comment",
        "moderate",
        "return",
        "decide",
        "panel",
        "run",
        "assign",
        "finance",
        "register",
        "reports",
    }
)
_MANAGES: frozenset[Right] = _CASEWORK | {"approve", "export personal data", "hold"}

RIGHTS: dict[Role, frozenset[Right]] = {
    "lead-professional": _CASEWORK,
    "team-manager": _MANAGES,
    "group-manager": _MANAGES,
    "head-of-service": _MANAGES,
    "auditor": frozenset({"read audit", "reports"}),
    "finance": frozenset({"finance"}),
    "content-author": frozenset({"try understanding"}),
}
"""An auditor sees who did what to which draft, and figures; finance sees payments. Neither reads a family's words."""

Teams = frozenset[str] | Literal["all"]
"""Ids of the teams whose cases somebody works on."""

SEES_ALL_TEAMS: frozenset[Role] = frozenset({"group-manager", "head-of-service", "auditor", "finance"})
"""Roles over teams. What an auditor and finance see of a case is little, and it must be of every case."""


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]


def teams_of(role: Role, named: frozenset[str]) -> Teams:
    """The teams somebody works on: those they are named for, or all where the role is over teams."""
    return "all" if role in SEES_ALL_TEAMS else named


def sees(user: str, teams: Teams, *, team: str, lead: str | None) -> bool:
    """Whether somebody may know that there is this case: it is their team's, or they lead it themselves.

    >>> sees("ann", frozenset({"children"}), team="children", lead=None)
    True
    >>> sees("ann", frozenset({"early_help"}), team="children", lead="ann")
    True
    >>> sees("bob", frozenset({"early_help"}), team="children", lead="ann")
    False
    """
    return teams == "all" or team in teams or user == lead
