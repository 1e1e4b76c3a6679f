"""What the patterns find in a message: every hit, weighed by what stands round it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.safety.levels import Level, Speaker, highest, rank
from bot.safety.patterns import HIT, Pattern
from bot.safety.rule_files import RuleFile, WeighedFile
from bot.safety.rules import Rule, RuleSet

_STRONG = ("now", "secrecy")
_STRONG_FOR_SELF = (*_STRONG, "means")
"""Contexts that forbid lowering. A means is one where somebody speaks of harming themselves; a weapon or a poison that
somebody else's hit is about is part of the hit."""
FLOOR: dict[str, Level] = {"RED-A": "AMBER-2", "RED-B": "AMBER-3", "RED-C": "AMBER-2"}
"""What is left of a RED that is less sure: a person looks, and the script goes on."""


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """What a rule made of some words; GREEN where they are a figure of speech, or were lowered away. Each is itself alone:
    comparing what they hold, rule files and all, would make a message full of hits slow."""

    file: RuleFile | WeighedFile
    level: Level
    reasons: tuple[str, ...]
    span: tuple[int, int] = (0, 0)
    """Where the words stand in the prepared text."""
    text: str = ""
    """The fixed text to send, where it is not the rule's own."""
    firm: bool = False
    """Said of now, in secret, with the means at hand, or graver because a child says it: it stands, whatever else is
    said."""


def _may_fit(pattern: Pattern, words: frozenset[str]) -> bool:
    """Whether the words are there without which a pattern fits nothing."""
    return all(not need.isdisjoint(words) for need in pattern.needs)


class _Part:
    """One stretch of a message, and what of the rules' contexts and idioms can be in it at all. Found once: the same words
    may be said many times over, and each time is weighed by what stands round it."""

    def __init__(self, found: RuleSet, plain: str) -> None:
        self.found = found
        self.plain = plain
        self.words = frozenset((*plain.split(), HIT))
        self._contexts: dict[str, tuple[Pattern, ...]] = {}
        self._idioms: dict[Pattern, tuple[tuple[int, int], ...]] = {}

    def fits(self, context: str, text: str) -> bool:
        """Whether a context is in this stretch, or in it with the mark in place of some words (``text``)."""
        if context not in self._contexts:
            patterns = self.found.contexts[context].patterns
            self._contexts[context] = tuple(pattern for pattern in patterns if _may_fit(pattern, self.words))
        return any(pattern.find(text) for pattern in self._contexts[context])

    def is_idiom(self, idioms: Iterable[Pattern], start: int, end: int) -> bool:
        """Whether the words from ``start`` to ``end`` are, or share words with, one of these figures of speech."""
        return any(a < end and start < b for idiom in idioms for a, b in self._spans(idiom))

    def _spans(self, idiom: Pattern) -> tuple[tuple[int, int], ...]:
        if idiom not in self._idioms:
            self._idioms[idiom] = tuple(_all_spans(idiom, self.plain)) if _may_fit(idiom, self.words) else ()
        return self._idioms[idiom]


def _all_spans(pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while span := pattern.find(text, at):
        yield span
        at = span[0] + 1


def find_hits(found: RuleSet, plain: str, who: Speaker | None, question: str | None, again: bool) -> Iterator[Hit]:
    """What every rule makes of one stretch of prepared text. ``again``: something was raised before."""
    part = _Part(found, plain)
    words = part.words
    tried: set[tuple[int, int]] = set()
    for word in words:
        for place in found.by_word.get(word, ()):
            if place in tried:
                continue
            tried.add(place)
            rule = found.rules[place[0]]
            if not _speaks(rule, who) or (rule.file.questions and question not in rule.file.questions):
                continue
            pattern = rule.patterns[place[1]]
            if _may_fit(pattern, words):
                yield from _weighed(rule, pattern, part, who, question, again)


def _speaks(rule: Rule, who: Speaker | None) -> bool:
    """Whether a rule is for this speaker. Before anybody has said who writes, it may be a child."""
    file = rule.file
    return file.speaker in (None, who) or (who is None and file.speaker == "child" and not file.speaker_known)


def _weighed(
    rule: Rule, pattern: Pattern, part: _Part, who: Speaker | None, question: str | None, again: bool
) -> Iterator[Hit]:
    """Every place where a pattern fits, at the level that what stands round it leaves."""
    start, plain = 0, part.plain
    while span := pattern.find(plain, start):
        start = max(span[1] - 1, span[0] + 1)
        if part.is_idiom(rule.not_when, *span):
            yield Hit(rule.file, "GREEN", (), span)
            continue
        before, said, after = plain[: span[0]], plain[slice(*span)], plain[span[1] :]
        around, within = f"{before}{HIT} {after}", f"{before}{HIT} {said}{after}"
        yield replace(_weigh(part, rule, around, within, who, question, again), span=span)


def _weigh(
    part: _Part, rule: Rule, around: str, within: str, who: Speaker | None, question: str | None, again: bool
) -> Hit:
    """``around`` has the mark in place of the words that were found, ``within`` before them."""
    file, child, by_child = rule.file, who == "child", False
    level, reasons = file.level, [file.reason]
    strong = [
        part.found.contexts[name].file.reason
        for name in (_STRONG_FOR_SELF if "RED-B" in (file.level, *file.raised_by.values()) else _STRONG)
        if part.fits(name, around) or part.fits(name, within)
    ]
    for name, lifted in file.raised_by.items():
        if rank(lifted) > rank(level) and (
            child if name == "child" else part.fits(name, around) or part.fits(name, within)
        ):
            level = lifted
            by_child = by_child or name == "child"
            reasons.append("a child is speaking" if name == "child" else part.found.contexts[name].file.reason)
    if level != file.level:
        return Hit(file, level, tuple(reasons), firm=by_child or bool(strong))
    left: Level | None = None if child else file.need_in.get(question or "")
    if left is not None:
        return Hit(file, left, (*reasons, "said as an answer about the help that is needed"))
    if not strong:
        for name, left_then in file.lowered_by.items():
            contexts = [part.found.contexts[one] for one in name.split("+")]
            if child and any(context.file.adult_only for context in contexts):
                continue
            if all(part.fits(context.file.id, around) for context in contexts):
                floor = FLOOR.get(level, level) if child or again else "GREEN"
                return Hit(file, highest(left_then, floor), (*reasons, *(c.file.reason for c in contexts)))
    return Hit(file, level, (*reasons, *strong), firm=bool(strong))


def fits(found: RuleSet, context: str, text: str) -> bool:
    """Whether one of the rules' contexts is in prepared text."""
    return any(pattern.find(text) for pattern in found.contexts[context].patterns)
