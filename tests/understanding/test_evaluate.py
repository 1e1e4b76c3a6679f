"""The measures of `evaluate`, on a reader whose answers are known."""

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.evaluate import evaluate


def reader(text: str, question: str | None, who: str) -> dict[str, Any]:
    kind, _, value = text.partition(":")
    safety = {"level": value, "rule": "a-rule" if value != "GREEN" else None}
    return {
        "kind": "unclear" if value == "?" else "answer" if kind == "level" else "question",
        "level": int(value) if kind == "level" and value != "?" else None,
        "intent": value if kind == "intent" and value != "?" else None,
        "safety": safety if kind == "safety" else {"level": "GREEN", "rule": None},
        "items": [],
    }


def test_levels_count_what_is_read_and_how_far_off_it_is() -> None:
    lines = [
        {"text": "level:2", "q": "S1", "level": 2},
        {"text": "level:1", "q": "S1", "level": 2, "accept": [1, 2]},
        {"text": "level:0", "q": "S2", "level": 3},
        {"text": "level:?", "q": "S2", "level": 1},
    ]
    report = evaluate(lines, reader)["levels"]
    assert (report["n"], report["coverage"]) == (4, 0.75)
    assert (report["exact"], report["accuracy"], report["within_one"]) == (0.3333, 0.6667, 0.6667)
    assert report["per_question"]["S1"]["accuracy"] == 1.0
    assert report["confusion"]["1"] == {"unclear": 1}


def test_talk_that_answers_nothing_counts_what_is_taken_for_a_level() -> None:
    lines = [
        {"text": said, "q": "S1", "level": None} for said in ("level:0", "level:?", "intent:thanks", "intent:skip")
    ]
    report = evaluate(lines, reader)
    assert "levels" not in report
    assert (report["beside"]["n"], report["beside"]["taken_for_a_level"]) == (4, 0.25)


def test_intents_and_safety_have_their_own_measures() -> None:
    lines = [
        {"text": "intent:skip", "intent": "skip"},
        {"text": "intent:yes", "intent": "no", "accept": ["yes"]},
        {"text": "intent:?", "intent": "thanks"},
        {"text": "safety:RED-B", "safety": "RED-A"},
        {"text": "safety:GREEN", "safety": "RED-C"},
        {"text": "safety:AMBER-3", "safety": "AMBER-1"},
        {"text": "safety:AMBER-2", "safety": "GREEN"},
        {"text": "safety:GREEN", "safety": "GREEN"},
    ]
    report = evaluate(lines, reader)
    assert (report["intents"]["accuracy"], report["intents"]["coverage"]) == (1.0, 0.6667)
    safety = report["safety"]
    assert (safety["red_recall"], safety["amber_recall"], safety["false_alarm_rate"]) == (0.5, 1.0, 0.5)
    assert safety["per_rule"] == {"a-rule": 3}


def test_a_line_without_a_label_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        evaluate([{"text": "level:1", "level": 1}, {"text": "hello"}], reader)
