"""A plan is lived: it starts line by line, finance pays to the penny, what was spent is written down, and all of it by name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import audit, drafts
from tests.review.agreed import AGREED, Agreed, Worker, agreed_plan, decide

STARTS = "2026-11-30"
CHECKS = ("agreement", "dbs", "references", "insurance", "contract")


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    """One plan for the whole module: its tests come in the order in which a plan is lived."""
    with agreed_plan(empty_store, tmp_path_factory.mktemp("live")) as made:
        yield made


@pytest.fixture
def lead(agreed: Agreed) -> Worker:
    return agreed.signs_in("lead-professional")


@pytest.fixture
def finance(agreed: Agreed) -> Worker:
    return agreed.signs_in("finance")


def line(living: dict, number: int) -> dict:
    return next(one for one in living["lines"] if one["line"] == number)


def test_the_list_of_what_must_be_seen_before_each_line(lead: Worker) -> None:
    living = lead.living()
    assert [one["line"] for one in living["lines"]] == list(AGREED), "what is not agreed now is not there"
    assert [check["check"] for check in line(living, 200)["checks"]] == list(CHECKS)
    assert [check["check"] for check in line(living, 201)["checks"]] == ["agreement"]
    assert line(living, 202)["checks"] == line(living, 204)["checks"] == []
    assert line(living, 200)["missing"][0] == "Direct payment agreement signed"
    assert living["example"] is True


def test_a_line_that_pays_a_person_is_refused_until_everything_was_seen(lead: Worker) -> None:
    reply = lead.sends("/living", {"starts": STARTS, "lines": [200, 202]})
    assert reply.status_code == 422
    assert "Enhanced DBS check seen" in reply.json()["detail"]
    assert "Employers' liability insurance in place" in reply.json()["detail"]
    assert lead.living()["status"] == "agreed_in_part", "nothing has started"


def test_days_that_cannot_be_are_refused(lead: Worker) -> None:
    for starts in ("2026-11-20", "2028-01-01", "2026-02-30"):
        assert lead.sends("/living", {"starts": starts}).status_code == 422


def test_the_plan_goes_live_with_the_lines_that_may_start(agreed: Agreed, lead: Worker) -> None:
    assert lead.sends("/living/checks", {"line": 201, "check": "agreement", "on": "2026-11-20"}).status_code == 200
    reply = lead.sends("/living", {"starts": STARTS})
    assert reply.status_code == 200, reply.text
    living = reply.json()
    assert (living["status"], living["starts"], living["ends"]) == ("live", STARTS, "2027-11-29")
    assert {one["line"] for one in living["lines"] if one["started_on"] == STARTS} == {201, 202, 203, 204}
    assert line(living, 200)["started_on"] is None
    for number in (201, 202, 203):
        assert sum(one["pence"] for one in living["payments"] if one["line"] == number) == AGREED[number]
    assert len([one for one in living["payments"] if one["line"] == 201]) == 13
    assert {one["financial_year"] for one in living["payments"]} == {"2026-27", "2027-28"}
    assert agreed.family.comes_in().last["state"]["stage"] == "live"
    assert lead.sends("/living", {"starts": STARTS}).status_code == 409, "it is live already"


def test_a_tick_names_who_saw_it_and_what_is_taken_back_counts_no_more(lead: Worker) -> None:
    manager = lead.agreed.signs_in("team-manager")
    for check in CHECKS:
        tick = {"line": 200, "check": check, "on": "2026-11-21"}
        assert manager.sends("/living/checks", tick).status_code == 200
    done = line(lead.living(), 200)
    assert done["missing"] == []
    assert {check["by"] for check in done["checks"]} == {"demo.team-manager"}
    back = {"line": 200, "check": "dbs", "tick": "taken_back", "on": "2026-11-22"}
    assert lead.sends("/living/checks", back).status_code == 422, "it needs a reason"
    assert lead.sends("/living/checks", back | {"note": "It was somebody else's"}).status_code == 200
    assert line(lead.living(), 200)["missing"] == ["Enhanced DBS check seen"]
    refused = lead.sends("/living/lines/200/start", {"on": "2026-12-14"})
    assert (refused.status_code, "Enhanced DBS check seen" in refused.text) == (422, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"line": 200, "check": "dbs", "on": "2026-11-23"},
        {"line": 200, "check": "dbs", "tick": "left_out", "on": "2026-11-22", "note": "He is her uncle"},
        {"line": 202, "check": "dbs", "on": "2026-11-22"},
        {"line": 200, "check": "horoscope", "on": "2026-11-22"},
    ],
    ids=["tomorrow", "may not be left out", "not for this line", "unknown"],
)
def test_ticks_that_cannot_be(lead: Worker, wrong: dict) -> None:
    assert lead.sends("/living/checks", wrong).status_code == 422


def test_the_line_starts_later_for_its_days_and_nothing_else_changes(agreed: Agreed, lead: Worker) -> None:
    before = {(one["line"], one["pay_on"]): one["pence"] for one in lead.living()["payments"]}
    agreed.service.clock.forward(days=1)
    assert lead.sends("/living/checks", {"line": 200, "check": "dbs", "on": "2026-11-23"}).status_code == 200
    assert lead.sends("/living/lines/200/start", {"on": "2026-11-29"}).status_code == 422, "before the plan"
    living = lead.sends("/living/lines/200/start", {"on": "2026-12-28"}).json()
    assert line(living, 200)["started_on"] == "2026-12-28"
    pa = [one for one in living["payments"] if one["line"] == 200]
    assert len(pa) == 12
    assert sum(one["pence"] for one in pa) == pytest.approx(AGREED[200] * 12 / 13, abs=1)
    after = {(one["line"], one["pay_on"]): one["pence"] for one in living["payments"] if one["line"] != 200}
    for number in (201, 202, 203):
        assert sum(pence for (one, _), pence in after.items() if one == number) == AGREED[number]
    assert set(after) == set(before)
    assert pa[0]["pay_on"] == "2026-12-24", "28 December is a day on which nobody works"
    assert [schedule["cause"] for schedule in living["schedules"]] == ["begun", "line_started"]


def test_finance_sees_money_and_no_words(agreed: Agreed, finance: Worker) -> None:
    living = finance.living()
    assert {one["what"] for one in living["lines"]} == {""}
    assert finance.gets(agreed.path).status_code == 403
    assert finance.gets(f"{agreed.path}/reviews").status_code == 403
    assert finance.sends("/living/checks", {"line": 201, "check": "agreement", "on": STARTS}).status_code == 403
    assert finance.sends("/unspent", {"decision": "keep"}).status_code == 403
    assert agreed.signs_in("auditor").gets(f"{agreed.path}/living").status_code == 403


def test_the_table_for_finance(agreed: Agreed, finance: Worker) -> None:
    reply = finance.gets("/payments.csv?first=2026-11-01&last=2027-11-30")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    living = finance.living()
    assert len(rows) == len(living["payments"])
    assert {row["reference"] for row in rows} == {agreed.family.reference}
    pence = sum(round(float(row["amount_gbp"]) * 100) for row in rows)
    assert pence == sum(one["pence"] for one in living["payments"])
    assert len({row["payment"] for row in rows}) == len(rows)
    for word in ("Ty", "trampoline", "sundays"):
        assert word not in reply.text
    assert finance.gets("/payments?first=2026-12-01&last=2026-11-01").status_code == 422
    assert agreed.signs_in("auditor").gets("/payments").status_code == 403
    with agreed.service.database.read() as tx:
        assert [one.action for one in audit.lines(tx, subject="all", limit=1000)].count("payments.exported") == 1


def test_a_payment_is_made_once(agreed: Agreed, finance: Worker) -> None:
    first = finance.living()["payments"][0]
    one = {"schedule": first["schedule"], "number": first["number"]}
    assert finance.sends("/payments/made", {"payments": [one], "on": "2026-11-24"}).status_code == 422, "tomorrow"
    made = finance.sends("/payments/made", {"payments": [one], "on": "2026-11-23"})
    assert made.status_code == 200
    assert made.json()["payments"][0]["made_on"] == "2026-11-23"
    again = finance.sends("/payments/made", {"payments": [one], "on": "2026-11-23"})
    assert (again.status_code, "made before" in again.text) == (409, True)
    old = {"schedule": 1, "number": 5}
    assert finance.sends("/payments/made", {"payments": [old], "on": "2026-11-23"}).status_code == 409, "replaced"


def test_two_at_once_the_second_is_told_what_changed(agreed: Agreed, lead: Worker) -> None:
    seen = lead.living()["revision"]
    tick = {"line": 201, "check": "agreement", "on": "2026-11-23"}
    assert agreed.signs_in("team-manager").sends("/living/checks", tick | {"revision": seen}).status_code == 200
    reply = lead.sends("/living/schedule", {"change_from": "2027-01-25", "reason": "x", "revision": seen})
    assert reply.status_code == 409
    assert "Team manager (demo)" in reply.json()["detail"]


def test_another_rhythm_keeps_what_was_paid_and_every_penny(lead: Worker) -> None:
    before = lead.living()["payments"]
    ask = {"change_from": "2027-01-25", "rhythm": "monthly", "reason": "The family is paid monthly as well"}
    living = lead.sends("/living/schedule", ask).json()
    for number in (200, 201, 202, 203):
        old, new = (
            sum(one["pence"] for one in payments if one["line"] == number) for payments in (before, living["payments"])
        )
        assert old == new
    assert [one for one in living["payments"] if one["made_on"]] == [one for one in before if one["made_on"]]
    assert living["schedules"][-1]["reason"] == "The family is paid monthly as well"
    outside = {"change_from": "2028-01-25", "reason": "x"}
    assert lead.sends("/living/schedule", outside).status_code == 422


def test_a_new_decision_changes_what_is_still_to_be_paid(agreed: Agreed, lead: Worker) -> None:
    decide(agreed.service, agreed.family.reference, AGREED | {201: 78_000})
    before = {(one["covers_from"], one["line"]): one["pence"] for one in lead.living()["payments"]}
    agreed.service.clock.forward(days=1)
    living = lead.sends("/living", {"starts": "2027-03-30"}).json()
    assert (living["status"], living["starts"], living["year"]) == ("live", STARTS, 1), "the year goes on"
    after = {(one["covers_from"], one["line"]): one["pence"] for one in living["payments"]}
    dearer = [after[place] / before[place] for place in after if place[1] == 201 and place[0] >= "2027-03-30"]
    assert dearer
    assert all(ratio == pytest.approx(2, abs=0.01) for ratio in dearer)
    assert all(after[place] == before[place] for place in after if place[0] < "2027-03-30")


def test_what_was_spent_is_read_row_by_row(agreed: Agreed, finance: Worker, lead: Worker) -> None:
    agreed.service.clock.now = agreed.service.clock.now.replace(year=2027, month=4, day=20)
    lead, finance = agreed.signs_in("lead-professional"), agreed.signs_in("finance")
    text = "trampoline £10 on 3 March\nspent 240 on the pa in march\npetrol in march\ntrampoline £10 on 3 March"
    reply = finance.sends("/spending", {"text": text}).json()
    assert reply["taken"] == 2
    assert [(one["row"], one["trouble"]) for one in reply["not_taken"]] == [(3, "amount"), (4, "twice")]
    assert reply["not_taken"][0]["words"] == "petrol in march"
    pasted = "date,line,amount\n2027-03-10,trampoline,10\n2027-03-17,201,12.50\n"
    assert lead.sends("/spending", {"text": pasted, "form": "csv"}).json()["taken"] == 2
    assert lead.sends("/spending", {"text": pasted, "form": "csv"}).json()["taken"] == 0, "it is there already"
    living = lead.living()
    assert line(living, 201)["spent_pence"] == 3_250
    assert line(living, 200)["spent_pence"] == 24_000
    wrong = next(one["spending"] for one in living["spendings"] if one["pence"] == 1_250)
    assert lead.sends("/spending/take-back", {"spending": wrong, "reason": "It was £10"}).status_code == 200
    assert lead.sends("/spending/take-back", {"spending": wrong, "reason": "Again"}).status_code == 404
    assert line(lead.living(), 201)["spent_pence"] == 2_000


def test_money_not_spent_goes_by_the_plan_unless_a_named_person_says_why(agreed: Agreed) -> None:
    finance, lead = agreed.signs_in("finance"), agreed.signs_in("lead-professional")
    due = [one for one in finance.living()["payments"] if one["pay_on"] <= "2027-04-20" and not one["made_on"]]
    numbers = [{"schedule": one["schedule"], "number": one["number"]} for one in due]
    assert finance.sends("/payments/made", {"payments": numbers, "on": "2027-04-20"}).status_code == 200
    left = lead.living()["unspent"]
    held = [one for one in lead.living()["lines"] if one["managed_by"] == "direct_payment"]
    assert left["pence"] == sum(max(0, one["paid_pence"] - one["spent_pence"]) for one in held) > 5_000
    assert (left["agreed_in_plan"], left["rule"], left["decided"]) == ("keep", "keep", None)
    assert lead.sends("/unspent", {"decision": "pay_back"}).status_code == 422, "it needs a reason"
    done = lead.sends("/unspent", {"decision": "pay_back", "reason": "The trampoline place has closed"}).json()[
        "unspent"
    ]
    assert (done["decided"], done["decided_by"], done["decided_pence"]) == (
        "pay_back",
        "demo.lead-professional",
        left["pence"],
    )


def test_the_database_itself_keeps_what_was_written(agreed: Agreed) -> None:
    engine = agreed.service.database._engine
    for table in ("payments", "payments_made", "spendings", "line_checks", "payment_schedules", "unspent_decisions"):
        for statement in (f"UPDATE {table} SET draft_id = draft_id", f"DELETE FROM {table}"):  # noqa: S608 - our own
            with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
                connection.exec_driver_sql(statement)


def test_everything_is_in_the_audit_without_a_word(agreed: Agreed) -> None:
    with agreed.service.database.read() as tx:
        draft = drafts.by_reference(tx, agreed.family.reference)
        lines = audit.lines(tx, subject=draft.id, limit=10_000)
    actions = {one.action for one in lines}
    assert actions >= {
        "living.viewed",
        "living.begun",
        "check.seen",
        "check.taken_back",
        "line.started",
        "payments.scheduled",
        "payment.made",
        "spending.noted",
        "spending.taken_back",
        "unspent.decided",
    }
    assert audit.verify(agreed.service.database) == []
    assert "trampoline" not in json.dumps([one.detail for one in lines])
