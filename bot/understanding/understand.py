"""One message, understood on its own: what `POST /api/v1/understand`, `understand` and `evaluate` report.

The same reader and the same safety rules as live turns; only the options of the moment are not known here.
"""

from __future__ import annotations

from typing import Any

from bot.safety import screen
from bot.understanding.reader import Reader


def understand(reader: Reader, text: str, question: str | None = None, who: str = "parent") -> dict[str, Any]:
    """``{kind, level, confidence, intent, safety: {level, rule}, items}`` as in contract.md.

    ``kind`` is "safety" when the questions would stop. ``level`` is the level that would be read back; it is null when
    none would. In doubt between two, ``kind`` is "unclear" and ``between`` holds the two that would be offered.
    """
    reading = reader.read(text, question, who)
    screening = screen(text, who="child" if who in ("young_person", "child") else "adult", question=question)
    kind: str = reading.kind
    level = reading.level if reading.kind == "answer" else None
    offered = level if level is not None and level.certainty == "between" else None
    if question is not None and kind == "answer" and (level is None or level.certainty != "sure"):
        kind, level = "unclear", None
    return {
        "kind": "safety" if screening.stop else kind,
        "level": level.level if level else None,
        "confidence": round(level.confidence if level else reading.confidence, 3),
        "between": sorted({offered.level, offered.second}) if offered and offered.second is not None else None,
        "varies": {"hard_level": level.hard_level, "hard_days": level.hard_days}
        if level is not None and level.hard_level is not None
        else None,
        "intent": reading.intent if reading.intent != "answer" else None,
        "safety": {"level": screening.level, "rule": screening.rule_id},
        "items": [],
    }
