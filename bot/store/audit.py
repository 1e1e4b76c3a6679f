"""The audit: who did what to which draft and when. Append-only, one chain of hashes, no personal text.

Each line's hash covers the line and the hash before it, so a change, a gap or another order shows. The last line is
written down once more with a keyed hash (the head), so a tail that was cut off, or a chain that was written anew by
somebody without the key, shows as well. A draft without its first line shows that older lines were thrown away.
What cannot show from inside is the whole database set back to an earlier copy: compare :func:`head` with one noted
elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, func, insert, select, update

from bot.store.tables import AuditHeadRow, AuditRow, DraftRow

if TYPE_CHECKING:
    from bot.store.crypto import Cipher
    from bot.store.database import Database, Transaction

Detail = str | int | bool | None | Sequence[str]
"""What an audit line may hold: codes, numbers and ids. Never words a person typed."""

DRAFT_CREATED = "draft.created"
"""The first line of every draft."""

START = "0" * 64
"""The hash before the first line."""

_CODE = re.compile(r"[\w.:/@+-]{0,200}", re.ASCII)
_HEAD_PURPOSE = "audit head"
_LOCK_HEAD = select(AuditHeadRow).with_for_update()
_MOVE_HEAD = update(AuditHeadRow)
_ADD_LINES = insert(AuditRow)
_DOUBTFUL = "doubtful"
"""Stands for the head's seal from the moment it was found broken: going on must not heal it."""


class NotACode(ValueError):
    """An audit line was given words instead of a code. Personal text must not reach the audit, so it is refused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be written."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Detail] = field(default_factory=dict)
    if_nothing_else: bool = False
    """Left out when the same transaction notes something else that this actor did to this subject, which says more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is kept. ``detail`` is canonical JSON."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the audit, at a line."""

    seq: int
    kind: Literal["changed", "gap", "broken chain", "cut off", "head", "unrecorded"]
    words: str


def note(
    tx: Transaction,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Detail] | None = None,
    if_nothing_else: bool = False,
) -> None:
    """Write a line when this transaction ends, together with what it changed. Raises NotACode."""
    entry = Entry(at, actor, action, subject, dict(detail or {}), if_nothing_else)
    for text in (actor, action, subject, *entry.detail, *_texts(entry.detail.values())):
        if not _CODE.fullmatch(text):
            raise NotACode("an audit line holds codes and ids, never words or names")
    tx.audit_entries.append(entry)


