"""What families want and cannot find, by page, by API and as a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from bot.gateway.api import Shared, problems
from bot.gateway.templating import page
from bot.review.access import Staff, signed_in, with_right
from bot.review.charts import bars
from bot.review.consistency_doors import CSV
from bot.review.living_api import csv_response
from bot.review.wants import WantsRecord, wants_csv, wants_record

api = APIRouter(prefix="/api/v1/review", tags=["Review: reports"])
pages = APIRouter(include_in_schema=False)

Reporter = Annotated[Staff, Depends(with_right("reports"))]


@api.get("/reports/wants", responses=problems(401, 403))
def read_wants(services: Shared, staff: Reporter) -> WantsRecord:
    """What families ask to buy, by need and team, and what of it they cannot find; few families are hidden."""
    return wants_record(services, staff, "report.viewed")


@api.get("/reports/wants.csv", response_class=Response, responses=CSV | problems(401, 403))
def wants_file(services: Shared, staff: Reporter) -> Response:
    """The same as a table. That it was taken is written down."""
    return csv_response(wants_csv(wants_record(services, staff, "report.exported")), "wants")


@pages.get("/review/reports/wants")
def wants_page(services: Shared, request: Request) -> Response:
    """The report."""
    staff = signed_in(services, request, "reports")
    if isinstance(staff, Response):
        return staff
    found = wants_record(services, staff, "report.viewed")
    chart = _chart(found) if found.by_need else None
    return page(services.content, "review/wants.html", staff=staff, found=found, chart=chart)


def _chart(found: WantsRecord) -> Markup:
    return bars(
        "wants",
        "Families by what they want, and whether it was found",
        "The same figures are in the table below.",
        ["Found", "Not found"],
        [(one.name.replace("_", " ").capitalize(), [_bar(one.found), _bar(one.not_found)]) for one in found.by_need],
    )


def _bar(families: int | None) -> tuple[int | None, str]:
    return families, "hidden" if families is None else str(families)
