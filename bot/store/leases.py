"""One turn at a time for each draft, over threads, processes and machines that share the database.

A lease runs out by itself, so that a process that dies in a turn does not lock its family out. A turn that outlives
its lease cannot do harm: ``drafts.save`` refuses a revision that somebody else has moved on.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, update

from bot.store.database import Busy, Database
from bot.store.drafts import get
from bot.store.tables import LeaseRow

__all__ = ["Busy", "hold"]

_TAKE = (
    update(LeaseRow)
    .where(LeaseRow.draft_id == bindparam("draft"), or_(LeaseRow.until.is_(None), LeaseRow.until <= bindparam("now")))
    .values(holder=bindparam("me"), until=bindparam("ends"))
)
_GIVE_BACK = (
    update(LeaseRow)
    .where(LeaseRow.draft_id == bindparam("draft"), LeaseRow.holder == bindparam("me"))
    .values(holder=None, until=None)
)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1


@contextmanager
def hold(
    database: Database, draft_id: str, holder: str, seconds: float, now: datetime, *, wait_seconds: float = 10
) -> Iterator[None]:
    """Hold the draft's turn inside the block, for at most ``seconds``.

    Waits up to ``wait_seconds`` for somebody else's turn to end, then raises Busy. ``holder`` says in the database who
    it is (process and request); it need not be unique. Raises NoSuchDraft.
    """
    me = f"{holder}#{secrets.token_hex(8)}"
    began, pause = time.monotonic(), _FIRST_PAUSE
    while not _take(database, draft_id, me, seconds, now + timedelta(seconds=time.monotonic() - began)):
        if time.monotonic() - began + pause > wait_seconds:
            raise Busy("another turn of this draft is under way")
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    try:
        yield
    finally:
        _give_back(database, draft_id, me)


def _take(database: Database, draft_id: str, me: str, seconds: float, now: datetime) -> bool:
    with database.write(survives_power_cut=False) as tx:
        until = now + timedelta(seconds=seconds)
        taken = tx.connection.execute(_TAKE, {"draft": draft_id, "me": me, "now": now, "ends": until}).rowcount == 1
        if not taken:
            get(tx, draft_id)
        return taken


def _give_back(database: Database, draft_id: str, me: str) -> None:
    with database.write(survives_power_cut=False) as tx:
        tx.connection.execute(_GIVE_BACK, {"draft": draft_id, "me": me})
