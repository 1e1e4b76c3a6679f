"""Nothing is allowed that is not listed, and a team's cases are its own."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.cases.access import RIGHTS, RIGHTS_KNOWN, ROLES, Right, Role, may, sees, teams_of
from bot.cases.teams import team_for
from bot.content.loader import load
from bot.content.teams_models import Team, Teams

TEAMS = load().teams


def test_every_role_and_every_right_is_in_the_table() -> None:
    assert set(RIGHTS) == set(ROLES)
    assert {right for rights in RIGHTS.values() for right in rights} == set(RIGHTS_KNOWN)


@pytest.mark.parametrize("role", ["auditor", "finance", "content-author"])
@pytest.mark.parametrize("right", ["read drafts", "pick up alerts", "comment", "decide", "approve", "assign", "hold"])
def test_who_does_no_casework_reads_no_words_and_decides_nothing(role: Role, right: Right) -> None:
    assert not may(role, right)


def test_a_lead_professional_proposes_and_signs_nothing() -> None:
    assert may("lead-professional", "decide")
    assert not may("lead-professional", "approve")
    assert not may("lead-professional", "export personal data")


def test_only_roles_over_teams_see_all_of_them() -> None:
    named = frozenset({"children"})
    assert {role for role in ROLES if teams_of(role, named) == "all"} == {
        "group-manager",
        "head-of-service",
        "auditor",
        "finance",
    }
    assert teams_of("team-manager", frozenset()) == frozenset()


@pytest.mark.parametrize(
    ("user", "teams", "seen"),
    [
        ("ann", frozenset({"children"}), True),
        ("ann", frozenset({"early_help", "children"}), True),
        ("ann", frozenset({"early_help"}), False),
        ("ann", frozenset(), False),
        ("lee", frozenset(), True),
        ("ann", "all", True),
    ],
)
def test_a_case_is_seen_by_its_team_and_by_who_leads_it(user: str, teams: frozenset[str], seen: bool) -> None:
    assert sees(user, teams, team="children", lead="lee") is seen


@pytest.mark.parametrize(
    ("age", "team"),
    [
        (None, "children"),
        (0, "early_help"),
        (7, "early_help"),
        (8, "children"),
        (13, "children"),
        (14, "preparing_for_adulthood"),
        (25, "preparing_for_adulthood"),
    ],
)
def test_the_team_follows_the_age(age: int | None, team: str) -> None:
    assert team_for(TEAMS, age) == team


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ([Team(id="a", name="A", from_age=1)], "every age needs a team"),
        ([Team(id="a", name="A", from_age=0, to_age=9)], "every age needs a team"),
        ([Team(id="a", name="A", from_age=0, to_age=9), Team(id="b", name="B", from_age=9)], "must meet"),
        ([Team(id="a", name="A", from_age=0), Team(id="a", name="B")], "the same id"),
        ([Team(id="b", name="A", from_age=0)], "which is no team"),
    ],
)
def test_teams_that_leave_a_child_to_nobody_are_refused(teams: list[Team], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Teams(
            council="x",
            example=True,
            source="x",
            valid_from="2026-04-01",  # type: ignore[arg-type]  # as YAML gives it
            teams=tuple(teams),
            front_door="a",
            access_from="x",
        )
