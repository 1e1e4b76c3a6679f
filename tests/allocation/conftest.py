"""The real content of the example council, and requests as a conversation sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.allocation import AllocationRequest, AllocationResult, allocate
from bot.content import Content, load

TODAY = date(2026, 11, 2)

WORKED_EXAMPLE = {
    "S1": 2, "S2": 2, "S3": 2, "H1": 1, "H2": 1, "H3": 2, "H4": 1, "E1": 2,
    "E2": 2, "P1": 2, "P2": 1, "W1": 1, "W2": 1, "F1": 2, "F2": 1,
}  # fmt: skip
"""Domain notes 3.4: social care 42.2 points, need score 48.5, about £5,050 a year."""

Build = Callable[..., dict[str, Any]]
Run = Callable[..., AllocationResult]


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def body() -> Build:
    """A request's JSON. Levels come as keywords; ``also`` adds answers, ``by`` says who gave the levels."""

    def build(levels: dict[str, int | None], *, also: tuple[dict[str, Any], ...] = (), **rest: Any) -> dict[str, Any]:
        by = rest.pop("by", "parent")
        answers = [{"code": code, "level": level, "by": by} for code, level in levels.items()]
        return {"questionnaire": "default-ras", "age_pack": "7-10", "answers": [*answers, *also]} | rest

    return build


@pytest.fixture(scope="session")
def run(content: Content, body: Build) -> Run:
    """The result for some levels, on the real content."""

    def running(levels: dict[str, int | None], **rest: Any) -> AllocationResult:
        here = rest.pop("content", content)
        return allocate(here, AllocationRequest(**body(levels, **rest)), TODAY)

    return running


@pytest.fixture
def example() -> dict[str, int | None]:
    return dict(WORKED_EXAMPLE)


@pytest.fixture(scope="session")
def all_at() -> Callable[[int], dict[str, int | None]]:
    """Every scored question at one level."""
    return lambda level: dict.fromkeys(WORKED_EXAMPLE, level)
