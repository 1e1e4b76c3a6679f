"""Two plans side by side: this year's started from last year's, or two versions of one, and what is different between them.

Entries, records and lines keep their numbers from version to version and from year to year, so they are matched by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from bot.plans.model import Entry, Line, Plan, Record, Section, Sharing
from bot.plans.totals import Totals

LAST_YEAR = "last_year"
"""What the source of a line's cost begins with while the figure is last year's and nobody has looked at it again."""

_DATED_ENTRIES = ("first_review",)
_DATED_VALUES = ("when", "done")


def start_from(plan: Plan, today: date, reference: str = "") -> Plan:
    """A new plan that begins with the words of last year's.

    Everybody's words, goals, risks and regular costs are there, the costs marked as last year's (:data:`LAST_YEAR`). Days,
    the yes to sharing, what was sent, the reason for more money and where the talk stood are empty. One-off costs and
    actions that are done are laid aside. What had been laid aside before stays with last year's plan, which is not changed.
    """
    one_off = tuple(line for line in plan.lines if line.per == "once")
    return replace(
        plan,
        begun=today,
        sections={code: _fresh_section(section) for code, section in plan.sections.items()},
        lines=tuple(_last_years(line) for line in plan.lines if line not in one_off),
        lines_laid_aside=one_off,
        over_reason="",
        sharing=Sharing(),
        places={},
        sent=(),
        changed_since_sent=False,
        based_on=f"{reference}/{plan.sent[-1].version}" if plan.sent else reference,
    )


def _fresh_section(section: Section) -> Section:
    done = tuple(record for record in section.records if record.get("done") == "yes")
    return Section(
        entries=tuple(entry for entry in section.entries if entry.field not in _DATED_ENTRIES),
        records=tuple(replace(record, values=_undated(record)) for record in section.records if record not in done),
        records_laid_aside=done,
    )


def _undated(record: Record) -> Mapping[str, str]:
    return {
        name: value for name, value in record.values.items() if name not in _DATED_VALUES and not name.endswith("_date")
    }


def _last_years(line: Line) -> Line:
    """A cost of nothing stays what it is; a figure is to be checked."""
    if not line.unit_cost_pence:
        return line
    return replace(line, source=f"{LAST_YEAR} {line.source}".strip())


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is not the same."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is new (no ``before``), gone (no ``after``), or says something else."""

    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What is different in one section."""

    code: str
    said: tuple[Entry, ...]
    """Words that are only in the later plan."""
    gone: tuple[Entry, ...]
    """Words that are only in the earlier one."""
    records: tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is new, gone or different, and what it costs a year (or once) with on-costs: None where that is open."""

    before: Line | None
    after: Line | None
    fields: tuple[FieldChange, ...]
    before_pence: int | None
    after_pence: int | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that is different between two plans."""

    sections: tuple[SectionChange, ...]
    """Only those with a difference, in order."""
    lines: tuple[LineChange, ...]
    sums: tuple[FieldChange, ...]
    """Of total_pence, weekly_pence, on_costs_pence, guide_pence and the reason for more, those that differ."""

    def __bool__(self) -> bool:
        return bool(self.sections or self.lines or self.sums)


def compare(before: Plan, after: Plan, totals_before: Totals, totals_after: Totals) -> Differences:
    """What a reader of ``before`` finds changed in ``after``. What was laid aside, and where the talk stands, do not count."""
    codes = sorted({*before.sections, *after.sections})
    sections = (_section(code, before.section(code), after.section(code)) for code in codes)
    return Differences(
        sections=tuple(section for section in sections if section.said or section.gone or section.records),
        lines=tuple(_lines(totals_before, totals_after)),
        sums=_fields(_sums(before, totals_before), _sums(after, totals_after)),
    )


def _section(code: str, before: Section, after: Section) -> SectionChange:
    return SectionChange(
        code,
        said=tuple(entry for entry in after.entries if entry not in before.entries),
        gone=tuple(entry for entry in before.entries if entry not in after.entries),
        records=tuple(_records(before.records, after.records)),
    )


def _records(before: Sequence[Record], after: Sequence[Record]) -> list[RecordChange]:
    old, new = {record.id: record for record in before}, {record.id: record for record in after}
    return [
        RecordChange(was, now, _fields(was.values, now.values) if was and now else ())
        for number in dict.fromkeys((*old, *new))
        if (was := old.get(number)) != (now := new.get(number))
    ]


def _lines(before: Totals, after: Totals) -> list[LineChange]:
    """A line whose share of the on-costs alone has moved counts too: it costs something else."""
    old, new = {line.line.id: line for line in before.lines}, {line.line.id: line for line in after.lines}
    found = []
    for number in dict.fromkeys((*old, *new)):
        was, now = old.get(number), new.get(number)
        if was and now and was.line == now.line and was.total_pence == now.total_pence:
            continue
        found.append(
            LineChange(
                was.line if was else None,
                now.line if now else None,
                _fields(_values(was.line), _values(now.line)) if was and now else (),
                was.total_pence if was else None,
                now.total_pence if now else None,
            )
        )
    return found


def _values(line: Line) -> dict[str, object]:
    return {field.name: getattr(line, field.name) for field in fields(line)}


def _sums(plan: Plan, totals: Totals) -> dict[str, object]:
    return {
        "total_pence": totals.total_pence,
        "weekly_pence": totals.weekly_pence,
        "on_costs_pence": totals.on_costs.pence,
        "guide_pence": totals.guide_pence,
        "over_reason": plan.over_reason,
    }


def _fields(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*before, *after))
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
