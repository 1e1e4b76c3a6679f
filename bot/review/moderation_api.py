"""The review API's moderation: every voice side by side, a professional's own answers, agreed levels, what-ifs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.review.access import Reader, Staff, draft_for, sent_from_here, with_right
from bot.review.moderating import ModerationIn, moderate
from bot.review.moderation import read, worked_out
from bot.review.moderation_record import Amounts, ModerationRecord, amounts, moderation_record
from bot.store import audit

router = APIRouter(prefix="/api/v1/review", tags=["Review"])

Reference = Annotated[str, Path(max_length=40)]
Moderator = Annotated[Staff, Depends(with_right("moderate"))]
TableId = Annotated[
    str | None, Query(min_length=1, max_length=80, description="Id of a table; without it, the council's own.")
]


@router.get("/drafts/{reference}/moderation", responses=problems(401, 403, 404))
def read_moderation(services: Shared, staff: Reader, reference: Reference) -> ModerationRecord:
    """Every voice side by side, what is agreed, and both guide amounts. That it was read is written down."""
    return moderation_viewed(services, staff, reference)


@router.post("/drafts/{reference}/moderation", responses=problems(401, 403, 404, 409, 422))
def send_moderation(
    services: Shared, staff: Moderator, request: Request, reference: Reference, asked: ModerationIn
) -> ModerationRecord:
    """Give your own answers, or agree on levels where voices differ. Nobody's answer is overwritten."""
    sent_from_here(services, request)
    return moderate(services, staff, reference, asked)


@router.get("/drafts/{reference}/moderation/what-if", responses=problems(401, 403, 404, 422))
def what_if(
    services: Shared, staff: Reader, reference: Reference, on: date | None = None, table: TableId = None
) -> Amounts:
    """What the same answers would give by the table of another day, or by another table. It is never stored."""
    return looked_ahead(services, staff, reference, on or services.now().date(), table)


def moderation_viewed(services: Services, staff: Staff, reference: str) -> ModerationRecord:
    """The moderation of a draft, and the audit line that says who read it. Raises Problem 403 and 404."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        detail: dict[str, audit.Detail] = {"role": staff.role, "case_revision_seen": case.revision}
        audit.note(tx, at=services.now(), actor=staff.user, action="moderation.viewed", subject=draft.id, detail=detail)
        return moderation_record(tx, services.content, draft, case, services.now().date())


def looked_ahead(services: Services, staff: Staff, reference: str, on: date, table: str | None) -> Amounts:
    """Both amounts by another day's or another table. Raises Problem 403, 404, and 422 where no such table holds."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "read drafts")
        found = read(tx, services.content, draft, services.now().date())
    result = worked_out(services.content, found, on, table)
    if result is None:
        raise Problem(
            422,
            "That cannot be worked out",
            "No such table holds on that day for this child's age. Choose another day or table.",
            "/problems/malformed",
        )
    return amounts(result, on)
