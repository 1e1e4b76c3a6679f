"""One turn at a time for each draft, and for each telephone call, over threads, processes and machines that share the
database.

A lease runs out by itself, so that a process that dies in a turn does not lock its family out. A turn that outlives
its lease cannot do harm: ``drafts.save`` refuses a revision that somebody else has moved on.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, bindparam, or_, select, update

from bot.store.call_tables import CallRow
from bot.store.database import Busy, Database, Transaction
from bot.store.drafts import get
from bot.store.tables import Base, LeaseRow

__all__ = ["Busy", "hold", "hold_call"]


@dataclass(frozen=True, slots=True)
class _Leases:
    """The statements that take and give back one kind of lease."""

    take: Update
    give_back: Update
    missing: Callable[[Transaction, str], object]
    """Raises when there is nothing with this id to hold."""


def _leases(table: type[Base], key: str, missing: Callable[[Transaction, str], object]) -> _Leases:
    columns: Any = table
    this = getattr(columns, key) == bindparam("held")
    is_free = or_(columns.until.is_(None), columns.until <= bindparam("now"))
    return _Leases(
        update(table).where(this, is_free).values(holder=bindparam("me"), until=bindparam("ends")),
        update(table).where(this, columns.holder == bindparam("me")).values(holder=None, until=None),
        missing,
    )


def _no_such_call(tx: Transaction, call_id: str) -> None:
    if tx.connection.scalar(select(CallRow.id).where(CallRow.id == call_id)) is None:
        raise LookupError("this call was forgotten")


_TURNS = _leases(LeaseRow, "draft_id", get)
_CALLS = _leases(CallRow, "id", _no_such_call)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1


@contextmanager
def hold(
    database: Database, draft_id: str, holder: str, seconds: float, now: datetime, *, wait_seconds: float = 10
) -> Iterator[None]:
    """Hold the draft's turn inside the block, for at most ``seconds``.

    Waits up to ``wait_seconds`` for somebody else's turn to end, then raises Busy. ``holder`` says in the database who
    it is (process and request); it need not be unique. Raises NoSuchDraft.
    """
    with _held(database, _TURNS, draft_id, holder, seconds, now, wait_seconds):
        yield


@contextmanager
def hold_call(
    database: Database, call_id: str, seconds: float, now: datetime, *, wait_seconds: float
) -> Iterator[None]:
    """Hold a telephone call in the same way. Raises Busy, and LookupError for a call that was forgotten."""
    with _held(database, _CALLS, call_id, "call", seconds, now, wait_seconds):
        yield


@contextmanager
def _held(
    database: Database, leases: _Leases, held: str, holder: str, seconds: float, now: datetime, wait_seconds: float
) -> Iterator[None]:
    me = f"{holder}#{secrets.token_hex(8)}"
    began, pause = time.monotonic(), _FIRST_PAUSE
    while not _take(database, leases, held, me, seconds, now + timedelta(seconds=time.monotonic() - began)):
        if time.monotonic() - began + pause > wait_seconds:
            raise Busy("another turn is under way")
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    try:
        yield
    finally:
        with database.write(survives_power_cut=False) as tx:
            tx.connection.execute(leases.give_back, {"held": held, "me": me})


def _take(database: Database, leases: _Leases, held: str, me: str, seconds: float, now: datetime) -> bool:
    with database.write(survives_power_cut=False) as tx:
        until = now + timedelta(seconds=seconds)
        taken = tx.connection.execute(leases.take, {"held": held, "me": me, "now": now, "ends": until}).rowcount == 1
        if not taken:
            leases.missing(tx, held)
        return taken
