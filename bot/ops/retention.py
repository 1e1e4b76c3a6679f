"""Deletes what has had its time, class by class, with receipts: ``bin/sevensteps retention run``, and once a day.

Each family goes in a transaction of its own, after another look at it: what was used, put on hold or raised an alert in
the meantime stays. Run again after it was cut off, it goes on where it stopped.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from bot.cases.retention import Record, before, class_of, may_go_on
from bot.content.loader import Content
from bot.content.retention_models import Retention
from bot.interview import interview_from_json
from bot.store import ages, audit, cases, drafts, holds, notices, personal_data, receipts
from bot.store.ages import Age, RowClass
from bot.store.database import Busy, Database, Transaction
from bot.store.engine_record import EngineRecord
from bot.store.leases import hold

RAN = "retention.ran"
RECORDS = "records"
"""Subject of audit lines that are about no one draft."""
_LEASE_SECONDS = 60
_GROWN_UP = 100
"""Old enough for any birthday: who stays even so need not be opened to learn the age."""


@dataclass(slots=True)
class Report:
    """What a run deleted, or would delete."""

    policy: str
    dry_run: bool
    families: dict[str, int] = field(default_factory=dict)
    """How many, by record class."""
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rows of the other classes, by class and table."""
    on_hold: int = 0
    """Families that would have gone, but for a legal hold."""
    alert_waits: int = 0
    """Families that would have gone, but for a RED alert that nobody has picked up."""
    busy: int = 0
    """Families that somebody was using: the next run looks again."""


def run(
    database: Database, content: Content, engine: EngineRecord, *, by: str, now: datetime, dry_run: bool = False
) -> Report:
    """Delete all that has had its time on this day. Raises KeyError where the council has set no periods for it."""
    rules = content.retention_on(now.date())
    report = Report(f"{rules.council}/{rules.version}", dry_run)
    with database.read() as tx:
        old = ages.of_drafts(tx, now - timedelta(days=1))
    for age in old:
        _family(database, engine, rules, age, report, by=by, now=now)
    _rows(database, engine, rules, report, by=by, now=now)
    if not dry_run:
        with database.write() as tx:
            detail: dict[str, audit.Detail] = {"policy": report.policy, "families": sum(report.families.values())}
            audit.note(tx, at=now, actor=by, action=RAN, subject=RECORDS, detail=detail)
            _remind(tx, now)
        database.forget_deleted()
    return report


def last_run(database: Database) -> datetime | None:
    """When a run last came to its end."""
    with database.read() as tx:
        return audit.last_times(tx, [RECORDS], [RAN]).get((RECORDS, RAN))


def _remind(tx: Transaction, now: datetime) -> None:
    """Who leads a case is told, once, when a legal hold on it must be looked at again."""
    for due in holds.to_review(tx, now.date()):
        with suppress(cases.NoSuchCase):
            event = f"hold:{due.id}:{due.review_on.isoformat()}"
            notices.queue(tx, draft_id=due.draft_id, to="lead", kind="hold_review", at=now, event=event)


def _family(
    database: Database, engine: EngineRecord, rules: Retention, age: Age, report: Report, *, by: str, now: datetime
) -> None:
    with database.read() as tx:
        name = _due(tx, rules, age, now.date())
        conversation_ids = personal_data.conversation_ids(tx, age.draft_id) if name else ()
        waits = name is not None and personal_data.alert_waits(tx, age.draft_id)
    if name is None:
        return
    if age.held:
        report.on_hold += 1
    elif waits:
        report.alert_waits += 1
    elif report.dry_run or _erase(database, engine, rules, age.draft_id, conversation_ids, name, by=by, now=now):
        report.families[name] = report.families.get(name, 0) + 1
    else:
        report.busy += 1


def _erase(
    database: Database,
    engine: EngineRecord,
    rules: Retention,
    draft_id: str,
    conversation_ids: tuple[str, ...],
    name: str,
    *,
    by: str,
    now: datetime,
) -> bool:
    """Whether it went: not when somebody uses it, or has used it since it was looked at."""
    try:
        with hold(database, draft_id, "retention", _LEASE_SECONDS, now, wait_seconds=0):
            with database.write() as tx:
                if _due(tx, rules, ages.of_draft(tx, draft_id), now.date()) != name:
                    return False
            elsewhere = engine.erase(conversation_ids)
            with database.write() as tx:
                personal_data.erase(tx, draft_id, by=by, at=now, cause="age", record_class=name, elsewhere=elsewhere)
    except (Busy, drafts.NoSuchDraft, personal_data.AlertWaits, holds.OnHold):
        return False
    return True


def _due(tx: Transaction, rules: Retention, age: Age, today: date) -> str | None:
    """The class of a family whose records may go today; None when they stay."""
    record = Record(
        status=age.status,
        last_used=age.last_used.date(),
        status_since=age.status_since.date(),
        last_alert=None if age.last_alert is None else age.last_alert.date(),
        age=_GROWN_UP,
        # The age was said, or said anew, at the latest when the draft was last used: counted from there, it errs on
        # the side of keeping.
        age_said=age.last_used.date(),
    )
    if not _over(rules, record, today):
        return None
    try:
        about = interview_from_json(json.loads(drafts.get(tx, age.draft_id).state)).about
    except drafts.NoSuchDraft:
        return None
    record = replace(record, age=about.age)
    return class_of(record) if _over(rules, record, today) else None


def _over(rules: Retention, record: Record, today: date) -> bool:
    day = may_go_on(rules, record)
    return day is not None and day <= today


def _rows(
    database: Database, engine: EngineRecord, rules: Retention, report: Report, *, by: str, now: datetime
) -> None:
    for name in get_args(RowClass):
        day = before(rules.periods[name], now.date())
        if day is None:
            continue
        with database.write() as tx:
            deleted = ages.delete_rows(tx, name, _midnight(day), dry_run=report.dry_run)
            _note(tx, report, name, deleted, by=by, now=now)
    day = before(rules.periods["engine"], now.date())
    if day is not None:
        with database.read() as tx:
            kept = ages.conversations_on_hold(tx)
        deleted = engine.erase_before(_midnight(day), keep=kept, dry_run=report.dry_run)
        with database.write() as tx:
            _note(tx, report, "engine", deleted, by=by, now=now)


def _note(tx: Transaction, report: Report, name: str, deleted: dict[str, int], *, by: str, now: datetime) -> None:
    rows = {one: number for one, number in deleted.items() if number}
    if not rows:
        return
    report.rows[name] = rows
    if not report.dry_run:
        receipts.write(tx, at=now, by=by, cause="age", record_class=name, rows=rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
