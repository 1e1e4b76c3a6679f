"""Sending a plan back to its family with plain questions, taking a question or the whole return back again."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.comments import MOST_WORDS, TO_THE_FAMILY, Asks, target
from bot.cases.returning import MOST_QUESTIONS, advice, can_return
from bot.gateway.problems import Problem, malformed, not_found
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.wire import clean
from bot.plans import conversation as talk
from bot.plans.talk.scene import Scene
from bot.review.access import Staff, draft_for
from bot.review.comments import AskedLine, asked_line, checked_target
from bot.review.stale import stale
from bot.review.withdrawing import end_return, withdraw_open
from bot.store import audit, cases, comments, notices, plan_versions, returns
from bot.store.database import Transaction
from bot.store.drafts import Draft, DraftStatus
from bot.store.returns import NewQuestion


class FromComment(BaseModel):
    """A comment that goes back as a question."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=40)
    text: str = Field(default="", max_length=MOST_WORDS, description="Plain words; without them, the comment's own.")


class OwnQuestion(BaseModel):
    """A question that is no comment yet; it becomes one."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST_WORDS)
    about: str = Field(default="case", max_length=40)
    asks: Asks = "question"


class ReturnIn(BaseModel):
    """What goes back to the family: at least one question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "questions": [{"text": "Who goes swimming with Ty now?", "about": "section.P03"}],
                    "revision": 4,
                }
            ]
        },
    )

    comments: list[FromComment] = Field(default_factory=list, max_length=MOST_QUESTIONS)
    questions: list[OwnQuestion] = Field(default_factory=list, max_length=MOST_QUESTIONS)
    revision: int | None = Field(default=None, ge=0, description="Of the case as you read it; then a 409 says so.")
    key: str | None = Field(
        default=None, min_length=8, max_length=80, description="A repeat with the same key sends nothing."
    )


class AdviceLine(BaseModel):
    """How a question could be plainer."""

    question: str
    advice: list[str]


class ReturnLine(BaseModel):
    """One time that the plan went back."""

    number: int
    version: int
    """Of the plan that went back."""
    by: str
    role: str
    at: datetime
    questions: list[AskedLine]
    ended: str | None
    """How it ended: sent_again by the family, taken_back by the team; null while it goes on."""
    ended_at: datetime | None


class ReturnList(BaseModel):
    """Every time that the plan went back, oldest first."""

    status: DraftStatus
    revision: int
    returns: list[ReturnLine]
    advice: list[AdviceLine] = Field(default_factory=list, description="Of the questions that were sent now.")


def send_back(services: Services, staff: Staff, reference: str, asked: ReturnIn) -> ReturnList:
    """Put questions before the family. Raises Problem 403, 404, 409 (stale, or not now) and 422."""
    now = services.now()
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "return")
        if asked.key is not None and returns.was_sent(tx, draft.id, asked.key):
            return record(services, tx, draft)
        last = plan_versions.latest(tx, draft.id)
        if last is None or not can_return(case.status, last.version):
            raise Problem(
                409,
                "This plan cannot go back now",
                f"It can go back once the family has sent it, and before it is agreed. It is “{case.status}”.",
                "/problems/not-now",
            )
        questions = _questions(services, tx, draft, asked)
        try:
            case = cases.change(
                tx,
                draft.id,
                expected_revision=asked.revision,
                actor=staff.user,
                action="case.returned",
                at=now,
                status="returned",
                detail={"questions": len(questions), "version": last.version},
            )
        except cases.StaleCase:
            raise stale(tx, draft.id, asked.revision or 0) from None
        # Comments that are new with it; the case moves on once, with the return.
        kept = [_with_comment(tx, draft, staff, question, last.version, now) for question in questions]
        number = returns.send_back(
            tx,
            draft.id,
            kept,
            version=last.version,
            by=staff.user,
            role=staff.role,
            at=now,
            request_key=asked.key,
        )
        notices.queue(tx, draft_id=draft.id, to="family", kind="returned", at=now, event=f"return:{number}")
        told = [
            AdviceLine(question=one.words, advice=[said.text for said in found])
            for one in kept
            if (found := advice(one.words))
        ]
        return record(services, tx, draft).model_copy(update={"advice": told})


