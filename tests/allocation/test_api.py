"""The allocation service over HTTP, as contract.md has it."""

from __future__ import annotations

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.allocation.api import Source, router


@pytest.fixture(scope="module")
def client(content, today):
    app = FastAPI()
    app.state.allocation = Source(lambda: content, lambda: today)
    app.include_router(router(), prefix="/api/v1")
    with TestClient(app) as client:
        yield client


@pytest.fixture
def post(client, body):
    return lambda levels, **rest: client.post("/api/v1/allocations", json=body(levels, **rest))


def refused(reply):
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == 422
    assert problem["title"]
    assert problem["type"].startswith("/problems/")
    return problem


def test_the_worked_example_over_http(post, example):
    reply = post(example, on="2026-11-02", version="1")
    assert reply.status_code == 200
    result = reply.json()
    assert result["status"] == "ok"
    assert result["scores"] == {"need_score": 48.5, "social_care": 42.2, "sen": 5.9, "nhs": 5.9}
    assert (result["amount_pence"], result["weekly_pence"]) == (505000, 9712)
    assert [item["amount_pence"] for item in result["streams"]] == [505000, None, None]
    assert (result["flags"], result["missing"], result["is_final"]) == ([], [], False)
    assert result["explanation"][0]["text"].startswith("This is a guide amount.")
    assert result["trace"]["table"]["example"] is True
    assert result["trace"]["questionnaire"]["version"] == "1"
    assert result["trace"]["bracket"]["label"] == "Regular help"
    assert post(example, table="social-care-example-banded").json()["amount_pence"] == 400000


def test_the_same_request_gives_the_same_bytes(post, example):
    assert post(example).content == post(example).content


def test_each_status_can_be_met(post, example, all_at):
    assert post({**example, "H3": None}).json()["missing"] == ["H3"]
    assert post(all_at(0)).json()["status"] == "below_threshold"
    assert post(all_at(3)).json()["status"] == "bespoke"
    assert "under_7" in post(example, age_pack="0-6").json()["flags"]


def test_unknown_codes_levels_and_dates_are_each_named(post):
    problem = refused(post({"S1": 7, "Z9": 1, "Q1": 2}, on="1999-12-31"))
    for word in ("S1: level 7", "1999-12-31"):
        assert word in problem["detail"]
    assert {item["code"] for item in problem["errors"]} == {"level_out_of_range", "date_outside"}
    problem = refused(post({"S1": 7, "Z9": 1, "Q1": 2}))
    assert [item["pointer"] for item in problem["errors"]] == ["/answers/0/level", "/answers/1/code", "/answers/2/code"]
    assert all(word in problem["detail"] for word in ("Z9", "Q1", "level 7"))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"on": "2026-13-45"}, "/on"),
        ({"on": 20261102}, "/on"),
        ({"on": "20261102"}, "/on"),
        ({"on": "2026-11-02T10:00:00"}, "/on"),
        ({"questionaire": "default-ras"}, "/questionaire"),
        ({"age_pack": None}, "/age_pack"),
        ({"answers": [{"code": "S1", "level": "2", "by": "parent"}]}, "/answers/0/level"),
        ({"answers": [{"code": "S1", "level": True, "by": "parent"}]}, "/answers/0/level"),
        ({"answers": [{"code": "S1", "level": 1.5, "by": "parent"}]}, "/answers/0/level"),
        ({"answers": [{"code": "S1", "level": 1}]}, "/answers/0/by"),
        ({"answers": [{"code": "S1", "level": 1, "by": "Dr No!"}]}, "/answers/0/by"),
        ({"answers": [{"code": "S1", "level": 1, "by": "parent", "days": 3}]}, "/answers/0/days"),
        ({"answers": {"S1": 2}}, "/answers"),
        ({"context": {"previous_pence": 12.5}}, "/context/previous_pence"),
        ({"context": {"previous_pence": -1}}, "/context/previous_pence"),
        ({"context": {"<b>": 1}}, "/context"),
        ({"context": {"protection": {"max_fall_percent": 10}}}, "/context/protection/until"),
    ],
)
def test_what_cannot_be_read_is_named(client, body, example, change, pointer):
    problem = refused(client.post("/api/v1/allocations", json=body(example) | change))
    assert pointer in [item["pointer"] for item in problem["errors"]]


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b'"S1"', b"null", b"\xff\xfe", b'{"answers": [1]}'])
def test_a_body_that_is_no_request_gets_a_clear_answer(client, sent):
    reply = client.post("/api/v1/allocations", content=sent, headers={"content-type": "application/json"})
    assert refused(reply)["detail"]


def test_half_a_character_does_no_harm(client, example, body):
    asked = json.dumps(body(example))
    for sent in (
        asked.replace("{", '{"\\ud800": 1, ', 1),
        asked.replace("default-ras", "\\ud800"),
        asked.replace('"S1"', '"\\ud800"'),
        asked.replace("{", '{"context": {"\\ud800": 1}, ', 1),
    ):
        reply = client.post("/api/v1/allocations", content=sent, headers={"content-type": "application/json"})
        assert refused(reply)["errors"]


def test_questionnaires_can_be_read(client):
    summary = client.get("/api/v1/questionnaires").json()
    assert {"id": "default-ras", "version": "1"}.items() <= summary[0].items()
    assert summary[0]["example"] is True
    now = client.get("/api/v1/questionnaires/default-ras").json()
    assert [question["id"] for question in now["questions"]][:3] == ["S1", "S2", "S3"]
    assert client.get("/api/v1/questionnaires/default-ras/1").json() == now


def test_tables_can_be_read_by_day(client):
    tables = {item["id"]: item for item in client.get("/api/v1/tables").json()}
    assert tables["social-care-example"]["in_use"] is True
    assert tables["social-care-example-banded"]["in_use"] is False
    table = client.get("/api/v1/tables/social-care-example", params={"on": "2026-11-02"}).json()
    assert table["rows"][3]["amount_pence"] == 400000
    assert client.get("/api/v1/tables/social-care-example").json() == table


@pytest.mark.parametrize(
    "path",
    [
        "questionnaires/none",
        "questionnaires/default-ras/99",
        "tables/none",
        "tables/social-care-example?on=2020-01-01",
    ],
)
def test_what_there_is_not_is_said(client, path):
    reply = client.get(f"/api/v1/{path}")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"].startswith("There is no")


def test_a_day_that_is_no_day_is_refused(client):
    problem = refused(client.get("/api/v1/tables/social-care-example", params={"on": "soon"}))
    assert problem["errors"][0]["pointer"] == "/on"


def test_the_openapi_document_shows_an_example_that_works(client):
    document = client.get("/openapi.json").json()
    asked = document["components"]["schemas"]["AllocationRequest"]["examples"][0]
    assert client.post("/api/v1/allocations", json=asked).json()["amount_pence"] == 505000
    assert "application/problem+json" in document["paths"]["/api/v1/allocations"]["post"]["responses"]["422"]["content"]
