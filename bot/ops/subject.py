"""One family's data on request: ``bin/sevensteps subject export`` and ``subject erase``."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from bot.content.loader import Content
from bot.review.personal_bundle import Bundle, bundle, read_me
from bot.store import drafts, personal_data
from bot.store.database import Database
from bot.store.engine_record import EngineRecord
from bot.store.leases import hold
from bot.store.receipts import Receipt

_LEASE_SECONDS = 60
_WAIT_SECONDS = 30


class FolderInUse(Exception):
    """The folder is there and not empty: two families' data must not be mixed."""


def export(
    database: Database,
    content: Content,
    reference: str,
    to: Path,
    *,
    by: str,
    at: datetime,
    safeguarding: bool = False,
    reason: str = "",
) -> Bundle:
    """Write a family's bundle into a new folder that only its owner can read. Raises NoSuchDraft, FolderInUse."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise FolderInUse(to)
    with database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        made = bundle(tx, content, draft, by=by, at=at, safeguarding=safeguarding, reason=reason)
    to.mkdir(parents=True, exist_ok=True)
    to.chmod(0o700)
    files = made.files | {"READ-ME-FIRST.txt": read_me(content, draft.reference, made)}
    for name, data in files.items():
        descriptor = os.open(to / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    return made


def erase(
    database: Database,
    engine: EngineRecord,
    reference: str,
    *,
    by: str,
    reason: str,
    at: datetime,
    despite_alert: bool = False,
) -> Receipt:
    """Delete everything of a family but the audit. Raises NoSuchDraft, OnHold, AlertWaits, Busy.

    The engine's record goes first. If this is cut off after that, the draft is still there, and erasing it again goes on.
    """
    with database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        personal_data.check_may_go(tx, draft_id, despite_alert=despite_alert)
    # A turn that is under way would write to the engine's record after it was deleted.
    with hold(database, draft_id, "erase", _LEASE_SECONDS, at, wait_seconds=_WAIT_SECONDS):
        with database.read() as tx:
            conversation_ids = personal_data.conversation_ids(tx, draft_id)
        elsewhere = engine.erase(conversation_ids)
        with database.write() as tx:
            receipt = personal_data.erase(
                tx,
                draft_id,
                by=by,
                at=at,
                cause="asked",
                reason=reason,
                despite_alert=despite_alert,
                elsewhere=elsewhere,
            )
    database.forget_deleted()
    return receipt
