"""The review API's comments and returns: what colleagues note, what the family is asked, and what they replied."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Shared, problems
from bot.review import comments, returning
from bot.review.access import Reader, Staff, draft_for, sent_from_here, with_right
from bot.review.comments import CommentIn, CommentLine, CommentList
from bot.review.returning import ReturnIn, ReturnList
from bot.store import audit

router = APIRouter(prefix="/api/v1/review", tags=["Review"])

Reference = Annotated[str, Path(max_length=40)]
Id = Annotated[str, Path(max_length=40)]
Commenter = Annotated[Staff, Depends(with_right("comment"))]
Returner = Annotated[Staff, Depends(with_right("return"))]


class TakeBack(BaseModel):
    """Do not wait for the family any more."""

    model_config = ConfigDict(extra="forbid")

    revision: int | None = Field(default=None, ge=0, description="Of the case as you read it; then a 409 says so.")


@router.get("/drafts/{reference}/comments", responses=problems(401, 403, 404))
def list_comments(services: Shared, staff: Reader, reference: Reference) -> CommentList:
    """Comments on a draft, oldest first, each with what the family replied. That they were read is written down."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        detail: dict[str, audit.Detail] = {"role": staff.role, "case_revision_seen": case.revision}
        audit.note(tx, at=services.now(), actor=staff.user, action="comments.viewed", subject=draft.id, detail=detail)
        return CommentList(comments=comments.listing(services, tx, draft), revision=case.revision)


@router.post("/drafts/{reference}/comments", status_code=201, responses=problems(401, 403, 404, 409, 422))
def write_comment(
    services: Shared, staff: Commenter, request: Request, reference: Reference, asked: CommentIn
) -> CommentLine:
    """Write a comment on the draft, a section, a line, a goal or a question. The family sees none of it before a return."""
    sent_from_here(services, request)
    return comments.write(services, staff, reference, asked)


@router.post("/drafts/{reference}/comments/{comment_id}/resolve", responses=problems(401, 403, 404))
def resolve_comment(
    services: Shared, staff: Commenter, request: Request, reference: Reference, comment_id: Id
) -> CommentLine:
    """Mark a comment as dealt with, in your name."""
    sent_from_here(services, request)
    return comments.resolve(services, staff, reference, comment_id)


@router.delete("/drafts/{reference}/comments/{comment_id}", responses=problems(401, 403, 404))
def delete_comment(
    services: Shared, staff: Commenter, request: Request, reference: Reference, comment_id: Id
) -> CommentLine:
    """Take a comment's words away. That there was one stays, and what it still asks of the family is taken back."""
    sent_from_here(services, request)
    return comments.delete(services, staff, reference, comment_id)


@router.get("/drafts/{reference}/return", responses=problems(401, 403, 404))
def list_returns(services: Shared, staff: Reader, reference: Reference) -> ReturnList:
    """Every time that the plan went back, with the family's replies. That it was read is written down."""
    return returning.viewed(services, staff, reference)


@router.post("/drafts/{reference}/return", responses=problems(401, 403, 404, 409, 422))
def send_back(services: Shared, staff: Returner, request: Request, reference: Reference, asked: ReturnIn) -> ReturnList:
    """Send the plan back with plain questions. The family answers them in their conversation, one at a time."""
    sent_from_here(services, request)
    return returning.send_back(services, staff, reference, asked)


@router.post("/drafts/{reference}/return/{question_id}/withdraw", responses=problems(401, 403, 404, 409))
def withdraw_question(
    services: Shared, staff: Returner, request: Request, reference: Reference, question_id: Id
) -> ReturnList:
    """Take back a question that the family has not answered."""
    sent_from_here(services, request)
    return returning.withdraw(services, staff, reference, question_id)


@router.post("/drafts/{reference}/return/take-back", responses=problems(401, 403, 404, 409))
def take_back(
    services: Shared, staff: Returner, request: Request, reference: Reference, asked: TakeBack | None = None
) -> ReturnList:
    """Take the whole return back. What the family has answered stays."""
    sent_from_here(services, request)
    return returning.take_back(services, staff, reference, asked.revision if asked is not None else None)
