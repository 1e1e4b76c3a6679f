"""Weighed words: what they may do, what they must not, and that the table is what the tool makes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.safety.hits import find_hits
from bot.safety.levels import rank
from bot.safety.rules import RuleSet, default_rules
from bot.safety.screening import prepared, screen
from bot.safety.weigh import MOST, as_csv, fit, spelled
from bot.safety.weigh_lines import read_lines
from bot.safety.weighed import FEWEST, LEVELS, entries, pieces, stem, weigh

RULES = default_rules()
BARE = replace(RULES, weighed=replace(RULES.weighed, points={}, firsts=frozenset()))
"""The same rules without any points: patterns alone."""
UNSEEN = Path(__file__).parent / "unseen-2.jsonl"


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    return [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines()]


def who_of(line: dict[str, str]) -> str | None:
    return {"young_person": "child", "child": "child"}.get(line.get("who") or "", "adult" if line.get("who") else None)


def test_the_words_together_find_more_than_patterns_alone_and_put_some_hits_aside(lines: list[dict[str, str]]) -> None:
    more = less = 0
    for line in lines:
        settings = {"who": who_of(line), "question": line.get("q")}
        found, alone = screen(line["text"], **settings), screen(line["text"], rules=BARE, **settings)
        more += rank(found.level) > rank(alone.level) == 0
        less += rank(alone.level) > rank(found.level) == 0
    assert more > 30
    assert 0 < less < more / 2


LOOSE = "broke my toe on a Duplo, he laughed so much"
"""A pattern finds "broke my toe … he" in it."""


def test_what_a_pattern_makes_of_two_words_is_put_aside_by_all_the_others() -> None:
    assert screen(LOOSE, who="adult", rules=BARE).level != "GREEN"
    assert screen(LOOSE, who="adult").level == "GREEN"


def test_nothing_that_a_pattern_finds_is_put_aside_once_something_was_raised() -> None:
    assert screen(LOOSE, who="adult", previous="AMBER-3").level != "GREEN"


def test_a_hit_of_now_or_in_secret_stands_whatever_is_said_beside_it(lines: list[dict[str, str]]) -> None:
    firm = 0
    for line in lines:
        who = who_of(line)
        hits = [hit for hit in find_hits(RULES, prepared(line["text"], RULES), who, line.get("q"), False) if hit.firm]
        for hit in hits:
            firm += 1
            assert rank(screen(line["text"], who=who, question=line.get("q")).level) >= rank(hit.level)
    assert firm > 20


def test_a_short_cry_is_for_the_patterns_alone() -> None:
    assert screen("he hurts me", who="child").level == "RED-C"
    assert screen("want to die", who="adult").level == "RED-B"


def test_words_spelled_anyhow_still_count() -> None:
    said = "he just keeps squeesing her armz untill she gos quiyet n theres marcks all over after"
    assert screen(said, who="adult", rules=BARE).level == "GREEN"
    assert screen(said, who="adult").level != "GREEN"


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


def test_a_pattern_that_knows_better_is_not_made_more_of() -> None:
    assert screen("I would never kill myself", who="child").level == "AMBER-3"


def test_a_line_struck_from_the_table_counts_no_more() -> None:
    plain = " he keeps squeezing her arms till she goes quiet . "
    before = weigh(RULES.weighed, plain)
    assert before is not None
    there = (entries(plain, RULES.weighed.alike) | pieces(plain)) & RULES.weighed.points.keys()
    assert len(there) > 40
    for struck in there:
        points = {entry: value for entry, value in RULES.weighed.points.items() if entry != struck}
        after = weigh(replace(RULES.weighed, points=points), plain)
        assert after is not None
        assert after != before, struck


def with_points(**start: int) -> RuleSet:
    """The rules with one entry of no worth and the counts beginning at ``start``: every message comes to the same."""
    begins = tuple(start.get(level.replace("-", "_"), -100) for level in LEVELS)
    table = {stem("mauve"): (0,) * len(LEVELS)}
    return replace(RULES, weighed=replace(RULES.weighed, points=table, firsts=frozenset(), start=begins))


def test_of_what_is_raised_that_is_red_for_which_most_speaks() -> None:
    said = "we have mauve curtains in every room here"
    assert screen(said, who="adult", rules=with_points(RED_C=-6, AMBER_2=-3)).level == "RED-C"
    assert screen(said, who="adult", rules=with_points(RED_C=-14, AMBER_2=-3)).level == "AMBER-2"
    assert screen(said, who="adult", rules=with_points(RED_C=-14, AMBER_2=-12)).level == "GREEN"


def test_danger_in_a_long_tale_is_not_thinned() -> None:
    tale = "We went to the park and had a sandwich by the pond and fed the ducks and she loved the swings all morning. "
    danger = "he just keeps squeezing her arms till she goes quiet and there are marks all over after"
    assert screen(tale * 4 + danger + ". " + tale * 4, who="adult").level != "GREEN"


def test_every_entry_has_whole_numbers_for_every_level_and_can_be_read() -> None:
    points = RULES.weighed.points
    assert 1_000 < len(points) <= MOST + 200
    assert all(len(one) == len(LEVELS) and any(one) for one in points.values())
    assert all(1 <= len(entry.split()) <= 2 for entry in points)
    known = {file.id for file in RULES.files}
    assert {entry[1:].split()[0] for entry in points if entry[0] == "+" and " " in entry} <= known


def test_the_same_lines_make_the_same_tables() -> None:
    some = list(read_lines(RULES, every=120))
    once, again = fit(some, most=100_000), fit(list(some), most=100_000)
    assert as_csv(once, spelled(some)) == as_csv(again, spelled(some))
    assert len(once.points) > 200
