"""Cutting what does not fit: between sentences, and lines of a list, else between words. Pages are filled: each one more
is one more to ask for."""

from __future__ import annotations

import re

from bot.gateway.channels import gsm7
from bot.gateway.channels.capabilities import Capabilities

_SHORT = 130
"""Options of fewer characters than this stand on every page, so that nobody needs to read to the end to go on."""


def pages(text: str, ways_on: str, more: str, to: Capabilities, *, ends: bool = True) -> list[str]:
    """A long text as pages, each but the last with ``more`` at its end; the last has the options. Unless it ``ends`` with
    them: what they answer then follows on a page of its own."""
    everywhere = f"\n{ways_on}" if ends and ways_on and len(ways_on) <= _SHORT else ""
    foot = f"\n{more}{everywhere}"
    parts = chunks(text, to.most - _length(foot, to))
    if not ends:
        return [part + foot for part in parts]
    last = f"{parts[-1]}\n{ways_on}" if ways_on else parts[-1]
    if _length(last, to) > to.most:
        return [*(part + foot for part in parts), ways_on]
    return [*(part + foot for part in parts[:-1]), last]


def chunks(text: str, most: int) -> list[str]:
    """A text in parts of at most so many places.

    >>> chunks("One. Two.\\n\\nThree is longer. Four.", 26)
    ['One. Two.\\nThree is longer.', 'Four.']
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
        for sentence in re.split(r"(?<=[.?!]) ", paragraph):
            for piece in [sentence] if gsm7.length(sentence) <= most else _words(sentence, max(1, most // 2)):
                pieces.append((before, piece))
                before = " "
    return pieces


def _words(sentence: str, most: int) -> list[str]:
    """A sentence in words; a word without end in parts."""
    return [word[start : start + most] for word in sentence.split(" ") for start in range(0, max(1, len(word)), most)]


def _length(text: str, to: Capabilities) -> int:
    return gsm7.length(text) if to.gsm7 else len(text)
