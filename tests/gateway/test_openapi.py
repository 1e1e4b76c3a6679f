"""/openapi.json describes all of it, and its examples are true: each is sent, and its reply fits its description."""

from __future__ import annotations

from typing import Any

from tests.gateway.service import Service
from tests.gateway.talk import Person


def _document(service: Service) -> dict[str, Any]:
    document: dict[str, Any] = service.http.get("/openapi.json").json()
    return document


def _example(document: dict[str, Any], path: str, number: int = 0) -> Any:
    """The example of a request body, followed through its reference."""
    schema = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    reference = schema.get("$ref") or next(part["$ref"] for part in schema["anyOf"] if "$ref" in part)
    return document["components"]["schemas"][reference.rsplit("/", 1)[1]]["examples"][number]


def test_every_route_of_the_contract_is_described(service: Service) -> None:
    paths = _document(service)["paths"]
    for path in (
        "/api/v1/conversations",
        "/api/v1/conversations/resume",
        "/api/v1/conversations/{conversation_id}",
        "/api/v1/conversations/{conversation_id}/messages",
        "/api/v1/allocations",
        "/api/v1/questionnaires",
        "/api/v1/tables",
        "/api/v1/review/demo-login",
        "/api/v1/review/drafts",
        "/api/v1/review/drafts/{reference}",
        "/api/v1/review/alerts",
        "/api/v1/review/alerts/{alert_id}/pick-up",
        "/api/v1/review/audit",
        "/api/v1/understand",
        "/healthz",
        "/readyz",
    ):
        assert path in paths, path
    responses = paths["/api/v1/conversations/{conversation_id}/messages"]["post"]["responses"]
    assert set(responses) == {"200", "401", "404", "413", "422", "429", "503"}
    assert all("application/problem+json" in responses[status]["content"] for status in responses if status != "200")


def test_the_examples_are_true(service: Service) -> None:
    document = _document(service)
    started = service.http.post("/api/v1/conversations", json=_example(document, "/api/v1/conversations"))
    assert started.status_code == 201
    messages = "/api/v1/conversations/{conversation_id}/messages"
    person = Person.at_the_first_question(service)
    assert person.sends(_example(document, messages, 0)).json()["messages"][-1]["kind"] == "confirm"
    assert person.sends(_example(document, messages, 1)).status_code == 200
    assert person.answers["S1"]["level"] == 2
    resume = service.http.post("/api/v1/conversations/resume", json=_example(document, "/api/v1/conversations/resume"))
    assert resume.status_code == 401
    signed_in = service.http.post("/api/v1/review/demo-login", json=_example(document, "/api/v1/review/demo-login"))
    assert signed_in.status_code == 200


def test_live_mode_has_no_demo_login(live_service: Service) -> None:
    assert live_service.http.post("/api/v1/review/demo-login", json={"user": "auditor"}).status_code == 404
    assert "/api/v1/review/demo-login" not in _document(live_service)["paths"]
    page = live_service.http.get("/review/sign-in").text
    assert "choose a role" not in page
    live_service.http.post("/review/sign-in", data={"role": "auditor"})
    assert live_service.http.get("/api/v1/review/audit").status_code == 401
