"""What families spent, line by line, and what named persons decided about money that was not spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.living_tables import SpendingRow, UnspentRow

Source = Literal["typed", "pasted", "conversation"]
UnspentDecision = Literal["keep", "pay_back", "discuss"]


@dataclass(frozen=True, slots=True)
class NewSpending:
    """Money spent on a line. ``words``: as it was typed."""

    line: int
    on: date
    pence: int
    words: str


@dataclass(frozen=True, slots=True)
class Spending:
    """A spending as it was written down."""

    seq: int
    line: int
    on: date
    pence: int
    words: str
    source: Source
    by: str
    at: datetime
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Unspent:
    """What was decided about money that was not spent."""

    year: int
    pence: int
    rule: UnspentDecision
    """What the plan and the council's rule gave."""
    decision: UnspentDecision
    by: str
    at: datetime
    reason: str


class NoSuchSpending(LookupError):
    """There is no spending with this number, or it was taken back before."""


def spent(tx: Transaction, draft_id: str, new: Sequence[NewSpending], *, source: Source, by: str, at: datetime) -> None:
    """Write spendings down. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    first = next_seq(tx, SpendingRow, draft_id)
    rows = [_row(tx, draft_id, seq, one, source, None, by, at) for seq, one in enumerate(new, first)]
    if rows:
        add(tx, SpendingRow, *rows)
        detail: dict[str, audit.Detail] = {
            "source": source,
            "count": len(rows),
            "pence": sum(one.pence for one in new),
            "first": first,
        }
        audit.note(tx, at=at, actor=by, action="spending.noted", subject=draft_id, detail=detail)


def take_back(tx: Transaction, draft_id: str, seq: int, *, reason: str, by: str, at: datetime) -> None:
    """A spending that was written down by mistake counts no longer; both rows stay. Raises NoSuchSpending."""
    lock_draft(tx, draft_id)
    wrong = next((one for one in listing(tx, draft_id) if one.seq == seq and not one.taken_back), None)
    if wrong is None:
        raise NoSuchSpending(seq)
    number = next_seq(tx, SpendingRow, draft_id)
    new = NewSpending(wrong.line, wrong.on, wrong.pence, reason)
    add(tx, SpendingRow, _row(tx, draft_id, number, new, wrong.source, seq, by, at))
    detail: dict[str, audit.Detail] = {"spending": seq, "pence": wrong.pence}
    audit.note(tx, at=at, actor=by, action="spending.taken_back", subject=draft_id, detail=detail)


def listing(tx: Transaction, draft_id: str) -> tuple[Spending, ...]:
    """Every spending in the order they were written down; those taken back are marked."""
    rows = tx.connection.execute(
        select(SpendingRow).where(SpendingRow.draft_id == draft_id).order_by(SpendingRow.seq)
    ).all()
    gone = {row.takes_back for row in rows if row.takes_back is not None}
    return tuple(
        Spending(
            row.seq,
            row.line,
            row.on,
            row.pence,
            tx.cipher.open(row.words_sealed, "spendings.words", f"{draft_id}/{row.seq}"),
            row.source,
            row.by,
            row.at,
            row.seq in gone,
        )
        for row in rows
        if row.takes_back is None
    )


def sums_of_all(tx: Transaction) -> dict[tuple[str, int], list[tuple[date, int]]]:
    """Day and pence of everything that was spent and not taken back, by draft id and line."""
    query = select(
        SpendingRow.draft_id,
        SpendingRow.seq,
        SpendingRow.line,
        SpendingRow.on,
        SpendingRow.pence,
        SpendingRow.takes_back,
    )
    rows = tx.connection.execute(query).all()
    gone = {(row.draft_id, row.takes_back) for row in rows if row.takes_back is not None}
    found: dict[tuple[str, int], list[tuple[date, int]]] = {}
    for row in rows:
        if row.takes_back is None and (row.draft_id, row.seq) not in gone:
            found.setdefault((row.draft_id, row.line), []).append((row.on, row.pence))
    return found


def decide_unspent(
    tx: Transaction,
    draft_id: str,
    *,
    year: int,
    pence: int,
    rule: UnspentDecision,
    decision: UnspentDecision,
    reason: str,
    by: str,
    at: datetime,
) -> None:
    """Write down what happens with money that was not spent. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, UnspentRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "year": year,
        "pence": pence,
        "rule": rule,
        "decision": decision,
        "by": by,
        "at": at,
        "reason_sealed": tx.cipher.seal(reason, "unspent_decisions.reason", f"{draft_id}/{seq}"),
    }
    add(tx, UnspentRow, row)
    detail: dict[str, audit.Detail] = {"year": year, "pence": pence, "rule": rule, "decision": decision}
    audit.note(tx, at=at, actor=by, action="unspent.decided", subject=draft_id, detail=detail)


def unspent_decisions(tx: Transaction, draft_id: str) -> tuple[Unspent, ...]:
    """What was decided about money not spent, oldest first; the last one of a year holds."""
    rows = tx.connection.execute(select(UnspentRow).where(UnspentRow.draft_id == draft_id).order_by(UnspentRow.seq))
    return tuple(
        Unspent(
            row.year,
            row.pence,
            row.rule,
            row.decision,
            row.by,
            row.at,
            tx.cipher.open(row.reason_sealed, "unspent_decisions.reason", f"{draft_id}/{row.seq}"),
        )
        for row in rows
    )


def _row(
    tx: Transaction,
    draft_id: str,
    seq: int,
    one: NewSpending,
    source: Source,
    takes_back: int | None,
    by: str,
    at: datetime,
) -> dict[str, object]:
    return {
        "draft_id": draft_id,
        "seq": seq,
        "line": one.line,
        "on": one.on,
        "pence": one.pence,
        "source": source,
        "takes_back": takes_back,
        "by": by,
        "at": at,
        "words_sealed": tx.cipher.seal(one.words, "spendings.words", f"{draft_id}/{seq}"),
    }
