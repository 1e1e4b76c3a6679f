"""Putting words, records and lines into the plan, and laying them aside. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from bot.plans.model import Entry, Line, Manager, Record
from bot.plans.talk.scene import Scene

MIX = "mix"
"""Of the four ways to look after the money the one that is chosen for each thing."""


def add_entry(
    scene: Scene, code: str, field: str, text: str, *, child_said: bool = False, wish: str = "", filed: bool = False
) -> Scene:
    """Words of the speaker, exactly as they were typed or said."""
    scene, number = scene.new_id()
    own = child_said or scene.me.role == "young_person"
    entry = Entry(number, field, text.strip(), scene.speaker, own, wish, filed)
    section = scene.said(code)
    return scene.with_plan(scene.plan.with_section(code, replace(section, entries=(*section.entries, entry))))


def add_record(scene: Scene, code: str, values: Mapping[str, str]) -> tuple[Scene, Record]:
    """A goal, a risk, an action …"""
    scene, number = scene.new_id()
    record = Record(number, scene.speaker, dict(values))
    section = scene.said(code)
    return scene.with_plan(scene.plan.with_section(code, replace(section, records=(*section.records, record)))), record


def set_values(scene: Scene, code: str, record_id: int, values: Mapping[str, str]) -> Scene:
    """Values added to one record."""
    section = scene.said(code)
    records = tuple(
        replace(record, values={**record.values, **values}) if record.id == record_id else record
        for record in section.records
    )
    return scene.with_plan(scene.plan.with_section(code, replace(section, records=records)))


def record_of(scene: Scene, code: str, record_id: int) -> Record:
    """Raises KeyError."""
    for record in scene.said(code).records:
        if record.id == record_id:
            return record
    raise KeyError(record_id)


def lay_aside(scene: Scene, code: str, *, record_id: int | None = None) -> Scene:
    """One record, or everything the speaker said in a section, out of the plan but kept for the record."""
    section = scene.said(code)

    def goes(item: Entry | Record) -> bool:
        return item.id == record_id if record_id is not None else item.by == scene.speaker

    aside = replace(
        section,
        entries=tuple(item for item in section.entries if not goes(item)),
        records=tuple(item for item in section.records if not goes(item)),
        entries_laid_aside=(*section.entries_laid_aside, *(item for item in section.entries if goes(item))),
        records_laid_aside=(*section.records_laid_aside, *(item for item in section.records if goes(item))),
    )
    asked = {key: count for key, count in scene.place.asked.items() if key.split("/")[0] != code}
    return scene.with_plan(scene.plan.with_section(code, aside)).at(asked=asked)


def lay_answer_aside(scene: Scene, code: str, field: str) -> Scene:
    """What the speaker said to one follow-up, kept for the record: they were asked again, and say it anew."""
    section = scene.said(code)
    goes = tuple(entry for entry in section.entries if entry.field == field and entry.by == scene.speaker)
    aside = replace(
        section,
        entries=tuple(entry for entry in section.entries if entry not in goes),
        entries_laid_aside=(*section.entries_laid_aside, *goes),
    )
    return scene.with_plan(scene.plan.with_section(code, aside))


def lay_value_aside(scene: Scene, code: str, record_id: int, field: str) -> Scene:
    """The words that stand for one thing about a record, kept beside it before they are said anew."""
    words = record_of(scene, code, record_id).get(field)
    return lay_answer_aside(add_entry(scene, code, field, words), code, field) if words else scene


def put_lines(scene: Scene, lines: Iterable[Line]) -> tuple[Scene, tuple[int, ...]]:
    """New lines, numbered and marked with the speaker; their ids come back."""
    ids = []
    ways = [entry.text for entry in scene.said("P12").entries if entry.field == "way"]
    for line in lines:
        scene, number = scene.new_id()
        line = replace(line, id=number, by=scene.speaker)
        if ways and ways[-1] != MIX and line.managed_by is None and line.unit_cost_pence != 0:
            # one way was chosen for everything, so it holds for what comes later too
            line = replace(line, managed_by=cast(Manager, ways[-1]))
        scene = scene.with_plan(scene.plan.with_line(line))
        ids.append(number)
    return scene, tuple(ids)


def lay_line_aside(scene: Scene, line_id: int) -> Scene:
    """A line out of the sums, but kept for the record."""
    plan = scene.plan
    line = plan.line(line_id)
    return scene.with_plan(
        replace(
            plan,
            lines=tuple(known for known in plan.lines if known.id != line_id),
            lines_laid_aside=(*plan.lines_laid_aside, line),
        )
    )
