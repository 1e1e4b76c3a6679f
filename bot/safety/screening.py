"""The screen that every message passes before anything else: fixed rules, no model, no clock, no network.

A message is put into plain spelling, the rules' patterns are looked for, each hit is weighed by what stands round
it, and what they found is added up with all other words of the message. Two-sided: idiom, "I would never", a medical need, a known past or the form's own words lower a hit; a child
speaking, now, means, secrecy and a second mention raise it, and forbid lowering it away (domain notes 5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.safety.hits import Hit, find_hits, fits
from bot.safety.levels import Alert, Level, Speaker, highest, is_amber, is_red, rank
from bot.safety.normalise import normalise
from bot.safety.rule_files import WeighedFile
from bot.safety.rules import RuleSet, default_rules
from bot.safety.together import Stretch, stretches_of, together, without_idioms

Channel = Literal["web", "sms", "whatsapp", "voice"]

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
    child = who == "child" or fits(found, "child", plain)
    again = previous is not None and previous != "GREEN"
    speaker = "child" if child else who
    hits: list[Hit] = []
    for part in _parts(plain):
        hits += together(found, part, list(find_hits(found, part, speaker, question, again)), speaker, question, again)
    return _conclusion(hits, child, previous, _is_of_another(hits, frozenset(plain.split())))


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


def counted_text(text: str, who: Speaker | None, question: str | None, rules: RuleSet) -> tuple[str, list[Hit]]:
    """The prepared text that weighed words are counted in, without the words that patterns know to mean no harm here, and
    what the patterns found in it."""
    plain = prepared(text, rules)
    speaker = "child" if who == "child" or fits(rules, "child", plain) else who
    parts = [(part, list(find_hits(rules, part, speaker, question, False))) for part in _parts(plain)]
    return "".join(without_idioms(*part) for part in parts), [hit for _, hits in parts for hit in hits]


def counted_stretches(text: str, who: Speaker | None, question: str | None, rules: RuleSet) -> list[Stretch]:
    """The stretches of a message that are added up each by itself, as :func:`screen` does, with what the patterns found
    in them."""
    plain = prepared(text, rules)
    speaker = "child" if who == "child" or fits(rules, "child", plain) else who
    return [
        stretch
        for part in _parts(plain)
        for stretch in stretches_of(part, list(find_hits(rules, part, speaker, question, False)))
    ]


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


def _conclusion(hits: list[Hit], child: bool, previous: Level | None, of_another: bool) -> Screening:
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
        text_id=_text(best.text or best.file.text, level, child, of_another),
        stop=is_red(level),
        alert=alert,
        reasons=tuple(dict.fromkeys(reasons)),
        then_text_id=_voiced(OF_ANOTHER if then_text == "SUI" and of_another else then_text, child)
        if then_text
        else None,
        also=tuple(sorted(also - {level, "GREEN"}, key=rank, reverse=True)),
    )


_RED_TEXTS: dict[Level, str] = {"RED-A": "RED_now", "RED-B": "SUI", "RED-C": "DISC"}
_AMBER_TEXTS: dict[Level, str] = {"AMBER-1": "CARER", "AMBER-2": "NOTBLAME", "AMBER-3": "HEALTH"}
OF_ANOTHER = "SUI_other"
"""In place of "SUI" where somebody else is said to think of suicide."""
_TWO_VOICES = ("SUI", OF_ANOTHER, "DISC")


def _is_of_another(hits: list[Hit], words: frozenset[str]) -> bool:
    """Whether a message tells of somebody else's wish to die: nobody in it is the writer, or every pattern that found it
    knows it to be another's. What is then answered fits the writer too."""
    texts = {hit.file.text for hit in hits if hit.level == "RED-B" and not isinstance(hit.file, WeighedFile)}
    return texts == {OF_ANOTHER} or (not words.isdisjoint(_ANOTHER) and words.isdisjoint(_ONESELF))


_ANOTHER = frozenset({"he", "she", "him", "her", "his"})
_ONESELF = frozenset({"i", "me", "myself", "mine", "we", "us"})


def _text(own: str, level: Level, child: bool, of_another: bool) -> str:
    """A RED is answered by the text of its level, also when a milder rule was raised to it; and the other way round."""
    own_is_red = own in (*_RED_TEXTS.values(), OF_ANOTHER)
    text = _RED_TEXTS.get(level) or (_AMBER_TEXTS[level] if own_is_red else own)
    return _voiced(OF_ANOTHER if text == "SUI" and of_another else text, child)


def _voiced(text: str, child: bool) -> str:
    return f"{text}_{'child' if child else 'adult'}" if text in _TWO_VOICES else text
