"""Understanding and safety screening of single messages on one core: ``python -m bench.reading LINES``.

A process of its own, as the threads of numpy and the core are settled before it starts. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from bench.figures import milliseconds
from bench.running import ROOT, environment
from bot.safety import screen
from bot.understanding.archive import load
from bot.understanding.reader import Reader

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def measure(lines: int | None) -> dict[str, Any]:
    """Medians in milliseconds, ``{"understanding_ms", "safety_ms", "lines"}``; ``lines`` None takes all of them."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", str(lines or 0)],
        cwd=ROOT,
        env=environment(**ONE_THREAD),
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def level_lines() -> list[tuple[str, str]]:
    """What families say, from data/levels: (text, code of the question)."""
    found: list[tuple[str, str]] = []
    for file in sorted((ROOT / "data" / "levels").glob("*.yml")):
        data = yaml.load(file.read_text(), Loader=yaml.CSafeLoader)
        texts = [str(text) for texts in data["levels"].values() for text in texts]
        texts += [str(item["text"]) for key in ("between", "varies") for item in data.get(key) or ()]
        found += [(text, data["question"]) for text in texts]
    return found


def _median(work: Callable[[str, str], object], lines: Iterable[tuple[str, str]]) -> float:
    took = []
    for text, question in lines:
        began = time.perf_counter()
        work(text, question)
        took.append(time.perf_counter() - began)
    return milliseconds(median(took))


def _main(models: Path, count: int) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lines = level_lines()
    if count:
        lines = lines[:: max(1, len(lines) // count)]
    reader = Reader(load(models))
    reader.read(*lines[0])
    screen(lines[0][0], question=lines[0][1])
    result = {
        "understanding_ms": _median(reader.read, lines),
        "safety_ms": _median(lambda text, question: screen(text, who="adult", question=question), lines),
        "lines": len(lines),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    _main(ROOT / "models", int(sys.argv[1]))
