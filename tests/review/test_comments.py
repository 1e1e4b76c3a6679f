"""Comments of professionals: on any part of a draft, with what they ask for, dealt with by name, gone but for their mark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.store import audit, drafts
from tests.plans.documents.families import PLAN
from tests.review.office import Office, Professional, open_office


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("comments")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


@pytest.fixture
def reference(office: Office) -> str:
    return office.family(plan=PLAN, status="sent")


def write(staff: Professional, reference: str, **said: Any) -> dict[str, Any]:
    reply = staff.posts(f"/drafts/{reference}/comments", said)
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def listed(staff: Professional, reference: str) -> list[dict[str, Any]]:
    return list(staff.gets(f"/drafts/{reference}/comments").json()["comments"])


LINE, GOAL = PLAN.lines[0].id, PLAN.goals()[0].id


@pytest.mark.parametrize(
    ("about", "words", "section"),
    [
        ("case", "The whole draft", ""),
        ("section.P03", "What is important to me", "P03"),
        (f"line.{LINE}", "How I will use the money: ", "P11"),
        (f"goal.{GOAL}", "What I want to happen: ", "P08"),
        ("question.S1", "S1 ", ""),
    ],
)
def test_any_part_can_be_commented_on(office: Office, reference: str, about: str, words: str, section: str) -> None:
    lead = office.staff()
    written = write(lead, reference, about=about, text="Let us look at this", asks="change")
    assert (written["about"], written["section"], written["asks"]) == (about, section, "change")
    assert written["about_words"].startswith(words)
    assert (written["by"], written["role"], written["state"]) == ("demo.lead-professional", "lead-professional", "open")
    assert listed(lead, reference)[0]["id"] == written["id"]
    html = lead.reads(f"/review/drafts/{reference}")
    assert html.count("Let us look at this") == 1


@pytest.mark.parametrize("about", ["section.P77", "line.9999", "goal.9999", "question.Z9", "chapter.1", "line.1; drop"])
def test_what_the_draft_does_not_have_is_refused_in_words(office: Office, reference: str, about: str) -> None:
    reply = office.staff().posts(f"/drafts/{reference}/comments", {"about": about, "text": "Hello"})
    assert reply.status_code == 422
    assert "The draft has no" in reply.json()["detail"] or "A comment is about" in reply.json()["detail"]


def test_words_come_back_as_they_were_typed_and_safe_on_the_page(office: Office, reference: str) -> None:
    typed = "<script>alert(1)</script> “quotes” £5 & more\nnext line"
    lead = office.staff()
    assert write(lead, reference, text=typed)["text"] == typed
    html = lead.reads(f"/review/drafts/{reference}")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_nothing_is_no_comment(office: Office, reference: str) -> None:
    lead = office.staff()
    assert lead.posts(f"/drafts/{reference}/comments", {"text": "  \n "}).status_code == 422
    assert lead.posts(f"/drafts/{reference}/comments", {"text": "x" * 4001}).status_code == 422
    assert lead.posts(f"/drafts/{reference}/comments", {"text": "x", "asks": "orders"}).status_code == 422
    assert listed(lead, reference) == []


def test_dealt_with_keeps_the_name_of_who_did_it_first(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    written = write(lead, reference, text="Is the price right?")
    done = manager.posts(f"/drafts/{reference}/comments/{written['id']}/resolve", {}).json()
    assert (done["state"], done["resolved_by"]) == ("resolved", "demo.team-manager")
    again = lead.posts(f"/drafts/{reference}/comments/{written['id']}/resolve", {}).json()
    assert again["resolved_by"] == "demo.team-manager"
    assert "Dealt with</strong> by Team manager (demo)" in lead.reads(f"/review/drafts/{reference}")


def test_a_deleted_comment_leaves_its_mark_and_none_of_its_words(office: Office, reference: str) -> None:
    lead = office.staff()
    written = write(lead, reference, text="Meant for another family")
    gone = lead.sends(f"/review/drafts/{reference}/comments/{written['id']}/delete", {}, f"/review/drafts/{reference}")
    assert gone.status_code == 303
    html = lead.reads(f"/review/drafts/{reference}")
    assert "Meant for another family" not in html
    assert "was deleted by Lead professional (demo)" in html
    mark = listed(lead, reference)[0]
    assert (mark["state"], mark["text"]) == ("deleted", "")


def test_somebody_elses_comment_is_deleted_by_a_manager_alone(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    theirs = write(manager, reference, text="From the manager")
    path = f"/api/v1/review/drafts/{reference}/comments/{theirs['id']}"
    assert lead.client.delete(path).status_code == 403
    mine = write(lead, reference, text="From the lead")
    path = f"/api/v1/review/drafts/{reference}/comments/{mine['id']}"
    assert manager.client.delete(path).json()["deleted_by"] == "demo.team-manager"


def test_a_form_that_is_sent_twice_writes_one_comment(office: Office, reference: str) -> None:
    lead = office.staff()
    path = f"/review/drafts/{reference}/comment?about=section.P03"
    html = lead.reads(path)
    key = html.split('name="key" value="')[1].split('"')[0]
    fields = {"text": "Who goes with him?", "asks": "question", "key": key, "about": "section.P03"}
    for _ in range(2):
        sent = lead.sends(f"/review/drafts/{reference}/comment", fields, page=path)
        assert sent.status_code == 303
    written = listed(lead, reference)
    assert [comment["text"] for comment in written] == ["Who goes with him?"]
    assert sent.headers["location"].endswith(f"#comment-{written[0]['id']}")


def test_the_form_says_what_is_missing_and_keeps_the_rest(office: Office, reference: str) -> None:
    lead = office.staff()
    path = f"/review/drafts/{reference}/comment"
    reply = lead.sends(path, {"text": "I wrote this"})
    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert "Choose what the comment asks for" in reply.text
    assert "I wrote this</textarea>" in reply.text


def test_a_part_that_went_meanwhile_does_not_lose_what_was_typed(office: Office, reference: str) -> None:
    lead = office.staff()
    path = f"/review/drafts/{reference}/comment"
    html = lead.reads(f"{path}?about=line.9999")
    assert "The draft has no line.9999" in html
    assert "The whole draft" in html


def test_a_revision_that_is_given_must_be_the_current_one(office: Office, reference: str) -> None:
    lead = office.staff()
    write(lead, reference, text="First")
    reply = lead.posts(f"/drafts/{reference}/comments", {"text": "Second", "revision": 0})
    assert reply.status_code == 409
    assert "Lead professional (demo) wrote a comment" in reply.json()["detail"]
    assert len(listed(lead, reference)) == 1


def test_another_teams_people_and_other_roles_read_and_write_none(office: Office, reference: str) -> None:
    written = write(office.staff(), reference, text="Ours")
    stranger = office.staff(team="early_help")
    assert stranger.gets(f"/drafts/{reference}/comments").status_code == 404
    assert stranger.posts(f"/drafts/{reference}/comments", {"text": "x"}).status_code == 404
    assert stranger.posts(f"/drafts/{reference}/comments/{written['id']}/resolve", {}).status_code == 404
    assert office.staff("auditor").gets(f"/drafts/{reference}/comments").status_code == 403
    assert office.staff("finance").posts(f"/drafts/{reference}/comments", {"text": "x"}).status_code == 403


def test_a_comment_of_one_draft_is_not_found_through_another(office: Office, reference: str) -> None:
    lead, other = office.staff(), office.family(plan=PLAN, status="sent")
    written = write(lead, reference, text="Here")
    assert lead.posts(f"/drafts/{other}/comments/{written['id']}/resolve", {}).status_code == 404


def test_the_audit_knows_of_it_and_none_of_its_words(office: Office, reference: str) -> None:
    write(office.staff(), reference, text="Marmalade")
    with office.database.read() as tx:
        lines = audit.lines(tx, subject=drafts.by_reference(tx, reference).id, limit=100)
    written = [line for line in lines if line.action == "comment.written"]
    assert [line.actor for line in written] == ["demo.lead-professional"]
    assert "Marmalade" not in str(lines)
    with office.database.read() as tx:
        raw = tx.connection.exec_driver_sql("select words_sealed from comments").fetchall()
    assert all(b"Marmalade" not in bytes(row[0]) for row in raw)


def test_the_draft_page_begins_with_the_child_and_what_needs_doing(office: Office, reference: str) -> None:
    office.staff().reads(f"/review/drafts/{reference}")
    office.forward(days=21)
    try:
        lead = office.staff()
        html = lead.reads(f"/review/drafts/{reference}")
        record = lead.gets(f"/drafts/{reference}").json()
    finally:
        office.forward(days=-21)
    assert (
        html.index("Ty, 8")
        < html.index("He is cheeky and kind.")
        < html.index("What needs doing")
        < html.index("On this page")
    )
    told = [one["text"] for one in record["to_do"]]
    assert "The plan has waited 15 working days for an answer, and was promised within 10" in told
    assert "Nobody leads this case" in told
    for href in ("case", "comments", "plan", "amount", "answers", "said", "history"):
        assert f'id="{href}"' in html
        assert f'href="#{href}"' in html
    assert record["case"]["team"] == "children"
    assert "opened the case" in [line["what"] for line in record["history"]]


def test_answers_of_all_sides_stand_together_on_the_draft_page(office: Office, reference: str) -> None:
    lead = office.staff()
    revision = lead.gets(f"/drafts/{reference}").json()["case"]["revision"]
    own = {"code": "S1", "level": 0, "reason": "He sat with a book for an hour."}
    assert lead.posts(f"/drafts/{reference}/moderation", {"answers": [own], "revision": revision}).status_code == 200
    html = lead.reads(f"/review/drafts/{reference}")
    assert "He sat with a book for an hour." in html
    assert "2 levels apart" in html
    assert "Voices differ" in html


def test_lines_are_added_up_against_the_guide_amount(office: Office, reference: str) -> None:
    lead = office.staff()
    record = lead.gets(f"/drafts/{reference}").json()["plan"]
    assert [line["id"] for line in record["lines"]] == [line.id for line in PLAN.lines]
    assert "Total so far" in lead.reads(f"/review/drafts/{reference}")
