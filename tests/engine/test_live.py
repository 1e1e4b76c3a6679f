"""The running engine: real model, real rules, real HTTP; only the actions are small stand-in ones."""

import json
import re
import urllib.request

import pytest

from tests.engine.running import SECRET, Engine

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    running = Engine(tmp_path_factory.mktemp("engine"))
    yield running
    running.close()


@pytest.fixture
def actions(engine):
    engine.actions.calls.clear()
    engine.actions.reject = set()
    engine.actions.failing = False
    return engine.actions


def last_call(actions, name):
    return [call for call in actions.calls if call["next_action"] == name][-1]


def test_a_new_conversation_starts_its_session_and_goes_to_the_interview(engine, actions):
    assert engine.say("he is fine at home", "new", question="S1") == ["took answer"]
    assert actions.names() == ["action_session_start", "interview_form"]
    tracker = last_call(actions, "interview_form")["tracker"]
    assert tracker["slots"]["draft_id"] == "draft of new"
    assert tracker["latest_action_name"] == "action_listen"


def test_a_reading_reaches_the_interview_with_its_level(engine, actions):
    engine.say("no different to his sister really", "reads", question="S1", who="parent")
    reading = last_call(actions, "interview_form")["tracker"]["latest_message"]["reading"]
    assert reading["kind"] == "answer"
    assert reading["level"]["question_id"] == "S1"
    assert reading["level"]["level"] == 0


def test_a_question_back_is_answered_and_then_the_interview_asks_again(engine, actions):
    engine.say("fine", "asks", question="S1")
    actions.calls.clear()
    assert engine.say("why do u need to know that??", "asks", question="S1") == [
        "action_explain_question did explain_question",
        "asked again",
    ]
    assert actions.names() == ["interview_form", "action_explain_question", "interview_form"]
    assert actions.calls[0]["tracker"]["latest_action_name"] == "action_listen"
    assert actions.calls[2]["tracker"]["latest_action_name"] == "action_explain_question"
    assert engine.say("he needs someone close to him all day", "asks", question="S1") == ["took answer"]


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("go back", "action_go_back"),
        ("change the one about nights", "action_change_answer"),
        ("skip", "action_skip"),
        ("dunno", "action_not_sure"),
        ("it varies", "action_varies"),
        ("example", "action_example"),
        ("repeat that", "action_repeat"),
        ("slower please", "action_slower"),
        ("how many left", "action_progress"),
        ("pause", "action_pause"),
        ("start again", "action_start_again"),
        ("I want a person", "action_person"),
        ("help", "action_help"),
        ("what does indicative mean", "action_explain_term"),
        ("who will see my answers", "action_answer_question"),
        ("thanks", "action_small_talk"),
    ],
)
def test_each_command_reaches_its_action_and_comes_back(engine, actions, said, action):
    engine.say("yes", "commands", question="S1")
    actions.calls.clear()
    engine.say(said, "commands", question="S1")
    assert actions.names() == ["interview_form", action, "interview_form"]


def test_a_click_carries_its_choice_and_needs_no_understanding(engine, actions):
    assert engine.say("/choose", "clicks", internal=True, choice="S1.2", question="S1") == ["took choose"]
    message = last_call(actions, "interview_form")["tracker"]["latest_message"]
    assert message["reading"]["kind"] == "choice"
    assert message["reading"]["choice"] == "S1.2"
    assert message["metadata"]["choice"] == "S1.2"


