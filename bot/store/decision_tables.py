"""Tables of decisions: what was proposed and signed, letters, the family's answer to it, and draws on the contingency.

Rows are added and never changed; they go only together with their draft. Triggers in ``migrations/`` see to that.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


def _draft_key() -> Mapped[str]:
    return mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)


def _of_decision(name: str = "decision") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["draft_id", name], ["decisions.draft_id", "decisions.seq"], ondelete="CASCADE")


class DecisionRow(Base):
    """One proposal for a decision, whole, bound to what it rests on. What became of it are its steps."""

    __tablename__ = "decisions"
    __table_args__ = (CheckConstraint("outcome IN ('agree', 'agree_in_part', 'refuse_for_now')", name="outcome"),)

    draft_id: Mapped[str] = _draft_key()
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    final_pence: Mapped[int | None] = mapped_column(BigInteger)
    guide_pence: Mapped[int | None] = mapped_column(BigInteger)
    contingency_pence: Mapped[int] = mapped_column(BigInteger)
    route: Mapped[str]
    plan_version: Mapped[int]
    parts: Mapped[str] = mapped_column(Text)
    bound: Mapped[str]
    policy: Mapped[str]
    proposed_by: Mapped[str]
    proposed_role: Mapped[str]
    amount_by: Mapped[str]
    panel: Mapped[str] = mapped_column(Text)
    look_again: Mapped[int | None]
    words_sealed: Mapped[bytes]


class DecisionLineRow(Base):
    """What was decided about one line of the plan."""

    __tablename__ = "decision_lines"
    __table_args__ = (
        _of_decision(),
        CheckConstraint("verdict IN ('agreed', 'changed', 'not_now')", name="verdict"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    decision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[str]
    asked_pence: Mapped[int | None] = mapped_column(BigInteger)
    agreed_pence: Mapped[int] = mapped_column(BigInteger)
    one_off: Mapped[bool]
    stream: Mapped[str]
    legal_basis: Mapped[str]
    managed_by: Mapped[str | None]
    words_sealed: Mapped[bytes]


class DecisionStepRow(Base):
    """What somebody did with a proposal: voted, signed it, sent it back, took it back."""

    __tablename__ = "decision_steps"
    __table_args__ = (
        _of_decision(),
        CheckConstraint("step IN ('voted_for', 'voted_against', 'signed', 'sent_back', 'withdrawn')", name="step"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    decision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    user: Mapped[str]
    role: Mapped[str]
    step: Mapped[str]
    bound: Mapped[str]
    reason_sealed: Mapped[bytes]


class LetterRow(Base):
    """The letter about a signed decision as one reader got it, whole and encrypted, with the hash of its words."""

    __tablename__ = "decision_letters"
    __table_args__ = (_of_decision(),)

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    decision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reader: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    question_by: Mapped[date]
    fingerprint: Mapped[str]
    body_sealed: Mapped[bytes]


class FamilyAnswerRow(Base):
    """What a family said to a decision: read, agreed, or asked for another look."""

    __tablename__ = "family_answers"
    __table_args__ = (
        _of_decision(),
        CheckConstraint("kind IN ('read', 'agreed', 'look_again')", name="kind"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decision: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str]
    member: Mapped[str]
    role: Mapped[str]
    bound: Mapped[str]
    reply_by: Mapped[date | None]
    words_sealed: Mapped[bytes]


class ContingencyRequestRow(Base):
    """Money wanted out of a plan's contingency."""

    __tablename__ = "contingency_requests"
    __table_args__ = (_of_decision(), CheckConstraint("pence > 0", name="pence"))

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decision: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    pence: Mapped[int] = mapped_column(BigInteger)
    cause: Mapped[str]
    reason_sealed: Mapped[bytes]


class ContingencyAnswerRow(Base):
    """What somebody else said to such a request."""

    __tablename__ = "contingency_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draft_id", "request"], ["contingency_requests.draft_id", "contingency_requests.seq"], ondelete="CASCADE"
        ),
        CheckConstraint("left_pence >= 0", name="left_pence"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]
    role: Mapped[str]
    agreed: Mapped[bool]
    left_pence: Mapped[int] = mapped_column(BigInteger)
    reason_sealed: Mapped[bytes]
