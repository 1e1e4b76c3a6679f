"""Deciding with forms: what is typed stays, what is wrong is named, and the check shows it before anything is kept."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import decisions, drafts, family_answers
from bot.store.decisions import Decision
from tests.review.decided import TOTAL, sent_family
from tests.review.office import Office, open_office

WHY = "The plan needs less than the guide amount this year."
LESS = {
    "outcome": "agree_in_part",
    "final": "1,300.00",
    "reasons": "The pool has a cheaper time.\n\nWe rang them.",
    "line-1-verdict": "changed",
    "line-1-pence": "£325",
    "line-1-reason": "Half price before ten.",
    "line-1-stream": "social_care",
    "line-2-verdict": "agreed",
    "line-2-stream": "social_care",
}


@pytest.fixture(scope="module")
def office(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("decision-pages")
    shutil.copy(empty_store, folder / "store.db")
    with open_office(folder / "store.db") as opened:
        yield opened


@pytest.fixture
def reference(office: Office) -> str:
    return sent_family(office)


def kept(office: Office, reference: str) -> tuple[Decision, ...]:
    with office.database.read() as tx:
        return decisions.listing(tx, drafts.by_reference(tx, reference).id)


def seen(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_form_is_checked_proposed_and_signed_by_somebody_else(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    path = f"/review/drafts/{reference}/decision"
    checked = lead.sends(f"{path}/new", LESS)
    assert checked.status_code == 200, seen(checked.text)
    words = seen(checked.text)
    for expected in ("Agree in part", "£1,300", "£325", "Half price before ten.", "section 17A", "Propose it"):
        assert expected in words
    assert "Sign in my name" not in words
    assert kept(office, reference) == ()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', checked.text))
    fields = {name: html.unescape(value) for name, value in hidden.items()}
    again = lead.client.post(f"{path}/new", data=fields | {"change": "yes"})
    assert "Half price before ten." in again.text
    assert 'value="£325"' in again.text
    proposed = lead.client.post(f"{path}/propose", data=fields)
    assert (proposed.status_code, proposed.headers["location"]) == (303, path)
    (made,) = kept(office, reference)
    assert made.said.reasons == ("The pool has a cheaper time.", "We rang them.")
    assert [line.agreed_pence for line in made.said.lines] == [32_500, 97_500, 0]
    assert "The role lead professional signs no decisions." in seen(lead.reads(path))
    waiting = manager.reads(path)
    assert "Can sign: team manager, group manager, head of service." in seen(waiting)
    signed = manager.sends(f"{path}/sign", {}, path)
    assert signed.status_code == 303, seen(signed.text)
    after = seen(manager.reads(path))
    assert "In force" in after
    assert "Both signatures" in after
    assert "Nothing yet. They have the letter." in after
    assert "Decide on this plan" not in after


def test_what_the_family_asked_for_is_signed_at_once(office: Office, reference: str) -> None:
    manager = office.staff("team-manager")
    path = f"/review/drafts/{reference}/decision"
    fields = {"outcome": "agree", "final": "1,625.00", "reasons": WHY}
    fields |= {f"line-{number}-verdict": "agreed" for number in (1, 2)}
    checked = manager.sends(f"{path}/new", fields)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', checked.text))
    done = manager.client.post(
        f"{path}/propose", data={name: html.unescape(value) for name, value in hidden.items()} | {"then": "sign"}
    )
    assert done.status_code == 303, seen(done.text)
    (made,) = kept(office, reference)
    assert (made.state, made.said.final_pence) == ("signed", TOTAL)


def test_what_is_wrong_is_named_beside_the_field_and_what_was_typed_stays(office: Office, reference: str) -> None:
    lead = office.staff()
    wrong = LESS | {"final": "four thousand", "line-1-reason": "", "line-2-verdict": ""}
    reply = lead.sends(f"/review/drafts/{reference}/decision/new", wrong)
    words = seen(reply.text)
    assert reply.status_code == 422
    assert "<title>Error: " in reply.text
    assert 'value="four thousand"' in reply.text
    assert 'href="#final"' in reply.text
    assert words.count("Write the amount in numbers, like 4,500 or 4,500.50") == 2
    assert "Saturday club: choose what is decided" in words
    sums = lead.sends(f"/review/drafts/{reference}/decision/new", LESS | {"final": "1,200"})
    assert "The lines and the contingency come to £1,300: £100 more than the final amount" in seen(sums.text)
    assert "Half price before ten." in sums.text
    not_yet = lead.sends(f"/review/drafts/{reference}/decision/new", {"outcome": "refuse_for_now", "reasons": "x"})
    assert "Write what would help, in words for the family" in seen(not_yet.text)
    many = LESS | {f"panel-somebody.{number}": "yes" for number in range(13)}
    assert "Choose twelve people at most" in seen(lead.sends(f"/review/drafts/{reference}/decision/new", many).text)
    assert kept(office, reference) == ()


def test_a_stale_form_is_told_what_changed_and_keeps_its_words(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    path = f"/review/drafts/{reference}/decision"
    checked = lead.sends(f"{path}/new", LESS)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', checked.text))
    fields = {name: html.unescape(value) for name, value in hidden.items()}
    body = {"decision": "agree_in_part", "final_pence": 90_000, "reasons": "Other"}
    assert manager.posts(f"/drafts/{reference}/decision/proposal", body).status_code == 200
    late = lead.client.post(f"{path}/propose", data=fields)
    assert late.status_code == 409
    assert "Team manager (demo) proposed a decision" in seen(late.text), seen(late.text)
    assert "Half price before ten." in late.text
    assert len(kept(office, reference)) == 1


def test_without_the_token_of_the_page_nothing_is_signed(office: Office, reference: str) -> None:
    office.staff().posts(
        f"/drafts/{reference}/decision/proposal",
        {"decision": "agree_in_part", "final_pence": 90_000, "reasons": "Other"},
    )
    manager = office.staff("team-manager")
    for way in ("sign", "back", "vote", "propose", "new"):
        reply = manager.client.post(f"/review/drafts/{reference}/decision/{way}", data={"csrf": "guessed"})
        assert reply.status_code == 403
    assert kept(office, reference)[0].state == "waiting"


def test_the_drafts_page_shows_what_waits_and_both_signatures(office: Office, reference: str) -> None:
    lead, manager = office.staff(), office.staff("team-manager")
    path = f"/review/drafts/{reference}"
    assert "Decide on this plan" in seen(lead.reads(path))
    body = {"decision": "agree_in_part", "final_pence": 90_000, "reasons": "There are free places."}
    bound = lead.posts(f"/drafts/{reference}/decision/proposal", body).json()["bound"]
    assert "A decision waits for a signature" in seen(manager.reads(path))
    manager.posts(f"/drafts/{reference}/decision/signature", {})
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        family_answers.add(
            tx, draft.id, decision=1, kind="agreed", member="m1", role="parent", bound=bound, at=office.now
        )
    page = seen(manager.reads(path))
    assert "£900 a year, on version 1." in page
    assert "Team manager (demo), team manager" in page
    assert "Agreed: parent (m1)" in page
    assert "signed a decision" in page
    assert manager.gets(f"/drafts/{reference}").json()["decided"]["council"][0]["who"] == "demo.team-manager"


def test_before_a_plan_was_sent_the_page_says_so(office: Office) -> None:
    page = office.staff().reads(f"/review/drafts/{office.family()}/decision")
    assert "The family has not sent its plan." in seen(page)


def test_the_panel_votes_on_the_page(office: Office, reference: str) -> None:
    manager, group, _ = (office.staff(role) for role in ("team-manager", "group-manager", "head-of-service"))
    lead = office.staff()
    path = f"/review/drafts/{reference}/decision"
    form = lead.reads(f"{path}/new")
    boxes = dict(re.findall(r'name="(panel-[^"]+)" value="(yes)"', form))
    assert "Team manager (demo), team manager" in seen(form)
    assert "panel-demo.lead-professional" not in boxes, "who proposes it does not vote"
    people = {f"panel-demo.{role}": "yes" for role in ("team-manager", "group-manager", "head-of-service")}
    assert boxes.items() >= people.items()
    checked = lead.sends(f"{path}/new", LESS | people)
    assert "Put it to the panel" in checked.text
    assert "Group manager (demo)" in seen(checked.text)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', checked.text))
    lead.client.post(f"{path}/propose", data={name: html.unescape(value) for name, value in hidden.items()})
    empty = manager.sends(f"{path}/vote", {}, path)
    assert "Say whether you agree" in seen(empty.text)
    assert manager.sends(f"{path}/vote", {"agrees": "yes"}, path).status_code == 303
    assert "Missing: 1 more to agree; 1 more role; group manager or head of service." in seen(group.reads(path))
    assert group.sends(f"{path}/vote", {"agrees": "yes"}, path).status_code == 303
    assert kept(office, reference)[0].state == "signed"


def test_the_contingency_is_drawn_on_the_page(office: Office, reference: str) -> None:
    body = {"decision": "agree", "final_pence": TOTAL + 10_000, "reasons": "Winter is hard."}
    lead, manager = office.staff(), office.staff("team-manager")
    lead.posts(f"/drafts/{reference}/decision/proposal", body)
    manager.posts(f"/drafts/{reference}/decision/signature", {})
    path, to = f"/review/drafts/{reference}/decision", f"/review/drafts/{reference}/contingency"
    assert "Write the amount in numbers" in seen(
        lead.sends(to, {"pence": "lots", "cause": "gap", "reason": "x"}, path).text
    )
    assert lead.sends(to, {"pence": "60", "cause": "crisis", "reason": "He broke a leg"}, path).status_code == 303
    assert manager.sends(f"{to}/1", {"agreed": "yes"}, path).status_code == 303
    assert "£40 is left of £100." in seen(manager.reads(path))
