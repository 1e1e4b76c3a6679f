"""The dialogue engine's own record, as far as this side must delete from it. It holds redacted events, by conversation.

The engine makes and writes its tables itself (``bot.engine.tracker_store``); a database in which they are not there
yet holds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, inspect, text

from bot.store.database import connect

TABLES = ("engine_events", "engine_conversations")
_OLD = text("SELECT sender_id FROM engine_conversations WHERE updated_at < :before")
_COUNT = tuple(text(f"SELECT count(*) FROM {name} WHERE sender_id IN :ids").bindparams(bindparam("ids", expanding=True)) for name in TABLES)  # noqa: S608 - the names are ours  # fmt: skip
_DELETE = tuple(text(f"DELETE FROM {name} WHERE sender_id IN :ids").bindparams(bindparam("ids", expanding=True)) for name in TABLES)  # noqa: S608 - the names are ours  # fmt: skip


class EngineRecord:
    """The engine's database at an address."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url).execution_options(sevensteps_writes=True)

    def count(self, conversation_ids: Sequence[str]) -> dict[str, int]:
        """How many rows each table holds of these conversations."""
        with self._engine.begin() as connection:
            if not _is_there(connection):
                return {}
            ids = list(conversation_ids)
            return {
                name: int(connection.execute(query, {"ids": ids}).scalar_one())
                for name, query in zip(TABLES, _COUNT, strict=True)
            }

    def erase(self, conversation_ids: Sequence[str]) -> dict[str, int]:
        """Delete these conversations. Returns how many rows went, by table. Again, it finds nothing."""
        with self._engine.begin() as connection:
            return _delete(connection, conversation_ids)

    def erase_before(self, before: datetime, *, keep: Collection[str], dry_run: bool) -> dict[str, int]:
        """Delete conversations whose last turn is older, but those to keep. Returns how many rows went, or would go."""
        with self._engine.begin() as connection:
            if not _is_there(connection):
                return {}
            found = connection.execute(_OLD, {"before": before.timestamp()}).scalars()
            old = [id for id in found if id not in keep]
        return self.count(old) if dry_run else self.erase(old)

    def close(self) -> None:
        self._engine.dispose()


def _delete(connection: Connection, conversation_ids: Sequence[str]) -> dict[str, int]:
    if not _is_there(connection) or not conversation_ids:
        return {}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    ids = list(conversation_ids)
    return {
        name: connection.execute(statement, {"ids": ids}).rowcount
        for name, statement in zip(TABLES, _DELETE, strict=True)
    }


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(TABLES[0])
