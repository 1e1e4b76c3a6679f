"""The letter about a decision: what, why, how the amount came about, how to question it and by when, who decided.

Our words are texts of content, for parents and for young people; reasons are the officer's, as they wrote them. The same
letter is a page, a PDF, a Word or OpenDocument file and plain text (:mod:`bot.plans.documents.formats`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.content.loader import Content
from bot.content.models import Who
from bot.interview.state import About
from bot.interview.words import pounds
from bot.plans.documents.clean import clean
from bot.plans.documents.sms import MOST, length, plain
from bot.plans.documents.tree import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Pounds,
    Quote,
    Table,
)

Outcome = Literal["agree", "agree_in_part", "refuse_for_now"]
STREAMS = ("social_care", "sen", "nhs")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One line of the plan and what was decided about it. Money is pence for the year, or once."""

    what: str
    """The family's words."""
    asked_pence: int | None
    agreed_pence: int
    agreed: bool
    """As it was asked."""
    one_off: bool
    stream: str
    reason: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything a letter says that is not content."""

    reference: str
    about: About
    decided_on: date
    plan_version: int
    outcome: Outcome
    final_pence: int | None
    guide_pence: int | None
    how: tuple[str, ...]
    """How the guide amount came about, in the words of its explanation."""
    moderation: tuple[str, ...]
    """What changed when a professional looked at the answers, and why; empty where nothing did."""
    reasons: tuple[str, ...]
    lines: tuple[LetterLine, ...]
    contingency_pence: int
    contingency_reason: str
    what_would_help: str
    question_by: date
    reply_days: int
    """Working days within which somebody else looks again."""
    decided_by: tuple[str, ...]
    """Name and role of whoever signed; of each who agreed, where several decided."""
    second_look: bool
    example: bool
    """The guide amount comes from an example table."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter to one reader."""

    content: Content
    facts: LetterFacts
    who: Who

    def say(self, key: str, **values: object) -> str:
        about = self.facts.about
        child = {"name": clean(about.name or ""), "pronouns": about.pronoun, "age": about.age}
        return self.content.text(key, self.who, **child, **values)


def letter(content: Content, facts: LetterFacts, who: Who) -> Document:
    """The letter for one reader."""
    of = _Letter(content, facts, who)
    return Document(
        kind="letter",
        blocks=tuple(_blocks(of)),
        reference=facts.reference,
        version=facts.plan_version,
        draft=False,
        on=facts.decided_on,
        council=content.council.name,
        status=of.say("decision.status", date=day(facts.decided_on)),
        version_words=of.say("doc.version", count=facts.plan_version),
        pages=(of.say("doc.page"), of.say("doc.of")),
    )


def sms(
    content: Content,
    who: Who,
    *,
    reference: str,
    outcome: Outcome,
    final_pence: int | None,
    question_by: date,
) -> str:
    """The letter in at most three text messages: no name, no need, nobody's own words."""

    def say(key: str, **values: object) -> str:
        return plain(content.text(f"decision.sms.{key}", who, **values))

    sentences = [
        say("start", reference=reference),
        say(outcome),
        *([say("amount", amount=str(Pounds(final_pence)))] if final_pence else []),
        say("read"),
        say("question", date=day(question_by)),
        say("team"),
    ]
    message = ""
    for sentence in sentences:
        longer = f"{message} {sentence}".strip()
        if length(longer) <= MOST:
            message = longer
    return message


def _blocks(of: _Letter) -> Iterator[Block]:
    facts = of.facts
    yield Heading(1, clean(of.say("decision.title")))
    words = of.say(f"decision.{facts.outcome}_words", amount=pounds(facts.final_pence or 0))
    example = (of.say("decision.example"),) if facts.example else ()
    yield Notice(of.say(f"decision.{facts.outcome}"), (words, *example))
    if facts.second_look:
        yield Paragraph(of.say("decision.second_look"))
    yield from _why(of)
    yield from _lines(of)
    yield from _guide(of)
    if facts.moderation:
        yield Heading(2, of.say("decision.answers"))
        yield from (Paragraph(clean(text)) for text in facts.moderation)
    if facts.outcome == "refuse_for_now":
        yield Heading(2, of.say("decision.help"))
        yield Paragraph(clean(facts.what_would_help) or of.say("decision.help_words"))
    yield Heading(2, of.say("decision.question"))
    yield Paragraph(of.say("decision.question_words", date=day(facts.question_by), count=facts.reply_days))
    yield Paragraph(of.say("decision.question_where"))
    yield Paragraph(of.content.council.how_to_disagree)
    yield Paragraph(of.content.council.complaints)
    yield Heading(2, of.say("decision.next"))
    key = "refuse_for_now" if facts.outcome == "refuse_for_now" else "agree"
    yield Paragraph(of.say(f"decision.next_{key}"))
    yield from _who(of)
    if facts.how:
        # It is long, and all of it was said before: what the family needs now comes first.
        yield Heading(2, of.say("decision.how"))
        yield Paragraph(of.say("decision.how_words"))
        yield Bullets(tuple(clean(text) for text in facts.how))


