"""The audit as a file that proves itself: lines in order with their hashes, and a sealed end.

JSON Lines. Each line but the last is ``{"seq", "at", "actor", "action", "subject", "detail", "prev_hash", "hash"}``; the
last is ``{"export": {"first", "last", "lines", "hash", "head_seq", "head_hash", "made_at", "seal"}}``, where the seal is
a keyed hash over the rest: nobody without the key can write another end. Kept elsewhere, it shows later whether the
store was set back or its chain written anew.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.store import audit
from bot.store.database import Transaction
from bot.store.tables import AuditRow

_PURPOSE = "audit export"
_FIELDS = ("seq", "at", "actor", "action", "subject", "detail", "prev_hash", "hash")


class NotAnExport(ValueError):
    """The file is not an audit export."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which lines: by day, both included; None is without an end."""

    first: date | None = None
    last: date | None = None


def lines(tx: Transaction, span: Span, *, at: datetime) -> Iterator[str]:
    """The file, line by line, without line ends."""
    low, high = _seqs(tx, span)
    previous, count = "", 0
    query = select(AuditRow).where(AuditRow.seq >= low, AuditRow.seq <= high).order_by(AuditRow.seq)
    for row in tx.connection.execute(query.execution_options(yield_per=500)):
        said = {name: getattr(row, name) for name in _FIELDS} | {"at": row.at.astimezone(UTC).isoformat()}
        previous, count = row.hash, count + 1
        yield json.dumps(said, ensure_ascii=True)
    head_seq, head_hash = audit.head(tx)
    end = {
        "first": low if count else 0,
        "last": high if count else 0,
        "lines": count,
        "hash": previous,
        "head_seq": head_seq,
        "head_hash": head_hash,
        "made_at": at.astimezone(UTC).isoformat(),
    }
    yield json.dumps({"export": end | {"seal": tx.cipher.lookup(_PURPOSE, _sealed(end))}})


def check(tx: Transaction, file: Iterable[str]) -> list[str]:
    """What is wrong with an export, or with the store seen from it; one sentence each, none when nothing is.

    Raises NotAnExport.
    """
    problems: list[str] = []
    expected: int | None = None
    previous, count, end = "", 0, dict[str, Any]()
    for text in file:
        if not text.strip():
            continue
        said = _parsed(text)
        if end:
            problems.append("There are lines after the end.")
            break
        if "export" in said:
            end = said["export"]
            continue
        if any(name not in said for name in _FIELDS):
            raise NotAnExport("a line lacks a field")
        seq = said["seq"]
        if expected is not None and seq != expected:
            problems.append(f"Line {expected} is missing.")
        elif expected is not None and said["prev_hash"] != previous:
            problems.append(f"Line {seq} does not follow from the line before it.")
        if not audit.is_whole(said):
            problems.append(f"Line {seq} was changed.")
        if not _is_in_store(tx, seq, said["hash"]):
            problems.append(f"Line {seq} is not in the store as it was exported.")
        expected, previous, count = seq + 1, said["hash"], count + 1
    if not end:
        return [*problems, "The end is missing: the file was cut off."]
    if (count, previous) != (end.get("lines"), end.get("hash")):
        problems.append("The lines are not those that were exported.")
    seals = tx.cipher.lookups(_PURPOSE, _sealed(end))
    if not any(hmac.compare_digest(seal, str(end.get("seal"))) for seal in seals):
        problems.append("The end was not written by this service, or its key is not here.")
    problems += against(tx, int(end.get("head_seq", 0)), str(end.get("head_hash", "")))
    return problems


def against(tx: Transaction, seq: int, hash: str) -> list[str]:
    """Whether the store still holds a head that was noted earlier: it was not set back, and not written anew."""
    if seq == 0 or _is_in_store(tx, seq, hash):
        return []
    last = audit.head(tx)[0]
    if last < seq:
        return [f"The store ends at line {last}, but line {seq} was noted: it was set back to an older copy."]
    return [f"Line {seq} is not the one that was noted: the chain was written anew."]


def _seqs(tx: Transaction, span: Span) -> tuple[int, int]:
    """First and last number: all lines between them, so that the chain has no gap."""
    query = select(func.min(AuditRow.seq), func.max(AuditRow.seq))
    if span.first is not None:
        query = query.where(AuditRow.at >= datetime.combine(span.first, time(), UTC))
    if span.last is not None:
        query = query.where(AuditRow.at < datetime.combine(span.last + timedelta(days=1), time(), UTC))
    low, high = tx.connection.execute(query).one()
    return (low or 1, high or 0)


def _is_in_store(tx: Transaction, seq: int, hash: str) -> bool:
    return tx.connection.scalar(select(AuditRow.hash).where(AuditRow.seq == seq)) == hash


def _sealed(end: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in end.items() if key != "seal"}, sort_keys=True)


def _parsed(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        raise NotAnExport("a line is not JSON") from None
    if not isinstance(said, dict):
        raise NotAnExport("a line is not an object")
    return said
