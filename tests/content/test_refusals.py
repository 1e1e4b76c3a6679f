"""Every mistake that content must not get away with: one small fixture each, and the words its author reads.

A fixture under ``fixtures/refused/`` holds the one file that differs from ``fixtures/good/`` and ``expected.txt``:
file, line, what is wrong and what to do. ``removed.txt`` names a file that is taken away instead.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content import ContentError, check, load

FIXTURES = Path(__file__).parent / "fixtures"
REFUSED = sorted(path.name for path in (FIXTURES / "refused").iterdir())


@pytest.fixture
def spoilt(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The good content, with one fixture laid over it."""
    root = tmp_path / "content"
    fixture = FIXTURES / "refused" / request.param
    shutil.copytree(FIXTURES / "good", root)
    shutil.copytree(fixture, root, dirs_exist_ok=True)
    removed = fixture / "removed.txt"
    for name in removed.read_text().split() if removed.exists() else ():
        (root / name).unlink()
    return root


def test_the_good_content_has_nothing_wrong_with_it() -> None:
    assert check(FIXTURES / "good") == []
    assert load(FIXTURES / "good", council="smallshire").council.name == "Smallshire Council"


@pytest.mark.parametrize("spoilt", REFUSED, indirect=True, ids=REFUSED)
def test_a_mistake_is_named_with_file_line_and_remedy(spoilt: Path) -> None:
    expected = (spoilt / "expected.txt").read_text().splitlines()
    assert expected, "a fixture that expects nothing proves nothing"
    assert [str(problem) for problem in check(spoilt)] == expected


@pytest.mark.parametrize("spoilt", REFUSED, indirect=True, ids=REFUSED)
def test_content_with_a_mistake_is_not_loaded(spoilt: Path) -> None:
    with pytest.raises(ContentError) as refused:
        load(spoilt, council="smallshire")
    assert [str(problem) for problem in refused.value.problems] == (spoilt / "expected.txt").read_text().splitlines()


def test_the_refusals_the_house_promises_are_all_there() -> None:
    """From the issue: unknown keys, ids twice or reused, wordings, points, and tables that cannot be trusted."""
    promised = {
        "unknown_key",
        "duplicate_key",
        "question_id_twice",
        "id_reused",
        "missing_young_person_wording",
        "points_fall",
        "shares_not_100",
        "question_in_no_section",
        "question_in_two_sections",
        "age_gap",
        "table_gap",
        "table_overlap",
        "table_amount_falls",
        "table_without_reference",
        "table_without_date",
        "two_tables_on_one_day",
        "contact_without_verified_on",
        "unknown_placeholder",
        "plan_section_missing",
        "plan_section_of_another_kind",
        "plan_field_reused",
        "plan_cue_in_two_sections",
        "plan_money_way_missing",
        "plan_rules_missing",
        "on_costs_gap",
        "on_costs_overlap",
        "story_for_no_section",
    }
    assert promised <= set(REFUSED)
