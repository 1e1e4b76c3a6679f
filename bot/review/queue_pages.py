"""The first page of professionals: alerts, then the queue with its filters, search and workload; and taking a case up."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.cases.queue import reply_days
from bot.cases.statuses import STATUSES
from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review import alerts
from bot.review.access import Staff, check_form, signed_in, viewer
from bot.review.forms import Typed, revision
from bot.review.queue import ME, Filters, listing, take

router = APIRouter(include_in_schema=False)

LIST = "/review"
AGES = (("", "Any time"), *((str(days), f"More than {days} working days") for days in (5, 10, 20, 40)))
"""Ages to choose from."""


@router.get(LIST)
def drafts_page(
    services: Shared,
    request: Request,
    status: Annotated[str, Query(max_length=20)] = "",
    team: Annotated[str, Query(max_length=60)] = "",
    lead: Annotated[str, Query(max_length=200)] = "",
    older_than: Annotated[str, Query(max_length=4)] = "",
    due: Annotated[str, Query(max_length=4)] = "",
    reference: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """What needs somebody now. A reference that is searched for leads straight to its draft."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    filters = Filters(
        status=next((known for known in STATUSES if known == status), None),
        team=team or None,
        lead=lead or None,
        older_than=int(older_than) if older_than.isascii() and older_than.isdigit() else None,
        due=due == "yes",
        reference=reference.strip() or None,
        after=after,
    )
    return _shown(services, staff, filters, searched=bool(filters.reference))


@router.post("/review/drafts/{reference}/take")
def take_draft(
    services: Shared, request: Request, reference: Annotated[str, Path(max_length=40)], typed: Typed
) -> Response:
    """Take a case up, then read it."""
    staff = signed_in(services, request, "assign")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    try:
        take(services, staff, reference, revision(typed) if "revision" in typed else None)
    except Problem as problem:
        if problem.status != 409:
            raise
        said = [{"field": "", "text": f"{problem.title}. {problem.detail}"}]
        return _shown(services, staff, Filters(reference=reference), errors=said, status=409)
    return RedirectResponse(f"/review/drafts/{reference}", 303)


def _shown(
    services: Services,
    staff: Staff,
    filters: Filters,
    *,
    searched: bool = False,
    errors: list[dict[str, str]] | None = None,
    status: int = 200,
) -> Response:
    content = services.content
    with services.database.read() as tx:
        found = listing(services, tx, staff, filters)
        waiting = alerts.alert_list(tx, viewer(content, staff), "waiting").alerts
    if searched and len(found.drafts) == 1:
        return RedirectResponse(f"/review/drafts/{found.drafts[0].reference}", 303)
    said = list(errors or [])
    if searched and not found.drafts:
        said.append({"field": "reference", "text": "There is no draft with this reference, or it is not your team's"})
        with services.database.read() as tx:
            found = listing(services, tx, staff, Filters())
    return page(
        content,
        "review/drafts.html",
        status,
        staff=staff,
        found=found,
        filters=filters,
        narrowed=bool(_chosen(filters)) and not searched,
        query=urlencode(_chosen(filters)),
        alerts=waiting,
        teams={team.id: team.name for team in content.teams.teams},
        ages=AGES,
        me=ME,
        reply_days=reply_days(content.council.reply_within),
        old_contacts=content.contacts_out_of_date(services.now().date()),
        errors=said,
    )


def _chosen(filters: Filters) -> dict[str, Any]:
    """The filters as an address has them."""
    given = {
        "status": filters.status,
        "team": filters.team,
        "lead": filters.lead,
        "older_than": filters.older_than,
        "due": "yes" if filters.due else None,
    }
    return {name: value for name, value in given.items() if value is not None}
