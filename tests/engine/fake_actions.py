"""A real small action server for the live tests: it speaks the action protocol and remembers what it was sent.

Standard library alone, so that it runs in either environment. ``"fail"`` in a text makes it answer 500.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOP = "interview_form"
TAKEN_BY_THE_LOOP = {"answer", "choose", "wake", "yes", "no", "nlu_fallback"}


class FakeActions:
    """Runs in a thread of the test. ``calls`` holds each request: (action, latest_action_name, reading)."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.failing = False
        self.reject: set[str] = set()
        self.sizes: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def names(self) -> list[str]:
        """The actions asked for so far, in order."""
        return [call["next_action"] for call in self.calls]

    def run(self, call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.calls.append(call)
        if self.failing:
            return 500, {"error": "told to fail"}
        name, tracker = call["next_action"], call["tracker"]
        message = tracker.get("latest_message") or {}
        intent = (message.get("intent") or {}).get("name")
        if name == "action_session_start":
            draft = (tracker["slots"].get("session_started_metadata") or {}).get("draft_id")
            return 200, {
                "events": [
                    {"event": "session_started"},
                    {"event": "slot", "name": "draft_id", "value": draft},
                    {"event": "active_loop", "name": LOOP},
                    {"event": "action", "name": "action_listen"},
                ],
                "responses": [],
            }
        if name == LOOP and tracker["latest_action_name"] == "action_listen":
            if intent not in TAKEN_BY_THE_LOOP or intent in self.reject:
                return 400, {"action_name": LOOP, "error": "not for the interview"}
            return 200, _say(f"took {intent}")
        if name == LOOP:
            return 200, _say("asked again")
        return 200, _say(f"{name} did {intent}")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body in one packet: no waiting for the other side's acknowledgement

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fake.sizes.append(len(body))
                status, reply = fake.run(json.loads(body))
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                self.wfile.flush()

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        return Handler


def _say(text: str) -> dict[str, Any]:
    return {"events": [], "responses": [{"custom": {"kind": "say", "text": text}}]}
