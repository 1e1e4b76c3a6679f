"""What employing somebody costs beside their pay, from dated rates: each item named with its rule, its rate and its date.

Lines with the same supplier, or the same words where none is named, are one employee. Paid days off come on top of the pay,
and are pay themselves: National Insurance and pension are worked out on both. National Insurance looks at the pay of each
week by itself, so somebody who works in term time alone is over the weekly threshold sooner than their yearly pay shows.
Whether a pension is due is told from the year's pay. Employment Allowance may take the National Insurance off; it has to be
asked for, so it is told and not taken off. Payroll and insurance are paid once by an employer, however many they employ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from bot.content.plan_models import OnCostRates, PlanRules
from bot.interview.words import pounds
from bot.plans.costs import WEEKS, LineCost
from bot.plans.model import Line
from bot.plans.shares import split
from bot.understanding.line_item import TIMES_A_YEAR, whole_pence

OnCostKind = Literal["holiday", "employer_ni", "pension", "payroll", "insurance"]


@dataclass(frozen=True, slots=True)
class OnCost:
    """One thing that is due, or named as not due with 0 pence."""

    kind: OnCostKind
    employee: str
    """Who it is for, in the family's words; empty for what an employer pays once."""
    pence: int
    """A year."""
    key: str
    """The text that says it, "cost.holiday" …"""
    values: tuple[tuple[str, str], ...]
    """What the text names: the amount, the rate, from and up to which pay."""


