"""A small real directory of local services that answers what a test tells it to, can misbehave, and counts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]


@dataclass
class Reply:
    """What is answered. ``body`` as JSON unless it is bytes."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    seconds_before: float = 0.0
    seconds_between_bytes: float = 0.0


class StubDirectory:
    """Running from creation until :meth:`close`. Without ``answer`` it has ``services``, as lists and one by one."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.services: list[dict[str, Any]] = []
        self.thin = False
        """Lists leave out what is nested."""
        self.answer: Callable[[Asked], Reply] = self.default
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/api"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def default(self, asked: Asked) -> Reply:
        """As a well-behaved directory."""
        if asked.path == "/api/services":
            nested = ("cost_options", "service_at_locations", "schedules", "contacts", "service_areas")
            listed = [
                {name: value for name, value in service.items() if not self.thin or name not in nested}
                for service in self.services
            ]
            return Reply({"total_pages": 1, "contents": listed})
        id = unquote(asked.path.removeprefix("/api/services/"))
        one = next((service for service in self.services if service["id"] == id), None)
        return Reply(one) if one is not None else Reply({"detail": "none"}, 404)

    def paths(self) -> list[str]:
        """What was asked for, without the queries."""
        return [asked.path.removeprefix("/api") for asked in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(stub: StubDirectory) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked = Asked(url.path, dict(parse_qsl(url.query)), dict(self.headers))
            stub.asked.append(asked)
            reply = stub.answer(asked)
            raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            time.sleep(reply.seconds_before)
            try:
                self.send_response(reply.status)
                for name, value in ({"Content-Length": str(len(raw))} | reply.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.seconds_between_bytes:
                    for byte in raw:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(reply.seconds_between_bytes)
                else:
                    self.wfile.write(raw)
            except OSError:
                pass  # the other side has left: what it should do with such replies

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler
