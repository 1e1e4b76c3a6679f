"""All that is held about one family: read whole, or erased whole, with a receipt.

Works from the tables themselves (:mod:`bot.store.holdings`), so what another file adds is given out and erased too.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Row, Table, delete, func, select

from bot.store import drafts, holds, receipts, safety
from bot.store.crypto import CannotOpen
from bot.store.database import Transaction, lock_draft
from bot.store.holdings import HOLDINGS, OWN_JSON, SEALED_UNDER, belongs_to, table
from bot.store.receipts import Cause, Receipt
from bot.store.sign_in_tables import LateFormRow
from bot.store.tables import ConversationRow, DraftRow

_SEALED = "_sealed"
_URGENT = "RED"


class AlertWaits(Exception):
    """Somebody may be in danger, and nobody has picked the alert up: nothing was deleted."""


class StillHeld(Exception):
    """Something of the family was left after erasing, so nothing was erased. ``tables`` says where."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"rows were left in {', '.join(tables)}")
        self.tables = tables


@dataclass(frozen=True, slots=True)
class Held:
    """Everything about one family, by table: rows with their texts opened, as JSON values."""

    rows: dict[str, list[dict[str, Any]]]
    unopened: dict[str, int]
    """How many encrypted texts no key here opens, by table.column. Their place in the rows is null."""


def collect(tx: Transaction, draft_id: str, names: Collection[str] = HOLDINGS) -> Held:
    """Read these tables. Secrets (hashes of PINs, codes and tokens) are left out. Raises NoSuchDraft."""
    drafts.get(tx, draft_id)
    held, unopened = dict[str, list[dict[str, Any]]](), dict[str, int]()
    for name in names:
        one = table(name)
        query = select(one).where(belongs_to(one, draft_id)).order_by(*_in_order(one))
        held[name] = [_plain(tx, one, row, unopened) for row in tx.connection.execute(query)]
    return Held(held, unopened)


def count(tx: Transaction, draft_id: str) -> dict[str, int]:
    """How many rows each table holds of this family."""
    found = {}
    for name in HOLDINGS:
        one = table(name)
        query = select(func.count()).select_from(one).where(belongs_to(one, draft_id))
        found[name] = int(tx.connection.scalar(query) or 0)
    return found


def erase(
    tx: Transaction,
    draft_id: str,
    *,
    by: str,
    at: datetime,
    cause: Cause,
    record_class: str = "family",
    reason: str | None = None,
    despite_alert: bool = False,
    elsewhere: dict[str, int] | None = None,
) -> Receipt:
    """Delete everything of a family but the audit, and keep a receipt. ``elsewhere`` counts what was deleted outside
    this database. Raises OnHold, AlertWaits, StillHeld and NoSuchDraft; then nothing was deleted here.
    """
    draft = lock_draft(tx, draft_id)
    check_may_go(tx, draft_id, despite_alert=despite_alert)
    if tx.connection.dialect.name == "sqlite":
        tx.connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what was deleted is written over in the file
    rows = count(tx, draft_id)
    late = delete(LateFormRow).where(func.lower(LateFormRow.path).contains(draft.reference.lower(), autoescape=True))
    rows["late_forms"] = tx.connection.execute(late).rowcount
    tx.connection.execute(delete(DraftRow).where(DraftRow.id == draft_id))
    left = [name for name, number in count(tx, draft_id).items() if number]
    if left:
        raise StillHeld(left)
    return receipts.write(
        tx,
        at=at,
        by=by,
        cause=cause,
        record_class=record_class,
        rows=rows | (elsewhere or {}),
        subject=draft_id,
        reference=draft.reference,
        reason=reason,
    )


def check_may_go(tx: Transaction, draft_id: str, *, despite_alert: bool = False) -> None:
    """Raises OnHold, and AlertWaits unless somebody decided that it may go despite the alert."""
    if holds.is_held(tx, draft_id):
        raise holds.OnHold(draft_id)
    if not despite_alert and alert_waits(tx, draft_id):
        raise AlertWaits(draft_id)


def conversation_ids(tx: Transaction, draft_id: str) -> tuple[str, ...]:
    """Ids of every device and channel of a family: what the dialogue engine's record is kept by."""
    return tuple(tx.connection.scalars(select(ConversationRow.id).where(ConversationRow.draft_id == draft_id)))


def alert_waits(tx: Transaction, draft_id: str) -> bool:
    """Whether a RED alert of this family waits for a person."""
    events = safety.of_draft(tx, draft_id)
    return any(event.alert == "waiting" and event.level.startswith(_URGENT) for event in events)


def _plain(tx: Transaction, one: Table, row: Row[Any], unopened: dict[str, int]) -> dict[str, Any]:
    values = row._mapping
    key = values[SEALED_UNDER[one.name]] if one.name in SEALED_UNDER else _key(one, row)
    said: dict[str, Any] = {}
    for column in one.c:
        name, value = column.name, values[column.name]
        if name.endswith("_hash") or name == "hash":
            continue
        if name.endswith(_SEALED):
            name = name.removesuffix(_SEALED)
            if value is not None:
                value = _opened(tx, bytes(value), f"{one.name}.{name}", key, unopened)
        said[name] = _json(value, f"{one.name}.{name}")
    return said


def _in_order(one: Table) -> list[Column[Any]]:
    return [one.c[name] for name in ("seq", "at", "created") if name in one.c] + list(one.primary_key.columns)


def _key(one: Table, row: Row[Any]) -> str:
    return "/".join(str(row._mapping[column.name]) for column in one.primary_key.columns)


def _opened(tx: Transaction, sealed: bytes, field: str, key: str, unopened: dict[str, int]) -> str | None:
    try:
        return tx.cipher.open(sealed, field, key)
    except CannotOpen:
        unopened[field] = unopened.get(field, 0) + 1
        return None


def _json(value: Any, field: str) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return json.loads(value) if value is not None and field in OWN_JSON else value
