"""The command line as a person uses it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKED = {"S1": 2, "S2": 2, "S3": 2, "H1": 1, "H2": 1, "H3": 2, "H4": 1, "E1": 2, "E2": 2, "P1": 2, "P2": 1, "W1": 1, "W2": 1, "F1": 2, "F2": 1}  # fmt: skip


def run(*arguments: str, data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "bin" / "sevensteps"), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "DATA_DIR": str(data_dir), **environment},
    )


def test_every_command_explains_itself(tmp_path: Path) -> None:
    listed = run("--help", data_dir=tmp_path).stdout
    commands = (
        "serve",
        "train",
        "chat",
        "understand",
        "evaluate",
        "content",
        "allocate",
        "calibrate",
        "audit",
        "subject",
        "hold",
        "retention",
    )
    for command in commands:
        assert command in listed


def test_content_check_finds_nothing_in_our_own_content(tmp_path: Path) -> None:
    done = run("content", "check", data_dir=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "The content is in order.")


def test_content_check_names_file_line_and_remedy(tmp_path: Path) -> None:
    fixture = next(iter(sorted((ROOT / "tests" / "content" / "fixtures" / "refused").iterdir())))
    done = run("content", "check", str(fixture), data_dir=tmp_path)
    assert done.returncode == 1
    assert ".yaml:" in done.stderr


def test_allocate_prints_the_worked_example_with_its_trace(tmp_path: Path) -> None:
    answers = [{"code": code, "level": level, "by": "parent"} for code, level in WORKED.items()]
    request = {"questionnaire": "default-ras", "age_pack": "7-10", "on": "2026-11-22", "answers": answers}
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request))
    done = run("allocate", str(file), data_dir=tmp_path)
    result = json.loads(done.stdout)
    assert (result["status"], result["amount_pence"], result["is_final"]) == ("ok", 505000, False)


def test_allocate_names_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"questionnaire": "nope", "age_pack": "7-10", "answers": []}))
    done = run("allocate", str(file), data_dir=tmp_path)
    assert done.returncode == 1
    assert "nope" in done.stderr


def test_calibrate_proposes_amounts_that_never_fall(tmp_path: Path) -> None:
    file = tmp_path / "sample.csv"
    rows = [(20, 90_000, 17), (35, 260_000, 30), (50, 410_000, 43), (66, 700_000, 57), (80, 1_900_000, 70)]
    file.write_text("need_score,cost_pence,points\n" + "\n".join(",".join(map(str, row)) for row in rows))
    result = json.loads(run("calibrate", str(file), "--pot", "3500000", data_dir=tmp_path).stdout)
    amounts = [anchor["amount_pence"] for anchor in result["anchors"]]
    assert amounts == sorted(amounts)
    assert sum(amounts) > 0
    assert result["to_share_pence"] == 3_080_000


def test_live_mode_refuses_to_start_and_says_all_that_is_missing(tmp_path: Path) -> None:
    done = run("serve", data_dir=tmp_path, SEVENSTEPS_MODE="live")
    assert done.returncode == 1
    for needed in ("SEVENSTEPS_KEYS", "SEVENSTEPS_PUBLIC_ADDRESS", "SEVENSTEPS_OIDC_ISSUER", "The retention periods",
                   "SEVENSTEPS_ALERT_WEBHOOK_URL"):  # fmt: skip
        assert needed in done.stderr


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", data_dir=tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr


def test_audit_verify_on_a_fresh_database(tmp_path: Path) -> None:
    import sys

    sys.path.insert(0, str(ROOT))
    from bot.store.migrate import upgrade

    upgrade(f"sqlite:///{tmp_path / 'sevensteps.db'}")
    done = run("audit", "verify", data_dir=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "The audit is whole.")
