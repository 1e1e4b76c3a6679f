"""Legal holds on a case: who placed them and why, until when they must be looked at, and lifting them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.gateway.wire import clean
from bot.review.access import Staff, check_form, draft_for, sent_from_here, signed_in, with_right
from bot.review.forms import Typed
from bot.store import audit, holds
from bot.store.holds import Hold

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
HoldId = Annotated[str, Path(max_length=100)]
Holder = Annotated[Staff, Depends(with_right("hold"))]
MAX_WHY = 1000


class HoldIn(BaseModel):
    """Stop the deletion of all that is held about a family."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"why": "A claim against the council", "review_on": "2027-05-01"}]}
    )

    why: str = Field(min_length=1, max_length=MAX_WHY, description="Kept encrypted.")
    review_on: date = Field(
        description="When somebody must look whether it is still needed. It does not end by itself."
    )


class LiftIn(BaseModel):
    """Let the periods run again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"why": "The claim was settled"}]})

    why: str = Field(min_length=1, max_length=MAX_WHY, description="Kept encrypted.")


class HoldLine(BaseModel):
    """One hold."""

    id: str
    why: str
    placed: datetime
    placed_by: str
    review_on: date
    lifted: datetime | None
    lifted_by: str | None
    lifted_why: str | None


class HoldList(BaseModel):
    """Every hold there has been on a case, oldest first."""

    reference: str
    holds: list[HoldLine]


@api.get("/drafts/{reference}/holds", responses=problems(401, 403, 404))
def list_holds(services: Shared, staff: Holder, reference: Reference) -> HoldList:
    """Legal holds on a case. That they were read is written down."""
    return viewed(services, staff, reference)


@api.post("/drafts/{reference}/holds", status_code=201, responses=problems(401, 403, 404, 422))
def place_hold(services: Shared, staff: Holder, request: Request, reference: Reference, asked: HoldIn) -> HoldLine:
    """Place a hold in one's own name. The same one again, while it stands, is the same hold."""
    sent_from_here(services, request)
    why, today = clean(asked.why).strip(), services.now().date()
    if not why:
        raise Problem(422, "Say why", "Nothing was changed.")
    if asked.review_on <= today:
        raise Problem(422, "The day of the review must be still to come", "Nothing was changed.")
    return placed(services, staff, reference, why, asked.review_on)


@api.post("/drafts/{reference}/holds/{hold_id}/lift", responses=problems(401, 403, 404, 422))
def lift_hold(
    services: Shared, staff: Holder, request: Request, reference: Reference, hold_id: HoldId, asked: LiftIn
) -> HoldList:
    """Lift a hold in one's own name. 404 also for one that was lifted before."""
    sent_from_here(services, request)
    why = clean(asked.why).strip()
    if not why:
        raise Problem(422, "Say why", "Nothing was changed.")
    lifted(services, staff, reference, hold_id, why)
    return viewed(services, staff, reference)


@pages.get("/review/drafts/{reference}/holds")
def holds_page(services: Shared, request: Request, reference: Reference) -> Response:
    """Holds on a case, and the form for another."""
    staff = signed_in(services, request, "hold")
    if isinstance(staff, Response):
        return staff
    return _page(services, staff, viewed(services, staff, reference), {}, [])


@pages.post("/review/drafts/{reference}/holds")
def place_by_form(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """The same from the page."""
    staff = signed_in(services, request, "hold")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    why, day, errors = typed.get("why", ""), _day(typed.get("review_on", "")), []
    if not 0 < len(why) <= MAX_WHY:
        errors.append({"field": "why", "text": f"Say why there must be a hold, in up to {MAX_WHY:,} characters"})
    if day is None or day <= services.now().date():
        errors.append({"field": "review_on", "text": "Write a day that is still to come, for example 2027-05-01"})
    if day is None or errors:
        return _page(services, staff, viewed(services, staff, reference), typed, errors)
    placed(services, staff, reference, why, day)
    return RedirectResponse(f"/review/drafts/{reference}/holds", 303)


@pages.post("/review/drafts/{reference}/holds/{hold_id}/lift")
def lift_by_form(services: Shared, request: Request, reference: Reference, hold_id: HoldId, typed: Typed) -> Response:
    """The same from the page."""
    staff = signed_in(services, request, "hold")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    why = typed.get("lifted_why", "")
    if not 0 < len(why) <= MAX_WHY:
        field = f"why-{hold_id}"
        errors = [{"field": field, "text": f"Say why the hold is not needed, in up to {MAX_WHY:,} characters"}]
        return _page(services, staff, viewed(services, staff, reference), typed, errors)
    lifted(services, staff, reference, hold_id, why)
    return RedirectResponse(f"/review/drafts/{reference}/holds", 303)


def viewed(services: Services, staff: Staff, reference: str) -> HoldList:
    """Raises Problem 403, 404."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "hold")
        audit.note(tx, at=services.now(), actor=staff.user, action="holds.viewed", subject=draft.id)
        found = [_line(hold) for hold in holds.of_draft(tx, draft.id)]
        return HoldList(reference=draft.reference, holds=found)


def placed(services: Services, staff: Staff, reference: str, why: str, review_on: date) -> HoldLine:
    """Raises Problem 403, 404."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "hold")
        for hold in holds.of_draft(tx, draft.id):
            if hold.stands and (hold.placed_by, hold.why, hold.review_on) == (staff.user, why, review_on):
                return _line(hold)
        now = services.now()
        return _line(holds.place(tx, draft.id, by=staff.user, why=why, review_on=review_on, at=now))


def lifted(services: Services, staff: Staff, reference: str, hold_id: str, why: str) -> None:
    """Raises Problem 403, 404."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "hold")
        try:
            holds.lift(tx, draft.id, hold_id, by=staff.user, why=why, at=services.now())
        except holds.NoSuchHold:
            raise not_found() from None


def _line(hold: Hold) -> HoldLine:
    return HoldLine(
        id=hold.id,
        why=hold.why,
        placed=hold.placed,
        placed_by=hold.placed_by,
        review_on=hold.review_on,
        lifted=hold.lifted,
        lifted_by=hold.lifted_by,
        lifted_why=hold.lifted_why,
    )


def _page(
    services: Services, staff: Staff, found: HoldList, typed: Typed, errors: list[dict[str, str]]
) -> HTMLResponse:
    status, today = 422 if errors else 200, services.now().date()
    return page(
        services.content, "review/holds.html", status, staff=staff, found=found, typed=typed, errors=errors, today=today
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
