import pytest

from bot.understanding.commands import CODES, Steering, match, mentioned, target


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("back", "back"), ("Go back please", "back"), ("BACK!", "back"), ("skip", "skip"), ("skip this one pls", "skip"),
        ("not sure", "not_sure"), ("dunno", "not_sure"), ("I don’t know", "not_sure"), ("it varies", "varies"),
        ("depends", "varies"), ("why?", "why"), ("why do u need to know that??", "why"), ("example", "example"),
        ("repeat", "repeat"), ("say that again please", "repeat"), ("slower", "slower"), ("progress", "progress"),
        ("how many left", "progress"), ("pause", "pause"), ("save and stop", "pause"), ("person", "person"),
        ("can I talk to someone", "person"), ("help", "help"), ("start again", "start_again"), ("yes", "yes"),
        ("yeah that's right", "yes"), ("👍", "yes"), ("no", "no"), ("nah", "no"), ("👎", "no"), ("um, skip", "skip"),
    ],
)  # fmt: skip
def test_a_short_phrase_is_its_command(said, command):
    assert match(said) == Steering(command)


@pytest.mark.parametrize(
    "said",
    [
        "he won't go back to bed", "we skip meals when he's bad", "no he can't", "yes but only at night", "help him dress",
        "she needs help", "i have to repeat everything", "he never stops", "stop", "end", "cancel", "quit", "unsubscribe",
        "nobody helps", "someone has to be there", "back pain", "why does he do it", "it varies between one and two people",
        "he is not sure on his feet", "the person who helps", "",
    ],
)  # fmt: skip
def test_words_inside_an_answer_and_words_the_phone_network_owns_are_no_commands(said):
    assert match(said) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("change S1", "S1"), ("change question 3", "S3"), ("change 16", "F3"), ("change the one about nights", "H3"),
        ("can I change my answer about school please", "E1"), ("edit friends", "P1"), ("go back to question five", "H2"),
        ("i want to change the one about sleep", "H3"), ("change my answer to the first question", "S1"),
    ],
)  # fmt: skip
def test_change_finds_the_question_it_points_at(said, code):
    assert match(said) == Steering("change", code)


def test_change_without_a_question_has_no_target():
    assert match("change my answer") == Steering("change", None)
    assert match("change my name to Bob") is None
    assert match("change question 40") is None


def test_every_code_and_number_is_a_target():
    assert [target(code.lower()) for code in CODES] == list(CODES)
    assert [target(str(number)) for number in range(1, 17)] == list(CODES)
    assert target("0") is None
    assert target("17") is None


def test_a_longer_sentence_names_a_question_only_when_it_names_one():
    assert mentioned("hang on, I want to change what I said about sleep") == "H3"
    assert mentioned("can i redo question 2") == "S2"
    assert mentioned("i want to redo sleep and school") is None
    assert mentioned("i got that wrong") is None
