"""A professional's own answers and agreed levels on their way into a case: checked, kept, worked out again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.moderation import Said, agreed_request, basis_of
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.interview import request_hash
from bot.review.access import Staff, draft_for
from bot.review.moderation import Moderation, read, version_of, worked_out
from bot.review.moderation_record import ModerationRecord, moderation_record
from bot.review.stale import stale
from bot.store import audit, cases, moderation
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.moderation import NewAgreedLevel, NewProfessionalAnswer, Status

MAX_REASON = 2000
MOST = 100
"""Answers in one request; a questionnaire has about sixteen questions."""

_Code = Field(min_length=1, max_length=10, examples=["S1"])
_Level = Field(ge=0, le=3)


class AnswerIn(BaseModel):
    """A professional's own answer to one question. ``level`` null: skipped or not sure, never counted as 0."""

    model_config = ConfigDict(extra="forbid")

    code: str = _Code
    level: int | None = Field(default=None, ge=0, le=3)
    bad_day_level: int | None = Field(default=None, ge=0, le=3)
    bad_days_per_week: int | None = Field(default=None, ge=1, le=7)
    status: Status | None = Field(default=None, description="Only without a level: skipped, or not_sure (the default).")
    reason: str = Field(default="", max_length=MAX_REASON, description="Why, in words. Needed with a level.")
    rests_on: str = Field(default="", max_length=MAX_REASON, description="What it rests on: a visit, a report.")


class AgreedIn(BaseModel):
    """The level of one question that you agree on, in your own name."""

    model_config = ConfigDict(extra="forbid")

    code: str = _Code
    level: int = _Level
    reason: str = Field(min_length=1, max_length=MAX_REASON)


class ModerationIn(BaseModel):
    """What a professional gives: their own answers, levels they agree on, or both."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "answers": [
                        {
                            "code": "S1",
                            "level": 2,
                            "reason": "On both visits somebody was in the room the whole time.",
                            "rests_on": "Visits on 3 and 10 November",
                        }
                    ],
                    "agreed": [{"code": "H3", "level": 1, "reason": "His mother showed me the sleep diary."}],
                    "revision": 3,
                }
            ]
        },
    )

    answers: list[AnswerIn] = Field(default_factory=list, max_length=MOST)
    agreed: list[AgreedIn] = Field(default_factory=list, max_length=MOST)
    revision: int = Field(ge=0, description="Of the case as you read it.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that does not fit in what was sent, and where."""

    code: str
    """Of the question."""
    field: str
    text: str


def moderate(services: Services, staff: Staff, reference: str, asked: ModerationIn) -> ModerationRecord:
    """Keep what a professional gave, and work the guide amount out again.

    What was given before in the same words is not kept twice. Raises Problem 403, 404, 409 (stale, or closed) and 422.
    """
    now = services.now()
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "moderate")
        if case.status == "closed":
            raise Problem(409, "This case is closed", "Its answers stay as they are.", "/problems/not-now")
        before = read(tx, services.content, draft, now.date())
        wrong = [*wrong_answers(before, asked.answers), *wrong_agreed(before, asked)]
        if wrong:
            raise malformed(" ".join(f"{one.code}: {one.text}" for one in wrong))
        answers = [answer for answer in map(_new, asked.answers) if not _given_before(before, answer)]
        agreed = [level for level in _agreed(before, asked, answers) if not _agreed_before(before, level)]
        if answers or agreed:
            _keep(tx, staff, draft, before, asked.revision, answers, agreed, services)
            case = cases.get(tx, draft.id)
        return moderation_record(tx, services.content, draft, case, now.date())


def wrong_answers(found: Moderation, answers: Sequence[AnswerIn]) -> Iterator[Wrong]:
    """What does not fit in a professional's own answers, in words for them."""
    yield from _codes(found, [answer.code for answer in answers])
    for answer in answers:
        if answer.level is not None and not clean(answer.reason).strip():
            yield Wrong(answer.code, "reason", "Say why you see it so.")
        if (answer.bad_day_level is None) != (answer.bad_days_per_week is None):
            missing = "bad_day_level" if answer.bad_day_level is None else "bad_days_per_week"
            yield Wrong(
                answer.code, missing, "Give the level on hard days and how many days a week they are, or neither."
            )
        if answer.level is None and answer.bad_day_level is not None:
            yield Wrong(answer.code, "level", "Give the level on usual days too.")
        if answer.status in ("answered", "varies") and answer.level is None:
            yield Wrong(answer.code, "level", "Give a level, or say that you skip it or are not sure.")


