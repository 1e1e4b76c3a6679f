"""One draft's whole life by the API alone, through every status there is, and what is refused between two of them."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.cases.statuses import STATUSES
from bot.review.review_days import ReviewDays
from bot.store import audit, cases, drafts
from tests.gateway.planning import Family, sends_the_plan
from tests.gateway.service import Service, running
from tests.gateway.talk import Person, words
from tests.plans.documents.families import LINES, PLAN

COSTED = replace(PLAN, lines=LINES[:5])
"""Every line of it has a cost."""
ASKED = "Who goes swimming with Ty now?"
HELP = "Say who can be with Ty on Sundays."
WHY = "The pool and the trampolines first, and the rest in spring."


@dataclass
class Life:
    """The draft as its family and professionals have it at the API, and every status that it was found in."""

    service: Service
    reference: str
    pin: str = ""
    seen: list[str] = field(default_factory=list)
    _tokens: dict[str, str] = field(default_factory=dict)

    def family(self) -> Person:
        """The family on a device of theirs."""
        return Family(self.service, self.reference, self.pin).comes_in()

    def ask(self, role: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        if role not in self._tokens:
            reply = self.service.http.post("/api/v1/review/demo-login", json={"user": role})
            self._tokens[role] = reply.json()["token"]
            self.service.http.cookies.clear()
        headers = {"Authorization": f"Bearer {self._tokens[role]}"}
        return self.service.http.request(method, f"/api/v1/review{path}", json=body, headers=headers)

    def gets(self, role: str, path: str = "") -> dict[str, Any]:
        reply = self.ask(role, "GET", f"/drafts/{self.reference}{path}")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def does(self, role: str, path: str, **body: Any) -> dict[str, Any]:
        """A change on the case as it is now."""
        reply = self.ask(role, "POST", f"/drafts/{self.reference}{path}", {"revision": self.revision()} | body)
        assert reply.is_success, reply.text
        return dict(reply.json())

    def refused(self, status: int, role: str, path: str, **body: Any) -> str:
        """The same, that must not go through. Why not, in the API's words; and the draft is where it was."""
        before = self.status()
        reply = self.ask(role, "POST", f"/drafts/{self.reference}{path}", {"revision": self.revision()} | body)
        assert reply.status_code == status, reply.text
        assert self.status() == before
        return str(reply.json()["detail"])

    def status(self) -> str:
        """Read from the store, as it is asked often: :meth:`is_now` asks the API."""
        with self.service.database.read() as tx:
            return drafts.by_reference(tx, self.reference).status

    def revision(self) -> int:
        """Of the case as it is now; 0 before anybody has done anything with it."""
        with self.service.database.read() as tx:
            try:
                return cases.get(tx, drafts.by_reference(tx, self.reference).id).revision
            except cases.NoSuchCase:
                return 0

    def is_now(self, status: str) -> None:
        """How far it is, as the queue and the draft both say."""
        found = self.ask("lead-professional", "GET", f"/drafts?reference={self.reference}").json()["drafts"]
        assert [one["status"] for one in found] == [status]
        assert self.gets("lead-professional")["draft"]["status"] == status
        self.seen.append(status)

    def later(self, *day: int) -> None:
        """Another day: whoever was signed in is not any more."""
        self.service.clock.now = datetime(*day, 9, tzinfo=UTC)  # type: ignore[arg-type, misc]
        self._tokens.clear()


def values(person: Person) -> list[str]:
    return [option["value"] for option in person.last["messages"][-1]["options"]]


def answers_everything(person: Person) -> None:
    while person.last["state"]["stage"] == "ras":
        offered = values(person)
        person.picks(offered[0] if offered[0].startswith("keep_helping") else offered[2])
    person.picks("check.yes")


def adds(person: Person, text: str) -> None:
    """To the part of the plan that is asked now, and on to the end of it."""
    person.picks("plan.add")
    person.says(text)
    while person.last["state"]["stage"] == "plan":
        person.says("skip")


def test_through_every_status(empty_store: Path, tmp_path: Path) -> None:
    shutil.copy(empty_store, tmp_path / "store.db")
    with running(tmp_path / "store.db", lifespan="off") as service:
        assert service.engine.services is not None
        service.engine.services = replace(service.engine.services, clock=service.clock)
        person = Person.at_the_first_question(service)
        life = Life(service, person.last["state"]["draft_reference"])
        until_it_is_sent(life, person)
        returned_and_sent_again(life)
        not_yet_and_changed(life)
        agreed_in_part_and_looked_at_again(life)
        lived(life)
        looked_back_at_and_closed(life)
        assert set(life.seen) == set(STATUSES)
        told = life.gets("lead-professional")["history"]
        history = [line["what"] for line in told]
        for what in ("took it up", "sent the plan back to the family with questions", "signed a decision"):
            assert what in history
        assert not [what for what in history if what.split()[0] in ("living", "check", "line", "review")], "in words"
        named = {"The family", "Sevensteps", "Lead professional (demo)", "Team manager (demo)"}
        assert named <= {line["who"] for line in told}, "by name"
        assert not [line["who"] for line in told if re.search(r"^m\d|review-days|demo\.", line["who"])]
        assert audit.verify(service.database) == []


