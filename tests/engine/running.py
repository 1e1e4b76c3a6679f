"""Starts the real engine with the really trained model and the fake action server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.engine.fake_actions import FakeActions
from tests.understanding.trained import ENGINE_PYTHON, ROOT, models

SECRET = "a secret of the tests"


class Engine:
    """The engine process; may be killed and started again on the same database."""

    def __init__(self, folder: Path) -> None:
        self.actions = FakeActions()
        self.log = folder / "engine.log"
        self.database = folder / "engine.db"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Returns once it is ready."""
        environment = os.environ | {
            "SEVENSTEPS_ENGINE_SECRET": SECRET,
            "SEVENSTEPS_ENGINE_DATABASE": f"sqlite:///{self.database}",
        }
        command = [ENGINE_PYTHON, "-m", "bot.engine.serve", "--port", str(self.port)]
        command += ["--model", str(models()), "--actions", self.actions.url]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        self.actions.close()

    def post(self, body: Any, secret: str = SECRET) -> tuple[int, dict[str, Any]]:
        """Status and JSON of one request to the turn door."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/webhooks/gateway/turn",
            body if isinstance(body, bytes) else json.dumps(body).encode(),
            {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def say(self, text: str, sender: str = "c1", **metadata: Any) -> list[str]:
        """The texts that one message is answered with."""
        status, reply = self.post(
            {"sender": sender, "text": text, "metadata": {"draft_id": f"draft of {sender}"} | metadata}
        )
        assert status == 200, reply
        return [message["text"] for message in reply["messages"]]

    def cpu_seconds(self) -> float:
        """What the engine has worked so far, however busy the machine is with something else."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024
