"""From a plan to a document: which parts each kind has, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.content.loader import Content
from bot.content.models import Who
from bot.plans.check import Check
from bot.plans.documents import easy_read, goals, money, officer, top
from bot.plans.documents.sections import chart, entries, inside, is_empty, section
from bot.plans.documents.telling import Cover, Telling
from bot.plans.documents.tree import Block, Document, Facts, Heading, Kind, Paragraph
from bot.plans.model import Plan
from bot.plans.totals import Totals

PROFILE = (("who", ("P01", "P02")), ("to", ("P03",)), ("for", ("P04",)), ("support", ("P05", "P06", "P07")))
"""The one-page profile: heading and sections."""
EMERGENCY = (("for", "P04"), ("call", "P15"), ("tell", "P05"))
"""The emergency sheet: heading and section, what is looked for first at the top."""
HELP, COSTS, MANAGERS = "P10", "P11", "P12"


def build(
    plan: Plan,
    content: Content,
    totals: Totals,
    checks: Iterable[Check],
    cover: Cover,
    *,
    who: Who = "parent",
    kind: Kind = "plan",
) -> Document:
    """One document of a plan. ``who``: for which reader its own words are; the family's words stay as they are.

    ``totals`` are the only source of figures; ``checks`` show in the officer's view alone.
    """
    tell = Telling(content, plan, cover, who, always_name=kind == "officer")
    return Document(
        kind=kind,
        blocks=(top.title(tell, kind), *_inside(tell, totals, tuple(checks), kind)),
        reference=cover.reference,
        version=cover.version,
        draft=not cover.decided,
        on=cover.on,
        council=content.council.name,
        status=top.status(tell),
        version_words=top.version_words(tell),
        pages=(tell.say("doc.page"), tell.say("doc.of")),
        contents=tell.say("doc.contents") if kind in ("plan", "officer") else "",
    )


def _inside(tell: Telling, totals: Totals, checks: tuple[Check, ...], kind: Kind) -> Iterator[Block]:
    match kind:
        case "plan":
            return whole(tell, totals)
        case "profile":
            return profile(tell)
        case "chart":
            return communication_chart(tell)
        case "emergency":
            return emergency_sheet(tell)
        case "officer":
            return officer.view(tell, totals, checks, tuple(all_sections(tell, totals)))
        case "easy_read":
            return easy_read.summary(tell, totals)


def whole(tell: Telling, totals: Totals) -> Iterator[Block]:
    """The family's plan."""
    yield top.notice(tell)
    yield top.voices(tell)
    yield from all_sections(tell, totals)
    yield from top.next_steps(tell)
    yield from top.about(tell)


def all_sections(tell: Telling, totals: Totals) -> Iterator[Block]:
    """P01 to P18, then how the plan came about; parts with nothing in them are named at the end."""
    codes = [code for code in tell.script.numbered if code != top.CHECK]
    empty = []
    for code in codes:
        blocks = tuple(_section(tell, totals, code))
        yield from blocks
        if not blocks:
            empty.append(code)
    if not is_empty(tell, top.START):
        yield Heading(2, tell.say("doc.how_made"))
        yield from inside(tell, top.START)
    for code in tell.plan.sections:
        if code not in (*codes, top.START, top.CHECK):
            yield from _of_another_script(tell, code)
    yield from top.blank(tell, tuple(empty))


def _section(tell: Telling, totals: Totals, code: str) -> Iterator[Block]:
    shape = tell.section(code)
    if shape.kind == "records" and shape.id == "P08":
        yield from goals.section(tell, totals)
    elif shape.kind in ("lines", "money"):
        costs = tuple(money.lines(tell, totals) if shape.kind == "lines" else money.managers(tell, totals))
        if not is_empty(tell, code) or (tell.plan.lines and costs):
            yield Heading(2, shape.title)
            yield from costs if tell.plan.lines else ()
            said = tuple(inside(tell, code))
            if said and shape.kind == "lines":
                yield Paragraph(tell.say("doc.in_words"), "label")
            yield from said
    else:
        yield from section(tell, code)


def _of_another_script(tell: Telling, code: str) -> Iterator[Block]:
    """A section that this script does not have: nothing that was said is lost."""
    said = tell.said(code)
    if said.entries or said.records:
        yield Heading(2, code)
        for entry in said.entries:
            yield tell.quote(entry)
        for record in said.records:
            rows = tuple((name, (tell.words(text, record.by),)) for name, text in record.values.items() if text)
            yield from (Facts(rows),) if rows else ()


def profile(tell: Telling) -> Iterator[Block]:
    """One page: who I am, what is important to me and for me, how best to help me."""
    yield top.notice(tell, money=False)
    for name, codes in PROFILE:
        yield Heading(2, tell.say(f"doc.profile.{name}"))
        there = [code for code in codes if not is_empty(tell, code)]
        if not there:
            yield Paragraph(tell.say("doc.nothing_here"), "small")
        for code in there:
            if len(codes) > 1 and code != "P01":
                yield Heading(3, tell.section(code).title)
            yield from (_lowered(block) for block in inside(tell, code))


def _lowered(block: Block) -> Block:
    """Inside a part that has a heading of level 3 itself, cards have a label instead."""
    return Paragraph(block.text, "label") if isinstance(block, Heading) else block


def communication_chart(tell: Telling) -> Iterator[Block]:
    """How I tell people things, alone, to be put on a wall."""
    shape = tell.section("P05")
    yield top.notice(tell, money=False)
    said = (
        *entries(tell, shape),
        *(
            replace(b, level=2) if isinstance(b, Heading) else b
            for b in chart(tell, shape, tell.say("doc.chart_caption"))
        ),
    )
    yield from said or (Paragraph(tell.say("doc.nothing_here")),)


def emergency_sheet(tell: Telling) -> Iterator[Block]:
    """What somebody new has to know when things go wrong: to keep me safe, whom to call, how I tell people things."""
    yield top.notice(tell, money=False)
    for name, code in EMERGENCY:
        yield Heading(2, tell.say(f"doc.emergency.{name}"))
        if is_empty(tell, code):
            yield Paragraph(tell.say("doc.nothing_here"), "small")
        yield from inside(tell, code)
    yield Paragraph(tell.say("doc.emergency.999"), "label")
