"""The order of the suite: what takes longest begins first, so that no worker is left with it at the end.

And who runs what: a file is run by one worker, and all that talks to the really running product by the same one, so
that the product is started once.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.store import compiled

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


# Generated cases are the same ones each time, so that a red run says something about the change; whoever looks for new
# ones says --hypothesis-profile=explore, and adds what it finds as an @example. How long an example takes says more about
# what else this machine does; what something costs has tests of its own, which count this process's own time.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, max_examples=3_000, deadline=None)
settings.load_profile("seeded")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((n for n, room in enumerate(LONGEST) if item.nodeid.startswith(room)), len(LONGEST))
    )


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the collector need not look through all of it again and again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    with compiled.shared():
        yield


class Scheduling(LoadFileScheduling):
    """By files, with those of the running product as one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(("tests/live/", "tests/conversations/")) and "test_runner.py" not in nodeid:
            return "the running product"
        return super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """In place of ``--dist loadfile``."""
    return Scheduling(config, log) if config.option.dist == "loadfile" else None
