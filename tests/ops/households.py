"""A store with real families in it, and a dialogue engine's record beside it, for the commands about personal data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store import drafts, personal_data
from bot.store.database import Database
from bot.store.engine_record import EngineRecord
from bot.store.migrate import upgrade
from tests.gateway.service import Service, running
from tests.gateway.talk import Person

ENGINE = """
CREATE TABLE engine_conversations (sender_id VARCHAR(64) PRIMARY KEY, next_seq INTEGER, window_starts TEXT, slots TEXT,
                                   active_loop VARCHAR(64), updated_at FLOAT);
CREATE TABLE engine_events (sender_id VARCHAR(64), seq INTEGER, type_name VARCHAR(64), name VARCHAR(128),
                            timestamp FLOAT, data TEXT, PRIMARY KEY (sender_id, seq));
"""
"""As ``bot/engine/tracker_store.py`` makes them."""


@contextmanager
def office(folder: Path) -> Iterator[Service]:
    """A service that sends nothing by itself, on a new store."""
    upgrade(f"sqlite:///{folder / 'store.db'}")
    with running(folder / "store.db", lifespan="off") as started:
        yield started


def family(service: Service) -> str:
    """The reference of somebody who answered a question in their own words."""
    service.clock.forward(hours=2)
    person = Person.at_the_first_question(service)
    person.picks("S1.2")
    reference: str = person.last["state"]["draft_reference"]
    return reference


def id_of(database: Database, reference: str) -> str:
    with database.read() as tx:
        return drafts.by_reference(tx, reference).id


def engine_of(folder: Path, database: Database, *draft_ids: str, updated_at: float = 0.0) -> EngineRecord:
    """The engine's record, with two rows for each conversation of these families."""
    with sqlite3.connect(folder / "engine.db") as connection:
        connection.executescript(ENGINE)
        for draft_id in draft_ids:
            with database.read() as tx:
                ids = personal_data.conversation_ids(tx, draft_id)
            for id in ids:
                connection.execute(
                    "INSERT INTO engine_conversations VALUES (?, 1, '[]', '{}', NULL, ?)", (id, updated_at)
                )
                connection.execute("INSERT INTO engine_events VALUES (?, 0, 'user', NULL, ?, '{}')", (id, updated_at))
    return EngineRecord(f"sqlite:///{folder / 'engine.db'}")


def engine_rows(folder: Path) -> int:
    with sqlite3.connect(folder / "engine.db") as connection:
        return int(connection.execute("SELECT count(*) FROM engine_conversations").fetchone()[0])
