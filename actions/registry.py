"""All actions, by the names that domain.yml lists."""

from __future__ import annotations

from rasa_sdk import Action

from actions.answering import AnswerQuestion, ExplainResult, ExplainTerm, SmallTalk
from actions.interview_form import InterviewForm
from actions.services import Services
from actions.session_start import SessionStart
from actions.steering import COMMANDS, Steer


def every_action(services: Services) -> list[Action]:
    """One instance of each."""
    return [
        SessionStart(),
        InterviewForm(services),
        *(Steer(services, name, does) for name, does in COMMANDS.items()),
        ExplainTerm(services, "action_explain_term"),
        ExplainResult(services, "action_explain_result"),
        AnswerQuestion(services, "action_answer_question"),
        SmallTalk(services, "action_small_talk"),
    ]
