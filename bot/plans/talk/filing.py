"""A pasted page: its parts are put under the sections they belong to, word for word, and read back.

A heading decides where it is known; else the words of a sentence that content lists for a section ("cues"); a sentence
that fits nowhere stays with the one before it, and what comes first of all with the section that is being asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.content.plan_models import PlanSection
from bot.plans.talk.steering_words import fold, mine

PAGE = 280
"""Characters from which a message is looked at as a page; shorter with two headings or more."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(0-9£])")
_LINE = "\n"
_COSTED = ("help", "lines", "money")
"""Where help and its cost are asked for, nearly anything can be meant as an answer."""
_STRONG = 3
"""Cues that must speak for another section before words are said to belong there rather than here."""


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive words of a page that belong to one section."""

    code: str
    text: str


def is_page(text: str, sections: Sequence[PlanSection], name: str = "") -> bool:
    """Whether a message covers more than the section that was asked."""
    if has_headings(text, sections, name):
        return True
    return len(text) >= PAGE and len({part.code for part in parts(text, sections, "", name)} - {""}) >= 3


def has_headings(text: str, sections: Sequence[PlanSection], name: str = "") -> bool:
    """Whether a message is written under headings of the plan."""
    headings = sum(1 for line in text.splitlines() if _heading(line, sections, name))
    return headings >= 2 or (headings == 1 and len(text) >= PAGE)


def parts(text: str, sections: Sequence[PlanSection], here: str, name: str = "") -> tuple[Part, ...]:
    """The page in order, cut where it goes over to another section. Every word of it is in exactly one part.

    Headings themselves are left out: they are the section's name. ``name`` is the child's, as in "About Ty".
    """
    found: list[Part] = []
    under: str | None = None
    last, title = here, ""
    fresh_paragraph = True
    for line in text.splitlines():
        if not line.strip():
            fresh_paragraph = True
            continue
        heading = _heading(line, sections, name)
        if fresh_paragraph and heading is None:
            if title == "" and _is_title(line):
                # a heading of their own: what stands under it is no longer under the heading before
                under, title = None, line.strip()
                continue
            if under and (elsewhere := best(line, sections, strong=True)):
                under = elsewhere
        fresh_paragraph = False
        if heading:
            under, rest = heading
            last = under
            if title or rest:
                found.append(Part(under, "\n".join(part for part in (title, rest) if part)))
            title = ""
            continue
        fresh_line = True
        for said in _SENTENCE.split(line.strip()):
            sentence = f"{title}\n{said}" if title else said
            title = ""
            code = under or best(sentence, sections) or last
            last = code
            if found and found[-1].code == code:
                found[-1] = Part(code, f"{found[-1].text}{_LINE if fresh_line else ' '}{sentence}")
            else:
                found.append(Part(code, sentence))
            fresh_line = False
    if title:
        found.append(Part(last, title))
    return tuple(found)


_POUNDS = re.compile(r"£\s?\d|\b\d+(?:\.\d\d)?\s?(?:pounds?|quid|an hour|per hour|a week|a month)\b", re.IGNORECASE)
"""An amount of money belongs to the costs (P11)."""


def best(text: str, sections: Sequence[PlanSection], *, strong: bool = False) -> str:
    """The one section whose cues the words hold most of; empty when none or two are equally likely.

    A longer cue says more than a short one, and a cue that several sections list says less to each of them.
    """
    if _POUNDS.search(text) and (costs := next((one.id for one in sections if one.kind == "lines"), "")):
        return costs
    scores: dict[str, list[float]] = {}
    for codes, words in _cues_in(fold(text), sections):
        for code in codes:
            scores.setdefault(code, []).append(len(words) / len(codes))
    ranked = sorted(((sum(found), len(found), code) for code, found in scores.items()), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return ""
    score, count, code = ranked[0]
    return "" if strong and (score < _STRONG or count < 2) else code


def _cues_in(plain: str, sections: Sequence[PlanSection]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The sections that list a cue, and the cue, for every cue in the text; a cue inside a longer one is not counted."""
    index = _index(tuple((section.id, section.cues) for section in sections))
    words = tuple(_stem(word) for word in plain.split())
    found = [
        (at, at + count)
        for at in range(len(words))
        for count in range(1, min(_MOST_WORDS, len(words) - at) + 1)
        if words[at : at + count] in index
    ]
    spans = set(found)
    whole = [(a, b) for a, b in found if not any(wider in spans for wider in _wider(a, b))]
    return [(index[cue], cue) for cue in dict.fromkeys(words[a:b] for a, b in whole)]


