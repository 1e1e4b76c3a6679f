"""Where a table is too blunt a person works it out; under its start there is a signpost and no refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.mark.parametrize("code", ["S1", "S3", "H1", "H2", "H3"])
def test_the_highest_level_of_five_questions_needs_a_person(run, all_at, code):
    result = run({**all_at(0), code: 3})
    assert result.status == "bespoke"
    assert result.flags == ("needs_person_to_cost",)
    assert result.amount_pence is None
    assert result.weekly_pence is None
    assert result.expires_on is None
    assert [(item.code, item.level) for item in result.trace.no_figure] == [(code, 3)]
    assert result.scores.need_score is not None
    assert result.trace.bracket is None


def test_other_questions_at_the_highest_level_do_not(run, all_at):
    result = run({**all_at(1), "S2": 3, "H4": 3, "F1": 3})
    assert result.status == "ok"


def test_a_score_above_the_last_figure_needs_a_person(run, content, all_at):
    levels = all_at(3) | dict.fromkeys(("S1", "S3", "H1", "H2", "H3"), 2)
    # With five questions at level 2 the score stays under the top; the table's top is lowered to meet it.
    assert run(levels).status == "ok"
    result = run(levels, content=lowered(content))
    assert result.status == "bespoke"
    assert result.flags == ("score_above_table",)


def lowered(content):
    """The example content with its last figure at a score of 76."""
    tables = tuple(
        table.model_copy(update={"top": table.top.model_copy(update={"score_from": 76})}) if table.top else table
        for table in content.tables
    )
    return replace(content, tables=tables)


def test_all_highest_needs_a_person_for_both_reasons(run, all_at):
    result = run(all_at(3))
    assert result.status == "bespoke"
    assert result.flags == ("needs_person_to_cost", "score_above_table")


def test_young_children_get_no_points(run, example):
    result = run(example, age_pack="0-6")
    assert result.status == "bespoke"
    assert result.flags == ("under_7",)
    assert result.amount_pence is None
    assert result.scores.need_score is None
    assert result.missing == ()
    assert not any("points" in line.text and "gave" in line.text for line in result.explanation)
    assert any("children under 7" in line.text for line in result.explanation)


def test_young_children_do_not_need_every_answer(run):
    assert run({"S1": 2}, age_pack="0-6").status == "bespoke"


def test_from_18_adult_services_help(run, example):
    result = run(example, age_pack="18+")
    assert result.status == "bespoke"
    assert result.flags == ("hand_over",)


def test_under_the_start_of_the_table_there_is_a_signpost_and_no_refusal(run, all_at):
    result = run({**all_at(0), "S1": 1})
    assert result.status == "below_threshold"
    assert result.flags == ("below_threshold",)
    assert result.amount_pence is None
    text = " ".join(f"{line.text} {line.detail}" for line in result.explanation)
    assert "clubs and local help first" in text
    assert "ask a person to look" in text
    assert "£" not in text


def test_the_point_where_help_starts_belongs_to_help(run, all_at):
    # 13 points of 87 are a score of 14.9, and 13.4 points are 15.4.
    under = run({**all_at(0), "F1": 3, "F2": 1})
    over = run({**all_at(0), "F1": 3, "F2": 1, "P2": 1})
    assert (under.status, str(under.scores.need_score)) == ("below_threshold", "14.9")
    assert (over.status, str(over.scores.need_score)) == ("ok", "15.4")
    assert over.amount_pence == 55000


def test_a_score_right_at_the_start_of_the_table_gets_a_figure(run, content):
    questionnaire = content.questionnaires[0]
    two = tuple(q.model_copy(update={"scored": q.id in ("S2", "F1")}) for q in questionnaire.questions)
    here = replace(content, questionnaires=(questionnaire.model_copy(update={"questions": two}),))
    result = run({"S2": 0, "F1": 1}, content=here)
    assert result.trace.need_score.exact == "15"
    assert (result.status, result.amount_pence) == ("ok", 50000)


def test_a_level_that_needs_a_person_is_flagged_before_all_answers_are_there(run):
    result = run({"S1": 3})
    assert result.status == "not_ready"
    assert result.flags == ("needs_person_to_cost",)
