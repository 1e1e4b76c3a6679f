"""The service running in this process on a free port, with a fake engine behind it and a new store."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx
import uvicorn

from actions.services import Services as ActionServices
from bot.content.loader import Content, load
from bot.gateway.app import create_app
from bot.gateway.settings import GatewaySettings
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from tests.gateway.fake_engine import SECRET, FakeEngine

CONTENT: Content = load()
_TO_ALLOCATION = httpx.Client(
    timeout=10, trust_env=False, verify=False, limits=httpx.Limits(max_keepalive_connections=0)
)
"""Made once, as in the actions' own process."""


@dataclass
class Clock:
    """The time of the service; it stands still unless it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 21, 40, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time_: float) -> None:
        self.now += timedelta(**time_)


@dataclass
class Service:
    """What a test can reach."""

    url: str
    http: httpx.Client
    engine: FakeEngine
    database: Database
    clock: Clock
    app: Any
    settings: GatewaySettings
    key: str
    """Opens what is encrypted in the store."""


@contextmanager
def running(store: Path, *, lifespan: Literal["on", "off"] = "on", **changed: Any) -> Iterator[Service]:
    """Start everything on the store at this file, which has its tables. ``lifespan`` off: without what runs in the
    background (the sending of alerts), so that a test can do it at its own time."""
    engine, clock, key = FakeEngine(), Clock(), new_key()
    database = Database(f"sqlite:///{store}", Cipher([key]))
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "database": database,
        "content": CONTENT,
        "engine_url": engine.url,
        "engine_secret": SECRET,
        "actions_url": engine.url,
        "page_secret": "a secret for the pages of this test",
        "public_address": url,
        "clock": clock,
    }
    made = GatewaySettings(**(settings | changed))
    app = create_app(made)
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_level="error",
        server_header=False,
        lifespan=lifespan,
        timeout_keep_alive=600,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    engine.services = ActionServices(CONTENT, database, url, http=_TO_ALLOCATION, clock=clock)
    _wait_until(lambda: server.started)
    with httpx.Client(base_url=url, timeout=60, trust_env=False, verify=False) as http:
        try:
            yield Service(url, http, engine, database, clock, app, made, key)
        finally:
            server.should_exit = True
            thread.join(10)
            engine.close()
            database.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until(done: Any, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("the service did not start")
        time.sleep(0.01)
