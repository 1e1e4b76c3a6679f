"""The actions over a new store, with an allocation service and a council's language model as small real servers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from actions.language_model import LanguageModel
from actions.services import Services, _client
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.actions.allocation_server import AllocationServer
from tests.actions.family import CONTENT, Family
from tests.actions.stub_model import StubModel


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables, to be copied for each test."""
    path = tmp_path_factory.mktemp("actions") / "store.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def store_file(empty_store: Path, tmp_path: Path) -> Path:
    return shutil.copy(empty_store, tmp_path / "store.db")


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
def allocation() -> Iterator[AllocationServer]:
    server = AllocationServer(CONTENT)
    yield server
    server.close()


@pytest.fixture(scope="session")
def http() -> httpx.Client:
    """One for all tests, as there is one in a process: making it is slow."""
    return _client()


@pytest.fixture
def services(store_file: Path, key: str, allocation: AllocationServer, http: httpx.Client) -> Iterator[Services]:
    """As they are without any setting: no language model."""
    database = Database(f"sqlite:///{store_file}", Cipher([key]))
    yield Services(CONTENT, database, allocation.url, http=http)
    database.close()


@pytest.fixture
def stub() -> Iterator[StubModel]:
    server = StubModel()
    yield server
    server.close()


@pytest.fixture
def with_model(services: Services, stub: StubModel) -> Services:
    """With the council's model, which gets two seconds."""
    return replace(services, language_model=LanguageModel(stub.url, "county/reader-7b", "the-key", 2.0))


@pytest.fixture
def family(services: Services) -> Family:
    """At the first question, with no language model."""
    return Family(services).begin()


@pytest.fixture
def read_twice(with_model: Services) -> Family:
    """At the first question, with the council's model as one more reader."""
    return Family(with_model).begin()