def until_it_is_sent(life: Life, person: Person) -> None:
    life.is_now("in_progress")
    answers_everything(person)
    life.is_now("ready")
    pin = re.search(r"\b\d{6}\b", words(person.says("pause")))
    assert pin
    life.pin = pin[0]
    for path, body in (
        ("/return", {"questions": [{"text": ASKED}]}),
        ("/decision/proposal", {"decision": "agree", "final_pence": 100_000, "reasons": WHY}),
        ("/living", {"starts": "2026-11-30"}),
    ):
        life.refused(409, "lead-professional", path, **body)
    Family(life.service, life.reference, life.pin).has(COSTED)
    sends_the_plan(life.family())
    life.is_now("sent")


def returned_and_sent_again(life: Life) -> None:
    life.does("lead-professional", "/take")
    life.is_now("looked_at")
    assert "Lead professional (demo) leads it" in life.refused(409, "team-manager", "/take")
    read = life.revision()
    life.does("team-manager", "/comments", text="I know the pool. Ask who goes with him.", about="case")
    ask = {"questions": [{"text": ASKED, "about": "section.P03"}]}
    assert "Team manager (demo) wrote a comment" in life.refused(
        409, "lead-professional", "/return", revision=read, **ask
    )
    life.does("lead-professional", "/return", **ask)
    life.is_now("returned")
    life.refused(409, "lead-professional", "/living", starts="2026-11-30")
    person = life.family()
    assert person.last["state"]["stage"] == "returned"
    assert ASKED in words(person.last)
    person.says("His cousin Jade, every other week.")
    person.picks("after.place.yes")
    adds(person, "Swimming with Jade.")
    person.picks("after.send.yes")
    person.picks("plan.send_yes")
    life.is_now("sent")
    record = life.gets("lead-professional")
    assert [version["version"] for version in record["plan"]["versions"]] == [1, 2]
    assert "Swimming with Jade." in str(record["plan"]["versions"][1]["differences"])
    assert record["returns"][0]["questions"][0]["replies"][0]["words"] == "His cousin Jade, every other week."


def not_yet_and_changed(life: Life) -> None:
    mine = {"code": "S1", "level": 1, "reason": "I saw it on two visits."}
    assert life.does("lead-professional", "/moderation", answers=[mine])["open"] == ["S1"]
    yes = {"decision": "agree_in_part", "final_pence": 200_000, "reasons": WHY}
    life.does("lead-professional", "/decision/proposal", **yes)
    assert "Answers differ" in life.refused(409, "team-manager", "/decision/signature")
    no = {"decision": "refuse_for_now", "reasons": "Sundays are open.", "what_would_help": HELP}
    life.does("lead-professional", "/decision/proposal", **no)
    agreed = {"code": "S1", "level": 1, "reason": "We talked about it at home."}
    assert life.does("lead-professional", "/moderation", agreed=[agreed])["open"] == []
    assert "Changed since" in life.refused(409, "team-manager", "/decision/signature")
    life.does("lead-professional", "/decision/proposal", **no)
    assert "signs no decisions" in life.refused(403, "lead-professional", "/decision/signature")
    life.does("team-manager", "/decision/signature")
    life.is_now("not_yet")
    life.refused(409, "lead-professional", "/living", starts="2026-11-30")
    person = life.family()
    assert "It is not agreed yet. That is not the last word." in words(person.last)
    assert HELP in words(person.says("why"))
    person.picks("after.decided.change")
    person.picks("plan.go.P02")
    assert person.last["state"]["question_id"] == "P02"
    adds(person, "Grandad comes until we have found somebody.")
    assert values(person)[0] == "after.decided.send", "what they changed can go at once"
    person.picks("after.decided.send")
    person.picks("plan.send_yes")
    life.is_now("sent")


