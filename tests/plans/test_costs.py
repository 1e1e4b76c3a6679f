"""What one line costs, worked out by hand beside each example."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from bot.plans.costs import line_cost
from bot.plans.model import Line
from tests.plans.plans import RULES, lines, weekly


def line(pence, quantity, unit, per, times=None, **more):
    many = None if quantity is None else Fraction(quantity)
    return Line(1, "x", "m1", pence, unit, many, per, None if times is None else Fraction(times), **more)


BY_HAND = {
    # 3 hours x £13.50 = £40.50 a week; x 52 = £2,106
    "a PA for 3 hours on Sundays": (line(1350, 3, "hour", "week"), 4050, 4050, 210600),
    # £25 x 26 = £650; / 52 = £12.50
    "ironing each fortnight": (line(2500, 1, "session", "fortnight"), 2500, 1250, 65000),
    # £10 x 12 = £120; / 52 = £2.3077 → £2.31
    "gym each month": (line(1000, 1, "month", "month"), 1000, 231, 12000),
    # £85 x 3 = £255; / 52 = £4.9038 → £4.90
    "club each term": (line(8500, None, "term", "term"), 8500, 490, 25500),
    # £10 x 39 = £390; / 52 = £7.50
    "trampoline in term time": (line(1000, 1, "session", "week", 39), 1000, 750, 39000),
    # £120 x 13 = £1,560; / 52 = £30
    "play scheme in the holidays": (line(12000, 1, "week", "week", 13), 12000, 3000, 156000),
    # £6 a week for the 13 weeks of each term: £78 a term; x 3 = £234; / 52 = £4.50
    "so much a week, each term": (line(600, None, "week", "term"), 7800, 450, 23400),
    # 2.5 hours x £12.71 = £31.775 → £31.78; x 52 = £1,652.30 exactly
    "two and a half hours": (line(1271, "5/2", "hour", "week"), 3178, 3178, 165230),
    # 12 miles x 45p = £5.40; x 39 = £210.60; / 52 = £4.05
    "petrol instead of a taxi": (line(45, 12, "mile", "week", 39), 540, 405, 21060),
    # £2 x 365 = £730; / 52 = £14.0385 → £14.04
    "every day": (line(200, 1, "day", "day"), 200, 1404, 73000),
    # 7 nights x £150 = £1,050 a year; / 52 = £20.1923 → £20.19
    "7 nights a year": (line(15000, 7, "night", "year"), 105000, 2019, 105000),
    # half an hour x £12.71 = £6.355 → £6.36: half a penny goes up
    "half an hour, once": (line(1271, "1/2", "hour", "once"), 636, None, 636),
    # a one-off has no weekly cost, and happens once whatever else was said
    "the caravan": (line(550000, None, "one-off", "once"), 550000, None, 550000),
    # a third of £10 x 52 = £173.3333 → £173.33; the week alone £3.3333 → £3.33
    "a third": (line(1000, "1/3", "session", "week"), 333, 333, 17333),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_worked_by_hand(name):
    given_line, each, week, year = BY_HAND[name]
    cost = line_cost(given_line, RULES)
    assert (cost.each_pence, cost.weekly_pence, cost.yearly_pence) == (each, week, year)
    assert cost.missing == ()


def test_free_help_costs_nothing_whatever_else_is_open():
    cost = line_cost(line(0, None, None, None), RULES)
    assert (cost.yearly_pence, cost.weekly_pence, cost.missing) == (0, 0, ())


NOT_SETTLED = [
    (line(None, 3, "hour", "week"), ("amount",)),
    (line(1350, None, "hour", "week"), ("how_long",)),
    (line(1350, 3, "hour", None), ("how_often",)),
    (line(1000, None, "session", "week"), ("how_often",)),
    (line(None, None, None, None), ("amount", "how_often")),
    (line(None, 1, "session", "week", missing=("which_amount",)), ("which_amount",)),
    (line(1000, 1, "session", "once", missing=("how_often",)), ("how_often",)),
    (
        line(1000, 1, "session", "week", missing=("how_many_weeks", "how_many_people")),
        ("how_many_weeks", "how_many_people"),
    ),
]


@pytest.mark.parametrize(("given_line", "missing"), NOT_SETTLED)
def test_what_is_not_settled_is_named_and_has_no_cost(given_line, missing):
    cost = line_cost(given_line, RULES)
    assert cost.missing == missing
    assert (cost.yearly_pence, cost.weekly_pence, cost.each_pence) == (None, None, None)


def test_a_thing_without_a_name_has_a_cost_all_the_same():
    assert line_cost(line(1000, 1, "session", "week", missing=("what",)), RULES).yearly_pence == 52000


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        line_cost(weekly(7, "PA", -1), RULES)


@settings(max_examples=80, deadline=None)
@given(any_line=lines)
def test_there_is_a_cost_or_something_to_ask_and_never_both(any_line):
    cost = line_cost(any_line, RULES)
    assert (cost.year is None) == bool(cost.missing)
    assert cost.year != 0 or any_line.unit_cost_pence == 0 or 0 in (any_line.quantity, any_line.times)
