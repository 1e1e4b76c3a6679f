"""Comments of professionals on a draft. One that is deleted leaves its mark: who, when and about what, not its words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.store import cases
from bot.store.casework_tables import CommentRow
from bot.store.database import Transaction, add, next_seq

_OF_DRAFT = select(CommentRow).where(CommentRow.draft_id == bindparam("draft_id")).order_by(CommentRow.seq)
_ONE = select(CommentRow).where(CommentRow.draft_id == bindparam("draft_id"), CommentRow.id == bindparam("id"))
_BY_KEY = select(CommentRow).where(
    CommentRow.draft_id == bindparam("draft_id"), CommentRow.request_key == bindparam("key")
)


class NoSuchComment(LookupError):
    """The draft has no comment with this id."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment."""

    id: str
    seq: int
    """From 1, without gaps, in a draft."""
    about: str
    """What it is about, as :mod:`bot.cases.comments` writes it."""
    version: int | None
    """The version of the plan that was the latest when it was written; None before one was sent."""
    asks: str
    words: str
    """Empty once it was deleted."""
    by: str
    role: str
    at: datetime
    resolved_by: str | None
    resolved_at: datetime | None
    deleted_by: str | None
    deleted_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it still waits for something."""
        return self.resolved_at is None and self.deleted_at is None


def write(
    tx: Transaction,
    draft_id: str,
    *,
    about: str,
    asks: str,
    words: str,
    version: int | None,
    by: str,
    role: str,
    at: datetime,
    expected_revision: int | None = None,
    request_key: str | None = None,
) -> Comment:
    """Add a comment. The same form sent again (``request_key``) finds the first one and adds nothing.

    Raises StaleCase and NoSuchCase.
    """
    if request_key is not None:
        first = tx.connection.execute(_BY_KEY, {"draft_id": draft_id, "key": request_key}).first()
        if first is not None:
            return _comment(tx, first)
    comment_id = secrets.token_urlsafe(9)
    detail = {"comment": comment_id, "about": about, "asks": asks}
    cases.change(
        tx, draft_id, expected_revision=expected_revision, actor=by, action="comment.written", at=at, detail=detail
    )
    row = {
        "id": comment_id,
        "draft_id": draft_id,
        "seq": next_seq(tx, CommentRow, draft_id),
        "request_key": request_key,
        "about": about,
        "version": version,
        "asks": asks,
        "words_sealed": tx.cipher.seal(words, "comments.words", comment_id),
        "by": by,
        "role": role,
        "at": at,
        "resolved_by": None,
        "resolved_at": None,
        "deleted_by": None,
        "deleted_at": None,
    }
    add(tx, CommentRow, row)
    return get(tx, draft_id, comment_id)


def get(tx: Transaction, draft_id: str, comment_id: str) -> Comment:
    """One comment of a draft. Raises NoSuchComment."""
    row = tx.connection.execute(_ONE, {"draft_id": draft_id, "id": comment_id}).first()
    if row is None:
        raise NoSuchComment(comment_id)
    return _comment(tx, row)


def of_draft(tx: Transaction, draft_id: str) -> tuple[Comment, ...]:
    """Every comment on a draft, oldest first; deleted ones without their words."""
    return tuple(_comment(tx, row) for row in tx.connection.execute(_OF_DRAFT, {"draft_id": draft_id}))


def resolve(tx: Transaction, draft_id: str, comment_id: str, *, by: str, at: datetime) -> Comment:
    """Mark it as dealt with. One that is dealt with, or deleted, stays as it is. Raises NoSuchComment."""
    comment = get(tx, draft_id, comment_id)
    if not comment.open:
        return comment
    _mark(tx, draft_id, comment_id, "comment.resolved", {"resolved_by": by, "resolved_at": at}, by, at)
    return get(tx, draft_id, comment_id)


def delete(tx: Transaction, draft_id: str, comment_id: str, *, by: str, at: datetime) -> Comment:
    """Take its words away; that there was one stays. Raises NoSuchComment."""
    if get(tx, draft_id, comment_id).deleted_at is not None:
        return get(tx, draft_id, comment_id)
    gone = {
        "deleted_by": by,
        "deleted_at": at,
        "words_sealed": tx.cipher.seal("", "comments.words", comment_id),
    }
    _mark(tx, draft_id, comment_id, "comment.deleted", gone, by, at)
    return get(tx, draft_id, comment_id)


def _mark(
    tx: Transaction,
    draft_id: str,
    comment_id: str,
    action: str,
    values: Mapping[str, object],
    by: str,
    at: datetime,
) -> None:
    detail = {"comment": comment_id}
    cases.change(tx, draft_id, expected_revision=None, actor=by, action=action, at=at, detail=detail)
    tx.connection.execute(update(CommentRow).where(CommentRow.id == comment_id).values(**values))


def _comment(tx: Transaction, row: Row[Any]) -> Comment:
    return Comment(
        id=row.id,
        seq=row.seq,
        about=row.about,
        version=row.version,
        asks=row.asks,
        words=tx.cipher.open(row.words_sealed, "comments.words", row.id),
        by=row.by,
        role=row.role,
        at=row.at,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
        deleted_by=row.deleted_by,
        deleted_at=row.deleted_at,
    )
