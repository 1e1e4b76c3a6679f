"""Numbers as words."""

from __future__ import annotations

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"

NUMBER_WORDS: dict[str, int] = {word: number for number, word in enumerate(_ONES.split())} | {
    "twenty": 20,
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_ONES.split()[1:10], 1)},
}
"""zero to twenty-nine."""
