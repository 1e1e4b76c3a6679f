"""A running service with a new store for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.migrate import upgrade
from tests.gateway.service import Service, running
from tests.store.helpers import quick_hashes


@pytest.fixture(scope="module", autouse=True)
def quick_hashing() -> Iterator[None]:
    """How strongly PINs are hashed is not what is tested here."""
    with quick_hashes():
        yield


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables, to be copied for each test."""
    path = tmp_path_factory.mktemp("gateway") / "store.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def service(empty_store: Path, tmp_path: Path) -> Iterator[Service]:
    shutil.copy(empty_store, tmp_path / "store.db")
    with running(tmp_path / "store.db") as started:
        yield started


@pytest.fixture
def live_service(empty_store: Path, tmp_path: Path) -> Iterator[Service]:
    """The same in live mode, behind https, allowed in the frames of one council page."""
    shutil.copy(empty_store, tmp_path / "live.db")
    with running(
        tmp_path / "live.db",
        mode="live",
        public_address="https://chat.example.gov.uk",
        embed_on=("https://www.example.gov.uk",),
        models=tmp_path / "no-models",
    ) as started:
        yield started
