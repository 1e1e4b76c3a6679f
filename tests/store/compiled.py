"""Statements compiled once for all the stores of a test run.

SQLAlchemy keeps what it compiled with an engine, and knows it by the engine's dialect. The service has one engine; tests
make one for every store, thousands of them, and each would compile the same statements again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from bot.store import database


@contextmanager
def shared() -> Iterator[None]:
    """Every :class:`~bot.store.database.Database` made in here uses what another one compiled."""
    connect = database.connect
    first: dict[str, Engine] = {}

    def connect_sharing(url: str) -> Engine:
        engine = connect(url)
        name = engine.dialect.name
        if name not in first:
            try:
                engine.connect().close()  # a dialect is complete once it has seen its database
            except Exception:
                return engine
            first[name] = engine
            engine._compiled_cache = LRUCache(3_000)
        engine.dialect, engine._compiled_cache = first[name].dialect, first[name]._compiled_cache
        return engine

    with patch.object(database, "connect", connect_sharing):
        yield
