"""The review API's queue: what needs somebody now, and taking a case up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Shared, problems
from bot.review.access import Reader, Staff, sent_from_here, with_right
from bot.review.assigning import CaseOut, case_out
from bot.review.queue import DraftList, Filters, listing, take
from bot.store.drafts import DraftStatus

router = APIRouter(prefix="/api/v1/review", tags=["Review"])

Taker = Annotated[Staff, Depends(with_right("assign"))]


class TakeIn(BaseModel):
    """Take a case up as it was read."""

    model_config = ConfigDict(extra="forbid")

    revision: int | None = Field(default=None, ge=0, description="Of the case as you read it; then a 409 says so.")


@router.get("/drafts", responses=problems(401, 403, 404, 422))
def list_drafts(
    services: Shared,
    staff: Reader,
    status: DraftStatus | None = None,
    team: Annotated[str | None, Query(max_length=60, description="Id of one team.")] = None,
    lead: Annotated[str | None, Query(max_length=200, description="`me`, `nobody` or a user id.")] = None,
    older_than: Annotated[int | None, Query(ge=0, le=1000, description="Working days.")] = None,
    due: Annotated[bool, Query(description="Only what is late, or due for review.")] = False,
    reference: Annotated[str | None, Query(max_length=40, description="Exactly this draft, however typed.")] = None,
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> DraftList:
    """Drafts, what needs somebody now first: alerts, plans that were sent, wishes for a person, answers, reviews."""
    filters = Filters(status, team, lead, older_than, due, reference, after)
    with services.database.read() as tx:
        return listing(services, tx, staff, filters)


@router.post("/drafts/{reference}/take", responses=problems(401, 403, 404, 409))
def take_draft(
    services: Shared,
    staff: Taker,
    request: Request,
    reference: Annotated[str, Path(max_length=40)],
    asked: TakeIn | None = None,
) -> CaseOut:
    """Take a case up: you lead it, and a plan that was sent is looked at from now on."""
    sent_from_here(services, request)
    case = take(services, staff, reference, asked.revision if asked is not None else None)
    with services.database.read() as tx:
        return case_out(tx, case)
