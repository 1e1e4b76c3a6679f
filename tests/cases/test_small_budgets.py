"""Small budgets: limits of their own that are always there, suggestions that never give less, words for families."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.cases.small_budgets import (
    FULL,
    NoLimitSet,
    for_family,
    lighter,
    over_limit,
    route_limit,
    sections_asked,
    small_budgets,
    suggestions,
)
from bot.content.loader import Content, load
from bot.content.small_budgets_models import SmallBudgets
from bot.interview import Interview
from bot.interview.state import About
from bot.interview.words import Words

CONTENT: Content = load()
TODAY = date(2026, 11, 23)


def rules() -> SmallBudgets:
    found = small_budgets(CONTENT, TODAY)
    assert found is not None
    return found


def test_the_defaults_are_those_of_the_pilots() -> None:
    practice, lead = route_limit(CONTENT, "practice", TODAY), route_limit(CONTENT, "lead_professional", TODAY)
    assert practice is not None
    assert lead is not None
    assert (practice.limit_pence, lead.limit_pence) == (20_000, 300_000)
    assert route_limit(CONTENT, FULL, TODAY) is None
    assert rules().example


@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2020, 1, 1)])
def test_a_day_without_a_limit_lets_nobody_agree(on: date) -> None:
    with pytest.raises(NoLimitSet):
        route_limit(CONTENT, "practice", on)


def test_the_limit_holds_to_the_penny_and_for_the_roles_named() -> None:
    lead = route_limit(CONTENT, "lead_professional", TODAY)
    assert lead is not None
    assert over_limit(lead, "lead-professional", 300_000) == ""
    assert "up to £3,000 can be agreed" in over_limit(lead, "head-of-service", 300_001)
    assert "may not agree to it" in over_limit(replace(lead, may_agree=("team-manager",)), "lead-professional", 1)
    assert over_limit(None, "lead-professional", 10_000_000) == ""


@pytest.mark.parametrize(
    ("age", "status", "amount", "routes"),
    [
        (5, "bespoke", None, ["lead_professional"]),
        (9, "ok", 505_000, []),
        (9, "below_threshold", 0, ["lead_professional"]),
        (15, "ok", 15_000, ["practice"]),
        (15, "ok", 505_000, []),
        (15, "below_threshold", 0, ["lead_professional", "practice"]),
        (None, None, None, []),
    ],
)
def test_what_is_suggested_by_age_and_score(
    age: int | None, status: str | None, amount: int | None, routes: list[str]
) -> None:
    """Never a route with a limit under the guide amount: it would give less than the answers point to."""
    found = suggestions(rules(), age=age, status=status, amount_pence=amount)
    assert [one.route for one in found] == routes
    assert all(one.why for one in found)


def test_a_small_route_asks_a_lighter_plan() -> None:
    script = CONTENT.plan_script(CONTENT.plan_rules.script)
    every = tuple(section.id for section in script.sections)
    assert lighter(every, sections_asked(CONTENT, FULL, TODAY)) == every
    asked = lighter(every, sections_asked(CONTENT, "practice", TODAY))
    assert asked == ("P00", "P01", "P03", "P08", "P10", "P11", "P12", "P19")
    for route in rules().routes:
        assert set(route.sections) <= set(every), "a route names a section that the plan does not have"


def test_ages_without_a_gap_and_routes_that_are_there() -> None:
    data = rules().model_dump()
    data["age_bands"][1]["from_age"] = 9
    with pytest.raises(ValueError, match="ages are left out"):
        SmallBudgets.model_validate(data)
    data = rules().model_dump()
    data["routes"] = data["routes"][:1]
    with pytest.raises(ValueError, match="suggest a route that is not there"):
        SmallBudgets.model_validate(data)


def test_the_family_is_told_in_plain_words_and_may_say_no() -> None:
    words = Words(CONTENT, Interview("default-ras", "1", about=About(True, "parent", "Ty", "he", 5)))
    told = "\n".join(
        for_family(words.say, "practice", route_limit(CONTENT, "practice", TODAY), "You asked to try a club.")
    )
    assert "up to £200" in told
    assert "It does not take the place of a bigger budget later." in told
    assert "You asked to try a club." in told
    assert "You can say no to this." in told
