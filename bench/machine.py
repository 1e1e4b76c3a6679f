"""What the figures were measured on, and how much memory processes take. Linux: it reads /proc."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.running import ENGINE_PYTHON

PROC = Path("/proc")


def describe() -> dict[str, Any]:
    """Cores, processor, memory, Pythons, and how busy the machine was before anything was started."""
    engine = subprocess.run([str(ENGINE_PYTHON), "--version"], capture_output=True, text=True, check=True)
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _field(PROC / "cpuinfo", "model name") or platform.machine(),
        "memory_gb": round(int(_field(PROC / "meminfo", "MemTotal").split()[0]) / 1e6, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python_service": platform.python_version(),
        "python_engine": engine.stdout.split()[-1],
        "load_before": round(os.getloadavg()[0], 2),
    }


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            # the name, in brackets, may hold anything: the parent is the second field after it
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it has ended meanwhile
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def memory_gb(pids: Iterable[int]) -> float:
    """Proportional set size of processes together: a page that several share is counted once. In gigabytes (10⁹)."""
    kilobytes = sum(int(_field(PROC / str(pid) / "smaps_rollup", "Pss").split()[0]) for pid in pids)
    return round(kilobytes * 1024 / 1e9, 3)


def _field(file: Path, name: str) -> str:
    for line in file.read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
