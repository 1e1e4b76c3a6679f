"""Reads, for training, what people say that is an answer to no question, or might be one to any."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.understanding.examples import Talk
from bot.understanding.intents import BESIDE
from bot.understanding.topics import ANY, NONE

PATTERNS = ("data/talk/*.jsonl", "data/safety/ordinary-*.jsonl", "data/lines/dev*.jsonl")


def load(patterns: Sequence[str], questions: Iterable[str], top: Path = Path()) -> Talk:
    """All lines of the files that the patterns find. JSON Lines with ``text``, and with ``answers`` ("any" or "none") or
    ``q``, the question or plan prompt that was asked. ``beside`` marks those that ask and steer nothing either. Lines
    that answer one of ``questions`` are no talk, and left out.

    :raises ValueError: naming the file, when a line is not of the expected shape.
    """
    codes = set(questions)
    found: dict[str, list[str]] = {ANY: [], NONE: [], BESIDE: []}
    for file in files(patterns, top):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                if "answers" in row or row.get("q") not in codes:
                    found[row.get("answers", NONE)].append(row["text"])
                if row.get("beside"):
                    found[BESIDE].append(row["text"])
            except (ValueError, KeyError) as error:
                raise ValueError(f"{file}: line {number}: {error!r}") from error
    return Talk(*(tuple(dict.fromkeys(texts)) for texts in found.values()))


def fingerprint(patterns: Sequence[str], top: Path = Path()) -> str:
    """Changes when one of the files does."""
    digest = hashlib.sha256()
    for file in [*files(patterns, top), Path(__file__)]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def files(patterns: Sequence[str], top: Path = Path()) -> list[Path]:
    """The files that patterns find, in order."""
    return sorted(file for pattern in patterns for file in top.glob(pattern))
