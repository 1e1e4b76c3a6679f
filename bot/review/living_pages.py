"""Pages of a plan that is lived: its lines and checks, payments, spending, money not spent; and payments of all cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ValidationError

from bot.cases.access import Right
from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review import living, spending
from bot.review.access import Staff, check_form, signed_in
from bot.review.forms import Typed, revision
from bot.review.living_api import Reference, csv_response, payments_between, payments_csv
from bot.review.living_wire import (
    BeginIn,
    MadeIn,
    ScheduleIn,
    SpendingIn,
    StartLineIn,
    TakeBackIn,
    TickIn,
    UnspentIn,
)

router = APIRouter(include_in_schema=False)

PATH = "/review/drafts/{reference}/living"
LineNumber = Annotated[int, Path(ge=0, le=1_000_000)]
Errors = list[dict[str, str]]

ASK: Mapping[str, str] = {
    "starts": "Write the day as year, month and day, for example 2027-04-05",
    "on": "Write the day as year, month and day, for example 2027-04-05",
    "change_from": "Write the day as year, month and day, for example 2027-04-05",
    "last": "Write the day as year, month and day, or leave it empty",
    "due": "Write the day as year, month and day, for example 2027-04-05",
    "rhythm": "Choose how often money is paid",
    "reason": "Say why",
    "text": "Write what was spent, one thing on each line",
    "decision": "Choose what happens with the money",
    "payments": "Choose the payments that were made",
    "tick": "Choose what you are writing down",
    "check": "Choose what you have seen",
    "outcome": "Choose what comes of it",
    "goals": "Choose how you see each goal, or leave it",
    "questions": "Use fewer words",
}
"""What to do about a field that does not fit."""


@router.get(PATH)
def overview(services: Shared, request: Request, reference: Reference) -> Response:
    """Everything about living one plan."""
    staff = signed_in(services, request, "finance")
    if isinstance(staff, Response):
        return staff
    return shown(services, staff, reference, {}, [])


@router.post(PATH + "/begin")
def send_begin(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Start the plan with every line that may start."""
    given = {"starts": typed.get("starts", ""), "rhythm": typed.get("rhythm") or None}
    return _done(
        services,
        request,
        reference,
        typed,
        "run",
        BeginIn,
        given,
        lambda who, it: living.begin(services, who, reference, it),
    )


