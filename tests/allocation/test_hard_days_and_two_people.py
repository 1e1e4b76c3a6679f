"""Answers that vary, answers of two people, and weights by age."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest


def hard(code, level, bad, days, by="parent"):
    return {"code": code, "level": level, "bad_day_level": bad, "bad_days_per_week": days, "by": by}


def used(result, code):
    return next(item for item in result.trace.questions if item.code == code)


@pytest.mark.parametrize(("days", "level", "counted"), [(0, 1, False), (1, 1, False), (2, 2, True), (7, 2, True)])
def test_hard_days_count_from_two_a_week(run, example, days, level, counted):
    del example["H2"]
    result = run(example, also=(hard("H2", 1, 2, days),))
    assert (used(result, "H2").level_used, used(result, "H2").bad_day_used) == (level, counted)
    assert ("hard_days_counted" in result.flags) is counted
    told = next(line for line in result.explanation if "“Washing" in line.text)
    assert ("That is on hard days." in told.text) is counted
    assert ("So we used the usual days." in told.detail) is not counted


def test_a_hard_day_that_needs_less_help_takes_nothing_away(run, example):
    del example["H2"]
    result = run(example, also=(hard("H2", 1, 0, 5),))
    assert used(result, "H2").level_used == 1
    assert result.amount_pence == 505000


def test_hard_days_can_call_for_a_person(run, example):
    del example["S3"]
    result = run(example, also=(hard("S3", 1, 3, 3),))
    assert result.status == "bespoke"
    assert [(item.code, item.level) for item in result.trace.no_figure] == [("S3", 3)]


def test_where_two_people_differ_the_answer_with_fewer_points_counts_and_it_is_said(run, example):
    result = run(example, also=({"code": "F1", "level": 1, "by": "grandparent"},))
    assert result.flags == ("answers_differ",)
    assert (used(result, "F1").level_used, used(result, "F1").by) == (1, "grandparent")
    assert result.scores.social_care == Decimal("38.2")
    told = next(line for line in result.explanation if "“How we are coping”" in line.text)
    assert told.text.startswith("A grandparent told us")
    assert "Two people gave different answers." in told.detail
    assert "fewer points" in told.detail
    assert [(item.by, item.counted) for item in used(result, "F1").given] == [("parent", False), ("grandparent", True)]


def test_whose_answer_counts_can_be_chosen(run, example):
    result = run(example, also=({"code": "F1", "level": 1, "by": "grandparent"},), prefer_by="parent")
    assert used(result, "F1").level_used == 2
    assert result.flags == ("answers_differ",)
    assert "the answer from a parent" in next(i.detail for i in result.explanation if "“How we" in i.text)


def test_the_same_answer_from_two_people_is_one_answer(run, example):
    result = run(example, also=({"code": "F1", "level": 2, "by": "grandparent"},))
    assert result.flags == ()
    assert result.amount_pence == 505000


def test_a_level_that_needs_a_person_counts_whoever_gave_it(run, example):
    result = run(example, also=({"code": "S3", "level": 3, "by": "young_person"},))
    assert result.status == "bespoke"
    assert set(result.flags) == {"needs_person_to_cost", "answers_differ"}


def test_a_young_person_reads_their_own_words_and_their_parent_is_named(run, example):
    family = tuple({"code": code, "level": example.pop(code), "by": "parent"} for code in ("F1", "F2"))
    texts = [line.text for line in run(example, by="young_person", also=family, age_pack="14-17").explanation]
    assert any(text.startswith("You told us about “Safe at home”. I am safe at home") for text in texts)
    assert any(text.startswith("A parent told us about “How we are coping”. We are tired") for text in texts)


def test_an_age_pack_may_weigh_a_question_more_and_the_score_still_ends_at_100(run, content, example, all_at):
    weighted = _weigh(content, "W2", 150)
    plain, heavy = run(example, age_pack="14-17"), run(example, age_pack="14-17", content=weighted)
    assert used(heavy, "W2").points == Decimal("1.5")
    assert heavy.scores.social_care - plain.scores.social_care == Decimal("0.3")
    assert run(all_at(3), age_pack="14-17", content=weighted).scores.need_score == 100
    assert any("count at 150%" in line.detail for line in heavy.explanation)


def test_the_score_still_works_when_a_council_turns_questions_off(run, content, all_at):
    questionnaire = content.questionnaires[0]
    off = tuple(
        q.model_copy(update={"scored": False, "shares": {}}) if q.id in ("F1", "F2") else q
        for q in questionnaire.questions
    )
    fewer = replace(content, questionnaires=(questionnaire.model_copy(update={"questions": off}),))
    levels = {code: level for code, level in all_at(3).items() if code not in ("F1", "F2")}
    result = run(levels, content=fewer)
    assert result.missing == ()
    assert result.scores.need_score == 100
    assert result.scores.social_care == 71


def _weigh(content, code, percent):
    questionnaire = content.questionnaires[0]
    packs = tuple(
        pack.model_copy(update={"points_factor_percent": {code: percent}}) if pack.id == "14-17" else pack
        for pack in questionnaire.age_packs
    )
    return replace(content, questionnaires=(questionnaire.model_copy(update={"age_packs": packs}),))
