"""Weighed words: what they may do, what they must not, and that the table is what the tool makes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.safety.levels import rank
from bot.safety.rules import default_rules
from bot.safety.screening import screen
from bot.safety.weigh import as_csv, fit, read_lines, spelled
from bot.safety.weighed import FEWEST, LEVELS, entries, weigh

RULES = default_rules()
BARE = replace(RULES, weighed=replace(RULES.weighed, points={}, firsts=frozenset()))
"""The same rules without any points: patterns alone."""
UNSEEN = Path(__file__).parent / "unseen-2.jsonl"


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    return [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]


def who_of(line: dict[str, str]) -> str | None:
    return {"young_person": "child", "child": "child"}.get(line.get("who") or "", "adult" if line.get("who") else None)


def test_they_only_raise(lines: list[dict[str, str]]) -> None:
    more = 0
    for line in lines:
        settings = {"who": who_of(line), "question": line.get("q")}
        with_points, without = (
            screen(line["text"], rules=RULES, **settings),
            screen(line["text"], rules=BARE, **settings),
        )
        assert rank(with_points.level) >= rank(without.level)
        more += with_points.level != without.level
    assert more > 30


def test_what_no_pattern_knows_is_raised_by_its_words_together() -> None:
    said = "he just keeps squeezing her arms till she goes quiet and there are marks all over after"
    assert screen(said, who="adult", rules=BARE).level == "GREEN"
    found = screen(said, who="adult")
    assert found.level != "GREEN"
    assert found.rule_id.endswith("-words-together")


@pytest.mark.parametrize("said", ["yes", "15", "no", "Sam", "he is 9", "i am 15", "2", "ok then", "my mum", "not sure"])
@pytest.mark.parametrize("who", ["child", "adult", None])
def test_a_few_words_are_never_weighed(said: str, who: str | None) -> None:
    assert len(said.split()) < FEWEST
    assert screen(said, who=who).level == "GREEN"


def test_a_pattern_that_knows_better_is_not_overruled() -> None:
    assert screen("I would never kill myself", who="child").level == "AMBER-3"


def test_a_line_struck_from_the_table_counts_no_more() -> None:
    plain = " he keeps squeezing her arms till she goes quiet . "
    before = weigh(RULES.weighed, plain)
    assert before is not None
    for struck in entries(plain, RULES.weighed.alike) & RULES.weighed.points.keys():
        points = {entry: value for entry, value in RULES.weighed.points.items() if entry != struck}
        after = weigh(replace(RULES.weighed, points=points), plain)
        assert after is not None
        assert after != before, struck


def test_danger_in_a_long_tale_is_not_thinned() -> None:
    tale = "We went to the park and had a sandwich by the pond and fed the ducks and she loved the swings all morning. "
    danger = "he just keeps squeezing her arms till she goes quiet and there are marks all over after"
    assert screen(tale * 4 + danger + ". " + tale * 4, who="adult").level != "GREEN"


def test_every_entry_has_whole_numbers_for_every_level_and_can_be_read() -> None:
    assert 1_000 < len(RULES.weighed.points) <= 8_000
    assert all(len(points) == len(LEVELS) and any(points) for points in RULES.weighed.points.values())
    assert all(1 <= len(entry.split()) <= 2 for entry in RULES.weighed.points)


def test_the_same_lines_make_the_same_table() -> None:
    some = list(read_lines(RULES, every=40))
    once, again = fit(some, most=200), fit(list(some), most=200)
    assert as_csv(once, spelled(some)) == as_csv(again, spelled(some))
    assert 20 < len(once.points) <= 200
