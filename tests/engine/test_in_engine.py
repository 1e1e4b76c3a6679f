"""Runs tests/engine/in_engine in the engine's environment, whose lock holds no pytest."""

import subprocess

from tests.understanding.trained import ENGINE_PYTHON, ROOT


def test_everything_that_imports_rasa():
    done = subprocess.run(
        [ENGINE_PYTHON, "-W", "ignore", "-m", "unittest", "discover", "-s", "tests/engine/in_engine", "-t", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert "\nOK" in done.stderr
