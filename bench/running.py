"""Processes that the benchmarks start, and how they are waited for and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.ops.config import ROOT
from bot.ops.processes import ENGINE_PYTHON

__all__ = ["ENGINE_PYTHON", "ROOT", "environment", "free_port", "running", "wait_for"]

READY_SECONDS = 180.0
POLL_SECONDS = 0.02
"""Also how exactly the start is measured."""
STOP_SECONDS = 15.0


def environment(**more: str) -> dict[str, str]:
    """This process's environment without anything that is configuration of Sevensteps, and with ``more``."""
    ours = ("SEVENSTEPS_", "STOCK_", "RASA_", "SANIC_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return plain | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false"} | more


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(name: str, command: Sequence[str], env: Mapping[str, str], logs: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process for as long as the block runs; its output goes to a file in ``logs``."""
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_for(url: str, child: subprocess.Popen[bytes], logs: Path) -> None:
    """Until ``url`` answers 200. Raises RuntimeError when the process ends or takes too long."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if child.poll() is not None:
            raise RuntimeError(f"{url}: the process ended with status {child.returncode}\n{_ends(logs)}")
        try:
            if httpx.get(url, timeout=5.0, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"{url} did not answer in {READY_SECONDS:.0f} seconds\n{_ends(logs)}")


def _ends(logs: Path) -> str:
    """How each log ends; the folder is gone when anybody could look."""
    return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in sorted(logs.glob("*.log")))
