"""A council's own language model as one more reader: when it is asked, what comes of it, and the trace it leaves."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.language_model import LanguageModel
from actions.model_prompt import INTENTS
from actions.services import Services
from bot.store.audit import verify
from bot.understanding.reading import Reading
from tests.actions.family import LOST, YES, Family, Said, lost, new_draft, read_as, unclear
from tests.actions.stub_model import StubModel
from tests.actions.test_step import refuse


def test_without_a_setting_nothing_is_sent(family: Family, stub: StubModel) -> None:
    assert family.services.language_model is None
    family.says(unclear(LOST))
    assert stub.seen == []


@pytest.mark.parametrize("reading", [unclear(LOST), lost(LOST)], ids=["unclear", "lost"])
def test_its_level_is_read_back_and_counts_only_after_a_yes(
    read_twice: Family, stub: StubModel, reading: Reading
) -> None:
    stub.says(level=2, intent=None)
    asked = read_twice.says(reading)
    assert asked[-1]["kind"] == "confirm"
    assert asked[-1]["reading"] == {"question_id": "S1", "level": 2, "confidence": 0.5}
    assert read_twice.stored == {}
    assert read_twice.interview.answers == {}
    assert read_twice.interview.awaiting is not None
    assert read_twice.interview.awaiting.read_by == "language_model"
    read_twice.says(YES)
    assert (read_twice.stored["S1"].level, read_twice.stored["S1"].words) == (2, LOST)
    assert read_twice.interview.answers["S1"].read_by == "language_model"


def test_a_no_brings_all_the_choices_and_what_is_picked_is_the_familys(read_twice: Family, stub: StubModel) -> None:
    stub.says(level=2)
    read_twice.says(unclear(LOST))
    offered = read_twice.click("S1.choices")
    assert read_twice.stored == {}
    assert len(offered[-1]["options"]) == 5
    read_twice.click("S1.3")
    assert read_twice.interview.answers["S1"].read_by == "local"
    assert read_twice.audit("reading.confirmed") == []


def test_whatever_it_says_nothing_is_scored_without_the_family(read_twice: Family, stub: StubModel) -> None:
    for level in (0, 1, 2, 3, None):
        stub.says(level=level)
        read_twice.says(unclear(LOST))
    for intent in INTENTS:
        stub.says(intent=intent)
        read_twice.says(unclear(LOST))
    assert read_twice.stored == {}
    assert read_twice.interview.answers == {}


def test_the_audit_says_who_read_it_and_that_the_family_said_yes(read_twice: Family, stub: StubModel) -> None:
    stub.says(level=2)
    read_twice.says(unclear(LOST), "m-read")
    step, reading = read_twice.audit()[-2:]
    assert (step[0], step[1]["message"]) == ("draft.stepped", "m-read")
    assert reading == ("reading.language_model", {"question": "S1", "level": 2, "model": "county/reader-7b"})
    read_twice.says(YES)
    assert read_twice.audit()[-1] == (
        "reading.confirmed",
        {"question": "S1", "level": 2, "read_by": "language_model"},
    )
    stub.says(intent="ask_timing")
    read_twice.says(unclear("and when"))
    assert read_twice.audit()[-1] == (
        "reading.language_model",
        {"question": "S2", "intent": "ask_timing", "model": "county/reader-7b"},
    )
    assert verify(read_twice.services.database) == []


def test_no_step_is_kept_without_its_line_in_the_audit(read_twice: Family, stub: StubModel, store_file: Path) -> None:
    refuse(store_file, "reading.language_model")
    stub.says(level=2)
    before = read_twice.draft
    with pytest.raises(Exception, match="refused by the test"):
        read_twice.says(unclear(LOST))
    assert read_twice.draft == before


# What it may do for a message that is no answer: what the intent's own rule does.


def rules() -> dict[str, str]:
    """The action of each intent, from Rasa's rules."""
    text = "\n".join(path.read_text() for path in Path("data/rules").glob("*.yml"))
    return dict(re.findall(r"- intent: (\w+)\n\s+- action: (\w+)", text))


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_does_what_its_rule_does(
    services: Services, with_model: Services, stub: StubModel, intent: str
) -> None:
    by_rule, by_model = Family(services).begin(), Family(with_model).begin()
    for family in (by_rule, by_model):
        family.click("S1.2")
        family.click("S2.1")
    text = "what is a short break then"
    action = rules()[intent]
    expected = by_rule.run(action, unclear(text), text, intent=intent)
    expected += by_rule.run("interview_form", unclear(text), text, after=action, intent=intent)
    stub.says(level=None, intent=intent)
    assert shown(by_model.says(unclear(text)), by_model) == shown(expected, by_rule)
    assert by_model.interview == by_rule.interview
    assert by_model.draft.stage == by_rule.draft.stage
    assert len(stub.seen) == 1


