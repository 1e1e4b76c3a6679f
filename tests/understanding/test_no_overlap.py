"""Training never sees the unseen sets: no line of theirs is in it, not even with other capitals or punctuation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
UNSEEN = [
    *sorted((ROOT / "tests" / "understanding" / "unseen").glob("*.jsonl")),
    ROOT / "tests" / "safety" / "unseen.jsonl",
]
NEAR = 0.8
"""Share of the longer line's words that two lines may have in common before they count as the same."""


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def training_lines() -> set[str]:
    lines: list[str] = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for item in yaml.load(path.read_text(), yaml.CSafeLoader)["nlu"]:
            lines += [line.strip()[2:] for line in item["examples"].splitlines() if line.strip().startswith("- ")]
    for path in sorted((ROOT / "data" / "levels").glob("*.yml")):
        data = yaml.load(path.read_text(), yaml.CSafeLoader)
        lines += [str(text) for texts in data["levels"].values() for text in texts]
        lines += [item["text"] for part in ("between", "varies") for item in data.get(part, [])]
    for pattern in ("talk/*.jsonl", "safety/ordinary-*.jsonl", "lines/*.jsonl"):
        for path in sorted((ROOT / "data").glob(pattern)):
            lines += [json.loads(line)["text"] for line in path.read_text().splitlines()]
    return {plain(line) for line in lines}


def unseen_lines() -> list[str]:
    return [
        plain(json.loads(line)["text"]) for path in UNSEEN for line in path.read_text().splitlines() if line.strip()
    ]


def test_no_unseen_line_was_trained_on() -> None:
    long = {line for line in training_lines() if len(line.split()) > 2}
    same = [line for line in unseen_lines() if line in long]
    assert same == []


def test_no_unseen_line_is_a_trained_one_with_a_word_changed() -> None:
    by_word: dict[str, list[frozenset[str]]] = {}
    for line in training_lines():
        words = frozenset(line.split())
        if len(words) >= 6:
            for word in words:
                by_word.setdefault(word, []).append(words)
    near = []
    for line in unseen_lines():
        words = frozenset(line.split())
        if len(words) < 6:
            continue
        # At most a fifth of the words may be missing, so one of any fifth and one more is in both; the rarest are quickest.
        rarest = sorted(words, key=lambda word: len(by_word.get(word, ())))[: len(words) // 5 + 1]
        for candidate in (candidate for word in rarest for candidate in by_word.get(word, ())):
            if len(words & candidate) / max(len(words), len(candidate)) >= NEAR:
                near.append((line, " ".join(sorted(candidate))))
    assert near == []
