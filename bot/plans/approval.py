"""The seven approval questions (seed 004): what is important, what to change, how supported, how spent, who manages it,
who is in charge, what makes it happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.content.plan_models import PlanRules
from bot.interview.words import pounds
from bot.plans.check import Check, check
from bot.plans.costs import AMOUNT_CODES
from bot.plans.model import Line, Plan, Record
from bot.plans.review_dates import day_of, first_review, looks_back_yearly
from bot.plans.totals import Totals
from bot.plans.validators import paid_people_unchecked

ABOUT_THE_CHILD = ("P01", "P02", "P03", "P04", "P05", "P06", "P07")


def paid(plan: Plan) -> tuple[Line, ...]:
    """Lines that cost something, or whose cost is not known yet."""
    return tuple(line for line in plan.lines if line.unit_cost_pence != 0)


def said_anything(plan: Plan, code: str) -> bool:
    """Whether somebody put down anything in a section."""
    section = plan.section(code)
    return bool(section.entries or section.records)


def who_the_child_is(plan: Plan) -> Iterator[Check]:
    """1: who the child is, in their own words or signs."""
    young = {member.id for member in plan.members if member.role == "young_person"}
    own = any(
        entry.child_said or entry.by in young or (entry.field == "said_by" and entry.text in ("child", "both"))
        for code in ABOUT_THE_CHILD
        for entry in plan.section(code).entries
    )
    if not said_anything(plan, "P01"):
        yield check(1, "not_yet", "own_words_not_yet", "P01")
    elif own:
        yield check(1, "ok", "own_words_ok", "P01")
    else:
        yield check(1, "look_at", "own_words_by_others", "P01")


def goals(plan: Plan) -> Iterator[Check]:
    """2: at least one goal with how we will know; the others are to look at."""
    if not plan.goals():
        yield check(2, "not_yet", "goal_not_yet", "P08")
        return
    without = [goal for goal in plan.goals() if not goal.get("how_know")]
    some = len(without) < len(plan.goals())
    if some:
        yield check(2, "ok", "goal_ok", "P08")
    for goal in without:
        yield check(2, "look_at" if some else "not_yet", "how_know_not_yet", "P08", words=goal.get("main"))


def help_for_goals(plan: Plan) -> Iterator[Check]:
    """3: each goal has help or a person, and free help was looked at first."""
    without = [goal for goal in plan.goals() if not _has_help(plan, goal)]
    for goal in without:
        yield check(3, "not_yet", "help_not_yet", "P10", words=goal.get("main"))
    free = said_anything(plan, "P09") or any(line.unit_cost_pence == 0 for line in plan.lines)
    if not free:
        yield check(3, "not_yet", "free_help_not_yet", "P09")
    elif plan.goals() and not without:
        yield check(3, "ok", "help_ok", "P09")


def _has_help(plan: Plan, goal: Record) -> bool:
    """Help that names this goal; where it is the only goal, help that names none is for it."""
    only = len(plan.goals()) == 1
    bought = any(line.goal == goal.id or (only and line.goal is None) for line in plan.lines)
    free = plan.section("P09").records
    return bought or any(record.get("goal") in ((str(goal.id), "") if only else (str(goal.id),)) for record in free)


def lines(plan: Plan, totals: Totals) -> Iterator[Check]:
    """4: each line has a cost, how often, and a goal."""
    if not paid(plan):
        yield check(4, "look_at", "lines_not_yet", "P11")
        return
    found = [finding for line in paid(plan) for finding in _line(plan, line, totals)]
    yield from found or [check(4, "ok", "lines_ok", "P11")]


def _line(plan: Plan, line: Line, totals: Totals) -> Iterator[Check]:
    missing = totals.of(line.id).cost.missing
    if set(missing) & set(AMOUNT_CODES):
        yield check(4, "not_yet", "line_cost_not_yet", "P11", words=line.what)
    elif missing:
        yield check(4, "not_yet", "line_how_often_not_yet", "P11", words=line.what)
    if line.goal is None and plan.goals():
        yield check(4, "not_yet", "line_goal_not_yet", "P11", words=line.what)


def guide_amount(plan: Plan, totals: Totals) -> Iterator[Check]:
    """4: within the guide amount, or why more is needed (seed 001). While a cost is open, "within" is not said."""
    if not paid(plan):
        return
    if totals.guide_pence is None:
        yield check(4, "look_at", "no_guide_amount", "P11")
    elif totals.over_pence:
        over = pounds(totals.over_pence)
        if plan.over_reason:
            yield check(4, "ok", "over_reason_ok", "P11", over=over)
        else:
            yield check(4, "not_yet", "over_not_yet", "P11", over=over)
    elif not totals.open:
        yield check(4, "ok", "total_ok", "P11", amount=pounds(totals.against_guide_pence))


def managers(plan: Plan) -> Iterator[Check]:
    """5: a way to manage the money for every line."""
    without = [line for line in paid(plan) if line.managed_by is None]
    for line in without:
        yield check(5, "not_yet", "manager_not_yet", "P12", words=line.what)
    if paid(plan) and not without:
        yield check(5, "ok", "manager_ok", "P12")


def choices_and_risks(plan: Plan) -> Iterator[Check]:
    """6: the child's choices and who helps, a plan for each risk, and checks on paid people."""
    found = [*_choices(plan), *_risks(plan), *paid_people_unchecked(plan)]
    yield from found or [check(6, "ok", "choices_ok", "P14")]
    if said_anything(plan, "P18"):
        yield check(6, "look_at", "different_views", "P18")


