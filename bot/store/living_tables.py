"""Tables of a plan that is lived: its years, checks before a start, payments, spending, money not spent, looking back.

Rows are added and never changed; they go only together with their draft. Triggers in ``migrations/`` see to that.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


def _draft_key() -> Mapped[str]:
    return mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)


class PlanYearRow(Base):
    """A year of a plan that was begun, with the decision it rests on."""

    __tablename__ = "plan_years"

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[date]
    decision: Mapped[int]
    plan_version: Mapped[int]
    rules: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class LineCheckRow(Base):
    """Somebody saw, or left out, or took back, something that is needed before a line starts."""

    __tablename__ = "line_checks"
    __table_args__ = (CheckConstraint("tick IN ('seen', 'left_out', 'taken_back')", name="tick"),)

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    check: Mapped[str]
    tick: Mapped[str]
    on: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]
    note_sealed: Mapped[bytes]


class LineStartRow(Base):
    """A line of a plan's year that has started."""

    __tablename__ = "line_starts"

    draft_id: Mapped[str] = _draft_key()
    year: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]


class PaymentScheduleRow(Base):
    """A version of a year's payments; the newest holds, with those of older ones that were made."""

    __tablename__ = "payment_schedules"

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    decision: Mapped[int]
    rhythm: Mapped[str]
    change_from: Mapped[date]
    last: Mapped[date]
    cause: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    reason_sealed: Mapped[bytes]


class PaymentRow(Base):
    """One payment of a schedule."""

    __tablename__ = "payments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draft_id", "schedule"], ["payment_schedules.draft_id", "payment_schedules.seq"], ondelete="CASCADE"
        ),
        CheckConstraint("pence > 0", name="pence"),
        Index("ix_payments_pay_on", "pay_on"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    schedule: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    managed_by: Mapped[str]
    stream: Mapped[str]
    pay_on: Mapped[date]
    covers_from: Mapped[date]
    covers_to: Mapped[date]
    pence: Mapped[int] = mapped_column(BigInteger)
    agreed_pence: Mapped[int] = mapped_column(BigInteger)


class PaymentMadeRow(Base):
    """A payment that finance has made."""

    __tablename__ = "payments_made"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draft_id", "schedule", "number"],
            ["payments.draft_id", "payments.schedule", "payments.number"],
            ondelete="CASCADE",
        ),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    schedule: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]


class SpendingRow(Base):
    """Money spent on a line, or (with ``takes_back``) one that was written down by mistake."""

    __tablename__ = "spendings"

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    on: Mapped[date]
    pence: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    takes_back: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]
    words_sealed: Mapped[bytes]


class UnspentRow(Base):
    """What a named person decided about money that was not spent, beside what the plan's rule gives."""

    __tablename__ = "unspent_decisions"
    __table_args__ = (CheckConstraint("decision IN ('keep', 'pay_back', 'discuss')", name="decision"),)

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    pence: Mapped[int] = mapped_column(BigInteger)
    rule: Mapped[str]
    decision: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    reason_sealed: Mapped[bytes]


class ReviewRow(Base):
    """A looking back, or a quick review, that was opened. How far it is are its steps."""

    __tablename__ = "reviews"
    __table_args__ = (CheckConstraint("kind IN ('first', 'yearly', 'quick', 'other')", name="kind"),)

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    cause: Mapped[str]
    due: Mapped[date]
    by: Mapped[str]
    at: Mapped[datetime]
    words_sealed: Mapped[bytes]


class ReviewStepRow(Base):
    """What happened in a review: the family told how it went, the outcome."""

    __tablename__ = "review_steps"
    __table_args__ = (
        ForeignKeyConstraint(["draft_id", "review"], ["reviews.draft_id", "reviews.seq"], ondelete="CASCADE"),
        CheckConstraint("step IN ('told', 'outcome')", name="step"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str]
    outcome: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    reason_sealed: Mapped[bytes]


class ReviewWordsRow(Base):
    """What somebody said in a review about one goal or one question; a changed mind is a new row."""

    __tablename__ = "review_words"
    __table_args__ = (
        ForeignKeyConstraint(["draft_id", "review"], ["reviews.draft_id", "reviews.seq"], ondelete="CASCADE"),
        CheckConstraint("voice IN ('child', 'family', 'professional')", name="voice"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    voice: Mapped[str]
    choice: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    words_sealed: Mapped[bytes]
