"""Ids: never twice, and never again for another meaning.

``ids.txt`` remembers every id there has ever been, with its title; stored drafts point at these ids for years.
One a line: ``kind id = title``. Nothing is ever removed from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.files import Files
from bot.content.plan_models import PlanScript
from bot.content.problems import Problem
from bot.content.yaml_lines import Document, Where

IDS_FILE = "ids.txt"

Named = tuple[str, str, str, Document, Where]
"""Kind, id, title, and where it stands."""


def id_problems(files: Files) -> Iterator[Problem]:
    """Ids that are there twice, and ids that meant something else before."""
    yield from _twice(files)
    yield from _reused(files)


def _twice(files: Files) -> Iterator[Problem]:
    seen: dict[tuple[str, str], tuple[Document, Where]] = {}
    for kind, id, document, where in _all_ids(files):
        if (kind, id) in seen:
            first, first_where = seen[kind, id]
            yield document.problem(
                where,
                f'the {kind} "{id}" is there twice, first at {first.file}:{first.line(first_where)}',
                "Keep one of them, or give this one an id of its own.",
            )
        seen.setdefault((kind, id), (document, where))


def _all_ids(files: Files) -> Iterator[tuple[str, str, Document, Where]]:
    for q in files.questionnaires:
        yield "questionnaire version", f"{q.model.id} {q.model.version}", q.document, ("id",)
        within = f"{q.model.id} {q.model.version}"
        for n, question in enumerate(q.model.questions):
            yield f"question of {within}", question.id, q.document, ("questions", n, "id")
        for n, section in enumerate(q.model.sections):
            yield f"section of {within}", section.id, q.document, ("sections", n, "id")
        for n, pack in enumerate(q.model.age_packs):
            yield f"age pack of {within}", pack.id, q.document, ("age_packs", n, "id")
    for t in files.tables:
        yield "table version", f"{t.model.id} {t.model.version}", t.document, ("id",)
    for c in files.councils:
        yield "council", c.model.id, c.document, ("id",)
        for n, contact in enumerate(c.model.contacts):
            yield f"contact of {c.model.id}", contact.id, c.document, ("contacts", n, "id")
    for national in files.national:
        for n, contact in enumerate(national.model.contacts):
            yield "national contact", contact.id, national.document, ("contacts", n, "id")
    for texts in files.texts:
        for key in texts.model:
            yield "text", key, texts.document, (key,)
    for topic in files.help:
        yield "help topic", topic.model.id, topic.document, ("id",)
        for n, intent in enumerate(topic.model.intents):
            yield "help for the intent", intent, topic.document, ("intents", n)
    for glossary in files.glossary:
        for n, term in enumerate(glossary.model.terms):
            yield "glossary term", term.id, glossary.document, ("terms", n, "id")
    for clarify in files.clarify:
        yield "clarifying words", clarify.model.question, clarify.document, ("question",)
    for script in files.plan_scripts:
        yield "plan script version", f"{script.model.id} {script.model.version}", script.document, ("id",)
    for story in files.stories:
        yield "story", story.model.id, story.document, ("id",)
    for rates in files.on_costs:
        yield "on-cost rates", rates.model.id, rates.document, ("id",)


def _named(files: Files) -> Iterator[Named]:
    for q in files.questionnaires:
        yield "questionnaire", q.model.id, q.model.title, q.document, ("id",)
        for n, question in enumerate(q.model.questions):
            yield "question", f"{q.model.id}/{question.id}", question.title, q.document, ("questions", n, "id")
    for t in files.tables:
        yield "table", t.model.id, t.model.title, t.document, ("id",)
    for glossary in files.glossary:
        for n, term in enumerate(glossary.model.terms):
            yield "term", term.id, term.term, glossary.document, ("terms", n, "id")
    for script in files.plan_scripts:
        yield from _named_in_plan(script.model, script.document)


def _named_in_plan(script: PlanScript, document: Document) -> Iterator[Named]:
    """Sections and fields: what a family said is stored under them."""
    for n, section in enumerate(script.sections):
        at: Where = ("sections", n)
        yield "plan section", f"{script.id}/{section.id}", section.title, document, at
        for m, field in enumerate(section.follow_ups):
            where: Where = (*at, "follow_ups", m, "id")
            yield "plan field", f"{script.id}/{section.id}/{field.id}", field.label, document, where
        for m, field in enumerate(section.record.fields if section.record else ()):
            where = (*at, "record", "fields", m, "id")
            yield "plan field", f"{script.id}/{section.id}/{field.id}", field.label, document, where


def _reused(files: Files) -> Iterator[Problem]:
    path = files.root / IDS_FILE
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        id, equals, title = line.partition(" = ")
        if not equals:
            yield Problem(IDS_FILE, number, f'"{line}" is not "kind id = title"', "Correct the line.")
        elif id in known:
            yield Problem(IDS_FILE, number, f'"{id}" is there twice', "Keep the first; its meaning never changes.")
        known.setdefault(id, title)
    for kind, id, title, document, where in _named(files):
        old = known.get(f"{kind} {id}")
        if old is None:
            yield document.problem(
                where, f'the {kind} id "{id}" is new', f'Add "{kind} {id} = {title}" to {IDS_FILE}, which guards ids.'
            )
        elif old != title:
            yield document.problem(
                where,
                f'the {kind} id "{id}" was used for "{old}", and now stands for "{title}"',
                f"Give the new one an id never used before. Only if the meaning is the same, correct {IDS_FILE}.",
            )
