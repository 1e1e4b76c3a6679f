"""A plan for the outside: the line items of domain notes 4, and what the conversation's state shows (contract)."""

from __future__ import annotations

from typing import Any

from bot.plans.model import Line, Plan, Section
from bot.plans.totals import LineSum, Totals


def plan_view(plan: Plan, totals: Totals) -> dict[str, Any]:
    """``State.plan``: the words of every section that has some, the line items, the sum and the guide amount in pence."""
    texts = {code: text for code, section in sorted(plan.sections.items()) if (text := section_words(section))}
    return {
        "sections": texts,
        "lines": [line_item(plan, line) for line in totals.lines],
        "total_pence": totals.total_pence,
        "guide_pence": totals.guide_pence,
    }


def section_words(section: Section) -> str:
    """What was said in a section, a line for each thing, nothing added. What only points elsewhere is left out."""
    records = (
        " – ".join(
            value for name, value in record.values.items() if value and name != "goal" and not name.endswith("_date")
        )
        for record in section.records
    )
    return "\n".join(text for text in (*(entry.text for entry in section.entries), *records) if text)


def line_item(plan: Plan, sums: LineSum) -> dict[str, Any]:
    """One line in the shape of domain notes 4.

    ``total_pence`` is the line's own cost in a year (or once), ``on_costs_pence`` comes on top; both are null while the
    cost is not known. ``who_is_paid`` is employee, supplier, nobody, or null while that is open.
    """
    line = sums.line
    return {
        "goal": next((goal.get("main") for goal in plan.goals() if goal.id == line.goal), None),
        "what": line.what,
        "stream": line.stream,
        "supplier": line.supplier or None,
        "unit_cost_pence": line.unit_cost_pence,
        "unit": line.unit,
        "units_per_year": _units_per_year(line, sums),
        "total_pence": sums.cost.yearly_pence,
        "on_costs_pence": None if sums.total_pence is None else sums.on_costs_pence,
        "one_off": sums.cost.one_off,
        "managed_by": line.managed_by,
        "who_is_paid": _who_is_paid(line),
        "dbs": line.checks,
        "notes": line.notes or None,
    }


def _units_per_year(line: Line, sums: LineSum) -> int | float | None:
    """How many units in a year; rounded to hundredths where it is not whole. Sums are not worked out from it."""
    if sums.cost.year is None or not line.unit_cost_pence:
        return None
    units = sums.cost.year / line.unit_cost_pence
    return int(units) if units.denominator == 1 else round(float(units), 2)


def _who_is_paid(line: Line) -> str | None:
    if line.unit_cost_pence == 0:
        return "nobody"
    if line.employed is None and line.kind == "person":
        return None
    return "employee" if line.employed else "supplier"
