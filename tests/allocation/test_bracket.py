"""The table: which row a score falls into, and what it gives at and between its edges."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bot.allocation.bracket import bracket


@pytest.fixture(scope="module")
def interpolated(content):
    return content.table("social-care-example", date(2026, 11, 2))


@pytest.fixture(scope="module")
def banded(content):
    return content.table("social-care-example-banded", date(2026, 11, 2))


@pytest.mark.parametrize(
    ("score", "pounds"),
    [("15", 500), ("29.99", "1499.33"), ("30", 1500), ("45", 4000), ("52.5", 6250), ("60", 8500), ("75", 15000),
     ("80", 18000), ("85", 21000)],
)  # fmt: skip
def test_between_anchors_the_amount_runs_straight(interpolated, score, pounds):
    hit = bracket(interpolated, Fraction(score))
    assert round(hit.exact_pence) == Fraction(pounds) * 100


@pytest.mark.parametrize(
    ("score", "pounds"), [("14.99", 0), ("15", 500), ("59.99", 4000), ("60", 8500), ("75", 15000), ("85.99", 15000)]
)
def test_a_band_holds_from_its_first_score_to_the_next_bands(banded, score, pounds):
    assert bracket(banded, Fraction(score)).exact_pence == pounds * 100


@pytest.mark.parametrize("score", ["85.01", "86", "100"])
def test_above_the_last_anchor_there_is_no_figure(interpolated, score):
    assert bracket(interpolated, Fraction(score)) is None


@pytest.mark.parametrize("score", ["86", "100"])
def test_in_the_row_without_an_amount_there_is_no_figure(banded, score):
    assert bracket(banded, Fraction(score)) is None


def test_the_last_score_of_a_bracket_is_said_as_the_table_says_it(interpolated, banded):
    assert bracket(interpolated, Fraction(50)).last_score == "59.99"
    assert bracket(interpolated, Fraction(80)).last_score == "85"
    assert bracket(banded, Fraction(80)).last_score == "85.99"


def test_a_last_figure_without_a_top_holds_at_its_own_score_alone(interpolated):
    short = interpolated.model_copy(update={"top": None})
    assert bracket(short, Fraction(75)).exact_pence == 1500000
    assert bracket(short, Fraction("75.01")) is None
