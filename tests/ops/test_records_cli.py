"""The commands about personal data as a person types them, and the audit as a file that proves itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.ops.cli import app
from bot.store import audit
from tests.gateway.service import Service
from tests.ops.households import family, office


@dataclass
class Terminal:
    """Somebody at a terminal beside a store with a family in it."""

    service: Service
    reference: str

    def types(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records-cli")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    with office(folder) as started:
        yield started


@pytest.fixture
def terminal(service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("SEVENSTEPS_DATABASE_URL", f"sqlite:///{folder / 'store.db'}")
    monkeypatch.setenv("SEVENSTEPS_ENGINE_DATABASE_URL", f"sqlite:///{folder / 'engine.db'}")
    monkeypatch.setenv("SEVENSTEPS_KEYS", service.key)
    monkeypatch.setenv("DATA_DIR", str(folder / "data"))
    return Terminal(service, family(service))


def test_a_family_asks_for_its_data_and_then_to_be_forgotten(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    given = terminal.types("subject", "export", "--reference", terminal.reference, "--to", str(out), "--by", "ann")
    assert given.exit_code == 0, given.output
    assert "They are personal, and not encrypted" in given.output
    assert json.loads((out / "record.json").read_text())["made_by"] == "ann"
    again = terminal.types("subject", "export", "--reference", terminal.reference, "--to", str(out))
    assert again.exit_code == 1
    assert "Name a new folder" in again.output
    held = terminal.types("hold", "place", "--reference", terminal.reference, "--why", "a claim", "--review-on", "2090-01-01", "--by", "ann")  # fmt: skip
    assert held.exit_code == 0, held.output
    hold_id = held.output.split()[1]
    erase = ("subject", "erase", "--reference", terminal.reference, "--reason", "the family asked", "--by", "ann")
    stopped = terminal.types(*erase)
    assert stopped.exit_code == 1
    assert "A legal hold stops this. Nothing was deleted." in stopped.output
    assert hold_id in terminal.types("hold", "list", "--reference", terminal.reference).output
    lifted = terminal.types("hold", "lift", "--reference", terminal.reference, "--hold", hold_id, "--why", "settled")
    assert lifted.exit_code == 0, lifted.output
    erased = terminal.types(*erase)
    assert erased.exit_code == 0, erased.output
    assert "answers: 1" in erased.output
    twice = terminal.types(*erase)
    assert twice.exit_code == 1
    assert "Nothing is held under this reference. It was erased on" in twice.output


@pytest.mark.parametrize(
    "words",
    [
        ("subject", "export", "--reference", "EX-0000-0000", "--to", "nowhere"),
        ("subject", "erase", "--reference", "EX-0000-0000", "--reason", "asked"),
        ("hold", "place", "--reference", "EX-0000-0000", "--why", "a claim", "--review-on", "2090-01-01"),
        ("hold", "lift", "--reference", "EX-0000-0000", "--hold", "none", "--why", "settled"),
        ("hold", "list", "--reference", "EX-0000-0000"),
        ("hold", "place", "--reference", "EX-0000-0000", "--why", "a claim", "--review-on", "2020-01-01"),
        ("subject", "erase", "--reference", "EX-0000-0000", "--reason", " "),
        ("subject", "erase", "--reference", "EX-0000-0000", "--reason", "asked", "--by", "Ann Smith"),
        ("audit", "check"),
        ("audit", "check", "--head", "12:abc"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(terminal: Terminal, words: tuple[str, ...]) -> None:
    done = terminal.types(*words)
    assert done.exit_code == 1
    assert done.output.strip()
    assert "Traceback" not in done.output


def test_a_dry_run_of_the_retention_says_what_would_go(terminal: Terminal) -> None:
    done = terminal.types("retention", "run", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "Periods: exampleshire/2026.1. Would be deleted:" in done.output


def test_the_audit_as_a_file_proves_itself_and_the_store(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    with terminal.service.database.read() as tx:
        seq, digest = audit.head(tx)
    assert terminal.types("audit", "export", str(file), "--by", "ann").exit_code == 0
    assert terminal.types("audit", "export", str(file), "--by", "ann").exit_code == 1, "nothing is written over"
    assert terminal.types("audit", "check", str(file), "--head", f"{seq}:{digest}").exit_code == 0
    lines = file.read_text().splitlines()
    assert len(lines) == seq + 1
    spoilt = tmp_path / "spoilt.jsonl"
    for changed, said in (
        ([lines[0], *lines[2:]], "Line 2 is missing."),
        ([lines[0], lines[1].replace('"family"', '"nobody"', 1), *lines[2:]], "Line 2 was changed."),
        (lines[:-1], "the file was cut off"),
        ([*lines[:-2], lines[-1]], "not those that were exported"),
        ([*lines[:-1], lines[-1].replace('"head_seq": ', '"head_seq": 9')], "not written by this service"),
    ):
        spoilt.write_text("\n".join(changed) + "\n")
        done = terminal.types("audit", "check", str(spoilt))
        assert done.exit_code == 1
        assert said in done.output
    spoilt.write_text("not an export")
    assert "That is not an export" in terminal.types("audit", "check", str(spoilt)).output


def test_a_store_that_was_set_back_or_written_anew_shows(terminal: Terminal) -> None:
    with terminal.service.database.read() as tx:
        seq, digest = audit.head(tx)
    other = ("0" if digest[0] != "0" else "1") + digest[1:]
    assert "the chain was written anew" in terminal.types("audit", "check", "--head", f"{seq}:{other}").output
    assert "set back to an older copy" in terminal.types("audit", "check", "--head", f"{seq + 9}:{digest}").output


def test_a_span_of_days_is_written_without_gaps(terminal: Terminal, tmp_path: Path) -> None:
    day = terminal.service.clock().date().isoformat()
    file, none = tmp_path / "day.jsonl", tmp_path / "none.jsonl"
    assert terminal.types("audit", "export", str(file), "--from", day, "--to", day).exit_code == 0
    assert terminal.types("audit", "check", str(file)).exit_code == 0
    assert terminal.types("audit", "export", str(none), "--from", "2001-01-01", "--to", "2001-01-02").exit_code == 0
    assert len(none.read_text().splitlines()) == 1
    assert terminal.types("audit", "check", str(none)).exit_code == 0
