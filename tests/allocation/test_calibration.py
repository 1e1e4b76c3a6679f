"""Calibration: a point's price, a curve from today's costs, and whether it fits the pot. Whole pence throughout."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.allocation.calibration import (
    Anchor,
    Case,
    Pot,
    benchmark,
    fit_to_pot,
    isotonic,
    price_per_point,
    rank_correlation,
    table_amount,
)

POT = Pot(120_000_000)


def cases(*rows: tuple[int, int]) -> list[Case]:
    """Score and pounds a year."""
    return [Case(Fraction(score), pounds * 100) for score, pounds in rows]


def test_price_per_point_of_the_worked_example():
    price = price_per_point(POT, [Fraction(41)] * 180)
    assert round(price.pence) == 14309
    assert price.amount(Fraction("42.2")) == 603837


def test_points_up_to_a_threshold_carry_no_money():
    price = price_per_point(Pot(100_000, 0), [Fraction(10), Fraction(30)], threshold=Fraction(20))
    assert price.amount(Fraction(10)) == 0
    assert price.amount(Fraction(30)) == 100_000


def test_a_price_shares_out_the_pot_but_for_the_reserve():
    points = [Fraction(7), Fraction(20), Fraction(63)]
    price = price_per_point(POT, points)
    assert abs(sum(price.amount(item) for item in points) - POT.to_share_pence) <= len(points)
    assert POT.reserve_pence == 14_400_000


def test_nobody_over_the_threshold_has_no_price():
    with pytest.raises(ValueError, match="no child has points"):
        price_per_point(POT, [Fraction(5)], threshold=Fraction(5))


@pytest.mark.parametrize(("pence", "percent"), [(0, 12), (-1, 12), (100, 100), (100, -1)])
def test_a_pot_must_make_sense(pence, percent):
    with pytest.raises(ValueError, match="must be"):
        Pot(pence, percent)


def test_the_child_at_the_middle_of_need_gets_the_middle_of_cost():
    sample = cases((20, 9000), (50, 1000), (80, 3000))
    found = benchmark(sample, Pot(1_300_000, 0), [20, 50, 80], step_pence=1)
    assert found.scale == 1
    assert found.anchors == (Anchor(20, 100_000), Anchor(50, 300_000), Anchor(80, 900_000))
    assert found.correlation_before == pytest.approx(-0.5)
    assert found.correlation_after == pytest.approx(1.0)


def test_children_with_the_same_score_share_the_middle_of_their_ranks():
    found = benchmark(cases((20, 1000), (50, 2000), (50, 4000)), Pot(700_000, 0), [50], step_pence=1)
    assert found.anchors == (Anchor(50, 300_000),)


def test_an_outlier_is_capped_and_counted():
    sample = cases((10, 150_000), (40, 2000), (70, 5000))
    found = benchmark(sample, POT, [10, 40, 70], cap_pence=1_000_000)
    assert found.capped == 1
    assert benchmark(sample, POT, [10]).capped == 0
    ratios = [anchor.pence for anchor in found.anchors]
    assert ratios[2] < ratios[0] * 6


def test_by_regression_a_dip_is_levelled_by_how_many_children_there_are():
    sample = cases((20, 1000), (40, 4000), (40, 4000), (60, 1000), (80, 6000))
    found = benchmark(sample, Pot(1_600_000, 0), [20, 40, 60, 80], method="isotonic", step_pence=1)
    assert [anchor.pence for anchor in found.anchors] == [100_000, 300_000, 300_000, 600_000]


def test_a_sample_of_part_of_the_children_gets_its_part_of_the_pot():
    sample = cases((20, 1000), (80, 3000))
    whole = benchmark(sample, Pot(1_000_000, 12), [20, 80], step_pence=1)
    part = benchmark(sample, Pot(1_000_000, 12), [20, 80], population=20, step_pence=1)
    assert whole.scale == 10 * part.scale
    assert sum(anchor.pence for anchor in whole.anchors) == 880_000


@pytest.mark.parametrize(
    ("sample", "words"),
    [([(1, 1)], "two cases"), ([(1, 1), (2, -1)], "below 0"), ([(1, 0), (2, 0)], "nobody")],
)
def test_a_sample_must_make_sense(sample, words):
    with pytest.raises(ValueError, match=words):
        benchmark(cases(*sample), POT, [50])


SAMPLES = st.lists(
    st.builds(Case, st.fractions(0, 100, max_denominator=100), st.integers(100, 5_000_000)), min_size=2, max_size=25
)


@settings(max_examples=60, deadline=None)
@given(sample=SAMPLES, method=st.sampled_from(["percentile", "isotonic"]), pot=st.integers(10**6, 10**9))
def test_a_proposed_curve_never_falls_is_whole_pence_and_stays_within_the_pot(sample, method, pot):
    scores = sorted({int(case.need_score) for case in sample})
    found = benchmark(sample, Pot(pot), scores, method=method, step_pence=100)
    amounts = [anchor.pence for anchor in found.anchors]
    assert amounts == sorted(amounts)
    assert all(type(amount) is int and amount % 100 == 0 for amount in amounts)
    spent = fit_to_pot(lambda score: max(a.pence for a in found.anchors if a.score <= score), sample, Pot(pot))
    assert spent.fits


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(st.fractions(0, 1000, max_denominator=10), st.integers(1, 9)), min_size=1, max_size=20))
def test_pooling_never_falls_and_keeps_the_total(rows):
    values, weights = [value for value, _ in rows], [weight for _, weight in rows]
    risen = isotonic(values, weights)
    assert risen == sorted(risen)
    assert sum(v * w for v, w in zip(risen, weights, strict=True)) == sum(v * w for v, w in rows)


def test_money_that_is_the_same_for_all_has_no_correlation():
    assert rank_correlation([Fraction(1), Fraction(2)], [Fraction(5), Fraction(5)]) is None


def test_a_table_is_held_against_the_pot(content):
    amount = table_amount(content.table("social-care-example", date(2026, 11, 2)))
    sample = cases((10, 700), (45, 3000), (60, 9000), (95, 40_000))
    fit = fit_to_pot(amount, sample, Pot(30_000_000), population=20)
    # 0 + £4,000 + £8,500 + £40,000 at today's cost, five times over, and £36,000 kept back.
    assert fit.expected_pence == 26_250_000
    assert fit.at_current_cost == 1
    assert (fit.reserve_pence, fit.left_pence, fit.fits) == (3_600_000, 150_000, True)
    assert not fit_to_pot(amount, sample, Pot(29_000_000), population=20).fits


def test_a_fit_needs_cases():
    with pytest.raises(ValueError, match="needs cases"):
        fit_to_pot(lambda score: 0, [], POT)
