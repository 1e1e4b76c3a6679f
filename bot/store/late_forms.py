"""Forms that arrived after their sender's session had ended: kept encrypted for two hours, for the same person alone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.store.database import Transaction, add
from bot.store.sign_in_tables import LateFormRow

LIFETIME = timedelta(hours=2)

_PLACE = "late_forms.body"


@dataclass(frozen=True, slots=True)
class LateForm:
    """What was typed, and where it was to go."""

    id: str
    path: str
    fields: tuple[tuple[str, str], ...]
    """Name and value, in the order of the form."""


def keep(tx: Transaction, *, user: str, path: str, fields: Sequence[tuple[str, str]], at: datetime) -> str:
    """Keep a form for its sender; its id."""
    tx.connection.execute(delete(LateFormRow).where(LateFormRow.expires <= at))
    id = secrets.token_urlsafe(16)
    sealed = tx.cipher.seal(json.dumps(list(fields)), _PLACE, id)
    add(tx, LateFormRow, {"id": id, "user": user, "path": path, "body_sealed": sealed, "expires": at + LIFETIME})
    return id


def get(tx: Transaction, id: str, *, user: str, at: datetime) -> LateForm | None:
    """The form with this id, when it is this person's and not too old."""
    query = select(LateFormRow).where(LateFormRow.id == id, LateFormRow.user == user, LateFormRow.expires > at)
    row = tx.connection.execute(query).first()
    if row is None:
        return None
    fields = json.loads(tx.cipher.open(row.body_sealed, _PLACE, row.id))
    return LateForm(row.id, row.path, tuple((name, value) for name, value in fields))


def drop(tx: Transaction, id: str, *, user: str) -> None:
    """Forget a form. Does nothing when it is gone, or somebody else's."""
    tx.connection.execute(delete(LateFormRow).where(LateFormRow.id == id, LateFormRow.user == user))
