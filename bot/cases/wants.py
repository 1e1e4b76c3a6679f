"""What families ask to buy and cannot find, over many plans: for those who arrange and pay for services (seeds 002, 004).

Counted are families, never lines. Nothing personal leaves a plan: a line is known by the need it is read as (one of the
council's list), and words that are no known need are told only when enough families use the same one. Few are hidden,
with what would give them away (:mod:`bot.cases.reports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.reports import Fact, Table, table
from bot.content.directory_models import Need
from bot.plans.directory import Service
from bot.plans.directory_match import SAYS_LITTLE, suggest
from bot.plans.directory_needs import Wanted, needs_in
from bot.plans.model import Line, Plan
from bot.understanding.normalise import normalise

FOUND, NOT_FOUND = "found", "not_found"
COLUMNS = (FOUND, NOT_FOUND)
OTHER = "something else"
"""A line that names no known need."""

_WORD = re.compile(r"[a-z]{4,}")
_NO_THING = frozenset(
    f"{SAYS_LITTLE} hour hours weekly fortnight month monthly term year yearly money pound pounds cost costs price paid "
    "pays twice monday tuesday wednesday thursday friday saturday sunday morning mornings evening evenings weekend "
    "weekends holiday holidays mum mummy dad daddy nana grandma grandad brother sister name names".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One family's plan, as it was sent last."""

    family: str
    """Opaque: only to count a family once."""
    team: str
    """Stands for the area: families are not asked where they live."""
    age: int | None
    plan: Plan
    names: tuple[str, ...]
    """What people are called in it; never told."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names no known need, in the plans of enough families."""

    word: str
    families: int


@dataclass(frozen=True, slots=True)
class Wants:
    """The report."""

    families: int | None
    """Whose plans were looked at; None: hidden."""
    by_need: Table
    """Rows are needs, columns :data:`COLUMNS`; amounts are families."""
    by_team: Table
    words: tuple[Word, ...]
    """The most used first."""


def wants(
    asked: Iterable[Asked], needs: Sequence[Need], services: Sequence[Service] | None, *, today: date, hide_below: int
) -> Wants:
    """Count what is wanted. ``services``: the directory; with None, only a line taken from it counts as found."""
    every = list(asked)
    by_need: set[tuple[str, str, str]] = set()
    by_team: set[tuple[str, str, str]] = set()
    words: dict[str, set[str]] = {}
    for one in every:
        for line in one.plan.lines:
            found = FOUND if _is_found(line, one, needs, services, today) else NOT_FOUND
            read = needs_in(line.what, needs)
            by_team.add((one.team, found, one.family))
            for name in {item.need.id for item in read} or {OTHER}:
                by_need.add((name, found, one.family))
            if not read:
                for word in _words(line.what, one.names):
                    words.setdefault(word, set()).add(one.family)
    families = len({one.family for one in every})
    return Wants(
        families=families if not 0 < families < hide_below else None,
        by_need=table([Fact(*row) for row in sorted(by_need)], COLUMNS, hide_below),
        by_team=table([Fact(*row) for row in sorted(by_team)], COLUMNS, hide_below),
        words=tuple(
            Word(word, len(who))
            for word, who in sorted(words.items(), key=lambda item: (-len(item[1]), item[0]))
            if len(who) >= hide_below
        ),
    )


def _is_found(line: Line, one: Asked, needs: Sequence[Need], services: Sequence[Service] | None, today: date) -> bool:
    """Whether the line was taken from the directory, or there is something for its need and a child of this age in it.
    That a service shares some word with a line of no known need is no find."""
    if line.source:
        return True
    if services is None or not needs_in(line.what, needs):
        return False
    return bool(suggest(services, Wanted(line.what, today, one.age), needs, most=1))


def _words(what: str, names: Iterable[str]) -> set[str]:
    """Telling words of a line, without anybody's name."""
    known = {part for name in names for part in _WORD.findall(name.casefold())}
    return {word for word in _WORD.findall(normalise(what).casefold()) if word not in _NO_THING and word not in known}
