"""Comments on a draft: read with what the family replied, written, dealt with, deleted. For the API and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.comments import COSTS, GOALS, MOST_WORDS, Asks, Target, is_there, target
from bot.content.loader import Content
from bot.gateway.problems import Problem, malformed, not_found
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.wire import clean
from bot.interview import Interview
from bot.interview.words import Words
from bot.plans import conversation as talk
from bot.plans.talk.prompts import member_name, record_text, short
from bot.plans.talk.scene import Scene
from bot.review.access import Staff, draft_for
from bot.review.stale import stale
from bot.review.withdrawing import withdraw_open
from bot.store import cases, comments, plan_versions, returns
from bot.store.comments import Comment
from bot.store.database import Transaction
from bot.store.drafts import Draft

CommentState = Literal["open", "resolved", "deleted"]


class ReplyLine(BaseModel):
    """What the family did about a question."""

    kind: Literal["answered", "changed"]
    """changed: they say that they changed their plan for it."""
    by: str
    """Who, as the plan names them."""
    words: str
    at: datetime


class AskedLine(BaseModel):
    """A comment as it was put before the family, and what came of it."""

    id: str
    return_number: int
    words: str
    """As the family read them."""
    replies: list[ReplyLine]
    withdrawn: bool
    open: bool
    """The family can still answer it."""


class CommentLine(BaseModel):
    """One comment."""

    id: str
    number: int
    about: str
    """case, section.P03, line.12, goal.7 or question.S1."""
    about_words: str
    """The same in words."""
    section: str
    """Of the plan, where it would be changed; empty where that is not in the plan."""
    asks: Asks
    text: str
    """Empty once it was deleted."""
    version: int | None
    by: str
    role: str
    at: datetime
    state: CommentState
    resolved_by: str | None
    resolved_at: datetime | None
    deleted_by: str | None
    deleted_at: datetime | None
    asked: list[AskedLine]


class CommentList(BaseModel):
    """Comments on a draft, oldest first, and the case's revision."""

    comments: list[CommentLine]
    revision: int


class CommentIn(BaseModel):
    """A comment to write."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"about": "section.P03", "asks": "question", "text": "Who goes swimming with him now?"}]
        },
    )

    text: str = Field(max_length=MOST_WORDS)
    about: str = Field(default="case", max_length=40)
    asks: Asks = "note"
    revision: int | None = Field(default=None, ge=0, description="Of the case as you read it; then a 409 says so.")
    key: str | None = Field(
        default=None, min_length=8, max_length=80, description="A repeat with the same key adds nothing."
    )


def write(services: Services, staff: Staff, reference: str, asked: CommentIn) -> CommentLine:
    """Write a comment. Raises Problem 403, 404, 409 (stale) and 422."""
    words = clean(asked.text).strip()
    if not words:
        raise malformed("Write what you want to say.")
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "comment")
        about = checked_target(services.content, tx, draft, asked.about)
        last = plan_versions.latest(tx, draft.id)
        try:
            written = comments.write(
                tx,
                draft.id,
                about=about.code,
                asks=asked.asks,
                words=words,
                version=last.version if last is not None else None,
                by=staff.user,
                role=staff.role,
                at=services.now(),
                expected_revision=asked.revision,
                request_key=asked.key,
            )
        except cases.StaleCase:
            raise stale(tx, draft.id, asked.revision or 0) from None
        return _one(services, tx, draft, written.id)


def resolve(services: Services, staff: Staff, reference: str, comment_id: str) -> CommentLine:
    """Mark a comment as dealt with. Done twice, it is still the first one's. Raises Problem 403 and 404."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "comment")
        try:
            comments.resolve(tx, draft.id, comment_id, by=staff.user, at=services.now())
        except comments.NoSuchComment:
            raise not_found() from None
        return _one(services, tx, draft, comment_id)


def delete(services: Services, staff: Staff, reference: str, comment_id: str) -> CommentLine:
    """Take a comment's words away; its mark stays, and what it still asks of the family is taken back.

    Only by who wrote it, or by somebody who signs decisions. Raises Problem 403 and 404.
    """
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "comment")
        try:
            comment = comments.get(tx, draft.id, comment_id)
        except comments.NoSuchComment:
            raise not_found() from None
        if comment.by != staff.user and not staff.may("approve"):
            raise Problem(403, "This is somebody else's comment", "Ask them, or a manager, to delete it.")
        comments.delete(tx, draft.id, comment_id, by=staff.user, at=services.now())
        asked = [question for one in returns.this_round(tx, draft.id) for question in one.questions]
        of_it = {question.id for question in asked if question.comment_id == comment_id}
        withdraw_open(tx, draft.id, of_it, by=staff.user, at=services.now())
        return _one(services, tx, draft, comment_id)


