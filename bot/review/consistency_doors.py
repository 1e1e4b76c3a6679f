"""The consistency report and the log of decisions, by page, by API and as a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from markupsafe import Markup

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.templating import page
from bot.review.access import Staff, signed_in, with_right
from bot.review.charts import bars
from bot.review.consistency import ConsistencyRecord, LogList, consistency, consistency_csv, decisions_log
from bot.review.living_api import csv_response

api = APIRouter(prefix="/api/v1/review", tags=["Review: reports"])
pages = APIRouter(include_in_schema=False)

Reporter = Annotated[Staff, Depends(with_right("reports"))]
Registrar = Annotated[Staff, Depends(with_right("register"))]
Month = Annotated[str | None, Query(max_length=10, description="For example 2026-11; left out: this month.")]
CSV: dict[int | str, dict[str, object]] = {200: {"description": "A table", "content": {"text/csv": {}}}}


@api.get("/reports/consistency", responses=problems(401, 403, 422))
def read_consistency(services: Shared, staff: Reporter, month: Month = None) -> ConsistencyRecord:
    """Like cases with unlike decisions, and figures by team, age and route; groups of few are hidden."""
    return consistency(services, staff, month, "report.viewed")


@api.get("/reports/consistency.csv", response_class=Response, responses=CSV | problems(401, 403, 422))
def consistency_file(services: Shared, staff: Reporter, month: Month = None) -> Response:
    """The same as a table. That it was taken is written down."""
    found = consistency(services, staff, month, "report.exported")
    return csv_response(consistency_csv(found), f"consistency-{found.month}")


@api.get("/decisions-log", responses=problems(401, 403))
def read_log(services: Shared, staff: Registrar) -> LogList:
    """Every signed decision of your teams with its reasons, without names."""
    return decisions_log(services, staff)


@pages.get("/review/reports/consistency")
def consistency_page(services: Shared, request: Request, month: Annotated[str, Query(max_length=10)] = "") -> Response:
    """One month's report."""
    staff = signed_in(services, request, "reports")
    if isinstance(staff, Response):
        return staff
    errors, found = [], None
    try:
        found = consistency(services, staff, month.strip() or None, "report.viewed")
    except Problem as problem:
        if problem.status != 422:
            raise
        errors.append({"field": "month", "text": "Write the month as year and month, for example 2026-11"})
    return page(
        services.content,
        "review/consistency.html",
        422 if errors else 200,
        staff=staff,
        found=found,
        month=found.month if found else month,
        chart=_chart(found) if found and found.by_team else None,
        errors=errors,
    )


@pages.get("/review/decisions-log")
def log_page(services: Shared, request: Request) -> Response:
    """Every signed decision with its reasons."""
    staff = signed_in(services, request, "register")
    if isinstance(staff, Response):
        return staff
    return page(services.content, "review/decisions_log.html", staff=staff, found=decisions_log(services, staff))


def _chart(found: ConsistencyRecord) -> Markup:
    shares = [(one.name, one.share_percent) for one in found.by_team]
    return bars(
        "share",
        f"How much of the guide amount was agreed in {found.month}, by team",
        "The middle of final amount ÷ guide amount. The same figures are in the table below.",
        ["Final of guide"],
        [(name, [(share, "hidden" if share is None else f"{share} %")]) for name, share in shares],
    )
