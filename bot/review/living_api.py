"""The review API of plans that are lived: start, checks, payments for finance, spending, money not spent."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from bot.cases.csv_text import csv_text, money_cell
from bot.gateway.api import Shared, problems
from bot.gateway.problems import malformed
from bot.gateway.services import Services
from bot.review import living, spending
from bot.review.access import Staff, sent_from_here, viewer, with_right
from bot.review.lived import rules_on
from bot.review.living_record import payment_out
from bot.review.living_wire import (
    BeginIn,
    LivingOut,
    MadeIn,
    PaymentList,
    ScheduleIn,
    SpendingIn,
    SpendingTaken,
    StartLineIn,
    TakeBackIn,
    TickIn,
    UnspentIn,
)
from bot.store import audit, payments

router = APIRouter(prefix="/api/v1/review", tags=["Review: living the plan"])

Runs = Annotated[Staff, Depends(with_right("run"))]
Finance = Annotated[Staff, Depends(with_right("finance"))]
Reference = Annotated[str, Path(max_length=40)]
LineNumber = Annotated[int, Path(ge=0, le=1_000_000)]
LONGEST_DAYS = 800
"""Days that one list of payments may span."""

_ANSWERS = problems(401, 403, 404, 409, 422)
_CSV: dict[int | str, dict[str, object]] = {200: {"description": "A table", "content": {"text/csv": {}}}}


@router.get("/drafts/{reference}/living", responses=problems(401, 403, 404, 409))
def read_living(services: Shared, staff: Finance, reference: Reference) -> LivingOut:
    """The plan as it is lived: lines, checks, payments, spending, money not spent. That it was read is written down."""
    return living.living_viewed(services, staff, reference, "finance")


@router.post("/drafts/{reference}/living", responses=_ANSWERS)
def begin(services: Shared, staff: Runs, request: Request, reference: Reference, asked: BeginIn) -> LivingOut:
    """The plan goes live. Lines whose checks are not there yet do not start; others go on."""
    sent_from_here(services, request)
    return living.begin(services, staff, reference, asked)


@router.post("/drafts/{reference}/living/checks", responses=_ANSWERS)
def tick(services: Shared, staff: Runs, request: Request, reference: Reference, asked: TickIn) -> LivingOut:
    """Say in your own name what you have seen before a line starts."""
    sent_from_here(services, request)
    return living.tick(services, staff, reference, asked)


@router.post("/drafts/{reference}/living/lines/{line}/start", responses=_ANSWERS)
def start_line(
    services: Shared, staff: Runs, request: Request, reference: Reference, line: LineNumber, asked: StartLineIn
) -> LivingOut:
    """One more line starts. Refused until everything that it needs was seen."""
    sent_from_here(services, request)
    return living.start_line(services, staff, reference, line, asked)


@router.post("/drafts/{reference}/living/schedule", responses=_ANSWERS)
def reschedule(services: Shared, staff: Runs, request: Request, reference: Reference, asked: ScheduleIn) -> LivingOut:
    """A new version of what is still to be paid. What was paid stays."""
    sent_from_here(services, request)
    return living.reschedule(services, staff, reference, asked)


@router.post("/drafts/{reference}/payments/made", responses=_ANSWERS)
def made(services: Shared, staff: Finance, request: Request, reference: Reference, asked: MadeIn) -> LivingOut:
    """Say that payments were made. Each is made once."""
    sent_from_here(services, request)
    return living.make_payments(services, staff, reference, asked)


@router.post("/drafts/{reference}/spending", responses=_ANSWERS)
def spent(services: Shared, staff: Finance, request: Request, reference: Reference, asked: SpendingIn) -> SpendingTaken:
    """Write down what was spent. Rows that are not certain come back with what to do about each."""
    sent_from_here(services, request)
    return spending.spent(services, staff, reference, asked)


@router.post("/drafts/{reference}/spending/take-back", responses=_ANSWERS)
def take_back(services: Shared, staff: Finance, request: Request, reference: Reference, asked: TakeBackIn) -> LivingOut:
    """Take back a spending that was written down by mistake."""
    sent_from_here(services, request)
    return spending.take_back(services, staff, reference, asked)


@router.post("/drafts/{reference}/unspent", responses=_ANSWERS)
def unspent(services: Shared, staff: Runs, request: Request, reference: Reference, asked: UnspentIn) -> LivingOut:
    """Decide what happens with money that was not spent."""
    sent_from_here(services, request)
    return spending.decide_unspent(services, staff, reference, asked)


First = Annotated[date | None, Query(description="First day of payment; the first of this month if left out.")]
Last = Annotated[date | None, Query(description="Last day of payment; 31 days after the first if left out.")]


@router.get("/payments", responses=problems(401, 403, 409, 422))
def list_payments(services: Shared, staff: Finance, first: First = None, last: Last = None) -> PaymentList:
    """What is paid between two days, over all cases: what was made, and what is to be made."""
    return payments_between(services, staff, first, last, "payments.viewed")


@router.get("/payments.csv", response_class=Response, responses=_CSV | problems(401, 403, 409, 422))
def payments_file(services: Shared, staff: Finance, first: First = None, last: Last = None) -> Response:
    """The same as a table for finance systems: references and numbers, no names. That it was taken is written down."""
    found = payments_between(services, staff, first, last, "payments.exported")
    return csv_response(payments_csv(found), "payments")


def payments_between(
    services: Services, staff: Staff, first: date | None, last: date | None, action: str
) -> PaymentList:
    """Payments between two days, and the audit line that says who read them. Raises Problem 409 and 422."""
    today = services.now().date()
    try:
        first = first or today.replace(day=1)
        last = last or date.fromordinal(first.toordinal() + 31)
        days = last.toordinal() - first.toordinal()
    except (ValueError, OverflowError):
        raise malformed("Choose days that a calendar has.") from None
    if not 0 <= days <= LONGEST_DAYS:
        raise malformed(f"The last day comes after the first, by at most {LONGEST_DAYS} days.")
    rules = rules_on(services.content, today)
    with services.database.write() as tx:
        found = payments.between(tx, viewer(services.content, staff), first, last)
        detail: dict[str, audit.Detail] = {"first": first.isoformat(), "last": last.isoformat(), "count": len(found)}
        audit.note(tx, at=services.now(), actor=staff.user, action=action, subject="all", detail=detail)
    lines = [payment_out(one, rules) for one in found]
    return PaymentList(payments=lines, total_pence=sum(one.pence for one in lines))


def payments_csv(found: PaymentList) -> str:
    """The table that finance takes."""
    heads = [
        "reference",
        "payment",
        "line",
        "managed_by",
        "stream",
        "pay_on",
        "covers_from",
        "covers_to",
        "amount_gbp",
        "financial_year",
        "made_on",
    ]
    rows = (
        (
            one.reference,
            f"{one.reference}-{one.schedule}-{one.number}",
            one.line,
            one.managed_by,
            one.stream,
            one.pay_on,
            one.covers_from,
            one.covers_to,
            money_cell(one.pence),
            one.financial_year,
            one.made_on,
        )
        for one in found.payments
    )
    return csv_text(heads, rows)


def csv_response(text: str, name: str) -> Response:
    """A table as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "private, no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
