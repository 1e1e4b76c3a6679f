"""The step of an intent, for a reading that Rasa did not make: what the intent's rule in data/rules would have run."""

from __future__ import annotations

from actions.answering import AnswerQuestion, ExplainResult, ExplainTerm, SmallTalk
from actions.base import Step
from actions.services import Services
from actions.steering import Steer
from bot.understanding.intents import CHAT, COMMANDS


def digression(services: Services, intent: str) -> Step:
    """A command's step, the answer to a question, or manners."""
    if (command := COMMANDS.get(intent)) is not None:
        return Steer(services, intent, command)
    if intent == "explain_term":
        return ExplainTerm(services, intent)
    if intent == "explain_result":
        return ExplainResult(services, intent)
    return SmallTalk(services, intent) if intent in CHAT else AnswerQuestion(services, intent)
