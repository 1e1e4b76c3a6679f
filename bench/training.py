"""How long it takes to train the model from nothing."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from bench.running import ENGINE_PYTHON, ROOT, environment


def seconds(folder: Path) -> float:
    """The whole command, with no cache to draw on; the model goes to ``folder`` and is not used."""
    env = environment(RASA_CACHE_DIRECTORY=str(folder / "cache"))
    command = [str(ENGINE_PYTHON), "-m", "bot.engine.train", "--force", "--output", str(folder / "models")]
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return round(time.perf_counter() - began, 1)
