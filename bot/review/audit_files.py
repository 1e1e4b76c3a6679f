"""The audit as a file for auditors, and whether the store still holds what was noted before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import Auditor, Staff, signed_in
from bot.store import audit
from bot.store.audit_export import Span, against, lines

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

JSON_LINES = "application/x-ndjson"
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {JSON_LINES: {}}, "description": "JSON Lines, sealed at the end"}
}
Seq = Annotated[int, Path(ge=1, le=10**15)]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


class HeadLine(BaseModel):
    """The last line of the audit. Note it elsewhere: it shows later whether anything was set back."""

    seq: int
    hash: str


class Checked(BaseModel):
    """What is wrong with the audit, seen from a line that was noted; nothing, when it is as it was."""

    problems: list[str]


@api.get("/audit/head", responses=problems(401, 403))
def read_head(services: Shared, staff: Auditor) -> HeadLine:
    """Number and hash of the last line."""
    return noted_head(services)


@api.get("/audit/head/{seq}/{digest}", responses=problems(401, 403, 422))
def check_head(services: Shared, staff: Auditor, seq: Seq, digest: Digest) -> Checked:
    """Whether the line that was noted is still there: nothing was set back, and no chain written anew."""
    with services.database.read() as tx:
        return Checked(problems=against(tx, seq, digest))


@api.get(
    "/audit/export",
    response_class=Response,
    responses=FILE | problems(401, 403, 422),
)
def export(
    services: Shared,
    staff: Auditor,
    first: Annotated[date | None, Query(alias="from", description="First day")] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day, included")] = None,
) -> Response:
    """The audit of these days as a file that proves itself: `bin/sevensteps audit check FILE`."""
    return as_file(services, staff, Span(first, last))


@pages.get("/review/audit/file")
def file_page(services: Shared, request: Request) -> Response:
    """Choose the days, or check a line that was noted."""
    staff = signed_in(services, request, "read audit")
    if isinstance(staff, Response):
        return staff
    asked = request.query_params
    first, last, noted = (asked.get(name, "") for name in ("from", "to", "noted"))
    errors: list[dict[str, str]] = []
    if "save" in asked:
        days = [_day(text, name, errors) for text, name in ((first, "from"), (last, "to"))]
        if not errors:
            return as_file(services, staff, Span(*days))
    problems_found = None
    if "check" in asked:
        seq, _, digest = noted.strip().partition(":")
        if seq.isdecimal() and seq.isascii() and len(seq) < 16 and len(digest) == 64:
            with services.database.read() as tx:
                problems_found = against(tx, int(seq), digest)
        else:
            errors.append({"field": "noted", "text": "Write the number and the hash with a colon between them"})
    return page(
        services.content,
        "review/audit_file.html",
        422 if errors else 200,
        staff=staff,
        head=noted_head(services),
        first=first,
        last=last,
        noted=noted,
        errors=errors,
        problems=problems_found,
    )


def as_file(services: Services, staff: Staff, span: Span) -> Response:
    """The file, line by line, and the audit line that says who took it. Raises Problem 422."""
    if span.first is not None and span.last is not None and span.last < span.first:
        raise Problem(422, "The last day is before the first", "Nothing was written.")
    now = services.now()
    with services.database.write() as tx:
        audit.note(tx, at=now, actor=staff.user, action="audit.exported", subject="all")

    def written() -> Iterator[str]:
        with services.database.read() as tx:
            for line in lines(tx, span, at=now):
                yield line + "\n"

    name = f"audit-{now:%Y-%m-%d}.jsonl"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingResponse(written(), media_type=JSON_LINES, headers=headers)


def noted_head(services: Services) -> HeadLine:
    """The last line as it is now."""
    with services.database.read() as tx:
        seq, digest = audit.head(tx)
    return HeadLine(seq=seq, hash=digest)


def _day(text: str, field: str, errors: list[dict[str, str]]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        errors.append({"field": field, "text": "Write the day as year, month and day, for example 2027-04-01"})
        return None
