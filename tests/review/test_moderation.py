"""Professionals give their own answers and agree on levels: by API and page, with every voice kept and both amounts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.review.moderation import read, told_to_family
from bot.store import answers, audit, drafts, moderation
from tests.review.office import CONTENT, LEVELS, Office, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("moderation")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


def answer(code: str, level: int, reason: str = "I saw it on both visits.") -> dict[str, Any]:
    return {"code": code, "level": level, "reason": reason}


def agreed(code: str, level: int, reason: str = "We talked about it at home.") -> dict[str, Any]:
    return {"code": code, "level": level, "reason": reason}


def question(record: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in record["questions"] if one["code"] == code)


def test_a_difference_is_flagged_agreed_and_worked_out_beside_the_familys_amount(office: Office) -> None:
    reference = office.family(words={"S1": "he gets the kettle when i go for a wee"})
    lead = office.staff()
    first = lead.gets(f"/drafts/{reference}/moderation").json()
    assert (first["open"], first["amounts"]["family_pence"], first["amounts"]["agreed_pence"]) == ([], 505_000, 505_000)
    sent = lead.posts(
        f"/drafts/{reference}/moderation",
        {"answers": [answer("S1", 1), answer("S2", 2)], "agreed": [], "revision": first["revision"]},
    )
    assert sent.status_code == 200, sent.text
    differing = sent.json()
    assert differing["open"] == ["S1"]
    s1 = question(differing, "S1")
    assert [(voice["voice"], voice["level"]) for voice in s1["voices"]] == [("family", 2), ("professional", 1)]
    assert s1["voices"][0]["own_words"] == "he gets the kettle when i go for a wee"
    assert s1["voices"][1]["by"] == "demo.lead-professional"
    assert differing["amounts"]["agreed_pence"] == 505_000
    done = lead.posts(
        f"/drafts/{reference}/moderation", {"agreed": [agreed("S1", 1)], "revision": differing["revision"]}
    ).json()
    assert done["open"] == []
    assert question(done, "S1")["agreed"]["by"] == "demo.lead-professional"
    sums = done["amounts"]
    assert (sums["family_pence"], sums["agreed_pence"], sums["difference_pence"]) == (505_000, 380_000, -125_000)
    assert [(cause["code"], cause["alone_pence"]) for cause in sums["causes"]] == [("S1", -125_000)]
    with office.database.read() as tx:
        draft = drafts.by_reference(tx, reference)
        assert answers.current(tx, draft.id)["S1"].level == 2
        kept = moderation.latest_allocation(tx, draft.id)
        assert kept is not None
        assert (kept.amount_pence, kept.family_amount_pence, kept.by) == (380_000, 505_000, "demo.lead-professional")
        told = told_to_family(CONTENT, read(tx, CONTENT, draft, office.now.date()))
        assert any("We talked about it at home." in line for line in told)
        lines = [line for line in audit.lines(tx, subject=draft.id) if line.action == "case.moderated"]
        assert len(lines) == 2
        assert not any(word in line.detail for line in lines for word in ("visits", "talked"))


def test_a_changed_answer_of_the_family_opens_it_again(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    body = {"answers": [answer("H2", 2)], "agreed": [agreed("H2", 2)], "revision": 0}
    assert lead.posts(f"/drafts/{reference}/moderation", body).json()["open"] == []
    office.changes_an_answer(reference, "H2", 3)
    now = lead.gets(f"/drafts/{reference}/moderation").json()
    assert now["open"] == ["H2"]
    assert question(now, "H2")["agreed"]["holds"] is False


def test_a_young_person_and_a_parent_are_two_voices(office: Office) -> None:
    reference = office.family()
    office.changes_an_answer(reference, "P1", 0, by="young_person")
    record = office.staff().gets(f"/drafts/{reference}/moderation").json()
    assert [(voice["voice"], voice["level"]) for voice in question(record, "P1")["voices"]] == [
        ("family", 2),
        ("young_person", 0),
    ]
    assert record["open"] == ["P1"]


def test_the_second_of_two_is_told_what_the_first_changed(office: Office) -> None:
    reference = office.family()
    first, second = office.staff("lead-professional"), office.staff("team-manager")
    seen = second.gets(f"/drafts/{reference}/moderation").json()["revision"]
    assert first.posts(f"/drafts/{reference}/moderation", {"answers": [answer("S1", 1)], "revision": seen}).is_success
    late = second.posts(f"/drafts/{reference}/moderation", {"answers": [answer("S1", 3)], "revision": seen})
    assert late.status_code == 409
    assert "Lead professional (demo) gave their own answers" in late.json()["detail"]
    with office.database.read() as tx:
        assert len(moderation.answer_history(tx, drafts.by_reference(tx, reference).id)) == 1


def test_the_same_sent_again_is_kept_once(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    body = {"answers": [answer("S1", 1)], "agreed": [agreed("S1", 1)], "revision": 0}
    assert lead.posts(f"/drafts/{reference}/moderation", body).json()["revision"] == 1
    assert lead.posts(f"/drafts/{reference}/moderation", body).json()["revision"] == 1
    with office.database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        assert len(moderation.answer_history(tx, draft_id)) == 1
        assert len(moderation.agreed_history(tx, draft_id)) == 1
        assert len(moderation.allocation_history(tx, draft_id)) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"answers": [{"code": "S1", "level": 2, "reason": " "}]}, "Say why you see it so."),
        ({"answers": [answer("Z9", 2)]}, "There is no such question"),
        ({"answers": [answer("S1", 2), answer("S1", 3)]}, "It is there twice"),
        ({"answers": [answer("S1", 4)]}, "less than or equal to 3"),
        ({"answers": [{**answer("S1", 1), "bad_day_level": 3}]}, "how many days a week"),
        ({"answers": [{"code": "S1", "level": None, "status": "answered"}]}, "Give a level"),
        ({"agreed": [agreed("F3", 2)]}, "Nobody has answered this yet"),
        ({"agreed": [agreed("S1", 2, " ")]}, "Say why this level."),
        ({"answers": [{**answer("S1", 1), "surprise": 1}]}, "Extra inputs"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_kept(office: Office, body: dict[str, Any], said: str) -> None:
    reference = office.family({code: level for code, level in LEVELS.items() if code != "F3"})
    reply = office.staff().posts(f"/drafts/{reference}/moderation", {"revision": 0, **body})
    assert reply.status_code == 422
    assert said in reply.json()["detail"]
    with office.database.read() as tx:
        assert moderation.answer_history(tx, drafts.by_reference(tx, reference).id) == ()


def test_who_may_not_and_whose_it_is_not(office: Office) -> None:
    reference = office.family(age=8)
    body = {"answers": [answer("S1", 1)], "revision": 0}
    assert office.staff("auditor").posts(f"/drafts/{reference}/moderation", body).status_code == 403
    assert office.staff("finance").gets(f"/drafts/{reference}/moderation").status_code == 403
    other = office.staff("lead-professional", team="early_help")
    assert other.posts(f"/drafts/{reference}/moderation", body).status_code == 404
    assert other.gets(f"/drafts/{reference}/moderation").status_code == 404


def test_another_table_is_shown_and_never_stored(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    by_band = lead.gets(f"/drafts/{reference}/moderation/what-if?table=social-care-example-banded").json()
    assert by_band["family_pence"] == 400_000
    assert lead.gets(f"/drafts/{reference}/moderation/what-if?on=1999-01-01").status_code == 422
    assert "£4,000 a year" in lead.reads(
        f"/review/drafts/{reference}/moderation/what-if?table=social-care-example-banded"
    )
    with office.database.read() as tx:
        assert moderation.latest_allocation(tx, drafts.by_reference(tx, reference).id) is None
    assert lead.gets(f"/drafts/{reference}/moderation").json()["amounts"]["family_pence"] == 505_000


def test_the_pages_take_answers_by_section_then_agreement(office: Office) -> None:
    reference = office.family(words={"S1": "he gets the kettle"})
    lead = office.staff()
    path = f"/review/drafts/{reference}/moderation"
    section = QUESTION_SECTION["S1"]
    form = lead.reads(f"{path}/answers/{section}")
    assert "he gets the kettle" in form
    saved = lead.sends(
        f"{path}/answers/{section}",
        {"S1-level": "1", "S1-reason": "Plays <alone> now", "S1-hard": "2", "S1-days": "1", "S2-level": "not_sure"},
    )
    assert (saved.status_code, saved.headers["location"]) == (303, path)
    page = lead.reads(path)
    assert "Plays &lt;alone&gt; now" in page
    assert "1 level apart, to be agreed" in page
    done = lead.sends(f"{path}/agree", {"S1-level": "1", "S1-reason": "His mother agrees."})
    assert done.status_code == 303
    page = lead.reads(path)
    assert "£3,800 a year" in page
    assert "£1,250 less" in page
    assert "His mother agrees." in page


def test_a_page_that_is_not_right_keeps_what_was_typed(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    path = f"/review/drafts/{reference}/moderation/answers/{QUESTION_SECTION['S1']}"
    wrong = lead.sends(
        path, {"S1-level": "1", "S1-reason": "", "S2-level": "2", "S2-reason": "On the bus", "S2-days": "8"}
    )
    assert wrong.status_code == 422
    assert "<title>Error: " in wrong.text
    assert 'href="#S1-reason"' in wrong.text
    assert "On the bus" in wrong.text
    office.staff("team-manager").posts(f"/drafts/{reference}/moderation", {"answers": [answer("H1", 2)], "revision": 0})
    late = lead.client.post(
        path,
        data={"csrf": csrf_of(wrong.text), "revision": "0", "S1-level": "1", "S1-reason": "Plays alone"},
        headers={"accept": "text/html"},
    )
    assert late.status_code == 409
    assert "Team manager (demo) gave their own answers" in late.text
    assert "Plays alone" in late.text
    again = lead.client.post(
        path,
        data={"csrf": csrf_of(late.text), "revision": "1", "S1-level": "1", "S1-reason": "Plays alone"},
        headers={"accept": "text/html"},
    )
    assert again.status_code == 303


def test_a_form_without_its_token_changes_nothing(office: Office) -> None:
    reference = office.family()
    lead = office.staff()
    path = f"/review/drafts/{reference}/moderation/agree"
    assert lead.client.post(path, data={"csrf": "", "revision": "0", "S1-level": "1"}).status_code == 403


def test_rows_can_neither_be_changed_nor_taken_out_and_go_with_their_draft(office: Office) -> None:
    reference = office.family()
    body = {"answers": [answer("S1", 1)], "agreed": [agreed("S1", 1)], "revision": 0}
    office.staff().posts(f"/drafts/{reference}/moderation", body)
    with office.database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
    for table in ("professional_answers", "agreed_levels", "moderated_allocations"):
        for statement in (f"UPDATE {table} SET by = 'me'", f"DELETE FROM {table}"):  # noqa: S608 - our own names
            with pytest.raises(DBAPIError, match="append-only"), office.database.write() as tx:
                tx.connection.execute(text(f"{statement} WHERE draft_id = :id"), {"id": draft_id})
    with office.database.write() as tx:
        tx.connection.execute(text("DELETE FROM drafts WHERE id = :id"), {"id": draft_id})
    with office.database.read() as tx:
        assert moderation.answer_history(tx, draft_id) == ()
        assert moderation.allocation_history(tx, draft_id) == ()


def csrf_of(html: str) -> str:
    return html.split('name="csrf" value="')[1].split('"')[0]


QUESTION_SECTION = {
    code: section.id for section in CONTENT.questionnaire("default-ras").sections for code in section.questions
}
assert set(LEVELS) <= set(QUESTION_SECTION)


def test_the_pages_are_reached_from_the_draft_and_from_the_list(office: Office) -> None:
    reference = office.family()
    draft = office.staff().reads(f"/review/drafts/{reference}")
    for path in (f"/review/drafts/{reference}/moderation", f"/review/drafts/{reference}/route"):
        assert f'href="{path}"' in draft
    assert f'href="/review/register?reference={reference}"' in draft
    listing = office.staff().reads("/review")
    for path in ("/review/register", "/review/decisions-log", "/review/reports/consistency", "/review/reports/wants"):
        assert f'href="{path}"' in listing
    audit_page = office.staff("auditor").reads("/review/audit")
    assert 'href="/review/reports/wants"' in audit_page
    assert 'href="/review/register"' not in audit_page
