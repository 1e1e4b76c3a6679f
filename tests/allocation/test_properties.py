"""What must hold for every family: more need never gives less, nothing blank counts, and money is whole pence."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.allocation.bracket import bracket
from bot.allocation.calibration import table_amount
from bot.allocation.numbers import round_half_up, weekly_pence

CODES = ("S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2")
LEVELS = st.fixed_dictionaries({code: st.integers(0, 3) for code in CODES})
TABLES = st.sampled_from(["social-care-example", "social-care-example-banded"])
SCORES = st.fractions(0, 100, max_denominator=8700)

modest = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def height(result) -> float:
    """How much a result stands for: no figure because of very high need is above every figure."""
    return float("inf") if result.status == "bespoke" else (result.amount_pence or 0)


@modest
@given(levels=LEVELS, table=TABLES, code=st.sampled_from(CODES), more=st.integers(1, 3))
def test_more_need_in_any_answer_never_gives_less(run, levels, table, code, more):
    higher = {**levels, code: min(3, levels[code] + more)}
    before, after = run(levels, table=table), run(higher, table=table)
    assert height(after) >= height(before)
    assert after.scores.need_score >= before.scores.need_score


@modest
@given(low=SCORES, high=SCORES, table=TABLES)
def test_no_table_gives_less_for_a_higher_score(content, low, high, table):
    amount = table_amount(content.table(table, date(2026, 11, 2)))
    first, second = (amount(score) for score in sorted((low, high)))
    assert second is None or (first is not None and first <= second)


@modest
@given(score=SCORES)
def test_the_interpolated_amount_lies_between_the_ends_of_its_bracket(content, score):
    hit = bracket(content.table("social-care-example", date(2026, 11, 2)), score)
    if hit is not None:
        assert hit.score_from <= score <= hit.score_to
        assert hit.from_pence <= hit.exact_pence <= hit.to_pence


@modest
@given(levels=LEVELS, gone=st.sets(st.sampled_from(CODES), min_size=1), blank=st.booleans())
def test_nothing_blank_becomes_zero(run, levels, gone, blank):
    asked = {code: None if code in gone else level for code, level in levels.items() if blank or code not in gone}
    result = run(asked)
    assert result.status == "not_ready"
    assert set(result.missing) == gone
    assert result.amount_pence is None
    assert result.scores.need_score is None


@modest
@given(value=st.fractions(0, 10**9), step=st.sampled_from([1, 100, 5000]))
def test_rounding_moves_at_most_half_a_step_and_halves_go_up(value, step):
    rounded = round_half_up(value, step)
    assert rounded % step == 0
    assert -Fraction(step, 2) < rounded - value <= Fraction(step, 2)


@modest
@given(levels=LEVELS, table=TABLES)
def test_same_request_same_reply_and_money_is_whole_pence(run, levels, table):
    result = run(levels, table=table)
    assert result == run(levels, table=table)
    assert result.is_final is False
    if result.status == "ok":
        assert type(result.amount_pence) is int
        assert result.amount_pence % 5000 == 0
        assert result.weekly_pence == weekly_pence(result.amount_pence)
        assert abs(result.weekly_pence * 52 - result.amount_pence) <= 26
    else:
        assert result.amount_pence is None


@modest
@given(levels=LEVELS, bad=st.integers(0, 3), days=st.integers(0, 7), code=st.sampled_from(CODES))
def test_saying_that_some_days_are_harder_never_gives_less(run, levels, bad, days, code):
    rest = {key: level for key, level in levels.items() if key != code}
    varies = {"code": code, "level": levels[code], "bad_day_level": bad, "bad_days_per_week": days, "by": "parent"}
    assert height(run(rest, also=(varies,))) >= height(run(levels))


@modest
@given(levels=LEVELS, order=st.permutations(CODES))
def test_the_order_of_answers_changes_nothing(run, levels, order):
    assert run({code: levels[code] for code in order}).model_dump() == run(levels).model_dump()
