"""One plain form of what people type, dictate or paste, so that the rest of the room sees few shapes."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
)
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Mn"}
"""Control and format characters, lone surrogates, private use, and combining marks NFKC could not join."""


def normalise(text: str) -> str:
    """The same words in one Unicode form: composed, plain quotes, "1️⃣" as "1", nothing invisible, single spaces.

    >>> normalise("He’s  \\u200b1️⃣\\n")
    "He's 1"
    >>> normalise("１０ ｍｉｎｓ 🔟")
    '10 mins 10'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.replace("`", "'").split())
    text = _KEYCAP.sub(r"\1", text.replace("🔟", "10"))
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in text)
    text = "".join(char for char in kept if char == " " or unicodedata.category(char) not in _INVISIBLE)
    return " ".join(text.split())


def fold(text: str) -> str:
    """For comparing: normalised, lower case, without apostrophes and without punctuation around words.

    >>> fold("It's NOT the same!!")
    'its not the same'
    """
    lowered = normalise(text).casefold().replace("'", "")
    return " ".join(re.sub(r"[^\w\s]|_", " ", lowered).split())
