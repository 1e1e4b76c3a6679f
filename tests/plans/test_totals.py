"""The sums of a whole plan: worked by hand, and right to the penny for any plan."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plans.model import Entry, Line, Record, Section
from bot.plans.totals import totals
from bot.plans.view import plan_view
from tests.plans.plans import RATES, RULES, any_plan, plan_of, weekly

GOALS = Section(records=(Record(1, "m1", {"main": "to swim"}), Record(2, "m1", {"main": "to have a friend"})))
PLAN = plan_of(
    weekly(11, "Jo on Sundays", 1350, 10, supplier="Jo", kind="person", employed=True, checks="applied"),
    weekly(12, "trampoline", 1000, unit="session", times=Fraction(39), goal=2, managed_by="council"),
    Line(13, "a trike", "m1", 45000, "one-off", Fraction(1), "once", goal=2, managed_by="direct_payment"),
    weekly(14, "Grandad's lifts", 0, unit="session", goal=None, managed_by=None),
    weekly(15, "music club", None, unit="session"),
    P01=Section((Entry(1, "main", "He is funny.", "m1"), Entry(2, "own_words", "Trains!", "m1", True))),
    P08=GOALS,
)
# Jo £7,020 and on-costs £1,559.61 (see test_on_costs); trampoline £10 x 39 = £390; trike £450; lifts free; club open.
# Regular £7,020 + £1,559.61 + £390 = £8,969.61; one-off £450; together £9,419.61; a week £8,969.61 / 52 = £172.4925 → £172.49.


def test_the_whole_plan_by_hand():
    sums = totals(PLAN, 9_000_00, RULES, RATES)
    assert sums.everything.regular_pence == 8969_61
    assert sums.everything.one_off_pence == 450_00
    assert sums.total_pence == 9419_61
    assert sums.weekly_pence == 172_49
    assert sums.on_costs.pence == 1559_61
    assert [line.what for line in sums.open] == ["music club"]
    assert (sums.left_pence, sums.over_pence) == (-419_61, 419_61)


def test_by_goal_and_by_who_looks_after_the_money():
    sums = totals(PLAN, None, RULES, RATES)
    assert {group.key: group.total_pence for group in sums.goals} == {"1": 8579_61, "2": 840_00, "": 0}
    assert {group.key: group.total_pence for group in sums.managers} == {
        "direct_payment": 9029_61,
        "council": 390_00,
        "": 0,
    }
    assert [line.line.what for group in sums.goals if group.key == "" for line in group.lines] == ["Grandad's lifts"]


def test_without_a_guide_amount_nothing_is_left_and_nothing_is_over():
    sums = totals(PLAN, None, RULES, RATES)
    assert (sums.left_pence, sums.over_pence) == (None, 0)


def test_money_of_the_nhs_does_not_eat_the_guide_amount():
    nhs = replace(PLAN, lines=(*PLAN.lines, weekly(16, "nurse", 2000, stream="nhs")))
    sums = totals(nhs, 10_000_00, RULES, RATES)
    assert {group.key: group.total_pence for group in sums.streams} == {"social_care": 9419_61, "nhs": 1040_00}
    assert sums.total_pence == 10_459_61
    assert sums.left_pence == 580_39


def test_an_empty_plan_is_nothing_at_all():
    sums = totals(plan_of(), 100, RULES, RATES)
    assert (sums.total_pence, sums.weekly_pence, sums.left_pence, sums.lines, sums.goals) == (0, 0, 100, (), ())


def test_the_view_for_the_outside():
    view = plan_view(PLAN, totals(PLAN, 9_000_00, RULES, RATES))
    assert (view["total_pence"], view["guide_pence"]) == (9419_61, 9000_00)
    assert view["sections"] == {"P01": "He is funny.\nTrains!", "P08": "to swim\nto have a friend"}
    assert view["lines"][0] == {
        "goal": "to swim",
        "what": "Jo on Sundays",
        "stream": "social_care",
        "supplier": "Jo",
        "unit_cost_pence": 1350,
        "unit": "hour",
        "units_per_year": 520,
        "total_pence": 7020_00,
        "on_costs_pence": 1559_61,
        "one_off": False,
        "managed_by": "direct_payment",
        "who_is_paid": "employee",
        "dbs": "applied",
        "notes": None,
    }
    trike, lifts, club = view["lines"][2:]
    assert (trike["one_off"], trike["total_pence"], trike["units_per_year"]) == (True, 450_00, 1)
    assert (lifts["who_is_paid"], lifts["total_pence"]) == ("nobody", 0)
    assert (club["total_pence"], club["on_costs_pence"]) == (None, None)


modest = settings(max_examples=60, deadline=None)


@modest
@given(plan=any_plan)
def test_every_way_of_adding_up_comes_to_the_same_penny(plan):
    sums = totals(plan, 500_000, RULES, RATES)
    by_line = sum(line.total_pence for line in sums.lines if line.total_pence is not None)
    assert sums.total_pence == by_line
    for groups in (sums.streams, sums.goals, sums.managers):
        assert sum(group.total_pence for group in groups) == sums.total_pence
        assert sorted(line.line.id for group in groups for line in group.lines) == sorted(
            line.id for line in plan.lines
        )
        assert sum(group.on_costs_pence for group in groups) == sums.on_costs.pence
    assert sums.left_pence + sums.against_guide_pence == 500_000


@modest
@given(plan=any_plan)
def test_an_open_line_is_listed_and_changes_no_sum(plan):
    sums = totals(plan, None, RULES, RATES)
    settled = replace(plan, lines=tuple(line for line in plan.lines if line not in sums.open))
    assert totals(settled, None, RULES, RATES).total_pence == sums.total_pence
    assert all(sums.of(line.id).total_pence is None for line in sums.open)


@modest
@given(plan=any_plan)
def test_the_view_is_plain_json_and_its_lines_add_up(plan):
    sums = totals(plan, None, RULES, RATES)
    view = json.loads(json.dumps(plan_view(plan, sums)))
    assert (
        sum((line["total_pence"] or 0) + (line["on_costs_pence"] or 0) for line in view["lines"]) == view["total_pence"]
    )
    assert len(view["lines"]) == len(plan.lines)


@modest
@given(plan=any_plan, order=st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_change_the_total(plan, order):
    shuffled = list(plan.lines)
    order.shuffle(shuffled)
    other = replace(plan, lines=tuple(shuffled))
    assert totals(other, None, RULES, RATES).total_pence == totals(plan, None, RULES, RATES).total_pence
