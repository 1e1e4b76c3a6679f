"""Moving in steps from last year's amount: off unless given, dated, and always said."""

from __future__ import annotations


def rule(**given):
    return {"until": "2027-03-31", "reference": "Cabinet 12 March 2026"} | given


def with_previous(run, example, pence, **given):
    return run(example, context={"previous_pence": pence, "protection": rule(**given)})


def test_a_fall_is_softened_until_a_date_and_it_is_said(run, example):
    result = with_previous(run, example, 1000000, max_fall_percent=20)
    assert result.amount_pence == 800000
    assert result.weekly_pence == 15385
    assert result.flags == ("transition_protection",)
    assert result.expires_on.isoformat() == "2027-03-31"
    protection = result.trace.protection
    assert (protection.before_pence, protection.after_pence, protection.effect) == (505000, 800000, "raised")
    line = next(line for line in result.explanation if "The amount before was £10,000 a year." in line.text)
    assert "fall by 20% at most, until 31 March 2027" in line.text
    assert "£8,000 a year" in line.text
    assert "Cabinet 12 March 2026" in line.detail


def test_a_rise_can_come_in_steps(run, example):
    result = with_previous(run, example, 400000, max_rise_percent=10)
    assert result.amount_pence == 440000
    assert any("rise by 10% at most" in line.text for line in result.explanation)


def test_a_small_change_is_left_alone(run, example):
    result = with_previous(run, example, 510000, max_fall_percent=20, max_rise_percent=10)
    assert result.amount_pence == 505000
    assert result.flags == ()
    assert any("does not alter the guide amount" in line.text for line in result.explanation)


def test_a_family_that_had_nothing_is_not_held_at_nothing(run, example):
    assert with_previous(run, example, 0, max_rise_percent=10).amount_pence == 505000


def test_it_holds_on_its_last_day(run, example):
    context = {"previous_pence": 1000000, "protection": rule(max_fall_percent=20)}
    assert run(example, on="2027-03-31", context=context).amount_pence == 800000


def test_after_its_last_day_it_does_nothing_and_that_is_said(run, example):
    result = run(
        example,
        on="2027-04-01",
        context={"previous_pence": 1000000, "protection": rule(max_fall_percent=20)},
    )
    assert result.amount_pence == 505000
    assert any("ended on 31 March 2027" in line.text for line in result.explanation)


def test_without_a_rule_last_years_amount_changes_nothing_and_that_is_said(run, example):
    result = run(example, context={"previous_pence": 1000000})
    assert result.amount_pence == 505000
    assert any("£10,000 a year now. It does not change" in line.text for line in result.explanation)


def test_help_that_ends_can_still_be_softened(run, all_at):
    result = run(all_at(0), context={"previous_pence": 300000, "protection": rule(max_fall_percent=20)})
    assert result.status == "ok"
    assert result.amount_pence == 240000
    assert set(result.flags) == {"below_threshold", "transition_protection"}


def test_there_is_no_protected_figure_where_a_person_works_it_out(run, all_at):
    result = run({**all_at(1), "S1": 3}, context={"previous_pence": 1, "protection": rule(max_fall_percent=0)})
    assert (result.status, result.amount_pence) == ("bespoke", None)


def test_what_it_does_not_know_is_named_and_changes_nothing(run, example):
    result = run(example, context={"area": "north"})
    assert result.amount_pence == 505000
    assert result.trace.ignored_context == ("area",)