def agreed_in_part_and_looked_at_again(life: Life) -> None:
    part = {"decision": "agree_in_part", "final_pence": 200_000, "reasons": WHY}
    shown = life.does("lead-professional", "/decision/proposal", **part)["bound"]
    life.does("lead-professional", "/decision/proposal", **part | {"final_pence": 210_000})
    life.refused(409, "team-manager", "/decision/signature", bound=shown)
    life.does("team-manager", "/decision/signature")
    life.is_now("agreed_in_part")
    life.refused(409, "team-manager", "/decision/signature")
    person = life.family()
    assert person.last["state"]["stage"] == "agreed"
    assert "A part of your plan is agreed, with £2,100 a year." in words(person.last)
    plan = f"/api/v1/conversations/{person.id}/plan/plan.txt"
    told = life.service.http.get(plan, headers=person.headers).text
    assert "has agreed to a part of this version" in told
    assert "not agreed yet" not in told
    person.picks("after.decided.again")
    person.says("Grandad cannot drive in winter.")
    life.is_now("looked_at")
    full = int(life.gets("group-manager", "/decision")["asked_pence"])
    whole = {"decision": "agree", "final_pence": full, "reasons": "Winter is long, so all of it is needed."}
    assert "did not work on it" in life.refused(409, "team-manager", "/decision", **whole)
    life.does("group-manager", "/decision", **whole)
    life.is_now("agreed")
    person = life.family()
    assert "I have written down that you agree" in words(person.says("I agree"))
    letter = f"/api/v1/conversations/{person.id}/decision/letter.txt"
    assert "Winter is long" in life.service.http.get(letter, headers=person.headers).text
    life.refused(409, "lead-professional", "/return", questions=[{"text": ASKED}])


def lived(life: Life) -> None:
    read = life.revision()
    begin = {"starts": "2026-11-23", "lines": [200, 201, 202]}
    assert "Enhanced DBS check seen" in life.refused(422, "lead-professional", "/living", **begin)
    for line, checks in ((200, ("agreement", "dbs", "references", "insurance", "contract")), (201, ("agreement",))):
        for check in checks:
            life.does("lead-professional", "/living/checks", line=line, check=check, on="2026-11-22")
    late = life.refused(409, "team-manager", "/living", **begin | {"revision": read})
    assert "Lead professional (demo)" in late
    life.does("lead-professional", "/living", **begin)
    life.is_now("live")
    life.refused(409, "lead-professional", "/living", **begin)
    assert life.family().last["state"]["stage"] == "live"
    table = life.ask("finance", "GET", "/payments.csv?first=2026-11-01&last=2027-11-30").text
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {row["reference"] for row in rows} == {life.reference}
    assert "Ty" not in table
    life.later(2026, 12, 14)
    life.does("finance", "/spending", text="trampoline £10 on 12 December 2026")
    spent = life.gets("finance", "/living")["spendings"]
    assert [(one["line"], one["pence"]) for one in spent] == [(201, 1_000)]


def looked_back_at_and_closed(life: Life) -> None:
    life.refused(404, "lead-professional", "/reviews/1/outcome", outcome="carry_on", reason="x")
    life.later(2027, 2, 8)
    assert ReviewDays(life.service.settings).run_once() == 1
    life.is_now("review_due")
    person = life.family()
    assert person.last["state"]["stage"] == "review"
    assert "It is time to look back at the plan with you." in words(person.last)
    for said in ("after.goal.part", "after.next", "after.goal.got_there", "after.next", "after.child.no"):
        person.picks(said)
    for said in ("The pool", "More evenings", "skip", "skip"):
        person.says(said)
    person.picks("after.tell.yes")
    view = {"goals": [{"goal": 80, "reached": "got_there", "words": "I saw him swim"}]}
    seen = life.does("lead-professional", "/reviews/1/view", **view)["reviews"][0]
    swim = next(one for one in seen["about"] if one["about"] == "goal/80")
    assert {one["voice"]: one["choice"] for one in swim["said"]} == {"family": "part", "professional": "got_there"}
    life.does("lead-professional", "/reviews/1/outcome", outcome="carry_on", reason="It goes well")
    life.is_now("live")
    life.refused(409, "lead-professional", "/reviews/1/outcome", outcome="stop", reason="x")
    life.does("lead-professional", "/reviews", due="2027-03-01", reason="They are moving")
    life.is_now("review_due")
    stop = {"outcome": "stop", "reason": "They move to another council", "last": "2027-02-28"}
    life.does("lead-professional", "/reviews/2/outcome", **stop)
    life.is_now("closed")
    assert max(one["covers_from"] for one in life.gets("finance", "/living")["payments"]) <= "2027-02-28"
    for path, body in (
        ("/return", {"questions": [{"text": ASKED}]}),
        ("/decision/proposal", {"decision": "agree_in_part", "final_pence": 100_000, "reasons": WHY}),
        ("/living", {"starts": "2027-02-15"}),
        ("/living/schedule", {"change_from": "2027-03-01", "reason": "x"}),
        ("/reviews", {"due": "2027-03-01", "reason": "x"}),
        ("/reviews/2/outcome", {"outcome": "carry_on", "reason": "x"}),
    ):
        life.refused(409, "lead-professional", path, **body)
