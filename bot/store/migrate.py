"""Bring a database to the current shape. Safe to call at every start, from several processes at once."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, make_url, text

from bot.store.database import WAIT_SECONDS, connect

_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_373_737
"""Number of the PostgreSQL advisory lock that one upgrade holds at a time; any fixed number does."""


def upgrade(database_url: str) -> None:
    """Create what is missing in the database. A new SQLite file can be read by its owner alone."""
    _prepare_file(database_url)
    engine = connect(database_url).execution_options(sevensteps_writes=True)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADE_LOCK})
            command.upgrade(configuration(connection), "head")
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for one open connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _prepare_file(database_url: str) -> None:
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    # The log mode stays with the file. Changing it does not wait for others, so two first starts take turns here.
    give_up = time.monotonic() + WAIT_SECONDS
    while True:
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        finally:
            connection.close()
