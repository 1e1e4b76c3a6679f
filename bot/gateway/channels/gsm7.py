"""The alphabet of text messages (3GPP TS 23.038), and what a text costs in it.

A text of that alphabet holds 160 characters, or 153 in each of several segments. One letter outside it, and the whole
text holds 70, or 67 in each: so curly quotes and dashes are written plainly.
"""

from __future__ import annotations

import math
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Each counts as two."""

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "·": "-", "×": "x", "÷": "/", "→": "to",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\ufe0f": "", "\u00ad": "",
}  # fmt: skip


def plain(text: str) -> str:
    r"""A text in the alphabet: what it does not hold is written in a plainer way, or left out.

    >>> plain("“Ty’s” day – two hours…\u200b")
    '"Ty\'s" day - two hours...'
    >>> plain("£9.50 for Zoë, Siân and Łukasz 👍")
    '£9.50 for Zoe, Sian and ukasz'
    """
    found = "".join(_letter(character) for character in text)
    return "\n".join(" ".join(line.split(" ")).rstrip() for line in found.split("\n")).strip()


def segments(text: str) -> int:
    """How many text messages a text is charged as.

    >>> segments("a" * 160), segments("a" * 161), segments("a" * 306), segments("ŵ" * 70), segments("ŵ" * 71)
    (1, 2, 2, 1, 2)
    """
    if all(character in _BASIC or character in _EXTENDED for character in text):
        return _parts(length(text), 160, 153)
    return _parts(len(text.encode("utf-16-le")) // 2, 70, 67)


def length(text: str) -> int:
    """Places a text of the alphabet takes: some signs take two.

    >>> length("[£5]")
    6
    """
    return len(text) + sum(character in _EXTENDED for character in text)


def _parts(length: int, whole: int, part: int) -> int:
    return 1 if length <= whole else math.ceil(length / part)


def _letter(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return bare if bare and all(part in _BASIC for part in bare) else ""
