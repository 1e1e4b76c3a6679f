"""The actions as a process of their own, started the way `serve` starts it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions.services import Services
from bot.ops.config import read
from bot.ops.processes import new_wiring, processes
from tests.actions.family import Family, new_draft
from tests.actions.stub_model import StubModel

LOST = "we just kind of hover i suppose"


@dataclass
class Server:
    """A running process and what a test needs to talk to it."""

    url: str
    secret: str
    log: Path

    def call(self, draft_id: str, text: str, **changed: Any) -> httpx.Response:
        """The loop's action, as the engine asks for it."""
        message = {
            "text": text,
            "intent": {"name": "nlu_fallback"},
            "reading": {"kind": "unclear", "text": text},
            "metadata": {"draft_id": draft_id, "message_id": "m-over-http"},
        }
        tracker = {"sender_id": "c-1", "slots": {}, "events": [], "latest_action_name": "action_listen"}
        tracker["latest_message"] = message | changed
        body = {"next_action": "interview_form", "sender_id": "c-1", "tracker": tracker}
        return httpx.post(f"{self.url}/webhook", json=body, headers={"Authorization": f"Bearer {self.secret}"})


@pytest.fixture
def server(store_file: Path, key: str, stub: StubModel, tmp_path: Path) -> Iterator[Server]:
    wiring = new_wiring()
    environ = {
        "DATA_DIR": str(tmp_path),
        "SEVENSTEPS_DATABASE_URL": f"sqlite:///{store_file}",
        "SEVENSTEPS_KEYS": key,
        "SEVENSTEPS_LLM_URL": stub.url,
        "SEVENSTEPS_LLM_MODEL": "county/reader-7b",
    }
    _, actions, _ = processes(read(environ), wiring)
    log = tmp_path / "actions.log"
    with (
        log.open("w") as out,
        subprocess.Popen(actions.command, env=actions.environment, stdout=out, stderr=out) as run,
    ):
        try:
            wait_for(actions.ready_url)
            yield Server(wiring.actions_url, wiring.secret, log)
        finally:
            run.terminate()


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, "the actions did not start"
        time.sleep(0.1)


def test_it_takes_a_turn_asks_the_councils_model_and_tells_a_stranger_nothing(
    server: Server, services: Services, stub: StubModel
) -> None:
    family = Family(services, new_draft(services)).begin()
    stub.says(level=2, intent=None)

    taken = server.call(family.draft_id, LOST)
    assert taken.status_code == 200
    assert taken.json()["responses"][-1]["custom"]["kind"] == "confirm"
    assert [seen.said for seen in stub.seen] == [LOST]
    assert family.interview.awaiting is not None

    question = {"kind": "question", "text": "who reads this?", "intent": "privacy_who_sees"}
    refused = server.call(family.draft_id, "who reads this?", reading=question)
    assert (refused.status_code, refused.json()["action_name"]) == (400, "interview_form")

    before = family.draft
    stranger = Server(server.url, "another secret", server.log).call(family.draft_id, LOST)
    assert (stranger.status_code, stranger.json()) == (401, {"error": "unauthorised"})

    failed = server.call("no-such-draft", "zoe is at 12 High Street")
    assert (failed.status_code, failed.json()) == (500, {"error": "action failed"})
    assert "NoSuchDraft" in server.log.read_text()
    assert "High Street" not in server.log.read_text()
    assert family.draft == before
