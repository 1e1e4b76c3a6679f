"""Pages of looking back: what each voice said apart, a professional's own view, asking for a review, the outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review import looking_back
from bot.review.access import Staff, check_form, signed_in
from bot.review.forms import Typed
from bot.review.living_api import Reference
from bot.review.living_pages import Errors, asked_for
from bot.review.looking_back_api import Number
from bot.review.looking_back_wire import OpenReviewIn, OutcomeIn, ViewIn

router = APIRouter(include_in_schema=False)

PATH = "/review/drafts/{reference}/reviews"


@router.get(PATH)
def reviews_page(services: Shared, request: Request, reference: Reference) -> Response:
    """Every review of a plan, newest first."""
    staff = signed_in(services, request, "run")
    if isinstance(staff, Response):
        return staff
    return _shown(services, staff, reference, {}, [])


@router.post(PATH)
def send_open(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Ask the family to look back."""
    given = {"kind": typed.get("kind", "other"), "due": typed.get("due", ""), "reason": typed.get("reason", "")}
    return _done(
        services,
        request,
        reference,
        typed,
        OpenReviewIn,
        given,
        lambda who, it: looking_back.open_review(services, who, reference, it),
    )


@router.post(PATH + "/{number}/view")
def send_view(services: Shared, request: Request, reference: Reference, number: Number, typed: Typed) -> Response:
    """Add a professional's own view. Fields: "goal-80" and "goal-80-words", and the questions by their names."""
    goals = [name.removeprefix("goal-") for name in typed if name.startswith("goal-") and name.count("-") == 1]
    given = {
        "goals": [
            {"goal": goal, "reached": typed[f"goal-{goal}"], "words": typed.get(f"goal-{goal}-words", "")}
            for goal in goals
            if typed[f"goal-{goal}"]
        ],
        "questions": [{"about": about, "words": typed[about]} for about in looking_back.TITLES if typed.get(about)],
    }
    return _done(
        services,
        request,
        reference,
        typed,
        ViewIn,
        given,
        lambda who, it: looking_back.add_view(services, who, reference, number, it),
    )


@router.post(PATH + "/{number}/outcome")
def send_outcome(services: Shared, request: Request, reference: Reference, number: Number, typed: Typed) -> Response:
    """Write down what comes of it."""
    given = {
        "outcome": typed.get("outcome", ""),
        "reason": typed.get("reason", ""),
        "last": typed.get("last") or None,
    }
    return _done(
        services,
        request,
        reference,
        typed,
        OutcomeIn,
        given,
        lambda who, it: looking_back.close_review(services, who, reference, number, it),
    )


def _shown(
    services: Services,
    staff: Staff,
    reference: str,
    typed: Mapping[str, str],
    errors: Errors,
    status: int | None = None,
) -> HTMLResponse:
    found = looking_back.reviews_viewed(services, staff, reference)
    return page(
        services.content,
        "review/reviews.html",
        status or (422 if errors else 200),
        staff=staff,
        found=found,
        typed=typed,
        errors=errors,
    )


def _done[Body: BaseModel](
    services: Services,
    request: Request,
    reference: str,
    typed: Mapping[str, str],
    shape: type[Body],
    given: Mapping[str, Any],
    do: Callable[[Staff, Body], object],
) -> Response:
    staff = signed_in(services, request, "run")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    asked = asked_for(shape, typed, given)
    if isinstance(asked, list):
        return _shown(services, staff, reference, typed, asked)
    try:
        do(staff, asked)
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        errors = [{"field": "", "text": f"{problem.title}. {problem.detail}"}]
        return _shown(services, staff, reference, typed, errors, problem.status)
    return RedirectResponse(f"/review/drafts/{reference}/reviews", 303)
