"""A costed line as it is read back: how often, at what price, in pounds a week and a year; and the sum so far."""

from __future__ import annotations

from fractions import Fraction

from bot.interview.words import pounds
from bot.plans.costs import line_cost
from bot.plans.model import Line
from bot.plans.talk.scene import Scene


def line_text(scene: Scene, line: Line) -> str:
    """One line in words. What is not known yet is said to be missing, never shown as nothing."""
    cost = line_cost(line, scene.rules)
    if line.unit_cost_pence == 0:
        return scene.say("plan.line.free", words=line.what)
    if cost.yearly_pence is None:
        known = "" if line.unit_cost_pence is None else f" ({_price(scene, line)})"
        return scene.say("plan.line.open", words=f"{line.what}{known}")
    yearly = pounds(cost.yearly_pence)
    if line.per == "once":
        return scene.say("plan.line.once", words=line.what, amount=yearly)
    parts = f"{line.what}: {how_often(scene, line)}, {_price(scene, line)}"
    if line.times is not None and line.per in ("week", "fortnight", "month"):
        key = f"plan.line.{line.per}s"
        return scene.say(key, words=parts, count=number(line.times), amount=yearly)
    return scene.say("plan.line.regular", words=parts, weekly=pounds(cost.weekly_pence or 0), amount=yearly)


def _price(scene: Scene, line: Line) -> str:
    return scene.say(f"plan.price.{line.unit or 'session'}", amount=pounds(line.unit_cost_pence or 0))


def how_often(scene: Scene, line: Line) -> str:
    """ "3 hours a week", "twice a month", "each term" …"""
    quantity = line.quantity if line.quantity is not None else Fraction(1)
    per = scene.say(f"plan.per.{line.per}")
    unit = line.unit or "session"
    if unit == line.per and quantity == 1:
        return scene.say(f"plan.each.{line.per}")
    if unit == "session" or unit == line.per:
        times = {1: scene.say("plan.once_a"), 2: scene.say("plan.twice_a")}.get(
            int(quantity) if quantity.denominator == 1 else 0
        )
        return f"{times or scene.say('plan.times_a', count=number(quantity))} {per}"
    noun = scene.say(f"plan.unit.{unit}" if quantity == 1 else f"plan.units.{unit}")
    return f"{number(quantity)} {noun} {per}"


def number(value: Fraction) -> str:
    """An exact number as people write it.

    >>> number(Fraction(3)), number(Fraction(5, 2)), number(Fraction(1, 3))
    ('3', '2.5', '0.33')
    """
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}".rstrip("0")


def sums(scene: Scene) -> str:
    """The sum so far against the guide amount, and how many lines have no cost yet."""
    summed = scene.sums
    parts = [scene.say("plan.sum", amount=pounds(summed.total_pence))]
    if summed.everything.on_costs_pence:
        parts.append(scene.say("plan.sum_on_costs", amount=pounds(summed.everything.on_costs_pence)))
    if summed.left_pence is not None:
        left = pounds(summed.left_pence)
        over = pounds(summed.over_pence)
        parts.append(
            scene.say("plan.sum_over", over=over) if summed.over_pence else scene.say("plan.sum_left", amount=left)
        )
    if summed.open:
        parts.append(scene.say("plan.sum_open", count=len(summed.open)))
    return " ".join(parts)
