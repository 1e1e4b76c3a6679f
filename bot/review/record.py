"""A draft as a professional reads it: answers with who gave them and in whose words, trace, transcript, safety."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from bot.content.loader import Content
from bot.gateway.records import received, said_out
from bot.gateway.standing import standing
from bot.interview.words import Words
from bot.review.alerts import ContactLine, contact_line
from bot.review.plan import PlanRecord, plan_record
from bot.safety.levels import highest
from bot.store import allocations, answers, audit, conversations, messages, safety
from bot.store.answers import Answer
from bot.store.audit import Line
from bot.store.database import Transaction
from bot.store.drafts import Draft, DraftStatus
from bot.understanding.reading import ReadBy

WITH_RESULT = ("result", "plan", "plan_check", "sent", "returned", "agreed", "live", "review")
"""Stages at which the answers stand, so that the guide amount does too."""

PERSON_ASKED, DISAGREED, PERSON_DONE = "family.person", "family.disagree", "case.person_done"
DECIDED = "case.decided"
"""Actions of the audit."""


class DraftLine(BaseModel):
    """One draft in the list. No name: the list is seen by more people than the draft."""

    id: str
    reference: str
    status: DraftStatus
    stage: str
    position: int
    created: datetime
    updated: datetime
    safety: str
    """The highest level raised so far."""
    alerts_waiting: int
    person_asked_at: datetime | None
    """When the family last said that they would like a person; None once somebody has dealt with it."""
    person_done_at: datetime | None
    """When somebody last wrote down that they have dealt with it."""
    person_done_by: str | None
    disagreed_at: datetime | None
    """When they last said that they do not agree with the result."""
    amount_pence: int | None


class AnswerLine(BaseModel):
    """One answer: what, by whom, when, to which version of the question."""

    question_id: str
    title: str
    status: str
    level: int | None
    bad_day_level: int | None
    bad_days_per_week: int | None
    words_of_level: str
    """The answer as the family read it."""
    own_words: str
    """What they wrote, unedited; empty when they picked an option."""
    read_by: ReadBy | None
    """Who read the level that the family then said yes to: our own reading, or a council's language model. Also "local"
    where they picked it. None for an answer that does not hold any more."""
    by: str
    at: datetime
    questionnaire: str
    """Id and version."""
    current: bool


class SaidLine(BaseModel):
    """One line of the conversation, from any device."""

    at: datetime
    author: Literal["person", "assistant"]
    channel: str
    kind: str
    text: str
    status: str


class SafetyLine(BaseModel):
    """Something a person must look at."""

    id: str
    at: datetime
    level: str
    urgency: str
    rule: str
    text_shown: str
    """Id of the fixed text that was shown; empty when there was none."""
    alert: str
    picked_up_by: str | None
    picked_up_at: datetime | None
    note: str | None
    """What the person wrote who picked it up."""
    said: str
    """The family's words."""


class Child(BaseModel):
    """Whom the draft is about, as far as the family has said."""

    name: str | None
    age: int | None
    who_answers: str | None


class DraftRecord(BaseModel):
    """Everything a professional reads of one draft."""

    draft: DraftLine
    child: Child
    contact: ContactLine
    safety: list[SafetyLine]
    answers: list[AnswerLine]
    """Those that hold now, in the order of the questions."""
    earlier_answers: list[AnswerLine]
    """Those that were changed or taken back, oldest first."""
    allocation: dict[str, Any] | None
    """The allocation service's reply with its whole trace, when it rests on the answers as they are now."""
    plan: PlanRecord | None
    """None where none was begun."""
    transcript: list[SaidLine]


_NO_LEVEL = {"skipped": "Skipped", "not_sure": "Not sure", "cleared": "Taken back: they started again"}


def draft_lines(tx: Transaction, found: Sequence[Draft]) -> list[DraftLine]:
    """Drafts for the list, in their order."""
    asked = audit.last_lines(tx, [draft.id for draft in found], (PERSON_ASKED, DISAGREED, PERSON_DONE, DECIDED))
    return [_draft_line(tx, draft, asked) for draft in found]


