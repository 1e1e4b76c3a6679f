"""The sections of a plan in people's own words: each with its heading, what was said, and what was added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.content.plan_models import PlanField, PlanSection
from bot.plans.documents.clean import clean
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Block, Cell, Facts, Heading, Paragraph, Quote, Table
from bot.plans.model import Entry, Record

MOST_COLUMNS = 5
LONGEST_CELL = 200
"""Records are a table while it stays easy to read: few columns, no long words in a narrow cell."""

ONE_BY_ONE = ("P08", "P18")
"""Goals, which have their help beside them, and different views, which need room."""

VIEW = "view_"
"""Before a member's id: how that member sees a disagreement (P18)."""


def is_empty(tell: Telling, code: str) -> bool:
    """Whether nobody said anything in a section."""
    said = tell.said(code)
    return not said.entries and not said.records


def section(tell: Telling, code: str) -> Iterator[Block]:
    """A section's heading and all that stands in it; nothing for an empty one."""
    if not is_empty(tell, code):
        yield Heading(2, tell.section(code).title)
        yield from inside(tell, code)


def inside(tell: Telling, code: str) -> Iterator[Block]:
    """What stands in a section, without its heading."""
    shape = tell.section(code)
    yield from entries(tell, shape)
    yield from chart(tell, shape) if code == "P05" else records(tell, shape)


def entries(tell: Telling, shape: PlanSection) -> Iterator[Block]:
    """Own words: those to the section's own question first, then each follow-up under its label."""
    said = tell.said(shape.id).entries
    known = {field.id: field for field in shape.follow_ups}
    order = dict.fromkeys(["main", *known, *(entry.field for entry in said)])
    picked: list[tuple[str, Cell]] = []
    for name in order:
        mine = [entry for entry in said if entry.field == name]
        field = known.get(name)
        if field is not None and field.kind == "choice":
            if mine:
                picked.append((field.label, tuple(_chosen(tell, field, entry) for entry in mine)))
            continue
        if mine and name != "main":
            yield Paragraph(field.label if field else _plain(name), "label")
        for entry in mine:
            yield from _entry(tell, entry)
    if picked:
        yield Facts(tuple(picked))


def _entry(tell: Telling, entry: Entry) -> Iterator[Block]:
    yield tell.quote(entry)
    if entry.wish:
        yield Paragraph(tell.say("doc.first_said", words=clean(entry.wish)), "small")
    if entry.filed and tell.always_name:
        yield Paragraph(tell.say("doc.filed"), "small")


def _chosen(tell: Telling, field: PlanField, entry: Entry) -> str | Quote:
    label = tell.picked(field, entry.text)
    if not label:
        return tell.quote(entry)
    by = tell.words("", entry.by).said_by
    return f"{label} – {by}" if by else label


def records(tell: Telling, shape: PlanSection, caption: str = "", first: tuple[str, ...] = ()) -> Iterator[Block]:
    """Goals, risks, actions …: a table where that is easy to read, else one after another.

    ``first``: labels of the columns to begin with, where every record has something there.
    """
    all_ = tell.said(shape.id).records
    rows = [values_of(tell, shape, record) for record in all_]
    labels = [label for label in first if any(label in row for row in rows)]
    labels = list(dict.fromkeys([*labels, *(label for row in rows for label in row)]))
    if not labels:
        return
    long = max(len(str(value)) for row in rows for cell in row.values() for value in cell)
    whole = all(labels[0] in row for row in rows)
    if whole and shape.id not in ONE_BY_ONE and 1 < len(labels) <= MOST_COLUMNS and long <= LONGEST_CELL:
        cells = tuple(tuple(row.get(label, ()) for label in labels) for row in rows)
        yield Table(caption or shape.title, tuple(labels), cells, titled=not caption)
        return
    for number, (record, row) in enumerate(zip(all_, rows, strict=True), 1):
        yield from card(tell, shape, record, row, number)


def card(tell: Telling, shape: PlanSection, record: Record, row: dict[str, Cell], number: int) -> Iterator[Block]:
    """One record on its own: a heading with its number, its main words, and what goes with them."""
    noun = tell.of(shape.record.noun) if shape.record else ""
    yield Heading(3, f"{noun[:1].upper()}{noun[1:]} {number}")
    if record.get("main"):
        yield tell.words(record.get("main"), record.by)
    rest = tuple((label, cell) for label, cell in row.items() if not shape.record or label != shape.record.main)
    if rest:
        yield Facts(rest)


def values_of(tell: Telling, shape: PlanSection, record: Record) -> dict[str, Cell]:
    """Label and values of one record; equal labels stand together."""
    found: dict[str, Cell] = {}
    for label, cell in _values(tell, shape, record):
        found[label] = (*found.get(label, ()), *cell)
    return found


def _values(tell: Telling, shape: PlanSection, record: Record) -> Iterator[tuple[str, Cell]]:
    """Label and value of all that is known of a record, in the order of the script; nothing is left out."""
    fields = shape.record.fields if shape.record else ()
    if shape.record and record.get("main"):
        yield shape.record.main, (tell.words(record.get("main"), record.by),)
    if record.get("wish"):
        yield tell.say("doc.first_said_label"), (tell.words(record.get("wish"), record.by, named=False),)
    for field in fields:
        if said := record.get(field.id):
            yield field.label, (tell.value(field, record, said), *_date(tell, record, field))
    known = {"main", "wish", *(field.id for field in fields)}
    known |= {f"{field.id}_date" for field in fields if _date(tell, record, field)}
    for name, said in record.values.items():
        if name in known or not said:
            continue
        by = name.removeprefix(VIEW) if name.startswith(VIEW) else ""
        label = tell.say("doc.view_of", words=tell.name(by)) if by else _plain(name)
        yield label, (tell.words(said, by or record.by, named=bool(by)),)


def _date(tell: Telling, record: Record, field: PlanField) -> Cell:
    """The day that words such as "by Easter" were read as, where that was certain."""
    if field.kind != "when" or not record.get(field.id):
        return ()
    try:
        return (tell.day(date.fromisoformat(record.get(f"{field.id}_date"))),)
    except ValueError:
        return ()


def _plain(name: str) -> str:
    """A heading for a field that this version of the script does not know: its own name."""
    words = clean(name).replace("_", " ")
    return words[:1].upper() + words[1:]


CHART = ("situation", "main", "means", "please")
"""When this happens, I do this, it means this, please do this."""


def chart(tell: Telling, shape: PlanSection, caption: str = "") -> Iterator[Block]:
    """The communication chart (P05); where a moment is not known for each sign, the sign itself comes first."""
    labels = {"main": shape.record.main if shape.record else ""}
    labels |= {field.id: field.label for field in shape.record.fields} if shape.record else {}
    all_ = tell.said(shape.id).records
    order = CHART if all(record.get(CHART[0]) for record in all_) else (*CHART[1:], CHART[0])
    yield from records(tell, shape, caption, tuple(labels[name] for name in order if name in labels))
