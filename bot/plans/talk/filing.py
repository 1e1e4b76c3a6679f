"""A pasted page: its parts are put under the sections they belong to, word for word, and read back.

A heading decides where it is known; else the words of a sentence that content lists for a section ("cues"); a sentence
that fits nowhere stays with the one before it, and what comes first of all with the section that is being asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.plan_models import PlanSection
from bot.plans.talk.steering_words import fold

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
    last = here
    for line in text.splitlines():
        if not line.strip():
            continue
        if heading := _heading(line, sections, name):
            under, rest = heading
            last = under
            if rest:
                found.append(Part(under, rest))
            continue
        fresh_line = True
        for sentence in _SENTENCE.split(line.strip()):
            code = under or best(sentence, sections) or last
            last = code
            if found and found[-1].code == code:
                found[-1] = Part(code, f"{found[-1].text}{_LINE if fresh_line else ' '}{sentence}")
            else:
                found.append(Part(code, sentence))
            fresh_line = False
    return tuple(found)


_POUNDS = re.compile(r"£\s?\d|\b\d+(?:\.\d\d)?\s?(?:pounds?|quid|an hour|per hour|a week|a month)\b", re.IGNORECASE)
"""An amount of money belongs to the costs (P11)."""


def best(text: str, sections: Sequence[PlanSection], *, strong: bool = False) -> str:
    """The one section whose cues the words hold most of; empty when none or two are equally likely."""
    plain = f" {fold(text)} "
    scores = sorted(
        (
            (sum(1 + (" " in cue) for cue in section.cues if f" {fold(cue)} " in plain), section.id)
            for section in sections
        ),
        reverse=True,
    )
    if _POUNDS.search(text) and any(section.kind == "lines" for section in sections):
        return next(section.id for section in sections if section.kind == "lines")
    top, second = scores[0], scores[1] if len(scores) > 1 else (0, "")
    if top[0] < (_STRONG if strong else 1) or top[0] == second[0]:
        return ""
    return top[1]


def belongs_elsewhere(text: str, here: PlanSection, sections: Sequence[PlanSection]) -> str:
    """The section that words clearly belong to when it is not the one being asked; empty otherwise."""
    plain = f" {fold(text)} "
    if here.kind in _COSTED or any(f" {fold(cue)} " in plain for cue in here.cues):
        return ""
    code = best(text, sections, strong=True)
    return "" if code == here.id else code


def _heading(line: str, sections: Sequence[PlanSection], name: str) -> tuple[str, str] | None:
    """The section that a line is a heading of, and what follows on the same line ("Goals: to swim")."""
    head, colon, rest = line.strip().lstrip("#*- ").partition(":")
    plain = re.sub(r"^(?:section )?p?\d{1,2} ", "", fold(head) + " ").strip()
    if name:
        plain = re.sub(rf"\b{re.escape(fold(name))}s\b", "my", plain)
        plain = re.sub(rf"\b{re.escape(fold(name))}\b", "me", plain)
    if not plain or len(plain.split()) > 8 or (not colon and len(line.strip()) > 60):
        return None
    for section in sections:
        if plain in {fold(section.title), *map(fold, section.headings)} and (colon or line.strip()[-1:] not in ".,;"):
            return section.id, rest.strip(" *")
        if colon and plain in map(fold, section.names):
            return section.id, line.strip()  # "Bad days: …" says more than the name of the section
    return None