def _why(of: _Letter) -> Iterator[Block]:
    facts = of.facts
    yield Heading(2, of.say("decision.why"))
    yield from (Paragraph(clean(reason)) for reason in facts.reasons)
    if not facts.reasons:
        yield Paragraph(of.say("decision.why_as_asked"))


def _lines(of: _Letter) -> Iterator[Block]:
    facts = of.facts
    paid = tuple(line for line in facts.lines if line.asked_pence != 0)
    if facts.outcome == "refuse_for_now":
        if paid:
            yield Heading(2, of.say("decision.asked_for"))
            yield Table(
                of.say("decision.asked_for"),
                (of.say("decision.line"), of.say("decision.asked")),
                tuple((_what(of, line), _asked(of, line)) for line in paid),
                titled=True,
            )
        return
    yield Heading(2, of.say("decision.what"))
    rows: list[tuple[Cell, ...]] = [
        (_what(of, line), _reason(of, line), _asked(of, line), _agreed(of, line)) for line in paid
    ]
    if facts.contingency_pence:
        why = (clean(facts.contingency_reason),) if facts.contingency_reason else ()
        rows.append(((of.say("decision.kept_back"),), why, (), (Pounds(facts.contingency_pence),)))
    rows.append(((of.say("decision.together"),), (), (), (Pounds(facts.final_pence or 0),)))
    columns = ("decision.line", "decision.reason", "decision.asked", "decision.agreed")
    yield Table(of.say("decision.what"), tuple(map(of.say, columns)), tuple(rows), total=True, titled=True)
    streams = _streams(of)
    if len(streams) > 1:
        yield Paragraph(of.say("decision.whose"), "label")
        yield Facts(streams)


def _streams(of: _Letter) -> tuple[tuple[str, Cell], ...]:
    sums: dict[str, int] = {}
    for line in of.facts.lines:
        if line.agreed_pence:
            sums[line.stream] = sums.get(line.stream, 0) + line.agreed_pence
    named = {key: of.say(f"doc.stream.{key}") if key in STREAMS else clean(key) for key in sums}
    return tuple((named[key], (Pounds(pence),)) for key, pence in sums.items())


def _what(of: _Letter, line: LetterLine) -> Cell:
    once = (of.say("decision.once"),) if line.one_off else ()
    return (Quote(clean(line.what)), *once)


def _asked(of: _Letter, line: LetterLine) -> Cell:
    return (of.say("decision.no_cost") if line.asked_pence is None else Pounds(line.asked_pence),)


def _agreed(of: _Letter, line: LetterLine) -> Cell:
    return (Pounds(line.agreed_pence) if line.agreed_pence else of.say("decision.not_now"),)


def _reason(of: _Letter, line: LetterLine) -> Cell:
    return (of.say("decision.as_asked") if line.agreed else clean(line.reason),)


def _guide(of: _Letter) -> Iterator[Block]:
    facts = of.facts
    yield Heading(2, of.say("decision.guide"))
    if facts.guide_pence is None:
        yield Paragraph(of.say("decision.guide_none"))
    else:
        yield Paragraph(of.say("decision.guide_words", amount=pounds(facts.guide_pence)))
    if facts.guide_pence is not None and facts.final_pence is not None:
        off = facts.final_pence - facts.guide_pence
        key = "same" if off == 0 else "more" if off > 0 else "less"
        yield Paragraph(of.say(f"decision.guide_{key}", difference=pounds(abs(off))))


def _who(of: _Letter) -> Iterator[Block]:
    facts = of.facts
    yield Heading(2, of.say("decision.who"))
    several = len(facts.decided_by) > 1
    label = of.say("decision.group" if several else "decision.decided_by")
    yield Facts(
        (
            (label, tuple(clean(name) for name in facts.decided_by)),
            (of.say("decision.decided_on"), (day(facts.decided_on),)),
            (of.say("decision.plan_version"), (of.say("doc.version", count=facts.plan_version),)),
            (of.say("doc.reference"), (facts.reference,)),
        )
    )


def day(on: date) -> str:
    """A day as a letter has it.

    >>> day(date(2027, 5, 3))
    '3 May 2027'
    """
    return f"{on.day} {on:%B %Y}"
