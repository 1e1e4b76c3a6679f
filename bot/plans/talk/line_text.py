"""A costed line as it is read back: how often, at what price, in pounds a week and a year; and the sum so far."""

from __future__ import annotations

from bot.interview.words import pounds
from bot.plans.amounts import how_often, number, price
from bot.plans.costs import line_cost
from bot.plans.model import Line
from bot.plans.talk.scene import Scene


def line_text(scene: Scene, line: Line) -> str:
    """One line in words. What is not known yet is said to be missing, never shown as nothing."""
    cost = line_cost(line, scene.rules)
    if line.unit_cost_pence == 0:
        return scene.say("plan.line.free", words=line.what)
    if cost.yearly_pence is None:
        known = "" if line.unit_cost_pence is None else f" ({price(scene.say, line)})"
        return scene.say("plan.line.open", words=f"{line.what}{known}")
    yearly = pounds(cost.yearly_pence)
    if line.per == "once":
        return scene.say("plan.line.once", words=line.what, amount=yearly)
    parts = f"{line.what}: {how_often(scene.say, line)}, {price(scene.say, line)}"
    if line.times is not None and line.per in ("week", "fortnight", "month"):
        key = f"plan.line.{line.per}s"
        return scene.say(key, words=parts, count=number(line.times), amount=yearly)
    return scene.say("plan.line.regular", words=parts, weekly=pounds(cost.weekly_pence or 0), amount=yearly)


def sums(scene: Scene) -> str:
    """The sum so far against the guide amount, and how many lines have no cost yet."""
    summed = scene.sums
    if summed.open and not summed.total_pence:
        return scene.say("plan.sum_open", count=len(summed.open))
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
