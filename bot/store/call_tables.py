"""Tables of telephone calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class CallRow(Base):
    """One telephone call, by the keyed hash of its provider's id. The number that calls is kept nowhere."""

    __tablename__ = "calls"

    id: Mapped[str] = mapped_column(primary_key=True)
    sid_hash: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    turn: Mapped[int]
    holder: Mapped[str | None]
    """Who is answering the caller right now; see ``leases``."""
    until: Mapped[datetime | None]
    state_sealed: Mapped[bytes]
    reply_sealed: Mapped[bytes]
    created: Mapped[datetime] = mapped_column(index=True)
    updated: Mapped[datetime]
