"""Sign-ins under way: what must be remembered between leaving for the provider and coming back, for ten minutes.

Only the browser that began one can go on with it: its cookie's hash is the key. Each is used once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select

from bot.store.database import Transaction, add
from bot.store.sign_in_tables import SignInRow

LIFETIME = timedelta(minutes=10)

Stage = Literal["at_provider", "choosing"]
"""choosing: the provider said who it is, and they have several roles."""

_PLACE = "sign_ins"


def begin(tx: Transaction, stage: Stage, kept: Mapping[str, Any], *, at: datetime) -> str:
    """Remember this, and the cookie's value to come back with."""
    tx.connection.execute(delete(SignInRow).where(SignInRow.expires <= at))
    cookie = secrets.token_urlsafe(32)
    key = _hash(cookie)
    sealed = tx.cipher.seal(json.dumps(dict(kept)), _PLACE, key)
    add(tx, SignInRow, {"cookie_hash": key, "stage": stage, "sealed": sealed, "expires": at + LIFETIME})
    return cookie


def look(tx: Transaction, stage: Stage, cookie: str, *, at: datetime) -> dict[str, Any] | None:
    """What was remembered for this cookie at this stage; None when there is nothing, or it is too late."""
    row = tx.connection.execute(select(SignInRow).where(SignInRow.cookie_hash == _hash(cookie))).first()
    if row is None or row.stage != stage or row.expires <= at:
        return None
    kept: dict[str, Any] = json.loads(tx.cipher.open(row.sealed, _PLACE, row.cookie_hash))
    return kept


def take(tx: Transaction, stage: Stage, cookie: str, *, at: datetime) -> dict[str, Any] | None:
    """The same, once: it is gone afterwards, also when the sign-in then fails."""
    kept = look(tx, stage, cookie, at=at)
    gone = tx.connection.execute(delete(SignInRow).where(SignInRow.cookie_hash == _hash(cookie)))
    # Of two that come back at once, the one whose deletion found the row goes on.
    return kept if gone.rowcount else None


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
