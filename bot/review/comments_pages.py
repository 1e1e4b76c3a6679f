"""Pages of comments: write one on a part of a draft, mark it as dealt with, delete it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, cast

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.cases.comments import ASKS, MOST_WORDS, Asks
from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.templating import page
from bot.plans import conversation as talk
from bot.review import comments
from bot.review.access import Staff, check_form, draft_for, signed_in
from bot.review.comments import CommentIn, TargetWords, checked_target
from bot.review.forms import Typed

router = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
Id = Annotated[str, Path(max_length=40)]


@router.get("/review/drafts/{reference}/comment")
def comment_form(
    services: Shared,
    request: Request,
    reference: Reference,
    about: Annotated[str, Query(max_length=40)] = "case",
) -> Response:
    """Write a comment on one part of a draft."""
    staff = signed_in(services, request, "comment")
    if isinstance(staff, Response):
        return staff
    return _form(services, staff, reference, {"about": about, "key": secrets.token_urlsafe(12)}, [])


@router.post("/review/drafts/{reference}/comment")
def write_comment(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Keep it, then back to the draft, at the comment."""
    staff = signed_in(services, request, "comment")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    errors = _wrong(typed)
    if errors:
        return _form(services, staff, reference, typed, errors, 422)
    asked = CommentIn.model_construct(
        text=typed["text"],
        about=typed.get("about", "case")[:40],
        asks=cast(Asks, typed["asks"]),
        revision=None,
        key=typed.get("key", "")[:80] or None,
    )
    written = comments.write(services, staff, reference, asked)
    return RedirectResponse(f"/review/drafts/{reference}#comment-{written.id}", 303)


@router.post("/review/drafts/{reference}/comments/{comment_id}/resolve")
def resolve_comment(services: Shared, request: Request, reference: Reference, comment_id: Id, typed: Typed) -> Response:
    """Mark it as dealt with."""
    staff = signed_in(services, request, "comment")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    comments.resolve(services, staff, reference, comment_id)
    return RedirectResponse(f"/review/drafts/{reference}#comment-{comment_id}", 303)


@router.post("/review/drafts/{reference}/comments/{comment_id}/delete")
def delete_comment(services: Shared, request: Request, reference: Reference, comment_id: Id, typed: Typed) -> Response:
    """Take its words away."""
    staff = signed_in(services, request, "comment")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    comments.delete(services, staff, reference, comment_id)
    return RedirectResponse(f"/review/drafts/{reference}#comment-{comment_id}", 303)


def _wrong(typed: Mapping[str, str]) -> list[dict[str, str]]:
    errors = []
    if not typed.get("text", ""):
        errors.append({"field": "text", "text": "Write what you want to say"})
    elif len(typed["text"]) > MOST_WORDS:
        errors.append({"field": "text", "text": f"Use {MOST_WORDS:,} characters or fewer"})
    if typed.get("asks", "") not in ASKS:
        errors.append({"field": "asks", "text": "Choose what the comment asks for"})
    return errors


def _form(
    services: Services,
    staff: Staff,
    reference: str,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int = 200,
) -> HTMLResponse:
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "comment")
        try:
            about = checked_target(services.content, tx, draft, typed.get("about", "case"))
        except Problem as problem:
            # What was typed is not lost when the part it was about has gone: it goes on the whole draft.
            about = checked_target(services.content, tx, draft, "case")
            errors = [{"field": "", "text": problem.detail}, *errors]
        at = standing(tx, services.content, draft.id, today=services.now().date())
        scene = None
        if at.interview.plan is not None:
            scene = talk.scene(services.content, at.interview, at.outcome, at.now)
        words = TargetWords(services.content, at.interview, scene).of(about)
    return page(
        services.content,
        "review/comment.html",
        status,
        staff=staff,
        reference=draft.reference,
        about=about.code,
        about_words=words,
        typed=typed,
        errors=errors,
    )
