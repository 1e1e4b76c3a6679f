"""What a family sent stays as it was sent, under its number, whoever sends again and whatever is tried on it."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit, crypto, drafts, plan_versions
from bot.store.database import Database, NoSuchDraft, Transaction
from bot.store.drafts import Draft, StaleDraft
from bot.store.plan_versions import PlanVersion
from tests.store.helpers import NOW, new_draft

BODY = '{"goal": "Ty goes to the trampoline place, and loves it"}'


def keep(
    tx: Transaction, draft: Draft, version: int, fingerprint: str = "abc", body: str = BODY, total_pence: int = 210_600
) -> PlanVersion:
    return plan_versions.add(
        tx,
        draft.id,
        version=version,
        fingerprint=fingerprint,
        body=body,
        total_pence=total_pence,
        guide_pence=200_000,
        by="m1",
        questionnaire="exampleshire/2026.1",
        tables="points/1 bands/2",
        script="default-plan/1",
        rules="exampleshire/1",
        actor="family",
        at=NOW + timedelta(days=version),
    )


def send(database: Database, draft: Draft, version: int, fingerprint: str = "abc", body: str = BODY) -> PlanVersion:
    """As a family's message does it: the draft's next step and the version, together."""
    with database.write() as tx:
        drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state="{}",
            stage="sent",
            position=19,
            message_id=None,
            actor="family",
            at=NOW,
            audit_action="draft.stepped",
            status="sent",
        )
        return keep(tx, draft, version, fingerprint, body)


def again(database: Database, draft: Draft) -> Draft:
    with database.read() as tx:
        return drafts.get(tx, draft.id)


def test_each_version_stays_as_it_was_sent(database: Database, draft: Draft) -> None:
    first = send(database, draft, 1)
    second = send(database, again(database, draft), 2, "def", '{"goal": "swimming"}')
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == (first, second)
        assert plan_versions.get(tx, draft.id, 1) == first
        assert plan_versions.latest(tx, draft.id) == second
        assert plan_versions.get(tx, draft.id, 3) is None
        assert [one.id for one in drafts.listing(tx, status="sent")] == [draft.id]
    assert (first.version, first.body, first.total_pence, first.guide_pence) == (1, BODY, 210_600, 200_000)
    assert (first.at, first.by, first.script, first.rules) == (
        NOW + timedelta(days=1),
        "m1",
        "default-plan/1",
        "exampleshire/1",
    )
    assert (first.questionnaire, first.tables) == ("exampleshire/2026.1", "points/1 bands/2")


def test_a_draft_that_sent_nothing_has_no_version(database: Database, draft: Draft) -> None:
    with database.read() as tx:
        assert plan_versions.latest(tx, draft.id) is None
        assert plan_versions.listing(tx, draft.id) == ()


def test_sending_is_in_the_audit_with_its_sums_and_without_words(database: Database, draft: Draft) -> None:
    send(database, draft, 1)
    with database.read() as tx:
        line = audit.lines(tx, subject=draft.id)[-1]
    assert (line.action, line.actor) == ("plan.sent", "family")
    assert json.loads(line.detail) == {
        "version": 1,
        "fingerprint": "abc",
        "total_pence": 210_600,
        "guide_pence": 200_000,
        "by": "m1",
    }


def test_the_same_plan_is_not_sent_twice(database: Database, draft: Draft) -> None:
    first = send(database, draft, 1)
    for number in (1, 2):
        with database.write() as tx:
            assert keep(tx, draft, number) == first
    with database.read() as tx:
        assert len(plan_versions.listing(tx, draft.id)) == 1
        assert [line.action for line in audit.lines(tx)].count("plan.sent") == 1


@pytest.mark.parametrize("number", [0, 1, 3, -1])
def test_a_version_that_is_not_the_next_one_is_refused(database: Database, draft: Draft, number: int) -> None:
    first = send(database, draft, 1)
    with pytest.raises(StaleDraft), database.write() as tx:
        keep(tx, draft, number, "def")
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == (first,)
        assert [line.action for line in audit.lines(tx)].count("plan.sent") == 1


def test_a_plan_of_no_draft_is_refused(database: Database, draft: Draft) -> None:
    with pytest.raises(NoSuchDraft), database.write() as tx:
        plan_versions.add(
            tx,
            "nowhere",
            version=1,
            fingerprint="abc",
            body=BODY,
            total_pence=1,
            guide_pence=None,
            by="m1",
            questionnaire="q/1",
            tables="",
            script="s/1",
            rules="r/1",
            actor="family",
            at=NOW,
        )


def test_sending_that_fails_half_way_leaves_nothing(database: Database, draft: Draft) -> None:
    with pytest.raises(RuntimeError, match="power cut"), database.write() as tx:  # noqa: PT012
        keep(tx, draft, 1)
        raise RuntimeError("power cut")
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == ()
        assert [line.action for line in audit.lines(tx)] == ["draft.created"]


def test_a_plan_of_any_price_is_kept(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        keep(tx, draft, 1, total_pence=10**14)
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id)[0].total_pence == 10**14


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_versions SET total_pence = 0",
        "UPDATE plan_versions SET body_sealed = ''",
        "UPDATE plan_versions SET version = 7",
        "DELETE FROM plan_versions",
        "DELETE FROM plan_versions WHERE version = 1",
    ],
)
def test_the_database_refuses_to_change_what_was_sent(database: Database, draft: Draft, statement: str) -> None:
    first = send(database, draft, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
        tx.connection.execute(text(statement))
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == (first,)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE: its DELETE is tested above
def test_postgresql_refuses_to_empty_the_table(database: Database, draft: Draft) -> None:
    send(database, draft, 1)
    for statement in ("TRUNCATE plan_versions", "TRUNCATE drafts CASCADE"):
        with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
            tx.connection.execute(text(statement))


def test_a_family_that_is_forgotten_takes_its_versions_along(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    send(database, draft, 1)
    kept = send(database, other, 1)
    with database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts WHERE id = :id"), {"id": draft.id})
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == ()
        assert plan_versions.listing(tx, other.id) == (kept,)


def test_what_was_sent_does_not_open_as_another_version(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    send(database, draft, 1)
    with database.write() as tx:
        tx.connection.execute(
            text(
                """INSERT INTO plan_versions SELECT :other, version, at, fingerprint, body_sealed, total_pence,
                   guide_pence, "by", questionnaire, tables, script, rules FROM plan_versions"""
            ),
            {"other": other.id},
        )
    with database.read() as tx, pytest.raises(crypto.CannotOpen, match=r"plan_versions\.body"):
        plan_versions.latest(tx, other.id)


def test_of_two_who_send_at_once_one_is_told_and_sends_after(database: Database, draft: Draft) -> None:
    both = threading.Barrier(2)

    def work(fingerprint: str) -> str:
        seen = again(database, draft)
        both.wait()
        try:
            send(database, seen, 1, fingerprint)
        except StaleDraft:
            return fingerprint
        return ""

    with ThreadPoolExecutor(2) as pool:
        (late,) = [told for told in pool.map(work, ["left", "right"]) if told]
    send(database, again(database, draft), 2, late)
    with database.read() as tx:
        stored = plan_versions.listing(tx, draft.id)
    assert [one.version for one in stored] == [1, 2]
    assert {one.fingerprint for one in stored} == {"left", "right"}
    assert audit.verify(database) == []


def test_the_same_plan_sent_by_two_at_once_is_one_version(database: Database, draft: Draft) -> None:
    both = threading.Barrier(2)

    def work(_: int) -> PlanVersion:
        both.wait()
        with database.write() as tx:
            return keep(tx, draft, 1)

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(work, range(2))
    assert one == two
    with database.read() as tx:
        assert plan_versions.listing(tx, draft.id) == (one,)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.sampled_from("abc"), max_size=8))
def test_versions_are_the_changes_in_order(database: Database, sent: list[str]) -> None:
    """Going back to an earlier plan is a new version; sending the same one again is not."""
    draft = new_draft(database)
    changes: list[str] = []
    for fingerprint in sent:
        changes += [fingerprint] if changes[-1:] != [fingerprint] else []
        with database.write() as tx:
            last = plan_versions.latest(tx, draft.id)
            now = keep(tx, draft, last.version + 1 if last else 1, fingerprint, body=fingerprint)
        assert (now.version, now.body) == (len(changes), fingerprint)
    with database.read() as tx:
        stored = plan_versions.listing(tx, draft.id)
    assert [(one.version, one.fingerprint) for one in stored] == list(enumerate(changes, start=1))