def listing(services: Services, tx: Transaction, draft: Draft) -> list[CommentLine]:
    """Every comment on a draft, oldest first, with what the family replied."""
    at = standing(tx, services.content, draft.id, today=services.now().date())
    scene = None
    if at.interview.plan is not None:
        scene = talk.scene(services.content, at.interview, at.outcome, at.now)
    asked = _asked(tx, draft, scene)
    words = TargetWords(services.content, at.interview, scene)
    return [_line(comment, words, asked.get(comment.id, [])) for comment in comments.of_draft(tx, draft.id)]


def checked_target(content: Content, tx: Transaction, draft: Draft, code: str) -> Target:
    """What a comment is to be about. Raises Problem 422 for what the draft does not have."""
    at = standing(tx, content, draft.id, today=draft.updated.date())
    questionnaire = Words(content, at.interview).questionnaire
    questions = frozenset(question.id for question in questionnaire.questions)
    plan = at.interview.plan
    sections = frozenset[str]()
    if plan is not None:
        sections = frozenset(section.id for section in talk.scene(content, at.interview, None, at.now).script.sections)
    try:
        about = target(code)
    except ValueError as error:
        raise malformed(f"{error}.".replace("a comment", "A comment", 1)) from None
    if not is_there(about, plan, sections, questions):
        raise malformed(f"The draft has no {about.code}. Read it again, and choose what is there.")
    return about


class TargetWords:
    """What a comment is about, in words."""

    def __init__(self, content: Content, interview: Interview, scene: Scene | None) -> None:
        self._questions = {
            question.id: question.title for question in Words(content, interview).questionnaire.questions
        }
        self._scene = scene

    def of(self, about: Target) -> str:
        """A title, or the first words of what it is; the code where that is not there any more."""
        scene = self._scene
        match about.kind:
            case "case":
                return "The whole draft"
            case "question":
                return f"{about.id} {self._questions.get(about.id, '')}".strip()
        if scene is None:
            return about.code
        if about.kind == "section":
            return next((one.title for one in scene.script.sections if one.id == about.id), about.id)
        if about.kind == "line":
            lines = (*scene.plan.lines, *scene.plan.lines_laid_aside)
            found = next((short(line.what) for line in lines if str(line.id) == about.id), about.id)
            return f"{scene.section(COSTS).title}: {found}"
        goals = scene.plan.section(GOALS)
        records = (*goals.records, *goals.records_laid_aside)
        found = next((short(record_text(goal)) for goal in records if str(goal.id) == about.id), about.id)
        return f"{scene.section(GOALS).title}: {found}"


def _one(services: Services, tx: Transaction, draft: Draft, comment_id: str) -> CommentLine:
    return next(line for line in listing(services, tx, draft) if line.id == comment_id)


def _asked(tx: Transaction, draft: Draft, scene: Scene | None) -> Mapping[str, list[AskedLine]]:
    found: dict[str, list[AskedLine]] = {}
    for one in returns.of_draft(tx, draft.id):
        for question in one.questions:
            if question.comment_id is not None:
                line = asked_line(question, scene, going_on=one.ended is None)
                found.setdefault(question.comment_id, []).append(line)
    return found


def asked_line(question: returns.Question, scene: Scene | None, *, going_on: bool) -> AskedLine:
    """A question as the family read it, with their replies."""
    return AskedLine(
        id=question.id,
        return_number=question.return_seq,
        words=question.words,
        replies=[
            ReplyLine(kind=event.kind, by=_family_name(scene, event.by), words=event.words, at=event.at)
            for event in question.events
            if event.kind in ("answered", "changed")
        ],
        withdrawn=question.withdrawn,
        open=going_on and not question.withdrawn,
    )


def _family_name(scene: Scene | None, member: str) -> str:
    if scene is None or all(known.id != member for known in scene.plan.members):
        return member
    return member_name(scene, member)


def _line(comment: Comment, words: TargetWords, asked: list[AskedLine]) -> CommentLine:
    about = target(comment.about)
    state: CommentState = "deleted" if comment.deleted_at else "resolved" if comment.resolved_at else "open"
    return CommentLine(
        id=comment.id,
        number=comment.seq,
        about=comment.about,
        about_words=words.of(about),
        section=about.section,
        asks=cast(Asks, comment.asks),
        text=comment.words,
        version=comment.version,
        by=comment.by,
        role=comment.role,
        at=comment.at,
        state=state,
        resolved_by=comment.resolved_by,
        resolved_at=comment.resolved_at,
        deleted_by=comment.deleted_by,
        deleted_at=comment.deleted_at,
        asked=asked,
    )
