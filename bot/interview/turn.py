"""One turn of the interview: a reading goes in; the new state, what to say, and what was accepted come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.interview.messages import Message
from bot.interview.state import Answer, Interview
from bot.plans.after.deeds import Deed

Effect = Literal[
    "person", "pause", "new_pin", "restart", "disagree", "send", "invite", "near", "service", "differences"
]
"""person: somebody should get in touch. pause: a number to come back with is wanted.
new_pin: and once more while paused: the old number was lost, or never arrived.
restart: the person asked twice to start again, and the answers were laid aside.
disagree: the person does not agree with the result; somebody looks at it.
send: the plan as it stands is sent to the team. invite: a code is wanted for another person to join the plan.
near: ideas from near home are wanted. service: one of them was picked.
differences: what differs from the plan that was sent last."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one reading. The next prompt is not part of it: :func:`bot.interview.ask` gives that."""

    interview: Interview
    messages: tuple[Message, ...] = ()
    recorded: tuple[tuple[str, Answer], ...] = ()
    """Answers accepted in this turn, by question code; to be stored before the reply leaves."""
    effects: tuple[Effect, ...] = ()
    asked: str = ""
    """With "invite" the role of the person who is to join the plan; with "near" the words to look for; with "service" the
    option that was picked."""
    deeds: tuple[Deed, ...] = ()
    """What was done with something that professionals put before the family; to be stored with the step."""
