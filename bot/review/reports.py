"""Reports over plans that are lived: how goals went, and what was to be paid, was paid and was spent.

By part of life, funding stream or team, between two days. Groups of few families are hidden, and so is what would give
them away (:mod:`bot.cases.reports`). No name, reference or word of a family is in them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from bot.cases.access import sees
from bot.cases.csv_text import csv_text, money_cell
from bot.cases.reports import Cell, Fact, Table, table
from bot.cases.reviews import REACHED, Goal
from bot.content.loader import Content
from bot.gateway.problems import malformed
from bot.gateway.services import Services
from bot.plans.date_readers import add_months
from bot.plans.model import Plan
from bot.plans.serialise import plan_from_json
from bot.review.access import Staff, viewer
from bot.review.lived import rules_on
from bot.store import audit, cases, decisions, living, payments, plan_versions, reviews, spending
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.decisions import Decision

By = Literal["area", "stream", "team"]
What = Literal["outcomes", "spend"]
NOT_SAID = "not_said"
MEASURES = ("planned", "paid", "spent")
LONGEST_DAYS = 1_500
HEADS = {
    "got_there": "Got there",
    "part": "Part of the way",
    "not_yet": "Not yet",
    "changed": "Another goal now",
    "planned": "To be paid",
    "paid": "Paid",
    "spent": "Spent",
}


class CellOut(BaseModel):
    """One figure; null where it is hidden, as it is of few families or would give such a figure away."""

    column: str
    title: str
    amount: int | None
    """Goals; in the spend report pence."""


class RowOut(BaseModel):
    """One group."""

    row: str
    title: str
    cells: list[CellOut]
    families: int | None


class ReportOut(BaseModel):
    """A report."""

    what: What
    by: By
    first: date
    last: date
    hide_below: int
    example: bool
    rows: list[RowOut]
    sums: list[CellOut]
    families: int | None


@dataclass(frozen=True, slots=True)
class _Lived:
    """One plan that is or was lived."""

    draft_id: str
    case: Case
    plan: Plan
    decision: Decision


def report(
    services: Services, staff: Staff, what: What, by: By, first: date | None, last: date | None, action: str
) -> ReportOut:
    """A report of the cases that somebody works on, and the audit line that says who read it. Raises Problem 409, 422."""
    today = services.now().date()
    last = last or today
    if first is None:
        first = add_months(last, -12) if last.year > 1 else last.replace(month=1, day=1)
    if not 0 <= (last - first).days <= LONGEST_DAYS:
        raise malformed(f"The last day comes after the first, by at most {LONGEST_DAYS} days.")
    rules = rules_on(services.content, today)
    with services.database.write() as tx:
        plans = list(_lived(tx, staff))
        facts = _outcomes(tx, plans, by, first, last) if what == "outcomes" else ()
        spent = _spend(services, tx, staff, plans, by, first, last) if what == "spend" else {}
        detail: dict[str, audit.Detail] = {
            "report": what,
            "by": by,
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
        audit.note(tx, at=services.now(), actor=staff.user, action=action, subject="all", detail=detail)
    titles = _titles(services.content, by)
    if what == "outcomes":
        tables = dict.fromkeys(REACHED, table(facts, REACHED, rules.hide_counts_below))
    else:
        # What is to be paid, was paid and was spent is no sum: each is a table of its own, of the same families.
        rows = sorted({fact.row for found in spent.values() for fact in found})
        tables = {column: table(spent[column], (column,), rules.hide_counts_below, rows=rows) for column in MEASURES}
    return _out(what, by, first, last, rules.hide_counts_below, rules.example, tables, titles)


def report_csv(found: ReportOut) -> str:
    """The report as a table; a figure that is hidden says so."""
    columns = [cell.title for cell in found.sums]
    money = found.what == "spend"

    def cell(amount: int | None) -> object:
        return "hidden" if amount is None else money_cell(amount) if money else amount

    rows = [[row.title, *(cell(one.amount) for one in row.cells), _families(row.families)] for row in found.rows]
    rows.append(["All", *(cell(one.amount) for one in found.sums), _families(found.families)])
    return csv_text([found.by, *columns, "Families"], rows)


def _families(count: int | None) -> object:
    return "hidden" if count is None else count


def _lived(tx: Transaction, staff: Staff) -> Iterator[_Lived]:
    """Plans that were begun, of the teams somebody works on."""
    for draft_id in living.all_years(tx):
        case = cases.get(tx, draft_id)
        if not sees(staff.user, staff.teams, team=case.team, lead=case.lead):
            continue
        decision = decisions.in_force(tx, draft_id)
        version = plan_versions.get(tx, draft_id, decision.said.plan_version) if decision is not None else None
        if decision is not None and version is not None:
            yield _Lived(draft_id, case, plan_from_json(json.loads(version.body)), decision)


def _outcomes(tx: Transaction, plans: list[_Lived], by: By, first: date, last: date) -> list[Fact]:
    """Each goal as it was seen last between the two days; the child's word counts before others."""
    facts = []
    found = reviews.of_all(tx)
    for one in plans:
        group = _group_of_goal(one, by)
        for record in one.plan.goals():
            about = f"goal/{record.id}"
            seen = {}
            for review in found.get(one.draft_id, ()):
                for said in review.said:
                    reached = next((known for known in REACHED if known == said.choice), None)
                    if said.about == about and reached is not None and first <= said.at.date() <= last:
                        seen[said.voice] = reached
            counted = Goal(record.id, "", seen).counted
            if counted is not None:
                facts.append(Fact(group(record.id), counted, one.draft_id))
    return facts


