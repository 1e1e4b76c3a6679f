"""What one line of a plan costs: each time, a week and a year, exact inside and rounded once to a penny, half a penny up.

A year has 52 weeks, 26 fortnights, 12 months, 3 terms and 365 days; where a line says how many of them it is for (``times``:
39 weeks of term, 13 of holidays), that counts. A one-off counts once. What is not known is named, and is never nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.content.plan_models import PlanRules
from bot.plans.model import Line
from bot.understanding.line_item import TIMES_A_YEAR, whole_pence

WEEKS = 52

AMOUNT_CODES = ("amount", "which_amount", "pounds", "check_amount", "amount_for")
"""Codes of :mod:`bot.understanding.line_item` that ask about the price."""

OFTEN_CODES = ("how_long", "how_often", "how_many_weeks", "how_many_people")
"""Those that ask how much of it is bought."""


@dataclass(frozen=True, slots=True)
class LineCost:
    """The cost of one line, without what employing somebody adds. Exact pence; the whole ones are for showing."""

    each: Fraction | None
    """Each time: each week, month … of the line's ``per``, or the one time of a one-off."""
    year: Fraction | None
    """In a year, or once. None where it is not settled; 0 only for help that costs nothing."""
    one_off: bool = False
    missing: tuple[str, ...] = ()
    """What to ask before there is a cost, in the order of asking."""

    @property
    def each_pence(self) -> int | None:
        """Whole pence each time."""
        return None if self.each is None else whole_pence(self.each)

    @property
    def weekly_pence(self) -> int | None:
        """A 52nd of the year, from the exact amount. None for a one-off, which has no weekly cost."""
        return None if self.year is None or self.one_off else whole_pence(self.year / WEEKS)

    @property
    def yearly_pence(self) -> int | None:
        """Whole pence a year, or once."""
        return None if self.year is None else whole_pence(self.year)


def line_cost(line: Line, rules: PlanRules) -> LineCost:
    """The cost of a line.

    Raises ValueError for less than nothing, which no line that was read has.
    """
    if min(line.unit_cost_pence or 0, line.quantity or 0, line.times or 0) < 0:
        raise ValueError(f"line {line.id} costs or counts less than nothing")
    one_off = line.per == "once"
    if line.unit_cost_pence == 0:
        return LineCost(Fraction(0), Fraction(0), one_off)
    quantity = _quantity(line, rules)
    missing = _missing(line, quantity)
    if missing or line.unit_cost_pence is None or line.per is None or quantity is None:
        return LineCost(None, None, one_off, missing)
    each = line.unit_cost_pence * quantity
    times = Fraction(TIMES_A_YEAR[line.per]) if line.times is None or one_off else line.times
    return LineCost(each, each * times, one_off)


def _quantity(line: Line, rules: PlanRules) -> Fraction | None:
    """As it was said; one month in each month and one of a one-off need no saying, nor the weeks in a term."""
    if line.quantity is not None:
        return line.quantity
    if line.per == "once" or (line.per is not None and line.unit == line.per):
        return Fraction(1)
    if line.per == "term" and line.unit == "week":
        return Fraction(rules.term_weeks, TIMES_A_YEAR["term"])
    return None


def _missing(line: Line, quantity: Fraction | None) -> tuple[str, ...]:
    """Codes said by the reader of the line, and those of its gaps. What a thing is called does not keep it from a cost."""
    told = [code for code in line.missing if code != "what"]
    if line.unit_cost_pence is None and not set(told) & set(AMOUNT_CODES):
        told.insert(0, "amount")
    if line.per is None and "how_often" not in told:
        told.append("how_often")
    elif quantity is None and not set(told) & set(OFTEN_CODES):
        told.append("how_long" if line.unit in ("hour", "mile") else "how_often")
    return tuple(told)
