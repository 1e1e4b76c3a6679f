"""A plan as JSON to take away: what it says, its line items and its sums. What was taken out of the plan stays out."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.plans.documents.telling import Cover
from bot.plans.fingerprint import fingerprint
from bot.plans.model import Plan
from bot.plans.serialise import plan_to_json
from bot.plans.totals import Group, Totals
from bot.plans.view import plan_view

FORMAT = "sevensteps-plan/1"


def write_json(plan: Plan, totals: Totals, cover: Cover) -> str:
    """JSON in ASCII. ``plan`` in it reads back with :func:`bot.plans.serialise.plan_from_json`; money is integer pence."""
    data = {
        "format": FORMAT,
        "reference": cover.reference,
        "version": cover.version,
        "made_on": cover.on.isoformat(),
        "agreed": cover.agreed,
        "agreed_in_part": cover.in_part,
        "example_guide_amount": cover.example,
        "fingerprint": fingerprint(plan),
        **plan_view(plan, totals),
        "sums": {
            "regular_yearly_pence": totals.everything.regular_pence,
            "one_off_pence": totals.everything.one_off_pence,
            "on_costs_pence": totals.everything.on_costs_pence,
            "weekly_pence": totals.weekly_pence,
            "against_guide_pence": totals.against_guide_pence,
            "left_pence": totals.left_pence,
            "open_lines": [line.id for line in totals.open],
            "by_stream": _by_key(totals.streams),
            "by_goal": _by_key(totals.goals),
            "by_manager": _by_key(totals.managers),
            "on_costs": [
                {"what": item.kind, "employee": item.employee or None, "pence": item.pence}
                for item in totals.on_costs.items
            ],
        },
        "plan": plan_to_json(_to_take_away(plan)),
    }
    return json.dumps(data, indent=2) + "\n"


def _by_key(groups: tuple[Group, ...]) -> dict[str, int]:
    return {group.key: group.total_pence for group in groups}


def _to_take_away(plan: Plan) -> Plan:
    """Without what its speakers took out, and without where the talk stands."""
    sections = {
        code: replace(section, entries_laid_aside=(), records_laid_aside=()) for code, section in plan.sections.items()
    }
    return replace(plan, sections=sections, lines_laid_aside=(), places={})
