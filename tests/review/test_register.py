"""The register of risks and opportunities: searched, added to, replaced, and read by nobody else's team."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import audit, drafts
from tests.review.office import Office, Professional, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("register")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


def line(title: str = "Paying an aunt next door", **changed: Any) -> dict[str, Any]:
    return {
        "kind": "risk",
        "title": title,
        "decided": "Agreed, with two references.",
        "reason": "He lets nobody else help him at night.",
        "tags": "Personal assistant, family",
        **changed,
    }


def titles(staff: Professional, query: str = "") -> list[str]:
    return [entry["title"] for entry in staff.gets(f"/register{query}").json()["entries"]]


def test_it_is_searched_by_words_kind_tag_and_day(office: Office) -> None:
    lead = office.staff()
    assert lead.posts("/register", line()).status_code == 201
    office.forward(minutes=1)
    allotment = line("A share of an allotment", kind="opportunity", tags="outdoors", review_by="2026-12-01")
    assert lead.posts("/register", allotment).status_code == 201
    assert titles(lead) == ["A share of an allotment", "Paying an aunt next door"]
    assert titles(lead, "?words=NIGHT aunt") == ["Paying an aunt next door"]
    assert titles(lead, "?words=aunt allotment") == []
    assert titles(lead, "?kind=opportunity") == ["A share of an allotment"]
    assert titles(lead, "?tag=personal-assistant") == ["Paying an aunt next door"]
    assert titles(lead, "?due=true") == []
    office.forward(days=9)
    later = office.staff()
    assert titles(later, "?due=true") == ["A share of an allotment"]
    page = later.reads("/review/register?words=allotment")
    assert "Look at it again" in page
    assert "Paying an aunt" not in page
    office.forward(days=-9)


def test_a_line_is_replaced_once_and_both_stay(office: Office) -> None:
    lead = office.staff()
    first = lead.posts("/register", line("Trampolines at home")).json()
    second = lead.posts("/register", line("Trampolines at home", decided="Not agreed.", replaces=first["id"])).json()
    assert titles(lead, "?words=trampolines") == ["Trampolines at home"]
    assert lead.gets("/register?words=trampolines").json()["entries"][0]["id"] == second["id"]
    both = lead.gets("/register?words=trampolines&old=true").json()["entries"]
    assert {entry["id"]: entry["replaced"] for entry in both} == {first["id"]: True, second["id"]: False}
    again = office.staff("team-manager").posts("/register", line("Trampolines", replaces=first["id"]))
    assert again.status_code == 409
    assert "replaced meanwhile" in again.json()["title"]


def test_the_same_form_sent_twice_is_one_line(office: Office) -> None:
    lead = office.staff()
    ids = {lead.posts("/register", line("Twice")).json()["id"] for _ in range(2)}
    assert len(ids) == 1
    assert titles(lead, "?words=twice") == ["Twice"]


def test_a_line_about_a_case_is_for_its_team(office: Office) -> None:
    reference = office.family(age=8)
    lead, other = office.staff(team="children"), office.staff(team="early_help")
    kept = lead.posts("/register", line("Night visits of a nurse", reference=reference)).json()
    assert kept["reference"] == reference
    assert titles(lead, f"?reference={reference}") == ["Night visits of a nurse"]
    assert titles(other, "?words=nurse") == []
    assert other.gets(f"/register?reference={reference}").status_code == 404
    assert other.posts("/register", line("Another", reference=reference)).status_code == 404
    assert other.posts("/register", line("Another", replaces=kept["id"])).status_code == 404
    for role in ("auditor", "finance"):
        assert office.staff(role).gets("/register").status_code == 403  # type: ignore[arg-type]
    with office.database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        lines = [one for one in audit.lines(tx, subject=draft_id) if one.action == "register.written"]
        assert len(lines) == 1
        assert "nurse" not in lines[0].detail


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "  "}, "title: write something"),
        ({"tags": "so, many, tags, that, nobody, can, find, any, thing"}, "tags:"),
        ({"tags": "<b>"}, "tags:"),
        ({"review_by": "2020-01-01"}, "choose a day to come"),
        ({"kind": "chance"}, "kind"),
    ],
)
def test_what_does_not_fit_is_named(office: Office, changed: dict[str, Any], said: str) -> None:
    reply = office.staff().posts("/register", line(**changed))
    assert reply.status_code == 422
    assert said in reply.json()["detail"]


def test_the_form_keeps_what_was_typed_and_replaces_a_line(office: Office) -> None:
    lead = office.staff()
    typed = {"kind": "risk", "title": "Swimming <alone>", "decided": "Agreed.", "reason": "", "review_by": "May"}
    wrong = lead.sends("/review/register/new", typed)
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    assert "Swimming &lt;alone&gt;" in wrong.text
    assert 'href="#review_by"' in wrong.text
    done = lead.sends("/review/register/new", {**typed, "reason": "A lifeguard is there.", "review_by": ""})
    assert done.status_code == 303
    kept = lead.gets("/register?words=swimming").json()["entries"][0]
    page = f"/review/register/new?replaces={kept['id']}"
    assert "Swimming &lt;alone&gt;" in lead.reads(page)
    fields = {**typed, "decided": "Agreed, with a friend.", "reason": "He asked for it.", "review_by": ""}
    assert lead.sends("/review/register/new", fields, page=page).status_code == 303
    assert lead.gets("/register?words=swimming").json()["entries"][0]["decided"] == "Agreed, with a friend."
    unknown = lead.sends("/review/register/new", {**fields, "title": "Else", "reference": "EX-0000-0000"})
    assert unknown.status_code == 404
    assert "There is no such case, or it is not yours" in unknown.text


def test_lines_can_neither_be_changed_nor_taken_out(office: Office) -> None:
    office.staff().posts("/register", line("For good"))
    for statement in ("UPDATE register_entries SET kind = 'risk'", "DELETE FROM register_entries"):
        with pytest.raises(DBAPIError, match="append-only"), office.database.write() as tx:
            tx.connection.execute(text(statement))