def write_entries(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Append lines to the chain and move its head. Called once, at the end of a transaction."""
    entries = _telling(entries)
    if not entries:
        return
    head = tx.connection.execute(_LOCK_HEAD).one()
    seq, previous = head.seq, head.hash
    rows = []
    for entry in entries:
        seq += 1
        at = entry.at.astimezone(UTC)
        detail = json.dumps(dict(entry.detail), sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=list)
        digest = _digest(seq, at, entry.actor, entry.action, entry.subject, detail, previous)
        rows.append(
            {
                "seq": seq,
                "at": at,
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "detail": detail,
                "prev_hash": previous,
                "hash": digest,
            }
        )
        previous = digest
    tx.connection.execute(_ADD_LINES, rows)
    trusted = _sealed_by_us(tx.cipher, head)
    seal = tx.cipher.lookup(_HEAD_PURPOSE, f"{seq}:{previous}") if trusted else _DOUBTFUL
    tx.connection.execute(_MOVE_HEAD, {"seq": seq, "hash": previous, "seal": seal})


def _telling(entries: Sequence[Entry]) -> list[Entry]:
    """Without those that say less than another of the same actor and subject."""
    said = {(entry.actor, entry.subject) for entry in entries if not entry.if_nothing_else}
    kept = []
    for entry in entries:
        if not entry.if_nothing_else or (entry.actor, entry.subject) not in said:
            kept.append(entry)
            said.add((entry.actor, entry.subject))
    return kept


def head(tx: Transaction) -> tuple[int, str]:
    """Number and hash of the last line: note it elsewhere to prove later that nothing was set back."""
    row = tx.connection.execute(select(AuditHeadRow)).one()
    return row.seq, row.hash


def lines(tx: Transaction, *, subject: str | None = None, after: int = 0, limit: int = 100) -> tuple[Line, ...]:
    """Lines in order, about one subject (a draft's id) or all, after line ``after``."""
    query = select(AuditRow).where(AuditRow.seq > after).order_by(AuditRow.seq).limit(limit)
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    return tuple(
        Line(row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.hash)
        for row in tx.connection.execute(query)
    )


def last_times(tx: Transaction, subjects: Collection[str], actions: Collection[str]) -> dict[tuple[str, str], datetime]:
    """When each action was last noted of each subject, by (subject, action); what never was is left out."""
    if not subjects or not actions:
        return {}
    query = (
        select(AuditRow.subject, AuditRow.action, func.max(AuditRow.at).label("at"))
        .where(AuditRow.subject.in_(subjects), AuditRow.action.in_(actions))
        .group_by(AuditRow.subject, AuditRow.action)
    )
    return {(row.subject, row.action): row.at for row in tx.connection.execute(query)}


def last_lines(tx: Transaction, subjects: Collection[str], actions: Collection[str]) -> dict[tuple[str, str], Line]:
    """The last line of each action of each subject, by (subject, action); what never was is left out."""
    if not subjects or not actions:
        return {}
    last = (
        select(func.max(AuditRow.seq))
        .where(AuditRow.subject.in_(subjects), AuditRow.action.in_(actions))
        .group_by(AuditRow.subject, AuditRow.action)
    )
    rows = tx.connection.execute(select(AuditRow).where(AuditRow.seq.in_(last)))
    return {
        (row.subject, row.action): Line(row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.hash)
        for row in rows
    }


def verify(database: Database) -> list[Problem]:
    """Read the whole chain and name what is wrong with it; an empty list means that nothing is."""
    with database.read() as tx:
        return list(_problems(tx))


def _problems(tx: Transaction) -> Iterator[Problem]:
    expected, previous = 1, START
    for row in tx.connection.execute(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=500)):
        if row.seq != expected:
            missing = f"line {expected} is" if row.seq == expected + 1 else f"lines {expected} to {row.seq - 1} are"
            yield Problem(row.seq, "gap", f"{missing} missing")
        elif row.prev_hash != previous:
            yield Problem(row.seq, "broken chain", f"line {row.seq} does not follow from the line before it")
        if _digest(row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.prev_hash) != row.hash:
            yield Problem(row.seq, "changed", f"line {row.seq} was changed after it was written")
        expected, previous = row.seq + 1, row.hash
    head_row = tx.connection.execute(select(AuditHeadRow)).first()
    last = expected - 1
    if head_row is None:
        yield Problem(last, "head", "the audit's head is missing")
        return
    if head_row.seq != last:
        yield Problem(last, "cut off", f"the audit ends at line {last}, but line {head_row.seq} was written")
    elif head_row.hash != previous:
        yield Problem(last, "head", "the last line is not the one that was written last")
    if not _sealed_by_us(tx.cipher, head_row):
        yield Problem(last, "head", "the audit's head was not written by this service, or its key is not here")
    first_line = select(AuditRow.seq).where(AuditRow.subject == DraftRow.id, AuditRow.action == DRAFT_CREATED).exists()
    for draft_id in tx.connection.scalars(select(DraftRow.id).where(~first_line)):
        yield Problem(0, "unrecorded", f"draft {draft_id} is here, but the line of its creation is not")


def _sealed_by_us(cipher: Cipher, head: Row[Any]) -> bool:
    if head.seq == 0:
        return bool(head.seal == "")
    seals = cipher.lookups(_HEAD_PURPOSE, f"{head.seq}:{head.hash}")
    return any(hmac.compare_digest(seal, head.seal) for seal in seals)


def is_whole(line: Mapping[str, Any]) -> bool:
    """Whether a line that was written out still fits its hash. ``at`` is ISO 8601."""
    try:
        at = datetime.fromisoformat(line["at"])
    except (TypeError, ValueError):
        return False
    parts = (line["actor"], line["action"], line["subject"], line["detail"], line["prev_hash"])
    return bool(_digest(line["seq"], at, *parts) == line["hash"])


def _digest(seq: int, at: datetime, actor: str, action: str, subject: str, detail: str, previous: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = json.dumps([seq, moment, actor, action, subject, detail, previous], ensure_ascii=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _texts(values: Iterable[Detail]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Sequence):
            yield from value
