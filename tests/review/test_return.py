"""A plan goes back to its family with plain questions and comes again, from both sides of the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store import audit, drafts, notices, returns
from tests.gateway.planning import Family
from tests.gateway.talk import Person, words
from tests.plans.documents.families import PLAN
from tests.review.families import Both, both_sides
from tests.review.office import Professional

SWIM = {"text": "Who goes swimming with Ty now?", "about": "section.P03"}
SCHOOL = {"text": "Is the school happy to be asked?"}


@pytest.fixture(scope="module")
def both(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with both_sides(empty_store, tmp_path_factory.mktemp("returns")) as opened:
        yield opened


def send_back(lead: Professional, family: Family, *questions: dict[str, str], **more: Any) -> dict[str, Any]:
    reply = lead.posts(f"/drafts/{family.reference}/return", {"questions": list(questions), **more})
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def comment(lead: Professional, family: Family, **said: Any) -> dict[str, Any]:
    reply = lead.posts(f"/drafts/{family.reference}/comments", said)
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


def comments(lead: Professional, family: Family) -> list[dict[str, Any]]:
    return list(lead.gets(f"/drafts/{family.reference}/comments").json()["comments"])


def options(person: Person) -> list[str]:
    return [option["value"] for option in person.last["messages"][-1]["options"]]


def test_asked_answered_and_sent_again_with_nothing_typed_twice(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    asked = comment(lead, family, text="Respite – who is with him?", about="section.P03", asks="question")
    sent = lead.posts(
        f"/drafts/{family.reference}/return",
        {"comments": [{"id": asked["id"], "text": SWIM["text"]}], "questions": [SCHOOL]},
    ).json()
    assert sent["status"] == "returned"
    now = family.comes_in()
    assert "has 2 questions. This is not a no." in words(now.last)
    assert now.last["state"]["stage"] == "returned"
    assert SWIM["text"] in words(now.last)
    assert "Respite" not in words(now.last)
    now.says("his cousin Jade, every other week")
    now.says("no")
    now.says("yes, I asked Mrs Bell")
    assert "You have answered all of it" in words(now.last)
    now.picks("after.send.yes")
    now.picks("plan.send_yes")
    assert now.last["state"]["stage"] == "sent"
    record = lead.gets(f"/drafts/{family.reference}").json()
    assert record["draft"]["status"] == "sent"
    first, second = comments(lead, family)
    assert first["text"] == "Respite – who is with him?"
    assert first["asked"][0]["replies"][0]["words"] == "his cousin Jade, every other week"
    assert second["text"] == SCHOOL["text"]
    assert second["asked"][0]["replies"][0]["words"] == "yes, I asked Mrs Bell"
    ended = lead.gets(f"/drafts/{family.reference}/return").json()["returns"][0]
    assert ended["ended"] == "sent_again"
    with both.service.database.read() as tx:
        draft = drafts.by_reference(tx, family.reference)
        told = {(notice.audience, notice.kind) for notice in notices.listing(tx, limit=50, draft_id=draft.id)}
    assert {("family", "returned"), ("staff", "answered")} <= told


def test_a_change_made_for_a_question_is_a_new_version_with_its_difference(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, {"text": "Could Ty's own words be in it?", "about": "section.P01", "asks": "change"})
    person = family.comes_in()
    person.picks("after.go")
    assert person.last["state"]["question_id"] == "P01"
    person.picks("plan.add")
    person.says("I like buses, says Ty")
    person.says("that's all")
    while person.last["state"]["stage"] != "returned":
        person.says("skip")
    person.picks("after.changed")
    person.picks("after.send.yes")
    person.picks("plan.send_yes")
    versions = lead.gets(f"/drafts/{family.reference}").json()["plan"]["versions"]
    assert [version["version"] for version in versions] == [1, 2]
    assert "I like buses, says Ty" in str(versions[1]["differences"])
    asked = comments(lead, family)[0]["asked"][0]
    assert [reply["kind"] for reply in asked["replies"]] == ["changed"]


def test_what_was_typed_before_the_return_came_is_not_taken_as_its_answer(both: Both) -> None:
    family, person = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL)
    said = person.says("thank you, bye")
    assert "not as an answer to this" in words(said)
    assert SCHOOL["text"] in words(said)
    assert comments(lead, family)[0]["asked"][0]["replies"] == []
    person.says("yes they are")
    assert comments(lead, family)[0]["asked"][0]["replies"][0]["words"] == "yes they are"


def test_an_open_page_shows_the_questions_when_it_is_loaded_again(both: Both) -> None:
    family, person = both.sent()
    send_back(both.lead(), family, SCHOOL)
    said = person.reads()["messages"]
    assert [line["text"] for line in said if "open in two places" in line["text"]] == []
    assert "This is not a no" in said[-2]["text"]
    assert SCHOOL["text"] in said[-1]["text"]


def test_an_emergency_in_an_answer_is_an_emergency(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL)
    person = family.comes_in()
    reply = person.says("he has a knife and mum is hurt")
    assert "999" in words(reply)
    assert comments(lead, family)[0]["asked"][0]["replies"] == []
    person.says("carry on")
    assert SCHOOL["text"] in words(person.last)


def test_a_repeated_message_answers_once(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL, SWIM)
    person = family.comes_in()
    person.says("yes", key="once-only-1")
    person.says("yes", key="once-only-1")
    assert len(comments(lead, family)[0]["asked"][0]["replies"]) == 1


def test_two_returns_in_a_row_ask_everything_that_is_open(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL)
    person = family.comes_in()
    person.says("later")
    send_back(lead, family, SWIM)
    again = family.comes_in()
    assert "has 2 questions" in words(again.last)
    assert SCHOOL["text"] in words(again.last)
    again.says("they are")
    assert SWIM["text"] in words(again.last)


def test_a_question_that_is_taken_back_is_not_asked_and_the_last_one_ends_the_return(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    sent = send_back(lead, family, SCHOOL, SWIM)
    first, second = sent["returns"][0]["questions"]
    back = lead.posts(f"/drafts/{family.reference}/return/{first['id']}/withdraw", {}).json()
    assert back["status"] == "returned"
    person = family.comes_in()
    assert "has one question" in words(person.last)
    assert SWIM["text"] in words(person.last)
    back = lead.posts(f"/drafts/{family.reference}/return/{second['id']}/withdraw", {}).json()
    assert back["status"] == "looked_at"
    assert "You sent your plan" in words(family.comes_in().last)


def test_what_the_family_writes_while_a_question_is_taken_back_is_kept(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL, SWIM)
    person = family.comes_in()
    assert SCHOOL["text"] in words(person.last)
    with both.service.database.write() as tx:
        draft = drafts.by_reference(tx, family.reference)
        question = returns.this_round(tx, draft.id)[0].questions[0]
        returns.happened(tx, draft.id, question.id, "withdrawn", by="demo", at=both.service.clock())
    said = person.says("they are happy")
    assert "not as an answer to this" in words(said)
    assert SWIM["text"] in words(said)
    transcript = [line["text"] for line in person.reads()["messages"]]
    assert "they are happy" in transcript


def test_a_question_that_was_answered_is_not_taken_back(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    sent = send_back(lead, family, SCHOOL)
    family.comes_in().says("yes")
    question = sent["returns"][0]["questions"][0]["id"]
    assert lead.posts(f"/drafts/{family.reference}/return/{question}/withdraw", {}).status_code == 409


def test_the_team_takes_the_return_back_and_keeps_the_answers(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL, SWIM)
    person = family.comes_in()
    person.says("they are")
    taken = lead.posts(f"/drafts/{family.reference}/return/take-back", {}).json()
    assert taken["status"] == "looked_at"
    assert taken["returns"][0]["questions"][0]["replies"][0]["words"] == "they are"
    assert person.state["stage"] == "sent"


def test_sending_a_changed_plan_without_an_answer_ends_the_return(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL)
    person = family.comes_in()
    person.picks("after.later")
    person.picks("plan.change")
    person.picks("plan.go.P03")
    person.picks("plan.add")
    person.says("And the sea")
    while person.last["state"]["stage"] != "plan_check":
        person.says("skip")
    assert options(person)[-1] == "after.open"
    person.picks("plan.send_again")
    person.picks("plan.share_done")
    person.picks("plan.send_yes")
    assert person.last["state"]["stage"] == "sent"
    record = lead.gets(f"/drafts/{family.reference}/return").json()
    assert (record["status"], record["returns"][0]["ended"]) == ("sent", "sent_again")


def test_a_note_never_goes_to_the_family(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    note = comment(lead, family, text="Mother sounds worn out", about="case", asks="note")
    reply = lead.posts(f"/drafts/{family.reference}/return", {"comments": [{"id": note["id"]}]})
    assert reply.status_code == 422
    assert "note for colleagues" in reply.json()["detail"]


def test_nothing_goes_back_without_a_question_or_before_a_plan_was_sent(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    assert lead.posts(f"/drafts/{family.reference}/return", {}).status_code == 422
    early = both.office.family(plan=replace(PLAN, sent=()))
    reply = lead.posts(f"/drafts/{early}/return", {"questions": [SCHOOL]})
    assert reply.status_code == 409
    assert "once the family has sent it" in reply.json()["detail"]


def test_a_stale_form_sends_nothing_and_says_who_did_what(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    read = lead.gets(f"/drafts/{family.reference}/return").json()["revision"]
    comment(both.office.staff("team-manager"), family, text="Please wait", about="case")
    reply = lead.posts(f"/drafts/{family.reference}/return", {"questions": [SCHOOL], "revision": read})
    assert reply.status_code == 409
    assert "Team manager (demo) wrote a comment" in reply.json()["detail"]
    assert "You sent your plan" in words(family.comes_in().last)


def test_a_replayed_request_sends_one_return(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    for _ in range(2):
        again = send_back(lead, family, SCHOOL, key="the-same-form-1")
    assert len(again["returns"]) == 1
    assert len(comments(lead, family)) == 1


def test_hard_words_are_advised_against_and_sent_all_the_same(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    hard = "What respite provision would be commensurate with the eligible needs identified in the assessment?"
    sent = send_back(lead, family, {"text": hard})
    advice = " ".join(sent["advice"][0]["advice"])
    assert "a short break" in advice
    assert "Shorter words" in advice
    assert hard in words(family.comes_in().last)


def test_a_young_person_is_asked_in_words_to_them(both: Both) -> None:
    plan = replace(PLAN, members=(replace(PLAN.members[0], role="young_person", name="Sam"),))
    family, _ = both.sent(plan)
    send_back(both.lead(), family, SCHOOL)
    assert "They have one question for you" in words(family.comes_in().last)


def test_a_comment_that_is_deleted_takes_its_question_back(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    send_back(lead, family, SCHOOL)
    written = comments(lead, family)[0]
    gone = lead.client.delete(f"/api/v1/review/drafts/{family.reference}/comments/{written['id']}").json()
    assert (gone["state"], gone["text"], gone["deleted_by"]) == ("deleted", "", "demo.lead-professional")
    assert gone["asked"][0]["withdrawn"]
    assert "You sent your plan" in words(family.comes_in().last)


def test_every_step_is_in_the_audit_without_a_word_of_it(both: Both) -> None:
    family, _ = both.sent()
    send_back(both.lead(), family, SCHOOL)
    family.comes_in().says("they are happy with it")
    with both.service.database.read() as tx:
        draft = drafts.by_reference(tx, family.reference)
        lines = audit.lines(tx, subject=draft.id, limit=500)
    actions = [line.action for line in lines]
    assert {"plan.sent", "case.returned", "comment.written", "return.answered"} <= set(actions)
    assert "happy" not in " ".join(line.detail for line in lines)


def test_the_page_shows_the_questions_as_the_family_reads_them_then_sends(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    asked = comment(lead, family, text="More detail on outcomes needed", about="section.P08", asks="question")
    path = f"/review/drafts/{family.reference}/return"
    html = lead.reads(path)
    assert "More detail on outcomes needed" in html
    nothing = lead.sends(path, {"then": "check"})
    assert nothing.status_code == 422
    assert "Choose a comment, or write a question" in nothing.text
    typed = {f"take-{asked['id']}": "yes", f"words-{asked['id']}": "What should be better by summer?", "then": "check"}
    check = lead.sends(path, typed)
    assert "As the family will read it" in check.text
    assert "What should be better by summer?" in check.text
    back = lead.sends(path, typed | {"then": "change"})
    assert "What should be better by summer?</textarea>" in back.text
    sent = lead.sends(path, typed | {"then": "send"})
    assert sent.status_code == 303
    person = family.comes_in()
    assert "What should be better by summer?" in words(person.last)
    assert f'name="take-{asked["id"]}"' not in lead.reads(path), "it is with the family already"
    person.says("He swims alone")
    person.says("no")
    person.says("yes")
    person.says("yes")
    assert person.last["state"]["stage"] == "sent"
    again = lead.reads(path)
    assert f'name="take-{asked["id"]}" value="yes">' in again, "answered, so offered and not ticked"


def test_a_stale_page_keeps_what_was_typed(both: Both) -> None:
    family, _ = both.sent()
    lead = both.lead()
    path = f"/review/drafts/{family.reference}/return"
    html = lead.reads(path)
    comment(both.office.staff("team-manager"), family, text="Please wait", about="case")
    revision = html.split('name="revision" value="')[1].split('"')[0]
    fields = {"own-1": "Is the school happy?", "then": "send", "revision": revision}
    reply = lead.sends(path, fields)
    assert reply.status_code == 409
    assert "Somebody changed this case meanwhile" in reply.text
    assert "Is the school happy?</textarea>" in reply.text
