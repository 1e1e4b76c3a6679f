"""How hard a text is to read: counts, three school-grade formulae, rare words, words we do not use.

Written here because the packaged measures need downloads or change with their version (domain notes 6.2). Short
texts give noisy grades, so grades are for whole scripts and for blocks of 100 words or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent

_WORD = re.compile(r"[A-Za-z0-9£@][A-Za-z0-9£@.,'’%/-]*[A-Za-z0-9%]|[A-Za-z0-9]")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*(?:\s+|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_SYLLABLES = {
    "area": 3,
    "being": 2,
    "business": 2,
    "create": 2,
    "created": 3,
    "every": 2,
    "everyone": 3,
    "everything": 3,
    "evening": 2,
    "idea": 3,
    "ideas": 3,
    "medicine": 3,
    "quiet": 2,
    "science": 2,
    "somebody": 3,
    "someone": 2,
    "something": 2,
    "sometimes": 2,
}
"""Common words whose letters mislead the count."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulae are made of. ``letters`` counts letters and digits."""

    words: int
    sentences: int
    syllables: int
    letters: int

    @property
    def flesch_kincaid(self) -> float:
        """US school grade; a UK reading age is about 5 more."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def coleman_liau(self) -> float:
        """US school grade from letters, not syllables."""
        return 5.88 * self.letters / self.words - 29.6 * self.sentences / self.words - 15.8

    @property
    def automated(self) -> float:
        """US school grade: the automated readability index."""
        return 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text. A line break ends one; a colon does not.

    >>> sentences("Call 999. Is it safe?\\n\\nYour PIN: 1234")
    ('Call 999', 'Is it safe', 'Your PIN: 1234')
    """
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if words(part))


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an amount, an address or a block of digits is one word.

    >>> words("It's about £5,050 a year - or 0800 1111.")
    ("It's", 'about', '£5,050', 'a', 'year', 'or', '0800', '1111')
    """
    return tuple(_WORD.findall(text))


def syllables(word: str) -> int:
    """Syllables by rule of thumb; a word without letters counts as one.

    >>> [syllables(word) for word in ("safe", "table", "needed", "helped", "changes", "times", "doing", "999")]
    [1, 2, 2, 1, 2, 1, 2, 1]
    """
    said = re.sub(r"[^a-z-]", "", word.lower().replace("'s", "").replace("’s", ""))
    if "-" in said:
        return sum(syllables(part) for part in said.split("-") if part) or 1
    if said in _SYLLABLES:
        return _SYLLABLES[said]
    if said.endswith("ing") and _VOWELS.search(said[:-3]):
        return syllables(said[:-3]) + 1
    count = len(_VOWELS.findall(said))
    silent_e = said.endswith("e") and not re.search(r"[^aeiouy]le$|[aeiouy]e$", said)
    silent_ed = said.endswith("ed") and not re.search(r"[aeiouytd]ed$", said)
    silent_es = said.endswith("es") and not re.search(r"([sxzcg]|ch|sh|[aeiouy]|[^aeiouy]l)es$", said)
    return max(1, count - (silent_e or silent_ed or silent_es))


def count(text: str) -> Counts:
    """Counts of a text. Raises ValueError when it has no words."""
    found = words(text)
    if not found:
        raise ValueError("a text without words cannot be measured")
    return Counts(
        words=len(found),
        sentences=len(sentences(text)),
        syllables=sum(map(syllables, found)),
        letters=sum(char.isalnum() for word in found for char in word),
    )


def longest_sentence(text: str) -> tuple[int, str]:
    """Words in the longest sentence, and the sentence."""
    return max((len(words(sentence)), sentence) for sentence in sentences(text))


def rare_words(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Words that are not common, in order. ``known`` are words that are explained elsewhere, such as names.

    >>> rare_words("The panel commissions helpers.", ["Panel"])
    ('commissions',)
    """
    explained = {part.lower() for word in known for part in words(word)}
    return tuple(word for word in words(text) if not _is_common(_bare(word), explained))


def _bare(word: str) -> str:
    return re.sub(r"['’](s|ll|re|ve|d|m)?$", "", word.lower().replace("n’t", "n't"))


def _is_common(word: str, explained: set[str]) -> bool:
    if not word.isascii() or any(char.isdigit() for char in word) or len(word) == 1:
        return True
    if "-" in word or "/" in word:
        return all(_is_common(part, explained) for part in re.split(r"[-/]", word) if part)
    return any(form in explained or form in common_words() for form in (word, *_stems(word)))


def _stems(word: str) -> Iterable[str]:
    """Forms a common ending may have been added to: helps, helped, helping, helper, quickly, babies, stopped."""
    for ending, put_back in (
        ("s", ("",)),
        ("es", ("",)),
        ("ies", ("y",)),
        ("d", ("",)),
        ("ed", ("",)),
        ("ied", ("y",)),
        ("ing", ("", "e")),
        ("er", ("", "e")),
        ("ers", ("", "e")),
        ("est", ("", "e")),
        ("ly", ("",)),
        ("n't", ("",)),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word.removesuffix(ending)
            yield from (stem + letters for letters in put_back)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def common_words() -> frozenset[str]:
    """Common English words in their plain form (``common_words.txt``); regular endings are understood."""
    text = (HERE / "common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class Banned:
    """Words we do not use, and what we say."""

    words: re.Pattern[str]
    say: str


@cache
def banned_words() -> tuple[Banned, ...]:
    """From ``banned_words.yaml``: a phrase matches whole words in any case; ``but`` names harmless longer phrases."""
    entries = yaml.safe_load((HERE / "banned_words.yaml").read_text(encoding="utf-8"))["banned"]
    return tuple(Banned(_pattern(entry["words"], entry.get("but", [])), entry["say"]) for entry in entries)


def _pattern(phrases: list[str], but: list[str]) -> re.Pattern[str]:
    harmless = "".join(rf"(?<!{re.escape(phrase)} )" for phrase in but)
    return re.compile(rf"{harmless}(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)


def banned_in(text: str) -> tuple[tuple[str, str], ...]:
    """Words of a text that we do not use, each with what we say.

    >>> banned_in("She needs respite!")
    (('respite', 'a short break'), ('!', 'a full stop'))
    """
    found = [(match[0], banned.say) for banned in banned_words() for match in banned.words.finditer(text)]
    return (*found, *(("!", "a full stop") for _ in range(text.count("!"))))
