"""Staff stay signed in for a working day, or for an hour after they last did something."""

from __future__ import annotations

from datetime import timedelta

from bot.store import audit, staff_sessions
from bot.store.database import Database
from tests.store.helpers import NOW


def signed_in(database: Database) -> str:
    with database.write() as tx:
        return staff_sessions.start(
            tx, user="team-manager", role="team-manager", teams=frozenset({"children"}), at=NOW
        )[1]


def user_at(database: Database, token: str, after: timedelta) -> str | None:
    with database.write() as tx:
        session = staff_sessions.find(tx, token, now=NOW + after)
        return session.user if session else None


def test_a_session_is_found_by_its_token_alone(database: Database) -> None:
    token = signed_in(database)
    assert user_at(database, token, timedelta(minutes=5)) == "team-manager"
    assert user_at(database, token[:-1], timedelta(minutes=5)) is None


def test_an_idle_session_ends_and_a_used_one_goes_on(database: Database) -> None:
    token = signed_in(database)
    assert user_at(database, token, timedelta(minutes=50)) == "team-manager"
    assert user_at(database, token, timedelta(minutes=100)) == "team-manager"
    assert user_at(database, token, timedelta(minutes=161)) is None


def test_no_session_outlives_the_day(database: Database) -> None:
    token = signed_in(database)
    for half_hours in range(1, 20):
        assert user_at(database, token, timedelta(minutes=30 * half_hours)) == "team-manager"
    assert user_at(database, token, timedelta(hours=10)) is None


def test_signing_out_ends_it(database: Database) -> None:
    token = signed_in(database)
    for _ in range(2):
        with database.write() as tx:
            staff_sessions.end(tx, token, at=NOW)
    assert user_at(database, token, timedelta(0)) is None
    with database.read() as tx:
        assert [line.action for line in audit.lines(tx)] == ["staff.signed_in", "staff.signed_out"]


def test_each_session_has_its_own_form_token(database: Database) -> None:
    with database.write() as tx:
        one, _ = staff_sessions.start(tx, user="a", role="auditor", teams="all", at=NOW)
        two, _ = staff_sessions.start(tx, user="a", role="auditor", teams="all", at=NOW)
    assert one.csrf != two.csrf
