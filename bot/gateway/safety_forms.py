"""The shapes of a fixed safety text: a short first part for SMS, and a slow one for the ear (domain notes 5.3)."""

from __future__ import annotations

import re

FIRST = "_first"
"""Ending of the id of the short first part, which goes in front of the whole text on SMS."""
SMS_LENGTH = 160

_SENTENCE = re.compile(r"[^.?!]+[.?!]+\s*|[^.?!]+$")
_NUMBER = re.compile(r"(?<!\w)\d(?:[\d ]*\d)(?!\w)")


def slowly(text: str) -> str:
    """A text for the ear: every number figure by figure, and once more after its sentence.

    >>> slowly("Please call 999 now. It is free.")
    'Please call 9, 9, 9 now. I will say that again: 9, 9, 9. It is free.'
    >>> slowly("Call 116 123.")
    'Call 1, 1, 6, 1, 2, 3. I will say that again: 1, 1, 6, 1, 2, 3.'
    """
    return "".join(_twice(sentence) for sentence in _SENTENCE.findall(text)).strip()


def _twice(sentence: str) -> str:
    numbers = [_figures(number) for number in _NUMBER.findall(sentence)]
    if not numbers:
        return sentence
    end = sentence[len(sentence.rstrip()) :]
    said = _NUMBER.sub(lambda number: _figures(number[0]), sentence).rstrip()
    return f"{said} I will say that again: {'. Then: '.join(dict.fromkeys(numbers))}.{end or ' '}"


def _figures(number: str) -> str:
    return ", ".join(number.replace(" ", ""))
