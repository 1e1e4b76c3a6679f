"""Moderation as pages and the API show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from bot.cases.moderated_amount import Moderated, is_far, score_apart
from bot.cases.moderation import Side, Voice
from bot.content.loader import Content
from bot.interview.words import Words
from bot.review.moderation import Moderation, read, told_to_family, version_of, worked_out
from bot.store import moderation
from bot.store.answers import Answer
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.moderation import AgreedLevel, ProfessionalAnswer


class VoiceLine(BaseModel):
    """What one voice says to a question."""

    code: str
    """Of the question."""
    voice: Voice
    by: str
    """Who of the family, as they said; of a professional, the user id."""
    at: datetime
    status: Literal["answered", "skipped", "not_sure", "varies"]
    level: int | None
    bad_day_level: int | None
    bad_days_per_week: int | None
    words_of_level: str
    """The level in full, as the family reads it; empty without a level."""
    own_words: str
    """Of the family: what they wrote, unedited. Of a professional: why."""
    rests_on: str
    """Of a professional: what it rests on."""


class AgreedLine(BaseModel):
    """A level that a named person agreed on."""

    level: int
    words_of_level: str
    reason: str
    by: str
    role: str
    at: datetime
    holds: bool
    """False where somebody changed their answer since: it has to be agreed on again."""


class QuestionSides(BaseModel):
    """One question with every voice beside the others."""

    code: str
    title: str
    section: str
    section_title: str
    levels: list[str]
    """The four levels in full, as the family reads them."""
    voices: list[VoiceLine]
    apart: int
    """Levels between the lowest and the highest that count."""
    far: bool
    differs: bool
    open: bool
    """A named person still has to agree on a level before a decision."""
    agreed: AgreedLine | None


class CauseLine(BaseModel):
    """One agreed level that moves the guide amount."""

    code: str
    title: str
    before: int | None
    after: int
    points: float
    alone_pence: int | None


class Amounts(BaseModel):
    """Both guide amounts, worked out on one day by one table. Pence a year; neither is final."""

    on: date
    table: str
    example: bool
    family_status: str
    family_pence: int | None
    agreed_status: str
    agreed_pence: int | None
    difference_pence: int | None
    causes: list[CauseLine]


class ModerationRecord(BaseModel):
    """Everything about the moderation of one draft."""

    reference: str
    revision: int
    """Of the case: send it with what you change."""
    questionnaire: str
    questions: list[QuestionSides]
    open: list[str]
    """Codes of the questions on which somebody still has to agree."""
    amounts: Amounts | None
    """None where nothing can be worked out for this age or day."""
    score_apart: float | None
    """How far the need score (0-100) from the professional's own levels lies above the family's."""
    score_far: bool
    earlier: list[VoiceLine]
    """Answers that professionals gave before those above, oldest first."""
    for_family: list[str]
    """What the family is told about it once it is decided."""


def moderation_record(tx: Transaction, content: Content, draft: Draft, case: Case, today: date) -> ModerationRecord:
    """How a draft is moderated now."""
    found = read(tx, content, draft, today)
    result = worked_out(content, found)
    words = Words(content, found.interview)
    apart = None
    if result is not None and found.request is not None:
        apart = score_apart(content, found.request, found.sides, on=found.on)
    holding = {answer.seq for answer in found.professional.values()}
    history = moderation.answer_history(tx, draft.id)
    return ModerationRecord(
        reference=draft.reference,
        revision=case.revision,
        questionnaire=version_of(found.questionnaire),
        questions=list(_questions(found, words)),
        open=list(found.open),
        amounts=None if result is None else amounts(result, found.on),
        score_apart=None if apart is None else float(apart),
        score_far=is_far(apart),
        earlier=[_professional(words, answer) for answer in history if answer.seq not in holding],
        for_family=list(told_to_family(content, found)),
    )


def amounts(result: Moderated, on: date) -> Amounts:
    """Two results as they are shown."""
    table = result.before.trace.table
    return Amounts(
        on=on,
        table=f"{table.id}/{table.version}" if table else "",
        example=table.example if table else True,
        family_status=result.before.status,
        family_pence=result.before.amount_pence,
        agreed_status=result.after.status,
        agreed_pence=result.after.amount_pence,
        difference_pence=result.difference_pence,
        causes=[
            CauseLine(
                code=cause.code,
                title=cause.title,
                before=cause.before,
                after=cause.after,
                points=float(cause.points),
                alone_pence=cause.alone_pence,
            )
            for cause in result.causes
        ],
    )


def _questions(found: Moderation, words: Words) -> Iterator[QuestionSides]:
    sections = {code: section for section in found.questionnaire.sections for code in section.questions}
    for question in found.questionnaire.questions:
        side = found.side(question.id) or Side(question.id, question.scored, (), (), "", None, None)
        voices = [_family(words, answer) for answer in found.family.get(question.id, ())]
        if question.id in found.professional:
            voices.append(_professional(words, found.professional[question.id]))
        agreed = found.agreed.get(question.id)
        section = sections[question.id]
        yield QuestionSides(
            code=question.id,
            title=question.title,
            section=section.id,
            section_title=section.title,
            levels=[words.label(question, level) for level in range(len(question.levels))],
            voices=voices,
            apart=side.apart,
            far=side.far,
            differs=side.differs,
            open=side.open,
            agreed=None if agreed is None else _agreed(words, agreed, holds=side.agreed is not None),
        )


def _level(words: Words, code: str, level: int | None) -> str:
    return "" if level is None else words.label(words.questionnaire.question(code), level)


def _family(words: Words, answer: Answer) -> VoiceLine:
    return VoiceLine(
        code=answer.question_id,
        voice="young_person" if answer.by == "young_person" else "family",
        by=answer.by,
        at=answer.at,
        status=answer.status,
        level=answer.level,
        bad_day_level=answer.hard_level,
        bad_days_per_week=answer.hard_days,
        words_of_level=_level(words, answer.question_id, answer.level),
        own_words=answer.words,
        rests_on="",
    )


def _professional(words: Words, answer: ProfessionalAnswer) -> VoiceLine:
    same = answer.questionnaire == version_of(words.questionnaire)
    return VoiceLine(
        code=answer.question_id,
        voice="professional",
        by=answer.by,
        at=answer.at,
        status=answer.status,
        level=answer.level,
        bad_day_level=answer.hard_level,
        bad_days_per_week=answer.hard_days,
        words_of_level=_level(words, answer.question_id, answer.level) if same else "",
        own_words=answer.reason,
        rests_on=answer.rests_on,
    )


def _agreed(words: Words, level: AgreedLevel, *, holds: bool) -> AgreedLine:
    return AgreedLine(
        level=level.level,
        words_of_level=_level(words, level.question_id, level.level),
        reason=level.reason,
        by=level.by,
        role=level.role,
        at=level.at,
        holds=holds,
    )
