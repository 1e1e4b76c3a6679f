"""Pure interview engine: which step is next, computed from content and answers. No clock, network or database."""

from bot.content.models import Questionnaire
from bot.interview.advance import advance
from bot.interview.ask import ask, opening
from bot.interview.expecting import Expecting, expecting, interpret, interrupts
from bot.interview.messages import Message, Option, message_from_json
from bot.interview.outcome import Outcome, outcome_from_reply
from bot.interview.path import current_step, missing, stage
from bot.interview.request import allocation_request, request_hash
from bot.interview.state import Answer, Interview, interview_from_json
from bot.interview.turn import Turn
from bot.interview.view import state_view

__all__ = [
    "Answer",
    "Expecting",
    "Interview",
    "Message",
    "Option",
    "Outcome",
    "Turn",
    "advance",
    "allocation_request",
    "ask",
    "current_step",
    "expecting",
    "interpret",
    "interrupts",
    "interview_from_json",
    "message_from_json",
    "missing",
    "opening",
    "outcome_from_reply",
    "request_hash",
    "stage",
    "start",
    "state_view",
]


def start(questionnaire: Questionnaire) -> Interview:
    """A new interview, bound to the questionnaire version it starts with."""
    return Interview(questionnaire.id, questionnaire.version)
