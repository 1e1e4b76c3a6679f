"""What a council's language model gets to see: the question and the words, and nothing that says who the family is."""

from __future__ import annotations

import json

import pytest

from actions.model_prompt import INTENTS
from actions.second_reader import without_name
from actions.services import Services
from tests.actions.family import LOST, Family, unclear
from tests.actions.stub_model import StubModel


def test_the_request_is_what_any_compatible_server_takes(read_twice: Family, stub: StubModel) -> None:
    stub.says(level=2)
    read_twice.says(unclear(LOST))
    (seen,) = stub.seen
    body = json.loads(seen.body)
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["Authorization"] == "Bearer the-key"
    assert set(body) == {"model", "messages", "temperature", "response_format"}
    assert (body["model"], body["temperature"]) == ("county/reader-7b", 0)
    assert body["response_format"] == {"type": "json_object"}
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    data = json.loads(body["messages"][1]["content"])
    assert data["question"] == "Safe at home"
    assert data["levels"]["2"].startswith("the child is safe at home when someone stays close")
    assert list(data["levels"]) == ["0", "1", "2", "3"]
    assert data["intents"] == INTENTS


PERSONAL = (
    "Zoë", "zoe", "ZOE", "Ashworth", "07700 900123", "07700900123", "ruth.ashworth@example.com", "EX4 3PQ", "ex43pq",
    "943 476 5919", "9434765919", "AB 12 34 56 C",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "zoe is fine one minute and gone the next, ring me on 07700 900123",
        "ZOE'S like that, zoes always been, ask Zoë's nan on 07700900123",
        "you can write to ruth.ashworth@example.com about it",
        "we are at EX4 3PQ and it is a busy road, ex43pq",
        "her nhs number is 943 476 5919 or 9434765919",
        "my ni number is AB 12 34 56 C if that helps",
        "my name is Ruth Ashworth and we hover",
        "Zoë Ashworth needs a lot of hovering",
    ],
)
def test_nothing_personal_arrives(with_model: Services, stub: StubModel, text: str) -> None:
    family = Family(with_model).begin("Zoë", "9")
    family.says(unclear(text))
    (seen,) = stub.seen
    arrived = json.dumps(json.loads(seen.body), ensure_ascii=False) + seen.said
    held = [piece for piece in PERSONAL if piece in arrived]
    assert held == []
    assert family.draft.reference not in seen.body
    assert family.draft_id not in seen.body + json.dumps(seen.headers)


def test_the_childs_name_becomes_the_child_and_the_sense_stays(with_model: Services, stub: StubModel) -> None:
    Family(with_model).begin("Zoë", "9").says(unclear("zoe's up and down the stairs, I follow Zoë about"))
    assert stub.seen[0].said == "the child's up and down the stairs, I follow the child about"


@pytest.mark.parametrize(
    ("name", "said", "arrives"),
    [
        ("Zoë Ann", "ann? Zoe-Ann? zoes fine", "the child? the child-the child? the childs fine"),
        ("sam", "Sam Ashworth, samantha and a sample", "the child, samantha and a sample"),
        ("Zoë", "Zoe\u0308 hums", "the child hums"),
        ("K", "k so K needs a lot of watching", "k so K needs a lot of watching"),
        ("J.J.", "j.j. runs off", "the child runs off"),
    ],
    ids=["two names, no accents", "surname and longer words", "another way to write ë", "a letter", "marks"],
)
def test_every_spelling_of_the_name_is_taken_out(name: str, said: str, arrives: str) -> None:
    assert without_name(said, name) == arrives
