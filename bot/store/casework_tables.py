"""Tables of casework: the case, comments, professionals' own answers, moderation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class CaseRow(Base):
    """A draft as professionals hold it. Its status is a column of ``drafts``."""

    __tablename__ = "cases"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    team: Mapped[str] = mapped_column(index=True)
    lead: Mapped[str | None] = mapped_column(index=True)
    revision: Mapped[int]
    opened: Mapped[datetime]
    status_since: Mapped[datetime]
