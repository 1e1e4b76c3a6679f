"""Tables of numbers, opt-outs and messages on their way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


def _number_key() -> Mapped[str]:
    return mapped_column(ForeignKey("channel_numbers.id", ondelete="CASCADE"))


class NumberRow(Base):
    """Somebody who writes through one door: found by a keyed hash of their number, which is kept sealed to answer it.

    It says which conversation they are in, and nothing of who they are. Until ``until`` its messages are somebody's
    work, or wait for another try.
    """

    __tablename__ = "channel_numbers"
    __table_args__ = (UniqueConstraint("door", "address_hash"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    door: Mapped[str]
    address_hash: Mapped[str]
    address_sealed: Mapped[bytes]
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    state_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    written: Mapped[datetime]
    holder: Mapped[str | None]
    until: Mapped[datetime | None]
    created: Mapped[datetime]


class InboundRow(Base):
    """One message as a provider brought it. Its words are kept until they have been dealt with."""

    __tablename__ = "channel_inbound"
    __table_args__ = (
        Index("ix_channel_inbound_number_id_state", "number_id", "state"),
        Index("ix_channel_inbound_state_id", "state", "id"),
        CheckConstraint("state IN ('pending', 'done', 'failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number_id: Mapped[str] = _number_key()
    state: Mapped[str]
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    shown: Mapped[str | None]
    sent_at: Mapped[datetime]
    at: Mapped[datetime]
    tries: Mapped[int]


class BroughtRow(Base):
    """That a provider has brought a message, by the keyed hash of its id, so that a repeat brings nothing. It outlives the
    message, also one whose draft was erased: else the same message, brought again, would begin a new one."""

    __tablename__ = "channel_brought"

    door: Mapped[str] = mapped_column(primary_key=True)
    id_hash: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class TextOutRow(Base):
    """One message on its way to a number. Its words are gone once it has arrived, or never will."""

    __tablename__ = "channel_out"
    __table_args__ = (
        UniqueConstraint("cause", "part"),
        Index("ix_channel_out_state_next_try", "state", "next_try"),
        Index("ix_channel_out_number_id_created", "number_id", "created"),
        CheckConstraint(
            "state IN ('queued', 'sending', 'unsure', 'sent', 'delivered', 'failed', 'withdrawn')", name="state"
        ),
        CheckConstraint("purpose IN ('reply', 'opt_out')", name="purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    number_id: Mapped[str] = _number_key()
    cause: Mapped[str]
    part: Mapped[int]
    purpose: Mapped[str]
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_hash: Mapped[str]
    place: Mapped[str | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    provider_hash: Mapped[str | None] = mapped_column(index=True)
    tries: Mapped[int]
    next_try: Mapped[datetime]
    created: Mapped[datetime]
    settled: Mapped[datetime | None]


class SuppressionRow(Base):
    """A number that wrote STOP, by its keyed hash alone. It outlives every draft."""

    __tablename__ = "channel_suppressions"

    channel: Mapped[str] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
