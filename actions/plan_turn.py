"""A message while the plan is being made, or something waits for the family: read for it, and stepped."""

from __future__ import annotations

from collections.abc import Callable

from actions.guide_amount import guide_amount
from actions.services import Services
from bot.interview import Interview, Turn
from bot.plans import conversation
from bot.plans.conversation import Now
from bot.plans.talk import interrupts
from bot.understanding.reading import Reading

Advance = Callable[[Interview], Turn]


def plan_step(
    services: Services,
    draft_id: str,
    interview: Interview,
    text: str,
    choice: str | None,
    understood: Reading,
    now: Now,
) -> Advance | None:
    """What the message does to the plan; None where a rule answers it first, as a question back."""
    content = services.content
    outcome = guide_amount(services, draft_id, interview)
    here = conversation.scene(content, interview, outcome, now)
    reading = conversation.interpret(here, now.waiting, text, choice, understood)
    if interrupts(reading):
        return None
    return lambda current: conversation.advance_plan(content, current, reading, outcome, now)
