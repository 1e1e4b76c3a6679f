"""What families want and cannot find, for those who arrange services: read from plans that were sent, shown as figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel

from bot.cases.csv_text import csv_text
from bot.cases.reports import Table
from bot.cases.wants import FOUND, NOT_FOUND, Asked, wants
from bot.content.directory_models import load_demo, load_needs
from bot.content.loader import Content
from bot.gateway.directory_payload import Payloads
from bot.gateway.services import Services
from bot.interview import interview_from_json
from bot.plans.directory import Note, Service
from bot.plans.directory_parse import read_service
from bot.plans.serialise import plan_from_json
from bot.review.access import Staff
from bot.review.decided_cases import hide_below, team_name
from bot.store import audit, cases, drafts, plan_versions
from bot.store.database import Transaction


class WantLine(BaseModel):
    """One need, or one team. Counts are families; null: hidden, as there are few."""

    name: str
    families: int | None
    found: int | None
    not_found: int | None


class WordLine(BaseModel):
    """A word that is no known need, in the plans of enough families."""

    word: str
    families: int


class WantsRecord(BaseModel):
    """What families ask to buy, and what of it they cannot find."""

    families: int | None
    """Whose plans were sent; null: hidden."""
    hide_below: int
    by_directory: bool
    """True: held against the directory. False: only what was taken from it counts as found, as it is not read here."""
    by_need: list[WantLine]
    by_team: list[WantLine]
    words: list[WordLine]


def wants_record(services: Services, staff: Staff, action: str) -> WantsRecord:
    """The report, and the audit line that says who took it."""
    content, today = services.content, services.now().date()
    least = hide_below(content, today)
    known = _demo_services() if services.settings.mode == "demo" else None
    with services.database.write() as tx:
        asked = list(_asked(tx, content))
        audit.note(tx, at=services.now(), actor=staff.user, action=action, subject="wants", detail={"role": staff.role})
    found = wants(asked, load_needs(), known, today=today, hide_below=least)
    return WantsRecord(
        families=found.families,
        hide_below=least,
        by_directory=known is not None,
        by_need=_lines(found.by_need),
        by_team=_lines(found.by_team),
        words=[WordLine(word=one.word, families=one.families) for one in found.words],
    )


def wants_csv(found: WantsRecord) -> str:
    """The report as a table. Hidden figures stay hidden."""
    rows: list[list[object]] = []
    for part, lines in (("need", found.by_need), ("team", found.by_team)):
        for one in lines:
            counts = ["hidden" if value is None else value for value in (one.families, one.found, one.not_found)]
            rows.append([part, one.name, *counts])
    rows += [["word", one.word, one.families, None, None] for one in found.words]
    return csv_text(["part", "name", "families", "found", "not_found"], rows)


def _asked(tx: Transaction, content: Content) -> Iterator[Asked]:
    """Every plan as it was sent last."""
    for draft_id, version in plan_versions.latest_of_all(tx):
        draft = drafts.get(tx, draft_id)
        about = interview_from_json(json.loads(draft.state)).about
        plan = plan_from_json(json.loads(version.body))
        try:
            team = team_name(content, cases.get(tx, draft_id).team)
        except cases.NoSuchCase:
            team = "no team yet"
        yield Asked(draft_id, team, about.age, plan, (about.name or "", *(member.name for member in plan.members)))


@cache
def _demo_services() -> Sequence[Service]:
    """The made-up directory. A council's own is read where families look into it, and not by reports."""
    notes: list[Note] = []
    read = (read_service(payload, notes) for payload in Payloads(load_demo()).services.values())
    return tuple(service for service in read if service is not None)


def _lines(found: Table) -> list[WantLine]:
    def shown(row: str, column: str) -> int | None:
        cell = found.cells[row, column]
        return None if cell.hidden else cell.families

    return [
        WantLine(
            name=row,
            families=None if found.row_sums[row].hidden else found.row_sums[row].families,
            found=shown(row, FOUND),
            not_found=shown(row, NOT_FOUND),
        )
        for row in found.rows
    ]