def _spend(
    services: Services, tx: Transaction, staff: Staff, plans: list[_Lived], by: By, first: date, last: date
) -> dict[str, list[Fact]]:
    """Pence by measure. A family is of a group with every agreed line, also with nothing paid yet."""
    facts: dict[str, list[Fact]] = {measure: [] for measure in MEASURES}
    spent = spending.sums_of_all(tx)
    due: dict[tuple[str, int], list[payments.Payment]] = {}
    for payment in payments.between(tx, viewer(services.content, staff), first, last):
        due.setdefault((payment.draft_id, payment.line), []).append(payment)
    for one in plans:
        group = _group_of_line(one, by)
        for line in one.decision.said.lines:
            if line.verdict == "not_now":
                continue
            place = (one.draft_id, line.line_id)
            mine = due.get(place, [])
            sums = {
                "planned": sum(payment.pence for payment in mine),
                "paid": sum(payment.pence for payment in mine if payment.made_on is not None),
                "spent": sum(pence for on, pence in spent.get(place, ()) if first <= on <= last),
            }
            for measure, pence in sums.items():
                facts[measure].append(Fact(group(line.line_id), measure, one.draft_id, pence))
    return facts


def _group_of_goal(one: _Lived, by: By) -> Callable[[int], str]:
    areas = {record.id: record.get("area") or NOT_SAID for record in one.plan.goals()}
    streams = {line.goal: line.stream for line in one.plan.lines if line.goal is not None and line.unit_cost_pence}

    def group(goal: int) -> str:
        if by == "team":
            return one.case.team
        return areas[goal] if by == "area" else streams.get(goal, NOT_SAID)

    return group


def _group_of_line(one: _Lived, by: By) -> Callable[[int], str]:
    areas = {record.id: record.get("area") or NOT_SAID for record in one.plan.goals()}
    goals = {line.id: line.goal for line in one.plan.lines}
    streams = {line.line_id: line.stream for line in one.decision.said.lines}

    def group(line: int) -> str:
        if by == "team":
            return one.case.team
        if by == "stream":
            return streams[line]
        goal = goals.get(line)
        return NOT_SAID if goal is None else areas.get(goal, NOT_SAID)

    return group


def _titles(content: Content, by: By) -> dict[str, str]:
    titles = {NOT_SAID: "Not said"}
    if by == "team":
        return titles | {team.id: team.name for team in content.teams.teams}
    if by == "stream":
        return titles | {"social_care": "Social care", "sen": "Special educational needs", "nhs": "NHS"}
    record = content.plan_script(content.plan_rules.script).section("P08").record
    fields = record.fields if record is not None else ()
    return titles | {
        option.id: option.label.parent for field in fields if field.id == "area" for option in field.options
    }


def _out(
    what: What,
    by: By,
    first: date,
    last: date,
    hide_below: int,
    example: bool,
    tables: dict[str, Table],
    titles: dict[str, str],
) -> ReportOut:
    one = next(iter(tables.values()))

    def cell(column: str, found: Cell) -> CellOut:
        return CellOut(column=column, title=HEADS[column], amount=None if found.hidden else found.amount)

    def families(found: Cell) -> int | None:
        return None if found.hidden else found.families

    return ReportOut(
        what=what,
        by=by,
        first=first,
        last=last,
        hide_below=hide_below,
        example=example,
        rows=[
            RowOut(
                row=row,
                title=titles.get(row, row),
                cells=[cell(column, found.cells[row, column]) for column, found in tables.items()],
                families=families(one.row_sums[row]),
            )
            for row in one.rows
        ],
        sums=[cell(column, found.column_sums[column]) for column, found in tables.items()],
        families=families(one.everything),
    )
