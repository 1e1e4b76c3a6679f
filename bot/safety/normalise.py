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
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "…": ",", "–": ",", "—": ",", "“": " ", "”": " "}
)
_JOINERS = str.maketrans({"-": " ", "/": " ", "_": " ", '"': " ", "(": ",", ")": ",", "&": " and ", "+": " "})
_LEET = str.maketrans(
    {"1": "i", "!": "i", "|": "l", "3": "e", "4": "a", "@": "a", "0": "o", "5": "s", "$": "s", "7": "t"}
)
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_SENTENCE_END = frozenset(".!?;:\n")
SHORTEST_NEAR = 6
"""Letters from which a word can be recognised through a slip."""
LONGEST_NEAR = 30
"""Letters up to which it is tried: no word of the rules is as long, and each letter is left out in turn."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What is known about spelling: content of ``spelling.yaml`` and the words of all patterns."""

    words: Mapping[str, str]
    """A way of writing, without apostrophes, and what it stands for: ``{"dont": "do not"}``."""
    before: Mapping[str, tuple[str, frozenset[str]]]
    """Ways of writing that stand for something only before some words: "ill" before "kill"."""
    emoji: Mapping[int, str]
    vocabulary: frozenset[str]
    near: Mapping[str, tuple[str, ...]]
    """Where to look for the word that a slip of one letter was meant to be; see :func:`near_index`."""
    kept: frozenset[str]
    """Real words that look like near misses and are left alone: "kissing" is not "missing"."""
    _memory: dict[str, str] = field(default_factory=dict)


def normalise(text: str, spelling: Spelling) -> str:
    """Text in the one plain spelling.

    >>> plain = Spelling({"dont": "do not", "im": "i am"}, {}, {}, frozenset({"die"}), {}, frozenset())
    >>> normalise("I DON'T… wanna d1e!! dieeee", plain)
    ' i do not , wanna die . die . '
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    if not folded.isascii():
        folded = folded.translate(spelling.emoji)
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) != "Mn")
    folded = _SPLIT_WORD.sub(lambda match: _joined(match[0], spelling), folded.translate(_JOINERS))
    tokens = _TOKEN.findall(folded)
    plain: list[str] = []
    for place, token in enumerate(tokens):
        if token.startswith(".."):
            plain.append(",")  # "i want to... die" is one sentence with a pause in it
            continue
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
    return nearest(bare, spelling.near)


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
    if len(word) > LONGEST_NEAR:
        return word
    shape = re.compile(re.sub(r"(?:\\\*)+", r"[a-z]{1,4}", re.escape(word)))
    fitting = [known for known in spelling.vocabulary if len(known) == len(word) and shape.fullmatch(known)]
    return fitting[0] if len(fitting) == 1 else word


def shortened(word: str) -> set[str]:
    """A word with any one of its letters after the first left out; the first is seldom wrong.

    >>> sorted(shortened("kill"))
    ['kil', 'kll']
    """
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def near_index(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by each of their shortened forms, to find the one that a slip of one letter was meant to be."""
    index: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= SHORTEST_NEAR and word.isalpha():
            for form in (word, *shortened(word)):
                index.setdefault(form, []).append(word)
    return {form: tuple(found) for form, found in index.items()}


def nearest(word: str, index: Mapping[str, tuple[str, ...]]) -> str:
    """The word one slip away (a letter left out, added, swapped or replaced), or the word itself.

    >>> index = near_index(["suicide", "touches"])
    >>> [nearest(word, index) for word in ("sucide", "suicied", "suicude", "suiccide", "touchs", "sunshine")]
    ['suicide', 'suicide', 'suicide', 'suicide', 'touches', 'sunshine']
    """
    if not SHORTEST_NEAR - 1 <= len(word) <= LONGEST_NEAR or not word.isalpha():
        return word
    for form in (word, *sorted(shortened(word))):
        for known in index.get(form, ()):
            if _one_slip(word, known):
                return known
    return word


def _one_slip(word: str, known: str) -> bool:
    if len(word) == len(known):
        differing = [at for at, (a, b) in enumerate(zip(word, known, strict=True)) if a != b]
        if len(differing) == 1:
            return True
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and word[differing[0]] == known[differing[1]]
            and word[differing[1]] == known[differing[0]]
        )
    return abs(len(word) - len(known)) == 1
