"""A decision's sums come out to the penny, every difference has a reason, and money rests on a law that fits it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.contingency import Draw, left, why_no_request, why_not_agreed
from bot.cases.decision import (
    PARTS,
    Asked,
    LineSaid,
    Said,
    asked_pence,
    bound,
    changed_since,
    completed,
    faults,
    words_hash,
)
from bot.content import load

POLICY = load().sign_off
DAY = date(2026, 11, 24)
SWIM = Asked(1, "Swimming", 60_000, False, "social_care", "direct_payment")
CLUB = Asked(2, "Saturday club", 90_000, False, "social_care", "council")
BIKE = Asked(3, "A bike", None, True, "social_care", "council")
NAN = Asked(4, "Nan comes round", 0, False, "social_care", None)
LINES = (SWIM, CLUB, NAN)
TOTAL = 150_000


def whole(said: Said, lines: tuple[Asked, ...] = LINES) -> Said:
    return completed(said, lines, POLICY, DAY)


def fields(said: Said, lines: tuple[Asked, ...] = LINES, guide: int | None = TOTAL) -> list[str]:
    return [fault.field for fault in faults(said, lines, guide, POLICY, DAY)]


def lines_of(said: Said) -> dict[int, LineSaid]:
    return {line.line_id: line for line in said.lines or ()}


AGREED = whole(Said("agree", TOTAL))
IN_PART = whole(Said("agree_in_part", 100_000, ("The pool is free for him",)))


def test_what_was_asked_for_can_be_agreed_as_it_is() -> None:
    assert fields(AGREED) == []
    assert {number: line.pence for number, line in lines_of(AGREED).items()} == {1: 60_000, 2: 90_000, 4: 0}


def test_a_difference_from_the_guide_amount_needs_a_reason() -> None:
    assert fields(AGREED, guide=TOTAL + 1) == ["reasons"]
    assert fields(AGREED, guide=None) == ["reasons"]
    assert fields(replace(AGREED, reasons=("Less is enough this year",)), guide=TOTAL + 1) == []


def test_less_without_lines_takes_the_same_share_of_each() -> None:
    assert fields(IN_PART) == []
    assert {number: (line.verdict, line.pence) for number, line in lines_of(IN_PART).items()} == {
        1: ("changed", 40_000),
        2: ("changed", 60_000),
        4: ("agreed", 0),
    }
    assert lines_of(IN_PART)[1].reason == "The pool is free for him"


def test_more_than_the_lines_is_contingency_that_says_what_it_is_for() -> None:
    more = whole(Said("agree", 160_000, ("Winter is hard",)))
    assert (more.contingency_pence, more.contingency_reason) == (10_000, "Winter is hard")
    assert fields(more, guide=160_000) == []
    assert fields(replace(more, contingency_reason=" "), guide=160_000) == ["contingency_reason"]


@settings(max_examples=50)
@given(
    costs=st.lists(st.none() | st.integers(0, 5_000_000), min_size=1, max_size=6),
    final=st.integers(0, 9_000_000),
    kept=st.integers(0, 1_000_000),
)
def test_without_lines_of_its_own_a_decision_never_loses_a_penny(
    costs: list[int | None], final: int, kept: int
) -> None:
    lines = tuple(Asked(number, "x", cost, False, "social_care", "council") for number, cost in enumerate(costs))
    asked_for = asked_pence(lines)
    made = whole(Said("agree_in_part", final, ("why",), contingency_pence=min(kept, final)), lines)
    together = sum(line.pence for line in made.lines or ()) + made.contingency_pence
    if (asked_for and final < asked_for) or (final >= asked_for and min(kept, final) in (0, final - asked_for)):
        assert together == final


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (replace(AGREED, final_pence=TOTAL + 1, reasons=("x",)), ["final"]),
        (replace(AGREED, final_pence=None), ["final"]),
        (replace(AGREED, contingency_pence=-5, final_pence=TOTAL - 5, reasons=("x",)), ["contingency"]),
        (replace(AGREED, outcome="agree_in_part"), ["outcome"]),
        (replace(IN_PART, outcome="agree"), ["outcome", "outcome"]),
        (replace(AGREED, lines=(AGREED.lines or ())[:2]), ["lines"]),
        (replace(AGREED, lines=((AGREED.lines or ())[0], *(AGREED.lines or ())[:2])), ["final", "lines"]),
    ],
)
def test_sums_lines_and_outcome_fit_together(said: Said, found: list[str]) -> None:
    assert [field for field in fields(said) if field != "reasons"] == found


def with_first(**changed: Any) -> Said:
    first, *rest = IN_PART.lines or ()
    return replace(IN_PART, lines=(replace(first, **changed), *rest))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"legal_basis": ""}, "line-1-basis"),
        ({"legal_basis": "ca1989-s17"}, "line-1-basis"),  # not for money that is paid to the family
        ({"legal_basis": "sen-budgets-2014"}, "line-1-basis"),  # another law for school money
        ({"stream": "charity"}, "line-1-stream"),
        ({"reason": ""}, "line-1-reason"),
        ({"verdict": "agreed"}, "line-1-pence"),
        ({"verdict": "not_now"}, "line-1-pence"),
    ],
)
def test_each_line_has_its_money_its_law_and_its_reason(changed: dict[str, Any], field: str) -> None:
    assert field in fields(with_first(**changed))


def test_the_usual_legal_basis_follows_the_money_and_how_it_is_paid() -> None:
    assert {number: line.legal_basis for number, line in lines_of(AGREED).items()} == {
        1: "ca1989-s17a",
        2: "ca1989-s17",
        4: "",
    }


def test_a_line_without_a_cost_is_not_agreed_blindly() -> None:
    lines = (*LINES, BIKE)
    asked_for = whole(Said("agree", TOTAL), lines)
    assert "outcome" in fields(asked_for, lines)
    costed = replace(
        asked_for,
        final_pence=TOTAL + 20_000,
        reasons=("A bike costs that",),
        lines=tuple(
            replace(line, verdict="changed", pence=20_000, reason="What the shop asks", legal_basis="ca1989-s17")
            if line.line_id == 3
            else line
            for line in asked_for.lines or ()
        ),
    )
    assert fields(costed, lines) == []


def test_not_yet_agrees_no_money_and_says_why() -> None:
    not_yet = whole(Said("refuse_for_now", 0, ("We do not know yet what school gives",)))
    assert not_yet.final_pence is None
    assert fields(not_yet) == []
    assert {line.verdict for line in not_yet.lines or ()} == {"not_now"}
    assert fields(replace(not_yet, reasons=(" ",))) == ["reasons"]
    assert fields(replace(not_yet, final_pence=5)) == ["final"]


def test_a_signature_is_for_every_word_and_all_that_it_rests_on() -> None:
    first = words_hash(IN_PART)
    assert words_hash(replace(IN_PART, reasons=("Other",))) != first
    assert words_hash(with_first(pence=39_999)) != first
    assert words_hash(with_first(reason="Other")) != first
    before = dict.fromkeys(PARTS, "a")
    for name, words in PARTS.items():
        assert changed_since(before, before | {name: "b"}) == (words,)
        assert bound(before) != bound(before | {name: "b"})
    assert changed_since(before, before) == ()


def test_the_contingency_never_goes_below_nothing() -> None:
    draws = [Draw(6_000, True), Draw(9_000, False), Draw(3_000, None)]
    assert left(10_000, draws) == 4_000
    assert why_no_request(4_000, "A new car seat", 10_000, draws) == ()
    assert [field for field, _ in why_no_request(4_001, " ", 10_000, draws)] == ["pence", "reason"]
    assert [field for field, _ in why_no_request(0, "x", 10_000, draws)] == ["pence"]
    assert why_not_agreed("tess", "lee", 4_000, 4_000, True, "") == ""
    assert "somebody else" in why_not_agreed("lee", "lee", 4_000, 4_000, True, "")
    assert "£40 left" in why_not_agreed("tess", "lee", 4_001, 4_000, True, "")
    assert why_not_agreed("tess", "lee", 4_000, 4_000, False, " ") == "Write why it is not agreed."
