"""All sums of a plan, from one place: per line, funding stream, goal and way of looking after the money.

Each line is rounded once, to a penny, and on-costs are shared out to the lines without losing one; so whatever is added up
from the lines gives the same totals. A line whose cost is not known is listed as open and never counted as nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bot.content.plan_models import OnCostRates, PlanRules
from bot.plans.costs import WEEKS, LineCost, line_cost
from bot.plans.model import Line, Plan
from bot.plans.on_costs import OnCosts, on_costs
from bot.understanding.line_item import whole_pence

GUIDE_STREAM = "social_care"
"""The guide amount is social care money; other streams have no pounds of their own yet (domain notes 3.2)."""


@dataclass(frozen=True, slots=True)
class LineSum:
    """A line, its cost, and its share of what employing people adds, in pence a year (or once)."""

    line: Line
    cost: LineCost
    on_costs_pence: int = 0

    @property
    def total_pence(self) -> int | None:
        """Cost and on-costs; None where there is no cost yet."""
        return None if self.cost.yearly_pence is None else self.cost.yearly_pence + self.on_costs_pence


@dataclass(frozen=True, slots=True)
class Group:
    """The lines that have something in common."""

    key: str
    """A stream, a way to look after the money, or a goal's record id; empty where a line has none."""
    lines: tuple[LineSum, ...]

    @property
    def regular_pence(self) -> int:
        """A year, on-costs with it, one-offs apart."""
        return sum(line.total_pence or 0 for line in self.lines if not line.cost.one_off)

    @property
    def one_off_pence(self) -> int:
        """What is paid once, on-costs with it."""
        return sum(line.total_pence or 0 for line in self.lines if line.cost.one_off)

    @property
    def on_costs_pence(self) -> int:
        """The part of it that employing people adds."""
        return sum(line.on_costs_pence for line in self.lines)

    @property
    def total_pence(self) -> int:
        """Everything in the first year."""
        return self.regular_pence + self.one_off_pence

    @property
    def weekly_pence(self) -> int:
        """A 52nd of the regular part. Weekly figures of lines, each rounded by itself, may differ by pennies in sum."""
        return whole_pence(Fraction(self.regular_pence, WEEKS))

    @property
    def open(self) -> tuple[Line, ...]:
        """Lines that have no cost yet."""
        return tuple(line.line for line in self.lines if line.total_pence is None)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one plan."""

    everything: Group
    streams: tuple[Group, ...]
    goals: tuple[Group, ...]
    managers: tuple[Group, ...]
    on_costs: OnCosts
    guide_pence: int | None
    """The guide amount a year; None where there is none (yet)."""

    @property
    def lines(self) -> tuple[LineSum, ...]:
        """Every line, in the plan's order."""
        return self.everything.lines

    @property
    def open(self) -> tuple[Line, ...]:
        """Lines that have no cost yet: the totals do not hold them."""
        return self.everything.open

    @property
    def total_pence(self) -> int:
        """Everything in the first year: regular costs, one-offs, on-costs."""
        return self.everything.total_pence

    @property
    def weekly_pence(self) -> int:
        """The regular part, a week."""
        return self.everything.weekly_pence

    @property
    def against_guide_pence(self) -> int:
        """What the guide amount has to carry: the social care lines."""
        return sum(group.total_pence for group in self.streams if group.key == GUIDE_STREAM)

    @property
    def left_pence(self) -> int | None:
        """Guide amount less what it has to carry; less than nothing when over, None without a guide amount."""
        return None if self.guide_pence is None else self.guide_pence - self.against_guide_pence

    @property
    def over_pence(self) -> int:
        """By how much the plan is over the guide amount; 0 when it is not, or there is none."""
        return max(0, -(self.left_pence or 0))

    def of(self, line_id: int) -> LineSum:
        """One line's sums. Raises KeyError."""
        for line in self.lines:
            if line.line.id == line_id:
                return line
        raise KeyError(line_id)


def totals(plan: Plan, guide_pence: int | None, rules: PlanRules, rates: OnCostRates | None) -> Totals:
    """Add up a plan. ``rates`` are those in force today (None where none are known: then no on-costs, which they say)."""
    costed = [(line, line_cost(line, rules)) for line in plan.lines]
    added = on_costs(costed, rules, rates)
    sums = tuple(LineSum(line, cost, added.of_line(line.id)) for line, cost in costed)
    return Totals(
        everything=Group("", sums),
        streams=_grouped(sums, lambda line: line.stream),
        goals=_grouped(sums, lambda line: "" if line.goal is None else str(line.goal)),
        managers=_grouped(sums, lambda line: line.managed_by or ""),
        on_costs=added,
        guide_pence=guide_pence,
    )


def _grouped(sums: tuple[LineSum, ...], key: Callable[[Line], str]) -> tuple[Group, ...]:
    """Groups in the order in which they first appear; every line is in one."""
    keys = dict.fromkeys(key(line.line) for line in sums)
    return tuple(Group(one, tuple(line for line in sums if key(line.line) == one)) for one in keys)
