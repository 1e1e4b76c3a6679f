"""Passing over one question inside a section: it stays open, and the section goes on."""

from __future__ import annotations

from bot.plans.model import Exchange
from bot.plans.talk import line_questions, line_read_back, money, own_words, records
from bot.plans.talk.order import current
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene
from bot.plans.talk.turn import PlanTurn


def pass_over(scene: Scene, exchange: Exchange) -> PlanTurn:
    """Skip what was asked last; nothing that was said is touched."""
    code = current(scene)
    match exchange.kind:
        case "field" if exchange.target is not None:
            return records.pass_field(scene, exchange)
        case "field":
            return own_words.go_on(scene.asking(None), code, saved=False)
        case "turned":
            return records.take_turned(scene, exchange, "", "plan.keep_as_is")
        case "missing":
            return line_questions.take_missing(scene, exchange, "", "plan.unknown")
        case "goal":
            return line_questions.take_goal(scene, exchange, "", "plan.no_goal")
        case "over":
            return line_read_back.take_over(scene, exchange, "", "plan.later")
        case "manager" | "employed" | "checks":
            return money.pass_one(scene, exchange)
        case "another" | "more":
            return own_words.close(scene, code)
        case "lines" | "keep_line" | "redo":
            return scene.asking(Exchange("more")).turn(say(scene, "plan.kept"))
    return scene.asking(None).turn()
