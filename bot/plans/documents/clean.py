"""Words of people as a document can hold them: nothing that breaks a file or the words that come after them."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_CLOSES = frozenset(_OPENS.values())


def clean(text: str) -> str:
    """The same words, without characters that no XML may hold, and with every change of direction closed at its end.

    A control character becomes a space, half a character the sign for an unknown one; a line break stays.

    >>> clean("one\\x00two\\r\\nthree")
    'one two\\nthree'
    >>> clean("\\u202ebackwards") == "\\u202ebackwards\\u202c"
    True
    """
    plain = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)
    plain = _CONTROL.sub(" ", _NOT_IN_XML.sub("\ufffd", plain)).strip()
    return plain + "".join(_left_open(plain))


def _left_open(text: str) -> list[str]:
    """What is missing at the end so that text after these words keeps its own direction."""
    open_: list[str] = []
    for character in text:
        if character in _OPENS:
            open_.append(_OPENS[character])
        elif character in _CLOSES and character in open_:
            while open_.pop() != character:
                pass
    return open_[::-1]


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Which way a text runs, by its first letter that has a direction (Unicode bidirectional algorithm, P2 and P3).

    >>> direction("(“שלום”)"), direction("Ty 🙂")
    ('rtl', 'ltr')
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
