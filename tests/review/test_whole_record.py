"""A plan that is lived, given out whole and then erased: what every room wrote of it opens, and goes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.ops import subject
from bot.store import audit, drafts, personal_data
from bot.store.engine_record import EngineRecord
from tests.gateway.talk import Person
from tests.review.agreed import Agreed, agreed_plan

WRITTEN = {
    "drafts": "Ty",
    "answers": "",
    "messages": "text me",
    "plan_versions": "Swim",
    "comments": "Ask about Sundays",
    "decisions": "It is what Ty needs.",
    "line_checks": "",
    "payments": "",
    "spendings": "trampoline",
    "unspent_decisions": "The trampoline place has closed",
    "reviews": "Three weeks are gone",
    "review_words": "he goes in but only with his dad",
    "news_addresses": "+447700900123",
    "notices": "review",
    "legal_holds": "A claim",
}
"""Sections that this family has something in, and words that stand there."""


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    with agreed_plan(empty_store, tmp_path_factory.mktemp("whole")) as made:
        lives(made)
        yield made


def lives(agreed: Agreed) -> None:
    """The plan begins, is commented on, spent from and looked back at; and there is a hold on it."""
    lead, manager = agreed.signs_in("lead-professional"), agreed.signs_in("team-manager")

    def does(who: Any, path: str, body: dict[str, Any]) -> dict[str, Any]:
        reply = who.sends(path, body)
        assert reply.is_success, reply.text
        return dict(reply.json())

    does(lead, "/comments", {"text": "Ask about Sundays", "about": "section.P03", "asks": "note"})
    does(lead, "/living/checks", {"line": 201, "check": "agreement", "on": "2026-11-20"})
    does(lead, "/living", {"starts": "2026-11-30"})
    agreed.service.clock.forward(days=40)
    payments = [one for one in lead.living()["payments"] if one["pay_on"] <= "2026-12-31"]
    numbers = [{"schedule": one["schedule"], "number": one["number"]} for one in payments]
    does(agreed.signs_in("finance"), "/payments/made", {"payments": numbers, "on": "2026-12-31"})
    does(lead, "/spending", {"text": "trampoline £10 on 3 December"})
    does(lead, "/unspent", {"decision": "pay_back", "reason": "The trampoline place has closed"})
    does(lead, "/reviews", {"kind": "other", "due": "2027-01-20", "reason": "Three weeks are gone"})
    mum: Person = agreed.family.comes_in()
    mum.picks("after.goal.part")
    mum.says("he goes in but only with his dad")
    for said in ("text me", "07700 900123", "yes"):
        mum.says(said)
    does(manager, "/holds", {"why": "A claim", "review_on": "2090-01-01"})


def test_all_of_it_opens_and_is_given_out(agreed: Agreed) -> None:
    manager = agreed.signs_in("team-manager")
    reply = manager.sends("/personal-data", {"reason": "The mother asked"})
    assert reply.status_code == 200, reply.text
    with zipfile.ZipFile(io.BytesIO(reply.content)) as files:
        record = json.loads(files.read(f"{agreed.family.reference}/record.json"))
        document = zipfile.ZipFile(io.BytesIO(files.read(f"{agreed.family.reference}/record.odt")))
    assert record["unopened"] == {}, "every text is bound to its table, column and row"
    said = {section["name"]: json.dumps(section["rows"], ensure_ascii=False) for section in record["sections"]}
    missing = [name for name, words in WRITTEN.items() if said.get(name, "[]") == "[]" or words not in said[name]]
    assert missing == []
    text = document.read("content.xml").decode()
    assert all(words in text for words in ("Money that was spent", "he goes in but only with his dad", "A claim"))


def test_and_then_none_of_it_is_left(agreed: Agreed, tmp_path: Path) -> None:
    manager, reference = agreed.signs_in("team-manager"), agreed.family.reference
    (hold,) = manager.gets(f"{agreed.path}/holds").json()["holds"]
    assert manager.sends(f"/holds/{hold['id']}/lift", {"why": "settled"}).status_code == 200
    database = agreed.service.database
    with database.read() as tx:
        draft_id = drafts.by_reference(tx, reference).id
        before = {name: number for name, number in personal_data.count(tx, draft_id).items() if number}
    engine = EngineRecord(f"sqlite:///{tmp_path / 'engine.db'}")
    receipt = subject.erase(database, engine, reference, by="ann", reason="asked", at=agreed.service.clock())
    engine.close()
    assert set(before) >= set(WRITTEN)
    assert receipt.rows == before
    with database.read() as tx:
        assert set(personal_data.count(tx, draft_id).values()) == {0}
    assert manager.gets(agreed.path).status_code == 404
    assert audit.verify(database) == []
