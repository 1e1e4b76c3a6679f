"""A small real HTTP server in the engine's place. It takes turns with the real actions, and can be told to fail.

What it understands of free text is a short list, as understanding is not what these tests are about.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from rasa_sdk.interfaces import ActionExecutionRejection

from actions.interview_form import InterviewForm
from actions.services import Services
from actions.steering import Steer
from actions.step import Incoming, prompt
from bot.understanding.reading import Command, LevelReading, Reading

SECRET = "a secret of sixteen letters"

COMMANDS: dict[str, Command] = {
    "back": "back", "change": "change", "skip": "skip", "not sure": "not_sure", "it varies": "varies", "why": "why",
    "example": "example", "repeat": "repeat", "slower": "slower", "progress": "progress", "pause": "pause",
    "person": "person", "help": "help", "start again": "start_again", "yes": "yes", "no": "no",
}  # fmt: skip

Failure = Literal["down", "error", "loses the reply", "nonsense"]


class FakeEngine:
    """Running from creation until :meth:`close`."""

    def __init__(self) -> None:
        self.services: Services | None = None
        self.failure: Failure | None = None
        self.taken: list[dict[str, Any]] = []
        """Every turn that was asked for, as it came."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def turn(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        assert self.services is not None
        meta, text = body["metadata"], body["text"]
        reading = _read(text, meta["choice"], meta["question"])
        said = Incoming(
            draft_id=meta["draft_id"],
            message_id=meta["message_id"],
            text="" if meta["internal"] else text,
            choice=meta["choice"],
            intent=reading.intent,
            reading=reading.to_json(),
            member=meta["member"],
        )
        try:
            messages = InterviewForm(self.services)._turn(said, True)
        except ActionExecutionRejection:
            assert reading.command is not None
            stepped = Steer(self.services, "steer", reading.command)._step(said)
            messages = (*stepped, *prompt(self.services, said))
        return [message.to_json() for message in messages]


def _read(text: str, choice: str | None, question: str | None) -> Reading:
    if choice is not None:
        return Reading(kind="choice", text="", choice=choice, intent="choose")
    plain = text.strip().lower()
    if (command := COMMANDS.get(plain)) is not None:
        return Reading(kind="command", text=text, command=command, intent=plain)
    if "kettle" in plain and question is not None:
        return Reading(kind="answer", text=text, level=LevelReading(question, 2, 0.9))
    return Reading(kind="unclear", text=text)


def _handler(engine: FakeEngine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(503 if engine.failure == "down" else 200, {"status": "ok"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            engine.taken.append(body)
            if self.headers["Authorization"] != f"Bearer {SECRET}":
                self._answer(401, {"error": "unauthorised"})
            elif engine.failure == "down":
                self.connection.close()
            elif engine.failure == "error":
                self._answer(500, {"error": "turn_failed"})
            elif engine.failure == "nonsense":
                self._answer(200, {"unexpected": []})
            elif engine.failure == "loses the reply":
                engine.turn(body)
                self.connection.close()
            else:
                self._answer(200, {"messages": engine.turn(body)})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler
