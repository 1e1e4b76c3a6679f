"""Jobs that only one of several service processes may do at a time. A lease runs out by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import or_, update

from bot.store.database import Database
from bot.store.tables import ServiceLeaseRow

Job = Literal["alerts", "notices", "retention", "reviews", "missed_texts"]
"""Each has a row, made by a migration."""


def take(database: Database, job: Job, holder: str, seconds: float, now: datetime) -> bool:
    """Take the job, or keep it: whether it is ``holder``'s until ``seconds`` from now."""
    free = or_(ServiceLeaseRow.until.is_(None), ServiceLeaseRow.until <= now, ServiceLeaseRow.holder == holder)
    taken = (
        update(ServiceLeaseRow)
        .where(ServiceLeaseRow.job == job, free)
        .values(holder=holder, until=now + timedelta(seconds=seconds))
    )
    with database.write(survives_power_cut=False) as tx:
        return bool(tx.connection.execute(taken).rowcount)


def give_back(database: Database, job: Job, holder: str) -> None:
    """Let somebody else have it. Does nothing when it is somebody else's already."""
    mine = update(ServiceLeaseRow).where(ServiceLeaseRow.job == job, ServiceLeaseRow.holder == holder)
    with database.write(survives_power_cut=False) as tx:
        tx.connection.execute(mine.values(holder=None, until=None))
