"""How much and how often, in words: "£13.50 an hour, 3 hours a week, for 39 weeks of the year"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Pounds
from bot.plans.model import Line

SPANS = {"day": "days_a_year", "week": "weeks", "fortnight": "fortnights", "month": "months", "term": "terms"}


def how_much(tell: Telling, line: Line) -> str:
    """All that is known of a line's price and times; what is not known is left out, never guessed."""
    if line.unit_cost_pence == 0:
        return tell.say("doc.no_cost")
    parts = [price(tell, line), _often(tell, line), _span(tell, line)]
    return ", ".join(part for part in parts if part)


def price(tell: Telling, line: Line) -> str:
    """ "£13.50 an hour"; empty while it is not known."""
    if line.unit_cost_pence is None:
        return ""
    return tell.say(f"plan.price.{line.unit or 'session'}", amount=str(Pounds(line.unit_cost_pence)))


def _often(tell: Telling, line: Line) -> str:
    if line.per is None:
        return ""
    if line.per == "once" and line.quantity in (None, 1):
        return tell.say("plan.per.once")
    unit = line.unit or "session"
    if line.quantity is None:
        return tell.say(f"plan.each.{line.per}") if unit == line.per else ""
    if unit == line.per and line.quantity == 1:
        return tell.say(f"plan.each.{line.per}")
    per = "" if line.per == "once" else f" {tell.say(f'plan.per.{line.per}')}"
    if unit in ("session", "one-off", line.per):
        return f"{_times(tell, line.quantity)}{per}"
    noun = tell.say(f"plan.unit.{unit}" if line.quantity == 1 else f"plan.units.{unit}")
    return f"{number(line.quantity)} {noun}{per}"


def _times(tell: Telling, quantity: Fraction) -> str:
    if quantity in (1, 2):
        return tell.say("plan.once_a" if quantity == 1 else "plan.twice_a")
    return tell.say("plan.times_a", count=number(quantity))


def _span(tell: Telling, line: Line) -> str:
    """For how much of the year, where that was said."""
    if line.times is None or line.per not in SPANS:
        return ""
    return tell.say(f"doc.{SPANS[line.per]}", count=number(line.times))


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
