"""What the actions of one process share: content, the store, and the road to the allocation service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from actions.directory_client import DirectoryClient
from actions.language_model import LanguageModel
from bot.content.loader import Content
from bot.store.database import Database

ALLOCATION_SECONDS = 5.0
"""Longer than this and the family is told that the amount will come; nothing is lost."""


class AllocationAway(Exception):
    """The allocation service gave no usable answer. Ask again later."""


def _now() -> datetime:
    return datetime.now(UTC)


def _client() -> httpx.Client:
    """One for the process: making one loads every certificate authority, longer work than the allocation itself.

    Connections are not kept, so that a service which was restarted meanwhile is not taken for one that is away.
    """
    return httpx.Client(timeout=ALLOCATION_SECONDS, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True, slots=True)
class Services:
    """Made once per process, by actions.serve."""

    content: Content
    database: Database
    allocation_url: str
    """Address of the service, e.g. "http://127.0.0.1:8000"."""
    language_model: LanguageModel | None = None
    """The council's own, where one is configured."""
    directory: DirectoryClient | None = None
    """Of local services; None where the council has none."""
    http: httpx.Client = field(default_factory=_client, repr=False, compare=False)
    clock: Callable[[], datetime] = _now
    """The one clock of the actions."""

    def now(self) -> datetime:
        """What it shows, in UTC."""
        return self.clock()

    def allocate(self, request: dict[str, Any]) -> dict[str, Any]:
        """The allocation service's reply. Raises AllocationAway."""
        try:
            reply = self.http.post(f"{self.allocation_url}/api/v1/allocations", json=request)
            reply.raise_for_status()
            result: dict[str, Any] = reply.json()
            return result
        except (httpx.HTTPError, ValueError) as error:
            raise AllocationAway(type(error).__name__) from error
