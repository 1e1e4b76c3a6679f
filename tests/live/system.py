"""The really running product: service, actions and engine as the runner starts them, on free ports, with a new store.

The three roads between them go through :mod:`tests.live.roads`. One system serves the whole suite.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.ops import config
from bot.ops.processes import ENGINE_PYTHON, Process, Wiring, new_wiring, processes
from bot.store import answers, drafts
from bot.store.crypto import Cipher
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.live.roads import Road

READY_SECONDS = 120.0
NAMES = ("service", "actions", "engine")


class System:
    """Three processes, the roads between them, and the store they share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        configuration = config.read({"DATA_DIR": str(folder), "PORT": str(free_port())})
        # A copy: whoever trains meanwhile does not change what an engine finds when it starts again.
        models = shutil.copytree(configuration.models, folder / "models")
        self.configuration = replace(configuration, models=models)
        self.url = self.configuration.address
        wiring = new_wiring()
        self.engine_road = Road(wiring.engine_port)
        self.actions_road = Road(wiring.actions_port)
        self.allocation_road = Road(self.configuration.port)
        self._processes = {process.name: process for process in self._wired(wiring)}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self.http = httpx.Client(base_url=self.url, timeout=60, trust_env=False, verify=False)
        upgrade(self.configuration.database_url)
        self.database = Database(self.configuration.database_url, Cipher(list(self.configuration.keys)))

    def dead(self) -> tuple[str, ...]:
        """Processes that do not run."""
        return tuple(name for name in NAMES if self._children[name].poll() is not None)

    def start(self, *names: str) -> None:
        """Start these processes, and wait until they answer."""
        for name in names:
            process = self._processes[name]
            with (self.folder / f"{name}.log").open("ab") as log:
                self._children[name] = subprocess.Popen(
                    process.command,
                    env=process.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_parent if sys.platform == "linux" else None,
                )
        wait_until(lambda: all(self._answers(name) for name in names), READY_SECONDS, self.tail)

    def kill(self, name: str) -> None:
        """kill -9, without a word."""
        child = self._children[name]
        child.send_signal(signal.SIGKILL)
        child.wait()

    def stop(self) -> None:
        """Stop everything; harmless when it is stopped already."""
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        for child in self._children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for road in (self.engine_road, self.actions_road, self.allocation_road):
            road.close()
        self.http.close()
        self.database.close()

    def stored_answers(self, reference: str) -> dict[str, dict[str, Any]]:
        """The answers that hold in the store, in the shape of state.answers."""
        with self.database.read() as tx:
            found = answers.current(tx, drafts.by_reference(tx, reference).id)
        return {code: as_in_state(answer) for code, answer in found.items()}

    def history(self, reference: str) -> list[tuple[str, str, int | None]]:
        """Every answer ever accepted for a draft, oldest first: question, status, level."""
        with self.database.read() as tx:
            rows = answers.history(tx, drafts.by_reference(tx, reference).id)
        return [(row.question_id, row.status, row.level) for row in rows]

    def tail(self) -> str:
        """The end of each log, for a test that fails."""
        parts = []
        for name in NAMES:
            log = self.folder / f"{name}.log"
            lines = log.read_text(errors="replace").splitlines()[-20:] if log.exists() else []
            parts.append("\n".join((f"--- {name}.log", *lines)))
        return "\n".join(parts)

    def _answers(self, name: str) -> bool:
        if (code := self._children[name].poll()) is not None:
            raise RuntimeError(f"the {name} process ended with status {code}\n{self.tail()}")
        try:
            return self.http.get(self._processes[name].ready_url, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def _wired(self, wiring: Wiring) -> Iterator[Process]:
        """The product's own processes, each sent by way of our roads."""
        for process in processes(self.configuration, wiring):
            if process.name == "service":
                changed = {"SEVENSTEPS_ENGINE_URL": self.engine_road.url}
            elif process.name == "actions":
                changed = {"SEVENSTEPS_ALLOCATION_URL": self.allocation_road.url}
            else:
                changed = {}
            command = tuple(
                part.replace(wiring.actions_url, self.actions_road.url) if process.name == "engine" else part
                for part in process.command
            )
            yield replace(process, command=command, environment=process.environment | changed)


def as_in_state(answer: answers.Answer) -> dict[str, Any]:
    """A stored answer as contract.md shows it in the state."""
    shown: dict[str, Any] = {"level": answer.level, "status": answer.status, "by": answer.by}
    if answer.status == "varies":
        shown |= {"bad_day_level": answer.hard_level, "bad_days_per_week": answer.hard_days}
    return shown


_shared: list[System] = []


@contextmanager
def shared_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The one system of this test run, whoever asks first. It is stopped at the end of the session."""
    if not _shared:
        if not ENGINE_PYTHON.exists() or not list(config.ROOT.glob("models/*.tar.gz")):
            pytest.fail("The engine is not set up or not trained. Run: make test", pytrace=False)
        system = System(tmp_path_factory.mktemp("live"))
        try:
            system.start(*NAMES)
        except Exception as error:
            system.stop()
            pytest.fail(f"Sevensteps did not start: {error}", pytrace=False)
        _shared.append(system)
    try:
        yield _shared[0]
    finally:
        _shared[0].stop()


def wait_until(done: Any, seconds: float, explain: Any = lambda: "") -> None:
    """Raises TimeoutError, with what ``explain`` says."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"not within {seconds:.0f} seconds\n{explain()}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def die_with_parent() -> None:
    """Linux: nothing is left running when the tests themselves are killed."""
    pr_set_pdeathsig = 1
    if os.getppid() != 1:
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
