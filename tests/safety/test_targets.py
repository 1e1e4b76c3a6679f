"""The figures that matter, on lines nobody tuned against, and on all ordinary answers that we hold.

The floors below are what was measured; a change of the rules may raise them, and must not go under them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.safety.evaluate import Report, evaluate

UNSEEN = Path(__file__).parent / "unseen.jsonl"
LEVELS = Path(__file__).parents[2] / "data" / "levels"


@pytest.fixture(scope="module")
def unseen() -> list[dict[str, object]]:
    return [json.loads(line) for line in UNSEEN.read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def plain(unseen: list[dict[str, object]]) -> Report:
    """Only the lines that say what they mean."""
    return evaluate(line for line in unseen if line["plain"])


def test_plainly_worded_danger_is_raised(plain: Report) -> None:
    assert plain.recall("RED") >= FLOOR_RED
    assert plain.recall("AMBER") >= FLOOR_AMBER


FLOOR_RED, FLOOR_AMBER = 0.90, 0.73


def test_ordinary_answers_raise_no_alarm() -> None:
    lines = [
        {"text": text, "q": data["question"], "who": "parent", "level": level}
        for data in (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(LEVELS.glob("*.yml")))
        for level, texts in data["levels"].items()
        for text in texts
    ]
    report = evaluate(lines)
    assert report.n > 3_000
    assert report.false_alarm_rate <= 0.03


def test_a_report_counts_what_came_out() -> None:
    report = evaluate(
        [
            {"text": "i want to die", "who": "young_person", "safety": "RED-B", "accept": ["RED-B"]},
            {"text": "we sleep well", "safety": "GREEN"},
            {"text": "I could murder a tea", "who": "parent", "q": "F1", "level": 1},
            {"text": "we cannot go on", "q": "F1", "level": 3},
            {"text": "why do you ask", "intent": "explain_question"},
        ]
    )
    assert report.n == 3
    assert report.recall("RED") == 1.0
    assert report.false_alarm_rate == 0.0
    assert report.rules["red-b-wants-to-die"].right == 1
    assert report.to_json()["levels"]["RED-B"] == {"n": 1, "exact": 1, "accepted": 1, "recall": 1.0}
