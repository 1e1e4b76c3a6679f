"""The house rules: format, lint, types, import rules, and nothing that names a registry or this machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".envs" / "service" / "bin"


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "format", "--check", "--quiet", "."),
        ("ruff", "check", "--quiet", "."),
        ("mypy", "--no-error-summary"),
        ("lint-imports", "--no-logo", "--no-cache"),
    ],
    ids=["format", "lint", "types", "imports"],
)
def test_the_tree_keeps_its_rules(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_locks_hold_hashes_and_no_download_address() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", text), lock.name


def test_both_pythons_are_named_for_pyenv_and_uv() -> None:
    assert (ROOT / ".python-version").read_text().split() == ["3.12", "3.10"]


def test_ci_does_what_make_test_does_and_nothing_else() -> None:
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_files_of_code_hold_one_idea_each() -> None:
    """Most files are under 300 lines; none is a wall."""
    sizes = {
        path.relative_to(ROOT): len(path.read_text().splitlines())
        for path in tracked()
        if path.suffix == ".py" and path.parts[len(ROOT.parts)] in ("bot", "actions")
    }
    assert sum(size <= 300 for size in sizes.values()) >= 0.9 * len(sizes)
    assert max(sizes.values()) <= 600, max(sizes, key=lambda path: sizes[path])
