"""The really running product, started once for the whole suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.system import System, shared_system


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with shared_system(tmp_path_factory) as running:
        yield running
