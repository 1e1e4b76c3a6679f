"""How much and how often, in words: "£13.50 an hour", "3 hours a week", "twice a month", "every term"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from bot.interview.words import pounds
from bot.plans.model import Line

Say = Callable[..., str]
"""A sentence of content by its key and values."""


def price(say: Say, line: Line, money: Callable[[int], str] = pounds) -> str:
    """ "£13.50 an hour"; empty while it is not known. ``money``: how pence are written."""
    if line.unit_cost_pence is None:
        return ""
    return say(f"plan.price.{line.unit or 'session'}", amount=money(line.unit_cost_pence))


def how_often(say: Say, line: Line) -> str:
    """ "3 hours a week", "twice a month", "every term"; empty while it is not known."""
    if line.per is None:
        return ""
    if line.per == "once" and line.quantity in (None, 1):
        return say("plan.per.once")
    unit = line.unit or "session"
    if line.quantity is None:
        return say(f"plan.each.{line.per}") if unit == line.per else ""
    if unit == line.per and line.quantity == 1:
        return say(f"plan.each.{line.per}")
    per = "" if line.per == "once" else f" {say(f'plan.per.{line.per}')}"
    if unit in ("session", "one-off", line.per):
        return f"{_times(say, line.quantity)}{per}"
    noun = say(f"plan.unit.{unit}" if line.quantity == 1 else f"plan.units.{unit}")
    return f"{number(line.quantity)} {noun}{per}"


def _times(say: Say, quantity: Fraction) -> str:
    if quantity in (1, 2):
        return say("plan.once_a" if quantity == 1 else "plan.twice_a")
    return say("plan.times_a", count=number(quantity))


def number(value: Fraction) -> str:
    """A number as people write it; one that has no end as a fraction, so that it stays exact.

    >>> number(Fraction(3)), number(Fraction(5, 2)), number(Fraction(1, 3))
    ('3', '2.5', '1/3')
    """
    whole = value.denominator
    while whole % 2 == 0:
        whole //= 2
    while whole % 5 == 0:
        whole //= 5
    return str(value) if whole != 1 else f"{Decimal(value.numerator) / value.denominator:,f}"
