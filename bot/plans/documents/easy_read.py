"""Easy Read: a summary with a picture beside each part, one thing in each sentence, twelve words at most.

Our sentences are written so. The family's words are never cut or made shorter: those of their sentences that are short
stand here, and where there is more, the summary says that the full plan has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.plans.documents.telling import Telling
from bot.plans.documents.top import box
from bot.plans.documents.tree import Block, Heading, Notice, Pictured, Pounds, Quote, Value
from bot.plans.totals import Totals

MOST_WORDS = 12
MOST_QUOTES = 3
"""Short sentences of the family's own in one part."""
PARTS = (
    ("who", "person", ("P01",)),
    ("people", "people", ("P02",)),
    ("love", "heart", ("P03",)),
    ("safe", "shield", ("P04",)),
    ("speech", "speech", ("P05",)),
    ("days", "days", ("P06", "P07")),
    ("goals", "star", ("P08",)),
    ("free", "hands", ("P09",)),
    ("stay_safe", "shield", ("P13", "P15")),
)
"""Text key, picture and sections of each part in own words."""


def summary(tell: Telling, totals: Totals) -> Iterator[Block]:
    """The blocks after the title."""
    yield Notice(tell.say(box(tell)), _standing(tell))
    yield _part(tell, "list", [tell.say("doc.easy.about"), tell.say("doc.easy.plan")])
    for name, picture, codes in PARTS:
        if lines := _said(tell, codes):
            yield Heading(2, tell.say(f"doc.easy.{name}"))
            yield _part(tell, picture, lines)
    if tell.plan.lines:
        yield Heading(2, tell.say("doc.easy.buy"))
        yield _part(tell, "calendar", _bought(tell, totals))
    yield Heading(2, tell.say("doc.easy.money"))
    yield _part(tell, "money", list(_money(tell, totals)))
    yield Heading(2, tell.say("doc.easy.next"))
    steps = () if tell.cover.decided else ("doc.easy.read_next", "doc.easy.talk_next")
    yield _part(tell, "question", [tell.say(key) for key in (*steps, "doc.easy.disagree")])


def _part(tell: Telling, picture: str, lines: Iterable[Value]) -> Pictured:
    return Pictured(picture, tell.say(f"doc.picture.{picture}"), tuple(lines))


def _standing(tell: Telling) -> tuple[str, ...]:
    keys: tuple[str, ...] = ("draft", "not_agreed", "no_promise")
    if tell.cover.decided:
        keys = ("agreed",) if tell.cover.agreed else ("in_part", "letter_says")
    return tuple(tell.say(f"doc.easy.{key}") for key in (*keys, *(("example",) if tell.cover.example else ())))


def _said(tell: Telling, codes: tuple[str, ...]) -> list[Value]:
    """Short sentences of what was said to these sections, the child's own first."""
    quotes = [
        quote
        for code in codes
        for quote in (
            *(tell.quote(entry) for entry in tell.said(code).entries if not _is_choice(tell, code, entry.field)),
            *(tell.words(record.get("main"), record.by) for record in tell.said(code).records if record.get("main")),
        )
    ]
    quotes.sort(key=lambda quote: not quote.own)
    parts = [part for quote in quotes for part in short_parts(quote)]
    shown = parts[:MOST_QUOTES]
    more = bool(quotes) and (len(parts) > len(shown) or any(not _is_whole(quote) for quote in quotes))
    return [*shown, *([tell.say("doc.easy.more")] if more else [])]


def _is_choice(tell: Telling, code: str, name: str) -> bool:
    return any(field.id == name and field.kind == "choice" for field in tell.section(code).follow_ups)


def short_parts(quote: Quote) -> list[Quote]:
    """The sentences of somebody's words that are short as they are.

    >>> [part.words for part in short_parts(Quote("He loves buses. He knows " + "every one of them " * 4 + "by heart."))]
    ['He loves buses.']
    """
    return [replace(quote, words=part) for part in _sentences(quote.words) if _is_short(part)]


def _is_whole(quote: Quote) -> bool:
    """Whether all of somebody's words are short."""
    return all(_is_short(part) for part in _sentences(quote.words))


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?…])\s+|\n+", text) if part.strip()]


def _is_short(sentence: str) -> bool:
    return len(sentence.split()) <= MOST_WORDS and len(sentence) <= 10 * MOST_WORDS


def _bought(tell: Telling, totals: Totals) -> list[Value]:
    lines = [line for line in totals.lines if line.cost.yearly_pence != 0]
    quotes = [tell.words(line.line.what, line.line.by) for line in lines]
    shown: list[Value] = [quote for quote in quotes if _is_short(quote.words)]
    return [*shown, *([tell.say("doc.easy.more")] if len(shown) < len(quotes) else [])] or [tell.say("doc.no_cost")]


def _money(tell: Telling, totals: Totals) -> Iterator[str]:
    """The sums in short sentences; each figure is one of the totals."""
    costed = any(line.cost.yearly_pence for line in totals.lines)
    if costed:
        yield tell.say("doc.easy.cost", amount=str(Pounds(totals.total_pence)))
    if costed and totals.everything.one_off_pence:
        yield tell.say("doc.easy.once", amount=str(Pounds(totals.everything.one_off_pence)))
    if costed and totals.against_guide_pence != totals.total_pence:
        yield tell.say("doc.easy.from_guide", amount=str(Pounds(totals.against_guide_pence)))
    if totals.guide_pence is None or totals.left_pence is None:
        yield tell.say("doc.easy.no_guide")
    else:
        yield tell.say("doc.easy.guide", amount=str(Pounds(totals.guide_pence)))
        yield tell.say("doc.easy.guide_is")
        over = totals.over_pence
        yield tell.say("doc.easy.over" if over else "doc.easy.left", amount=str(Pounds(over or totals.left_pence)))
    if totals.open:
        yield tell.say("doc.easy.open", count=len(totals.open))
