"""Whose case it is: moving one to another team, and saying who leads it. Always by a named person, and written down."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.cases.access import ROLES, may, sees
from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import Staff, case_for, check_form, sent_from_here, signed_in, with_right
from bot.review.stale import stale
from bot.store import audit, cases, drafts, staff_members
from bot.store.cases import Case, StaleCase
from bot.store.database import Transaction
from bot.store.drafts import DraftStatus
from bot.store.staff_members import StaffMember

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
Assigner = Annotated[Staff, Depends(with_right("assign"))]

LEADS = frozenset(role for role in ROLES if may(role, "run"))
"""Roles that do casework."""

NOBODY = ""
"""What the form sends where nobody is to lead."""


class AssignIn(BaseModel):
    """What is to change; what is left out stays. A case that moves to another team loses its lead, unless one is named."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"team": "early_help", "revision": 3}]})

    team: str | None = Field(default=None, max_length=60, description="Id of the council's team that gets the case.")
    lead: str | None = Field(
        default=None, max_length=200, description="User id of who leads it; null for nobody, `me` for oneself."
    )
    revision: int = Field(ge=0, lt=2**31, description="The case's revision that this was decided on.")


class CaseOut(BaseModel):
    """Whose case it is."""

    reference: str
    status: DraftStatus
    team: str
    lead: str | None
    revision: int


@api.post("/drafts/{reference}/assign", responses=problems(401, 403, 404, 409, 422))
def assign_case(services: Shared, staff: Assigner, request: Request, reference: Reference, asked: AssignIn) -> CaseOut:
    """Move a case to another team, or say who leads it."""
    sent_from_here(services, request)
    return assigned(services, staff, reference, asked)


@pages.get("/review/drafts/{reference}/assign")
def assign_page(services: Shared, request: Request, reference: Reference) -> Response:
    """The form: which team, who leads."""
    staff = signed_in(services, request, "assign")
    if isinstance(staff, Response):
        return staff
    return _form(services, staff, reference)


@pages.post("/review/drafts/{reference}/assign")
def assign_by_form(
    services: Shared,
    request: Request,
    reference: Reference,
    csrf: Annotated[str, Form()] = "",
    team: Annotated[str, Form(max_length=60)] = "",
    lead: Annotated[str, Form(max_length=200)] = NOBODY,
    revision: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Assign it, and go back to the draft where it is still one's own to read."""
    staff = signed_in(services, request, "assign")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, csrf)
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    try:
        case = assigned(services, staff, reference, AssignIn(team=team or None, lead=lead or None, revision=number))
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        return _form(services, staff, reference, problem, typed={"team": team, "lead": lead})
    still = sees(staff.user, staff.teams, team=case.team, lead=case.lead)
    return RedirectResponse(f"/review/drafts/{case.reference}" if still else "/review", 303)


def assigned(services: Services, staff: Staff, reference: str, asked: AssignIn) -> CaseOut:
    """Assign a case. Raises Problem 403, 404, 409 when it was changed meanwhile, and 422 for a team or lead that cannot be."""
    with services.database.write() as tx:
        case = case_for(services, tx, staff, reference, "assign")
        team = asked.team or case.team
        if team not in services.content.teams.ids:
            raise malformed(f"team: use one of {', '.join(sorted(services.content.teams.ids))}.")
        lead = _lead(tx, staff, case, team, asked)
        detail: dict[str, audit.Detail] = {
            "team": team,
            "lead": lead,
            "team_before": case.team,
            "lead_before": case.lead,
        }
        try:
            changed = cases.change(
                tx,
                case.draft_id,
                expected_revision=asked.revision,
                actor=staff.user,
                action="case.assigned",
                at=services.now(),
                detail=detail,
                team=team,
                lead=lead,
            )
        except StaleCase:
            raise stale(tx, case.draft_id, asked.revision) from None
        return case_out(tx, changed)


def could_lead(tx: Transaction, team: str) -> list[StaffMember]:
    """Members of staff who do casework and work on this team's cases, by name."""
    return [
        member
        for member in staff_members.listing(tx)
        if member.role in LEADS and sees(member.user, member.teams, team=team, lead=None)
    ]


def case_out(tx: Transaction, case: Case) -> CaseOut:
    """A case for the API."""
    reference = drafts.get(tx, case.draft_id).reference
    return CaseOut(reference=reference, status=case.status, team=case.team, lead=case.lead, revision=case.revision)


def _lead(tx: Transaction, staff: Staff, case: Case, team: str, asked: AssignIn) -> str | None:
    """Who leads it afterwards. Raises Problem 422 for somebody who does not work on that team's cases."""
    if "lead" not in asked.model_fields_set:
        return case.lead if team == case.team else None
    lead = staff.user if asked.lead == "me" else asked.lead
    if lead is not None and lead not in {member.user for member in could_lead(tx, team)}:
        raise malformed(
            "lead: choose somebody who does casework in that team and has signed in before, or leave it to nobody."
        )
    return lead


def _form(
    services: Services,
    staff: Staff,
    reference: str,
    problem: Problem | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    with services.database.write() as tx:
        case = case_for(services, tx, staff, reference, "assign")
        chosen: dict[str, Any] = typed or {"team": case.team, "lead": case.lead or NOBODY}
        people = {team.id: could_lead(tx, team.id) for team in services.content.teams.teams}
    everybody = {member.user: member for members in people.values() for member in members}
    errors = [] if problem is None else [{"field": "team-1", "text": problem.detail.removeprefix("lead: ")}]
    return page(
        services.content,
        "review/assign.html",
        200 if problem is None else problem.status,
        staff=staff,
        reference=reference,
        case=case,
        teams=services.content.teams,
        people=sorted(everybody.values(), key=lambda member: (member.name.casefold(), member.user)),
        chosen=chosen,
        errors=errors,
    )
