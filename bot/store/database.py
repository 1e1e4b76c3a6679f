"""One connection to SQLite or PostgreSQL, and the transactions in which everything is read and written.

Two processes never deadlock here. On SQLite a writer takes the write lock when it begins (BEGIN IMMEDIATE) and others
wait up to five seconds. On PostgreSQL a transaction locks its draft first and the audit's head last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Row,
    Select,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store import audit
from bot.store.tables import Base, DraftRow

if TYPE_CHECKING:
    from bot.store.crypto import Cipher

WAIT_SECONDS = 5
"""How long a writer waits for another before it is told that the database is busy."""

_WRITES = "sevensteps_writes"

_UNSYNCED = "sevensteps_unsynced"

# Statements that a turn needs are built once, here and in the other files: building one costs more than running it.
# The lock leaves the draft's key alone, so that rows which only point at the draft can be added meanwhile.
_LOCK_DRAFT = select(DraftRow).where(DraftRow.id == bindparam("id")).with_for_update(key_share=True)

_INSERT_OR: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Busy(Exception):
    """Somebody else holds what we need, and did not let go in time. Nothing was changed: try again."""


class NoSuchDraft(LookupError):
    """No draft has this id."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What happens together or not at all. Made by :meth:`Database.read` and :meth:`Database.write`."""

    connection: Connection
    cipher: Cipher
    audit_entries: list[audit.Entry] = field(default_factory=list)
    """Audit rows to be written when the transaction ends; see :func:`bot.store.audit.note`."""


class Database:
    """The store of one process. Threads may share it; a fork may not."""

    def __init__(self, url: str, cipher: Cipher) -> None:
        self.cipher = cipher
        self._engine = connect(url)
        self._reads = self._engine
        if self._engine.dialect.name == "postgresql":
            self._reads = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._writes = self._engine.execution_options(**{_WRITES: True})
        self._unsynced = self._engine.execution_options(**{_WRITES: True, _UNSYNCED: True})

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A view of the store at one moment."""
        with _busy_in_words(), self._reads.begin() as connection:
            yield Transaction(connection, self.cipher)

    @contextmanager
    def write(self, *, survives_power_cut: bool = True) -> Iterator[Transaction]:
        """Changes that are kept with their audit rows when the block ends, or not at all if it raises. Raises Busy.

        What nobody misses after a power cut (who holds a turn) need not wait for the disk; it is still seen by every
        process at once, and outlives the end of this one.
        """
        with _busy_in_words(), (self._writes if survives_power_cut else self._unsynced).begin() as connection:
            transaction = Transaction(connection, self.cipher)
            yield transaction
            # The audit is one chain for everybody: taking its head last keeps that wait short and free of deadlock.
            audit.write_entries(transaction, transaction.audit_entries)

    def is_ready(self) -> bool:
        """Whether the database answers and has its tables."""
        try:
            with self.read() as tx:
                tx.connection.execute(select(DraftRow.id).limit(1)).first()
        except (Busy, DBAPIError):
            return False
        return True

    def forget_deleted(self) -> None:
        """Leave nothing of deleted rows in SQLite's write-ahead log. PostgreSQL's vacuum does that by itself."""
        if self._engine.dialect.name != "sqlite":
            return
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        self._engine.dispose()


def connect(url: str) -> Engine:
    """An engine with our ways: write-ahead log and foreign keys on SQLite, a limit to waiting on both."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "postgresql":
        options = f"-c lock_timeout={WAIT_SECONDS * 1000} -c timezone=UTC"
        return create_engine(
            parsed, pool_pre_ping=True, connect_args={"options": options, "connect_timeout": WAIT_SECONDS}
        )
    engine = create_engine(parsed, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def lock_draft(tx: Transaction, draft_id: str) -> Row[Any]:
    """The draft's row, held until the transaction ends. A change under a draft takes it first. Raises NoSuchDraft."""
    row = tx.connection.execute(_LOCK_DRAFT, {"id": draft_id}).first()
    if row is None:
        raise NoSuchDraft(draft_id)
    return row


def next_seq(tx: Transaction, table: type[Base], draft_id: str) -> int:
    """The next number of a draft's rows in ``table``, from 1. The draft must be locked."""
    return int(tx.connection.scalar(_last_seq(table), {"draft_id": draft_id}) or 0) + 1


def add(tx: Transaction, table: type[Base], *rows: Mapping[str, object]) -> None:
    """Add rows, given by column name."""
    tx.connection.execute(_insert(table), list(rows))


def insert_or(tx: Transaction, table: type[Base]) -> Any:
    """An insert that can say what happens when the row is there already (``on_conflict_…``), in the database's dialect.

    One statement: with a look first and then an insert, two at the same moment would both insert, and one would fail.
    """
    return _INSERT_OR[tx.connection.dialect.name](table)


@cache
def _insert(table: type[Base]) -> Insert:
    return insert(table)


@cache
def _last_seq(table: type[Base]) -> Select[tuple[int | None]]:
    columns: Any = table
    return select(func.max(columns.seq)).where(columns.draft_id == bindparam("draft_id"))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own BEGIN is turned off: it begins deferred, and two such writers can block each other for good.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(_WRITES, False):
        connection.exec_driver_sql("BEGIN")
        return
    # FULL: an answer that the family saw accepted survives a power cut, not only the end of a process.
    synchronous = "NORMAL" if options.get(_UNSYNCED, False) else "FULL"
    if connection.info.get("synchronous") != synchronous:
        connection.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
        connection.info["synchronous"] = synchronous
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _busy_in_words() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        text = str(error.orig)
        if "database is locked" in text or "lock timeout" in text or "deadlock detected" in text:
            raise Busy("the database is busy") from error
        raise
