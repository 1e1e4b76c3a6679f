"""Personal data is taken out where it is found, and ordinary answers are left as they were."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.redaction import is_nhs_number, redact

LEVELS = Path(__file__).parents[2] / "data" / "levels"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("call 07700 900123", "call [phone]"),
        ("call 07700900123 after 3", "call [phone] after 3"),
        ("it's (01632) 960 101", "it's [phone]"),
        ("+44 7700 900 123 is mine", "[phone] is mine"),
        ("my number is oh seven seven double oh nine oh oh one two three", "my number is [number]"),
        ("mail sam.b@example.co.uk please", "mail [email] please"),
        ("sam at example dot com", "[email]"),
        ("we're at SW1A 1AA", "we're at [postcode]"),
        ("postcode ab12cd", "postcode [postcode]"),
        ("NHS 943 476 5919", "NHS [NHS number]"),
        ("nhs number 9434765919 ok", "nhs number [NHS number] ok"),
        ("NI is QQ 12 34 56 C", "NI is QQ 12 34 56 C"),  # QQ is never given out
        ("NI is AB 12 34 56 C", "NI is [NI number]"),
        ("ab123456c", "[NI number]"),
        ("born 12/03/2015", "born [date]"),
        ("dob 3.4.15", "dob [date]"),
        ("his birthday is 4th of May", "his birthday is [date]"),
        ("born on the 12th March 2015", "born on the [date]"),
        ("2015-03-12", "[date]"),
        ("12 Acacia Avenue", "[address]"),
        ("flat 3, 40 long lane", "flat 3, 40 long lane"),
        ("we live at 7 Mill Close now", "we live at [address] now"),
        ("221b baker street", "[address]"),
        ("my name is john smith and he is 8", "my name is [name] and he is 8"),
        ("her full name is Aisha Begum Khan", "her full name is [name]"),
        ("ask Mrs Patel", "ask [name]"),
        ("Sarah Jones from next door", "[name] from next door"),
        ("Dr. O'Neill said so", "[name] said so"),
        ("Mary-Kate? no, Kate Winters-Hall", "Mary-Kate? no, [name]"),
    ],
)
def test_what_is_found_is_named_and_gone(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "2 of us",
        "4 times a night",
        "9.30",
        "up at 2.15, 3.40 and 5",
        "S1 2nd time",
        "he weighs 7 stone 4",
        "Sam and Aisha get on",
        "Ty likes Peppa Pig and Lego Club on Friday",
        "call 999, or Childline on 0800 1111, or Samaritans on 116 123",
        "two, three, four times a night, one of us sleeps",
        "crossing 2 busy roads, 1 main road",
        "he is called Ty",
        "this is hard to say",
        "my name is Ty",
        "£1,200 a year, £80 a week, 39 weeks",
        "she's 12 and on 150mg twice a day",
        "page 10 of 16",
        "2 adults in the park",
        "level 3 most days since 2019",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact(text) == text


def test_answers_that_families_give_are_not_touched() -> None:
    lines = [
        line
        for path in sorted(LEVELS.glob("*.yml"))
        for level in yaml.safe_load(path.read_text(encoding="utf-8"))["levels"].values()
        for line in level
    ]
    named = re.compile(r"\b(?:Mr|Mrs|Miss) [A-Z]")  # teachers
    touched = [line for line in lines if redact(line) != line and not named.search(line)]
    assert len(lines) > 3_000
    assert touched == []


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_twice_is_the_same_as_once(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@given(st.text(alphabet="0123456789 +-().abAB/", max_size=120))
@settings(max_examples=100)
def test_numbers_settle_at_once_and_grow_no_longer_than_their_marks(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    assert len(once) <= len(text) * 3 + 12


@given(st.integers(min_value=0, max_value=999_999_999))
@settings(max_examples=50)
def test_nhs_numbers_are_known_by_their_check_digit(nine: int) -> None:
    digits = f"{nine:09d}"
    assert sum(is_nhs_number(f"{digits}{last}") for last in range(10)) <= 1
