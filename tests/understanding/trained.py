"""The really trained model, for tests that ask what it understands. Trains when data or code changed, else at once."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from bot.understanding import archive
from bot.understanding.reader import Reader

ROOT = Path(__file__).parents[2]
ENGINE_PYTHON = ROOT / ".envs" / "engine" / "bin" / "python"


@cache
def models() -> Path:
    """The folder with an up-to-date model."""
    subprocess.run([ENGINE_PYTHON, "-m", "bot.engine.train"], cwd=ROOT, check=True, capture_output=True, timeout=280)
    return ROOT / "models"


@cache
def reader() -> Reader:
    """A reader over that model."""
    return Reader(archive.load(models()))
