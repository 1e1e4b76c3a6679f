"""Tables of casework: the case, comments, professionals' own answers, moderation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Text, UniqueConstraint
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


class ProfessionalAnswerRow(Base):
    """A professional's own answer to a question, never changed afterwards: another view is a new row."""

    __tablename__ = "professional_answers"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str]
    questionnaire: Mapped[str]
    level: Mapped[int | None]
    hard_level: Mapped[int | None]
    hard_days: Mapped[int | None]
    status: Mapped[str]
    by: Mapped[str]
    role: Mapped[str]
    reason_sealed: Mapped[bytes]
    rests_on_sealed: Mapped[bytes]
    at: Mapped[datetime]


class AgreedLevelRow(Base):
    """The level of one question that a named person agreed on, over answers that are named by ``basis``."""

    __tablename__ = "agreed_levels"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str]
    questionnaire: Mapped[str]
    level: Mapped[int]
    basis: Mapped[str]
    by: Mapped[str]
    role: Mapped[str]
    reason_sealed: Mapped[bytes]
    at: Mapped[datetime]


class ModeratedAllocationRow(Base):
    """A guide amount from agreed levels, beside the family's own and never in its place."""

    __tablename__ = "moderated_allocations"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    answers_hash: Mapped[str]
    result_sealed: Mapped[bytes]
    amount_pence: Mapped[int | None] = mapped_column(BigInteger)
    family_amount_pence: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str]
    questionnaire: Mapped[str]
    tables: Mapped[str] = mapped_column(Text)


class BudgetRouteRow(Base):
    """Which route a named person chose for a case: a small budget, or the full one. Another choice is a new row."""

    __tablename__ = "budget_routes"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    route: Mapped[str]
    policy: Mapped[str]
    reason_sealed: Mapped[bytes]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime]


class RegisterEntryRow(Base):
    """One line of the risk and opportunity register, about a case or in general. What replaces it names it."""

    __tablename__ = "register_entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    tags: Mapped[str] = mapped_column(Text)
    body_sealed: Mapped[bytes]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    review_by: Mapped[date | None]
    replaces: Mapped[str | None] = mapped_column(unique=True)


class CommentRow(Base):
    """What a professional noted on a part of a draft. A deleted one keeps its row, without its words."""

    __tablename__ = "comments"
    __table_args__ = (UniqueConstraint("draft_id", "seq"), UniqueConstraint("draft_id", "request_key"))

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    seq: Mapped[int]
    request_key: Mapped[str | None]
    about: Mapped[str]
    version: Mapped[int | None]
    asks: Mapped[str]
    words_sealed: Mapped[bytes]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    deleted_by: Mapped[str | None]
    deleted_at: Mapped[datetime | None]


class ReturnRow(Base):
    """One time that a plan went back to its family with questions."""

    __tablename__ = "plan_returns"
    __table_args__ = (UniqueConstraint("draft_id", "request_key"),)

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    request_key: Mapped[str | None]
    version: Mapped[int]
    by: Mapped[str]
    role: Mapped[str]
    at: Mapped[datetime]


class ReturnedQuestionRow(Base):
    """A question as it was put before the family, word for word."""

    __tablename__ = "returned_questions"

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    return_seq: Mapped[int]
    place: Mapped[int]
    comment_id: Mapped[str | None]
    section: Mapped[str]
    wants_change: Mapped[bool]
    words_sealed: Mapped[bytes]


class ReturnEventRow(Base):
    """What came of a return: a reply, a change, a question taken back, the plan sent again."""

    __tablename__ = "return_events"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    return_seq: Mapped[int]
    question_id: Mapped[str | None]
    kind: Mapped[str]
    by: Mapped[str]
    words_sealed: Mapped[bytes]
    at: Mapped[datetime]
