"""Tables of legal holds, receipts of what was erased, notices."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class NoticeRow(Base):
    """One piece of news on its way to one person or team by one route. Holds no words: they are content."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("draft_id", "event", "audience", "recipient", "route"),
        Index("ix_notices_state_next_try", "state", "next_try"),
        CheckConstraint("audience IN ('family', 'staff')", name="audience"),
        CheckConstraint("route IN ('conversation', 'sms', 'email')", name="route"),
        CheckConstraint("state IN ('queued', 'sent', 'failed', 'withdrawn')", name="state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    audience: Mapped[str]
    recipient: Mapped[str]
    kind: Mapped[str]
    event: Mapped[str]
    route: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int]
    created: Mapped[datetime] = mapped_column(index=True)
    next_try: Mapped[datetime]
    settled: Mapped[datetime | None]


class NewsAddressRow(Base):
    """Where one member of a family said that they may be told of news. Without an address they said stop, or no."""

    __tablename__ = "news_addresses"
    __table_args__ = (CheckConstraint("route IN ('sms', 'email')", name="route"),)

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str | None]
    address_sealed: Mapped[bytes | None]
    asked: Mapped[datetime]
    confirmed: Mapped[datetime | None]


class HoldRow(Base):
    """A legal hold: this family's records must not be deleted until somebody lifts it."""

    __tablename__ = "legal_holds"

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    why_sealed: Mapped[bytes]
    placed: Mapped[datetime]
    placed_by: Mapped[str]
    review_on: Mapped[date] = mapped_column(Date)
    lifted: Mapped[datetime | None]
    lifted_by: Mapped[str | None]
    lifted_why_sealed: Mapped[bytes | None]


class ReceiptRow(Base):
    """What was deleted, how much, when and by whom; never what it said. Not changed or deleted afterwards."""

    __tablename__ = "deletion_receipts"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str]
    cause: Mapped[str]
    record_class: Mapped[str]
    subject: Mapped[str | None] = mapped_column(index=True)
    reference_hash: Mapped[str | None] = mapped_column(index=True)
    reason_sealed: Mapped[bytes | None]
    rows: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
