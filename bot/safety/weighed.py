"""Weighed words: fixed points for words, pairs, pieces of words and patterns, added up, as most of what is said is said
by several words together.

All of it is content, in ``bot/content/safety/weighed``: ``words.csv`` has a line for each word or pair with its points
for each level, ``pieces.csv`` for each piece of a word (what is left of it when it is spelled anyhow), ``patterns.csv``
for what the patterns find; ``alike.yaml`` the groups of words that stand for the same thing (``@hit``), ``rules.yaml``
where the count starts and how sure it must be. A line struck from a table counts no more. The points were computed once
from the lines of ``data/safety`` by :mod:`bot.safety.weigh`; nothing is learned, fetched or guessed here.

The sum for a level is its start, the points of every entry found, divided by the root of how many were found, so that a
long message is not alarming for its length, and the points of the patterns. Ten points more make a level e (2.7) times
as likely.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.safety.levels import Level, is_red
from bot.safety.rule_files import WeighedFile

LEVELS: tuple[Level, ...] = ("RED-A", "RED-B", "RED-C", "AMBER-1", "AMBER-2", "AMBER-3")
"""The columns of ``words.csv``."""
FEWEST = 5
"""Words that a message must have: "yes" and "15" say nothing together, and short cries are for the patterns."""
NEAR, GROUPS_NEAR = 3, 6
"""How far on the second word of a pair, or the second group, may stand: 1 is the next word. Pairs keep their order and
end with the sentence."""
STRETCH, WINDOW, STEP = 40, 24, 12
"""Words that are added up together. A longer message is read through a window of so many words, moved on by so many:
danger in the middle of a long tale is not thinned."""
SCALE = 10.0
PIECES = (3, 4, 5)
"""Letters of a piece, with a mark where a word begins or ends."""
MOST_RULES = 4
"""Rules that hit at once, up to which each one more counts."""
_ENDINGS = re.compile(r"(ing|ed|es|ly|s)$")
TABLES = ("words", "pieces", "patterns")
Points = tuple[int, ...]
Alike = Mapping[str, Sequence[tuple[tuple[str, ...], frozenset[str]]]]
"""By the first stem: the rest of a phrase's stems, and the groups that the phrase belongs to."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The table and its rules, ready to use."""

    alike: Alike
    points: Mapping[str, Points]
    """An entry (a stem, a group, two of either with a space between, a piece, or what a pattern found) and its points by
    level."""
    firsts: frozenset[str]
    """Words and groups that any pair begins with."""
    start: Points
    rules: tuple[WeighedFile, ...]
    """In the order of LEVELS."""

    def rule(self, level: Level) -> WeighedFile:
        """The rule for a level."""
        return self.rules[LEVELS.index(level)]


@dataclass(frozen=True, slots=True)
class Weight:
    """What the words of one stretch come to."""

    level: Level
    """The level with the most points."""
    raised: float
    """How sure it is that a person should look, 0 to 1."""
    red: float
    """How sure it is that this is RED, 0 to 1."""
    red_level: Level
    """The RED level with the most points."""
    amber_level: Level


@lru_cache(maxsize=50_000)  # the words of the tables, and not every word that anybody ever writes
def stem(word: str) -> str:
    """A word without its ending, so that its forms count as one.

    >>> [stem(word) for word in ("punches", "punched", "punching", "punch", "grabbed", "leaves", "leave", "bus", "him")]
    ['punch', 'punch', 'punch', 'punch', 'grab', 'leav', 'leav', 'bus', 'him']
    """
    if len(word) < 5 or not word.isalpha():
        return word
    ending = _ENDINGS.search(word)
    if not ending or len(word) - len(ending[0]) < 3 or word.endswith("ss"):
        return word.rstrip("e")
    bare = word[: ending.start()]
    if ending[0] in ("ing", "ed") and len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls":
        bare = bare[:-1]
    return bare.rstrip("e") if len(bare) > 3 else bare