@dataclass(frozen=True, slots=True)
class OnCosts:
    """Everything that employing people adds in a year."""

    items: tuple[OnCost, ...] = ()
    by_line: tuple[tuple[int, int], ...] = ()
    """Line id and its share in pence; the shares add up to the items."""
    allowance_pence: int = 0
    """How much of the National Insurance the Employment Allowance could take off, if it is asked for."""
    rates: OnCostRates | None = None
    """The rates all of it was worked out with: those of today, also for what comes after their last day."""
    without_rates: bool = False
    """Somebody is employed, but no rates are known: nothing was added, and that must be said."""

    @property
    def pence(self) -> int:
        """All items together."""
        return sum(item.pence for item in self.items)

    @property
    def notes(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """What must be told beside the items: texts and their values."""
        if self.without_rates:
            return (("cost.rates_missing", ()),)
        if self.rates is None:
            return ()
        told: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        if self.allowance_pence:
            told.append(("cost.allowance", (("amount", pounds(self.rates.employer_ni_allowance_yearly_pence)),)))
        told.append(("cost.rates", (("date", in_words(self.rates.valid_from)),)))
        if self.rates.valid_to is not None:
            told.append(("cost.rates_change", (("date", in_words(self.rates.valid_to)),)))
        return tuple(told)

    def of_line(self, line_id: int) -> int:
        """What one line's share is."""
        return dict(self.by_line).get(line_id, 0)


def employs(line: Line) -> bool:
    """Whether the family is this paid person's employer. Nobody is who leaves the help to the council."""
    return line.employed is True and line.managed_by != "council" and line.unit_cost_pence != 0


def employee(line: Line) -> str:
    """What the employed person is called: the supplier, else the words of the line."""
    return (line.supplier or line.what).strip()


def on_costs(costed: Iterable[tuple[Line, LineCost]], rules: PlanRules, rates: OnCostRates | None) -> OnCosts:
    """The on-costs of the employed people among these lines; a line without a cost yet adds nothing, and stays open."""
    paid = [(line, cost.year) for line, cost in costed if employs(line) and cost.year]
    if not paid:
        return OnCosts()
    if rates is None:
        return OnCosts(without_rates=True)
    people: dict[str, list[tuple[Line, Fraction]]] = {}
    for line, year in paid:
        people.setdefault(" ".join(employee(line).casefold().split()), []).append((line, year))
    items: list[OnCost] = []
    shares: dict[int, int] = {}
    for lines in people.values():
        due = _of_employee(lines, rules, rates)
        items += due
        _add(shares, lines, sum(item.pence for item in due))
    once = _of_employer(rates)
    _add(shares, paid, sum(item.pence for item in once))
    insured = sum(item.pence for item in items if item.kind == "employer_ni")
    return OnCosts(
        items=(*items, *once),
        by_line=tuple(shares.items()),
        allowance_pence=min(insured, rates.employer_ni_allowance_yearly_pence),
        rates=rates,
    )


def _add(shares: dict[int, int], lines: Sequence[tuple[Line, Fraction]], pence: int) -> None:
    """Pence shared out among lines by their pay."""
    for (line, _), share in zip(lines, split(pence, [year for _, year in lines]), strict=True):
        shares[line.id] = shares.get(line.id, 0) + share


def _of_employee(lines: Sequence[tuple[Line, Fraction]], rules: PlanRules, rates: OnCostRates) -> list[OnCost]:
    """Paid days off, National Insurance and pension of one person."""
    name, pay = employee(lines[0][0]), sum((year for _, year in lines), Fraction(0))
    with_holiday = 1 + rates.share(rates.holiday_basis_points)
    holiday = whole_pence(pay * (with_holiday - 1))
    yearly = pay * with_holiday
    above = _weekly_above(lines, with_holiday, rates.employer_ni_from_weekly_pence, rules)
    insurance = whole_pence(above * rates.share(rates.employer_ni_basis_points))
    low, high = rates.pension_band_yearly_pence
    enrolled = yearly > rates.pension_from_yearly_pence
    pension = (
        whole_pence((min(yearly, Fraction(high)) - low) * rates.share(rates.pension_basis_points)) if enrolled else 0
    )
    weekly, trigger = pounds(rates.employer_ni_from_weekly_pence), pounds(rates.pension_from_yearly_pence)
    return [
        _item("holiday", name, holiday, "cost.holiday", rate=percent(rates.holiday_basis_points)),
        _item(
            "employer_ni",
            name,
            insurance,
            "cost.employer_ni",
            rate=percent(rates.employer_ni_basis_points),
            **{"from": weekly},
        )
        if above
        else _item("employer_ni", name, 0, "cost.employer_ni_none", **{"from": weekly}),
        _item(
            "pension",
            name,
            pension,
            "cost.pension",
            rate=percent(rates.pension_basis_points),
            **{"from": pounds(low), "to": pounds(high)},
        )
        if enrolled
        else _item("pension", name, 0, "cost.pension_none", **{"from": trigger}),
    ]


def _of_employer(rates: OnCostRates) -> list[OnCost]:
    """What is paid once, however many are employed."""
    return [
        _item("payroll", "", rates.payroll_yearly_pence, "cost.payroll"),
        _item("insurance", "", rates.insurance_yearly_pence, "cost.insurance"),
    ]


def _item(kind: OnCostKind, name: str, pence: int, key: str, **values: str) -> OnCost:
    return OnCost(kind, name, pence, key, tuple({**values, "amount": pounds(pence)}.items()))


def in_words(day: date) -> str:
    """A day as people write it.

    >>> in_words(date(2027, 4, 5))
    '5 April 2027'
    """
    return f"{day.day} {day:%B %Y}"


def percent(basis_points: int) -> str:
    """Hundredths of a percent as people read them.

    >>> percent(1207), percent(1500), percent(1250)
    ('12.07%', '15%', '12.5%')
    """
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def _weekly_above(
    lines: Sequence[tuple[Line, Fraction]], factor: Fraction, threshold: int, rules: PlanRules
) -> Fraction:
    """Pay above the weekly threshold, summed over the weeks of a year, in exact pence.

    The year is laid out as its school weeks and then its holiday weeks. Each line's pay lies evenly on the weeks in which it
    is worked; lines of fewer weeks begin with the first.
    """
    spans = [(*_weeks(line, rules), year * factor) for line, year in lines]
    edges = sorted({edge for first, last, _ in spans for edge in (first, last)})
    above = Fraction(0)
    for start, end in pairwise(edges):
        weekly = sum(
            (pay / (last - first) for first, last, pay in spans if first <= start and end <= last), Fraction(0)
        )
        above += max(Fraction(0), weekly - threshold) * (end - start)
    return above


def _weeks(line: Line, rules: PlanRules) -> tuple[Fraction, Fraction]:
    """First and last week of the year in which a line is worked."""
    year, term = Fraction(WEEKS), Fraction(rules.term_weeks)
    if line.per == "once":
        return Fraction(0), Fraction(1)
    if line.per == "term":
        return Fraction(0), term
    if line.per is None or line.times is None or line.per == "year":
        return Fraction(0), year
    worked = min(year, line.times * WEEKS / TIMES_A_YEAR[line.per])
    return (term, year) if worked == year - term else (Fraction(0), worked)
