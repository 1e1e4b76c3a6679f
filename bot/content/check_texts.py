"""Words: every gap can be filled, both readers are spoken to, every question has its clarifying words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from bot.content.asking import plain
from bot.content.files import Files, Source, wordings
from bot.content.models import Strict, Wording
from bot.content.problems import Problem
from bot.content.wording import CHILD_GAPS, KNOWN_GAPS, gaps
from bot.content.yaml_lines import Document, Where

COUNCIL_GAPS = frozenset({"council", "team", "reply_within", "how_to_disagree", "complaints"})
PHONE = "_phone"
PROSE_GAPS = CHILD_GAPS | COUNCIL_GAPS | {"name", "age"}
"""What can be filled in texts that no step gives values to: questions, help and clarifying words."""
STRAY = re.compile(r"[{}]")


def text_problems(files: Files) -> Iterator[Problem]:
    """Every wording of every file."""
    for texts in files.texts:
        for key, wording in texts.model.items():
            yield from _gaps(texts.document, (key,), wording, KNOWN_GAPS)
            yield from _young(texts.document, (key,), wording)
    for fixed in files.safety_texts:
        for key, wording in fixed.model.items():
            yield from _gaps(fixed.document, (key,), wording, PROSE_GAPS)
    for source in _prose(files):
        for where, wording in wordings(source.model):
            yield from _gaps(source.document, where, wording, PROSE_GAPS)
            yield from _young(source.document, where, wording)
    yield from _phones(files)
    yield from _plain(files)
    yield from _clarify(files)
    yield from _help(files)


def _prose(files: Files) -> list[Source[Strict]]:
    """Files whose wordings are filled with nothing but the child, the council and its telephones."""
    plan: list[Source[Strict]] = [*files.plan_scripts, *files.stories, *files.plan_rules]
    return [*files.questionnaires, *files.help, *files.clarify, *plan]


def _gaps(document: Document, where: Where, wording: Wording, allowed: Iterable[str]) -> Iterator[Problem]:
    known = set(allowed)
    for text in dict.fromkeys((wording.parent, wording.young_person)):
        for gap in gaps(text):
            if gap not in known and not gap.endswith(PHONE):
                near = get_close_matches(gap, known, 1)
                do = f"Did you mean {{{near[0]}}}?" if near else f"Use one of: {', '.join(sorted(known))}."
                yield document.problem(where, f"unknown placeholder {{{gap}}}", do)
        if STRAY.search(re.sub(r"\{[A-Za-z_]*\}", "", text)):
            yield document.problem(where, "a brace that belongs to no placeholder", "Write {name}, with no spaces.")


def _young(document: Document, where: Where, wording: Wording) -> Iterator[Problem]:
    about = [f"{{{gap}}}" for gap in gaps(wording.young_person) if gap in CHILD_GAPS or gap == "name"]
    if "your child" in wording.young_person.lower():
        about.append('"your child"')
    for said in about:
        yield document.problem(
            where,
            f"{said} in words to the young person",
            "Speak to them: write you and your, in a wording of their own.",
        )


def _phones(files: Files) -> Iterator[Problem]:
    """A text that gives a telephone number needs a contact that has one."""
    asked: dict[str, None] = {}
    for texts in (*files.texts, *files.safety_texts):
        for wording in texts.model.values():
            asked |= dict.fromkeys(gaps(wording.parent + wording.young_person))
    for source in _prose(files):
        for _, wording in wordings(source.model):
            asked |= dict.fromkeys(gaps(wording.parent + wording.young_person))
    for council in files.councils:
        known = {contact.id for contact in council.model.contacts if contact.phone}
        for gap in asked:
            if gap.endswith(PHONE) and gap.removesuffix(PHONE) not in known:
                yield council.document.problem(
                    ("contacts",),
                    f"no contact gives the number for {{{gap}}}",
                    f'Add a contact with the id "{gap.removesuffix(PHONE)}" and a phone.',
                )


def _plain(files: Files) -> Iterator[Problem]:
    """Texts that are put into others take no placeholders of their own."""
    plain = [
        *(
            (s.document, ("terms", n, "meaning"), t.meaning)
            for s in files.glossary
            for n, t in enumerate(s.model.terms)
        ),
        *((s.document, ("how_to_disagree",), s.model.how_to_disagree) for s in files.councils),
        *((s.document, ("complaints",), s.model.complaints) for s in files.councils),
    ]
    for document, where, text in plain:
        if STRAY.search(text):
            yield document.problem(where, "placeholders are not filled here", "Write the words in full.")


def _clarify(files: Files) -> Iterator[Problem]:
    known = {question.id for source in files.questionnaires for question in source.model.questions}
    written = {source.model.question for source in files.clarify}
    for source in files.clarify:
        if source.model.question not in known:
            yield source.document.problem(
                ("question",), f"{source.model.question} is no question", "Correct the code, or remove the file."
            )
        for key, needed in (("apart", {"0-1", "1-2", "2-3"}), ("short", {"0", "1", "2", "3"})):
            for missing in sorted(needed - set(getattr(source.model, key))):
                yield source.document.problem((key,), f'"{missing}" is missing in {key}', "Write it for both readers.")
    for questionnaire in files.questionnaires:
        for number, question in enumerate(questionnaire.model.questions):
            if question.id not in written:
                yield questionnaire.document.problem(
                    ("questions", number),
                    f"{question.id} has no clarifying words",
                    f"Write clarify/{question.id}.yaml.",
                )


def _help(files: Files) -> Iterator[Problem]:
    home: dict[str, str] = {}
    for source in files.help:
        topic = source.model
        for number, phrase in enumerate(topic.asked_as):
            if phrase != plain(phrase):
                yield source.document.problem(
                    ("asked_as", number), f'"{phrase}" is not in plain spelling', f'Write "{plain(phrase)}".'
                )
            if phrase in home:
                yield source.document.problem(
                    ("asked_as", number), f'"{phrase}" asks for {home[phrase]} too', "Keep it in one of them."
                )
            home.setdefault(phrase, topic.id)
        if topic.source and not (topic.as_of and topic.review_by):
            yield source.document.problem(
                ("source",),
                f"{topic.id} rests on a source, but does not say as of when and until when",
                "Add as_of and review_by.",
            )
