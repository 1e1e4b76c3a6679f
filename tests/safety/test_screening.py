"""What raises, what lowers, and what must never lower; what each level sets going."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety import GREEN, rank, screen, screen_answer
from bot.safety.levels import ORDER
from bot.safety.rules import default_rules


@pytest.mark.parametrize(
    ("text", "settings_", "level"),
    [
        ("he hits me", {"who": "adult", "question": "S3"}, "GREEN"),
        ("he hits me", {"who": "adult"}, "AMBER-2"),
        ("my dad hits me", {"who": "child"}, "RED-C"),
        ("my husband hits me", {"who": "adult"}, "AMBER-2"),
        ("my husband is hitting me right now", {"who": "adult"}, "RED-A"),
        ("i feel worthless", {"who": "adult"}, "AMBER-3"),
        ("i feel worthless and i keep looking at the tablets", {"who": "adult"}, "RED-B"),
        ("my carer is mean to me", {"who": "child"}, "RED-C"),
        ("not allowed to say what happens at his", {}, "RED-C"),
        ("I'll end it for both of us", {"who": "adult"}, "RED-A"),
        ("take him, I'm done", {"who": "adult"}, "AMBER-1"),
        ("we've got no medicine left", {"who": "adult"}, "AMBER-3"),
    ],
)
def test_who_speaks_and_what_is_asked_decide(text: str, settings_: dict[str, Any], level: str) -> None:
    assert screen(text, **settings_).level == level


@pytest.mark.parametrize(
    "text",
    [
        "I'll kill him if he hides my keys again lol",
        "I could murder a tea",
        "it kills me to say it but no",
        "she's dying to go swimming",
        "I would never hurt him",
        "she could die without her tube, so someone trained is always near",
        "what does safeguarding mean",
        "a car nearly hit him last year",
        "he was bitten by a dog",
        "bolts on the outside gate",
    ],
)
def test_idiom_negation_and_need_stay_green_for_an_adult(text: str) -> None:
    assert screen(text, who="adult") == GREEN


def test_a_childs_joke_lowers_nothing() -> None:
    assert screen("kms lol", who="adult").level == "AMBER-3"
    assert screen("kms lol", who="child").level == "RED-B"


def test_a_child_who_takes_it_back_is_still_seen_by_a_person() -> None:
    assert screen("I would never kill myself", who="child").level == "AMBER-3"


@pytest.mark.parametrize(
    "text",
    [
        "i want to die, joking, but i've got the tablets here",
        "i want to die tonight lol",
        "i want to die lol, don't tell anyone",
    ],
)
def test_means_now_and_secrecy_forbid_lowering(text: str) -> None:
    assert screen(text, who="adult").level == "RED-B"


def test_a_negation_elsewhere_in_the_sentence_does_not_lower() -> None:
    for text in (
        "dad hits me he never says sorry",
        "i do not sleep i want to die",
        "nobody cares i want to die",
        "can you help my dad is hitting my mum",
        "i can see he is not breathing",
        "i was watching telly and he hit me with a belt",
        "you asked about home, my dad hits me",
    ):
        assert screen(text).level.startswith("RED"), text


def test_a_second_mention_raises_the_alert_and_cannot_be_joked_away() -> None:
    once = screen("I can't do this any more", who="adult")
    again = screen("I can't do this any more", who="adult", previous="AMBER-1")
    assert (once.alert, again.alert) == ("same_day", "immediate")
    assert "a second mention in this conversation" in again.reasons
    assert screen("I'll kill him lol", who="adult").level == "GREEN"
    assert screen("I'll kill him lol", who="adult", previous="AMBER-1").level == "AMBER-2"


def test_red_stops_the_script_and_amber_does_not() -> None:
    red, amber = screen("he's not breathing"), screen("I'm at breaking point")
    assert (red.stop, red.alert, red.text_id) == (True, "immediate", "RED_now")
    assert (amber.stop, amber.alert, amber.text_id) == (False, "same_day", "CARER")


@pytest.mark.parametrize(
    ("text", "who", "texts"),
    [
        ("i want to die", "adult", ("SUI_adult", None)),
        ("i want to die", "child", ("SUI_child", None)),
        ("he said he wants to die last night", "adult", ("SUI_other_adult", None)),
        ("my grandson told me that he wants to kill himself", "adult", ("SUI_other_adult", None)),
        ("my sister says she wants to kill herself", "child", ("SUI_other_child", None)),
        ("he told me I should, and I want to die", "adult", ("SUI_adult", None)),
        ("my uncle touches me", "child", ("DISC_child", None)),
        ("my ex hits the kids", "adult", ("DISC_adult", None)),
        ("I'll end it for both of us", "adult", ("RED_now", "SUI_adult")),
        ("my partner won't let me have my own money", "adult", ("DA", None)),
        ("I'm worried about his PA", "adult", ("WORKER", None)),
        ("his peg is leaking and sore", "adult", ("HEALTH", None)),
        ("we lock him in his room at night", "adult", ("NOTBLAME", None)),
    ],
)
def test_the_fixed_text_fits_level_and_speaker(text: str, who: Any, texts: tuple[str, str | None]) -> None:
    found = screen(text, who=who)
    assert (found.text_id, found.then_text_id) == texts


def test_an_age_tells_that_a_child_writes() -> None:
    assert screen("im 12 and im always hungry nobody feeds us", who="adult").text_id == "DISC_child"


def test_cannot_go_on_is_the_carers_path_also_when_it_is_picked() -> None:
    picked = screen_answer("F1", 3)
    assert (picked.level, picked.text_id, picked.stop) == ("AMBER-1", "CARER", False)
    assert screen_answer("F1", 3, previous="AMBER-3").alert == "immediate"
    assert screen_answer("S1", 3) == GREEN


def test_speech_has_no_sentences() -> None:
    text = "um he's he's got. he's got a knife. er he won't put it down"
    assert screen(text, channel="voice").level == "RED-A"


@pytest.mark.parametrize(
    "text",
    ["i want to d1e", "I WANT TO DIE!!!", "i want to dieeeee", "i wanna die", "i want to... die", "k.m.s", "s u i c i d a l",
     "i am suicidle", "sucidal", "kill myslef", "unaliiive myself", "💊 i took all my 💊"],
)  # fmt: skip
def test_spelling_hides_nothing(text: str) -> None:
    assert screen(text).level.startswith("RED")


def test_a_long_message_is_read_at_both_ends() -> None:
    filler = "we went to the park and he liked the swings. " * 100
    assert screen(f"{filler} and i want to die").level == "RED-B"
    assert screen(f"i want to die. {filler}").level == "RED-B"


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "👍", "4", "!!!", "'", "/choose", "@", "****", "a" * 5_000])
def test_nothing_to_read_is_green(text: str) -> None:
    assert screen(text) == GREEN


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_level(text: str) -> None:
    assert screen(text).level in ORDER


@given(st.text(alphabet=string.ascii_letters + " ", max_size=60))
@settings(max_examples=50, deadline=None)
def test_what_goes_before_in_another_sentence_never_hides_a_danger(before: str) -> None:
    assert screen(f"{before}. My dad is hitting my mum").level.startswith("RED")


@given(st.sampled_from(["my dad hits me", "i want to die", "he touches me", "she says she wants to die"]), st.data())
@settings(max_examples=40, deadline=None)
def test_a_child_is_never_screened_milder_than_an_adult(text: str, data: st.DataObject) -> None:
    tail = data.draw(st.sampled_from(["", " lol", " last year", " joking", " at school", " when i was little"]))
    assert rank(screen(text + tail, who="child").level) >= rank(screen(text + tail, who="adult").level)


def test_reasons_hold_nothing_that_was_written() -> None:
    written = {c.file.reason for c in default_rules().contexts.values()} | {
        file.reason for file in default_rules().files
    }
    written |= {"a child is speaking", "a second mention in this conversation"}
    found = screen("my uncle Zebedee touches me", who="child", previous="AMBER-2")
    assert found.reasons
    assert set(found.reasons) <= written
