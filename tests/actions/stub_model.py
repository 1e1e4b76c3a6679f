"""A small real OpenAI-compatible server that says what a test tells it to, and remembers what it was sent."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Seen:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def said(self) -> str:
        """The family's words, as they arrived."""
        data = json.loads(json.loads(self.body)["messages"][-1]["content"])
        return str(data["family_said"])


class StubModel:
    """Running from creation until :meth:`close`."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.raw: bytes = b""
        self.seconds_before = 0.0
        self.seconds_between_bytes = 0.0
        self.hangs_up = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def says(self, **opinion: Any) -> None:
        """Answer with this opinion."""
        self.says_words(json.dumps(opinion))

    def says_words(self, content: str | None, **message: Any) -> None:
        """Answer with these words, whatever they are."""
        choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": "stop"}
        self.raw = json.dumps({"id": "c-1", "object": "chat.completion", "choices": [choice]}).encode()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(stub: StubModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            stub.seen.append(Seen(self.path, dict(self.headers), body))
            time.sleep(stub.seconds_before)
            if stub.hangs_up:
                self.connection.close()
                return
            try:
                self.send_response(stub.status)
                for name, value in (stub.headers | {"Content-Length": str(len(stub.raw))}).items():
                    self.send_header(name, value)
                self.end_headers()
                if stub.seconds_between_bytes:
                    for byte in stub.raw:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(stub.seconds_between_bytes)
                else:
                    self.wfile.write(stub.raw)
            except OSError:
                pass  # the other side has left: what it should do with such replies

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler
