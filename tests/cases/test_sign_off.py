"""Nobody signs what they proposed, nobody signs above their limit, and a limit that was forgotten allows nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bot.cases.access import RIGHTS
from bot.cases.amounts import NotAnAmount, pence_of
from bot.cases.sign_off import (
    Signing,
    Vote,
    panel_faults,
    panel_standing,
    who_can,
    why_no_vote,
    why_not,
)
from bot.cases.small_budgets import route_limit
from bot.cases.working_days import working_days_after
from bot.content import load
from bot.content.sign_off_models import SignOff

CONTENT = load()
POLICY = CONTENT.sign_off
assert POLICY is not None
DAY = date(2026, 11, 24)
MANAGER = Signing("tess", "team-manager", 400_000, proposed_by="lee", amount_by="lee", lead="lee")
PANEL = ("tess", "greg", "hana")


def refused(signing: Signing, policy: SignOff | None = POLICY, on: date = DAY) -> str:
    found = why_not(policy, signing, on)
    return "" if found is None else found.code


def policy_with(**changed: Any) -> SignOff:
    assert POLICY is not None
    return SignOff.model_validate(POLICY.model_dump() | changed)


def test_somebody_else_within_their_limit_signs() -> None:
    assert refused(MANAGER) == ""


@pytest.mark.parametrize(
    ("role", "pence", "code"),
    [
        ("team-manager", 500_000, ""),
        ("team-manager", 500_001, "over_limit"),
        ("group-manager", 500_001, ""),
        ("group-manager", 2_000_000, ""),
        ("group-manager", 2_000_001, "over_limit"),
        ("head-of-service", 2_000_001, ""),
        ("head-of-service", 5_000_000, ""),
        ("head-of-service", 5_000_001, "panel_needed"),
        ("lead-professional", 0, "no_limit"),
        ("lead-professional", 100, "no_limit"),
        ("finance", 100, "no_limit"),
        ("auditor", 100, "no_limit"),
    ],
)
def test_each_role_signs_up_to_its_limit_and_not_a_penny_more(role: Any, pence: int, code: str) -> None:
    assert refused(replace(MANAGER, role=role, pence=pence)) == code


def test_a_refusal_says_who_can() -> None:
    found = why_not(POLICY, replace(MANAGER, pence=600_000), DAY)
    assert found is not None
    assert found.status == 403
    assert found.words.startswith("The role team manager signs up to £5,000, and this is £6,000.")
    assert "group manager, head of service" in found.words


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"proposed_by": "tess"}, "proposer"),
        ({"amount_by": "tess"}, "amount"),
        ({"proposed_by": "", "amount_by": "", "lead": "tess"}, "lead"),
        ({"proposed_by": "", "amount_by": ""}, ""),
        ({"worked_before": frozenset({"tess"})}, "second_look"),
        ({"worked_before": frozenset({"lee"})}, ""),
        ({"open_questions": ("S1", "H2")}, "levels_open"),
        ({"changed": ("the plan that was sent",)}, "stale"),
        ({"panel": PANEL}, "panel_decides"),
    ],
)
def test_who_worked_on_it_does_not_sign_it(changed: dict[str, Any], code: str) -> None:
    assert refused(replace(MANAGER, **changed)) == code


def test_what_is_open_or_changed_is_named() -> None:
    levels = why_not(POLICY, replace(MANAGER, open_questions=("S1", "H2")), DAY)
    stale = why_not(POLICY, replace(MANAGER, changed=("the guide amount",)), DAY)
    assert levels is not None
    assert stale is not None
    assert "S1, H2" in levels.words
    assert "the guide amount" in stale.words


def test_without_limits_for_the_day_nobody_signs() -> None:
    ended = policy_with(periods=[policy_with().periods[0].model_dump() | {"valid_to": date(2026, 10, 31)}])
    for policy, on in ((None, DAY), (ended, DAY), (POLICY, date(2026, 3, 31))):
        for role in ("team-manager", "head-of-service"):
            assert refused(replace(MANAGER, role=role), policy, on) == "no_policy"
        assert "nobody" in who_can(policy, 100, on)
    assert refused(MANAGER, ended, date(2026, 10, 31)) == ""


def test_a_role_without_a_limit_signs_nothing_and_any_has_to_be_written() -> None:
    period = policy_with().periods[0].model_dump()
    without = policy_with(periods=[period | {"limits": period["limits"][:1] + period["limits"][2:]}])
    assert refused(MANAGER, without) == "no_limit"
    with pytest.raises(ValidationError):
        policy_with(periods=[period | {"limits": [{"role": "head-of-service", "up_to_pence": None}]}])


@pytest.mark.parametrize("starts", [date(2027, 3, 31), date(2027, 4, 2)])
def test_limits_follow_each_other_without_a_gap_or_an_overlap(starts: date) -> None:
    period = policy_with().periods[0].model_dump()
    first, second = period | {"valid_to": date(2027, 3, 31)}, period | {"valid_from": starts}
    with pytest.raises(ValidationError, match="do not follow on the day after"):
        policy_with(periods=[first, second])
    joined = policy_with(periods=[first, second | {"valid_from": date(2027, 4, 1)}])
    assert joined.period(date(2027, 3, 31)) == joined.periods[0]
    assert joined.period(date(2027, 4, 1)) == joined.periods[1]


def test_roles_of_the_limits_are_roles_that_there_are() -> None:
    for period in policy_with().periods:
        assert {limit.role for limit in period.limits} <= set(RIGHTS)
        assert set(period.panel.one_of) <= {limit.role for limit in period.limits}


def test_a_small_budget_has_a_limit_of_its_own() -> None:
    practice = route_limit(CONTENT, "practice", DAY)
    lead = replace(MANAGER, user="lee", role="lead-professional", proposed_by="", amount_by="", route_limit=practice)
    assert refused(replace(lead, pence=20_000)) == ""
    assert refused(replace(lead, pence=20_001)) == "over_route_limit"
    assert refused(replace(lead, pence=20_000, amount_by="lee")) == "amount"
    assert refused(replace(lead, pence=20_000, panel=PANEL)) == "panel_decides"


def test_a_panel_votes_and_who_proposed_does_not() -> None:
    asked = replace(MANAGER, pence=9_000_000, panel=PANEL)
    assert why_no_vote(POLICY, asked, DAY) is None
    codes = [
        why_no_vote(POLICY, one, DAY)
        for one in (
            replace(asked, user="stranger"),
            replace(asked, proposed_by="tess"),
            replace(asked, amount_by="tess"),
            replace(asked, open_questions=("S1",)),
            replace(asked, changed=("the table",)),
            replace(asked, role="finance"),
        )
    ]
    assert [found.code if found else "" for found in codes] == [
        "not_on_panel",
        "proposer",
        "amount",
        "levels_open",
        "stale",
        "not_on_panel",
    ]
    assert why_no_vote(None, asked, DAY) is not None


def test_a_panel_needs_enough_of_several_roles_and_one_of_those_named() -> None:
    rule = policy_with().periods[0].panel
    tess, greg = Vote("tess", "team-manager", True), Vote("greg", "group-manager", True)
    assert (
        panel_standing(rule, PANEL, [tess]).missing == "1 more to agree; 1 more role; group manager or head of service"
    )
    assert panel_standing(rule, PANEL, [tess, greg]).agreed
    assert not panel_standing(rule, PANEL, [tess, Vote("ted", "head-of-service", True)]).agreed  # not on the panel
    assert not panel_standing(rule, PANEL, [tess, replace(greg, role="team-manager")]).agreed
    assert panel_standing(rule, PANEL, [replace(tess, agrees=False), replace(greg, agrees=False)]).lost


def test_who_is_asked_onto_a_panel_is_checked() -> None:
    rule = policy_with().periods[0].panel
    assert panel_faults(rule, PANEL, "lee") == ()
    assert panel_faults(rule, ("tess", "greg"), "lee") == ("A panel has at least 3 members",)
    assert "Name each member of the panel once" in panel_faults(rule, ("tess", "tess", "greg"), "lee")
    assert "Who proposes a decision does not vote on it" in panel_faults(rule, PANEL, "tess")


@pytest.mark.parametrize(
    ("typed", "pence"), [("£4,500", 450_000), ("4500.50", 450_050), ("0", 0), (" £ 1,234.05 ", 123_405)]
)
def test_amounts_are_read_as_they_are_written(typed: str, pence: int) -> None:
    assert pence_of(typed) == pence


@pytest.mark.parametrize(
    "typed",
    ["", "four thousand", "4.500", "4,50", "45,00.00", "4500.5", "-5", "1e5", "4500p", "£", "٤٥٠٠", "99999999999"],
)
def test_what_is_no_amount_is_never_guessed(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        pence_of(typed)


def test_days_to_reply_leave_out_weekends_and_bank_holidays() -> None:
    closed = CONTENT.council.closed_days
    assert working_days_after(date(2026, 12, 18), 10, closed) == date(2027, 1, 6)