def _draft_line(tx: Transaction, draft: Draft, asked: Mapping[tuple[str, str], Line]) -> DraftLine:
    events = safety.of_draft(tx, draft.id)
    last = allocations.latest(tx, draft.id)
    person, disagreed, done = (asked.get((draft.id, action)) for action in (PERSON_ASKED, DISAGREED, PERSON_DONE))
    if person is not None and done is not None and done.seq > person.seq:
        person = None
    if (
        disagreed is not None
        and (decided := asked.get((draft.id, DECIDED))) is not None
        and decided.seq > disagreed.seq
    ):
        disagreed = None
    return DraftLine(
        id=draft.id,
        reference=draft.reference,
        status=draft.status,
        stage=draft.stage,
        position=draft.position,
        created=draft.created,
        updated=draft.updated,
        safety=highest(*(event.level for event in events)),  # type: ignore[arg-type]  # levels of bot.safety
        alerts_waiting=sum(event.alert == "waiting" for event in events),
        person_asked_at=None if person is None else person.at,
        person_done_at=None if done is None else done.at,
        person_done_by=None if done is None else done.actor,
        disagreed_at=None if disagreed is None else disagreed.at,
        amount_pence=last.amount_pence if last is not None and draft.stage in WITH_RESULT else None,
    )


def draft_record(tx: Transaction, content: Content, draft: Draft, today: date) -> DraftRecord:
    """Read one draft whole."""
    at = standing(tx, content, draft.id, today=today)
    about = at.interview.about
    words = Words(content, at.interview)
    now = answers.current(tx, draft.id)
    order = [question.id for question in words.questionnaire.questions]
    holding = {answer.seq for answer in now.values()}
    history = answers.history(tx, draft.id)
    last = allocations.latest(tx, draft.id) if at.outcome is not None else None
    return DraftRecord(
        draft=draft_lines(tx, [draft])[0],
        child=Child(name=about.name, age=about.age, who_answers=about.who),
        contact=contact_line(tx, draft),
        safety=_safety(tx, draft),
        answers=[_answer(words, now[code], True) for code in order if code in now],
        earlier_answers=[_answer(words, answer, False) for answer in history if answer.seq not in holding],
        allocation=None if last is None else json.loads(last.result),
        plan=plan_record(tx, content, at),
        transcript=_transcript(tx, draft),
    )


def _answer(words: Words, answer: Answer, current: bool) -> AnswerLine:
    question = words.questionnaire.question(answer.question_id)
    given = words.interview.answers.get(answer.question_id)
    read_by: ReadBy | None = None
    if current and given is not None:
        said, read_by = words.answer(answer.question_id, given), given.read_by
    else:
        said = _NO_LEVEL[answer.status] if answer.level is None else words.label(question, answer.level)
    return AnswerLine(
        question_id=answer.question_id,
        title=question.title,
        status=answer.status,
        level=answer.level,
        bad_day_level=answer.hard_level,
        bad_days_per_week=answer.hard_days,
        words_of_level=said,
        own_words=answer.words,
        read_by=read_by,
        by=answer.by,
        at=answer.at,
        questionnaire=f"{answer.questionnaire_id}/{answer.questionnaire_version}",
        current=current,
    )


def _safety(tx: Transaction, draft: Draft) -> list[SafetyLine]:
    lines = []
    for event in reversed(safety.of_draft(tx, draft.id)):
        message = messages.get(tx, event.message_id)
        lines.append(
            SafetyLine(
                id=event.id,
                at=event.at,
                level=event.level,
                urgency=event.urgency,
                rule=event.rule_id,
                text_shown=event.text_id,
                alert=event.alert,
                picked_up_by=event.picked_up_by,
                picked_up_at=event.picked_up_at,
                note=event.note,
                said="" if message is None else received(message).words,
            )
        )
    return lines


def _transcript(tx: Transaction, draft: Draft) -> list[SaidLine]:
    channels: dict[str, str] = {}
    lines = []
    for stored in messages.transcript(tx, draft.id):
        if stored.conversation_id not in channels:
            channels[stored.conversation_id] = conversations.get(tx, stored.conversation_id).channel
        said = said_out(stored)
        lines.append(
            SaidLine(
                at=stored.at,
                author=said.author,
                channel=channels[stored.conversation_id],
                kind=said.kind,
                text=said.text,
                status=said.status,
            )
        )
    return lines
