"""Payments of plans: versions of a schedule, and what finance has made of them.

The newest schedule of a year holds what is still to be made; what was made stays, whatever schedule it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, func, select

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.living_tables import PaymentMadeRow, PaymentRow, PaymentScheduleRow
from bot.store.tables import DraftRow
from bot.store.visibility import Viewer, visible

Cause = Literal["begun", "line_started", "changed", "stopped"]


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment to be kept in a schedule. Money is pence."""

    line: int
    managed_by: str
    """direct_payment, third_party or council; empty where the plan does not say."""
    stream: str
    pay_on: date
    covers_from: date
    covers_to: date
    pence: int
    agreed_pence: int
    """The line's agreed sum, a year or once."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One version of a year's payments."""

    seq: int
    year: int
    decision: int
    rhythm: str
    change_from: date
    """What begins on this day or later was worked out with this version."""
    last: date
    """The last day that is paid for."""
    cause: Cause
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as it stands."""

    draft_id: str
    reference: str
    schedule: int
    number: int
    line: int
    managed_by: str
    stream: str
    pay_on: date
    covers_from: date
    covers_to: date
    pence: int
    agreed_pence: int
    made_on: date | None
    """When finance made it; None while it is still to be made."""


class NotToBeMade(Exception):
    """There is no such payment, it was made before, or a newer schedule has taken its place."""


def add_schedule(
    tx: Transaction,
    draft_id: str,
    payments: Sequence[NewPayment],
    *,
    year: int,
    decision: int,
    rhythm: str,
    change_from: date,
    last: date,
    cause: Cause,
    reason: str,
    by: str,
    at: datetime,
) -> Schedule:
    """Keep a new version of what is still to be paid in a year. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, PaymentScheduleRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "year": year,
        "decision": decision,
        "rhythm": rhythm,
        "change_from": change_from,
        "last": last,
        "cause": cause,
        "by": by,
        "at": at,
        "reason_sealed": tx.cipher.seal(reason, "payment_schedules.reason", f"{draft_id}/{seq}"),
    }
    add(tx, PaymentScheduleRow, row)
    rows = [
        {
            "draft_id": draft_id,
            "schedule": seq,
            "number": number,
            "line": payment.line,
            "managed_by": payment.managed_by,
            "stream": payment.stream,
            "pay_on": payment.pay_on,
            "covers_from": payment.covers_from,
            "covers_to": payment.covers_to,
            "pence": payment.pence,
            "agreed_pence": payment.agreed_pence,
        }
        for number, payment in enumerate(payments, 1)
    ]
    if rows:
        add(tx, PaymentRow, *rows)
    detail: dict[str, audit.Detail] = {
        "schedule": seq,
        "year": year,
        "cause": cause,
        "rhythm": rhythm,
        "payments": len(rows),
        "pence": sum(payment.pence for payment in payments),
    }
    audit.note(tx, at=at, actor=by, action="payments.scheduled", subject=draft_id, detail=detail)
    return Schedule(seq, year, decision, rhythm, change_from, last, cause, by, at, reason)


def schedules(tx: Transaction, draft_id: str) -> tuple[Schedule, ...]:
    """Every version of a plan's payments, oldest first."""
    rows = tx.connection.execute(
        select(PaymentScheduleRow).where(PaymentScheduleRow.draft_id == draft_id).order_by(PaymentScheduleRow.seq)
    )
    return tuple(
        Schedule(
            row.seq,
            row.year,
            row.decision,
            row.rhythm,
            row.change_from,
            row.last,
            row.cause,
            row.by,
            row.at,
            tx.cipher.open(row.reason_sealed, "payment_schedules.reason", f"{draft_id}/{row.seq}"),
        )
        for row in rows
    )


def of_year(tx: Transaction, draft_id: str, year: int) -> tuple[Payment, ...]:
    """The payments of a year as they stand: all that were made, and those still to be made by the newest schedule."""
    query = _standing().where(PaymentRow.draft_id == draft_id, PaymentScheduleRow.year == year)
    return tuple(_payment(row) for row in tx.connection.execute(query))


def between(tx: Transaction, viewer: Viewer, first: date, last: date) -> tuple[Payment, ...]:
    """Payments of the plans that somebody may know of, with a day of payment between two days (both included)."""
    query = _standing().where(PaymentRow.pay_on >= first, PaymentRow.pay_on <= last, visible(viewer))
    return tuple(_payment(row) for row in tx.connection.execute(query))


def made(tx: Transaction, draft_id: str, schedule: int, number: int, *, on: date, by: str, at: datetime) -> None:
    """Write down that a payment was made. Raises NotToBeMade and NoSuchDraft."""
    lock_draft(tx, draft_id)
    query = _standing().where(
        PaymentRow.draft_id == draft_id, PaymentRow.schedule == schedule, PaymentRow.number == number
    )
    row = tx.connection.execute(query).first()
    if row is None or row.made_on is not None:
        raise NotToBeMade(f"{schedule}/{number}")
    add(
        tx,
        PaymentMadeRow,
        {"draft_id": draft_id, "schedule": schedule, "number": number, "on": on, "by": by, "at": at},
    )
    detail: dict[str, audit.Detail] = {
        "schedule": schedule,
        "number": number,
        "on": on.isoformat(),
        "pence": row.pence,
    }
    audit.note(tx, at=at, actor=by, action="payment.made", subject=draft_id, detail=detail)


def _standing() -> Select[PaymentRow, str, date]:
    """Payments that were made, or are in the newest schedule of their year."""
    newer = select(func.max(PaymentScheduleRow.seq).label("seq"), PaymentScheduleRow.draft_id, PaymentScheduleRow.year)
    newest = newer.group_by(PaymentScheduleRow.draft_id, PaymentScheduleRow.year).subquery()
    return (
        select(PaymentRow, DraftRow.reference, PaymentMadeRow.on.label("made_on"))
        .join(
            PaymentScheduleRow,
            and_(PaymentScheduleRow.draft_id == PaymentRow.draft_id, PaymentScheduleRow.seq == PaymentRow.schedule),
        )
        .join(
            newest,
            and_(newest.c.draft_id == PaymentScheduleRow.draft_id, newest.c.year == PaymentScheduleRow.year),
        )
        .join(DraftRow, DraftRow.id == PaymentRow.draft_id)
        .outerjoin(
            PaymentMadeRow,
            and_(
                PaymentMadeRow.draft_id == PaymentRow.draft_id,
                PaymentMadeRow.schedule == PaymentRow.schedule,
                PaymentMadeRow.number == PaymentRow.number,
            ),
        )
        .where((PaymentMadeRow.on.is_not(None)) | (PaymentRow.schedule == newest.c.seq))
        .order_by(PaymentRow.pay_on, DraftRow.reference, PaymentRow.line, PaymentRow.schedule, PaymentRow.number)
    )


def _payment(row: Any) -> Payment:
    return Payment(
        draft_id=row.draft_id,
        reference=row.reference,
        schedule=row.schedule,
        number=row.number,
        line=row.line,
        managed_by=row.managed_by,
        stream=row.stream,
        pay_on=row.pay_on,
        covers_from=row.covers_from,
        covers_to=row.covers_to,
        pence=row.pence,
        agreed_pence=row.agreed_pence,
        made_on=row.made_on,
    )
