"""What a text is understood to mean, tried out: by everybody in the demo, by content authors in live mode."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.store import staff_sessions
from tests.gateway.service import Service, running
from tests.understanding import trained

PATH = "/api/v1/understand"


@pytest.fixture
def trying(empty_store: Path, tmp_path: Path) -> Iterator[Service]:
    """The service, with the model of this checkout."""
    shutil.copy(empty_store, tmp_path / "trying.db")
    with running(tmp_path / "trying.db", models=trained.models()) as started:
        yield started


def asks(service: Service, **body: Any) -> httpx.Response:
    return service.http.post(PATH, json=body)


def test_the_example_of_the_document_is_true(trying: Service) -> None:
    document = trying.http.get("/openapi.json").json()
    body = document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]["schema"]
    example = document["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]["examples"][0]
    reply = trying.http.post(PATH, json=example)
    assert reply.status_code == 200, reply.text
    found = reply.json()
    assert (found["kind"], found["level"]) == ("answer", 3)
    assert 0 < found["confidence"] <= 1
    assert found["safety"] == {"level": "GREEN", "rule": None}
    assert found["items"] == []
    assert set(document["paths"][PATH]["post"]["responses"]) == {"200", "401", "403", "413", "422", "429", "503"}


def test_commands_and_safety_are_named(trying: Service) -> None:
    assert asks(trying, text="go back").json()["kind"] == "command"
    emergency = asks(trying, text="he's got a knife and mum is hurt", question="S1").json()
    assert (emergency["kind"], emergency["safety"]["level"]) == ("safety", "RED-A")


def test_nothing_of_it_is_kept(trying: Service) -> None:
    asks(trying, text="he's got a knife and mum is hurt")
    trying.http.post("/api/v1/review/demo-login", json={"user": "lead-professional"})
    assert trying.http.get("/api/v1/review/alerts").json() == {"alerts": []}


def test_what_cannot_be_asked_is_refused_in_words(trying: Service) -> None:
    wrong = asks(trying, text="hello", question="Z9")
    assert wrong.status_code == 422
    assert "S1" in wrong.json()["detail"]
    assert asks(trying, text="hello", who="a dog").status_code == 422
    assert asks(trying).status_code == 422
    assert asks(trying, text="x" * 4001).status_code == 413


def test_without_a_trained_model_it_says_what_to_do(empty_store: Path, tmp_path: Path) -> None:
    shutil.copy(empty_store, tmp_path / "untrained.db")
    with running(tmp_path / "untrained.db", models=tmp_path / "no-models") as service:
        reply = asks(service, text="hello")
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"
    assert "bin/sevensteps train" in reply.json()["detail"]


@pytest.mark.parametrize(("role", "status"), [("content-author", 503), ("team-manager", 403), ("auditor", 403)])
def test_in_live_mode_it_is_for_content_authors(live_service: Service, role: str, status: int) -> None:
    """The council's sign-in makes such sessions. 503: allowed in, and nothing is trained where this service looks."""
    assert asks(live_service, text="hello").status_code == 401
    with live_service.database.write() as tx:
        _, token = staff_sessions.start(tx, user="someone", role=role, teams=frozenset(), at=live_service.clock.now)
    reply = live_service.http.post(PATH, json={"text": "hello"}, headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == status
    drafts = live_service.http.get("/api/v1/review/drafts", headers={"Authorization": f"Bearer {token}"})
    assert drafts.status_code == (200 if role == "team-manager" else 403)
