"""One finding of the readiness check: a reason in plain words, and where to go. It never stops a plan from being sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "not_yet", "look_at"]
"""ok: it is there. not_yet: one of the seven questions is still open. look_at: a worker may ask about it."""


@dataclass(frozen=True, slots=True)
class Check:
    """A finding about one of the seven approval questions (domain notes 4)."""

    question: int
    """1 to 7."""
    status: Status
    key: str
    """The text that says it, "ready.goal_ok" …"""
    section: str
    """Where it can be changed, "P08" …"""
    values: tuple[tuple[str, object], ...] = ()
    """What the text names, such as ``words``: the family's own."""


SHORT = 80
"""Characters of somebody's words that a reason repeats."""


def check(question: int, status: Status, name: str, section: str, **values: object) -> Check:
    """A finding; the family's ``words`` are shortened to what a reason can repeat."""
    if isinstance(words := values.get("words"), str):
        values["words"] = shortened(words)
    return Check(question, status, f"ready.{name}", section, tuple(values.items()))


def shortened(text: str) -> str:
    """The beginning of somebody's words, whole words if that can be.

    >>> shortened("swimming")
    'swimming'
    >>> shortened("word " * 40)[-11:]
    'word word …'
    """
    plain = " ".join(text.split())
    if len(plain) <= SHORT:
        return plain
    return f"{plain[: SHORT - 2].rsplit(' ', 1)[0]} …"


def plain_words(text: str) -> str:
    """Lower case, words and figures alone, with a space before, between and after: phrases are found as whole words.

    >>> plain_words("Bill's hearing-aid!")
    " bill's hearing aid "
    """
    return f" {' '.join(re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace('’', "'")))} "
