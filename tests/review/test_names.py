"""On a page people stand by their name; ids of the council's provider, which say nothing, are for the API and the audit."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.cases.access import Role
from bot.review.access import cookie_name
from bot.store import audit, cases, drafts, staff_members, staff_sessions
from tests.review.decided import sent_family
from tests.review.office import Office, Professional, open_office

ANN, BO = "8f3a6c0e-5b1d", "77c04ab1-90fe"
"""User ids as providers make them."""


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("names")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


def comes_in(office: Office, user: str, name: str, role: Role) -> Professional:
    """As somebody does who signs in at the council's provider."""
    with office.database.write() as tx:
        _, token = staff_sessions.start(tx, user=user, role=role, teams="all", at=office.now)
        staff_members.seen(tx, user=user, name=name, role=role, teams="all", at=office.now)
    client = TestClient(office.app, follow_redirects=False)
    client.cookies.set(cookie_name(office.app.state.services.settings), token)
    return Professional(client)


def seen(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_case_is_read_with_names_from_beginning_to_end(office: Office) -> None:
    reference = sent_family(office)
    case = f"/drafts/{reference}"
    ann = comes_in(office, ANN, "Ann Archer", "lead-professional")
    bo = comes_in(office, BO, "Bo Hart", "team-manager")
    assert ann.posts(f"{case}/take", {}).status_code == 200
    assert bo.posts(f"{case}/comments", {"about": "case", "asks": "note", "text": "Rang school."}).status_code == 201
    said = {"code": "S1", "level": 3, "reason": "Seen at home."}
    agreed = {"code": "S1", "level": 2, "reason": "We talked."}
    for one, body in ((ann, {"answers": [said]}), (bo, {"agreed": [agreed]})):
        seen_at = one.gets(case).json()["case"]["revision"]
        assert one.posts(f"{case}/moderation", body | {"revision": seen_at}).status_code == 200
    proposal = {"decision": "agree_in_part", "final_pence": 90_000, "reasons": "It fits."}
    assert ann.posts(f"{case}/decision/proposal", proposal).status_code == 200
    paths = ["/review?lead=me", *(f"/review{case}{page}" for page in ("", "/moderation", "/decision", "/assign"))]
    pages = [seen(ann.reads(path)) for path in [*paths, "/review/notices", "/review/sessions"]]
    for page in pages:
        assert ANN not in page
        assert BO not in page
    queue, draft, moderation, decision = pages[:4]
    assert "Disabled children's team Ann Archer" in queue
    for expected in ("Ann Archer leads it", "Bo Hart, 23 November 2026", "Ann Archer proposed a decision"):
        assert expected in draft
    assert "Professional (Ann Archer)" in moderation
    assert "Bo Hart (team manager)" in moderation
    assert "Proposed by Ann Archer (lead professional)" in decision
    late = bo.posts(f"{case}/take", {}).json()
    assert late["detail"].startswith("Ann Archer leads it.")
    record = ann.gets(case).json()
    assert (record["case"]["lead"], record["comments"][0]["by"]) == (ANN, BO)
    with office.database.read() as tx:
        actors = {line.actor for line in audit.lines(tx, subject=drafts.by_reference(tx, reference).id, limit=500)}
    assert actors >= {ANN, BO}


def test_whoever_never_signed_in_here_stands_by_their_id(office: Office) -> None:
    reference = sent_family(office)
    ann = comes_in(office, ANN, "Ann Archer", "lead-professional")
    ann.reads(f"/review/drafts/{reference}")
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        cases.change(
            tx,
            draft.id,
            expected_revision=None,
            actor="import",
            action="case.assigned",
            at=office.now,
            lead="from.before",
        )
    assert "from.before leads it" in seen(ann.reads(f"/review/drafts/{reference}"))
