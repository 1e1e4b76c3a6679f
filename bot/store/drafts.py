"""Drafts: one family's answers and where their conversation is. The state is an opaque string to this room."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select, tuple_, update

from bot.store import audit
from bot.store.answers import NewAnswer, words_place
from bot.store.database import NoSuchDraft, Transaction, add, lock_draft, next_seq
from bot.store.messages import mark_applied
from bot.store.references import new_reference, normalise
from bot.store.tables import AnswerRow, AppliedMessageRow, DraftRow, LeaseRow
from bot.store.visibility import Viewer, visible

__all__ = ["Draft", "DraftStatus", "NoSuchDraft", "StaleDraft", "by_reference", "create", "get", "listing", "save"]

DraftStatus = Literal[
    "in_progress",
    "ready",
    "sent",
    "looked_at",
    "returned",
    "agreed",
    "agreed_in_part",
    "not_yet",
    "live",
    "review_due",
    "closed",
]
"""What each means, and which may follow which, is said in :mod:`bot.cases.statuses`."""

SafeContact = Literal["unknown", "yes", "no"]
"""What the family said when asked whether it is safe to contact them here. Unknown counts as no."""


_BY_ID = select(DraftRow).where(DraftRow.id == bindparam("id"))
_APPLIED = select(AppliedMessageRow.revision).where(
    AppliedMessageRow.draft_id == bindparam("draft_id"), AppliedMessageRow.message_id == bindparam("message_id")
)
_CHANGE = update(DraftRow).where(DraftRow.id == bindparam("the_id"))


class StaleDraft(Exception):
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
    safe_contact: SafeContact = "unknown"
    safe_contact_at: datetime | None = None


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
    reference = new_reference(prefix)
    while tx.connection.scalar(select(DraftRow.id).where(DraftRow.reference == reference)) is not None:
        reference = new_reference(prefix)
    draft = Draft(
        id=secrets.token_urlsafe(16),
        reference=reference,
        revision=0,
        questionnaire_id=questionnaire_id,
        questionnaire_version=questionnaire_version,
        stage=stage,
        position=position,
        status="in_progress",
        state=state,
        last_message_id=None,
        pin_set=False,
        created=at,
        updated=at,
    )
    row = {
        "id": draft.id,
        "reference": reference,
        "pin_hash": None,
        "revision": 0,
        "questionnaire_id": questionnaire_id,
        "questionnaire_version": questionnaire_version,
        "stage": stage,
        "position": position,
        "status": draft.status,
        "state_sealed": _seal_state(tx, draft.id, state),
        "last_message_id": None,
        "created": at,
        "updated": at,
    }
    add(tx, DraftRow, row)
    add(tx, LeaseRow, {"draft_id": draft.id, "holder": None, "until": None})
    detail = {"questionnaire": questionnaire_id, "version": questionnaire_version}
    audit.note(tx, at=at, actor=actor, action=audit.DRAFT_CREATED, subject=draft.id, detail=detail)
    return draft


def get(tx: Transaction, draft_id: str) -> Draft:
    """The draft with this id. Raises NoSuchDraft."""
    row = tx.connection.execute(_BY_ID, {"id": draft_id}).first()
    if row is None:
        raise NoSuchDraft(draft_id)
    return _draft(tx, row)


def by_reference(tx: Transaction, reference: str) -> Draft:
    """The draft with this reference, however typed. For staff: a family comes by ``resume``. Raises NoSuchDraft."""
    row = tx.connection.execute(select(DraftRow).where(DraftRow.reference == normalise(reference))).first()
    if row is None:
        raise NoSuchDraft("no draft has this reference")
    return _draft(tx, row)


def listing(
    tx: Transaction,
    *,
    viewer: Viewer | None = None,
    status: DraftStatus | None = None,
    limit: int = 50,
    after: str | None = None,
) -> tuple[Draft, ...]:
    """Drafts, newest first; with a viewer, those that they may see. The next page begins ``after`` the id of this page's
    last draft."""
    query = select(DraftRow)
    if viewer is not None:
        query = query.where(visible(viewer))
    if status is not None:
        query = query.where(DraftRow.status == status)
    if after is not None:
        last = get(tx, after)
        query = query.where(tuple_(DraftRow.created, DraftRow.id) < tuple_(last.created, last.id))
    rows = tx.connection.execute(query.order_by(DraftRow.created.desc(), DraftRow.id.desc()).limit(limit))
    return tuple(_draft(tx, row) for row in rows)


def already_applied(tx: Transaction, draft_id: str, message_id: str) -> bool:
    """Whether this message has changed the draft before, so that it must not count twice."""
    return tx.connection.scalar(_APPLIED, {"draft_id": draft_id, "message_id": message_id}) is not None


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
    changed = {
        "revision": row.revision + 1,
        "state_sealed": _seal_state(tx, draft_id, state),
        "stage": stage,
        "position": position,
        "status": row.status if status is None else status,
        "last_message_id": row.last_message_id if message_id is None else message_id,
        "updated": at,
    }
    tx.connection.execute(_CHANGE, {"the_id": draft_id, **changed})
    if answers:
        _add_answers(tx, row, answers, message_id, at)
    if message_id is not None:
        applied = {"draft_id": draft_id, "message_id": message_id, "revision": changed["revision"], "at": at}
        add(tx, AppliedMessageRow, applied)
        mark_applied(tx, message_id)
    detail: dict[str, audit.Detail] = {
        "revision": changed["revision"],
        "stage": stage,
        "message": message_id,
        "questions": [answer.question_id for answer in answers],
    }
    audit.note(tx, at=at, actor=actor, action=audit_action, subject=draft_id, detail=detail)
    return get(tx, draft_id)


def _add_answers(
    tx: Transaction, draft: Row[Any], answers: Sequence[NewAnswer], message_id: str | None, at: datetime
) -> None:
    first = next_seq(tx, AnswerRow, draft.id)
    rows = [
        {
            "draft_id": draft.id,
            "seq": seq,
            "question_id": answer.question_id,
            "questionnaire_id": draft.questionnaire_id,
            "questionnaire_version": draft.questionnaire_version,
            "level": answer.level,
            "hard_level": answer.hard_level,
            "hard_days": answer.hard_days,
            "status": answer.status,
            "by": answer.by,
            "words_sealed": tx.cipher.seal(answer.words, *words_place(draft.id, seq)),
            "message_id": message_id,
            "at": at,
        }
        for seq, answer in enumerate(answers, start=first)
    ]
    add(tx, AnswerRow, *rows)


def _seal_state(tx: Transaction, draft_id: str, state: str) -> bytes:
    return tx.cipher.seal(state, "drafts.state", draft_id)


def _draft(tx: Transaction, row: Row[Any]) -> Draft:
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
        safe_contact=cast(SafeContact, row.safe_contact),
        safe_contact_at=row.safe_contact_at,
    )
