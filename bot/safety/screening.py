"""The screen that every message passes before anything else: fixed rules, no model, no clock, no network.

A message is put into plain spelling, the rules' patterns are looked for, and each hit is weighed by what stands round
it. Two-sided: idiom, "I would never", a medical need, a known past or the form's own words lower a hit; a child
speaking, now, means, secrecy and a second mention raise it, and forbid lowering it away (domain notes 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.safety.levels import Alert, Level, Speaker, highest, is_amber, is_red, rank
from bot.safety.normalise import normalise
from bot.safety.patterns import HIT, Pattern
from bot.safety.rule_files import RuleFile, WeighedFile
from bot.safety.rules import Rule, RuleSet, default_rules
from bot.safety.weighed import entries, stretches, weigh

Channel = Literal["web", "sms", "whatsapp", "voice"]

_STRONG = ("now", "secrecy")
_STRONG_FOR_SELF = (*_STRONG, "means")
"""Contexts that forbid lowering. A means is one where somebody speaks of harming themselves; a weapon or a poison that
somebody else's hit is about is part of the hit."""
_FLOOR: dict[str, Level] = {"RED-A": "AMBER-2", "RED-B": "AMBER-3", "RED-C": "AMBER-2"}
_STRETCH, _OVERLAP = 90, 30
"""Words that are looked at together, and words that one stretch shares with the next."""
FIGURE = "~"
"""Stands where a figure of speech was."""
_LONGEST = 4_000
"""Characters that are read; a longer message is read from both ends (the API refuses more, contract.md)."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What a message means for safety. It never changes an answer, a score or an amount."""

    level: Level
    rule_id: str | None = None
    text_id: str | None = None
    """The fixed text to show; None when GREEN. See :func:`bot.safety.texts.safety_parts`."""
    stop: bool = False
    """Whether the script stops (RED). After AMBER the family chooses: carry on, or stop."""
    alert: Alert = "none"
    reasons: tuple[str, ...] = ()
    """Why, in plain words for the person who looks; nothing of what was written."""
    then_text_id: str | None = None
    """A second fixed text, when the message is two things at once."""
    also: tuple[Level, ...] = ()
    """Other levels that hold as well, the most serious first."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """What a rule made of some words; GREEN where they are a figure of speech, or were lowered away."""

    file: RuleFile | WeighedFile
    level: Level
    reasons: tuple[str, ...]
    span: tuple[int, int] = (0, 0)
    """Where the words stand in the prepared text."""
    text: str = ""
    """The fixed text to send, where it is not the rule's own."""


GREEN = Screening("GREEN")


def screen(
    text: str,
    *,
    who: Speaker | None = None,
    question: str | None = None,
    previous: Level | None = None,
    channel: Channel = "web",
    rules: RuleSet | None = None,
) -> Screening:
    """Screen one message. Needs no more than the words themselves; everything else sharpens it.

    ``who``: whether an adult or a child writes, None when not known. ``question``: code of the RAS question being
    asked, as "he hits me" answers S3 and is need there. ``previous``: the highest level so far in the conversation, as
    a second mention raises. ``channel``: on the phone there are no sentences, so all that is said stands together.

    >>> screen("he's got a knife and mum is hurt").level
    'RED-A'
    >>> screen("I could murder a cup of tea").level
    'GREEN'
    """
    found = rules or default_rules()
    plain = prepared(text, found)
    if channel == "voice":
        plain = plain.replace(" . ", " , ").removesuffix(" , ") + " . "
    child = who == "child" or _fits(found, "child", plain)
    again = previous is not None and previous != "GREEN"
    speaker = "child" if child else who
    hits: list[_Hit] = []
    for part in _parts(plain):
        by_patterns = list(_hits(found, part, speaker, question, again))
        hits += by_patterns
        hits += _by_weight(found, part, by_patterns, speaker, question)
    return _conclusion(hits, child, previous)


