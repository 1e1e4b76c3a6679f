"""Personal data given out, legal holds, notices and the audit as a file, by page and by API."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import audit, cases, drafts, holds, news_addresses, notices, personal_data
from tests.review.office import Office, Professional, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("records") / "store.db"
    shutil.copy(empty_store, path)
    with open_office(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def manager(office: Office) -> Professional:
    return office.staff("team-manager")


@pytest.fixture(scope="module")
def auditor(office: Office) -> Professional:
    return office.staff("auditor")


@pytest.fixture
def reference(office: Office) -> str:
    return office.family(words={"S1": "i go for a wee and hes got the kettle"})


def actions(office: Office, reference: str) -> list[str]:
    with office.database.read() as tx:
        draft = drafts.by_reference(tx, reference)
        return [line.action for line in audit.lines(tx, subject=draft.id, limit=500)]


def packed(data: bytes, reference: str) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert {name.split("/")[1] for name in files.namelist()} == {
            "READ-ME-FIRST.txt",
            "record.json",
            "record.odt",
            "manifest.json",
        }
        return dict(json.loads(files.read(f"{reference}/record.json")))


def test_a_manager_gives_out_the_bundle_and_it_is_written_down(
    office: Office, manager: Professional, reference: str
) -> None:
    reply = manager.posts(f"/drafts/{reference}/personal-data", {"reason": "The mother asked"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"] == f'attachment; filename="personal-data-{reference}.zip"'
    record = packed(reply.content, reference)
    assert (record["reason"], record["made_by"]) == ("The mother asked", "demo.team-manager")
    answers = next(section for section in record["sections"] if section["name"] == "answers")
    assert answers["rows"][0]["words"] == "i go for a wee and hes got the kettle"
    assert actions(office, reference)[-1] == "subject.exported"


def test_the_page_asks_why_and_what_of_safety_before_it_gives(
    office: Office, manager: Professional, reference: str
) -> None:
    page = f"/review/drafts/{reference}/personal-data"
    assert f'href="{page}"' in manager.reads(f"/review/drafts/{reference}")
    refused = manager.sends(page, {"reason": "asked by <post>"})
    assert refused.status_code == 422
    assert "<title>Error: Give out personal data" in refused.text
    assert refused.text.count("Choose whether notes about safety go out too") == 2
    assert "asked by &lt;post&gt;" in refused.text, "what was typed is kept"
    assert "subject.exported" not in actions(office, reference)
    given = manager.sends(page, {"reason": "asked by post", "safeguarding": "leave_out"})
    assert given.status_code == 200
    assert packed(given.content, reference)["reason"] == "asked by post"


def test_who_only_works_on_cases_gives_nothing_out(office: Office, reference: str) -> None:
    worker = office.staff("lead-professional")
    assert worker.posts(f"/drafts/{reference}/personal-data", {"reason": "curious"}).status_code == 403
    assert worker.posts(f"/drafts/{reference}/holds", {"why": "x", "review_on": "2090-01-01"}).status_code == 403
    assert "/holds" not in worker.reads(f"/review/drafts/{reference}")


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  \u0000 "}, {"reason": "x" * 1001}])
def test_nothing_is_given_out_without_a_reason(
    office: Office, manager: Professional, reference: str, body: dict[str, str]
) -> None:
    assert manager.posts(f"/drafts/{reference}/personal-data", body).status_code == 422
    assert "subject.exported" not in actions(office, reference)


def test_a_hold_is_placed_once_read_and_lifted(office: Office, manager: Professional, reference: str) -> None:
    asked = {"why": "A claim against the council", "review_on": "2090-05-01"}
    first = manager.posts(f"/drafts/{reference}/holds", asked)
    assert first.status_code == 201, first.text
    assert manager.posts(f"/drafts/{reference}/holds", asked).json() == first.json(), "sent twice it is one hold"
    (hold,) = manager.gets(f"/drafts/{reference}/holds").json()["holds"]
    assert (hold["why"], hold["placed_by"]) == ("A claim against the council", "demo.team-manager")
    with office.database.read() as tx, pytest.raises(holds.OnHold):
        personal_data.check_may_go(tx, drafts.by_reference(tx, reference).id)
    lift = f"/drafts/{reference}/holds/{hold['id']}/lift"
    (lifted,) = manager.posts(lift, {"why": "It was settled"}).json()["holds"]
    assert (lifted["lifted_by"], lifted["lifted_why"]) == ("demo.team-manager", "It was settled")
    assert manager.posts(lift, {"why": "again"}).status_code == 404
    assert [name for name in actions(office, reference) if name.startswith("hold.")] == ["hold.placed", "hold.lifted"]
    with office.database.read() as tx:
        personal_data.check_may_go(tx, drafts.by_reference(tx, reference).id)


def test_a_hold_of_another_family_cannot_be_lifted_from_here(
    office: Office, manager: Professional, reference: str
) -> None:
    other = office.family()
    placed = manager.posts(f"/drafts/{other}/holds", {"why": "A claim", "review_on": "2090-05-01"}).json()
    assert manager.posts(f"/drafts/{reference}/holds/{placed['id']}/lift", {"why": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"why": "", "review_on": "2090-05-01"}, "Say why there must be a hold"),
        ({"why": "A claim", "review_on": "next May"}, "Write a day that is still to come"),
        ({"why": "A claim", "review_on": "2020-05-01"}, "Write a day that is still to come"),
    ],
)
def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(
    office: Office, manager: Professional, reference: str, fields: dict[str, str], said: str
) -> None:
    reply = manager.sends(f"/review/drafts/{reference}/holds", fields)
    assert reply.status_code == 422
    assert said in reply.text
    assert all(typed in reply.text for typed in fields.values())
    assert "hold.placed" not in actions(office, reference)


def test_the_page_places_and_lifts(office: Office, manager: Professional, reference: str) -> None:
    page = f"/review/drafts/{reference}/holds"
    assert manager.sends(page, {"why": "A claim", "review_on": "2090-05-01"}).status_code == 303
    html = manager.reads(page)
    found = re.search(rf'action="{page}/([^/"]+)/lift"', html)
    assert found is not None
    assert manager.sends(f"{page}/{found[1]}/lift", {"lifted_why": ""}, page).status_code == 422
    assert manager.sends(f"{page}/{found[1]}/lift", {"lifted_why": "settled"}, page).status_code == 303
    assert "settled" in manager.reads(page)


def test_notices_show_what_became_of_them_and_never_an_address(
    office: Office, manager: Professional, reference: str
) -> None:
    with office.database.write() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        cases.opened(tx, draft_id, team="children", at=office.now)
        news_addresses.propose(tx, draft_id, "m1", "sms", "+447700900123", at=office.now)
        news_addresses.confirm(tx, draft_id, "m1", at=office.now)
        notices.queue(tx, draft_id=draft_id, to="family", kind="decided", at=office.now)
    lines = [line for line in manager.gets("/notices").json()["notices"] if line["reference"] == reference]
    assert sorted((line["route"], line["state"]) for line in lines) == [("conversation", "queued"), ("sms", "queued")]
    html = manager.reads("/review/notices")
    assert "There is news about your plan." in html
    assert "Waits for their next visit" in html
    assert "7700900123" not in html + json.dumps(lines)
    other = office.staff("team-manager", "early_help")
    assert reference not in other.reads("/review/notices")
    assert all(line["reference"] != reference for line in other.gets("/notices").json()["notices"])


def test_an_auditor_takes_the_audit_with_them_and_checks_it_later(office: Office, auditor: Professional) -> None:
    office.family()
    head = auditor.gets("/audit/head").json()
    file = auditor.gets("/audit/export")
    assert file.status_code == 200
    lines = file.text.splitlines()
    assert json.loads(lines[0])["seq"] == 1
    assert json.loads(lines[-1])["export"]["last"] == head["seq"] + 1, "with the line that says who took it"
    assert auditor.gets(f"/audit/head/{head['seq']}/{head['hash']}").json() == {"problems": []}
    assert len(auditor.gets(f"/audit/head/{head['seq']}/{'0' * 64}").json()["problems"]) == 1
    day = office.now.date()
    earlier = auditor.gets(f"/audit/export?from={day - timedelta(days=9)}&to={day - timedelta(days=8)}")
    assert len(earlier.text.splitlines()) == 1
    assert auditor.gets(f"/audit/export?from={day}&to={day - timedelta(days=1)}").status_code == 422
    assert auditor.gets("/audit/export?from=tomorrow").status_code == 422


def test_the_audits_page_checks_and_saves(office: Office, auditor: Professional) -> None:
    html = auditor.reads("/review/audit/file")
    found = re.search(r"(\d+):([0-9a-f]{64})", html)
    assert found is not None
    assert "still there, as you noted it" in auditor.reads(f"/review/audit/file?check=1&noted={found[0]}")
    assert "written anew" in auditor.reads(f"/review/audit/file?check=1&noted={found[1]}:{'0' * 64}")
    wrong = auditor.client.get("/review/audit/file?check=1&noted=nonsense")
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    saved = auditor.client.get("/review/audit/file?save=1&from=&to=")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert auditor.client.get("/review/audit/file?save=1&from=soon").status_code == 422
