"""Cutting what does not fit: between paragraphs, else between sentences, else between words."""

from __future__ import annotations

import re

from bot.gateway.channels import gsm7
from bot.gateway.channels.capabilities import Capabilities

_SHORT = 130
"""Options of fewer characters than this stand on every page, so that nobody needs to read to the end to go on."""


def pages(text: str, ways_on: str, more: str, to: Capabilities) -> list[str]:
    """A long text as pages, each but the last with ``more`` at its end; the last has the options."""
    everywhere = f"\n{ways_on}" if ways_on and len(ways_on) <= _SHORT else ""
    foot = f"\n{more}{everywhere}"
    parts = chunks(text, to.aim - _length(foot, to))
    last = f"{parts[-1]}\n{ways_on}" if ways_on else parts[-1]
    if _length(last, to) > to.most:
        return [*(part + foot for part in parts), ways_on]
    return [*(part + foot for part in parts[:-1]), last]


def chunks(text: str, most: int) -> list[str]:
    """A text in parts of at most so many places.

    >>> chunks("One. Two.\\n\\nThree is longer.", 16)
    ['One. Two.', 'Three is longer.']
    """
    parts: list[str] = []
    now = ""
    for separator, piece in _pieces(text, most):
        longer = f"{now}{separator}{piece}" if now else piece
        if gsm7.length(longer) > most and now:
            parts.append(now)
            longer = piece
        now = longer
    return [*parts, now] if now or not parts else parts


def _pieces(text: str, most: int) -> list[tuple[str, str]]:
    """A text in pieces that each fit, with what stood before each."""
    pieces: list[tuple[str, str]] = []
    for number, paragraph in enumerate(re.split(r"\n+", text)):
        before = "\n" if number else ""
        if gsm7.length(paragraph) <= most:
            pieces.append((before, paragraph))
            continue
        for sentence in re.split(r"(?<=[.?!]) ", paragraph):
            if gsm7.length(sentence) <= most:
                pieces.append((before, sentence))
                before = " "
                continue
            for word in sentence.split(" "):
                for start in range(0, max(1, len(word)), max(1, most // 2)):
                    pieces.append((before if start == 0 else "", word[start : start + max(1, most // 2)]))
                    before = " "
    return pieces


def _length(text: str, to: Capabilities) -> int:
    return gsm7.length(text) if to.gsm7 else len(text)
