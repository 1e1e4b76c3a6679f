"""An empty store for each test, on SQLite and, where its programs exist, on PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from bot.store import drafts
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.store.helpers import new_draft, quick_hashes


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, in a temporary folder; the tests on it are skipped without one."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs (initdb, pg_ctl) are not on this machine: its run of the store is left out")
    as_user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="sevensteps-pg-"))
    if as_user:
        shutil.chown(folder, "postgres" if _user_exists("postgres") else "nobody")
    data = folder / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_user, str(programs / program), *arguments], check=True, capture_output=True, cwd=folder)

    run("initdb", "-D", str(data), "-U", "sevensteps", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c fsync=off -c full_page_writes=off"  # nothing here outlives the run
    run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
    server = f"postgresql://sevensteps@127.0.0.1:{port}"
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE ready")
        upgrade(f"{server}/ready")
        yield server
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with its tables, to be copied for each test."""
    path = tmp_path_factory.mktemp("store") / "store.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database that has its tables."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    with _on_postgres(request.getfixturevalue("postgres"), template="ready") as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    with _on_postgres(request.getfixturevalue("postgres"), template="template0") as address:
        yield address


@pytest.fixture
def quick_hashing() -> Iterator[None]:
    """Argon2 with its lowest cost, for tests that are about counting."""
    with quick_hashes():
        yield


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
def database(url: str, key: str) -> Iterator[Database]:
    store = Database(url, Cipher([key]))
    yield store
    store.close()


@pytest.fixture
def draft(database: Database) -> drafts.Draft:
    return new_draft(database)


@contextmanager
def _on_postgres(server: str, *, template: str) -> Iterator[str]:
    name = f"t{os.urandom(6).hex()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}'.encode())
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _postgres_programs() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _unprivileged() -> list[str]:
    """How to run a program as somebody who is not root, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    user = next((name for name in ("postgres", "nobody") if _user_exists(name)), None)
    if setpriv is None or user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no setpriv or no other user to run it as")
    return [setpriv, f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]


def _user_exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
