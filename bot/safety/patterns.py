"""The small language that safety rules are written in, and how it becomes a regular expression.

A pattern is a row of words, read against text that :mod:`bot.safety.normalise` has prepared:

===================  ==========================================================================
``die``              this word
``die|dead``         one of these words
``hit~``             the word and its forms: hit, hits, hitting, hitted … (``grab~~`` doubles the consonant)
``@person``          a word set of ``words.yaml``
``(go to bed|sleep)``  one of these phrases
``please?``          may be left out
``..`` ``...``       up to four, or eight, words between, none of them a "not" or "never", all in one sentence
``_``                any one word
``^`` ``$``          the start, or the end, of a sentence
``a + b + c``        pieces in any order, within sixteen words, none of them behind a "not" or "never"
``@hit``             (contexts only) the words a rule has found
===================  ==========================================================================

Outside brackets ``|`` joins single words; inside brackets it parts whole phrases.

>>> pattern = compile_pattern("want~ to (die|be dead)", {})
>>> bool(pattern.find(" i wanted to be dead . "))
True
>>> bool(pattern.find(" i want to dye my hair . "))
False
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

NEGATORS = ("not", "never", "no", "nobody", "none", "nor", "neither", "without")
HIT = "@hit"
WINDOW = 16
"""Words within which the pieces of an a + b pattern must stand."""
_GAP_WORD = rf"(?!(?:{'|'.join(NEGATORS)}) )[^\s.]+ "
_COMMA = "(?:, )?"
_GAPS = {"..": 4, "...": 8}
_COMMON_WORDS = (
    "i me my you your he him his she her they them their it its we us our a an the and or but of to in on at for with "
    "is are was were be been am has have had do does did not no so if that this there what when all just get got go "
    "going will would can could want like know one out up , ."
)
_COMMON = frozenset(_COMMON_WORDS.split())


class PatternError(ValueError):
    """A pattern that cannot be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: its expression, words of which one must be in the text, and every word it knows."""

    expression: str
    needs: frozenset[str] | None
    """None: says nothing about which words must be there."""
    words: frozenset[str]
    may_be_nothing: bool = False
    """Fits where nothing stands: a gap, or what may be left out."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern."""

    source: str
    pieces: tuple[str, ...]
    """Regular expressions: one, or several that may stand in any order near each other. Compiled when first needed."""
    needs: tuple[frozenset[str], ...]
    """For each fixed piece, words of which at least one must be in the text; the most telling first."""
    words: frozenset[str]
    """Every word the pattern knows, for the spelling help."""

    def find(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Where the pattern first fits prepared text from ``start`` on: (start, end), or None."""
        if len(self.pieces) == 1:
            match = _compiled(self.pieces[0]).search(text, start)
            return match.span() if match else None
        spans = []
        for piece in self.pieces:
            found = [
                match.span() for match in _compiled(piece).finditer(text, start) if not _negated(text, match.start())
            ]
            if not found:
                return None
            spans.append(found)
        return _nearest(text, spans)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _negated(text: str, at: int) -> bool:
    """Whether one of the two words before a place is a "not" or its like."""
    return any(word in NEGATORS for word in text[max(0, at - 24) : at].split()[-2:])


def _nearest(text: str, spans: list[list[tuple[int, int]]]) -> tuple[int, int] | None:
    """The first choice of one span for each piece, none over another, all within the window."""
    for first in spans[0]:
        chosen = [first]
        for others in spans[1:]:
            free = [s for s in others if all(s[1] <= c[0] or c[1] <= s[0] for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda s: min(abs(s[0] - first[1]), abs(first[0] - s[1]))))
        else:
            start, end = min(c[0] for c in chosen), max(c[1] for c in chosen)
            if text.count(" ", start, end) <= WINDOW:
                return start, end
    return None


def compile_pattern(source: str, sets: Mapping[str, Iterable[str]], prepare: Callable[[str], str] = str) -> Pattern:
    """Read one pattern. Raises PatternError for an unknown set or unbalanced brackets.

    ``prepare`` puts a word of the pattern into the spelling that prepared text has ("nana" is "nan" there).
    """
    pieces: list[str] = []
    needs: set[frozenset[str]] = set()
    words: set[str] = set()
    for piece in source.split(" + "):
        parts = _Reader(piece, sets, prepare).sequence(end="")
        of_piece = {part.needs for part in parts if part.needs}
        if not of_piece:
            raise PatternError(f'"{source}" fits any text: give it a word that must be there')
        needs |= of_piece
        words |= {word for part in parts for word in part.words}
        pieces.append("(?<= )" + "".join(part.expression for part in parts))
    return Pattern(source, tuple(pieces), tuple(sorted(needs, key=_weight)), frozenset(words))


def words_in(source: str) -> list[str]:
    """The words written out in a pattern, word sets aside.

    >>> words_in("(take|have) him? .. @kin choke~")
    ['take', 'have', 'him', 'choke', 'chokes', 'choked', 'choking']
    """
    return [form for word in re.findall(r"(?<![@\w])[a-z0-9]+~*", source) for form in _word_forms(word)]


def _weight(words: frozenset[str]) -> tuple[int, list[str]]:
    """How telling a set of words is: few and rare ones first."""
    return sum(50 if word in _COMMON else 1 for word in words), sorted(words)


def forms(base: str, double: bool = False) -> list[str]:
    """The regular forms of a verb, for ``~``.

    >>> forms("choke"), forms("grab", double=True)
    (['choke', 'chokes', 'choked', 'choking'], ['grab', 'grabs', 'grabbed', 'grabbing'])
    """
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    if base.endswith(("s", "sh", "ch", "x")):
        return [base, base + "es", base + "ed", base + "ing"]
    stem = base + base[-1] if double else base
    return [base, base + "s", stem + "ed", stem + "ing"]


def expand(sets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Word sets with ``~`` and sets inside sets written out; members may be phrases. Raises PatternError on a ring."""
    done: dict[str, list[str]] = {}

    def members(name: str, inside: tuple[str, ...]) -> list[str]:
        if name in inside:
            raise PatternError(f"@{name} is part of itself")
        if name not in sets:
            raise PatternError(f"there is no word set @{name}")
        if name not in done:
            found: list[str] = []
            for member in sets[name]:
                if member.startswith("@"):
                    found += members(member[1:], (*inside, name))
                else:
                    found += _word_forms(member)
            done[name] = list(dict.fromkeys(found))
        return done[name]

    for name in sets:
        members(name, ())
    return done


def _word_forms(word: str) -> list[str]:
    if word.endswith("~~"):
        return forms(word[:-2], double=True)
    return forms(word[:-1]) if word.endswith("~") else [word]


class _Reader:
    """Reads one pattern from left to right."""

    _TOKEN = re.compile(r"\s*(\.{2,3}|\(|\)\??|\||\^|\$|[^\s()|]+)")

    def __init__(self, source: str, sets: Mapping[str, Iterable[str]], prepare: Callable[[str], str]) -> None:
        self.source, self.sets, self.prepare = source, sets, prepare
        self.tokens = self._TOKEN.findall(source)
        self.at = self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def sequence(self, end: str) -> list[Part]:
        """Parts up to ``|`` or a bracket inside brackets, or up to the end of the pattern."""
        parts: list[Part] = []
        while (piece := self.peek()) and not (end and (piece == "|" or piece.startswith(")"))):
            parts.append(self.item())
        return parts

    def item(self) -> Part:
        piece = self.peek()
        if piece == "(":
            return self.group()
        if piece == "|" or piece.startswith(")"):
            raise PatternError(f'"{self.source}": "{piece}" stands where a word should')
        self.at += 1
        if piece in _GAPS:
            return Part(f"(?:{_GAP_WORD}){{0,{_GAPS[piece]}}}", None, frozenset(), True)
        if piece == "_":
            return Part(r"[^\s.,]+ ", None, frozenset())
        if piece == "^":
            return Part(r"(?:(?<=\. )|(?<=^ ))", None, frozenset())
        if piece == "$":
            return Part(r"(?=\. )", None, frozenset())
        choices = [piece]
        while self.peek() == "|" and not self.depth:
            self.at += 1
            choices.append(self.peek())
            self.at += 1
        optional = choices[-1].endswith("?")
        choices[-1] = choices[-1].removesuffix("?")
        return self.choice([phrase for choice in choices for phrase in self.phrases(choice)], optional)

    def group(self) -> Part:
        self.at += 1
        self.depth += 1
        branches = [self.sequence(end=")")]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence(end=")"))
        closing = self.peek()
        if not closing.startswith(")"):
            raise PatternError(f'"{self.source}": a bracket is not closed')
        self.at += 1
        self.depth -= 1
        expression = "(?:" + "|".join("".join(part.expression for part in branch) for branch in branches) + ")"
        words = frozenset().union(*(part.words for branch in branches for part in branch))
        if closing == ")?":
            return Part(expression + "?", None, words, True)
        if any(all(part.may_be_nothing for part in branch) for branch in branches):
            raise PatternError(f'"{self.source}": a choice in brackets fits nothing at all')
        best = [min((p.needs for p in branch if p.needs), key=_weight, default=None) for branch in branches]
        needs = frozenset().union(*(need for need in best if need)) if all(best) else None
        return Part(expression, needs, words)

    def phrases(self, choice: str) -> list[str]:
        if choice == HIT:
            return [HIT]
        if choice.startswith("@"):
            if choice[1:] not in self.sets:
                raise PatternError(f'"{self.source}": there is no word set {choice}')
            return list(self.sets[choice[1:]])
        return [self.prepare(form) for form in _word_forms(choice)]

    def choice(self, phrases: list[str], optional: bool) -> Part:
        part = _choice(tuple(phrases))
        return Part(part.expression + "?", None, part.words, True) if optional else part


@cache
def _choice(phrases: tuple[str, ...]) -> Part:
    # the longest first, so that "step dad" is tried before "step"
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    inner = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in ordered)
    expression = f"(?:(?:{inner}) {_COMMA})" if len(ordered) > 1 else f"(?:{inner} {_COMMA})"
    words = frozenset(word for phrase in ordered for word in phrase.split())
    return Part(expression, frozenset(phrase.split()[0] for phrase in ordered), words)
