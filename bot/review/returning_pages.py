"""Pages for sending a plan back: choose and word the questions, look at them as the family will, send; take back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.cases.comments import MOST_WORDS, TO_THE_FAMILY
from bot.cases.returning import advice, can_return
from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.templating import page
from bot.review import comments, returning
from bot.review.access import Staff, check_form, draft_for, signed_in
from bot.review.comments import CommentLine
from bot.review.forms import Typed, revision
from bot.review.returning import FromComment, OwnQuestion, ReturnIn
from bot.store import plan_versions

router = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
Id = Annotated[str, Path(max_length=40)]
OWN = 3
"""Questions that can be written here without a comment of before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on its way to the family."""

    field: str
    words: str
    about_words: str
    asks: str
    advice: tuple[str, ...]


@router.get("/review/drafts/{reference}/return")
def return_form(services: Shared, request: Request, reference: Reference) -> Response:
    """Choose which comments go back, in plain words, and write others."""
    staff = signed_in(services, request, "return")
    if isinstance(staff, Response):
        return staff
    return _form(services, staff, reference, {}, [])


@router.post("/review/drafts/{reference}/return")
def send_back(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """First the questions as the family will read them, with advice; from there they are sent, or changed."""
    staff = signed_in(services, request, "return")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    if typed.get("then") == "change":
        return _form(services, staff, reference, typed, [])
    errors = _wrong(typed)
    if errors:
        return _form(services, staff, reference, typed, errors, 422)
    if typed.get("then") != "send":
        return _check(services, staff, reference, typed)
    try:
        returning.send_back(services, staff, reference, _asked(typed))
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        said = [{"field": "", "text": f"{problem.title}. {problem.detail}"}]
        return _form(services, staff, reference, typed, said, problem.status)
    return RedirectResponse(f"/review/drafts/{reference}#returns", 303)


@router.post("/review/drafts/{reference}/return/{question_id}/withdraw")
def withdraw_question(
    services: Shared, request: Request, reference: Reference, question_id: Id, typed: Typed
) -> Response:
    """Take back a question that the family has not answered."""
    staff = signed_in(services, request, "return")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    returning.withdraw(services, staff, reference, question_id)
    return RedirectResponse(f"/review/drafts/{reference}#returns", 303)


@router.post("/review/drafts/{reference}/return/take-back")
def take_back(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Do not wait for the family any more."""
    staff = signed_in(services, request, "return")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    returning.take_back(services, staff, reference, revision(typed))
    return RedirectResponse(f"/review/drafts/{reference}#returns", 303)


def _chosen(typed: Mapping[str, str]) -> list[str]:
    """Ids of the comments that are ticked."""
    return [name.removeprefix("take-") for name, value in typed.items() if name.startswith("take-") and value == "yes"]


def _own(typed: Mapping[str, str]) -> list[int]:
    """Numbers of the questions that were written here."""
    return [number for number in range(1, OWN + 1) if typed.get(f"own-{number}")]


def _wrong(typed: Mapping[str, str]) -> list[dict[str, str]]:
    chosen, own = _chosen(typed), _own(typed)
    if not chosen and not own:
        return [{"field": "own-1", "text": "Choose a comment, or write a question"}]
    errors = [
        {"field": f"words-{comment}", "text": "Write the question in plain words"}
        for comment in chosen
        if not typed.get(f"words-{comment}")
    ]
    fields = [f"words-{comment}" for comment in chosen] + [f"own-{number}" for number in own]
    return errors + [
        {"field": field, "text": f"Use {MOST_WORDS:,} characters or fewer"}
        for field in fields
        if len(typed.get(field, "")) > MOST_WORDS
    ]


def _asked(typed: Mapping[str, str]) -> ReturnIn:
    return ReturnIn.model_construct(
        comments=[
            FromComment.model_construct(id=comment, text=typed.get(f"words-{comment}", ""))
            for comment in _chosen(typed)
        ],
        questions=[
            OwnQuestion.model_construct(
                text=typed[f"own-{number}"],
                about=typed.get(f"own-{number}-about", "case")[:40],
                asks="question",
            )
            for number in _own(typed)
        ],
        revision=revision(typed),
        key=typed.get("key", "")[:80] or None,
    )


def _check(services: Services, staff: Staff, reference: str, typed: Mapping[str, str]) -> HTMLResponse:
    """The questions as the family will read them."""
    found = _read(services, staff, reference)
    by_id = {comment.id: comment for comment in found.open}
    sections = dict(found.sections)
    questions = []
    for comment_id in _chosen(typed):
        comment = by_id.get(comment_id)
        words = typed.get(f"words-{comment_id}", "")
        about = comment.about_words if comment is not None else ""
        questions.append(_question(f"words-{comment_id}", words, about, comment.asks if comment else "question"))
    for number in _own(typed):
        about = sections.get(typed.get(f"own-{number}-about", "case"), "The whole draft")
        questions.append(_question(f"own-{number}", typed[f"own-{number}"], about, "question"))
    return page(
        services.content,
        "review/return_check.html",
        staff=staff,
        reference=found.reference,
        questions=questions,
        typed=typed,
        errors=[],
    )


def _question(field: str, words: str, about: str, asks: str) -> Asked:
    return Asked(field, words, about, asks, tuple(one.text for one in advice(words)))


@dataclass(frozen=True, slots=True)
class _Found:
    reference: str
    revision: int
    open: list[CommentLine]
    """Comments that may go to the family."""
    sections: tuple[tuple[str, str], ...]
    """What a question can be about, and its title."""
    may: bool


def _read(services: Services, staff: Staff, reference: str) -> _Found:
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "return")
        lines = [
            line
            for line in comments.listing(services, tx, draft)
            if line.state == "open" and line.asks in TO_THE_FAMILY and not any(one.open for one in line.asked)
        ]
        at = standing(tx, services.content, draft.id, today=services.now().date())
        last = plan_versions.latest(tx, draft.id)
    sections: list[tuple[str, str]] = [("case", "The whole draft")]
    if at.interview.plan is not None:
        script = services.content.plan_script(*at.interview.plan.script.split("/"))
        sections += [(f"section.{one.id}", one.title) for one in script.sections if one.kind not in ("start", "check")]
    may = can_return(case.status, last.version if last is not None else 0)
    return _Found(draft.reference, case.revision, lines, tuple(sections), may)


def _form(
    services: Services,
    staff: Staff,
    reference: str,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int = 200,
) -> HTMLResponse:
    found = _read(services, staff, reference)
    fresh = not typed
    return page(
        services.content,
        "review/return.html",
        status,
        staff=staff,
        found=found,
        typed=typed,
        # What the family has answered before is not asked again unless somebody chooses it.
        taken={line.id: not line.asked if fresh else typed.get(f"take-{line.id}") == "yes" for line in found.open},
        key=typed.get("key") or secrets.token_urlsafe(12),
        own=range(1, OWN + 1),
        errors=errors,
    )
