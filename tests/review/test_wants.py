"""Those who arrange services see what is wanted and not found; nobody sees a family."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.plans.model import Line, Member, Plan
from bot.plans.serialise import plan_to_json
from bot.store import audit, drafts, plan_versions
from tests.review.office import Office, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("wants")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        for _ in range(6):
            sends(opened, "Unicycle lessons with Zebedee", "Swimming on Saturdays", version=1)
        last = sends(opened, "=SUM(Llama)", version=1)
        sends(opened, "Unicycle hire", version=2, reference=last)
        yield opened


def sends(office: Office, *what: str, version: int, reference: str | None = None) -> str:
    lines = tuple(Line(number, text, "m1") for number, text in enumerate(what, start=1))
    plan = Plan("default-plan/1", date(2026, 11, 1), members=(Member("m1", "parent", "Zebedee"),), lines=lines)
    reference = reference or office.family(name="Zebedee", plan=plan, status="sent")
    with office.database.write() as tx:
        plan_versions.add(
            tx,
            drafts.by_reference(tx, reference).id,
            version=version,
            fingerprint=f"{reference}-{version}",
            body=json.dumps(plan_to_json(plan)),
            total_pence=0,
            guide_pence=None,
            by="m1",
            questionnaire="default-ras/1",
            tables="",
            script="default-plan/1",
            rules="exampleshire",
            actor="family",
            at=office.now,
        )
    return reference


def test_families_are_counted_by_need_and_team_from_what_was_sent_last(office: Office) -> None:
    found = office.staff("group-manager").gets("/reports/wants").json()
    assert (found["families"], found["by_directory"], found["hide_below"]) == (7, True, 5)
    needs = {one["name"]: one for one in found["by_need"]}
    assert needs["swimming"]["families"] == 6
    assert needs["swimming"]["found"] == 6, "the directory has swimming for a child of eight"
    assert (needs["something else"]["families"], needs["something else"]["not_found"]) == (7, 7)
    assert found["words"] == [{"word": "unicycle", "families": 7}, {"word": "lessons", "families": 6}]


def test_no_words_of_a_family_leave_the_plans(office: Office) -> None:
    auditor = office.staff("auditor")
    table = auditor.gets("/reports/wants.csv").text
    page = auditor.reads("/review/reports/wants")
    for text in (table, page):
        assert "unicycle" in text
        assert "zebedee" not in text.casefold()
        assert "llama" not in text.casefold()
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {"part": "need", "name": "swimming", "families": "6", "found": "6", "not_found": "0"} in rows
    with office.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject="wants", limit=100)]
    assert actions.count("report.exported") == 1


def test_bars_stand_beside_the_table(office: Office) -> None:
    page = office.staff("auditor").reads("/review/reports/wants")
    assert '<svg class="chart" role="img" aria-labelledby="wants-title wants-desc"' in page
    assert "Found: 6" in page
    assert "Not found: 7" in page


def test_it_is_for_those_who_may_read_reports(office: Office) -> None:
    assert office.staff("finance").gets("/reports/wants").status_code == 403
    assert office.staff("finance").client.get("/review/reports/wants").status_code == 403