def prepared(text: str, rules: RuleSet) -> str:
    """A message in plain spelling, with one mark in place of each figure of speech.

    >>> prepared("Over my dead body is he going there", default_rules())
    ' ~ is he going there . '
    """
    plain = normalise(_both_ends(text), rules.spelling)
    words = frozenset(plain.split())
    for idiom in rules.idioms:
        if all(not need.isdisjoint(words) for need in idiom.needs):
            while span := idiom.find(plain):
                plain = f"{plain[: span[0]]}{FIGURE} {plain[span[1] :]}"
    return plain


def counted_text(text: str, who: Speaker | None, question: str | None, rules: RuleSet) -> str:
    """The prepared text that weighed words are counted in: without the words that patterns know to mean no harm here."""
    plain = prepared(text, rules)
    speaker = "child" if who == "child" or _fits(rules, "child", plain) else who
    return "".join(_without_idioms(part, list(_hits(rules, part, speaker, question, False))) for part in _parts(plain))


def screen_answer(question: str, level: int, *, previous: Level | None = None) -> Screening:
    """Screen an answer that was picked or confirmed rather than written: F1 level 3 is the carer path (domain notes 5.2).

    >>> screen_answer("F1", 3).level, screen_answer("F1", 2).level
    ('AMBER-1', 'GREEN')
    """
    if (question, level) != ("F1", 3):
        return GREEN
    alert: Alert = "immediate" if previous and previous != "GREEN" else "same_day"
    return Screening(
        "AMBER-1", "amber-1-cannot-go-on", "CARER", False, alert, ("answered that they cannot go on for much longer",)
    )


def _parts(plain: str) -> list[str]:
    """Prepared text in overlapping stretches, so that a very long message takes no longer per word than a short one."""
    words = plain.split()
    if len(words) <= _STRETCH:
        return [plain]
    return [f" {' '.join(words[at : at + _STRETCH])} " for at in range(0, len(words), _STRETCH - _OVERLAP)]


