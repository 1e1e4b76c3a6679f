"""The top and the end of a document: draft or agreed, who made it, who may see it, what happens next."""

from __future__ import annotations

from collections.abc import Iterator

from bot.plans.documents.clean import clean
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Block, Bullets, Cell, Facts, Heading, Kind, Notice, Paragraph

START, CHECK = "P00", "P19"


def title(tell: Telling, kind: Kind) -> Heading:
    """The document's one heading of level 1."""
    return Heading(1, clean(tell.say(f"doc.title.{kind}")))


def status(tell: Telling) -> str:
    """In a few words, for the foot of each page."""
    if tell.cover.agreed:
        return tell.say("doc.status.agreed")
    if tell.cover.in_part:
        return tell.say("doc.status.in_part")
    return tell.say("doc.status.draft" if tell.cover.version is None else "doc.status.sent")


def version_words(tell: Telling) -> str:
    """ "Version 2", or "Draft of 3 May 2027"."""
    if tell.cover.version is None:
        return tell.say("doc.draft_of", date=tell.day(tell.cover.on))
    return tell.say("doc.version", count=tell.cover.version)


def notice(tell: Telling, *, money: bool = True) -> Notice:
    """Whether it is agreed, and whether the guide amount is an example. On every document, before anything else."""
    sent = next((sent for sent in tell.plan.sent if sent.version == tell.cover.version), None)
    if tell.cover.agreed:
        first = tell.say("doc.agreed_words")
    elif tell.cover.in_part:
        first = tell.say("doc.in_part_words")
    elif sent is not None:
        first = tell.say("doc.sent_not_agreed", date=tell.day(sent.at.date()))
    else:
        first = tell.say("doc.not_agreed")
    example = (tell.say("doc.example"),) if tell.cover.example and money else ()
    return Notice(tell.say(box(tell)), (first, *example))


def box(tell: Telling) -> str:
    """Text key of the box at the top: agreed, agreed in part, or a draft."""
    return "doc.agreed" if tell.cover.agreed else "doc.in_part" if tell.cover.in_part else "doc.draft"


def voices(tell: Telling) -> Paragraph:
    """Whose words the quotes are."""
    if tell.always_name or not tell.one_voice or not tell.plan.members:
        return Paragraph(tell.say("doc.voices"))
    (only,) = tell.plan.members
    if tell.who == "young_person" and only.role != "young_person":
        return Paragraph(tell.say("doc.voices"))
    return Paragraph(tell.say("doc.one_voice", words=tell.name(only.id)))


def about(tell: Telling, *more: tuple[str, Cell]) -> Iterator[Block]:
    """Reference, version, who made it, who may see it, and ``more`` of that kind."""
    plan, cover = tell.plan, tell.cover
    who: Cell = tuple(dict.fromkeys(tell.name(member.id) for member in plan.members))
    rows: list[tuple[str, Cell]] = [
        (tell.say("doc.reference"), (cover.reference,)),
        (tell.say("doc.which"), (version_words(tell),)),
        (tell.say("doc.made_on"), (tell.day(cover.on),)),
    ]
    if who:
        rows.append((tell.say("doc.made_by"), who))
    if plan.based_on:
        rows.append((tell.say("doc.based_on"), (clean(plan.based_on),)))
    rows.append((tell.say("doc.seen_by"), seen_by(tell)))
    rows.append((tell.say("doc.consent"), (tell.say("doc.consent_yes" if plan.sharing.consent else "doc.consent_no"),)))
    yield Heading(2, tell.say("doc.about"))
    yield Facts((*rows, *more))


def seen_by(tell: Telling) -> Cell:
    """Who may see the plan, by the labels of the script."""
    labels = {choice.id: tell.of(choice.label) for choice in tell.script.sharing}
    who = tuple(_capital(labels.get(name, clean(name))) for name in tell.plan.sharing.who)
    return who or (tell.say("doc.nobody_yet"),)


def blank(tell: Telling, codes: tuple[str, ...]) -> Iterator[Block]:
    """Parts with nothing in them: named, so that nobody takes them for an answer."""
    if codes:
        yield Heading(2, tell.say("doc.blank"))
        yield Paragraph(tell.say("doc.blank_words"))
        yield Bullets(tuple(tell.section(code).title for code in codes))


def next_steps(tell: Telling) -> Iterator[Block]:
    """What happens next and by when, and how to disagree."""
    yield Heading(2, tell.say("doc.next"))
    key = "agreed" if tell.cover.decided else "draft" if tell.cover.version is None else "sent"
    yield Paragraph(tell.say(f"doc.next_{key}"))
    yield Heading(3, tell.say("doc.disagree"))
    yield Paragraph(tell.content.council.how_to_disagree)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
