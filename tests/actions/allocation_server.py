"""The allocation service's one address as a small real server: it works amounts out, counts, and can be away."""

from __future__ import annotations

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.allocation.run import allocate_json
from bot.content.loader import Content

TODAY = date(2026, 11, 22)


class AllocationServer:
    """Running from creation until :meth:`close`."""

    def __init__(self, content: Content) -> None:
        self.asked = 0
        self.away = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, content))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(server: AllocationServer, content: Content) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked += 1
            known = self.path == "/api/v1/allocations" and not server.away
            data = json.dumps(allocate_json(content, request, TODAY) if known else {}).encode()
            self.send_response(200 if known else 503)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler
