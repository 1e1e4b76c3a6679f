"""Two texts side by side, word by word: what stayed, what went, what is new."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from pydantic import BaseModel

_WORDS = re.compile(r"\s+|[^\s]+")


class Piece(BaseModel):
    """Some words in a row, with the white space between them."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order. Without the new ones they are ``before``, without the gone ones ``after``.

    >>> [(piece.kind, piece.text) for piece in word_changes("by next summer", "by this summer")]
    [('same', 'by '), ('gone', 'next'), ('new', 'this'), ('same', ' summer')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(kind="same", text="".join(old[from_old:to_old])))
            continue
        if to_old > from_old:
            pieces.append(Piece(kind="gone", text="".join(old[from_old:to_old])))
        if to_new > from_new:
            pieces.append(Piece(kind="new", text="".join(new[from_new:to_new])))
    return pieces
