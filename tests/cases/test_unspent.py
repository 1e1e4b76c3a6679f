"""Checks before a start, and money that was not spent: rules that hold whatever a page asks."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot.cases.checks_before_start import NotATick, Tick, Ticked, checked, checks_for, missing, needed
from bot.cases.unspent import LineMoney, Unspent, chosen, left_over
from bot.content.loader import load
from bot.plans.model import Entry, Line, Plan, Section

RULES = load().living_rules(date(2026, 11, 22))
STARTS = date(2026, 12, 1)


def pa(**changed: object) -> Line:
    """Somebody whom the family employs itself."""
    facts = {"unit_cost_pence": 1_350, "kind": "person", "employed": True, "managed_by": "direct_payment"}
    return Line(1, "a PA", "m1", **(facts | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "checks"),
    [
        (pa(), ["agreement", "dbs", "references", "insurance", "contract"]),
        (pa(employed=None), ["agreement", "dbs", "references"]),
        (pa(managed_by="third_party", employed=None), ["third_party_agreement", "dbs", "references"]),
        (pa(managed_by="council"), []),
        (pa(unit_cost_pence=0), []),
        (pa(kind="activity", employed=None), ["agreement"]),
        (pa(kind="activity", employed=None, managed_by=None), []),
    ],
)
def test_what_each_line_needs(line: Line, checks: list[str]) -> None:
    assert [check.id for check in checks_for(line, RULES)] == checks


def test_nobody_who_is_paid_starts_before_everything_was_seen() -> None:
    line = pa()
    ticks: list[Ticked] = []
    for check in checks_for(line, RULES):
        assert check.label in [one.label for one in missing(line, RULES, ticks, STARTS)]
        ticks.append(Ticked(1, check.id, "seen", date(2026, 11, 20), "ann"))
    assert missing(line, RULES, ticks, STARTS) == ()
    taken_back = [*ticks, Ticked(1, "dbs", "taken_back", date(2026, 11, 21), "bob")]
    assert [one.id for one in missing(line, RULES, taken_back, STARTS)] == ["dbs"]
    seen_later = [*taken_back, Ticked(1, "dbs", "seen", date(2026, 12, 2), "bob")]
    assert [one.id for one in missing(line, RULES, seen_later, STARTS)] == ["dbs"], "not yet on that day"
    other_line = [Ticked(2, tick.check, tick.tick, tick.on, tick.by) for tick in ticks]
    assert len(missing(line, RULES, other_line, STARTS)) == len(needed(line, RULES, ticks))


@pytest.mark.parametrize("tick", get_args(Tick))
def test_a_dbs_check_is_never_left_out(tick: Tick) -> None:
    asked = Ticked(1, "dbs", tick, STARTS, "ann")
    if tick == "left_out":
        with pytest.raises(NotATick):
            checked(pa(), RULES, asked, STARTS)
    else:
        assert checked(pa(), RULES, asked, STARTS) == asked


def plan(said: str | None) -> Plan:
    """A plan that says this about money not spent."""
    entries = (Entry(1, "unspent", said, "m1"),) if said else ()
    return Plan("default-plan/1", STARTS, sections={"P17": Section(entries)})


@pytest.mark.parametrize(
    ("said", "pence", "rule"),
    [
        ("keep", 90_000, "keep"),
        ("pay_back", 90_000, "pay_back"),
        ("discuss", 90_000, "discuss"),
        (None, 90_000, "discuss"),
        ("a new bike", 90_000, "discuss"),
        ("pay_back", 5_000, "keep"),
        ("pay_back", 5_001, "pay_back"),
    ],
)
def test_what_the_plan_says_holds_and_small_sums_stay_with_the_family(said: str, pence: int, rule: Unspent) -> None:
    found = left_over(plan(said), [LineMoney(1, 100_000, pence, 0)], RULES.unspent_small_pence)
    assert (found.pence, found.rule) == (pence, rule)


def test_one_line_that_ran_over_takes_nothing_from_another() -> None:
    lines = [LineMoney(1, 100, 100, 300), LineMoney(2, 100, 100, 40)]
    found = left_over(plan("keep"), lines, 0)
    assert (found.pence, found.over_pence) == (60, 200)
    assert chosen(plan("keep")) == "keep"