def _both_ends(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[: _LONGEST // 2]}\n{text[-_LONGEST // 2 :]}"


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


def _hits(found: RuleSet, plain: str, who: Speaker | None, question: str | None, again: bool) -> Iterator[_Hit]:
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
) -> Iterator[_Hit]:
    """Every place where a pattern fits, at the level that what stands round it leaves."""
    start, plain = 0, part.plain
    while span := pattern.find(plain, start):
        start = max(span[1] - 1, span[0] + 1)
        if part.is_idiom(rule.not_when, *span):
            yield _Hit(rule.file, "GREEN", (), span)
            continue
        before, said, after = plain[: span[0]], plain[slice(*span)], plain[span[1] :]
        around, within = f"{before}{HIT} {after}", f"{before}{HIT} {said}{after}"
        yield replace(_weigh(part, rule, around, within, who, question, again), span=span)


def _weigh(
    part: _Part, rule: Rule, around: str, within: str, who: Speaker | None, question: str | None, again: bool
) -> _Hit:
    """``around`` has the mark in place of the words that were found, ``within`` before them."""
    file, child = rule.file, who == "child"
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
            reasons.append("a child is speaking" if name == "child" else part.found.contexts[name].file.reason)
    if level != file.level:
        return _Hit(file, level, tuple(reasons))
    left: Level | None = None if child else file.need_in.get(question or "")
    if left is not None:
        return _Hit(file, left, (*reasons, "said as an answer about the help that is needed"))
    if not strong:
        for name, left_then in file.lowered_by.items():
            contexts = [part.found.contexts[one] for one in name.split("+")]
            if child and any(context.file.adult_only for context in contexts):
                continue
            if all(part.fits(context.file.id, around) for context in contexts):
                floor = _FLOOR.get(level, level) if child or again else "GREEN"
                return _Hit(file, highest(left_then, floor), (*reasons, *(c.file.reason for c in contexts)))
    return _Hit(file, level, (*reasons, *strong))


def _by_weight(
    found: RuleSet, part: str, by_patterns: list[_Hit], who: Speaker | None, question: str | None
) -> Iterator[_Hit]:
    """What the weighed words add to what the patterns found. They only raise: a GREEN to AMBER or RED, an AMBER to RED."""
    so_far = highest(*(hit.level for hit in by_patterns))
    if is_red(so_far):
        return
    child, weighed = who == "child", found.weighed
    # Words that a pattern knows, and knows to mean less here ("I would never"), are not made more of by their sum.
    lowered = {hit.file.level for hit in by_patterns if not is_red(hit.level)}
    for stretch in stretches(_without_idioms(part, by_patterns)):
        weight = weigh(weighed, stretch, None if child else question)
        if weight is None:
            continue
        red, best = weighed.rule(weight.red_level), weighed.rule(weight.level)
        more = 0 if child else best.surer_in.get(question or "", 0)
        if red.level not in lowered and weight.red * 100 >= (red.sure or 100) + more:
            yield _Hit(red, red.level, (red.reason,))
        elif weight.raised * 100 >= best.raised + more and so_far == "GREEN":
            there = entries(stretch, weighed.alike, None, ()) if best.text_when else ()
            text = next((text for entry, text in best.text_when.items() if entry in there), "")
            yield _Hit(best, _FLOOR.get(best.level, best.level), (best.reason,), text=text)


def _without_idioms(part: str, by_patterns: list[_Hit]) -> str:
    """The text without the words that patterns know as a figure of speech, or that stand where they mean no harm."""
    meant = [hit.span for hit in by_patterns if hit.level != "GREEN"]
    idle = {hit.span for hit in by_patterns if hit.level == "GREEN"}
    last = len(part)
    for start, end in sorted(idle, reverse=True):
        if not any(start < other[1] and other[0] < end for other in meant):
            part = f"{part[:start]}. {part[min(end, last) :]}"
            last = start
    return part


def _fits(found: RuleSet, context: str, text: str) -> bool:
    return any(pattern.find(text) for pattern in found.contexts[context].patterns)


def _conclusion(hits: list[_Hit], child: bool, previous: Level | None) -> Screening:
    level = highest(*(hit.level for hit in hits))
    if level == "GREEN":
        return GREEN
    best = min(
        (hit for hit in hits if hit.level == level),
        key=lambda hit: (isinstance(hit.file, WeighedFile), hit.file.level != level, hit.file.id),
    )
    reasons = list(best.reasons)
    reasons += [hit.file.reason for hit in hits if hit.level != "GREEN"]
    also = {hit.level for hit in hits} | {
        other for hit in hits if hit.level == hit.file.level for other in hit.file.also
    }
    alert: Alert = "immediate" if is_red(level) else "same_day"
    if is_amber(level) and previous is not None and previous != "GREEN":
        alert = "immediate"
        reasons.append("a second mention in this conversation")
    then_text = best.file.then_text or ("SUI" if level == "RED-A" and "RED-B" in also else None)
    return Screening(
        level=level,
        rule_id=best.file.id,
        text_id=_text(best.text or best.file.text, level, child),
        stop=is_red(level),
        alert=alert,
        reasons=tuple(dict.fromkeys(reasons)),
        then_text_id=_voiced(then_text, child) if then_text else None,
        also=tuple(sorted(also - {level, "GREEN"}, key=rank, reverse=True)),
    )


_RED_TEXTS: dict[Level, str] = {"RED-A": "RED_now", "RED-B": "SUI", "RED-C": "DISC"}
_AMBER_TEXTS: dict[Level, str] = {"AMBER-1": "CARER", "AMBER-2": "NOTBLAME", "AMBER-3": "HEALTH"}
_TWO_VOICES = ("SUI", "DISC")


def _text(own: str, level: Level, child: bool) -> str:
    """A RED is answered by the text of its level, also when a milder rule was raised to it; and the other way round."""
    own_is_red = own in _RED_TEXTS.values()
    text = _RED_TEXTS.get(level) or (_AMBER_TEXTS[level] if own_is_red else own)
    return _voiced(text, child)


def _voiced(text: str, child: bool) -> str:
    return f"{text}_{'child' if child else 'adult'}" if text in _TWO_VOICES else text
