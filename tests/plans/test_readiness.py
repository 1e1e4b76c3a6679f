"""The readiness check: a full plan is ready; each thing left out is named with a reason, a question and a section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings

from bot.content import load
from bot.plans.model import Entry, Line, Plan, Record, Section
from bot.plans.readiness import readiness
from bot.plans.totals import totals
from tests.plans.plans import RATES, RULES, TODAY, any_plan, plan_of, weekly

CONTENT = load()
SCRIPT = CONTENT.plan_script("default-plan", "1")


def said(text, field="main", **more):
    return Section((Entry(50, field, text, "m1", **more),))


def one(number=20, **values):
    return Section(records=(Record(number, "m1", values),))


PA = weekly(11, "a PA to swim with", 1400, 3, kind="person", supplier="Jo", employed=False, checks="applied")
FULL = plan_of(
    PA,
    P01=Section((Entry(1, "main", "He is funny.", "m1"), Entry(2, "own_words", "Trains!", "m1", child_said=True))),
    P08=one(
        1, main="to swim without armbands", how_know="he does a width", when="by christmas", when_date="2026-12-25"
    ),
    P09=one(2, main="Grandad takes him", goal="1"),
    P13=one(3, main="he may run off", plan="hold hands at the road"),
    P14=one(4, main="which pool", who_helps="Mum"),
    P15=one(5, main="if I am ill", who_to_call="my sister"),
    P16=one(6, main="ring the pool", who="Mum", when="by friday", when_date="2026-11-27"),
    P17=Section(
        (
            Entry(60, "main", "In February, and then once a year.", "m1"),
            Entry(61, "first_review", "15 February", "m1"),
            Entry(62, "unspent", "keep", "m1"),
        )
    ),
)


def checks(plan, guide=9_000_00, today=TODAY, rules=RULES):
    return readiness(plan, SCRIPT, rules, totals(plan, guide, rules, RATES), today)


def open_ones(plan, **more):
    return [found for found in checks(plan, **more) if found.status != "ok"]


def keys(plan, **more):
    return [found.key.removeprefix("ready.") for found in open_ones(plan, **more)]


def values(plan, name, **more):
    return [dict(found.values) for found in open_ones(plan, **more) if found.key == f"ready.{name}"]


def with_line(**changes):
    return replace(FULL, lines=(replace(PA, **changes),))


def test_a_full_plan_answers_all_seven_questions():
    found = checks(FULL)
    assert [check.status for check in found] == ["ok"] * len(found)
    assert {check.question for check in found} == {1, 2, 3, 4, 5, 6, 7}
    assert dict(next(check for check in found if check.key == "ready.total_ok").values) == {"amount": "£2,184"}


def test_an_empty_plan_is_told_what_to_begin_with_and_nothing_is_blamed_on_lines_it_has_not():
    assert keys(plan_of()) == [
        "own_words_not_yet",
        "goal_not_yet",
        "free_help_not_yet",
        "lines_not_yet",
        "choices_not_yet",
        "risks_not_yet",
        "actions_not_yet",
        "back_up_not_yet",
        "first_review_not_yet",
        "yearly_review_not_yet",
    ]


LEFT_OUT = {
    "P01": ["own_words_not_yet"],
    "P08": ["goal_not_yet"],
    "P09": ["free_help_not_yet"],
    "P13": ["risks_not_yet"],
    "P14": ["choices_not_yet"],
    "P15": ["back_up_not_yet"],
    "P16": ["actions_not_yet"],
    "P17": ["first_review_not_yet", "yearly_review_not_yet", "unspent_not_yet"],
}


@pytest.mark.parametrize("code", LEFT_OUT)
def test_a_section_left_out_is_named_with_its_place(code):
    found = open_ones(FULL.with_section(code, Section()))
    assert [check.key.removeprefix("ready.") for check in found] == LEFT_OUT[code]
    assert {check.section for check in found} == {code}


PARTS = [
    ("P01", said("He is funny."), ["own_words_by_others"]),
    ("P01", said("He is funny.", child_said=True), []),
    ("P01", Section((Entry(1, "main", "I am funny.", "m2"),)), []),  # m2 is the young person
    ("P08", one(1, main="to swim"), ["how_know_not_yet"]),
    ("P13", one(main="he may run off"), ["risk_plan_not_yet"]),
    ("P14", one(main="which pool"), ["who_helps_not_yet"]),
    ("P16", one(main="ring the pool", when="by friday", when_date="2026-11-27"), ["action_who_not_yet"]),
    ("P16", one(main="ring the pool", who="Mum"), ["action_when_not_yet"]),
    ("P16", one(main="ring the pool", who="Mum", when="asap"), ["date_unclear"]),
    ("P16", one(main="ring", who="Mum", when="1 june", when_date="2026-06-01"), ["date_past"]),
    ("P16", one(main="ring", who="Mum", when="1 june", when_date="2026-06-01", done="yes"), []),
    ("P08", one(1, main="to swim", how_know="a width", when="june", when_date="2026-06-30"), ["date_past"]),
    ("P18", one(main="Ty wants to go alone"), ["different_views"]),
]


@pytest.mark.parametrize(("code", "section", "expected"), PARTS)
def test_a_part_left_out_is_named(code, section, expected):
    assert keys(FULL.with_section(code, section)) == expected


def test_one_goal_with_a_measure_is_enough_and_the_other_is_to_look_at():
    goals = (*FULL.goals(), Record(9, "m1", {"main": "to have a friend"}))
    found = checks(FULL.with_section("P08", Section(records=goals)))
    assert [(check.key, check.status) for check in found if check.question == 2] == [
        ("ready.goal_ok", "ok"),
        ("ready.how_know_not_yet", "look_at"),
    ]
    assert [dict(check.values) for check in found if check.key == "ready.help_not_yet"] == [
        {"words": "to have a friend"}
    ]


LINES = [
    ({"unit_cost_pence": None}, ["line_cost_not_yet"]),
    ({"quantity": None}, ["line_how_often_not_yet"]),
    ({"per": None}, ["line_how_often_not_yet"]),
    ({"goal": None}, ["line_goal_not_yet"]),
    ({"managed_by": None}, ["manager_not_yet"]),
    ({"checks": None}, ["checks_not_yet"]),
    ({"checks": None, "what": "Jo takes him to the pool"}, ["alone_not_yet"]),
    ({"checks": None, "unit": "night", "per": "year"}, ["alone_not_yet"]),
    ({"checks": "not_needed", "what": "one to one with Jo"}, ["alone_not_yet"]),
    ({"checks": "not_needed"}, []),
    ({"checks": None, "kind": "activity"}, []),
    ({"unit_cost_pence": 1100, "employed": True}, ["line_pay_low"]),
    ({"unit_cost_pence": 1100}, ["line_pay_odd"]),
    ({"unit_cost_pence": 3500}, ["line_pay_odd"]),
    ({"unit_cost_pence": 0, "managed_by": None, "checks": None, "goal": None}, ["lines_not_yet"]),
]


@pytest.mark.parametrize(("changes", "expected"), LINES)
def test_what_a_line_still_needs(changes, expected):
    assert keys(with_line(**changes)) == expected


def test_low_pay_names_the_least_for_adults():
    assert values(with_line(unit_cost_pence=1270, employed=True), "line_pay_low") == [
        {"words": "a PA to swim with", "amount": "£12.71"}
    ]
    assert keys(with_line(unit_cost_pence=1271, employed=True)) == []


def test_checks_thought_about_under_staying_safe_count_for_all():
    safe = one(main="strangers", plan="meet first", checks="police check and two people who know them")
    assert keys(replace(with_line(checks=None).with_section("P13", safe))) == []


def test_over_the_guide_amount_asks_why_and_a_reason_answers_it():
    assert values(FULL, "over_not_yet", guide=2_000_00) == [{"over": "£184"}]
    assert keys(replace(FULL, over_reason="we think we need more because he grew"), guide=2_000_00) == []
    assert keys(FULL, guide=2_184_00) == []
    assert keys(FULL, guide=None) == ["no_guide_amount"]


def test_within_is_not_said_while_a_cost_is_open():
    plan = replace(FULL, lines=(PA, weekly(12, "a club", None, unit="session")))
    assert "ready.total_ok" not in {check.key for check in checks(plan)}


def test_the_same_line_twice_is_asked_about_once():
    twice = replace(FULL, lines=(PA, replace(PA, id=12), replace(PA, id=13)))
    assert values(twice, "line_twice") == [{"words": "a PA to swim with"}]
    assert keys(replace(FULL, lines=(PA, replace(PA, id=12, times=Fraction(39))))) == []


ASK_FIRST = {
    "a bet on the horses": ["Ask first about games of chance."],
    "better shoes": [],
    "the alphabet club": [],
    "wifi, and the gas bill": ["Ask first about bills at home."],
    "Bill's music lessons": [],
    "rents": [],
    "a carer": [],
    "Lottery-tickets": ["Ask first about games of chance."],
    "bingo and rent": ["Ask first about games of chance.", "Ask first about bills at home."],
}


@pytest.mark.parametrize("what", ASK_FIRST)
def test_spending_to_ask_about_first_is_found_as_whole_words(what):
    assert [found["meaning"] for found in values(with_line(what=what, kind="activity"), "ask_first")] == ASK_FIRST[what]


SAME_HOME = {
    "my partner to look after him at night": True,
    "paying his dad to drive": True,
    "her sister who lives with us": True,
    "a PA so that mum can rest": False,
    "someone to take his sister out too": False,
    "Jo": False,
}


@pytest.mark.parametrize("what", SAME_HOME)
def test_paying_somebody_of_the_same_home_is_to_ask_about_first(what):
    found = values(with_line(what=what), "ask_first")
    assert [one["meaning"] for one in found] == ([RULES.same_household.parent] if SAME_HOME[what] else [])
    assert bool(values(with_line(supplier=what), "ask_first")) == SAME_HOME[what]


def test_free_help_is_never_asked_about_as_spending():
    assert values(with_line(what="bingo with Nan", unit_cost_pence=0), "ask_first") == []


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("new car seat", False),
        ("new car", True),
        ("new car and a car seat", True),
        ("wine gums", False),
        ("wine", True),
    ],
)
def test_a_word_that_means_something_else_in_a_phrase_is_not_asked_about(what, asked):
    rules = CONTENT.plan_rules
    found = values(with_line(what=what, kind="activity"), "ask_first", rules=rules)
    assert bool(found) == asked


def test_a_plan_that_only_goes_on_as_now_is_nudged():
    now = said("The after school club on Tuesday works. The PA is good.")
    club = Line(
        11, "after school club on Tuesdays", "m1", 1000, "session", Fraction(1), "week", goal=1, managed_by="council"
    )
    same = replace(FULL, lines=(replace(club, what="after school club"),)).with_section("P07", now)
    assert keys(same) == ["only_the_same"]
    assert keys(replace(same, lines=(replace(club, what="the same as now"),))) == ["only_the_same"]
    new = replace(same, lines=(*same.lines, replace(club, id=12, what="a trike")))
    assert keys(new) == []


REVIEWS = [
    ("first_review", "in 3 months", []),
    ("first_review", "22 February", []),
    ("first_review", "23 February", ["first_review_late"]),
    ("first_review", "in June", ["first_review_late"]),
    ("first_review", "last month", ["date_past"]),
    ("first_review", "when he is settled", ["date_unclear"]),
    ("main", "After three months, then once a year.", []),
    ("main", "every 3 months", []),
    ("main", "every 6 months", ["first_review_late"]),
    ("main", "In February, and then each spring. Sooner if his fits come back.", []),
    ("main", "soon", ["date_unclear", "yearly_review_not_yet"]),
]


@pytest.mark.parametrize(("field", "words", "expected"), REVIEWS)
def test_the_first_look_back_is_within_three_months_and_then_every_year(field, words, expected):
    entries = [Entry(62, "unspent", "keep", "m1"), Entry(63, field, words, "m1")]
    if field == "first_review":
        entries.append(Entry(64, "yearly", "each year", "m1"))
    assert keys(FULL.with_section("P17", Section(tuple(entries)))) == expected


def test_a_council_may_set_another_time_for_the_first_look_back():
    slow = RULES.model_copy(update={"first_review_within_months": 6})
    plan = FULL.with_section(
        "P17", Section((*FULL.section("P17").entries, Entry(70, "first_review", "in 8 months", "m1")))
    )
    assert values(plan, "first_review_late", rules=slow) == [{"count": 6, "words": "in 8 months"}]


def test_a_young_person_reads_the_wording_for_them():
    alone = replace(with_line(what="bingo"), members=(FULL.members[1],))
    spend = CONTENT.plan_rules
    assert values(alone, "ask_first", rules=spend)[0]["meaning"] == spend.ask_first[0].say.young_person


@settings(max_examples=60, deadline=None)
@given(plan=any_plan)
def test_any_plan_is_checked_and_every_reason_can_be_read_by_both_readers(plan):
    for found in checks(plan, today=date(2026, 11, 22)):
        for who in ("parent", "young_person"):
            told = CONTENT.text(found.key, who, name="Sam", pronouns="they", age=9, **dict(found.values))
            assert "{" not in told.replace(str(dict(found.values).get("words", "")), "")
        assert found.section in {section.id for section in SCRIPT.sections}


@pytest.mark.parametrize("plan", [plan_of(), FULL, with_line(checks=None, managed_by=None, goal=None)])
def test_the_check_changes_nothing_and_comes_out_the_same_again(plan: Plan):
    assert checks(plan) == checks(plan)