def shown(said: Said, family: Family) -> list[tuple[str, str, list[str]]]:
    """What a person sees, without the draft's own number."""
    return [
        (
            message["kind"],
            message["text"].replace(family.draft.reference, "REF"),
            [o["value"] for o in message["options"]],
        )
        for message in said
    ]


def test_it_may_name_no_intent_that_records_an_answer_and_none_of_safety() -> None:
    assert not {"skip", "not_sure", "yes", "no", "answer", "urgent_help"} & set(INTENTS)
    assert set(INTENTS) <= set(rules())


# What it must not be asked about.


@pytest.mark.parametrize(
    "reading",
    [
        read_as("someone is always right next to him", "S1", 3),
        read_as("he needs a bit of watching", "S1", 1, certainty="between", second=2),
        Reading(
            kind="unclear", text="a bit of watching", level=read_as("", "S1", 1, certainty="between", second=2).level
        ),
        unclear("3"),
        unclear("42"),
        unclear("?!"),
        YES,
    ],
    ids=["sure", "between", "between, no intent", "an option", "a number that is none", "no words", "a yes"],
)
def test_it_is_not_asked_when_our_own_reading_will_do(read_twice: Family, stub: StubModel, reading: Reading) -> None:
    read_twice.says(reading)
    assert stub.seen == []


def test_it_is_not_asked_about_clicks_commands_and_questions(read_twice: Family, stub: StubModel) -> None:
    read_twice.click("S1.2")
    for reading in (
        Reading(kind="command", text="go back", command="back", intent="go_back"),
        Reading(kind="question", text="who reads this?", intent="privacy_who_sees"),
        Reading(kind="chat", text="cheers", intent="thanks"),
    ):
        with pytest.raises(ActionExecutionRejection):
            read_twice.says(reading)
    assert stub.seen == []


def test_it_is_not_asked_outside_the_questions(with_model: Services, stub: StubModel) -> None:
    family = Family(with_model)
    family.says(unclear("what is all this then"))
    family.click("consent.yes")
    family.says(unclear("next door"))
    family.click("who.parent")
    family.says(unclear("Sam"))
    family.says(unclear("quite little"))
    family.says(unclear("8"))
    family.answer_all()
    family.says(unclear("hm is that all"))
    assert family.draft.stage == "result"
    assert stub.seen == []


def test_it_is_not_asked_while_the_person_is_asked_something_else(read_twice: Family, stub: StubModel) -> None:
    read_twice.run("action_varies", unclear("it depends"), "it depends")
    read_twice.says(unclear("depends on the week"))
    read_twice.run("action_pause", unclear("stop"), "stop")
    read_twice.says(unclear("hello again"))
    assert stub.seen == []


def test_a_message_that_was_applied_is_not_sent_again(read_twice: Family, stub: StubModel) -> None:
    stub.says(level=2)
    read_twice.says(unclear(LOST), "m-once")
    read_twice.says(unclear(LOST), "m-once")
    assert len(stub.seen) == 1


def test_another_family_meanwhile_is_read_without_it_and_does_not_wait(services: Services, stub: StubModel) -> None:
    """Five messages at once: four places."""
    stub.says(level=2)
    stub.seconds_before = 0.6
    shared = replace(services, language_model=LanguageModel(stub.url, "m", "", 5.0))
    families = [Family(shared, new_draft(shared)).begin() for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        kinds = list(pool.map(lambda family: family.says(unclear(LOST))[-1]["kind"], families))
    assert sorted(kinds) == ["confirm"] * 4 + ["question"]
