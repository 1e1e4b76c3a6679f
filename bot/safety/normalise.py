"""One plain spelling for what people type and say, so that a rule is written once.

Lower case, no apostrophes, contractions written out, text-speak, dialect, leetspeak, letters drawn out or split,
signs and pictures as words, and near misses of the most important words. The result is words parted by one space,
with ``.`` at the end of each sentence and ``,`` kept, and a space at both ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|[@$]?[^\W_](?:[^\W_]|['@$*!|](?=[^\W_*]))*|[.!?;:\n]+|,")
_SPLIT_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_-]){2,}[^\W\d_](?![^\W_])")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "…": ".", "–": ",", "—": ",", "“": " ", "”": " "})
_JOINERS = str.maketrans({"-": " ", "/": " ", "_": " ", '"': " ", "(": ",", ")": ",", "&": " and ", "+": " "})
_LEET = str.maketrans({"1": "i", "!": "i", "|": "l", "3": "e", "4": "a", "@": "a", "0": "o", "5": "s", "$": "s", "7": "t"})
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_SENTENCE_END = frozenset(".!?;:\n")


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known about spelling: content of ``spelling.yaml`` and the words of all patterns."""

    words: Mapping[str, str]
    """A way of writing, without apostrophes, and what it stands for: ``{"dont": "do not"}``."""
    before: Mapping[str, tuple[str, frozenset[str]]]
    """Ways of writing that stand for something only before some words: "ill" before "kill"."""
    emoji: Mapping[int, str]
    vocabulary: frozenset[str]
    near: Mapping[str, str]
    """Each near miss of a most important word, and that word; see :func:`near_misses`."""
    kept: frozenset[str]
    """Real words that look like near misses and are left alone: "kissing" is not "missing"."""
    _memory: dict[str, str] = field(default_factory=dict)


def normalise(text: str, spelling: Spelling) -> str:
    """Text in the one plain spelling.

    >>> plain = Spelling({"dont": "do not", "im": "i am"}, {}, {}, frozenset({"die"}), {}, frozenset())
    >>> normalise("I DON'T… wanna d1e!! dieeee", plain)
    ' i do not . wanna die . die . '
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    if not folded.isascii():
        folded = folded.translate(spelling.emoji)
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) != "Mn")
    folded = _SPLIT_WORD.sub(lambda match: _joined(match[0], spelling), folded.translate(_JOINERS))
    tokens = _TOKEN.findall(folded)
    plain: list[str] = []
    for place, token in enumerate(tokens):
        if token[0] in _SENTENCE_END:
            if plain and plain[-1] != ".":
                plain.append(".")
            continue
        if token in spelling.before:
            meaning, followers = spelling.before[token]
            following = tokens[place + 1] if place + 1 < len(tokens) else ""
            plain.append(meaning if _word(following, spelling).split(" ")[0] in followers else token)
            continue
        plain.append(_word(token, spelling))
    if plain and plain[-1] != ".":
        plain.append(".")
    return f" {' '.join(plain)} " if plain else " "


def _joined(letters: str, spelling: Spelling) -> str:
    """ "k m s" is a word when rules know it; otherwise the letters stay apart."""
    word = re.sub(r"[^\w]|_", "", letters)
    return word if word in spelling.vocabulary or word in spelling.words else letters


def _word(token: str, spelling: Spelling) -> str:
    known = spelling._memory.get(token)
    if known is None:
        known = _spell(token, spelling)
        if len(spelling._memory) < 50_000:
            spelling._memory[token] = known
    return known


def _spell(token: str, spelling: Spelling) -> str:
    token = token.rstrip("'!*$@|")
    owned = token.endswith("'s") or token.endswith("s'")
    bare = token.replace("'", "")
    if not bare:
        return token
    if token in spelling.words:
        return spelling.words[token]
    if bare in spelling.words:
        return spelling.words[bare]
    if owned:
        bare = bare[:-1] if token.endswith("'s") else bare
        return spelling.words.get(bare, bare)
    if bare in spelling.vocabulary or bare in spelling.kept or bare == ",":
        return bare
    for guess in _guesses(bare):
        if guess in spelling.words:
            return spelling.words[guess]
        if guess in spelling.vocabulary:
            return guess
    if "*" in bare:
        return _starred(bare, spelling)
    return spelling.near.get(bare, bare)


def _guesses(word: str) -> Iterable[str]:
    if any(c.isdigit() or c in "@$!|" for c in word) and any(c.isalpha() for c in word):
        word = word.translate(_LEET)
        yield word
        yield word.replace("l", "i")
    if _DRAWN_OUT.search(word):
        yield _DRAWN_OUT.sub(r"\1\1", word)
        word = _DRAWN_OUT.sub(r"\1", word)
        yield word
    if word.endswith("in"):
        yield word + "g"


def _starred(word: str, spelling: Spelling) -> str:
    """A word with letters hidden by stars is the one rules know that fits, if there is but one."""
    shape = re.compile(re.sub(r"(?:\\\*)+", r"[a-z]{1,4}", re.escape(word)))
    fitting = [known for known in spelling.vocabulary if shape.fullmatch(known) and len(known) == len(word)]
    return fitting[0] if len(fitting) == 1 else word


def near_misses(words: Iterable[str], avoid: frozenset[str]) -> dict[str, str]:
    """Every slip of one letter (left out, doubled, swapped with its neighbour, or replaced) in the given words.

    >>> slips = near_misses(["suicide"], frozenset())
    >>> slips["sucide"], slips["suicied"], slips["suicude"]
    ('suicide', 'suicide', 'suicide')
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips: dict[str, str] = {}
    for word in words:
        for at in range(len(word)):
            before, after = word[:at], word[at + 1 :]
            found = {before + after, before + word[at] + word[at] + after}
            if after:
                found.add(before + after[0] + word[at] + after[1:])
            # the first letter is seldom wrong, and other words start so
            found |= {before + letter + after for letter in letters} if at else set()
            found |= {before + letter + word[at:] for letter in letters} if at else set()
            for slip in found - avoid - {word}:
                slips.setdefault(slip, word)
    return slips
