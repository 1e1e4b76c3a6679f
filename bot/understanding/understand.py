"""One message, understood on its own: what `POST /api/v1/understand`, `understand` and `evaluate` report.

The same reader and the same safety rules as live turns; only the options of the moment are not known here.
"""

from __future__ import annotations

from typing import Any

from bot.safety import screen
from bot.understanding.reader import Reader


def understand(reader: Reader, text: str, question: str | None = None, who: str = "parent") -> dict[str, Any]:
    """``{kind, level, confidence, intent, safety: {level, rule}, items}`` as in contract.md.

    ``kind`` is "safety" when the questions would stop. ``level`` is the level that would be read back, or the likelier
    of two that would be offered (``certainty`` "between", with ``second``); it is null when nothing was read.
    """
    reading = reader.read(text, question, who)
    screening = screen(text, who="child" if who in ("young_person", "child") else "adult", question=question)
    kind: str = reading.kind
    level = reading.level if reading.kind == "answer" else None
    if question is not None and kind == "answer" and (level is None or level.certainty == "lost"):
        kind, level = "unclear", None
    return {
        "kind": "safety" if screening.stop else kind,
        "level": level.level if level else None,
        "confidence": round(level.confidence if level else reading.confidence, 3),
        "certainty": level.certainty if level else None,
        "second": level.second if level else None,
        "varies": {"hard_level": level.hard_level, "hard_days": level.hard_days}
        if level is not None and level.hard_level is not None
        else None,
        "intent": reading.intent if reading.intent != "answer" else None,
        "safety": {"level": screening.level, "rule": screening.rule_id},
        "items": [],
    }
