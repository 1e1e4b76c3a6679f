"""Somebody left the council: who keeps the service ends their sessions from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.ops import config
from bot.ops.cli import app
from bot.store import audit, staff_members, staff_sessions
from bot.store.crypto import Cipher
from bot.store.database import Database
from bot.store.migrate import upgrade


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    settings = config.read({"DATA_DIR": str(tmp_path)})
    upgrade(settings.database_url)
    return Database(settings.database_url, Cipher(list(settings.keys)))


def test_sessions_are_listed_and_ended(database: Database) -> None:
    now = datetime.now(UTC)
    with database.write() as tx:
        for user in ("ann-1", "ann-1", "bob-1"):
            teams = frozenset({"children"})
            _, token = staff_sessions.start(tx, user=user, role="team-manager", teams=teams, at=now)
            staff_members.seen(tx, user=user, name="A Name", role="team-manager", teams=teams, at=now)
    listed = CliRunner().invoke(app, ["staff", "list"]).output.splitlines()
    assert [(line.split("\t")[0], line.split("\t")[-1]) for line in listed] == [("ann-1", "2"), ("bob-1", "1")]
    assert "A Name" not in str(listed)
    assert CliRunner().invoke(app, ["staff", "sign-out", "ann-1"]).output == "2 sessions ended.\n"
    with database.write() as tx:
        assert staff_sessions.of_user(tx, "ann-1", now=now) == ()
        assert staff_sessions.find(tx, token, now=now) is not None, "the other one's goes on"
        last = audit.lines(tx, subject="ann-1")[-1]
    assert (last.actor, last.action, last.detail) == ("command-line", "staff.signed_out_everywhere", '{"sessions":2}')
    assert CliRunner().invoke(app, ["staff", "sign-out", "nobody"]).output == "0 sessions ended.\n"
