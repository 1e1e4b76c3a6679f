"""One family's data given out from the workspace, as a zip: by a named person, who says why, and what was decided of
safeguarding. Erasing is for the command line, where it cannot be clicked by mistake."""

from __future__ import annotations

import io
import zipfile
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Shared, problems
from bot.gateway.documents import File
from bot.gateway.documents import response as sent_as_file
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.gateway.wire import clean
from bot.review.access import Staff, check_form, draft_for, sent_from_here, signed_in, with_right
from bot.review.forms import Typed
from bot.review.personal_bundle import bundle, read_me
from bot.store import audit

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
Exporter = Annotated[Staff, Depends(with_right("export personal data"))]
MAX_REASON = 1000
ZIP = "application/zip"
BUNDLE: dict[int | str, dict[str, Any]] = {200: {"content": {ZIP: {}}, "description": "The bundle"}}


class ExportIn(BaseModel):
    """Give out everything that is held about a family."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "The mother asked on 3 May", "safeguarding": False}]}
    )

    reason: str = Field(min_length=1, max_length=MAX_REASON, description="Written into the bundle.")
    safeguarding: bool = Field(
        default=False, description="Notes about safety go out too: your decision, which is written down."
    )


@api.post(
    "/drafts/{reference}/personal-data",
    response_class=Response,
    responses=BUNDLE | problems(401, 403, 404, 422),
)
def export(services: Shared, staff: Exporter, request: Request, reference: Reference, asked: ExportIn) -> Response:
    """The bundle as a zip: record.json, record.odt, manifest.json with hashes, and what to read first."""
    sent_from_here(services, request)
    reason = clean(asked.reason).strip()
    if not reason:
        raise Problem(422, "Say why", "Nothing was given out.")
    return given_out(services, staff, reference, reason, safeguarding=asked.safeguarding)


@pages.get("/review/drafts/{reference}/personal-data")
def export_form(services: Shared, request: Request, reference: Reference) -> Response:
    """Why, and what of safeguarding, before anything is given out."""
    staff = signed_in(services, request, "export personal data")
    if isinstance(staff, Response):
        return staff
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "export personal data")
        audit.note(tx, at=services.now(), actor=staff.user, action="subject.export_opened", subject=draft.id)
    return _form(services, staff, draft.reference, {}, [])


@pages.post("/review/drafts/{reference}/personal-data")
def export_by_form(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """The same from the page."""
    staff = signed_in(services, request, "export personal data")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "export personal data")
    errors = []
    if not 0 < len(typed.get("reason", "")) <= MAX_REASON:
        errors.append({"field": "reason", "text": f"Say why it is given out, in up to {MAX_REASON:,} characters"})
    if typed.get("safeguarding") not in ("leave_out", "include"):
        errors.append({"field": "safeguarding", "text": "Choose whether notes about safety go out too"})
    if errors:
        return _form(services, staff, draft.reference, typed, errors)
    included = typed["safeguarding"] == "include"
    return given_out(services, staff, reference, typed["reason"], safeguarding=included)


def given_out(services: Services, staff: Staff, reference: str, reason: str, *, safeguarding: bool) -> Response:
    """The zip, and the audit line that says who took it. Raises Problem 403, 404."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "export personal data")
        made = bundle(
            tx,
            services.content,
            draft,
            by=staff.user,
            at=services.now(),
            safeguarding=safeguarding,
            reason=reason,
        )
    files = {"READ-ME-FIRST.txt": read_me(services.content, draft.reference, made)} | made.files
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(f"{draft.reference}/{name}", data)
    return sent_as_file(File(out.getvalue(), ZIP, f"personal-data-{draft.reference}.zip"))


def _form(services: Services, staff: Staff, reference: str, typed: Typed, errors: list[dict[str, str]]) -> HTMLResponse:
    status = 422 if errors else 200
    return page(
        services.content,
        "review/personal_data.html",
        status,
        staff=staff,
        reference=reference,
        typed=typed,
        errors=errors,
    )
