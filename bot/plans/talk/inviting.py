"""Asking somebody else to join the plan, with a code of their own: another parent, the young person, someone who helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.interview.messages import Message
from bot.plans.model import Exchange
from bot.plans.talk.prompts import question, say
from bot.plans.talk.scene import Scene, option_list
from bot.plans.talk.turn import PlanTurn

ROLES = ("parent", "young_person", "grandparent", "carer")
MOST_MEMBERS = 6


def prompt(scene: Scene, _: Exchange) -> Message:
    """Who should join?"""
    options = option_list(scene, *(f"plan.invite.{role}" for role in ROLES), "plan.invite.no_one")
    return question(scene, scene.say("plan.invite_ask"), options=options)


def take(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """The code itself is made by the store; here is only for whom."""
    done = scene.asking(None)
    if choice is None:
        return scene.turn(say(scene, "plan.invite_unclear"))
    role = choice.removeprefix("plan.invite.")
    if role == "no_one":
        return done.turn(say(scene, "plan.kept"))
    if len(scene.plan.members) >= MOST_MEMBERS:
        return done.turn(say(scene, "plan.invite_full", count=MOST_MEMBERS))
    return replace(done.turn(effects=("invite",)), asked=role)


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {"invite": prompt}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {"invite": take}
