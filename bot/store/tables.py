"""The tables, as SQLAlchemy models. Only this room sees them; what leaves it are frozen dataclasses.
They are read and written as plain rows, without ORM sessions: a turn makes many small statements, and those cost half.

Columns named ``*_sealed`` hold text encrypted by :mod:`bot.store.crypto`. Times are UTC.
Triggers that refuse changes to answers, sent plans and the audit are in ``migrations/``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. A time without a zone is refused, as nobody could say later what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times in the store need a time zone, e.g. datetime.now(UTC)")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        datetime: UtcDateTime,
        str: String(200),
        bytes: LargeBinary,
    }


def _draft_key(*, primary_key: bool = False) -> Mapped[str]:
    return mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=primary_key)


class DraftRow(Base):
    """One family's draft: where the conversation is, and its state as an opaque encrypted string."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index("ix_drafts_created_id", "created", "id"),
        Index("ix_drafts_status_created_id", "status", "created", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str | None]
    revision: Mapped[int]
    questionnaire_id: Mapped[str]
    questionnaire_version: Mapped[str]
    stage: Mapped[str]
    position: Mapped[int]
    status: Mapped[str]
    state_sealed: Mapped[bytes]
    last_message_id: Mapped[str | None]
    created: Mapped[datetime]
    updated: Mapped[datetime]
    safe_contact: Mapped[str] = mapped_column(server_default="unknown")
    safe_contact_at: Mapped[datetime | None]


class AppliedMessageRow(Base):
    """A message that has changed its draft. A second arrival of the same one changes nothing."""

    __tablename__ = "applied_messages"

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    at: Mapped[datetime]


class AnswerRow(Base):
    """One accepted answer, never changed afterwards: a changed mind is a new row."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_draft_id_question_id_seq", "draft_id", "question_id", "seq"),)

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str]
    questionnaire_id: Mapped[str]
    questionnaire_version: Mapped[str]
    level: Mapped[int | None]
    hard_level: Mapped[int | None]
    hard_days: Mapped[int | None]
    status: Mapped[str]
    by: Mapped[str]
    words_sealed: Mapped[bytes]
    message_id: Mapped[str | None]
    at: Mapped[datetime]


class ConversationRow(Base):
    """One device or channel of one member, talking about a draft. Its token is kept only as a hash."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    language: Mapped[str]
    shown_step: Mapped[str | None]
    created: Mapped[datetime]
    member: Mapped[str] = mapped_column(server_default="m1")


class MessageRow(Base):
    """One message in or out, in the order of its draft."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("draft_id", "seq"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("state IN ('pending', 'applied', 'kept')", name="state"),
        Index("ix_messages_draft_id_state_seq", "draft_id", "state", "seq"),
        UniqueConstraint("conversation_id", "key_hash"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int]
    direction: Mapped[str]
    state: Mapped[str]
    body_sealed: Mapped[bytes]
    key_hash: Mapped[str | None]
    at: Mapped[datetime]


class ReplyRow(Base):
    """The reply that was given to an Idempotency-Key, so that a repeat gets it again."""

    __tablename__ = "replies"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    response_sealed: Mapped[bytes]
    at: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class LeaseRow(Base):
    """Who holds the turn of a draft, and until when. One row for each draft, made with it."""

    __tablename__ = "turn_leases"

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    holder: Mapped[str | None]
    until: Mapped[datetime | None]


class AllocationRow(Base):
    """One result of the allocation service for a draft, whole and encrypted."""

    __tablename__ = "allocations"

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    answers_hash: Mapped[str]
    result_sealed: Mapped[bytes]
    amount_pence: Mapped[int | None]
    status: Mapped[str]
    questionnaire: Mapped[str]
    tables: Mapped[str] = mapped_column(Text)


class MemberRow(Base):
    """Somebody who was invited to take part in a plan. Without a hash their code was withdrawn."""

    __tablename__ = "plan_members"

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    member_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    code_hash: Mapped[str | None]
    created: Mapped[datetime]
    joined: Mapped[datetime | None]
    invited_by: Mapped[str]


class PlanVersionRow(Base):
    """A plan as it was sent, whole and encrypted, never changed afterwards."""

    __tablename__ = "plan_versions"

    draft_id: Mapped[str] = _draft_key(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    fingerprint: Mapped[str]
    body_sealed: Mapped[bytes]
    total_pence: Mapped[int] = mapped_column(BigInteger)
    guide_pence: Mapped[int | None] = mapped_column(BigInteger)
    by: Mapped[str]
    questionnaire: Mapped[str]
    tables: Mapped[str] = mapped_column(Text)
    script: Mapped[str]
    rules: Mapped[str]


class SafetyEventRow(Base):
    """Something said that a person must look at. Holds ids, never the words."""

    __tablename__ = "safety_events"
    __table_args__ = (
        ForeignKeyConstraint(["message_id"], ["messages.id"], ondelete="CASCADE"),
        Index("ix_safety_events_draft_id_level", "draft_id", "level"),
        Index("ix_safety_events_alert_at", "alert", "at"),
        UniqueConstraint("message_id", "rule_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = _draft_key()
    message_id: Mapped[str]
    level: Mapped[str]
    rule_id: Mapped[str]
    text_id: Mapped[str]
    at: Mapped[datetime]
    alert: Mapped[str]
    urgency: Mapped[str] = mapped_column(server_default="immediate")
    picked_up_by: Mapped[str | None]
    picked_up_at: Mapped[datetime | None]
    note_sealed: Mapped[bytes | None]


class DeliveryRow(Base):
    """One message about an alert, on its way to the people on duty by one route. Holds no personal text."""

    __tablename__ = "alert_outbox"
    __table_args__ = (
        UniqueConstraint("event_id", "route", "number"),
        Index("ix_alert_outbox_state_next_try", "state", "next_try"),
        CheckConstraint("state IN ('queued', 'sent', 'failed', 'withdrawn')", name="state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("safety_events.id", ondelete="CASCADE"))
    route: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str]
    tries: Mapped[int]
    created: Mapped[datetime] = mapped_column(index=True)
    next_try: Mapped[datetime]
    settled: Mapped[datetime | None]


class CallBackRow(Base):
    """A family's wish that a person calls them, with the message that said so."""

    __tablename__ = "call_back_requests"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]


class ServiceLeaseRow(Base):
    """Which service process does a job that only one may do, and until when. One row for each job, made by migration."""

    __tablename__ = "service_leases"

    job: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str | None]
    until: Mapped[datetime | None]


class ResumeAttemptRow(Base):
    """A wrong reference or PIN, counted by keyed hashes of the reference and of who asked."""

    __tablename__ = "resume_attempts"
    __table_args__ = (Index("ix_resume_attempts_kind_hash_at", "kind", "hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Base):
    """One line of the audit, chained to the line before it by its hash."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject_seq", "subject", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str]
    hash: Mapped[str]


class AuditHeadRow(Base):
    """The last line of the audit, sealed with a keyed hash: a tail cut off the chain no longer matches it."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
    seal: Mapped[str]
