"""Which route professionals chose for a draft, and why: small budgets or the full one. Append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.store.casework_tables import BudgetRouteRow
from bot.store.database import Transaction, lock_draft, next_seq
from bot.store.database import add as add_row

_ALL = select(BudgetRouteRow).where(BudgetRouteRow.draft_id == bindparam("draft_id")).order_by(BudgetRouteRow.seq)


@dataclass(frozen=True, slots=True)
class BudgetRoute:
    """One choice."""

    seq: int
    route: str
    """As in :mod:`bot.cases.small_budgets`."""
    policy: str
    """Council and version of the policy on the day, e.g. "exampleshire/2026.1"."""
    reason: str
    by: str
    role: str
    at: datetime


def add(
    tx: Transaction, draft_id: str, *, route: str, policy: str, reason: str, by: str, role: str, at: datetime
) -> None:
    """Keep a choice. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, BudgetRouteRow, draft_id)
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "route": route,
        "policy": policy,
        "reason_sealed": tx.cipher.seal(reason, *_place(draft_id, seq)),
        "by": by,
        "role": role,
        "at": at,
    }
    add_row(tx, BudgetRouteRow, row)


def history(tx: Transaction, draft_id: str) -> tuple[BudgetRoute, ...]:
    """Every choice, oldest first. With none, the route is the full one."""
    return tuple(_route(tx, row) for row in tx.connection.execute(_ALL, {"draft_id": draft_id}))


def current(tx: Transaction, draft_id: str) -> str:
    """The route chosen last; "full" where nobody chose."""
    found = history(tx, draft_id)
    return found[-1].route if found else "full"


def _place(draft_id: str, seq: int) -> tuple[str, str]:
    return "budget_routes.reason", f"{draft_id}/{seq}"


def _route(tx: Transaction, row: Row[Any]) -> BudgetRoute:
    return BudgetRoute(
        seq=row.seq,
        route=row.route,
        policy=row.policy,
        reason=tx.cipher.open(row.reason_sealed, *_place(row.draft_id, row.seq)),
        by=row.by,
        role=row.role,
        at=row.at,
    )
