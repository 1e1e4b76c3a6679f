"""Money that was paid and not spent: how much, and what the plan says is to happen with it (domain notes 1.4 no. 68, P17).

Only what was paid can be left over. What a named person decides is written down beside what the rule gives; money is
never taken back by the rule alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.plans.model import Plan

Unspent = Literal["keep", "pay_back", "discuss"]
"""The choices of the plan's question about money not spent (P17)."""
UNSPENT: tuple[Unspent, ...] = get_args(Unspent)


@dataclass(frozen=True, slots=True)
class LineMoney:
    """One line, in pence, up to a day."""

    line: int
    agreed_pence: int
    """For the whole year, or once."""
    paid_pence: int
    spent_pence: int

    @property
    def left_pence(self) -> int:
        """Paid and not spent; nothing where more was spent than paid."""
        return max(0, self.paid_pence - self.spent_pence)

    @property
    def over_pence(self) -> int:
        """Spent beyond what was paid."""
        return max(0, self.spent_pence - self.paid_pence)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is left over, and what the rule of the plan says."""

    lines: tuple[LineMoney, ...]
    chosen: Unspent | None
    """What the family and the council agreed in the plan; None where nothing was said."""
    small: bool
    """So little that it stays with the family, whatever the plan says (the council's rule)."""

    @property
    def pence(self) -> int:
        """Over all lines: what one line has over is not set off against what another is short of."""
        return sum(line.left_pence for line in self.lines)

    @property
    def over_pence(self) -> int:
        return sum(line.over_pence for line in self.lines)

    @property
    def rule(self) -> Unspent:
        """What is to happen unless a named person decides otherwise. Where nothing was agreed, it is talked about."""
        return "keep" if self.small or not self.pence else self.chosen or "discuss"


def chosen(plan: Plan) -> Unspent | None:
    """What the plan says, in its last words about it; None where it is not one of the choices."""
    said = [entry.text for entry in plan.section("P17").entries if entry.field == "unspent"]
    return next((choice for choice in UNSPENT if said and said[-1] == choice), None)


def left_over(plan: Plan, lines: Iterable[LineMoney], small_pence: int) -> LeftOver:
    """What is left over of these lines. ``small_pence``: up to this sum it stays with the family."""
    found = LeftOver(tuple(lines), chosen(plan), small=False)
    return LeftOver(found.lines, found.chosen, small=found.pence <= small_pence)
