"""Tables of who is signed in, who has ever been, what an unfinished sign-in needs, and forms that came too late."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class StaffSessionRow(Base):
    """A member of staff who signed in. The cookie's value is kept only as a hash; an ended session stays for a day."""

    __tablename__ = "staff_sessions"
    __table_args__ = (Index("ix_staff_sessions_subject", "subject"), Index("ix_staff_sessions_user", "user"))

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    role: Mapped[str]
    teams: Mapped[str] = mapped_column(Text)
    csrf: Mapped[str]
    created: Mapped[datetime]
    last_seen: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)
    subject: Mapped[str | None]
    provider_session: Mapped[str | None]
    ended: Mapped[datetime | None]


class StaffMemberRow(Base):
    """Somebody who has signed in at least once, as they last did: whom a case can be given to."""

    __tablename__ = "staff_members"

    user: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    teams: Mapped[str] = mapped_column(Text)
    name_sealed: Mapped[bytes]
    last_signed_in: Mapped[datetime]


class SignInRow(Base):
    """A sign-in under way at the council's provider. Bound to one browser by a cookie of which only a hash is kept."""

    __tablename__ = "sign_ins"

    cookie_hash: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[str]
    sealed: Mapped[bytes]
    expires: Mapped[datetime] = mapped_column(index=True)


class LateFormRow(Base):
    """A form that arrived after its sender's session had ended, for the same person to see once they are back."""

    __tablename__ = "late_forms"

    id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    path: Mapped[str] = mapped_column(Text)
    body_sealed: Mapped[bytes]
    expires: Mapped[datetime] = mapped_column(index=True)
