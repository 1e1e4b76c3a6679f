"""Money to the penny, worked out by hand here; Easy Read in short sentences; a text message that tells no secrets."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from bot.content import Content
from bot.content.models import Who
from bot.content.readability import longest_sentence
from bot.plans.amounts import number
from bot.plans.documents.amounts import how_much
from bot.plans.documents.easy_read import MOST_WORDS
from bot.plans.documents.sms import MOST, length, parts, plain, write_sms
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Document, Pictured, Pounds, Quote, Table, figures, lines
from bot.plans.model import Entry, Line, Plan, Section
from tests.plans.documents.conftest import CONTENT, document, plans, sums
from tests.plans.documents.families import COVER, PLAN, TWO, TWO_COVER
from tests.plans.documents.reading import pence_in

# By hand, for Ty's plan. PA: 3 h × £13.50 × 52 = £2,106.00. Trampolines: £10 × 39 = £390.00.
# Petrol: 12.5 miles × 45p × 52 = £292.50. Wetsuit, once: £64.99.
# Employing: 12.07 % of £2,106 = £254.1942 → £254.19; no NI (£45.39 a week is not above £96), no pension;
# payroll £186 and insurance £95: £535.19.
PA, TRAMPOLINE, PETROL, WETSUIT, EMPLOYING = 210_600, 39_000, 29_250, 6_499, 53_519
REGULAR = PA + TRAMPOLINE + PETROL
TOTAL = REGULAR + WETSUIT + EMPLOYING
FROM_GUIDE = TOTAL - PETROL
"""Petrol is health money."""


def table(made: Document, caption: str) -> dict[str, list[int]]:
    found = next(block for block in made.blocks if isinstance(block, Table) and block.caption == caption)
    return {
        str(row[0][0]): [value.pence for cell in row for value in cell if isinstance(value, Pounds)]
        for row in found.rows
    }


def test_lines_and_their_sums_are_right_to_the_penny(whole: Document) -> None:
    assert table(whole, "All through the year") == {
        "“a PA for 3 hours on sundays”": [PA],
        "“the trampoline place”": [TRAMPOLINE],
        "“petrol to the pool”": [PETROL],
        "All together": [REGULAR],
    }
    assert table(whole, "One time only") == {"“a swimming wetsuit”": [WETSUIT]}
    assert table(whole, "What employing someone adds") == {
        "Paid days off": [25_419],
        "National Insurance": [0],
        "Pension": [0],
        "Payroll": [18_600],
        "Insurance": [9_500],
        "All together": [EMPLOYING],
    }
    assert table(whole, "How it adds up") == {
        "All through the year": [REGULAR],
        "What employing someone adds": [EMPLOYING],
        "One time only": [WETSUIT],
        "All together, in the first year": [TOTAL],
        "Of this, from the guide amount": [FROM_GUIDE],
    }
    assert table(whole, "Next to the guide amount") == {
        "Guide amount": [505_000],
        "Left of the guide amount": [505_000 - FROM_GUIDE],
    }


def test_what_has_no_cost_yet_is_named_and_in_no_sum(whole: Document) -> None:
    said = lines(whole)
    place = said.index("Things with no cost yet")
    assert said[place + 2] == "“swim club fee”"
    assert 0 not in table(whole, "All through the year").values()


def test_the_officers_lines_add_up_to_the_same_total(content: Content) -> None:
    made = document(content, kind="officer")
    rows = table(made, "What each line comes to")
    assert rows["All together"] == [REGULAR + WETSUIT, EMPLOYING, TOTAL]
    for column in range(3):
        assert (
            sum(row[column] for name, row in rows.items() if row and name != "All together")
            == rows["All together"][column]
        )
    assert rows["“swim club fee” – Mum"] == []
    assert table(made, "By kind of money") == {
        "Social care": [FROM_GUIDE - WETSUIT, WETSUIT, FROM_GUIDE, EMPLOYING],
        "Health": [PETROL, 0, PETROL, 0],
    }
    assert [row[2] for row in table(made, "By goal").values()] == [TRAMPOLINE + PETROL + WETSUIT, PA + EMPLOYING]


def test_over_the_guide_amount_says_by_how_much_and_why(content: Content) -> None:
    made = document(content, guide=300_000)
    assert table(made, "Next to the guide amount")["More than the guide amount"] == [FROM_GUIDE - 300_000]
    assert "“We think we need more because Sundays are when nothing is open.”" in lines(made)


def test_without_a_guide_amount_nothing_is_left_or_over(content: Content) -> None:
    said = lines(document(content, guide=None))
    assert "There is no guide amount yet" in said
    assert "Left of the guide amount" not in said


@settings(max_examples=25, deadline=None)
@given(plan=plans)
def test_every_figure_of_any_plan_is_one_of_its_totals(plan: Plan) -> None:
    added = sums(CONTENT, plan, 505_000)
    shown = figures(document(CONTENT, plan))
    assert added.total_pence in shown or not any(line.cost.yearly_pence for line in added.lines)
    assert (added.over_pence or added.left_pence) in shown or plan.lines == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(1, "x", "m1", 1350, "hour", Fraction(3), "week"), "£13.50 an hour, 3 hours a week"),
        (Line(1, "x", "m1", 1350, "hour", Fraction(5, 2), "week", Fraction(39)), "£13.50 an hour, 2.5 hours a week, for 39 weeks of the year"),
        (Line(1, "x", "m1", 1000, "session", Fraction(2), "month"), "£10.00 each time, twice a month"),
        (Line(1, "x", "m1", 6499, "one-off", Fraction(1), "once"), "£64.99, one time only"),
        (Line(1, "x", "m1", 2500, "month", Fraction(1), "month"), "£25.00 a month, every month"),
        (Line(1, "x", "m1", 0), "Costs nothing"),
        (Line(1, "x", "m1", 900), "£9.00 each time"),
        (Line(1, "x", "m1"), ""),
    ],
)  # fmt: skip
def test_how_much_and_how_often_says_what_is_known_and_no_more(content: Content, line: Line, words: str) -> None:
    assert how_much(Telling(content, PLAN, COVER, "parent"), line) == words


def test_a_number_without_an_end_stays_exact() -> None:
    assert (number(Fraction(2, 3)), number(Fraction(1250, 100)), number(Fraction(1234, 1))) == ("2/3", "12.5", "1,234")


@pytest.mark.parametrize("who", ["parent", "young_person"])
def test_easy_read_has_short_sentences_alone(content: Content, who: Who) -> None:
    for plan, cover in ((PLAN, COVER), (TWO, TWO_COVER), (PLAN, replace(COVER, version=2, agreed=True))):
        for line in lines(document(content, plan, cover, kind="easy_read", who=who)):
            said = line.split(" – ")[0]
            assert longest_sentence(said)[0] <= MOST_WORDS, line
            assert len(re.findall(r"[.?!](?:\s|$)", said.strip("“”"))) <= 1, line


def test_easy_read_keeps_a_familys_words_whole_or_says_there_is_more(content: Content) -> None:
    long = "He has been going to the pool since he was very small and he has always loved it more than anything."
    section = Section(entries=(Entry(1, "main", f"He swims. {long}", "m1"),))
    made = document(content, PLAN.with_section("P01", section), kind="easy_read")
    who = next(block for block in made.blocks if isinstance(block, Pictured) and block.picture == "person")
    assert who.lines == (Quote("He swims."), "There is more about this in the full plan.")


def test_easy_read_has_the_same_sums(content: Content) -> None:
    said = "\n".join(lines(document(content, kind="easy_read")))
    assert pence_in(said) == [TOTAL, WETSUIT, FROM_GUIDE, 505_000, 505_000 - FROM_GUIDE]


def test_the_text_message_says_how_far_and_how_much(content: Content) -> None:
    message = write_sms(Telling(content, PLAN, COVER, "parent"), sums(content, PLAN), to_look_at=3)
    assert message.startswith("Sevensteps: support plan KITE-4821. It is a draft and not agreed yet.")
    assert pence_in(message) == [TOTAL, FROM_GUIDE, 505_000, 505_000 - FROM_GUIDE]
    assert "Still to look at: 3." in message
    assert parts(message) <= 3


@settings(max_examples=25, deadline=None)
@given(plan=plans)
def test_the_text_message_fits_and_tells_nothing_of_the_child(plan: Plan) -> None:
    cover = replace(COVER, about=replace(COVER.about, name="Zebedee"))
    message = write_sms(Telling(CONTENT, plan, cover, "parent"), sums(CONTENT, plan), to_look_at=99)
    assert length(message) <= MOST
    assert parts(message) <= 3
    assert plain(message) == message
    assert "Zebedee" not in message
    for section in plan.sections.values():
        assert not any(len(entry.text) > 4 and plain(entry.text) in message for entry in section.entries)
