"""This year's plan started from last year's, and what is different between two plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import given, settings

from bot.plans.compare import FieldChange, compare, start_from
from bot.plans.fingerprint import fingerprint
from bot.plans.model import Entry, Line, Place, Record, Section, Sent, Sharing
from bot.plans.totals import totals
from tests.plans.plans import RATES, RULES, TODAY, any_plan, plan_of, weekly

JO = weekly(11, "Jo on Sundays", 1350, 10, kind="person", employed=True, checks="seen")
TRIKE = Line(13, "a trike", "m1", 45000, "one-off", Fraction(1), "once", goal=1)
LIFTS = weekly(14, "Grandad's lifts", 0, unit="session")
CLUB = weekly(15, "music club", 800, unit="session", source="ouruk-77 2025-10-01")
LAST = replace(
    plan_of(
        JO,
        TRIKE,
        LIFTS,
        CLUB,
        P01=Section(
            (Entry(1, "own_words", "Trains!", "m1", child_said=True),),
            entries_laid_aside=(Entry(2, "main", "x", "m1"),),
        ),
        P08=Section(
            records=(
                Record(3, "m1", {"main": "to swim", "how_know": "a width", "when": "july", "when_date": "2026-07-31"}),
            )
        ),
        P16=Section(
            records=(
                Record(4, "m1", {"main": "ring the pool", "who": "Mum", "done": "yes"}),
                Record(5, "m1", {"main": "find a club", "who": "Dad", "when": "soon", "done": "begun"}),
            )
        ),
        P17=Section((Entry(6, "main", "In March.", "m1"), Entry(7, "first_review", "3 March", "m1"))),
    ),
    begun=date(2025, 11, 20),
    over_reason="he grew",
    sharing=Sharing(("team", "school"), True),
    places={"m1": Place(cursor="P19", progress={"P01": "done"})},
    sent=(Sent(1, datetime(2025, 12, 1, tzinfo=UTC), "a"), Sent(2, datetime(2026, 1, 9, tzinfo=UTC), "b")),
    changed_since_sent=True,
)


def sums(plan, guide=None):
    return totals(plan, guide, RULES, RATES)


def test_this_years_plan_has_last_years_words_and_nothing_that_was_of_last_year():
    plan = start_from(LAST, TODAY, "XS-1234")
    assert plan.based_on == "XS-1234/2"
    assert plan.begun == TODAY
    assert plan.section("P01").entries == LAST.section("P01").entries
    assert plan.section("P01").entries_laid_aside == ()
    assert plan.goals()[0].values == {"main": "to swim", "how_know": "a width"}
    assert [entry.text for entry in plan.section("P17").entries] == ["In March."]
    assert (plan.sharing, plan.sent, plan.changed_since_sent, plan.over_reason) == (Sharing(), (), False, "")
    assert plan.places == {}
    assert plan.members == LAST.members
    assert plan.next_id == LAST.next_id


def test_actions_that_are_done_and_one_off_costs_are_laid_aside():
    plan = start_from(LAST, TODAY)
    actions = plan.section("P16")
    assert [record.values for record in actions.records] == [{"main": "find a club", "who": "Dad"}]
    assert [record.get("main") for record in actions.records_laid_aside] == ["ring the pool"]
    assert plan.lines_laid_aside == (TRIKE,)


def test_costs_are_marked_as_last_years_and_stay_in_the_sums():
    plan = start_from(LAST, TODAY)
    assert [(line.what, line.source) for line in plan.lines] == [
        ("Jo on Sundays", "last_year"),
        ("Grandad's lifts", ""),
        ("music club", "last_year ouruk-77 2025-10-01"),
    ]
    assert sums(plan).total_pence == sums(LAST).total_pence - 450_00
    assert plan.line(11).checks == "seen"


def test_what_changed_from_one_version_to_the_next():
    later = replace(
        LAST,
        sections={
            **LAST.sections,
            "P01": Section(
                (Entry(1, "own_words", "Trains!", "m1", child_said=True), Entry(20, "main", "And buses.", "m2"))
            ),
            "P08": Section(records=(replace(LAST.goals()[0], values={"main": "to swim", "how_know": "two widths"}),)),
        },
        lines=(replace(JO, quantity=Fraction(5)), LIFTS, CLUB),
        over_reason="",
    )
    found = compare(LAST, later, sums(LAST, 1_000_000), sums(later, 1_000_000))
    assert [section.code for section in found.sections] == ["P01", "P08"]
    assert [entry.text for entry in found.sections[0].said] == ["And buses."]
    assert found.sections[0].gone == ()
    assert found.sections[1].records[0].fields == (
        FieldChange("how_know", "a width", "two widths"),
        FieldChange("when", "july", None),
        FieldChange("when_date", "2026-07-31", None),
    )
    jo, trike = found.lines
    assert jo.fields == (FieldChange("quantity", Fraction(10), Fraction(5)),)
    # 5 hours x £13.50 x 52 = £3,510; holiday £423.657 → £423.66; no NI or pension; payroll and insurance £281.
    assert (jo.before_pence, jo.after_pence) == (8579_61, 4214_66)
    assert (trike.after, trike.before_pence, trike.after_pence) == (None, 450_00, None)
    assert {change.name: (change.before, change.after) for change in found.sums} == {
        "total_pence": (9445_61, 4630_66),
        "weekly_pence": (172_99, 89_05),
        "on_costs_pence": (1559_61, 704_66),
        "over_reason": ("he grew", ""),
    }


def test_a_cost_that_became_known_is_a_difference():
    before, after = plan_of(replace(CLUB, unit_cost_pence=None)), plan_of(CLUB)
    (change,) = compare(before, after, sums(before), sums(after)).lines
    assert (change.before_pence, change.after_pence) == (None, 416_00)


def test_moving_about_in_the_talk_is_no_difference():
    moved = replace(LAST, places={}, next_id=500)
    assert not compare(LAST, moved, sums(LAST), sums(moved))


modest = settings(max_examples=30, deadline=None)


@modest
@given(plan=any_plan)
def test_a_plan_has_no_difference_from_itself(plan):
    assert not compare(plan, plan, sums(plan), sums(plan))


@modest
@given(plan=any_plan)
def test_starting_from_a_plan_changes_nothing_in_it_and_loses_no_words_that_stood(plan):
    before = fingerprint(plan)
    fresh = start_from(plan, TODAY, "R")
    assert fingerprint(plan) == before
    for code, section in plan.sections.items():
        assert [entry for entry in section.entries if entry.field != "first_review"] == list(
            fresh.section(code).entries
        )
        kept = {record.id for record in (*fresh.section(code).records, *fresh.section(code).records_laid_aside)}
        assert kept == {record.id for record in section.records}
    assert {line.id for line in (*fresh.lines, *fresh.lines_laid_aside)} == {line.id for line in plan.lines}


@modest
@given(before=any_plan, after=any_plan)
def test_whatever_two_plans_are_each_word_is_in_both_or_told_as_a_difference(before, after):
    found = compare(before, after, sums(before), sums(after))
    told = {section.code: section for section in found.sections}
    for code, section in after.sections.items():
        new = [entry for entry in section.entries if entry not in before.section(code).entries]
        assert new == (list(told[code].said) if code in told else [])
    back = compare(after, before, sums(after), sums(before))
    assert bool(back) == bool(found)
