"""A call, from the first ring: keys and words, silence, danger, coming back, and the amount behind a PIN."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from bot.store import answers, audit, calls, conversations, drafts
from tests.gateway.channels.conftest import PUBLIC
from tests.gateway.service import Service
from tests.simulators.caller import Caller
from tests.simulators.phones import OLDER_TWILIO_TOKEN


def draft_of(service: Service, caller: Caller) -> drafts.Draft:
    with service.database.read() as tx:
        call = calls.find(tx, caller.sid)
        assert call is not None
        assert call.conversation_id is not None
        return drafts.get(tx, conversations.get(tx, call.conversation_id).draft_id)


def levels(service: Service, caller: Caller) -> dict[str, int | None]:
    draft = draft_of(service, caller)
    with service.database.read() as tx:
        return {code: answer.level for code, answer in answers.current(tx, draft.id).items()}


def digits_said(heard: str, count: int) -> str:
    """So many signs that were said one by one."""
    found = re.search(rf"(?:\w, ){{{count - 1}}}\w", heard)
    assert found, heard
    return found[0].replace(", ", "")


def test_it_says_what_it_is_and_offers_a_person_first(caller: Caller) -> None:
    assert "computer voice" in caller.parts[0]
    assert "do not record" in caller.heard
    assert "Press 0 at any time for a person" in caller.heard
    assert "01632 960101" in caller.presses("0")
    assert "01632 960101" in caller.says("a person please")
    assert not caller.hung_up


def test_it_listens_to_keys_and_words_at_once_and_can_be_interrupted(caller: Caller) -> None:
    gather = caller.gather
    assert gather["input"] == "dtmf speech"
    assert (gather["language"], gather["bargeIn"], gather["profanityFilter"]) == ("en-GB", "true", "false")
    assert gather["actionOnEmptyResult"] == "true"
    assert (gather["numDigits"], gather["finishOnKey"]) == ("1", "")
    assert gather["timeout"] == "8"


def test_options_come_before_their_keys_with_a_pause_between_and_their_number_said(asked: Caller) -> None:
    assert "question 1 of 16" in asked.heard
    assert "There are 5 answers" in asked.heard
    offers = [part for part in asked.parts if ", press " in part]
    assert [part.rsplit(" ", 1)[1] for part in offers] == ["1.", "2.", "3.", "4.", "5."]
    assert all(part.startswith("For: ") for part in offers)
    assert len(asked.breaks) == len(asked.parts) - 1


@pytest.mark.parametrize(
    ("how", "level"),
    [("3", 2), ("three", 2), ("Option three, please.", 2), ("um, one one", 0), ("press four", 3)],
)
def test_an_answer_by_key_or_by_number_counts_at_once(service: Service, asked: Caller, how: str, level: int) -> None:
    asked.presses(how) if how.isdigit() else asked.says(how)
    assert "question 2 of 16" in asked.heard
    assert levels(service, asked) == {"S1": level}


def test_own_words_are_read_back_and_count_after_a_yes(service: Service, asked: Caller) -> None:
    asked.says("i turn round and he has got the kettle")
    assert levels(service, asked) == {}
    assert "right" in asked.heard.lower()
    asked.chooses("yes")
    assert levels(service, asked)["S1"] is not None


def test_the_same_keys_mean_the_same_all_through(service: Service, asked: Caller) -> None:
    first = asked.heard
    assert asked.presses("*") == first
    asked.presses("#")
    assert "question 2 of 16" in asked.heard
    asked.presses("8")
    assert "question 1 of 16" in asked.heard
    asked.presses("0")
    assert "01632 960101" in asked.heard
    asked.presses("7")
    assert len(digits_said(asked.heard.split("PIN")[1], 6)) == 6
    assert draft_of(service, asked).stage == "paused"


def test_where_a_number_is_the_answer_its_digits_are_no_commands(service: Service, caller: Caller) -> None:
    caller.presses("1")
    caller.chooses("yes")
    caller.chooses("parent")
    caller.says("Ty")
    assert caller.gather["finishOnKey"] == "#"
    assert "press hash" in caller.heard
    assert "01632 960101" in caller.presses("0#")
    caller.presses("*#")
    caller.presses("8#")
    assert "other children who are 8" in caller.heard
    caller.says("it varies")
    for key in ("1", "4"):
        caller.presses(key)
    assert "press hash" in caller.heard
    caller.presses("7#")
    assert draft_of(service, caller).stage != "paused"


def test_slower_is_remembered(asked: Caller) -> None:
    asked.presses("9")
    assert asked.rate == "80%"
    assert asked.gather["timeout"] == "16"
    assert set(asked.breaks) == {"1200ms"}
    asked.presses("2")
    assert asked.rate == "80%"
    asked.says("slower")
    assert asked.rate == ""


def test_a_key_that_does_nothing_says_so_and_asks_again(service: Service, caller: Caller) -> None:
    caller.presses("1")
    assert "nothing here" in caller.presses("5")
    assert "There are 3 answers" in caller.heard


def test_silence_is_met_three_times_and_then_the_place_is_kept(service: Service, asked: Caller) -> None:
    assert asked.waits().startswith("No hurry")
    assert asked.gather["timeout"] == "12"
    assert asked.waits().startswith("I could not hear you")
    assert asked.rate == "80%"
    asked.waits()
    assert asked.hung_up
    assert "01632 960101" in asked.heard
    assert asked.heard.endswith("Goodbye.")
    assert draft_of(service, asked).pin_set


def test_a_word_in_between_begins_the_patience_anew(asked: Caller) -> None:
    asked.waits()
    asked.waits()
    asked.presses("2")
    assert asked.waits().startswith("No hurry")
    assert not asked.hung_up


def test_silence_before_anything_was_said_keeps_nothing(service: Service, caller: Caller) -> None:
    with service.database.read() as tx:
        before = tx.connection.scalar(text("SELECT count(*) FROM drafts"))
    for _ in range(3):
        caller.waits()
    assert caller.hung_up
    with service.database.read() as tx:
        assert tx.connection.scalar(text("SELECT count(*) FROM drafts")) == before


@pytest.mark.parametrize("mode", ["start", "reference", "talk"])
def test_danger_is_heard_wherever_a_call_is(service: Service, mode: str) -> None:
    caller = Caller(service.http, PUBLIC)
    caller.rings()
    if mode == "reference":
        caller.presses("2")
    if mode == "talk":
        caller.presses("1")
    caller.says("he has got a knife and he is coming up the stairs")
    assert "999" in caller.heard
    draft = draft_of(service, caller)
    with service.database.read() as tx:
        level = tx.connection.scalar(
            text("SELECT level FROM safety_events WHERE draft_id = :id AND alert = 'waiting'"), {"id": draft.id}
        )
    assert level == "RED-A"


def test_danger_that_was_heard_badly_is_not_asked_about_first(asked: Caller) -> None:
    asked.says("I have taken an overdose", confidence=0.2)
    assert "I heard" not in asked.heard
    assert "999" in asked.heard


def test_what_was_heard_badly_is_read_back_before_it_counts(service: Service, asked: Caller) -> None:
    asked.says("someone close by", confidence=0.3)
    assert asked.parts[0] == "I heard: someone close by."
    asked.presses("2")
    assert "say it again" in asked.heard
    assert "question 1 of 16" in asked.heard
    asked.says("someone close by", confidence=0.3)
    asked.presses("1")
    assert "I heard" not in asked.heard


def test_who_relays_a_call_is_not_taken_for_an_answer(service: Service, asked: Caller) -> None:
    asked.says("Hello, this is Relay UK, I have a caller for you")
    assert asked.heard.startswith("Thank you. I will wait")
    assert asked.gather["timeout"] == "16"
    assert "question 1 of 16" in asked.heard
    assert levels(service, asked) == {}


def test_a_request_that_comes_twice_is_one_turn(service: Service, asked: Caller) -> None:
    asked.presses("3")
    first = asked.heard
    for _ in range(3):
        assert asked.again() == first
    asked.presses("2")
    assert levels(service, asked) == {"S1": 2, "S2": 1}


def test_a_late_request_changes_nothing_and_the_call_goes_on(service: Service, asked: Caller) -> None:
    old = asked.gather["action"]
    asked.presses("3")
    now = asked.heard
    late = asked.sends(old.removeprefix(PUBLIC), {"Digits": "4"})
    assert "question 2" in late.text
    assert levels(service, asked) == {"S1": 2}
    assert asked.presses("*") == now


def test_the_first_ring_twice_is_one_call(service: Service) -> None:
    caller = Caller(service.http, PUBLIC)
    assert caller.rings() == caller.again()


def test_a_forged_call_gets_nothing(service: Service) -> None:
    caller = Caller(service.http, PUBLIC)
    caller.sends("/channels/twilio/voice", {}, token="not the token", status=403)
    caller.sends("/channels/twilio/voice/turn?n=1", {"Digits": "1"}, token="not the token", status=403)
    with service.database.read() as tx:
        assert calls.find(tx, caller.sid) is None
    caller.sends("/channels/twilio/voice", {}, token=OLDER_TWILIO_TOKEN)


@pytest.mark.parametrize("way", ["keys", "words"])
def test_a_call_is_paused_and_taken_up_by_another_one(service: Service, asked: Caller, way: str) -> None:
    asked.presses("3")
    asked.presses("7")
    before, after = asked.heard.split("PIN", 1)
    reference, pin = digits_said(before, 10), digits_said(after, 6)
    later = Caller(service.http, PUBLIC, number="anonymous")
    later.rings()
    later.presses("2")
    if way == "keys":
        keypad = {
            sign: key
            for key, signs in {"2": "C", "3": "DF", "4": "GH", "5": "JK", "6": "MN", "7": "PQR", "8": "T"}.items()
            for sign in signs
        } | dict.fromkeys("WXY", "9")
        later.presses("".join(keypad.get(sign, sign) for sign in reference[2:]) + "#")
        later.presses(pin + "#")
    else:
        later.says(" ".join(reference))
        later.says(", ".join(pin))
    assert "question 2 of 16" in later.heard
    assert draft_of(service, later).id == draft_of(service, asked).id
    assert levels(service, later) == {"S1": 2}


def test_a_wrong_pin_opens_nothing_and_tries_are_limited(service: Service, asked: Caller) -> None:
    asked.presses("7")
    reference = digits_said(asked.heard.split("PIN")[0], 10)
    other = Caller(service.http, PUBLIC, number="+447700900777")
    other.rings()
    for _ in range(6):
        other.presses("2")
        other.says(" ".join(reference))
        other.says("0 0 0 0 0 0")
        assert "question" not in other.heard
    assert "wait" in other.heard.lower() or "minutes" in other.heard


def test_a_number_that_is_no_reference_is_asked_for_again_and_then_a_person_is_named(caller: Caller) -> None:
    caller.presses("2")
    assert "did not get that" in caller.presses("12#")
    caller.says("I do not know")
    caller.presses("9999#")
    assert "01632 960101" in caller.heard
    assert "press 1" in caller.heard


def test_neither_number_nor_call_is_kept_in_words(service: Service, asked: Caller) -> None:
    with service.database.read() as tx:
        rows = tx.connection.execute(text("SELECT * FROM calls")).all()
        everything = repr(rows) + repr(audit.lines(tx, limit=1000))
    assert asked.sid not in everything
    assert asked.number not in everything
    assert "7700900123" not in everything


def test_when_the_engine_is_away_the_words_are_kept_and_the_call_goes_on(service: Service, asked: Caller) -> None:
    service.engine.failure = "down"
    asked.presses("3")
    assert "What you said is kept" in asked.heard
    assert not asked.hung_up
    service.engine.failure = None
    asked.presses("2")
    assert levels(service, asked)["S1"] == 2


def to_the_result(caller: Caller) -> None:
    for _ in range(40):
        if "check" in caller.heard.lower() and "press" in caller.heard and "question" not in caller.heard:
            break
        caller.presses("3")
    caller.chooses("go on")


def test_the_amount_is_said_only_to_who_has_the_pin(service: Service, asked: Caller) -> None:
    to_the_result(asked)
    assert "guide amount is ready" in asked.heard
    assert "£" not in asked.heard
    asked.chooses("hear the amount")
    pin = digits_said(asked.heard.split("Your PIN is")[1], 6)
    wrong = "".join(str((int(digit) + 1) % 10) for digit in pin)
    asked.presses(f"{wrong}#")
    assert "not the PIN" in asked.heard
    assert "£" not in asked.heard
    asked.chooses("hear the amount")
    assert "PIN is" not in asked.heard
    asked.presses(f"{pin}#")
    assert "£" in asked.heard
    with service.database.read() as tx:
        actions = [line.action for line in audit.lines(tx, subject=draft_of(service, asked).id, limit=500)]
    assert actions.count("amount.shown") == 1
