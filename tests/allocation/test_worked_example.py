"""The worked example of domain notes 3.4, through the example council's real content."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest


def test_interpolated_table_gives_about_5050_pounds(run, example):
    result = run(example)
    assert result.status == "ok"
    assert result.scores.model_dump() == {
        "need_score": Decimal("48.5"),
        "social_care": Decimal("42.2"),
        "sen": Decimal("5.9"),
        "nhs": Decimal("5.9"),
    }
    assert (result.amount_pence, result.weekly_pence) == (505000, 9712)
    before = Fraction(result.trace.rounding.before)
    assert round(before / 100) == 5052
    assert result.trace.need_score.exact == "4220/87"
    assert result.trace.bracket.arithmetic == "£4,000 + (£8,500 − £4,000) × (48.5057 − 45) ÷ (60 − 45) = £5,051.72"
    assert result.is_final is False


def test_banded_table_gives_4000_pounds(run, example):
    result = run(example, table="social-care-example-banded")
    assert result.amount_pence == 400000
    assert result.trace.table.named_in_request


@pytest.mark.parametrize(("level", "need"), [(0, "0"), (1, "22.5"), (2, "60.2"), (3, "100")])
def test_all_answers_alike(run, all_at, level, need):
    assert run(all_at(level)).scores.need_score == Decimal(need)


def test_school_and_nhs_points_are_a_signal_and_never_pounds(run, example):
    result = run(example)
    by_stream = {item.stream: item for item in result.streams}
    assert set(by_stream) == {"social_care", "sen", "nhs"}
    for stream, word in (("sen", "school"), ("nhs", "NHS")):
        assert by_stream[stream].amount_pence is None
        assert by_stream[stream].weekly_pence is None
        assert by_stream[stream].score == Decimal("5.9")
        assert word in by_stream[stream].signal
    assert by_stream["social_care"].amount_pence == 505000


def test_the_learning_question_never_moves_the_social_care_amount(run, example):
    amounts = {run({**example, "E1": level}).amount_pence for level in range(4)}
    assert amounts == {505000}


def test_the_trace_adds_up(run, example):
    trace = run(example).trace
    points = {item.code: item for item in trace.questions}
    assert (points["S3"].points, points["S3"].stream_points["social_care"]) == (7, Decimal("4.9"))
    assert (points["S3"].by, points["S3"].level_used) == ("parent", 2)
    assert not points["F3"].scored
    for stream, total in (("social_care", "42.2"), ("sen", "5.9"), ("nhs", "5.9")):
        assert sum(item.stream_points[stream] for item in trace.sections) == Decimal(total)
        assert sum(item.stream_points.get(stream, 0) for item in trace.questions) == Decimal(total)
    assert trace.table.reference.startswith("Exampleshire example table")
    assert trace.table.example
    assert trace.engine.version


def test_the_help_families_already_have_changes_nothing(run, example):
    assert {run({**example, "F3": level}).amount_pence for level in range(4)} == {505000}


def test_a_figure_lasts_a_year(run, example):
    assert run(example).expires_on.isoformat() == "2027-11-02"