def _choices(plan: Plan) -> Iterator[Check]:
    if not said_anything(plan, "P14"):
        yield check(6, "not_yet", "choices_not_yet", "P14")
    for decision in plan.section("P14").records:
        if not decision.get("who_helps"):
            yield check(6, "not_yet", "who_helps_not_yet", "P14", words=decision.get("main"))


def _risks(plan: Plan) -> Iterator[Check]:
    if not said_anything(plan, "P13"):
        yield check(6, "not_yet", "risks_not_yet", "P13")
    for risk in plan.section("P13").records:
        if not risk.get("plan"):
            yield check(6, "not_yet", "risk_plan_not_yet", "P13", words=risk.get("main"))


def make_it_happen(plan: Plan, rules: PlanRules, totals: Totals, today: date) -> Iterator[Check]:
    """7: actions with names and dates, a plan B, and dates to look back."""
    found = [*_actions(plan, today), *_back_up(plan), *_reviews(plan, rules, today)]
    if totals.total_pence and not any(entry.field == "unspent" for entry in plan.section("P17").entries):
        found.append(check(7, "look_at", "unspent_not_yet", "P17"))
    yield from found or [check(7, "ok", "actions_ok", "P16")]


def _actions(plan: Plan, today: date) -> Iterator[Check]:
    if not said_anything(plan, "P16"):
        yield check(7, "not_yet", "actions_not_yet", "P16")
    for action in plan.section("P16").records:
        if not action.get("who"):
            yield check(7, "not_yet", "action_who_not_yet", "P16", words=action.get("main"))
        if not action.get("when"):
            yield check(7, "not_yet", "action_when_not_yet", "P16", words=action.get("main"))
        elif day_of(action, "when", today) is None:
            yield check(7, "look_at", "date_unclear", "P16", words=action.get("when"))


def _back_up(plan: Plan) -> Iterator[Check]:
    if not said_anything(plan, "P15"):
        yield check(7, "not_yet", "back_up_not_yet", "P15")


def _reviews(plan: Plan, rules: PlanRules, today: date) -> Iterator[Check]:
    """The first within 3 months (SEN (Personal Budgets) Regulations 2014, regulation 11), then every year."""
    review, months = first_review(plan, rules, today), rules.first_review_within_months
    if not review.words:
        yield check(7, "not_yet", "first_review_not_yet", "P17", count=months)
    elif review.past:
        yield check(7, "look_at", "date_past", "P17", words=review.words)
    elif review.day is None:
        yield check(7, "look_at", "date_unclear", "P17", words=review.words)
    elif review.late:
        yield check(7, "look_at", "first_review_late", "P17", count=months, words=review.words)
    if not looks_back_yearly(plan):
        yield check(7, "look_at", "yearly_review_not_yet", "P17")