def entries(plain: str, alike: Alike, question: str | None = None, firsts: Collection[str] | None = None) -> set[str]:
    """Every word, group and pair that prepared text holds, and each group with the question it answers. With
    ``firsts``, only pairs that begin with one of these.

    >>> groups = {"punch": [((), frozenset({"@hit"}))], "mum": [((), frozenset({"@mother"}))]}
    >>> sorted(entries(" he punched mum . ok . ", groups, "S3"))
    ['@hit', '@hit @mother', '@mother', 'S3 @hit', 'S3 @mother', 'he', 'he mum', 'he punch', 'mum', 'ok', 'punch', 'punch mum']
    """
    words = [stem(word) for word in plain.split()]
    groups = _groups(words, alike)
    found: set[str] = set()
    for at, word in enumerate(words):
        if word in _SIGNS:
            continue
        found.add(word)
        found |= groups[at]
        starts = word if firsts is None or word in firsts else ""
        kinds = [group for group in groups[at] if firsts is None or group in firsts]
        if not starts and not kinds:
            continue
        for away in range(1, min(GROUPS_NEAR, len(words) - at - 1) + 1):
            other = words[at + away]
            if other == ".":
                break
            if other == ",":
                continue
            if starts and away <= NEAR:
                found.add(f"{starts} {other}")
            for group in kinds:
                found.update(f"{group} {second}" for second in groups[at + away])
    if question and (firsts is None or question in firsts):
        found.update(f"{question} {group}" for of_word in groups for group in of_word)
    return found


def pieces(plain: str) -> set[str]:
    """Every piece of every word: ``#`` before its letters, ``_`` where the word begins or ends.

    >>> sorted(pieces(" he ran . "))
    ['#_he', '#_he_', '#_ra', '#_ran', '#_ran_', '#an_', '#he_', '#ran', '#ran_']
    """
    found: set[str] = set()
    for word in set(plain.split()) - _SIGNS:
        found |= _pieces(word)
    return found


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> frozenset[str]:
    whole = f"_{word}_"
    return frozenset(f"#{whole[at : at + size]}" for size in PIECES for at in range(len(whole) - size + 1))


def of_patterns(hits: Collection[tuple[str, Level]]) -> set[str]:
    """The entries of what the patterns found: the rule with its colour, the level, and how many rules spoke.

    >>> sorted(of_patterns([("red-c-secret", "RED-C"), ("amber-3-feeding", "AMBER-3")]))
    ['+1', '+2', '+AMBER-3', '+RED-C', '+amber-3-feeding AMBER', '+red-c-secret RED']
    """
    found = {f"+{rule} {level.split('-')[0]}" for rule, level in hits} | {f"+{level}" for _, level in hits}
    return found | {f"+{n}" for n in range(1, min(len({rule for rule, _ in hits}), MOST_RULES) + 1)}


_SIGNS = frozenset(".,")
_NONE: frozenset[str] = frozenset()


def _groups(words: list[str], alike: Alike) -> list[frozenset[str]]:
    """For each place, the groups of all phrases that begin there."""
    found = []
    for at, word in enumerate(words):
        here = _NONE
        for rest, groups in alike.get(word, ()):
            if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                here |= groups
        found.append(here)
    return found


def weigh(
    weighed: Weighed, plain: str, question: str | None = None, hits: Collection[tuple[str, Level]] = ()
) -> Weight | None:
    """Add up one stretch of prepared text; None when it holds no entry, or fewer words than can say something together.

    ``question``: the RAS question that an adult answers, which makes some of it ordinary. ``hits``: what the patterns
    found in it, each with the rule's id and the level that was left.
    """
    words = [stem(word) for word in plain.split() if word not in _SIGNS]
    if len(words) < FEWEST or weighed.points.keys().isdisjoint(words):
        return None  # of a language that the table does not know, pieces of words say nothing
    there = entries(plain, weighed.alike, question, weighed.firsts) | pieces(plain)
    found = [weighed.points[entry] for entry in there if entry in weighed.points]
    if not found:
        return None
    more = [weighed.points[entry] for entry in of_patterns(hits) if entry in weighed.points]
    return _weight(_sums(weighed.start, found, more))


