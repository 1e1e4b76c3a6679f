"""The fonts of PDFs: our own for Latin letters, Debian's for other alphabets, and names for signs that no font has."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
OUR_FONTS = {
    "Hyperlegible": "atkinson-hyperlegible-next-latin",
    "Hyperlegible Ext": "atkinson-hyperlegible-next-latin-ext",
}
"""Family name in style sheets → the beginning of its file names: Atkinson Hyperlegible Next, in two sets of letters."""

_JOINERS = "\u200c\u200d\ufe0e\ufe0f\u20e3\u00ad"
"""Signs that only change how their neighbours look."""


def font_faces() -> str:
    """The style sheet that names our fonts."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("{(FONTS / f"{file}-{weight}-normal.woff2").as_uri()}"); }}\n'
        for family, file in OUR_FONTS.items()
        for weight in (400, 700)
    )


@cache
def printable_characters() -> frozenset[int]:
    """The code points that some font has: ours, and those installed on this machine as fontconfig lists them."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    found = set[int]()
    for file in OUR_FONTS.values():
        found |= set(TTFont(FONTS / f"{file}-400-normal.woff2").getBestCmap())
    if program := shutil.which("fc-list"):
        listed = subprocess.run(
            [program, ":scalable=true", "--format", "%{charset}\n"], capture_output=True, text=True, check=False
        ).stdout
        for span in set(re.findall(r"[0-9a-f]+(?:-[0-9a-f]+)?", listed)):
            first, _, last = span.partition("-")
            found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str, known: frozenset[int] | None = None) -> str:
    """Text in which every sign can be printed: one that no font has is told by its Unicode name.

    >>> printable("Toot 🚂!", frozenset(map(ord, "Tot !")))
    'Toot [steam locomotive]!'
    """
    have = printable_characters() if known is None else known
    if all(ord(character) in have for character in text):
        return text
    return "".join(_printable(character, have) for character in text)


def _printable(character: str, have: frozenset[int]) -> str:
    if ord(character) in have or character.isspace():
        return character
    # A joiner or a mark of direction that no font has is drawn as nothing anyway.
    if character in _JOINERS or unicodedata.category(character) == "Cf":
        return ""
    name = unicodedata.name(character, "").lower()
    return f"[{name or f'sign U+{ord(character):04X}'}]"
