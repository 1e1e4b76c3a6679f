"""A family would like a person, and somebody has dealt with it: by whom and when is written down, and shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.review.access import OnDuty, Staff, check_form, draft_for, sent_from_here, signed_in
from bot.review.record import PERSON_DONE, DraftLine, draft_lines
from bot.review.stale import stale
from bot.store import cases, staff_members
from bot.store.cases import StaleCase

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]


@api.post("/drafts/{reference}/person-asked/done", responses=problems(401, 403, 404, 409))
def person_done(services: Shared, staff: OnDuty, request: Request, reference: Reference) -> DraftLine:
    """Say that a person has been in touch. 409 when the family asks for nobody, or somebody was first."""
    sent_from_here(services, request)
    return dealt_with(services, staff, reference)


@pages.post("/review/drafts/{reference}/person-asked/done")
def person_done_by_form(
    services: Shared, request: Request, reference: Reference, csrf: Annotated[str, Form()] = ""
) -> Response:
    """The same from the draft's page."""
    staff = signed_in(services, request, "pick up alerts")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, csrf)
    line = dealt_with(services, staff, reference)
    return RedirectResponse(f"/review/drafts/{line.reference}#asked", 303)


def dealt_with(services: Services, staff: Staff, reference: str) -> DraftLine:
    """Write it down. The case's revision is not asked for: nothing that others decide rests on it.

    Raises Problem 403, 404, and 409 where the family does not wait for a person any more.
    """
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "pick up alerts")
        line = draft_lines(tx, [draft])[0]
        if line.person_asked_at is None:
            by = line.person_done_by
            done = "" if by is None else f" {staff_members.name(tx, by)} has dealt with it."
            raise Problem(409, "They are not waiting for a person", f"Nothing was changed.{done}", "/problems/not-now")
        try:
            cases.change(
                tx, draft.id, expected_revision=case.revision, actor=staff.user, action=PERSON_DONE, at=services.now()
            )
        except StaleCase:
            raise stale(tx, draft.id, case.revision) from None
    with services.database.read() as tx:
        return draft_lines(tx, [draft])[0]