def _wider(start: int, end: int) -> list[tuple[int, int]]:
    """All places that a cue around these words can have: few, however many cues a page holds."""
    return [
        (first, last)
        for first in range(end - _MOST_WORDS, start + 1)
        for last in range(end, first + _MOST_WORDS + 1)
        if (first, last) != (start, end)
    ]


@lru_cache(maxsize=8)
def _index(cues: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Cues as stems, and the sections that list each."""
    index: dict[tuple[str, ...], tuple[str, ...]] = {}
    for code, listed in cues:
        for cue in listed:
            words = tuple(_stem(word) for word in fold(cue).split())
            if code not in index.get(words, ()):
                index[words] = (*index.get(words, ()), code)
    return index


_MOST_WORDS = 6
"""Words of the longest cue that is looked for."""


def _stem(word: str) -> str:
    """A word without the ending of its grammar, so that "adores" is found where "adore" is meant.

    >>> [_stem(word) for word in ("adores", "adored", "is", "swimming", "days")]
    ['ador', 'ador', 'is', 'swimm', 'day']
    """
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def belongs_elsewhere(text: str, here: PlanSection, sections: Sequence[PlanSection]) -> str:
    """The section that words clearly belong to when it is not the one being asked; empty otherwise."""
    if here.kind in _COSTED or _cues_in(fold(text), (here,)):
        return ""
    code = best(text, sections, strong=True)
    return "" if code == here.id else code


def _is_title(line: str) -> bool:
    """Whether a line that begins a paragraph looks like a heading: a few words, and neither a sentence nor its end.

    >>> [_is_title(line) for line in ("Who matters", "Night times:", "He is funny", "No nuts", "Ty loves it.")]
    [True, True, False, False, False]
    """
    plain = line.strip()
    if len(plain.split()) > 5 or not plain[:1].isupper() or not (plain[-1:].isalnum() or plain.endswith(":")):
        return False
    return not re.match(r"(?:he|she|they|i|we|my|our|his|her|it|its|no|never|not|always|the|a|an)\b", plain.lower())


def _heading(line: str, sections: Sequence[PlanSection], name: str) -> tuple[str, str] | None:
    """The section that a line is a heading of, and what follows on the same line ("Goals: to swim")."""
    head, colon, rest = line.strip().lstrip("#*- ").partition(":")
    plain = re.sub(r"^(?:section )?p?\d{1,2} ", "", fold(head) + " ").strip()
    if name:
        plain = re.sub(rf"\b{re.escape(fold(name))}s\b", "my", plain)
        plain = re.sub(rf"\b{re.escape(fold(name))}\b", "me", plain)
    if not plain or len(plain.split()) > 8 or (not colon and len(line.strip()) > 60):
        return None
    whose = mine(plain)
    for section in sections:
        named = whose in _titles(section.title, *section.headings)
        if named and (colon or line.strip()[-1:] not in ".,;"):
            return section.id, rest.strip(" *")
        if colon and plain in _names(*section.names):
            return section.id, line.strip()  # "Bad days: …" says more than the name of the section
    return None


@lru_cache(maxsize=256)
def _titles(*said: str) -> frozenset[str]:
    """A section's own words as a heading may say them. Kept, for each line of a page is held against all of them."""
    return frozenset(mine(fold(one)) for one in said)


@lru_cache(maxsize=256)
def _names(*said: str) -> frozenset[str]:
    return frozenset(fold(one) for one in said)
