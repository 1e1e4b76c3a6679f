"""Content that must not reach a family: every rule that one file alone cannot show."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import Files, read_all
from bot.content.problems import Problem


def check(root: Path) -> list[Problem]:
    """Everything wrong with the content under ``root``, by file and line; empty when it may be used."""
    files, problems = read_all(root)
    return sorted([*problems, *check_files(files)])


def check_files(files: Files) -> list[Problem]:
    """What is wrong with content that could be read."""
    return []
