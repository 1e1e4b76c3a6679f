"""The weighed words never saw the unseen sets: no line of theirs, nor one like it, is among the lines they came from.

Failures say how many and in which file, not which words: whoever mends the training lines must not read the unseen ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.safety.levels import ORDER

ROOT = Path(__file__).resolve().parents[2]
SAFETY = sorted((ROOT / "data" / "safety").glob("*.jsonl"))
OTHERS = sorted([*(ROOT / "data" / "levels").glob("*.yml"), *(ROOT / "data" / "nlu").glob("*.yml")])
UNSEEN = sorted((ROOT / "tests" / "safety").glob("unseen*.jsonl"))
NEAR = 0.8
"""Share of the longer line's words that two lines may have in common before they count as the same."""


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())) or text


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def lines(path: Path) -> Iterator[str]:
    if path.suffix == ".jsonl":
        yield from (plain(str(row["text"])) for row in rows(path))
        return
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for texts in data.get("levels", {}).values():
        yield from (plain(str(text)) for text in texts)
    for item in data.get("nlu", []):
        yield from (plain(line.strip()[2:]) for line in item["examples"].splitlines() if line.strip().startswith("- "))


@pytest.fixture(scope="module")
def unseen() -> list[str]:
    found = [line for path in UNSEEN for line in lines(path)]
    assert len(found) > 1_200
    return found


@pytest.fixture(scope="module")
def by_word(unseen: list[str]) -> dict[str, list[frozenset[str]]]:
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in unseen:
        words = frozenset(line.split())
        if len(words) >= 6:
            for word in words:
                index[word].append(words)
    return index


def is_near(line: str, by_word: dict[str, list[frozenset[str]]]) -> bool:
    words = frozenset(line.split())
    if len(words) < 6:
        return False
    # At most a fifth of the words may be missing, so one of any fifth and one more is in both; the rarest are quickest.
    rarest = sorted(words, key=lambda word: len(by_word.get(word, ())))[: len(words) // 5 + 1]
    found = (candidate for word in rarest for candidate in by_word.get(word, ()))
    return any(len(words & candidate) / max(len(words), len(candidate)) >= NEAR for candidate in found)


@pytest.mark.parametrize("path", [*SAFETY, *OTHERS], ids=lambda path: path.name)
def test_no_unseen_line_nor_one_like_it_was_learned_from(
    path: Path, unseen: list[str], by_word: dict[str, list[frozenset[str]]]
) -> None:
    whole = {line for line in unseen if len(line.split()) > 2}
    same = near = 0
    for line in lines(path):
        same += line in whole
        near += is_near(line, by_word)
    assert (same, near) == (0, 0), f"{path.name}: {same} lines equal and {near} near to an unseen one"


def test_every_training_line_can_be_read_and_stands_once() -> None:
    seen: Counter[str] = Counter()
    for path in SAFETY:
        for row in rows(path):
            assert row["safety"] in ORDER, path.name
            assert row["who"] in ("adult", "child"), path.name
            assert set(row) <= {"text", "who", "safety", "accept", "q"}, path.name
            seen[plain(str(row["text"]))] += 1
    assert [text for text, n in seen.items() if n > 1] == []
    assert len(seen) > 7_000
