"""How the suite is spread over two workers: what shares something that is slow to start stays together."""

from __future__ import annotations

import pytest

TOGETHER = {"live": "live", "conversations": "live", "browser": "browser"}
"""Folders whose tests share the running product, or a browser. Everything else stays together by file."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in this same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.parent.name
        group = TOGETHER.get(folder, str(item.path))
        item.add_marker(pytest.mark.xdist_group(group))
