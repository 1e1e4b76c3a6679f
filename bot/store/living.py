"""A plan that is lived: its years, what was seen before lines start, and which lines have started.

Rows are added and never changed; what is ticked by mistake is taken back by a new row. The rules are in
:mod:`bot.cases.checks_before_start` and :mod:`bot.cases.payments`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.living_tables import LineCheckRow, LineStartRow, PlanYearRow

Tick = Literal["seen", "left_out", "taken_back"]


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A year of a plan that was begun."""

    seq: int
    """From 1."""
    starts: date
    decision: int
    """Number of the decision it rests on."""
    plan_version: int
    rules: str
    """Version of the council's rules for living a plan."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LineCheck:
    """A tick, as it was made."""

    seq: int
    line: int
    check: str
    tick: Tick
    on: date
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class LineStart:
    """A line that has started."""

    year: int
    line: int
    on: date
    by: str
    at: datetime


def begin_year(
    tx: Transaction, draft_id: str, *, starts: date, decision: int, plan_version: int, rules: str, by: str, at: datetime
) -> PlanYear:
    """A new year of the plan. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, PlanYearRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "starts": starts,
        "decision": decision,
        "plan_version": plan_version,
        "rules": rules,
        "by": by,
        "at": at,
    }
    add(tx, PlanYearRow, row)
    return PlanYear(seq, starts, decision, plan_version, rules, by, at)


def years(tx: Transaction, draft_id: str) -> tuple[PlanYear, ...]:
    """Every year that was begun, oldest first."""
    rows = tx.connection.execute(select(PlanYearRow).where(PlanYearRow.draft_id == draft_id).order_by(PlanYearRow.seq))
    return tuple(
        PlanYear(row.seq, row.starts, row.decision, row.plan_version, row.rules, row.by, row.at) for row in rows
    )


def year_now(tx: Transaction, draft_id: str) -> PlanYear | None:
    """The year that was begun last, or None."""
    found = years(tx, draft_id)
    return found[-1] if found else None


def all_years(tx: Transaction) -> dict[str, tuple[PlanYear, ...]]:
    """The years of every plan that was ever begun, by draft id, oldest first."""
    found: dict[str, tuple[PlanYear, ...]] = {}
    for row in tx.connection.execute(select(PlanYearRow).order_by(PlanYearRow.draft_id, PlanYearRow.seq)):
        year = PlanYear(row.seq, row.starts, row.decision, row.plan_version, row.rules, row.by, row.at)
        found[row.draft_id] = (*found.get(row.draft_id, ()), year)
    return found


def tick(
    tx: Transaction, draft_id: str, *, line: int, check: str, tick: Tick, on: date, note: str, by: str, at: datetime
) -> LineCheck:
    """Write down that somebody saw something, left it out or took it back. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, LineCheckRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "line": line,
        "check": check,
        "tick": tick,
        "on": on,
        "by": by,
        "at": at,
        "note_sealed": tx.cipher.seal(note, "line_checks.note", f"{draft_id}/{seq}"),
    }
    add(tx, LineCheckRow, row)
    detail: dict[str, audit.Detail] = {"line": line, "check": check, "on": on.isoformat()}
    audit.note(tx, at=at, actor=by, action=f"check.{tick}", subject=draft_id, detail=detail)
    return LineCheck(seq, line, check, tick, on, by, at, note)


def ticks(tx: Transaction, draft_id: str) -> tuple[LineCheck, ...]:
    """Every tick of a plan, in the order they were made."""
    rows = tx.connection.execute(
        select(LineCheckRow).where(LineCheckRow.draft_id == draft_id).order_by(LineCheckRow.seq)
    )
    return tuple(
        LineCheck(
            row.seq,
            row.line,
            row.check,
            row.tick,
            row.on,
            row.by,
            row.at,
            tx.cipher.open(row.note_sealed, "line_checks.note", f"{draft_id}/{row.seq}"),
        )
        for row in rows
    )


def start_line(tx: Transaction, draft_id: str, *, year: int, line: int, on: date, by: str, at: datetime) -> None:
    """Write down that a line starts. One that has started stays as it was. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    if any(start.line == line for start in started(tx, draft_id, year)):
        return
    add(tx, LineStartRow, {"draft_id": draft_id, "year": year, "line": line, "on": on, "by": by, "at": at})
    detail: dict[str, audit.Detail] = {"year": year, "line": line, "on": on.isoformat()}
    audit.note(tx, at=at, actor=by, action="line.started", subject=draft_id, detail=detail)


def started(tx: Transaction, draft_id: str, year: int) -> tuple[LineStart, ...]:
    """Lines of a year that have started."""
    rows = tx.connection.execute(
        select(LineStartRow)
        .where(LineStartRow.draft_id == draft_id, LineStartRow.year == year)
        .order_by(LineStartRow.line)
    )
    return tuple(LineStart(row.year, row.line, row.on, row.by, row.at) for row in rows)
