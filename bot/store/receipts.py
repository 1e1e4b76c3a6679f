"""Receipts of what was deleted: which tables, how many rows, when, by whom, and why. Never what it said.

They cannot be changed or deleted. A receipt's hash stands in the audit as well, whose chain proves that it is this one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, select

from bot.store import audit
from bot.store.database import Transaction, add
from bot.store.records_tables import ReceiptRow
from bot.store.references import normalise

Cause = Literal["asked", "age"]
"""asked: somebody asked for it. age: its period had run out."""
_REASON = "deletion_receipts.reason"
_REFERENCE = "erased reference"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was deleted at one moment."""

    id: str
    at: datetime
    by: str
    cause: Cause
    record_class: str
    """"family" for all that was held about one, or a class of the retention periods."""
    subject: str | None
    """Id of the draft, which only the audit still knows; None for rows that were nobody's."""
    reason: str | None
    rows: dict[str, int]
    """How many, by table."""
    hash: str

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    def proves_itself(self) -> bool:
        """Whether the hash fits what stands here."""
        return self.hash == _digest(self.id, self.at, self.by, self.cause, self.record_class, self.subject, self.rows)


def write(
    tx: Transaction,
    *,
    at: datetime,
    by: str,
    cause: Cause,
    record_class: str,
    rows: Mapping[str, int],
    subject: str | None = None,
    reference: str | None = None,
    reason: str | None = None,
) -> Receipt:
    """Keep a receipt, and its line in the audit. Of the reference only a keyed hash is kept."""
    id, kept = secrets.token_urlsafe(16), {name: count for name, count in sorted(rows.items()) if count}
    digest = _digest(id, at, by, cause, record_class, subject, kept)
    row = {
        "id": id,
        "at": at,
        "by": by,
        "cause": cause,
        "record_class": record_class,
        "subject": subject,
        "reference_hash": None if reference is None else tx.cipher.lookup(_REFERENCE, normalise(reference)),
        "reason_sealed": None if reason is None else tx.cipher.seal(reason, _REASON, id),
        "rows": json.dumps(kept),
        "hash": digest,
    }
    add(tx, ReceiptRow, row)
    detail: dict[str, audit.Detail] = {
        "receipt": id,
        "hash": digest,
        "class": record_class,
        "cause": cause,
        "rows": sum(kept.values()),
    }
    audit.note(tx, at=at, actor=by, action="records.deleted", subject=subject or "records", detail=detail)
    return Receipt(id, at, by, cause, record_class, subject, reason, kept, digest)


def of_reference(tx: Transaction, reference: str) -> tuple[Receipt, ...]:
    """Receipts of a draft that is not there any more, by the reference it had."""
    hashes = tx.cipher.lookups(_REFERENCE, normalise(reference))
    query = select(ReceiptRow).where(ReceiptRow.reference_hash.in_(hashes)).order_by(ReceiptRow.at)
    return tuple(_receipt(tx, row) for row in tx.connection.execute(query))


def listing(tx: Transaction, *, limit: int) -> tuple[Receipt, ...]:
    """Receipts, newest first."""
    query = select(ReceiptRow).order_by(ReceiptRow.at.desc(), ReceiptRow.id).limit(limit)
    return tuple(_receipt(tx, row) for row in tx.connection.execute(query))


def _digest(
    id: str, at: datetime, by: str, cause: str, record_class: str, subject: str | None, rows: Mapping[str, int]
) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = json.dumps([id, moment, by, cause, record_class, subject, dict(sorted(rows.items()))], ensure_ascii=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _receipt(tx: Transaction, row: Row[Any]) -> Receipt:
    return Receipt(
        id=row.id,
        at=row.at,
        by=row.by,
        cause=cast(Cause, row.cause),
        record_class=row.record_class,
        subject=row.subject,
        reason=None if row.reason_sealed is None else tx.cipher.open(row.reason_sealed, _REASON, row.id),
        rows=json.loads(row.rows),
        hash=row.hash,
    )
