"""One turn of the plan talk: the new plan, what to say, and what the outside must do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.interview.messages import Message
from bot.plans.model import Plan

PlanEffect = Literal["person", "pause", "leave", "send", "invite", "near", "service", "differences"]
"""person: somebody should get in touch. pause: a number to come back with. leave: back to the guide amount.
send: the plan as it now stands is to be kept as a version and shown to the team. invite: a code for another person. near: ideas from near home are wanted. service: one of them was picked.
differences: what differs from the version that was sent last."""


@dataclass(frozen=True, slots=True)
class PlanTurn:
    """The outcome of one reading. The next prompt is not part of it: :func:`bot.plans.talk.ask` gives that."""

    plan: Plan
    messages: tuple[Message, ...] = ()
    effects: tuple[PlanEffect, ...] = ()
    changed: bool = False
    """Something of the plan itself was added or changed, not only the place where the talk stands."""
    asked: str = ""
    """With "invite" the role of the person who is to join; with "near" the words to look for; with "service" the option
    that was picked."""
