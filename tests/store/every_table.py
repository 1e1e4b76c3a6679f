"""A row in every table that holds something of a family, made from the tables themselves: also from tomorrow's."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, Integer, LargeBinary, Table, insert

from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.holdings import HOLDINGS, OWN_JSON, SEALED_UNDER
from bot.store.tables import Base, UtcDateTime
from tests.store.helpers import NOW

WORDS = "he is up at two and at four"


def fill(tx: Transaction, draft: Draft, number: int) -> None:
    """Add a row to each table that a new draft has none in, every encrypted text bound as the store binds it. ``number``
    is what every whole number in it is: another one for each draft."""
    rows: dict[str, dict[str, Any]] = {"drafts": {"id": draft.id}}
    filled = {"drafts", "turn_leases"}
    for table in Base.metadata.sorted_tables:
        if table.name not in HOLDINGS or table.name in filled:
            continue
        row = {column.name: _value(table, column, rows, draft, number) for column in table.c}
        key = row[SEALED_UNDER[table.name]] if table.name in SEALED_UNDER else None
        key = key or "/".join(str(row[column.name]) for column in table.primary_key.columns)
        for column in table.c:
            if column.name.endswith("_sealed"):
                field = f"{table.name}.{column.name.removesuffix('_sealed')}"
                row[column.name] = tx.cipher.seal('{"said": 1}' if field in OWN_JSON else WORDS, field, key)
        tx.connection.execute(insert(table).values(**row))
        rows[table.name] = row


def _value(table: Table, column: Any, rows: dict[str, dict[str, Any]], draft: Draft, number: int) -> Any:
    for key in column.foreign_keys:
        return rows[key.column.table.name][key.column.name]
    if column.name == "draft_id":
        return draft.id
    if (choice := _first_choice(table, column.name)) is not None:
        return choice
    if isinstance(column.type, UtcDateTime):
        return NOW
    if isinstance(column.type, Date):
        return NOW.date()
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, LargeBinary):
        return b""
    return '{"said": 1}' if f"{table.name}.{column.name}" in OWN_JSON else f"{table.name}-{draft.id}"


def _first_choice(table: Table, name: str) -> str | None:
    """The first of the values that a CHECK allows."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.match(rf"{name} IN \('([^']+)'", str(constraint.sqltext))
            if found:
                return found[1]
    return None
