"""A request that does not fit is refused with every reason at once, each in words that say what would be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.allocation import AllocationRefused, AllocationRequest, allocate, allocate_json


@pytest.fixture
def refusals(content, body, today):
    def refused(levels, *, here=content, **rest):
        with pytest.raises(AllocationRefused) as caught:
            allocate(here, AllocationRequest(**body(levels, **rest)), today)
        return {(item.pointer, item.code): item.detail for item in caught.value.errors}

    return refused


def test_everything_wrong_is_named_at_once(refusals):
    found = refusals(
        {"S1": 7, "Z9": 1, "H1": -1},
        also=(
            {"code": "S2", "level": 1, "bad_day_level": 9, "bad_days_per_week": 8, "by": "parent"},
            {"code": "S3", "level": 1, "bad_day_level": 2, "by": "parent"},
            {"code": "H4", "level": 1, "bad_days_per_week": 2, "by": "parent"},
            {"code": "H1", "level": 2, "by": "parent"},
        ),
        age_pack="5-99",
    )
    assert set(found) == {
        ("/answers/0/level", "level_out_of_range"),
        ("/answers/1/code", "unknown_question"),
        ("/answers/2/level", "level_out_of_range"),
        ("/answers/3/bad_day_level", "level_out_of_range"),
        ("/answers/3/bad_days_per_week", "days_out_of_range"),
        ("/answers/4/bad_days_per_week", "bad_day_incomplete"),
        ("/answers/5/bad_day_level", "bad_day_incomplete"),
        ("/answers/6", "answered_twice"),
        ("/age_pack", "unknown_age_pack"),
    }
    assert found["/answers/0/level", "level_out_of_range"] == "S1: level 7 is not one of 0, 1, 2, 3."
    assert found["/answers/1/code", "unknown_question"].startswith("Z9 is not a question of default-ras 1.")
    assert "7-10" in found["/age_pack", "unknown_age_pack"]


def test_an_unknown_questionnaire_does_not_hide_a_wrong_level(refusals):
    found = refusals({"S1": 4}, questionnaire="mystery")
    assert set(found) == {("/answers/0/level", "level_out_of_range"), ("/questionnaire", "unknown_questionnaire")}
    assert "default-ras" in found["/questionnaire", "unknown_questionnaire"]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"version": "99"}, ("/version", "unknown_version")),
        ({"on": "2026-03-31"}, ("/on", "date_outside")),
        ({"table": "mystery"}, ("/table", "unknown_table")),
    ],
)
def test_one_thing_wrong(refusals, example, given, where):
    assert list(refusals(example, **given)) == [where]


def test_a_day_after_the_last_table_is_refused_and_never_gets_an_old_figure(refusals, content, example):
    ended = tuple(table.model_copy(update={"valid_to": date(2027, 3, 31)}) for table in content.tables)
    found = refusals(example, here=replace(content, tables=ended), on="2027-04-01")
    assert list(found) == [("/on", "date_outside")]
    assert "2026-04-01 to 2027-03-31" in found["/on", "date_outside"]


def test_an_age_pack_without_a_table_is_refused(refusals, content, example):
    some = tuple(table.model_copy(update={"age_packs": ("11-13",)}) for table in content.tables)
    assert list(refusals(example, here=replace(content, tables=some))) == [("/age_pack", "no_table_for_age")]


def test_a_questionnaire_with_every_question_off_is_refused(refusals, content):
    questionnaire = content.questionnaires[0]
    off = tuple(question.model_copy(update={"scored": False}) for question in questionnaire.questions)
    here = replace(content, questionnaires=(questionnaire.model_copy(update={"questions": off}),))
    assert list(refusals({}, here=here)) == [("/questionnaire", "nothing_scored")]


def test_the_version_of_the_day_is_used_when_none_is_named(run, content, example):
    later = content.questionnaires[0].model_copy(update={"version": "2", "valid_from": date(2026, 11, 1)})
    both = replace(content, questionnaires=(*content.questionnaires, later))
    assert run(example, content=both).trace.questionnaire.version == "2"
    assert run(example, content=both, on="2026-10-31").trace.questionnaire.version == "1"
    assert run(example, content=both, version="1").trace.questionnaire.version == "1"


def test_the_table_of_the_day_is_used(run, content, example):
    def dated(table, start, end, version):
        return table.model_copy(update={"valid_from": start, "valid_to": end, "version": version})

    tables = tuple(
        item
        for table in content.tables
        for item in (
            dated(table, date(2026, 4, 1), date(2026, 12, 31), "old"),
            dated(table, date(2027, 1, 1), None, "new"),
        )
    )
    here = replace(content, tables=tables)
    old = run(example, content=here, on="2026-12-31")
    assert (old.trace.table.version, old.expires_on) == ("old", date(2026, 12, 31))
    assert run(example, content=here, on="2027-01-01").trace.table.version == "new"


def test_a_request_from_a_file_gives_plain_json_and_the_same_refusals(content, body, example, today):
    result = allocate_json(content, body(example), today)
    assert (result["amount_pence"], result["scores"]["need_score"], result["expires_on"]) == (
        505000,
        48.5,
        "2027-11-02",
    )
    with pytest.raises(AllocationRefused, match="S1: level 9 is not one of 0, 1, 2, 3"):
        allocate_json(content, body({"S1": 9}), today)
    with pytest.raises(AllocationRefused, match="age_pack: Field required"):
        allocate_json(content, {"questionnaire": "default-ras", "answers": []}, today)
    with pytest.raises(AllocationRefused, match="Send a JSON object"):
        allocate_json(content, [], today)
