"""One family's data on request: all of it in a bundle, and all of it erased, with nobody else's touched."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bot.ops import subject
from bot.store import audit, drafts, holds, personal_data, safety
from bot.store.drafts import NoSuchDraft
from bot.store.engine_record import EngineRecord
from tests.gateway.service import CONTENT, Service
from tests.gateway.talk import Person
from tests.ops.households import engine_of, engine_rows, family, id_of, office


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("subject")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    with office(folder) as started:
        yield started


@pytest.fixture
def reference(service: Service) -> str:
    return family(service)


@pytest.fixture
def in_danger(service: Service) -> str:
    """A family that told of danger, and nobody has picked it up."""
    service.clock.forward(hours=2)
    person = Person.at_the_first_question(service)
    reply = person.says("he's got a knife and mum is hurt")
    return str(reply["state"]["draft_reference"])


def export(service: Service, reference: str, to: Path, **more: Any) -> dict[str, Any]:
    subject.export(service.database, CONTENT, reference, to, by="ann", at=service.clock(), **more)
    return dict(json.loads((to / "record.json").read_text()))


def section(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next((list(one["rows"]) for one in record["sections"] if one["name"] == name), [])


def erase(service: Service, folder: Path, reference: str, **more: Any) -> Any:
    engine = EngineRecord(f"sqlite:///{folder / 'engine.db'}")
    try:
        return subject.erase(
            service.database, engine, reference, by="ann", reason="the family asked", at=service.clock(), **more
        )
    finally:
        engine.close()


def test_the_bundle_holds_everything_to_read_and_for_machines(service: Service, reference: str, tmp_path: Path) -> None:
    record = export(service, reference.lower(), tmp_path / "out", reason="asked by post")
    assert (record["schema"], record["reference"], record["reason"]) == (
        "sevensteps.subject/1",
        reference,
        "asked by post",
    )
    assert section(record, "drafts")[0]["state"]["about"]["name"] == "Ty"
    assert section(record, "answers")[0]["level"] == 2
    said = [row["body"].get("text") for row in section(record, "messages")]
    assert "Ty" in said
    assert section(record, "audit")[0]["action"] == "draft.created"
    odt = zipfile.ZipFile(BytesIO((tmp_path / "out" / "record.odt").read_bytes())).read("content.xml").decode()
    assert 'text:outline-level="1"' in odt
    assert "Answers" in odt
    assert "Ty" in odt


def test_the_folder_is_for_its_owner_alone_and_proves_its_files(
    service: Service, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(service, reference, out)
    assert out.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in out.iterdir())
    manifest = json.loads((out / "manifest.json").read_text())
    for name, said in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == said["sha256"]
    assert manifest["check_before_release"] == ["messages"]
    assert "A person must read this before it is handed over: What was said." in (out / "READ-ME-FIRST.txt").read_text()
    with service.database.read() as tx:
        (line,) = [line for line in audit.lines(tx, subject=id_of(service.database, reference), limit=500) if line.action == "subject.exported"]  # fmt: skip
    assert line.actor == "ann"
    assert manifest["files"]["record.json"]["sha256"] in line.detail


def test_two_families_never_share_a_folder(service: Service, reference: str, tmp_path: Path) -> None:
    (tmp_path / "something").write_text("of another family")
    with pytest.raises(subject.FolderInUse):
        export(service, reference, tmp_path)


def test_no_secret_goes_out(service: Service, reference: str, tmp_path: Path) -> None:
    export(service, reference, tmp_path / "out")
    text = (tmp_path / "out" / "record.json").read_text()
    for secret in ("pin_hash", "token_hash", "key_hash", "_sealed", "argon2"):
        assert secret not in text


def test_safeguarding_stays_out_unless_somebody_decided(service: Service, in_danger: str, tmp_path: Path) -> None:
    without = export(service, in_danger, tmp_path / "without")
    text = json.dumps(without)
    assert "knife" not in text
    assert "RED-A" not in text
    assert [one["name"] for one in without["left_out"]] == ["safety_events", "alert_outbox", "audit"]
    assert section(without, "safety_events") == []
    whole = export(service, in_danger, tmp_path / "with", safeguarding=True)
    assert section(whole, "safety_events")[0]["level"] == "RED-A"
    assert "knife" in json.dumps(whole)
    with service.database.read() as tx:
        lines = audit.lines(tx, subject=id_of(service.database, in_danger), limit=500)
    decided = [json.loads(line.detail)["safeguarding"] for line in lines if line.action == "subject.exported"]
    assert decided == [False, True]


def test_words_that_raised_an_alert_stay_out_wherever_they_stand(
    service: Service, in_danger: str, tmp_path: Path
) -> None:
    with service.database.write() as tx:
        draft = drafts.by_reference(tx, in_danger)
        state = json.loads(draft.state)
        state["notes"] = [{"words": "she said: he's got a knife and mum is hurt"}, {"words": "likes trains"}]
        drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state=json.dumps(state),
            stage=draft.stage,
            position=draft.position,
            message_id=None,
            actor="family",
            at=service.clock(),
            audit_action="draft.stepped",
        )
    record = export(service, in_danger, tmp_path / "out")
    assert section(record, "drafts")[0]["state"]["notes"] == [
        {"words": "withheld: part of a safeguarding matter"},
        {"words": "likes trains"},
    ]
    odt = zipfile.ZipFile(BytesIO((tmp_path / "out" / "record.odt").read_bytes())).read("content.xml").decode()
    assert "knife" not in odt


def test_erased_is_erased_everywhere(service: Service, folder: Path, reference: str, tmp_path: Path) -> None:
    other = family(service)
    draft_id, other_id = id_of(service.database, reference), id_of(service.database, other)
    (folder / "engine.db").unlink(missing_ok=True)
    engine_of(folder, service.database, draft_id, other_id).close()
    with service.database.read() as tx:
        sealed = tx.connection.exec_driver_sql("SELECT state_sealed FROM drafts WHERE id = ?", (draft_id,)).scalar_one()
    assert sealed in _files(folder)
    receipt = erase(service, folder, reference)
    assert receipt.rows["engine_conversations"] == receipt.rows["engine_events"] == 1
    assert receipt.rows["drafts"] == 1
    assert engine_rows(folder) == 1, "the other family's"
    assert sealed not in _files(folder), "not even the encrypted bytes are left in the file or its log"
    assert service.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": "123456"}).status_code == 401  # fmt: skip
    token = service.http.post("/api/v1/review/demo-login", json={"user": "lead-professional"}).json()["token"]
    staff = {"Authorization": f"Bearer {token}"}
    assert service.http.get(f"/api/v1/review/drafts/{reference}", headers=staff).status_code == 404
    with pytest.raises(NoSuchDraft):
        export(service, reference, tmp_path / "out")
    with pytest.raises(NoSuchDraft):
        erase(service, folder, reference)
    assert id_of(service.database, other) == other_id
    assert audit.verify(service.database) == []


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("store.db*")))


def test_cut_off_in_the_middle_it_goes_on_when_it_is_run_again(
    service: Service, folder: Path, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = id_of(service.database, reference)
    (folder / "engine.db").unlink(missing_ok=True)
    engine_of(folder, service.database, draft_id).close()

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(personal_data, "erase", cut_off)
        with pytest.raises(KeyboardInterrupt):
            erase(service, folder, reference)
    assert engine_rows(folder) == 0
    assert id_of(service.database, reference) == draft_id, "still there: nothing says that it went"
    assert erase(service, folder, reference).rows["drafts"] == 1


def test_a_device_that_is_still_open_is_signed_out(service: Service, folder: Path) -> None:
    service.clock.forward(hours=2)
    person = Person.at_the_first_question(service)
    erase(service, folder, person.last["state"]["draft_reference"])
    assert person.sends({"choice": "S1.2"}).status_code == 401


def test_a_hold_and_a_waiting_alert_stop_it(service: Service, folder: Path, in_danger: str) -> None:
    draft_id = id_of(service.database, in_danger)
    with pytest.raises(personal_data.AlertWaits):
        erase(service, folder, in_danger)
    with service.database.write() as tx:
        day = service.clock().date().replace(year=2030)
        hold = holds.place(tx, draft_id, by="ann", why="a claim", review_on=day, at=service.clock())
    with pytest.raises(holds.OnHold):
        erase(service, folder, in_danger, despite_alert=True)
    with service.database.write() as tx:
        holds.lift(tx, draft_id, hold.id, by="ann", why="settled", at=service.clock())
        for event in safety.of_draft(tx, draft_id):
            safety.pick_up(tx, event.id, by="ann", at=service.clock())
    assert erase(service, folder, in_danger).rows["safety_events"] == 1
