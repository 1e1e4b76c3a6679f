"""Live mode starts only with the staff's own sign-in, set so that it can be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ops import config
from tests.ops.test_alert_settings import LIVE, SECRET, WEBHOOK

ENOUGH = LIVE | WEBHOOK | SECRET


@pytest.mark.parametrize("missing", ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
def test_live_mode_names_what_sign_in_still_lacks(missing: str) -> None:
    name = f"SEVENSTEPS_OIDC_{missing}"
    with pytest.raises(config.NotConfigured) as refused:
        config.read({key: value for key, value in ENOUGH.items() if key != name})
    assert [sentence.split()[0] for sentence in refused.value.missing] == [name]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SEVENSTEPS_OIDC_ISSUER": "http://login.example.gov.uk"}, "must be an https address"),
        ({"SEVENSTEPS_OIDC_ISSUER": "login.example.gov.uk"}, "must be an https address"),
        ({"SEVENSTEPS_OIDC_ROLES": "f3a1=administrator"}, "The roles are: lead-professional"),
        ({"SEVENSTEPS_OIDC_ROLES": "f3a1"}, "must hold pairs"),
        ({"SEVENSTEPS_OIDC_ROLES": "f3a1=auditor,f3a1=team-manager"}, "each value once"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(config.NotConfigured, match=said):
        config.read(ENOUGH | changed)


def test_claims_roles_and_teams_are_read() -> None:
    read = config.read(
        ENOUGH
        | {
            "SEVENSTEPS_OIDC_ROLE_CLAIM": "groups",
            "SEVENSTEPS_OIDC_TEAM_CLAIM": "department",
            "SEVENSTEPS_OIDC_USER_CLAIM": "oid",
            "SEVENSTEPS_OIDC_ROLES": "f3a1=team-manager, 77b0=auditor",
            "SEVENSTEPS_OIDC_TEAMS": "CYP-7=children",
            "SEVENSTEPS_OIDC_TENANTS": "county, borough",
        }
    )
    found = read.staff_sign_in
    assert found is not None
    assert (found.role_claim, found.team_claim, found.user_claim) == ("groups", "department", "oid")
    assert found.roles == {"f3a1": "team-manager", "77b0": "auditor"}
    assert found.teams == {"CYP-7": "children"}
    assert found.tenants == {"county", "borough"}
    assert "a secret for sign-in" not in repr(read)


def test_a_demo_does_without(tmp_path: Path) -> None:
    assert config.read({"DATA_DIR": str(tmp_path)}).staff_sign_in is None
