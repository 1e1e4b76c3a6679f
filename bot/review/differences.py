"""What is different between two states of a plan, for a professional: where, what it was, what it is, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from bot.content.plan_models import PlanField, PlanSection
from bot.interview.words import pounds
from bot.plans.compare import FieldChange, LineChange, RecordChange, SectionChange, compare
from bot.plans.model import Entry
from bot.plans.talk.line_text import line_text
from bot.plans.talk.prompts import member_name, record_text
from bot.plans.talk.records import value_text
from bot.plans.talk.scene import Scene
from bot.review.word_changes import Piece, word_changes

COSTS = "P11"


class Difference(BaseModel):
    """One thing that is new, gone or different."""

    kind: Literal["new", "gone", "changed"]
    section: str
    """P01 to P19; empty for the sums."""
    title: str
    what: str
    """What of the section: a follow-up, a goal and its field; empty for the section's own words."""
    by: str
    """Who said it; empty where nobody did."""
    pieces: list[Piece]


def differences(before: Scene, after: Scene) -> list[Difference]:
    """Everything a reader of ``before`` finds changed in ``after``, in the plan's order."""
    found = compare(before.plan, after.plan, before.sums, after.sums)
    titles = {section.id: section.title for section in after.script.sections}
    told = [one for section in found.sections for one in _section(before, after, section, titles)]
    told += [one for change in found.lines for one in _line(before, after, change, titles.get(COSTS, ""))]
    told += [_sum(change) for change in found.sums]
    return sorted(told, key=lambda one: one.section or "~")


def _section(before: Scene, after: Scene, change: SectionChange, titles: dict[str, str]) -> Iterator[Difference]:
    """Words that took the place of others, by the same person about the same thing, are shown against them."""
    title = titles.get(change.code, change.code)
    section = _script_section(after, change.code)
    gone = list(change.gone)
    for entry in change.said:
        was = next((old for old in gone if (old.field, old.by) == (entry.field, entry.by)), None)
        if was is not None:
            gone.remove(was)
        old = _entry_text(before, section, was) if was is not None else ""
        what, by = _label(section, entry.field), member_name(after, entry.by)
        yield _difference(change.code, title, what, by, old, _entry_text(after, section, entry))
    for entry in gone:
        what, by = _label(section, entry.field), member_name(before, entry.by)
        yield _difference(change.code, title, what, by, _entry_text(before, section, entry), "")
    for record in change.records:
        yield from _record(before, after, change.code, title, section, record)


def _record(
    before: Scene, after: Scene, code: str, title: str, section: PlanSection | None, change: RecordChange
) -> Iterator[Difference]:
    if change.before is None or change.after is None:
        scene, record = (after, change.after) if change.after is not None else (before, change.before)
        assert record is not None  # noqa: S101 - a change has one of the two
        old, new = ("", record_text(record)) if change.after is not None else (record_text(record), "")
        yield _difference(code, title, "", member_name(scene, record.by), old, new)
        return
    for field in change.fields:
        if field.name.endswith("_date"):
            continue  # how we read the words beside it
        label = _label(section, field.name)
        what = " – ".join(part for part in (record_text(change.after), label) if part)
        old, new = (
            _value(scene, section, field.name, value) for scene, value in ((before, field.before), (after, field.after))
        )
        yield _difference(code, title, what, member_name(after, change.after.by), old, new)


def _line(before: Scene, after: Scene, change: LineChange, title: str) -> Iterator[Difference]:
    """A cost as it is read back; beside it, what else is different about it."""
    line = change.after or change.before
    assert line is not None  # noqa: S101 - a change has one of the two
    old = line_text(before, change.before) if change.before else ""
    new = line_text(after, change.after) if change.after else ""
    by = member_name(after if change.after else before, line.by)
    if old != new:
        yield _difference(COSTS, title, line.what if old and new else "", by, old, new)
    for field in change.fields:
        if field.name in _LINE_FIELDS:
            what = f"{line.what} – {_LINE_FIELDS[field.name]}"
            old, new = (
                _line_value(scene, field.name, value) for scene, value in ((before, field.before), (after, field.after))
            )
            yield _difference(COSTS, title, what, by, old, new)


_LINE_FIELDS = {
    "goal": "for which goal",
    "managed_by": "who looks after the money",
    "employed": "employed by the family",
    "checks": "police check",
    "supplier": "from whom",
    "stream": "stream",
    "notes": "note",
    "source": "where the price is from",
}


def _line_value(scene: Scene, name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if name == "goal":
        return next((record_text(goal) for goal in scene.plan.goals() if goal.id == value), "")
    if name == "managed_by":
        return next((way.title for way in scene.script.money_ways if way.id == value), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if name in ("stream", "checks") else str(value)


_SUMS = {
    "total_pence": "All costs in the first year",
    "weekly_pence": "Regular costs a week",
    "on_costs_pence": "What employing people adds in a year",
    "guide_pence": "Guide amount",
    "over_reason": "Why more is needed",
}


def _sum(change: FieldChange) -> Difference:
    old, new = (
        pounds(value) if isinstance(value, int) else str(value or "") for value in (change.before, change.after)
    )
    return _difference("", "Sums", _SUMS[change.name], "", old, new)


def _difference(section: str, title: str, what: str, by: str, old: str, new: str) -> Difference:
    kind: Literal["new", "gone", "changed"] = "new" if not old else "gone" if not new else "changed"
    return Difference(kind=kind, section=section, title=title, what=what, by=by, pieces=word_changes(old, new))


def _script_section(scene: Scene, code: str) -> PlanSection | None:
    return next((section for section in scene.script.sections if section.id == code), None)


def _field(section: PlanSection | None, name: str) -> PlanField | None:
    if section is None:
        return None
    fields = (*section.follow_ups, *(section.record.fields if section.record else ()))
    return next((field for field in fields if field.id == name), None)


def _label(section: PlanSection | None, name: str) -> str:
    field = _field(section, name)
    return field.label if field is not None else "" if name == "main" else name.replace("_", " ")


def _value(scene: Scene, section: PlanSection | None, name: str, value: object) -> str:
    field = _field(section, name)
    text = "" if value is None else str(value)
    return value_text(scene, field, text) if field is not None and text else text


def _entry_text(scene: Scene, section: PlanSection | None, entry: Entry) -> str:
    if entry.field == "way":
        return next((way.title for way in scene.script.money_ways if way.id == entry.text), entry.text)
    return _value(scene, section, entry.field, entry.text)
