"""A draft takes each message once, tells a late writer that it is late, and can be found again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import answers, audit, drafts
from bot.store.answers import NewAnswer
from bot.store.database import Database
from bot.store.drafts import Draft
from tests.store.helpers import NOW, answer, new_draft

NIGHTS = NewAnswer("H3", 2, "answered", "parent", words="he wakes at 3 and I'm up")


def test_a_step_keeps_state_answers_and_audit_together(database: Database, draft: Draft) -> None:
    saved = answer(database, draft, "m1", NIGHTS, at=NOW + timedelta(minutes=1))
    assert (saved.revision, saved.stage, saved.position, saved.last_message_id) == (1, "ras", 1, "m1")
    with database.read() as tx:
        assert drafts.get(tx, draft.id) == saved
        (stored,) = answers.history(tx, draft.id)
        last = audit.lines(tx, subject=draft.id)[-1]
    assert (stored.question_id, stored.level, stored.words) == ("H3", 2, "he wakes at 3 and I'm up")
    assert (stored.questionnaire_id, stored.questionnaire_version) == ("exampleshire", "2026.1")
    assert (stored.message_id, stored.at, stored.by) == ("m1", NOW + timedelta(minutes=1), "parent")
    assert (last.action, last.actor) == ("answer.accepted", "family")
    assert last.detail == '{"message":"m1","questions":["H3"],"revision":1,"stage":"ras"}'


def test_the_same_message_twice_counts_once(database: Database, draft: Draft) -> None:
    once = answer(database, draft, "m1", NIGHTS)
    again = answer(database, draft, "m1", NIGHTS)
    assert again == once
    with database.read() as tx:
        assert len(answers.history(tx, draft.id)) == 1
        assert [line.action for line in audit.lines(tx)] == ["draft.created", "answer.accepted"]


def test_an_old_message_that_comes_late_counts_no_second_time(database: Database, draft: Draft) -> None:
    first = answer(database, draft, "m1", NIGHTS)
    second = answer(database, first, "m2", NewAnswer("H4", 1, "answered", "parent"))
    assert answer(database, second, "m1", NIGHTS) == second
    with database.read() as tx:
        assert drafts.already_applied(tx, draft.id, "m1")
        assert not drafts.already_applied(tx, draft.id, "m3")


def test_a_late_writer_is_told_and_changes_nothing(database: Database, draft: Draft) -> None:
    first = answer(database, draft, "m1", NIGHTS)
    with pytest.raises(drafts.StaleDraft) as late:
        answer(database, draft, "m2", NewAnswer("H3", 0, "answered", "parent"))
    assert late.value.current_revision == 1
    with database.read() as tx:
        assert drafts.get(tx, draft.id) == first
        assert [given.level for given in answers.history(tx, draft.id)] == [2]
    assert audit.verify(database) == []


def test_a_step_that_fails_half_way_leaves_nothing(database: Database, draft: Draft) -> None:
    with pytest.raises(RuntimeError, match="power cut"), database.write() as tx:  # noqa: PT012
        drafts.save(
            tx,
            draft.id,
            expected_revision=0,
            state="{}",
            stage="ras",
            position=1,
            message_id="m1",
            actor="family",
            at=NOW,
            audit_action="answer.accepted",
            answers=[NIGHTS],
        )
        raise RuntimeError("power cut")
    with database.read() as tx:
        assert drafts.get(tx, draft.id) == draft
        assert answers.history(tx, draft.id) == ()
        assert len(audit.lines(tx)) == 1


def test_the_current_answer_is_the_last_one_given(database: Database, draft: Draft) -> None:
    draft = answer(database, draft, "m1", NIGHTS, NewAnswer("H4", 1, "answered", "parent"))
    draft = answer(
        database, draft, "m2", NewAnswer("H3", 1, "varies", "young_person", hard_level=3, hard_days=2, words="depends")
    )
    draft = answer(database, draft, "m3", NewAnswer("H4", None, "cleared", "parent"))
    draft = answer(database, draft, "m4", NewAnswer("S1", None, "not_sure", "parent"))
    with database.read() as tx:
        now = answers.current(tx, draft.id)
        assert [given.seq for given in answers.history(tx, draft.id)] == [1, 2, 3, 4, 5]
    assert list(now) == ["H3", "S1"]
    assert (now["H3"].level, now["H3"].hard_level, now["H3"].hard_days, now["H3"].by) == (1, 3, 2, "young_person")
    assert (now["S1"].level, now["S1"].status) == (None, "not_sure")


def test_answers_of_two_families_stay_apart(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    answer(database, draft, "m1", NIGHTS)
    answer(database, other, "n1", NewAnswer("H3", 0, "answered", "parent", words="sleeps like a log"))
    with database.read() as tx:
        assert answers.current(tx, draft.id)["H3"].level == 2
        assert answers.current(tx, other.id)["H3"].words == "sleeps like a log"


def test_a_stored_answer_cannot_be_altered(database: Database, draft: Draft) -> None:
    answer(database, draft, "m1", NIGHTS)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as tx:
        tx.connection.execute(text("UPDATE answers SET level = 0"))


def test_a_reference_is_found_however_it_is_typed(database: Database, draft: Draft) -> None:
    typed = " " + draft.reference.lower().replace("-", " ") + "."
    with database.read() as tx:
        assert drafts.by_reference(tx, typed) == draft
        with pytest.raises(drafts.NoSuchDraft):
            drafts.by_reference(tx, "EX-2222-2222-2")
        with pytest.raises(drafts.NoSuchDraft):
            drafts.get(tx, draft.reference)


def test_drafts_are_listed_newest_first_page_by_page(database: Database) -> None:
    made = [new_draft(database, NOW + timedelta(minutes=minute // 2)) for minute in range(5)]
    with database.write() as tx:
        drafts.save(
            tx,
            made[1].id,
            expected_revision=0,
            state="{}",
            stage="result",
            position=16,
            message_id=None,
            actor="family",
            at=NOW,
            audit_action="result.given",
            status="ready",
        )
    with database.read() as tx:
        page = drafts.listing(tx, limit=3)
        rest = drafts.listing(tx, limit=3, after=page[-1].id)
        ready = drafts.listing(tx, status="ready")
    assert [one.created for one in (*page, *rest)] == sorted((one.created for one in made), reverse=True)
    assert {one.id for one in (*page, *rest)} == {one.id for one in made}
    assert [(one.id, one.stage) for one in ready] == [(made[1].id, "result")]


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="time zone"):
        new_draft(database, NOW.replace(tzinfo=None))
