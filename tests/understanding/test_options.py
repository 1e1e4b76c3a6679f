import pytest

from bot.interview.messages import Option
from bot.understanding.options import match

LEVELS = (
    Option("S1.0", "Ty is safe at home, like other children his age.", 1),
    Option("S1.1", "Ty is safe at home when someone checks on him now and then.", 2),
    Option("S1.2", "Ty is safe at home when someone stays close to him most of the time.", 3),
    Option("S1.3", "Ty is safe at home when someone is right beside him all the time.", 4),
    Option("S1.not_sure", "I am not sure", 5),
)
CONSENT = (
    Option("consent.yes", "Yes, start", 1),
    Option("consent.more", "Tell me more first", 2),
    Option("consent.person", "I'd like a person", 3),
)


@pytest.mark.parametrize(
    "said",
    [
        "2", "2.", "(2)", " 2 ", "2️⃣", "#2", "two", "Two", "number 2", "number two", "no. 2", "option 2", "option 2 please",
        "i'd say 2", "I think it's 2", "2 please", "2 thanks", "probably a 2", "it's a two", "2!", "２", "the second one",
        "level 2", "2 i think", "erm 2", "S1.1", "s1.1", "someone checks on him now and then", "checks on him",
        "Ty is safe at home when someone checks on him now and then.",
        "ty is safe at home when someone checks on him now and then", "2 Ty is safe at home when someone checks on him now and then.",
    ],
)  # fmt: skip
def test_every_shape_of_the_second_option_picks_it(said):
    assert match(said, LEVELS) == "S1.1"


@pytest.mark.parametrize(
    "said",
    [
        "1 or 2", "2 or 3", "between 2 and 3", "2-3", "2/3", "2.5", "-2", "not 2", "20", "0", "9", "2 of us", "two of us",
        "twice", "he is 2", "he's two years old", "home", "him", "safe at home", "someone", "", "   ", "?!", "to", "for",
        "2 carers in the day", "every 2 hours", "2%", "1, 2", "neither", "not sure about 2",
    ],
)  # fmt: skip
def test_what_is_not_clearly_one_option_picks_none(said):
    assert match(said, LEVELS) is None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("yes start", "consent.yes"),
        ("tell me more", "consent.more"),
        ("like a person", "consent.person"),
        ("3", "consent.person"),
        ("start", "consent.yes"),
    ],
)
def test_short_labels_match_by_a_unique_part(said, value):
    assert match(said, CONSENT) == value


def test_not_sure_is_an_option_like_any_other():
    assert match("i am not sure", LEVELS) == "S1.not_sure"
    assert match("5", LEVELS) == "S1.not_sure"


def test_nothing_matches_when_nothing_is_offered():
    assert match("1", ()) is None


def test_two_options_with_one_label_are_not_told_apart_by_it():
    same = (Option("a", "Change this", 1), Option("b", "Change this", 2))
    assert match("change this", same) is None
    assert match("2", same) == "b"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 really but only when hes awake lol", "S1.3"),
        ("3 because he needs watching", "S1.2"),
        ("2 I think", "S1.1"),
        ("2 but sometimes 3", None),
        ("2 but one day it was awful", None),
        ("4 times a night", None),
        ("2 of us in the water", None),
    ],
)
def test_a_number_with_a_reason_is_an_answer_but_a_count_is_not(text: str, value: str | None) -> None:
    options = [Option(value=f"S1.{level}", label=f"Level {level} words here", number=level + 1) for level in range(4)]
    assert match(text, options) == value
