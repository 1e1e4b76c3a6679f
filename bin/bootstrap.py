#!/usr/bin/env python3
"""Make the two Python environments from the hashed locks, if they are missing or out of date.

Runs on any Python 3.8 or newer with pip; needs nothing else. Prints one clear sentence when something is missing.
Usage: bootstrap.py [service|test|engine ...]   (default: service engine)
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVS = ROOT / ".envs"
LOCKS = ROOT / "requirements"

# environment -> (Python it needs, lock it is made from, folder)
ENVIRONMENTS = {
    "service": ("3.12", "service.txt", "service"),
    "test": ("3.12", "test.txt", "service"),
    "engine": ("3.10", "engine.txt", "engine"),
}


def stop(sentence: str) -> None:
    """End with a sentence a person can act on."""
    print(f"\nSevensteps cannot be set up yet: {sentence}\n", file=sys.stderr)
    raise SystemExit(1)


def version_of(python: str) -> str:
    """ "3.12" for a working interpreter, "" for anything else."""
    try:
        out = subprocess.run(
            [python, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            cwd=str(ROOT),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return out.stdout.strip() if out.returncode == 0 else ""


def find_python(version: str) -> str:
    """An interpreter of the wanted version: from the environment, the path, or pyenv. Stops if there is none."""
    name = "SEVENSTEPS_PYTHON_" + version.replace(".", "_")
    pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))) / "versions"
    installed = sorted(pyenv.glob(version + ".*"), key=lambda p: [int(n) for n in re.findall(r"\d+", p.name)])
    candidates = [
        os.environ.get(name, ""),
        sys.executable,
        shutil.which("python" + version) or "",
        *(str(folder / "bin" / "python") for folder in reversed(installed)),
        "/usr/local/bin/python" + version,
        "/usr/bin/python" + version,
    ]
    for candidate in candidates:
        if candidate and version_of(candidate) == version:
            return candidate
    stop(
        f"it needs Python {version}, and none was found. Install it (for example: pyenv install {version}), "
        f"or set {name} to the path of a Python {version} interpreter, then run the command again."
    )
    return ""


def run(*command: str) -> bool:
    """Run a command; True when it worked."""
    return subprocess.run(command, cwd=str(ROOT), check=False).returncode == 0


def uv() -> str:
    """The pinned uv, in its own small environment, installed by pip from its hashed lock."""
    folder = ENVS / "tools"
    program = folder / "bin" / "uv"
    lock = LOCKS / "tools.txt"
    if not fresh(folder, lock):
        venv.create(folder, with_pip=True, clear=True)
        if not run(
            str(folder / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(lock),
        ):
            stop("pip could not install uv. Check that pip can reach the package index, then run the command again.")
        stamp(folder, lock)
    return str(program)


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def fresh(folder: Path, lock: Path) -> bool:
    """Whether an environment was made from exactly this lock."""
    mark = folder / ".made-from"
    return mark.exists() and mark.read_text() == digest(lock)


def stamp(folder: Path, lock: Path) -> None:
    (folder / ".made-from").write_text(digest(lock))


def make(name: str) -> None:
    """One environment, exactly as its lock says."""
    version, lock_name, folder_name = ENVIRONMENTS[name]
    folder, lock = ENVS / folder_name, LOCKS / lock_name
    if fresh(folder, lock) or (name == "service" and fresh(folder, LOCKS / "test.txt")):
        return
    python = find_python(version)
    print(f"Setting up the {folder_name} environment (Python {version}) …", flush=True)
    tool = uv()
    if version_of(str(folder / "bin" / "python")) != version:
        shutil.rmtree(folder, ignore_errors=True)
        if not run(tool, "venv", "-q", "--no-config", "--python", python, str(folder)):
            stop(f"a virtual environment could not be made with {python}. On Debian: apt-get install python3-venv.")
    mark = folder / ".made-from"
    if mark.exists():
        mark.unlink()
    inside = str(folder / "bin" / "python")
    synced = run(
        tool, "pip", "sync", "-q", "--no-config", "--system-certs", "--require-hashes", "--python", inside, str(lock)
    )
    if not synced:
        # A mirror that only pip is told of: pip installs the same hashed lock, more slowly.
        print("Trying again with pip …", flush=True)
        run(inside, "-m", "ensurepip")
        if not run(inside, "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", str(lock)):
            stop(f"the packages of requirements/{lock_name} could not be installed; the lines above say why.")
    stamp(folder, lock)


def main() -> None:
    ENVS.mkdir(exist_ok=True)
    for name in sys.argv[1:] or ["service", "engine"]:
        make(name)


if __name__ == "__main__":
    main()
