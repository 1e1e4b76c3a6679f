"""A new database gets exactly the tables the code expects, also when several processes start at once."""

from __future__ import annotations

import hashlib
import multiprocessing
import stat
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.store import conversations
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database, connect
from bot.store.migrate import configuration, upgrade
from bot.store.tables import Base
from tests.store.helpers import NOW, new_draft


def test_the_migrations_make_what_the_models_say(url: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_upgrading_again_changes_nothing(url: str, database: Database) -> None:
    draft = new_draft(database)
    upgrade(url)
    with database.read() as tx:
        assert tx.connection.scalar(text("SELECT count(*) FROM drafts")) == 1
        assert tx.connection.scalar(text("SELECT reference FROM drafts")) == draft.reference


def test_a_family_from_before_plans_goes_on_talking(bare_url: str) -> None:
    left_at(bare_url, "0002")
    token = "given out before"
    engine = connect(bare_url).execution_options(sevensteps_writes=True)
    with engine.begin() as connection:
        connection.execute(
            text(
                """INSERT INTO drafts (id, reference, revision, questionnaire_id, questionnaire_version, stage,
                   position, status, state_sealed, created, updated) VALUES ('d1', 'EX-2222-2222', 0, 'q', '1', 'ras',
                   0, 'in_progress', :sealed, '2026-03-02 10:00:00.000000', '2026-03-02 10:00:00.000000')"""
            ),
            {"sealed": b""},
        )
        connection.execute(
            text(
                """INSERT INTO conversations (id, draft_id, token_hash, channel, language, created)
                   VALUES ('c1', 'd1', :hash, 'web', 'en', '2026-03-02 10:00:00.000000')"""
            ),
            {"hash": hashlib.sha256(token.encode()).hexdigest()},
        )
    engine.dispose()
    upgrade(bare_url)
    database = Database(bare_url, Cipher([new_key()]))
    with database.read() as tx:
        conversation = conversations.authenticate(tx, token)
    assert (conversation.id, conversation.member, conversation.created) == ("c1", "m1", NOW)
    database.close()


def left_at(url: str, revision: str) -> None:
    """As an older service left its database."""
    engine = connect(url).execution_options(sevensteps_writes=True)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)
    engine.dispose()


def test_two_first_starts_at_once_end_well(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'store.db'}"
    spawn = multiprocessing.get_context("spawn")
    starts = [spawn.Process(target=upgrade, args=(url,)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)
    assert [start.exitcode for start in starts] == [0, 0]
    database = Database(url, Cipher([new_key()]))
    assert database.is_ready()
    database.close()


def test_a_new_file_is_its_owners_alone_and_has_the_write_ahead_log(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    database = Database(f"sqlite:///{path}", Cipher([new_key()]))
    with database.read() as tx:
        settings = {name: tx.connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")}
        settings["busy_timeout"] = tx.connection.scalar(text("PRAGMA busy_timeout"))
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
    database.close()


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}", Cipher([new_key()]))
    assert not database.is_ready()
    database.close()
    unreachable = Database("postgresql://nobody@127.0.0.1:1/none", Cipher([new_key()]))
    assert not unreachable.is_ready()
    unreachable.close()
