"""Moving in steps from last year's amount: the dated rule for winners and losers (domain notes 3.4 A9, seed 002)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from bot.allocation.numbers import round_half_up
from bot.allocation.request import Protection

Effect = Literal["raised", "held", "none", "ended"]
"""raised: more than the table gives; held: less for now; none: within the steps; ended: past its last day."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What the rule made of an amount, in pence a year."""

    rule: Protection
    previous_pence: int
    before_pence: int
    after_pence: int
    effect: Effect


def protect(amount_pence: int, previous_pence: int, rule: Protection, on: date) -> Protected:
    """Apply a rule on a day: max(A, previous × (1 − d)) on the way down, min(A, previous × (1 + u)) on the way up.

    A family that had nothing before is not held at nothing: only an amount can be the start of a slow rise.

    >>> rule = Protection(max_fall_percent=20, until=date(2027, 3, 31), reference="example")
    >>> protect(300000, 500000, rule, date(2026, 5, 1)).after_pence
    400000
    >>> protect(300000, 500000, rule, date(2027, 4, 1)).effect
    'ended'
    """
    if on > rule.until:
        return Protected(rule, previous_pence, amount_pence, amount_pence, "ended")
    after = amount_pence
    if amount_pence < previous_pence and rule.max_fall_percent is not None:
        after = max(amount_pence, _percent(previous_pence, 100 - rule.max_fall_percent))
    if amount_pence > previous_pence > 0 and rule.max_rise_percent is not None:
        after = min(amount_pence, _percent(previous_pence, 100 + rule.max_rise_percent))
    effect: Effect = "raised" if after > amount_pence else "held" if after < amount_pence else "none"
    return Protected(rule, previous_pence, amount_pence, after, effect)


def _percent(pence: int, percent: int) -> int:
    return round_half_up(Fraction(pence * percent, 100))
