"""The engine alone against stock Rasa: the same messages, the same understanding, the same machine, turn about.

Ours is asked at its own door (``POST /webhooks/gateway/turn``) with our actions behind it, stock Rasa at its REST
channel with its actions behind it. One message goes to one, then to the other, so that whatever else the machine does
falls on both; nothing is ever asked of both at once.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench import stock_project
from bench.gateway import Person
from bench.running import free_port, running, wait_for
from bench.walk import Reply, Said, walk
from bot.ops import config
from bot.ops.processes import Wiring, new_wiring, processes
from bot.store import drafts
from bot.store.crypto import Cipher
from bot.store.database import Database
from bot.store.migrate import upgrade


@dataclass(frozen=True, slots=True)
class Compared:
    """Both conversations, message by message, in seconds; and where each assistant was after it."""

    ours: list[float]
    stock: list[float]
    ours_at: list[str]
    stock_at: list[str]


Ask = Callable[[Said], tuple[float, Reply]]
"""Say one message to one assistant: the seconds until its reply was there, and where that leaves the conversation."""


@contextmanager
def assistants(folder: Path) -> Iterator[tuple[Callable[[], Ask], Callable[[], Ask]]]:
    """Both of them running. Yields what begins a new conversation at the first question with ours, and with stock."""
    with ExitStack() as stack:
        http = stack.enter_context(httpx.Client(timeout=60.0, trust_env=False))
        stock = stack.enter_context(stock_project.serve(folder / "stock"))
        configuration, wiring = stack.enter_context(_ours(folder / "ours"))
        yield (lambda: _our_conversation(http, configuration, wiring)), (lambda: _stock_conversation(http, stock))


def compare(count: int, ours: Callable[[], Ask], stock: Callable[[], Ask]) -> Compared:
    """One conversation of ``count`` messages with each, message by message in turn."""
    ask_ours, ask_stock = ours(), stock()
    result = Compared([], [], [], [])

    def send(said: Said) -> Reply:
        took, reply = ask_ours(said)
        result.ours.append(took)
        result.ours_at.append(reply.question)
        stock_took, stock_reply = ask_stock(said)
        result.stock.append(stock_took)
        result.stock_at.append(stock_reply.question)
        return reply

    walk(count, send)
    return result


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[config.Configuration, Wiring]]:
    """Service, actions and engine with the commands and environments that `bin/sevensteps serve` gives them."""
    configuration = config.read({"PORT": str(free_port()), "DATA_DIR": str(folder)})
    upgrade(configuration.database_url)
    wiring = new_wiring()
    with ExitStack() as stack:
        for one in processes(configuration, wiring):
            child = stack.enter_context(running(one.name, one.command, one.environment, folder / "logs"))
            wait_for(one.ready_url, child, folder / "logs")
        yield configuration, wiring


def _our_conversation(http: httpx.Client, configuration: config.Configuration, wiring: Wiring) -> Ask:
    with httpx.Client(base_url=configuration.address, timeout=30.0, trust_env=False) as service:
        person = Person(service)
        person.reaches_the_first_question()
    with Database(configuration.database_url, Cipher(list(configuration.keys))).read() as tx:
        draft = drafts.by_reference(tx, person.last["state"]["draft_reference"])
    sender = str(uuid.uuid4())
    headers = {"Authorization": f"Bearer {wiring.secret}"}

    def ask(said: Said) -> tuple[float, Reply]:
        metadata = {"draft_id": draft.id, "message_id": str(uuid.uuid4()), "question": said.question, "who": "parent"}
        body = {"sender": sender, "text": said.text, "metadata": metadata}
        took, reply = _post(http, f"{wiring.engine_url}/webhooks/gateway/turn", body, headers)
        last = reply["messages"][-1]
        return took, Reply(last["question_id"], last["kind"] == "confirm")

    return ask


def _stock_conversation(http: httpx.Client, address: str) -> Ask:
    sender, titles = str(uuid.uuid4()), stock_project.titles()
    _post(http, address, {"sender": sender, "message": "/start"}, {})
    at = "S1"

    def ask(said: Said) -> tuple[float, Reply]:
        nonlocal at
        metadata = {"question": said.question, "who": "parent"}
        took, messages = _post(http, address, {"sender": sender, "message": said.text, "metadata": metadata}, {})
        if not messages:
            raise RuntimeError(f"stock Rasa said nothing to {said.text!r}; see its log")
        at = titles.get(messages[-1].get("text", "").split("\n")[0], at)
        return took, Reply(at, confirming="Is that right?" in str(messages))

    return ask


def _post(http: httpx.Client, address: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[float, Any]:
    began = time.perf_counter()
    reply = http.post(address, json=body, headers=headers)
    took = time.perf_counter() - began
    reply.raise_for_status()
    return took, reply.json()
