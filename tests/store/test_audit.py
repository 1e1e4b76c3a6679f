"""The audit cannot be changed through the database's front door, and whoever goes round it is found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.drafts import Draft
from tests.store.helpers import NOW, new_draft


@pytest.fixture
def five_lines(database: Database) -> Database:
    for number in range(1, 6):
        with database.write() as tx:
            audit.note(tx, at=NOW, actor="ann", action=f"step.{number}", subject="d1", detail={"n": number})
    return database


def round_the_door(database: Database, *statements: str) -> None:
    """What somebody with the database's own password can do."""
    with database.write() as tx:
        if tx.connection.dialect.name == "sqlite":
            for trigger in ("audit_keep_update", "audit_keep_delete", "audit_head_keep_delete"):
                tx.connection.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            tx.connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            tx.connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER ALL"))
        for statement in statements:
            tx.connection.execute(text(statement))


def test_an_untouched_audit_is_clean(five_lines: Database) -> None:
    assert audit.verify(five_lines) == []
    with five_lines.read() as tx:
        assert [line.action for line in audit.lines(tx, subject="d1", after=2, limit=2)] == ["step.3", "step.4"]
        assert audit.head(tx)[0] == 5


def test_the_last_time_of_each_action_is_found_for_many_subjects_at_once(database: Database) -> None:
    later = NOW + timedelta(hours=3)
    with database.write() as tx:
        for at, action, subject in (
            (NOW, "family.person", "d1"),
            (later, "family.person", "d1"),
            (NOW, "family.disagree", "d1"),
            (NOW, "family.person", "d2"),
            (NOW, "family.person", "d3"),
            (NOW, "draft.stepped", "d2"),
        ):
            audit.note(tx, at=at, actor="family", action=action, subject=subject)
    with database.read() as tx:
        found = audit.last_times(tx, ["d1", "d2", "d9"], ["family.person", "family.disagree"])
        assert audit.last_times(tx, [], ["family.person"]) == {}
    assert found == {("d1", "family.person"): later, ("d1", "family.disagree"): NOW, ("d2", "family.person"): NOW}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'bob' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_the_audit(five_lines: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), five_lines.write() as tx:
        tx.connection.execute(text(statement))
    assert audit.verify(five_lines) == []


@pytest.mark.parametrize(
    ("statements", "kind", "seq"),
    [
        (["UPDATE audit SET actor = 'bob' WHERE seq = 2"], "changed", 2),
        (["UPDATE audit SET detail = '{}' WHERE seq = 5"], "changed", 5),
        (["UPDATE audit SET at = '2020-01-01 00:00:00' WHERE seq = 3"], "changed", 3),
        (["DELETE FROM audit WHERE seq = 3"], "gap", 4),
        (["DELETE FROM audit WHERE seq <= 2"], "gap", 3),
        (["DELETE FROM audit WHERE seq = 5"], "cut off", 4),
        (["DELETE FROM audit"], "cut off", 0),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 2",
                "UPDATE audit SET seq = 2 WHERE seq = 3",
                "UPDATE audit SET seq = 3 WHERE seq = 99",
            ],
            "broken chain",
            2,
        ),
        (
            [
                "DELETE FROM audit WHERE seq = 5",
                "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)",
            ],
            "head",
            4,
        ),
        (["DELETE FROM audit_head"], "head", 5),
    ],
)
def test_tampering_is_found(five_lines: Database, statements: list[str], kind: str, seq: int) -> None:
    round_the_door(five_lines, *statements)
    found = audit.verify(five_lines)
    assert (kind, seq) in {(problem.kind, problem.seq) for problem in found}
    assert all(problem.words for problem in found)


FORGET_ALL = ("DELETE FROM audit", f"UPDATE audit_head SET seq = 0, hash = '{audit.START}', seal = ''")  # noqa: S608


def test_an_audit_written_anew_without_the_key_is_found(five_lines: Database, url: str) -> None:
    """Somebody who knows how the hashes are made, but not the key, writes a whole new chain and head."""
    round_the_door(five_lines, *FORGET_ALL)
    forger = Database(url, Cipher([new_key()]))
    with forger.write() as tx:
        audit.note(tx, at=NOW, actor="ann", action="step.1", subject="d1")
    forger.close()
    assert [problem.kind for problem in audit.verify(five_lines)] == ["head"]


def test_going_on_after_tampering_does_not_heal_it(five_lines: Database) -> None:
    round_the_door(
        five_lines,
        "DELETE FROM audit WHERE seq = 5",
        "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)",
    )
    for _ in range(2):
        with five_lines.write() as tx:
            audit.note(tx, at=NOW, actor="ann", action="later", subject="d1")
        assert [problem.kind for problem in audit.verify(five_lines)] == ["head"]


def test_an_audit_emptied_and_begun_anew_is_found_by_its_drafts(database: Database, draft: Draft) -> None:
    assert audit.verify(database) == []
    round_the_door(database, *FORGET_ALL)
    assert [problem.kind for problem in audit.verify(database)] == ["unrecorded"]
    new_draft(database)
    (problem,) = audit.verify(database)
    assert draft.id in problem.words


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: audit.note(tx, at=NOW, actor="ann", action="a", subject="d1", detail={"why": "he hits me"}),
        lambda tx: audit.note(tx, at=NOW, actor="ann", action="a", subject="d1", detail={"list": ["ok", "not ok"]}),
        lambda tx: audit.note(tx, at=NOW, actor="Ann Smith", action="a", subject="d1"),
        lambda tx: audit.note(tx, at=NOW, actor="ann", action="a", subject="Zoë"),
    ],
)
def test_words_are_refused(database: Database, write: Callable[[object], None]) -> None:
    with pytest.raises(audit.NotACode), database.write() as tx:
        write(tx)
    with database.read() as tx:
        assert audit.lines(tx) == ()


def test_a_line_that_says_less_than_another_is_left_out(database: Database) -> None:
    with database.write() as tx:
        for subject in ("d1", "d2", "d1"):
            audit.note(tx, at=NOW, actor="ann", action="case.viewed", subject=subject, if_nothing_else=True)
        audit.note(tx, at=NOW, actor="bob", action="case.changed", subject="d1")
        audit.note(tx, at=NOW, actor="ann", action="case.changed", subject="d2")
    with database.read() as tx:
        kept = [(line.actor, line.action, line.subject) for line in audit.lines(tx)]
    assert kept == [("ann", "case.viewed", "d1"), ("bob", "case.changed", "d1"), ("ann", "case.changed", "d2")]
    assert audit.verify(database) == []