def withdraw(services: Services, staff: Staff, reference: str, question_id: str) -> ReturnList:
    """Take one question back. When nothing else is open or answered, the whole return is. Raises Problem 403, 404, 409."""
    now = services.now()
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "return")
        asked = [question for one in returns.this_round(tx, draft.id) for question in one.questions]
        question = next((one for one in asked if one.id == question_id), None)
        if question is None:
            raise not_found()
        if question.done:
            raise Problem(409, "The family has answered this", "Their answer stays beside it.", "/problems/not-now")
        withdraw_open(tx, draft.id, {question_id}, by=staff.user, at=now)
        return record(services, tx, draft)


def take_back(services: Services, staff: Staff, reference: str, revision: int | None) -> ReturnList:
    """The team does not wait for the family any more: what they answered stays. Raises Problem 403, 404, 409."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "return")
        if case.status != "returned":
            raise Problem(
                409, "This plan is not with the family", "There is nothing to take back.", "/problems/not-now"
            )
        if revision is not None and revision != case.revision:
            raise stale(tx, draft.id, revision)
        end_return(tx, draft.id, by=staff.user, at=services.now())
        return record(services, tx, draft)


def record(services: Services, tx: Transaction, draft: Draft) -> ReturnList:
    """Every return of a draft."""
    case = cases.get(tx, draft.id)
    at = standing(tx, services.content, draft.id, today=services.now().date())
    scene = None
    if at.interview.plan is not None:
        scene = talk.scene(services.content, at.interview, at.outcome, at.now)
    found = [_line(one, scene) for one in returns.of_draft(tx, draft.id)]
    return ReturnList(status=case.status, revision=case.revision, returns=found)


def _questions(services: Services, tx: Transaction, draft: Draft, asked: ReturnIn) -> list[tuple[NewQuestion, str]]:
    """The questions and what each is about. Raises Problem 422."""
    chosen = list[tuple[NewQuestion, str]]()
    known = {comment.id: comment for comment in comments.of_draft(tx, draft.id)}
    ids = [one.id for one in asked.comments]
    if len(set(ids)) != len(ids):
        raise malformed("A comment can go back once at a time.")
    for one in asked.comments:
        comment = known.get(one.id)
        if comment is None or comment.deleted_at is not None:
            raise malformed("One of the comments is not there any more. Read the draft again.")
        if comment.asks not in TO_THE_FAMILY:
            raise malformed("A note for colleagues does not go to the family. Write a question in its place.")
        about = target(comment.about)
        words = clean(one.text).strip() or comment.words
        chosen.append((NewQuestion(words, about.section, comment.asks == "change", comment.id), comment.about))
    for own in asked.questions:
        words = clean(own.text).strip()
        if not words:
            raise malformed("Write what you want to ask.")
        if own.asks not in TO_THE_FAMILY:
            raise malformed("What goes to the family is a question, or asks for a change.")
        about = checked_target(services.content, tx, draft, own.about)
        chosen.append((NewQuestion(words, about.section, own.asks == "change"), about.code))
    if not chosen:
        raise malformed("Choose a comment, or write a question: a plan goes back with at least one.")
    if len(chosen) > MOST_QUESTIONS:
        raise malformed(f"Up to {MOST_QUESTIONS} questions go back at once. Talk with the family about the rest.")
    return chosen


def _with_comment(
    tx: Transaction, draft: Draft, staff: Staff, question: tuple[NewQuestion, str], version: int, at: datetime
) -> NewQuestion:
    """The question with the comment that it stands beside; one that has none gets one."""
    asked, about = question
    if asked.comment_id is not None:
        return asked
    comment = comments.write(
        tx,
        draft.id,
        about=about,
        asks="change" if asked.wants_change else "question",
        words=asked.words,
        version=version,
        by=staff.user,
        role=staff.role,
        at=at,
    )
    return NewQuestion(asked.words, asked.section, asked.wants_change, comment.id)


def _line(one: returns.Return, scene: Scene | None) -> ReturnLine:
    return ReturnLine(
        number=one.seq,
        version=one.version,
        by=one.by,
        role=one.role,
        at=one.at,
        questions=[asked_line(question, scene, going_on=one.ended is None) for question in one.questions],
        ended=one.ended.kind if one.ended is not None else None,
        ended_at=one.ended.at if one.ended is not None else None,
    )


def viewed(services: Services, staff: Staff, reference: str) -> ReturnList:
    """Every return of a draft, and the audit line that says who read it. Raises Problem 403 and 404."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        detail: dict[str, audit.Detail] = {"role": staff.role, "case_revision_seen": case.revision}
        audit.note(tx, at=services.now(), actor=staff.user, action="returns.viewed", subject=draft.id, detail=detail)
        return record(services, tx, draft)
