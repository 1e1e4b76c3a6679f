"""One foreground command: starts service, actions and engine, restarts what dies, stops all of it on Ctrl-C."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import httpx

from bot.ops.config import Configuration
from bot.ops.processes import Process, logs_folder, new_wiring, processes

POLL_SECONDS = 0.1
READY_SECONDS = 120.0
STOP_SECONDS = 10.0
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
"""Seconds before a process that died is started again: doubled each time it dies young."""
LIVED_LONG_ENOUGH = 30.0


@dataclass
class Running:
    """One child and how it fares."""

    process: Process
    log: BinaryIO
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    start_at: float = field(default=0.0)


class PortTaken(Exception):
    """Something else listens on the public port."""


def run(configuration: Configuration, say: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM. Raises PortTaken, and TimeoutError when the processes do not become ready."""
    check_port(configuration)
    logs = logs_folder(configuration)
    wiring = new_wiring()
    running = [Running(p, _open_log(logs / f"{p.name}.log")) for p in processes(configuration, wiring)]
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    told = False
    began = time.monotonic()
    # One client for all the asking: making one loads every certificate authority, and the three need the processor.
    asking = httpx.Client(timeout=2.0, trust_env=False)
    try:
        while not stopping:
            for one in running:
                _keep_alive(one, say)
            if not told and all(_answers(asking, one.process.ready_url) for one in running):
                told = True
                _welcome(configuration, say)
            if not told and time.monotonic() - began > READY_SECONDS:
                raise TimeoutError(f"not ready after {READY_SECONDS:.0f} seconds; the logs are in {logs}")
            time.sleep(POLL_SECONDS)
    finally:
        asking.close()
        _stop_all(running)
        say("Sevensteps has stopped.")


def check_port(configuration: Configuration) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((configuration.host, configuration.port))
        except OSError as error:
            raise PortTaken(
                f"Port {configuration.port} on {configuration.host} is in use or not allowed. "
                f"Choose another, for example: make run PORT={configuration.port + 1}"
            ) from error


def _open_log(path: Path) -> BinaryIO:
    return path.open("ab", buffering=0)


def _keep_alive(one: Running, say: Callable[[str], None]) -> None:
    now = time.monotonic()
    if one.child is not None:
        code = one.child.poll()
        if code is None:
            return
        lived = now - one.started
        one.wait = FIRST_WAIT if lived > LIVED_LONG_ENOUGH else min(one.wait * 2, LONGEST_WAIT)
        one.start_at = now + one.wait
        one.child = None
        say(f"The {one.process.name} process ended (status {code}). Starting it again in {one.wait:.1f} seconds.")
    if now >= one.start_at:
        one.child = subprocess.Popen(
            one.process.command,
            env=one.process.environment,
            stdin=subprocess.DEVNULL,
            stdout=one.log,
            stderr=one.log,
            start_new_session=True,  # Ctrl-C in the terminal reaches us alone, and we stop the children in order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        one.started = now


def _die_with_parent() -> None:
    """Linux: a child gets SIGTERM when its parent dies, also by kill -9, so that nothing is left behind."""
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _answers(asking: httpx.Client, url: str) -> bool:
    try:
        return asking.get(url).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _welcome(configuration: Configuration, say: Callable[[str], None]) -> None:
    say(f"\nSevensteps is ready: {configuration.address}")
    if configuration.mode == "demo":
        say("This is a demo for Exampleshire, a council that does not exist. Every figure is an example.")
        say(f"Families start at {configuration.address}/chat")
        say(
            f"Professionals sign in to the demo at {configuration.address}/review: choose a role, no password is needed."
        )
    say("Press Ctrl-C to stop.\n")


def _stop_all(running: list[Running]) -> None:
    for one in running:
        if one.child is not None and one.child.poll() is None:
            one.child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for one in running:
        if one.child is None:
            continue
        try:
            one.child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.child.kill()
            one.child.wait()
        one.log.close()
