"""Reports of plans that are lived: figures that add up, small numbers hidden, a table beside every chart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.review.charts import bars
from bot.store import audit, cases, drafts, living, payments, plan_versions, reviews
from tests.review.agreed import Agreed, agreed_plan, decide
from tests.review.test_living_pages import Browser


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    """One live plan with a payment made and money spent, whose family has looked back."""
    with agreed_plan(empty_store, tmp_path_factory.mktemp("reports")) as made:
        lead = made.signs_in("lead-professional")
        assert lead.sends("/living", {"starts": "2026-11-22", "lines": [202, 203]}).is_success
        first = lead.living()["payments"][0]
        one = {"schedule": first["schedule"], "number": first["number"]}
        assert lead.sends("/payments/made", {"payments": [one], "on": "2026-11-22"}).is_success
        assert lead.sends("/spending", {"text": "petrol £12 today"}).json()["taken"] == 1
        yield made


def neighbours(agreed: Agreed, count: int) -> None:
    """More families with the same plan, in the store as their own turns would have left them."""
    service, now = agreed.service, agreed.service.clock()
    for number in range(count):
        with service.database.write() as tx:
            first = drafts.by_reference(tx, agreed.family.reference)
            sent = plan_versions.get(tx, first.id, 1)
            assert sent is not None
            draft = drafts.create(
                tx,
                prefix="EX",
                questionnaire_id=first.questionnaire_id,
                questionnaire_version=first.questionnaire_version,
                state=first.state,
                stage="sent",
                position=0,
                actor="family",
                at=now,
            )
            version = {field.name: getattr(sent, field.name) for field in fields(sent) if field.name != "at"}
            plan_versions.add(tx, draft.id, **version, actor="family", at=now)
            cases.opened(tx, draft.id, team=cases.get(tx, first.id).team, at=now)
        decide(service, draft.reference)
        with service.database.write() as tx:
            by, today = "demo.lead-professional", now.date()
            year = living.begin_year(
                tx, draft.id, starts=today, decision=1, plan_version=1, rules="2026.1", by=by, at=now
            )
            payment = payments.NewPayment(202, "council", "nhs", today, today, today, 1_000, 1_000)
            payments.add_schedule(
                tx,
                draft.id,
                [payment],
                year=year.seq,
                decision=1,
                rhythm="monthly",
                change_from=today,
                last=today,
                cause="begun",
                reason="",
                by=by,
                at=now,
            )
            review = reviews.open_review(tx, draft.id, kind="other", cause="asked", due=today, words="", by=by, at=now)
            choice = "got_there" if number % 2 else "part"
            reviews.say(tx, draft.id, review, about="goal/80", voice="family", choice=choice, words="", by="m1", at=now)


def test_one_family_alone_is_not_to_be_seen(agreed: Agreed) -> None:
    lead = agreed.signs_in("lead-professional")
    for by in ("area", "stream", "team"):
        found = lead.gets(f"/reports/spend?by={by}").json()
        assert found["rows"]
        assert {cell["amount"] for row in found["rows"] for cell in row["cells"]} == {None}
        assert found["families"] is None
    assert "12.00" not in lead.gets("/reports/spend.csv").text
    assert lead.gets("/reports/outcomes").json()["rows"] == []


def test_with_many_families_the_figures_add_up(agreed: Agreed) -> None:
    neighbours(agreed, 12)
    lead = agreed.signs_in("group-manager")
    found = lead.gets("/reports/spend?by=stream").json()
    nhs = next(row for row in found["rows"] if row["row"] == "nhs")
    own = agreed.signs_in("lead-professional").living()["payments"]
    inside = [one for one in own if one["line"] == 202 and one["pay_on"] <= "2026-11-22"]
    assert {cell["column"]: cell["amount"] for cell in nhs["cells"]} == {
        "planned": 12_000 + sum(one["pence"] for one in inside),
        "paid": sum(one["pence"] for one in inside if one["made_on"]),
        "spent": 1_200,
    }
    assert nhs["families"] == 13
    outcomes = lead.gets("/reports/outcomes?by=area").json()
    (row,) = outcomes["rows"]
    assert {cell["column"]: cell["amount"] for cell in row["cells"]} == {
        "got_there": 6,
        "part": 6,
        "not_yet": 0,
        "changed": 0,
    }
    assert row["title"] == "Friends, and having a say"


def test_the_table_for_spreadsheets(agreed: Agreed) -> None:
    reply = agreed.signs_in("group-manager").gets("/reports/outcomes.csv?by=team")
    assert reply.text.startswith("\ufeffteam,Got there,Part of the way,Not yet,Another goal now,Families\r\n")
    assert reply.headers["content-disposition"] == 'attachment; filename="outcomes.csv"'


def test_who_may_see_which_report(agreed: Agreed) -> None:
    for role, outcomes, spend in (("finance", 403, 200), ("auditor", 200, 200), ("team-manager", 200, 200)):
        somebody = agreed.signs_in(role)
        assert somebody.gets("/reports/outcomes").status_code == outcomes
        assert somebody.gets("/reports/spend").status_code == spend
    with agreed.service.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject="all", limit=1000)]
    assert {"report.viewed", "report.exported"} <= set(actions)


@pytest.mark.parametrize("query", ["first=2027-01-01&last=2026-01-01", "by=child", "first=soon", "first=0001-01-01"])
def test_periods_and_groups_that_cannot_be(agreed: Agreed, query: str) -> None:
    assert agreed.signs_in("auditor").gets(f"/reports/spend?{query}").status_code == 422


def test_the_page_has_a_chart_and_the_same_figures_as_a_table(agreed: Agreed) -> None:
    manager = Browser(agreed, "group-manager")
    text = manager.opens("/review/reports/outcomes?by=area")
    svg = re.search(r"<svg.*?</svg>", text, re.DOTALL)
    assert svg
    drawn = ElementTree.fromstring(svg[0])  # noqa: S314 - our own
    names = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert {"title", "desc", "pattern", "text"} <= names
    assert "script" not in names
    assert "Got there: 6" in svg[0]
    assert "<td" in text
    assert "The same figures as a table" in text
    wrong = manager.http.get("/review/reports/spend?first=soon")
    assert (wrong.status_code, "<title>Error: Money" in wrong.text) == (422, True)
    manager.http.close()


def test_a_chart_escapes_what_it_is_given_and_draws_nothing_for_what_is_hidden() -> None:
    drawn = str(bars("x", "<b>", "d", ["A"], [("<script>", [(None, "hidden")]), ("ok", [(3, "3")])]))
    assert "<script>" not in drawn
    assert drawn.count("<rect x=") == 1
    assert "A: hidden" in drawn
