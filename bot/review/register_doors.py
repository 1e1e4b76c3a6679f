"""The register of risks and opportunities, by page and by API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import URL

from bot.cases.register import KINDS, Kind
from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import Staff, check_form, sent_from_here, signed_in, with_right
from bot.review.forms import Typed
from bot.review.register import (
    MAX_TAGS,
    MAX_TITLE,
    MAX_WORDS,
    EntryIn,
    EntryLine,
    EntryList,
    one_entry,
    search,
    write,
)

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

Registrar = Annotated[Staff, Depends(with_right("register"))]
Words = Annotated[str, Query(max_length=200)]
Short = Annotated[str, Query(max_length=40)]
LIST = "/review/register"


@api.get("/register", responses=problems(401, 403, 404, 422))
def read_register(
    services: Shared,
    staff: Registrar,
    words: Words = "",
    kind: Kind | None = None,
    tag: Short = "",
    reference: Short = "",
    due: bool = False,
    old: bool = False,
) -> EntryList:
    """Search it: every word must stand in a line. `due`: those to be looked at again; `old`: also replaced ones."""
    return search(services, staff, words=words, kind=kind, tag=tag, reference=reference, due_only=due, old=old)


@api.post("/register", status_code=201, responses=problems(401, 403, 404, 409, 422))
def write_register(services: Shared, staff: Registrar, request: Request, asked: EntryIn) -> EntryLine:
    """Write a line, in your own name. Lines are never changed: write one that replaces it."""
    sent_from_here(services, request)
    return write(services, staff, asked)


@pages.get(LIST)
def register_page(
    services: Shared,
    request: Request,
    words: Words = "",
    kind: Short = "",
    tag: Short = "",
    reference: Short = "",
    due: Short = "",
    old: Short = "",
) -> Response:
    """Search it."""
    staff = signed_in(services, request, "register")
    if isinstance(staff, Response):
        return staff
    chosen = next((known for known in KINDS if known == kind), None)
    found = search(
        services,
        staff,
        words=words,
        kind=chosen,
        tag=tag,
        reference=reference.strip(),
        due_only=bool(due),
        old=bool(old),
    )
    asked = {"words": words, "kind": chosen or "", "tag": tag, "reference": reference, "due": due, "old": old}
    return page(services.content, "review/register.html", staff=staff, found=found, asked=asked)


@pages.get(f"{LIST}/new")
def entry_form(services: Shared, request: Request, reference: Short = "", replaces: Short = "") -> Response:
    """Write a line; one that replaces another begins with its words."""
    staff = signed_in(services, request, "register")
    if isinstance(staff, Response):
        return staff
    typed = {"reference": reference}
    if replaces:
        old = one_entry(services, staff, replaces)
        typed = {
            "replaces": old.id,
            "reference": old.reference or "",
            "kind": old.kind,
            "title": old.title,
            "decided": old.decided,
            "tags": ", ".join(old.tags),
        }
    return _form(services, staff, typed, [])


@pages.post(f"{LIST}/new")
def send_entry(services: Shared, request: Request, typed: Typed) -> Response:
    """Keep it."""
    staff = signed_in(services, request, "register")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    errors, status = _wrong(typed), 422
    if not errors:
        review_by = typed.get("review_by")
        asked = EntryIn.model_construct(
            kind=cast(Kind, typed["kind"]),
            title=typed["title"],
            decided=typed["decided"],
            reason=typed["reason"],
            tags=typed.get("tags", ""),
            review_by=date.fromisoformat(review_by) if review_by else None,
            reference=typed.get("reference") or None,
            replaces=typed.get("replaces") or None,
        )
        try:
            kept = write(services, staff, asked)
        except Problem as problem:
            if problem.status not in (404, 409, 422):
                raise
            field = "reference" if problem.status == 404 else ""
            text = "There is no such case, or it is not yours" if problem.status == 404 else problem.detail
            errors, status = [{"field": field, "text": text}], problem.status
        else:
            where = URL(LIST).include_query_params(reference=kept.reference) if kept.reference else URL(LIST)
            return RedirectResponse(f"{where}#entry-{kept.id}", 303)
    return _form(services, staff, typed, errors, status)


def _wrong(typed: Mapping[str, str]) -> list[dict[str, str]]:
    errors = []
    if typed.get("kind") not in KINDS:
        errors.append({"field": "kind-risk", "text": "Say whether it is a risk or an opportunity"})
    for field, what, most in (
        ("title", "what it is about", MAX_TITLE),
        ("decided", "what was decided", MAX_WORDS),
        ("reason", "why", MAX_WORDS),
    ):
        if not typed.get(field):
            errors.append({"field": field, "text": f"Write {what}"})
        elif len(typed[field]) > most:
            errors.append({"field": field, "text": f"Use {most:,} characters or fewer to write {what}"})
    if len(typed.get("tags", "")) > MAX_TAGS:
        errors.append({"field": "tags", "text": f"Use {MAX_TAGS} characters or fewer for tags"})
    if typed.get("review_by"):
        try:
            date.fromisoformat(typed["review_by"])
        except ValueError:
            errors.append(
                {"field": "review_by", "text": "Write the day as year, month and day, for example 2027-05-01"}
            )
    return errors


def _form(
    services: Services, staff: Staff, typed: Mapping[str, str], errors: list[dict[str, str]], status: int = 422
) -> HTMLResponse:
    return page(
        services.content,
        "review/register_new.html",
        status if errors else 200,
        staff=staff,
        typed=typed,
        errors=errors,
    )
