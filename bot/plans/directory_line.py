"""A line of the plan from a service and one of its prices; what the price leaves open is asked, never guessed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bot.plans.directory import CostOption, Service
from bot.plans.model import Kind, Line, Per, Plan, Unit

_ONCE_IN_EACH: dict[Unit, Per] = {
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "term": "term",
    "year": "year",
    "one-off": "once",
}
"""Prices that say themselves how often they are paid. How many sessions, hours or nights there will be, nobody knows yet."""


def as_line(service: Service, cost: CostOption | None, today: date, kind: Kind = "other") -> Line:
    """A line with the service's name, its price and where that came from. It has no id and no speaker yet (0, "").

    None stands where the directory settles nothing: no ``cost``, an open price, no unit, or how often.
    """
    per = _ONCE_IN_EACH.get(cost.unit) if cost is not None and cost.unit is not None else None
    return Line(
        id=0,
        what=service.name,
        by="",
        unit_cost_pence=cost.pence if cost else None,
        unit=cost.unit if cost else None,
        quantity=Fraction(1) if per else None,
        per=per,
        kind=kind,
        supplier=service.organisation,
        source=source(service, today),
        notes=" – ".join(part for part in (cost.option, cost.words) if part) if cost else "",
    )


def source(service: Service, today: date) -> str:
    """Where a cost came from: the service's id, and the day it was last checked where that is known.

    >>> source(Service("s-1", "Swim", assured=date(2026, 9, 14)), date(2026, 11, 22))
    's-1 2026-09-14'
    """
    checked = service.checked_on(today)
    return f"{service.id} {checked.isoformat()}" if checked else service.id


def in_plan(plan: Plan) -> frozenset[str]:
    """Ids of services that lines of the plan were made from."""
    return frozenset(line.source.partition(" ")[0] for line in plan.lines if line.source)
