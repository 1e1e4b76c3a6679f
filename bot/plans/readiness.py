"""Is the plan ready? The seven approval questions and the other things a worker may ask about (domain notes 4).

Every finding gives a plain reason and the section to go to. None of them blocks sending.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.content.plan_models import PlanRules, PlanScript
from bot.plans import approval, review_dates, validators
from bot.plans.check import Check
from bot.plans.model import Plan
from bot.plans.totals import Totals


def readiness(
    plan: Plan,
    script: PlanScript,
    rules: PlanRules,
    totals: Totals,
    today: date,
    asked: Collection[str] | None = None,
) -> tuple[Check, ...]:
    """All findings, by question: a question that is answered has one with status ok.

    Where there is nothing to ask about – no goals that could have help, no costs that somebody could look after – a
    question has no finding. Sections that the script does not have, and those that are not ``asked`` for a small
    budget, are not asked about.
    """
    found = (
        *approval.who_the_child_is(plan),
        *approval.goals(plan),
        *validators.only_the_same(plan),
        *approval.help_for_goals(plan),
        *approval.lines(plan, totals),
        *validators.pay(plan, rules, totals),
        *validators.said_twice(plan),
        *validators.ask_first(plan, rules),
        *approval.guide_amount(plan, totals),
        *approval.managers(plan),
        *approval.choices_and_risks(plan),
        *approval.make_it_happen(plan, rules, totals, today),
        *review_dates.past(plan, today),
    )
    known = {section.id for section in script.sections if asked is None or section.id in asked}
    return tuple(sorted((one for one in found if one.section in known), key=lambda one: one.question))
