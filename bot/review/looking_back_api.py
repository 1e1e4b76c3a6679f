"""The review API of looking back: reviews of a plan, a professional's own view, the outcome."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from bot.gateway.api import Shared, problems
from bot.review import looking_back
from bot.review.access import sent_from_here
from bot.review.living_api import Reference, Runs
from bot.review.looking_back_wire import OpenReviewIn, OutcomeIn, ReviewList, ViewIn

router = APIRouter(prefix="/api/v1/review", tags=["Review: looking back"])

Number = Annotated[int, Path(ge=1, le=1_000_000)]
_ANSWERS = problems(401, 403, 404, 409, 422)


@router.get("/drafts/{reference}/reviews", responses=problems(401, 403, 404, 409))
def read_reviews(services: Shared, staff: Runs, reference: Reference) -> ReviewList:
    """Every review of a plan, newest first: what each voice said. That it was read is written down."""
    return looking_back.reviews_viewed(services, staff, reference)


@router.post("/drafts/{reference}/reviews", responses=_ANSWERS)
def open_review(
    services: Shared, staff: Runs, request: Request, reference: Reference, asked: OpenReviewIn
) -> ReviewList:
    """Ask the family to look back, outside the plan's own dates."""
    sent_from_here(services, request)
    return looking_back.open_review(services, staff, reference, asked)


@router.post("/drafts/{reference}/reviews/{number}/view", responses=_ANSWERS)
def add_view(
    services: Shared, staff: Runs, request: Request, reference: Reference, number: Number, asked: ViewIn
) -> ReviewList:
    """Add your own view, beside what the child and the family said."""
    sent_from_here(services, request)
    return looking_back.add_view(services, staff, reference, number, asked)


@router.post("/drafts/{reference}/reviews/{number}/outcome", responses=_ANSWERS)
def close_review(
    services: Shared, staff: Runs, request: Request, reference: Reference, number: Number, asked: OutcomeIn
) -> ReviewList:
    """Write down what comes of it: carry on, change, or stop."""
    sent_from_here(services, request)
    return looking_back.close_review(services, staff, reference, number, asked)
