"""The register of risks and opportunities: what came up, what was decided about it and why (seed 001).

It helps many people to decide alike. Lines are only added; a new one may replace an old one, and both stay to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Kind = Literal["risk", "opportunity"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_TAGS = 8
_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"\w+")


class NoTag(ValueError):
    """What was written as a tag is none: a tag has small letters, figures and hyphens."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    id: str
    draft_id: str | None
    """The case it is about; None: it is general."""
    kind: Kind
    title: str
    decided: str
    reason: str
    by: str
    role: str
    at: datetime
    review_by: date | None
    """Somebody looks at it again by this day; None: it stands until it is replaced."""
    tags: tuple[str, ...]
    replaces: str | None
    """Id of the line that this one stands in the place of."""


def tags(text: str) -> tuple[str, ...]:
    """Tags as they were typed, with commas between them. Raises NoTag.

    >>> tags("Personal assistant, travel,  Personal Assistant")
    ('personal-assistant', 'travel')
    """
    found = ["-".join(part.casefold().split()) for part in text.split(",") if part.strip()]
    for tag in found:
        if not _TAG.fullmatch(tag) or len(tag) > 40:
            raise NoTag(tag)
    kept = tuple(dict.fromkeys(found))
    if len(kept) > MOST_TAGS:
        raise NoTag(", ".join(kept[MOST_TAGS:]))
    return kept


def replaced(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the lines that another one stands in the place of."""
    return frozenset(entry.replaces for entry in entries if entry.replaces is not None)


def due(entry: Entry, today: date) -> bool:
    """Whether somebody should have looked at it again by now; the day itself is not late yet."""
    return entry.review_by is not None and entry.review_by < today


def found(
    entries: Sequence[Entry],
    *,
    words: str = "",
    kind: Kind | None = None,
    tag: str = "",
    due_on: date | None = None,
    old: bool = False,
) -> tuple[Entry, ...]:
    """Lines in which every word stands, newest first. ``due_on``: only those to be looked at again before that day.
    ``old``: also those that were replaced."""
    gone = replaced(entries)
    wanted = _WORD.findall(words.casefold())
    chosen = [
        entry
        for entry in entries
        if (old or entry.id not in gone)
        and kind in (None, entry.kind)
        and (not tag or tag in entry.tags)
        and (due_on is None or due(entry, due_on))
        and _holds(entry, wanted)
    ]
    return tuple(sorted(chosen, key=lambda entry: (entry.at, entry.id), reverse=True))


def _holds(entry: Entry, wanted: Iterable[str]) -> bool:
    text = " ".join((entry.title, entry.decided, entry.reason, *entry.tags)).casefold()
    return all(word in text for word in wanted)