@router.post(PATH + "/checks")
def send_tick(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Write down what was seen before a line starts."""
    line, _, check = typed.get("check", "").partition(":")
    given = {
        "line": line,
        "check": check,
        "tick": typed.get("tick", "seen"),
        "on": typed.get("on", ""),
        "note": typed.get("note", ""),
    }
    return _done(
        services,
        request,
        reference,
        typed,
        "run",
        TickIn,
        given,
        lambda who, it: living.tick(services, who, reference, it),
    )


@router.post(PATH + "/lines/{line}/start")
def send_start(services: Shared, request: Request, reference: Reference, line: LineNumber, typed: Typed) -> Response:
    """Start one more line."""
    return _done(
        services,
        request,
        reference,
        typed,
        "run",
        StartLineIn,
        {"on": typed.get("on", "")},
        lambda who, it: living.start_line(services, who, reference, line, it),
    )


@router.post(PATH + "/schedule")
def send_schedule(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Work out anew what is still to be paid."""
    given = {
        "change_from": typed.get("change_from", ""),
        "rhythm": typed.get("rhythm") or None,
        "last": typed.get("last") or None,
        "reason": typed.get("reason", ""),
    }
    return _done(
        services,
        request,
        reference,
        typed,
        "run",
        ScheduleIn,
        given,
        lambda who, it: living.reschedule(services, who, reference, it),
    )


@router.post(PATH + "/payments")
def send_made(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Say that payments were made: every field "paid-1-2" is schedule 1, number 2."""
    numbers = [name.split("-")[1:] for name in typed if name.startswith("paid-") and name.count("-") == 2]
    given = {
        "payments": [{"schedule": schedule, "number": number} for schedule, number in numbers],
        "on": typed.get("on", ""),
    }
    return _done(
        services,
        request,
        reference,
        typed,
        "finance",
        MadeIn,
        given,
        lambda who, it: living.make_payments(services, who, reference, it),
    )


@router.post(PATH + "/spending")
def send_spending(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Write down what was spent; rows that are not certain stay in the box, each with what to do."""
    staff = signed_in(services, request, "finance")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    given = {"text": typed.get("text", ""), "form": typed.get("form", "typed"), "sure": "sure" in typed}
    asked = asked_for(SpendingIn, typed, given)
    if isinstance(asked, list):
        return shown(services, staff, reference, typed, asked)
    try:
        read = spending.spent(services, staff, reference, asked)
    except Problem as problem:
        return _refused(services, staff, reference, typed, problem)
    if not read.not_taken:
        return RedirectResponse(f"/review/drafts/{reference}/living#spending", 303)
    errors = [{"field": "text", "text": f"Row {one.row}: {one.text}"} for one in read.not_taken]
    if read.taken:
        errors.insert(0, {"field": "", "text": f"{read.taken} written down. These are left:"})
    left = "\n".join(one.words for one in read.not_taken)
    if asked.form == "csv" and not left.lower().startswith("date"):
        left = f"{asked.text.partition(chr(10))[0].strip()}\n{left}"
    return shown(services, staff, reference, {**typed, "text": left}, errors)


@router.post(PATH + "/spending/take-back")
def send_take_back(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Take back a spending that was written down by mistake."""
    given = {"spending": typed.get("spending", ""), "reason": typed.get("reason", "")}
    return _done(
        services,
        request,
        reference,
        typed,
        "finance",
        TakeBackIn,
        given,
        lambda who, it: spending.take_back(services, who, reference, it),
    )


@router.post(PATH + "/unspent")
def send_unspent(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Decide what happens with money not spent."""
    given = {"decision": typed.get("decision", ""), "reason": typed.get("reason", "")}
    return _done(
        services,
        request,
        reference,
        typed,
        "run",
        UnspentIn,
        given,
        lambda who, it: spending.decide_unspent(services, who, reference, it),
    )


Day = Annotated[str, Query(max_length=20)]


@router.get("/review/payments")
def payments_page(services: Shared, request: Request, first: Day = "", last: Day = "") -> Response:
    """What is paid between two days, over all cases."""
    staff = signed_in(services, request, "finance")
    if isinstance(staff, Response):
        return staff
    try:
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        found = payments_between(services, staff, days[0], days[1], "payments.viewed")
        errors: Errors = []
    except ValueError:
        found, errors = None, [{"field": "first", "text": ASK["on"]}]
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        found, errors = None, [{"field": "first", "text": problem.detail}]
    return page(
        services.content,
        "review/payments.html",
        422 if errors else 200,
        staff=staff,
        found=found,
        first=first,
        last=last,
        errors=errors,
    )


@router.get("/review/payments.csv")
def payments_table(services: Shared, request: Request, first: Day = "", last: Day = "") -> Response:
    """The same as a table for finance systems."""
    staff = signed_in(services, request, "finance")
    if isinstance(staff, Response):
        return staff
    try:
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
    except ValueError:
        raise Problem(422, "We could not read that", ASK["on"], "/problems/malformed") from None
    found = payments_between(services, staff, days[0], days[1], "payments.exported")
    return csv_response(payments_csv(found), "payments")


def asked_for[Body: BaseModel](shape: type[Body], typed: Mapping[str, str], given: Mapping[str, Any]) -> Body | Errors:
    """What a form asks for; else what does not fit in it, each field once."""
    try:
        return shape.model_validate({**given, "revision": max(0, revision(typed))})
    except ValidationError as error:
        fields = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        return [{"field": field, "text": ASK.get(field, "Choose one of these")} for field in fields]


def shown(
    services: Services,
    staff: Staff,
    reference: str,
    typed: Mapping[str, str],
    errors: Errors,
    status: int | None = None,
) -> HTMLResponse:
    """The overview, with what was typed kept where something was wrong."""
    found = living.living_viewed(services, staff, reference, "finance")
    return page(
        services.content,
        "review/living.html",
        status or (422 if errors else 200),
        staff=staff,
        living=found,
        typed=typed,
        errors=errors,
        today=services.now().date().isoformat(),
        unspent=spending.unspent_words(found),
        names={line.line: line.what or f"Line {line.line}" for line in found.lines},
    )


def _done[Body: BaseModel](
    services: Services,
    request: Request,
    reference: str,
    typed: Mapping[str, str],
    right: Right,
    shape: type[Body],
    given: Mapping[str, Any],
    do: Callable[[Staff, Body], object],
) -> Response:
    """Do what a form asks for and show the plan again; or show what is wrong, with everything that was typed."""
    staff = signed_in(services, request, right)
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    asked = asked_for(shape, typed, given)
    if isinstance(asked, list):
        return shown(services, staff, reference, typed, asked)
    try:
        do(staff, asked)
    except Problem as problem:
        return _refused(services, staff, reference, typed, problem)
    return RedirectResponse(f"/review/drafts/{reference}/living", 303)


def _refused(
    services: Services, staff: Staff, reference: str, typed: Mapping[str, str], problem: Problem
) -> HTMLResponse:
    if problem.status not in (409, 422):
        raise problem
    errors = [{"field": "", "text": f"{problem.title}. {problem.detail}"}]
    return shown(services, staff, reference, typed, errors, problem.status)
