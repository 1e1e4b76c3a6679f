"""One service with a telephone door for each file of tests, with the fake engine behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.channels.conftest import PUBLIC
from tests.gateway.service import Service, running
from tests.simulators.caller import Caller
from tests.simulators.phones import Providers


@pytest.fixture(scope="module")
def service(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = tmp_path_factory.mktemp("calls") / "store.db"
    shutil.copy(empty_store, store)
    providers = Providers()
    with running(store, lifespan="off", public_address=PUBLIC, channels=providers.settings) as service:
        yield service
    providers.close()


@pytest.fixture
def caller(service: Service) -> Caller:
    """Somebody who has just rung."""
    service.engine.failure = None
    caller = Caller(service.http, PUBLIC)
    caller.rings()
    return caller


@pytest.fixture
def asked(caller: Caller) -> Caller:
    """Somebody at the first question."""
    caller.presses("1")
    caller.chooses("yes")
    caller.chooses("parent")
    caller.says("Ty")
    caller.says("he is eight")
    return caller