def _sums(start: Points, found: list[Points], more: list[Points]) -> list[float]:
    root = math.sqrt(len(found) + 1)
    return [
        begin + sum(column) / root + sum(points[level] for points in more)
        for level, (begin, column) in enumerate(zip(start, zip(*found, strict=True), strict=True))
    ]


def _weight(sums: Sequence[float]) -> Weight:
    top = max(0.0, *sums)
    odds = [math.exp((one - top) / SCALE) for one in sums]
    every, red = sum(odds), sum(one for one, level in zip(odds, LEVELS, strict=True) if is_red(level))
    whole = every + math.exp(-top / SCALE)
    first = {
        colour: max((one, level) for one, level in zip(sums, LEVELS, strict=True) if level.startswith(colour))
        for colour in ("RED", "AMBER")
    }
    return Weight(max(first.values())[1], every / whole, red / whole, first["RED"][1], first["AMBER"][1])


def load_weighed(folder: Path, read: Callable[[Path], Any], prepare: Callable[[str], str]) -> Weighed:
    """Read the three files. ``prepare`` puts words into the plain spelling. Raises ValueError saying what is wrong."""
    rules = read(folder / "rules.yaml")
    files = {file.level: file for file in (WeighedFile(**one) for one in rules["rules"])}
    if tuple(files) != LEVELS:
        raise ValueError(f"{folder}/rules.yaml: one rule for each of {', '.join(LEVELS)}, in this order")
    points = {entry: one for name in TABLES for entry, one in _table(folder / f"{name}.csv")}
    alike = load_alike(read(folder / "alike.yaml"), prepare)
    known = {group for phrases in alike.values() for _, groups in phrases for group in groups}
    unknown = {part for entry in points for part in entry.split() if part.startswith("@")} - known
    if unknown:
        raise ValueError(f"{folder}/words.csv: there is no group {', '.join(sorted(unknown))}")
    return Weighed(
        alike,
        points,
        frozenset(entry.split()[0] for entry in points if " " in entry and entry[0] != "+"),
        tuple(rules["start"][level] for level in LEVELS),
        tuple(files.values()),
    )


def load_alike(
    groups: Mapping[str, str], prepare: Callable[[str], str]
) -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """Groups by the first stem of each phrase.

    >>> load_alike({"hit": "punch, beat up"}, str)
    {'punch': [((), frozenset({'@hit'}))], 'beat': [(('up',), frozenset({'@hit'}))]}
    """
    of: dict[tuple[str, ...], set[str]] = {}
    for name, phrases in groups.items():
        for phrase in phrases.split(","):
            stems = tuple(stem(word) for word in prepare(phrase.strip()).split() if word not in _SIGNS)
            if stems:
                of.setdefault(stems, set()).add(f"@{name}")
    alike: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for stems, names in of.items():
        alike.setdefault(stems[0], []).append((stems[1:], frozenset(names)))
    return alike


def _table(path: Path) -> Iterable[tuple[str, Points]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows)) != ("words", *LEVELS):
            raise ValueError(f"{path}: the first line must be words,{','.join(LEVELS)}")
        for entry, *cells in rows:
            try:
                points = tuple(map(int, cells))
            except ValueError as wrong:
                raise ValueError(f"{path}: line {rows.line_num}: points are whole numbers") from wrong
            if len(points) != len(LEVELS):
                raise ValueError(f"{path}: line {rows.line_num}: {len(LEVELS)} numbers behind the words")
            yield entry if entry[0] in "#+" else " ".join(map(stem, entry.split())), points
