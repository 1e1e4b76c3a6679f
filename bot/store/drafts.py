"""Drafts: one family's answers and where their conversation is. The state is an opaque string to this room."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import select, tuple_, update

from bot.store import audit
from bot.store.answers import NewAnswer, words_place
from bot.store.database import NoSuchDraft, Transaction, lock_draft, next_seq
from bot.store.references import new_reference, normalise
from bot.store.tables import AnswerRow, AppliedMessageRow, DraftRow, LeaseRow, MessageRow

__all__ = ["Draft", "DraftStatus", "NoSuchDraft", "StaleDraft", "by_reference", "create", "get", "listing", "save"]

DraftStatus = Literal["in_progress", "ready", "closed"]
"""in_progress: the family is answering. ready: there is a result, and a professional can look. closed: it has ended."""


class StaleDraft(Exception):  # noqa: N818
    """Somebody else changed the draft after it was read. Read it again and try once more; nothing was changed."""

    def __init__(self, current_revision: int) -> None:
        super().__init__(f"the draft is at revision {current_revision}")
        self.current_revision = current_revision


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was stored."""

    id: str
    """Opaque and random; never shown to a family."""
    reference: str
    """What the family keeps, e.g. EX-7K3M-9Q2P."""
    revision: int
    questionnaire_id: str
    questionnaire_version: str
    stage: str
    position: int
    status: DraftStatus
    state: str
    last_message_id: str | None
    """The message that changed the draft last."""
    pin_set: bool
    created: datetime
    updated: datetime


def create(
    tx: Transaction,
    *,
    prefix: str,
    questionnaire_id: str,
    questionnaire_version: str,
    state: str,
    stage: str,
    position: int,
    actor: str,
    at: datetime,
) -> Draft:
    """A new draft at revision 0. ``prefix`` is the council's, the first letters of the reference."""
    draft_id = secrets.token_urlsafe(16)
    reference = new_reference(prefix)
    while tx.session.scalar(select(DraftRow.id).where(DraftRow.reference == reference)) is not None:
        reference = new_reference(prefix)
    row = DraftRow(
        id=draft_id,
        reference=reference,
        pin_hash=None,
        revision=0,
        questionnaire_id=questionnaire_id,
        questionnaire_version=questionnaire_version,
        stage=stage,
        position=position,
        status="in_progress",
        state_sealed=_seal_state(tx, draft_id, state),
        last_message_id=None,
        created=at,
        updated=at,
    )
    tx.session.add(row)
    tx.session.flush()
    tx.session.add(LeaseRow(draft_id=draft_id, holder=None, until=None))
    detail = {"questionnaire": questionnaire_id, "version": questionnaire_version}
    audit.note(tx, at=at, actor=actor, action=audit.DRAFT_CREATED, subject=draft_id, detail=detail)
    return _draft(tx, row)


def get(tx: Transaction, draft_id: str) -> Draft:
    """The draft with this id. Raises NoSuchDraft."""
    row = tx.session.get(DraftRow, draft_id)
    if row is None:
        raise NoSuchDraft(draft_id)
    return _draft(tx, row)


def by_reference(tx: Transaction, reference: str) -> Draft:
    """The draft with this reference, however typed. For staff: a family comes by ``resume``. Raises NoSuchDraft."""
    row = tx.session.scalar(select(DraftRow).where(DraftRow.reference == normalise(reference)))
    if row is None:
        raise NoSuchDraft("no draft has this reference")
    return _draft(tx, row)


def listing(
    tx: Transaction, *, status: DraftStatus | None = None, limit: int = 50, after: str | None = None
) -> tuple[Draft, ...]:
    """Drafts, newest first; the next page begins ``after`` the id of this page's last draft."""
    query = select(DraftRow)
    if status is not None:
        query = query.where(DraftRow.status == status)
    if after is not None:
        last = get(tx, after)
        query = query.where(tuple_(DraftRow.created, DraftRow.id) < tuple_(last.created, last.id))
    rows = tx.session.scalars(query.order_by(DraftRow.created.desc(), DraftRow.id.desc()).limit(limit))
    return tuple(_draft(tx, row) for row in rows)


def already_applied(tx: Transaction, draft_id: str, message_id: str) -> bool:
    """Whether this message has changed the draft before, so that it must not count twice."""
    return tx.session.get(AppliedMessageRow, (draft_id, message_id)) is not None


def save(
    tx: Transaction,
    draft_id: str,
    *,
    expected_revision: int,
    state: str,
    stage: str,
    position: int,
    message_id: str | None,
    actor: str,
    at: datetime,
    audit_action: str,
    answers: Sequence[NewAnswer] = (),
    status: DraftStatus | None = None,
) -> Draft:
    """Store one step: the new state, the answers it accepted, the message as applied, and the audit row, all or none.

    A message that was applied before changes nothing, and the stored draft comes back. ``status`` None leaves it as it
    is. Raises StaleDraft when the draft is not at ``expected_revision``, and NoSuchDraft.
    """
    row = lock_draft(tx, draft_id)
    if message_id is not None and already_applied(tx, draft_id, message_id):
        return _draft(tx, row)
    if row.revision != expected_revision:
        raise StaleDraft(row.revision)
    row.revision += 1
    row.state_sealed = _seal_state(tx, draft_id, state)
    row.stage, row.position, row.updated = stage, position, at
    row.status = row.status if status is None else status
    if answers:
        _add_answers(tx, row, answers, message_id, at)
    if message_id is not None:
        row.last_message_id = message_id
        tx.session.add(AppliedMessageRow(draft_id=draft_id, message_id=message_id, revision=row.revision, at=at))
        tx.session.execute(
            update(MessageRow)
            .where(MessageRow.id == message_id, MessageRow.draft_id == draft_id, MessageRow.state == "pending")
            .values(state="applied")
        )
    detail: dict[str, audit.Detail] = {
        "revision": row.revision,
        "stage": stage,
        "message": message_id,
        "questions": [answer.question_id for answer in answers],
    }
    audit.note(tx, at=at, actor=actor, action=audit_action, subject=draft_id, detail=detail)
    tx.session.flush()
    return _draft(tx, row)


def _add_answers(
    tx: Transaction, draft: DraftRow, answers: Sequence[NewAnswer], message_id: str | None, at: datetime
) -> None:
    first = next_seq(tx, AnswerRow, draft.id)
    for seq, answer in enumerate(answers, start=first):
        tx.session.add(
            AnswerRow(
                draft_id=draft.id,
                seq=seq,
                question_id=answer.question_id,
                questionnaire_id=draft.questionnaire_id,
                questionnaire_version=draft.questionnaire_version,
                level=answer.level,
                hard_level=answer.hard_level,
                hard_days=answer.hard_days,
                status=answer.status,
                by=answer.by,
                words_sealed=tx.cipher.seal(answer.words, *words_place(draft.id, seq)),
                message_id=message_id,
                at=at,
            )
        )


def _seal_state(tx: Transaction, draft_id: str, state: str) -> bytes:
    return tx.cipher.seal(state, "drafts.state", draft_id)


def _draft(tx: Transaction, row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        reference=row.reference,
        revision=row.revision,
        questionnaire_id=row.questionnaire_id,
        questionnaire_version=row.questionnaire_version,
        stage=row.stage,
        position=row.position,
        status=cast(DraftStatus, row.status),
        state=tx.cipher.open(row.state_sealed, "drafts.state", row.id),
        last_message_id=row.last_message_id,
        pin_set=row.pin_hash is not None,
        created=row.created,
        updated=row.updated,
    )
