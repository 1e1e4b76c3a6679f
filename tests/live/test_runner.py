"""One foreground command: what dies is started again, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.ops.config import ROOT
from tests.live.system import die_with_parent, free_port, wait_until

pytestmark = pytest.mark.live

SCRIPT = """
import os
from bot.ops import config, runner
from bot.store.migrate import upgrade
configuration = config.read(os.environ)
upgrade(configuration.database_url)
runner.run(configuration, lambda line: print(line, flush=True))
"""
"""What ``bin/sevensteps serve`` does, without its look at whether the model should be trained."""


def children(pid: int) -> dict[int, str]:
    """Processes started by ``pid`` that run, with their command lines."""
    out = subprocess.run(["ps", "-o", "pid=,stat=,args=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in out.splitlines()]
    return {int(row[0]): row[2] for row in rows if not row[1].startswith("Z")}


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process table as Linux shows it")
def test_what_dies_is_started_again_and_ctrl_c_stops_all(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    output = tmp_path / "output.txt"
    with output.open("w") as file:
        runner = subprocess.Popen(
            [sys.executable, "-c", SCRIPT], env=environment, stdout=file, stderr=file, preexec_fn=die_with_parent
        )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False, verify=False) as http:

        def ready() -> bool:
            assert runner.poll() is None, output.read_text()
            try:
                return http.get("/readyz").status_code == 200
            except httpx.HTTPError:
                return False

        try:
            wait_until(ready, 120, output.read_text)
            wait_until(lambda: "Sevensteps is ready" in output.read_text(), 10)
            assert f"http://127.0.0.1:{port}" in output.read_text()
            opened = http.post("/api/v1/conversations").json()
            before = children(runner.pid)
            assert len(before) == 3
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            wait_until(lambda: len(children(runner.pid).keys() - before.keys()) == 3, 60, output.read_text)
            wait_until(ready, 120, output.read_text)
            address = f"/api/v1/conversations/{opened['conversation_id']}"
            said = http.post(
                f"{address}/messages", json={"text": "yes"}, headers={"Authorization": f"Bearer {opened['token']}"}
            )
            assert said.json()["state"]["question_id"] == "who", "the conversation goes on where it was"
            last = children(runner.pid)
            runner.send_signal(signal.SIGINT)
            assert runner.wait(30) == 0
            assert "Sevensteps has stopped." in output.read_text()
            assert not any(Path(f"/proc/{pid}").exists() for pid in last), "nothing is left running"
        finally:
            if runner.poll() is None:
                runner.kill()
                runner.wait()