@pytest.mark.parametrize(
    ("said", "metadata"),
    [
        ("/choose", {"choice": "S1.3"}),
        ("/wake", {}),
        ("/session_start", {"internal": True}),
        ("/restart", {"internal": True}),
        (' / /choose{"choice":"S1.3"}', {"internal": True}),
        ("/human_handoff", {}),
    ],
)
def test_nobody_can_type_an_intent(engine, actions, said, metadata):
    engine.say(said, "types", question="S1", **metadata)
    for call in actions.calls:
        message = call["tracker"].get("latest_message") or {}
        assert (message.get("intent") or {}).get("name") not in {"choose", "wake", "session_start", "restart"}
        assert not (message.get("text") or "").startswith("/")
    assert "action_restart" not in actions.names()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 422),
        (b"[]", 422),
        ({"sender": "", "text": "hi"}, 422),
        ({"sender": "c1"}, 422),
        ({"sender": "c" * 65, "text": "hi"}, 422),
        ({"sender": "c1", "text": "x" * 4001}, 422),
        ({"sender": "c1", "text": "hi", "metadata": "no"}, 422),
    ],
)
def test_a_malformed_turn_is_refused(engine, body, status):
    assert engine.post(body)[0] == status


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "é"])
def test_only_the_gateway_gets_in(engine, actions, secret):
    secret = secret.encode().decode("latin-1")
    assert engine.post({"sender": "c1", "text": "hi"}, secret) == (401, {"error": "unauthorised"})
    assert actions.calls == []


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/conversations/c1/tracker", "/model", "/status", "/webhooks/callback/webhook"]
)
def test_rasas_own_doors_do_not_exist(engine, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{engine.port}{path}", timeout=10)
    assert refused.value.code == 404


def test_a_failing_action_fails_the_turn_and_the_same_message_works_later(engine, actions):
    engine.say("yes", "fails", question="S1")
    actions.failing = True
    assert engine.post({"sender": "fails", "text": "go back", "metadata": {"question": "S1"}}) == (
        503,
        {"error": "turn_failed"},
    )
    actions.failing = False
    actions.calls.clear()
    assert engine.say("go back", "fails", question="S1") == ["action_go_back did go_back", "asked again"]
    said = [event for event in actions.calls[0]["tracker"]["events"] if event["event"] == "user"]
    assert len(said) == 2, "the failed turn left a trace"


def test_a_rejection_without_a_rule_is_an_error_and_poisons_nothing(engine, actions):
    engine.say("yes", "odd", question="S1")
    actions.reject = {"yes"}
    assert engine.post({"sender": "odd", "text": "yes", "metadata": {"question": "S1"}})[0] == 503
    actions.reject = set()
    assert engine.say("yes", "odd", question="S1") == ["took yes"]


def test_a_killed_engine_carries_on_in_the_middle(engine, actions):
    engine.say("he is fine at home", "killed", question="S1")
    engine.say("why", "killed", question="S2")
    engine.process.kill()
    engine.process.wait()
    engine.start()
    actions.calls.clear()
    assert engine.say("go back", "killed", question="S2") == ["action_go_back did go_back", "asked again"]
    assert actions.names() == ["interview_form", "action_go_back", "interview_form"], "a session was started again"
    assert actions.calls[0]["tracker"]["slots"]["draft_id"] == "draft of killed"


def test_three_hundred_turns_cost_what_the_first_did(engine, actions):
    def cost_of(turns):
        before = engine.cpu_seconds()
        for number in range(turns):
            engine.say("why" if number % 3 == 0 else "he needs someone close to him all day", "long", question="S1")
        return engine.cpu_seconds() - before

    cost_of(10)
    actions.sizes.clear()
    costs = [cost_of(60) for _ in range(5)]
    assert costs[-1] < costs[0] * 2.5
    assert max(actions.sizes[-20:]) < 20_000, "the tracker sent to the actions grows"
    assert engine.resident_megabytes() < 300


def test_logs_are_json_and_hold_nothing_that_was_said(engine, actions):
    actions.failing = True
    engine.post({"sender": "logs", "text": "Kacper bites his hand", "metadata": {"question": "S3"}})
    actions.failing = False
    engine.say("zebra Kacper qqq", "logs", question="S3")
    text = engine.log.read_text()
    assert "Kacper" not in text
    assert SECRET not in text
    assert '"event": "turn failed"' in text
    ready = [json.loads(line) for line in text.splitlines() if '"event": "ready"' in line]
    assert ready
    assert re.search(r'"reason": "action \w+: ClientResponseError"', text)


def test_it_stops_when_told_to(tmp_path):
    running = Engine(tmp_path)
    running.process.terminate()
    assert running.process.wait(timeout=20) == 0
    assert '"event": "stopped"' in running.log.read_text()
    running.actions.close()
