"""Sevensteps as a person meets it: one command starts it, and the conversation goes through the HTTP API."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bench import machine
from bench.figures import milliseconds
from bench.running import environment, free_port, running, wait_for
from bench.walk import BEFORE, QUESTIONS, Reply, Said, walk


@dataclass(frozen=True, slots=True)
class Measured:
    """What one running instance showed."""

    start_seconds: float
    """From the command to the first answered message."""
    turns: list[float]
    """Seconds of each message, in order."""
    memory_gb: float
    """All processes together, after the conversation."""
    allocation_ms: float


class Person:
    """One conversation over the HTTP API."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        reply = http.post("/api/v1/conversations", json={})
        reply.raise_for_status()
        opened: dict[str, Any] = reply.json()
        self.last = opened
        self._path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def sends(self, body: dict[str, str]) -> float:
        """One message. Returns the seconds until its whole reply was there."""
        began = time.perf_counter()
        reply = self._http.post(self._path, json=body, headers=self._headers)
        took = time.perf_counter() - began
        reply.raise_for_status()
        self.last = reply.json()
        return took

    def reaches_the_first_question(self) -> None:
        """Consent, who, name and age."""
        for body in BEFORE:
            self.sends(body)
        place(self.last)


def place(reply: dict[str, Any]) -> Reply:
    """Where a reply of the API leaves the conversation. Raises RuntimeError outside the questions."""
    state, message = reply["state"], reply["messages"][-1]
    if state["stage"] != "ras" or state["safety"] != "GREEN":
        raise RuntimeError(f"the walk left the questions: stage {state['stage']}, safety {state['safety']}")
    return Reply(state["question_id"], message["kind"] == "confirm")


def measure(count: int, allocations: int, folder: Path) -> Measured:
    """Start it with the model trained, hold a conversation of ``count`` messages, look at its memory, stop it."""
    port, logs = free_port(), folder / "logs"
    address = f"http://127.0.0.1:{port}"
    env = environment(PORT=str(port), HOST="127.0.0.1", DATA_DIR=str(folder))
    began = time.perf_counter()
    with (
        running("serve", ["bin/sevensteps", "serve"], env, logs) as child,
        httpx.Client(base_url=address, timeout=30.0, trust_env=False) as http,
    ):
        wait_for(f"{address}/readyz", child, logs)
        person = Person(http)
        person.sends(BEFORE[0])
        started = time.perf_counter() - began
        for body in BEFORE[1:]:
            person.sends(body)
        turns: list[float] = []

        def send(said: Said) -> Reply:
            turns.append(person.sends({"text": said.text}))
            return place(person.last)

        walk(count, send)
        allocation = _allocations(http, allocations)
        return Measured(round(started, 2), turns, machine.memory_gb(machine.family(child.pid)), allocation)


def _allocations(http: httpx.Client, count: int) -> float:
    body = {
        "questionnaire": "default-ras",
        "age_pack": "7-10",
        "answers": [{"code": code, "level": 2, "by": "parent"} for code in QUESTIONS],
        "context": {},
    }
    took = []
    for _ in range(count):
        began = time.perf_counter()
        http.post("/api/v1/allocations", json=body).raise_for_status()
        took.append(time.perf_counter() - began)
    return milliseconds(median(took))
