"""One message, understood on its own: what `POST /api/v1/understand`, `understand` and `evaluate` report.

The same reader and the same safety rules as live turns; only the options of the moment are not known here.
"""

from __future__ import annotations

from typing import Any

from bot.safety import screen
from bot.understanding import commands
from bot.understanding.line_item import PLAN_LINES
from bot.understanding.line_words import mentions_money, word_set
from bot.understanding.normalise import normalise
from bot.understanding.reader import Reader
from bot.understanding.reading import Reading


def understand(reader: Reader, text: str, question: str | None = None, who: str = "parent") -> dict[str, Any]:
    """``{kind, level, confidence, intent, safety: {level, rule}, items}`` as in contract.md.

    ``kind`` is "safety" when the questions would stop. ``level`` is the level that would be read back; it is null when
    none would. In doubt between two, ``kind`` is "unclear" and ``between`` holds the two that would be offered.
    """
    planning = question in PLAN_LINES
    reading = reader.read(text, None if planning else question, who)
    screening = screen(text, who="child" if who in ("young_person", "child") else "adult", question=question)
    items = _items(text, reading, planning) if question is None or planning else []
    kind: str = "answer" if items and (planning or reading.kind == "unclear") else reading.kind
    level = reading.level if reading.kind == "answer" else None
    offered = level if level is not None and level.certainty == "between" else None
    if question is not None and not planning and kind == "answer" and (level is None or level.certainty != "sure"):
        kind, level = "unclear", None
    return {
        "kind": "safety" if screening.stop else kind,
        "level": level.level if level else None,
        "confidence": round(level.confidence if level else reading.confidence, 3),
        "between": sorted({offered.level, offered.second}) if offered and offered.second is not None else None,
        "varies": {"hard_level": level.hard_level, "hard_days": level.hard_days}
        if level is not None and level.hard_level is not None
        else None,
        "intent": reading.intent if reading.intent != "answer" and kind == reading.kind else None,
        "safety": {"level": screening.level, "rule": screening.rule_id},
        "items": items,
    }


def _items(text: str, reading: Reading, planning: bool) -> list[dict[str, Any]]:
    """Plan lines, when a plan question asks for them, or, when nothing is asked, money is spoken of.

    At a plan question a bare name ("gym membership") is a line, unless the words are a command or a question of their own.
    """
    money = mentions_money(text)
    if commands.match(normalise(text)) is not None or not (money or planning):
        return []
    from bot.understanding.lines import read_lines  # spaCy takes seconds to import, and most messages need none of it

    lines = read_lines(text)
    if not money and all(line.is_bare for line in lines) and _steers(text, reading):
        return []
    return [line.to_json() for line in lines]


def _steers(text: str, reading: Reading) -> bool:
    """Whether words without a price or a time ask or command something. A word or two are the name of a thing: "a PA"."""
    words = normalise(text).casefold().split()
    if "?" in text or words[0] in _ASKING:
        return True
    return reading.kind not in ("answer", "unclear") and reading.confidence >= STEERING and len(words) > NAME


_ASKING = word_set("how what whats why who whos when where which can could may do does is are should")
STEERING, NAME = 0.8, 2
"""From this probability more than so many words are taken for a command or a question."""
