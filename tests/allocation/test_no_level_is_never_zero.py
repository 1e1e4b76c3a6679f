"""Blank, skipped and not sure are never counted as nothing: the result says what is missing."""

from __future__ import annotations


def test_a_question_without_a_level_is_named_and_there_is_no_figure(run, example):
    result = run({**example, "H3": None})
    assert result.status == "not_ready"
    assert result.missing == ("H3",)
    assert result.amount_pence is None
    assert result.weekly_pence is None
    assert result.scores.need_score is None
    assert all(item.score is None for item in result.streams)
    assert any("“Nights”" in line.text and "not count it as 0" in line.text for line in result.explanation)


def test_a_question_left_out_is_missing_as_well(run, example):
    del example["S1"], example["F2"]
    assert run(example).missing == ("S1", "F2")


def test_nothing_answered_at_all(run):
    result = run({})
    assert result.status == "not_ready"
    assert len(result.missing) == 15
    assert "F3" not in result.missing


def test_a_hard_day_level_alone_does_not_stand_in_for_the_usual_one(run, example):
    del example["S1"]
    hard = {"code": "S1", "level": None, "bad_day_level": 3, "bad_days_per_week": 5, "by": "parent"}
    assert run(example, also=(hard,)).missing == ("S1",)


def test_zero_chosen_by_the_family_is_an_answer(run, all_at):
    result = run(all_at(0))
    assert result.missing == ()
    assert result.status == "below_threshold"


def test_someone_else_can_fill_the_gap(run, example):
    result = run({**example, "H3": None}, also=({"code": "H3", "level": 2, "by": "worker"},))
    assert result.status == "ok"
    assert result.amount_pence == 505000
    assert result.flags == ()
