"""The order of the suite: what takes longest begins first, so that no worker is left with it at the end."""

from __future__ import annotations

import pytest

LONGEST = (
    "tests/live",
    "tests/browser",
    "tests/conversations",
    "tests/engine",
    "tests/safety",
    "tests/ops",
    "tests/review",
    "tests/gateway",
    "tests/store",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((n for n, room in enumerate(LONGEST) if item.nodeid.startswith(room)), len(LONGEST))
    )