def wrong_agreed(found: Moderation, asked: ModerationIn) -> Iterator[Wrong]:
    """What does not fit in levels that somebody agrees on."""
    yield from _codes(found, [level.code for level in asked.agreed])
    own = {answer.code for answer in asked.answers}
    for level in asked.agreed:
        if found.side(level.code) is None and level.code not in own:
            yield Wrong(level.code, "level", "Nobody has answered this yet, so there is nothing to agree on.")
        if not clean(level.reason).strip():
            yield Wrong(level.code, "reason", "Say why this level.")


def _codes(found: Moderation, codes: Sequence[str]) -> Iterator[Wrong]:
    known = {question.id for question in found.questionnaire.questions}
    for code in dict.fromkeys(codes):
        if code not in known:
            yield Wrong(code, "code", f"There is no such question. There is {', '.join(sorted(known))}.")
        elif codes.count(code) > 1:
            yield Wrong(code, "code", "It is there twice. Send it once.")


def _new(answer: AnswerIn) -> NewProfessionalAnswer:
    status: Status = answer.status or "not_sure"
    if answer.level is not None:
        status = "answered" if answer.bad_day_level is None else "varies"
    return NewProfessionalAnswer(
        question_id=answer.code,
        level=answer.level,
        status=status,
        reason=clean(answer.reason).strip(),
        rests_on=clean(answer.rests_on).strip(),
        hard_level=answer.bad_day_level,
        hard_days=answer.bad_days_per_week,
    )


def _given_before(found: Moderation, new: NewProfessionalAnswer) -> bool:
    old = found.professional.get(new.question_id)
    return old is not None and new == NewProfessionalAnswer(
        old.question_id, old.level, old.status, old.reason, old.rests_on, old.hard_level, old.hard_days
    )


def _agreed(
    found: Moderation, asked: ModerationIn, answers: Sequence[NewProfessionalAnswer]
) -> Iterator[NewAgreedLevel]:
    """Each agreed level with what it was agreed over: also the answers that come in with it."""
    own = {answer.question_id: answer for answer in answers}
    for level in asked.agreed:
        side = found.side(level.code)
        said = [] if side is None else list(side.said)
        if level.code in own:
            new = own[level.code]
            said = [one for one in said if one.voice != "professional"]
            said.append(Said("professional", new.status, new.level, new.hard_level, new.hard_days))
        yield NewAgreedLevel(level.code, level.level, basis_of(said), clean(level.reason).strip())


def _agreed_before(found: Moderation, new: NewAgreedLevel) -> bool:
    old = found.agreed.get(new.question_id)
    return old is not None and (old.level, old.basis, old.reason) == (new.level, new.basis, new.reason)


def _keep(
    tx: Transaction,
    staff: Staff,
    draft: Draft,
    before: Moderation,
    revision: int,
    answers: Sequence[NewProfessionalAnswer],
    agreed: Sequence[NewAgreedLevel],
    services: Services,
) -> None:
    at, version = services.now(), version_of(before.questionnaire)
    detail: dict[str, audit.Detail] = {
        "role": staff.role,
        "answered": [answer.question_id for answer in answers],
        "agreed": [level.question_id for level in agreed],
    }
    try:
        cases.change(
            tx, draft.id, expected_revision=revision, actor=staff.user, action="case.moderated", at=at, detail=detail
        )
    except cases.StaleCase:
        raise stale(tx, draft.id, revision) from None
    moderation.add_answers(tx, draft.id, answers, questionnaire=version, by=staff.user, role=staff.role, at=at)
    moderation.add_agreed(tx, draft.id, agreed, questionnaire=version, by=staff.user, role=staff.role, at=at)
    after = read(tx, services.content, draft, at.date())
    result = worked_out(services.content, after)
    if result is None or after.request is None or not any(side.agreed for side in after.sides):
        return
    table = result.after.trace.table
    moderation.add_allocation(
        tx,
        draft.id,
        by=staff.user,
        answers_hash=request_hash(agreed_request(after.request, after.sides)),
        result=json.dumps(result.after.model_dump(mode="json")),
        amount_pence=result.after.amount_pence,
        family_amount_pence=result.before.amount_pence,
        status=result.after.status,
        questionnaire=version,
        tables=f"{table.id}/{table.version}" if table else "",
        at=at,
    )
