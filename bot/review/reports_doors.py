"""Reports over plans that are lived: by API, as pages with charts, and as tables."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.templating import page
from bot.interview.words import pounds
from bot.review.access import SIGN_IN, Staff, staff_of, with_right
from bot.review.charts import bars
from bot.review.living_api import csv_response
from bot.review.reports import By, ReportOut, What, report, report_csv

api = APIRouter(prefix="/api/v1/review", tags=["Review: reports"])
pages = APIRouter(include_in_schema=False)
ROUTERS = (api, pages)


def reads_spend(services: Shared, request: Request) -> Staff:
    """Figures of money are for finance as well, who see no other report. Raises Problem 401 and 403."""
    staff = staff_of(services, request)
    if staff is not None and staff.may("finance"):
        return staff
    return with_right("reports")(services, request)


Reporter = Annotated[Staff, Depends(with_right("reports"))]
SpendReader = Annotated[Staff, Depends(reads_spend)]
Group = Annotated[By, Query(description="Rows: part of life, funding stream or team.")]
First = Annotated[date | None, Query(description="First day; twelve months before the last if left out.")]
Last = Annotated[date | None, Query(description="Last day; today if left out.")]
_CSV: dict[int | str, dict[str, object]] = {200: {"description": "A table", "content": {"text/csv": {}}}}
_ERRORS = problems(401, 403, 409, 422)


@api.get("/reports/outcomes", responses=_ERRORS)
def outcomes(
    services: Shared, staff: Reporter, by: Group = "area", first: First = None, last: Last = None
) -> ReportOut:
    """How goals went, by the child's word before others. Groups of few families are hidden."""
    return report(services, staff, "outcomes", by, first, last, "report.viewed")


@api.get("/reports/spend", responses=_ERRORS)
def spend(
    services: Shared, staff: SpendReader, by: Group = "area", first: First = None, last: Last = None
) -> ReportOut:
    """What was to be paid, was paid and was spent, in pence. Groups of few families are hidden."""
    return report(services, staff, "spend", by, first, last, "report.viewed")


@api.get("/reports/outcomes.csv", response_class=Response, responses=_CSV | _ERRORS)
def outcomes_file(
    services: Shared, staff: Reporter, by: Group = "area", first: First = None, last: Last = None
) -> Response:
    """The same as a table. That it was taken is written down."""
    return csv_response(report_csv(report(services, staff, "outcomes", by, first, last, "report.exported")), "outcomes")


@api.get("/reports/spend.csv", response_class=Response, responses=_CSV | _ERRORS)
def spend_file(
    services: Shared, staff: SpendReader, by: Group = "area", first: First = None, last: Last = None
) -> Response:
    """The same as a table, in pounds. That it was taken is written down."""
    return csv_response(report_csv(report(services, staff, "spend", by, first, last, "report.exported")), "spend")


Typed = Annotated[str, Query(max_length=20)]


@pages.get("/review/reports/outcomes")
def outcomes_page(services: Shared, request: Request, by: Typed = "", first: Typed = "", last: Typed = "") -> Response:
    """How goals went."""
    return _page(services, request, "outcomes", by, first, last)


@pages.get("/review/reports/spend")
def spend_page(services: Shared, request: Request, by: Typed = "", first: Typed = "", last: Typed = "") -> Response:
    """What was to be paid, was paid and was spent."""
    return _page(services, request, "spend", by, first, last)


def _page(services: Shared, request: Request, what: What, by: str, first: str, last: str) -> Response:
    if staff_of(services, request) is None:
        return Response(status_code=303, headers={"Location": SIGN_IN})
    staff = reads_spend(services, request) if what == "spend" else with_right("reports")(services, request)
    group: By = "team" if by == "team" else "stream" if by == "stream" else "area"
    errors, found = list[dict[str, str]](), None
    try:
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        found = report(services, staff, what, group, days[0], days[1], "report.viewed")
    except ValueError:
        errors.append({"field": "first", "text": "Write the day as year, month and day, for example 2027-04-05"})
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        errors.append({"field": "first", "text": problem.detail})
    return page(
        services.content,
        "review/report.html",
        422 if errors else 200,
        staff=staff,
        what=what,
        by=group,
        first=first,
        last=last,
        found=found,
        chart=_chart(found) if found is not None and found.rows else "",
        errors=errors,
    )


def _chart(found: ReportOut) -> Markup:
    money = found.what == "spend"

    def written(amount: int | None) -> str:
        return "hidden" if amount is None else pounds(amount) if money else str(amount)

    title = "Money by group" if money else "Goals by group"
    return bars(
        found.what,
        title,
        "The figures of this chart are in the table below it. What is hidden there has no bar.",
        [cell.title for cell in found.sums],
        [(row.title, [(cell.amount, written(cell.amount)) for cell in row.cells]) for row in found.rows],
    )
