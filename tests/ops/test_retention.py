"""What has had its time goes, class by class, with receipts; what is held, in danger or alive stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.content.loader import Content
from bot.ops import retention
from bot.ops.config import missing_in_content
from bot.ops.retention_job import RetentionJob
from bot.store import audit, cases, drafts, holds, notices, receipts, resume, staff_sessions
from bot.store.engine_record import EngineRecord
from bot.store.leases import hold as taken
from bot.store.tables import DraftRow
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person
from tests.ops.households import engine_of, engine_rows, family, id_of, office


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with office(tmp_path_factory.mktemp("retention")) as started:
        yield started


@pytest.fixture
def engine(service: Service, tmp_path: Path) -> Iterator[EngineRecord]:
    record = engine_of(tmp_path, service.database)
    yield record
    record.close()


@pytest.fixture
def reference(service: Service) -> str:
    return family(service)


def run(service: Service, engine: EngineRecord, *, days: float = 0, dry_run: bool = False) -> retention.Report:
    now = service.clock() + timedelta(days=days)
    return retention.run(service.database, CONTENT, engine, by="retention", now=now, dry_run=dry_run)


def is_there(service: Service, reference: str) -> bool:
    try:
        id_of(service.database, reference)
    except drafts.NoSuchDraft:
        return False
    return True


def becomes(service: Service, reference: str, status: str) -> None:
    with service.database.write() as tx:
        tx.connection.execute(update(DraftRow).where(DraftRow.reference == reference).values(status=status))


def test_a_conversation_goes_half_a_year_after_its_last_use(
    service: Service, engine: EngineRecord, reference: str
) -> None:
    draft_id = id_of(service.database, reference)
    run(service, engine, days=180)
    assert is_there(service, reference)
    report = run(service, engine, days=185)
    assert report.families["unfinished"] >= 1
    assert not is_there(service, reference)
    with service.database.read() as tx:
        (receipt,) = receipts.of_reference(tx, reference)
        assert audit.lines(tx, subject=draft_id)[-1].action == "records.deleted"
    assert (receipt.cause, receipt.record_class, receipt.rows["answers"]) == ("age", "unfinished", 1)
    assert receipt.proves_itself()


def test_a_dry_run_only_says_so(service: Service, engine: EngineRecord, reference: str) -> None:
    report = run(service, engine, days=185, dry_run=True)
    assert report.families["unfinished"] >= 1
    assert is_there(service, reference)
    with service.database.read() as tx:
        assert receipts.of_reference(tx, reference) == ()


@pytest.mark.parametrize("status", ["agreed", "live", "review_due"])
def test_what_is_alive_is_never_too_old(service: Service, engine: EngineRecord, reference: str, status: str) -> None:
    becomes(service, reference, status)
    run(service, engine, days=365 * 40)
    assert is_there(service, reference)
    becomes(service, reference, "in_progress")


def test_a_closed_case_is_kept_until_the_child_is_25(service: Service, engine: EngineRecord, reference: str) -> None:
    becomes(service, reference, "closed")
    run(service, engine, days=365 * 16)
    assert is_there(service, reference)
    run(service, engine, days=366 * 17)
    assert not is_there(service, reference)


def test_a_sent_plan_waits_for_its_own_period(service: Service, engine: EngineRecord, reference: str) -> None:
    becomes(service, reference, "sent")
    run(service, engine, days=365 * 2)
    assert is_there(service, reference)
    run(service, engine, days=366 * 3)
    assert not is_there(service, reference)


def test_a_legal_hold_stops_it_until_it_is_lifted(service: Service, engine: EngineRecord, reference: str) -> None:
    draft_id, now = id_of(service.database, reference), service.clock()
    with service.database.write() as tx:
        hold = holds.place(tx, draft_id, by="ann", why="a claim", review_on=date(2030, 1, 1), at=now)
        notices.queue(tx, draft_id=draft_id, to="family", kind="news", at=now)
        notices.seen(tx, draft_id, "m1", at=now)
    report = run(service, engine, days=400)
    assert report.on_hold == 1
    assert is_there(service, reference)
    with service.database.read() as tx:
        assert len(notices.listing(tx, limit=10, draft_id=draft_id)) == 1, "what belongs to it stays as well"
    with service.database.write() as tx:
        holds.lift(tx, draft_id, hold.id, by="ann", why="settled", at=now)
    run(service, engine, days=400)
    assert not is_there(service, reference)


def test_the_case_is_told_once_that_a_hold_must_be_looked_at(
    service: Service, engine: EngineRecord, reference: str
) -> None:
    draft_id, now = id_of(service.database, reference), service.clock()
    with service.database.write() as tx:
        cases.opened(tx, draft_id, team="children", at=now)
        day = now.date() + timedelta(days=30)
        hold = holds.place(tx, draft_id, by="ann", why="a claim", review_on=day, at=now)
    for days in (29, 31, 32):
        run(service, engine, days=days)
    with service.database.write() as tx:
        told = notices.listing(tx, limit=10, draft_id=draft_id)
        holds.lift(tx, draft_id, hold.id, by="ann", why="settled", at=now)
    assert [(notice.kind, notice.recipient) for notice in told] == [("hold_review", "team:children")]


def test_danger_that_nobody_looked_at_is_never_deleted(service: Service, engine: EngineRecord) -> None:
    service.clock.forward(hours=2)
    person = Person.at_the_first_question(service)
    reference = person.says("he's got a knife and mum is hurt")["state"]["draft_reference"]
    run(service, engine, days=185)
    assert is_there(service, reference), "an alert is kept for longer"
    assert run(service, engine, days=365 * 60).alert_waits == 1
    assert is_there(service, reference)


def test_a_run_that_was_cut_off_goes_on_and_repeats_nothing(
    service: Service, engine: EngineRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [family(service) for _ in range(3)]
    real, calls = retention.personal_data.erase, list[str]()

    def once(tx: object, draft_id: str, **more: object) -> object:
        if calls:
            raise KeyboardInterrupt
        calls.append(draft_id)
        return real(tx, draft_id, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(retention.personal_data, "erase", once)
        with pytest.raises(KeyboardInterrupt):
            run(service, engine, days=185)
    assert sum(is_there(service, reference) for reference in references) == 2
    run(service, engine, days=186)
    assert not any(is_there(service, reference) for reference in references)
    with service.database.read() as tx:
        assert [len(receipts.of_reference(tx, reference)) for reference in references] == [1, 1, 1]


def test_what_somebody_is_using_is_left_for_the_next_run(
    service: Service, engine: EngineRecord, reference: str
) -> None:
    draft_id = id_of(service.database, reference)
    with taken(service.database, draft_id, "a turn", 60, service.clock() + timedelta(days=185)):
        assert run(service, engine, days=185).busy == 1
    assert is_there(service, reference)


def test_rows_that_are_no_familys_go_by_their_own_periods(
    service: Service, engine: EngineRecord, reference: str
) -> None:
    draft_id, now = id_of(service.database, reference), service.clock()
    with pytest.raises(resume.WrongPin):
        resume.check(service.database, reference, "000000", client="a test", now=now)
    with service.database.write() as tx:
        staff_sessions.start(tx, user="ann", role="auditor", teams="all", at=now)
        cases.opened(tx, draft_id, team="children", at=now)
        notices.queue(tx, draft_id=draft_id, to="family", kind="news", at=now)
        notices.seen(tx, draft_id, "m1", at=now)
        notices.queue(tx, draft_id=draft_id, to="team", kind="news", at=now)
    report = run(service, engine, days=92)
    assert report.rows["resume_attempts"] == {"resume_attempts": 2}
    assert report.rows["notices"] == {"notices": 1}, "what is still on its way stays"
    assert report.rows["staff_sessions"]["staff_sessions"] >= 1
    with service.database.read() as tx:
        classes = {receipt.record_class for receipt in receipts.listing(tx, limit=20)}
    assert {"resume_attempts", "notices", "staff_sessions"} <= classes
    assert audit.verify(service.database) == []


def test_the_engines_record_goes_after_its_period_but_not_under_hold(service: Service, tmp_path: Path) -> None:
    one, two = (id_of(service.database, family(service)) for _ in range(2))
    engine = engine_of(tmp_path, service.database, one, two, updated_at=service.clock().timestamp())
    with service.database.write() as tx:
        hold = holds.place(tx, one, by="ann", why="a claim", review_on=date(2030, 1, 1), at=service.clock())
    run(service, engine, days=89)
    assert engine_rows(tmp_path) == 2
    assert run(service, engine, days=92).rows["engine"] == {"engine_conversations": 1, "engine_events": 1}
    assert engine_rows(tmp_path) == 1
    with service.database.write() as tx:
        holds.lift(tx, one, hold.id, by="ann", why="settled", at=service.clock())
    engine.close()


def test_a_day_without_periods_deletes_nothing(service: Service, engine: EngineRecord, reference: str) -> None:
    none: Content = replace(CONTENT, retention=())
    with pytest.raises(KeyError):
        retention.run(service.database, none, engine, by="r", now=service.clock() + timedelta(days=999))
    assert is_there(service, reference)


def test_live_mode_wants_periods_that_the_council_agreed() -> None:
    today = date(2026, 11, 22)
    (ours,) = CONTENT.retention
    agreed = ours.model_copy(update={"example": False, "approved_by": "Cabinet, 3 March 2026"})

    def said(*rules: object) -> list[str]:
        found = missing_in_content(replace(CONTENT, retention=rules), today)
        return [sentence for sentence in found if "etention" in sentence]

    assert len(said()) == len(said(ours)) == len(said(agreed.model_copy(update={"approved_by": None}))) == 1
    assert len(said(agreed.model_copy(update={"valid_from": date(2027, 1, 1)}))) == 1
    assert said(agreed) == []


def test_the_daily_job_runs_once_a_night(service: Service, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    job = RetentionJob(service.database, CONTENT, url, service.clock)
    other = RetentionJob(service.database, CONTENT, url, service.clock)
    today = service.clock.now
    service.clock.now = datetime(2095, 1, 10, 0, 30, tzinfo=UTC)  # after all that the other tests ran ahead
    assert not job.run_if_due(), "midnight: not yet"
    service.clock.forward(hours=4)
    assert job.run_if_due()
    assert not job.run_if_due()
    assert not other.run_if_due(), "another process has done it"
    service.clock.forward(hours=24)
    assert other.run_if_due()
    last = retention.last_run(service.database)
    assert last == service.clock.now
    with service.database.read() as tx:
        (line,) = [line for line in audit.lines(tx, subject="records", limit=500) if line.action == retention.RAN][-1:]
    assert json.loads(line.detail)["policy"] == "exampleshire/2026.1"
    service.clock.now = today
