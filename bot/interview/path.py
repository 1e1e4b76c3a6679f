"""The path: which steps there are for this person, in order, and which one is next. Computed, never stored."""

from __future__ import annotations

from typing import Literal

from bot.content.models import AgePack, Question, Questionnaire
from bot.interview.state import Interview, Respondent

ABOUT_STEPS = ("consent", "who", "name", "age")
"""Steps before the RAS questions; a RAS step's id is its question code."""

Stage = Literal["consent", "about", "ras", "ras_check", "result", "paused", "closed"]


def age_pack(questionnaire: Questionnaire, interview: Interview) -> AgePack | None:
    """The age pack that holds for this child, or None before the age is known."""
    return None if interview.about.age is None else questionnaire.age_pack(interview.about.age)


def path(questionnaire: Questionnaire, interview: Interview) -> tuple[str, ...]:
    """Every step of this interview in order.

    A young person is asked their own questions, then whether a parent or carer is there; the family questions
    come only then (domain notes 3.2 rule 9). One that was answered stays: a parent who has left takes nothing back.
    From 18 the questions are not asked (age pack ``hand_over``).
    """
    pack = age_pack(questionnaire, interview)
    if pack is not None and pack.hand_over:
        return (*ABOUT_STEPS, "hand_over")
    questions = questionnaire.questions
    if interview.about.who != "young_person":
        return (*ABOUT_STEPS, *(q.id for q in questions), "check", "result")
    own = tuple(q.id for q in questions if "young_person" in q.asked_of)
    family = tuple(q.id for q in questions if "young_person" not in q.asked_of)
    if not family:
        return (*ABOUT_STEPS, *own, "check", "result")
    family = tuple(code for code in family if interview.about.family_here or code in interview.answers)
    return (*ABOUT_STEPS, *own, "family_here", *family, "check", "result")


def is_done(interview: Interview, step: str) -> bool:
    """Whether a step has what it asks for."""
    about = interview.about
    match step:
        case "consent":
            return about.consent
        case "who":
            return about.who is not None
        case "name":
            return about.name is not None
        case "age":
            return about.age is not None
        case "family_here":
            return about.family_here is not None
        case "check":
            return interview.checked
        case "result" | "hand_over":
            return False
        case _:
            return step in interview.answers


def current_step(questionnaire: Questionnaire, interview: Interview) -> str:
    """The step the person is at: where they went back to, else the first open one."""
    steps = path(questionnaire, interview)
    if interview.cursor is not None and interview.cursor in steps:
        return interview.cursor
    return next(step for step in steps if not is_done(interview, step))


def previous_step(questionnaire: Questionnaire, interview: Interview) -> str | None:
    """The step before the current one, or None at the first."""
    steps = path(questionnaire, interview)
    index = steps.index(current_step(questionnaire, interview))
    return steps[index - 1] if index else None


def is_question(questionnaire: Questionnaire, step: str) -> bool:
    """Whether a step is a RAS question."""
    return any(question.id == step for question in questionnaire.questions)


def questions_on_path(questionnaire: Questionnaire, interview: Interview) -> tuple[Question, ...]:
    """The RAS questions this person is asked, in order."""
    steps = set(path(questionnaire, interview))
    return tuple(question for question in questionnaire.questions if question.id in steps)


def position(questionnaire: Questionnaire, interview: Interview) -> tuple[int, int]:
    """Number of the current RAS question (0 outside them) and how many there are."""
    codes = [question.id for question in questions_on_path(questionnaire, interview)]
    step = current_step(questionnaire, interview)
    return (codes.index(step) + 1 if step in codes else 0, len(codes))


def answering(questionnaire: Questionnaire, interview: Interview, question_id: str) -> Respondent:
    """Who answers a question: on a young person's path the family questions are the parent's or carer's."""
    who = interview.about.who or "parent"
    question = questionnaire.question(question_id)
    return "parent" if who == "young_person" and "young_person" not in question.asked_of else who


def stage(questionnaire: Questionnaire, interview: Interview) -> Stage:
    """The stage of contract.md."""
    if interview.paused:
        return "paused"
    step = current_step(questionnaire, interview)
    if step == "consent":
        return "consent"
    if step in ABOUT_STEPS:
        return "about"
    if step == "check":
        return "ras_check"
    if step == "result":
        return "result"
    if step == "hand_over":
        return "closed"
    return "ras"


def missing(questionnaire: Questionnaire, interview: Interview) -> tuple[str, ...]:
    """Codes of scored questions with no level: blank, skipped or not sure. They are never counted as zero."""
    return tuple(
        question.id
        for question in questionnaire.questions
        if question.scored and ((answer := interview.answers.get(question.id)) is None or answer.level is None)
    )
