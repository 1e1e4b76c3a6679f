import pytest

from bot.understanding.varies import hard_days, parts


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("two nights a week he's up all night", 2), ("about 3 days out of 7", 3), ("once a week maybe", 1),
        ("twice a week he gets a mood on", 2), ("That's Saturday and Sunday", 2), ("weekends are awful", 2),
        ("two or three days a week", 3), ("four days out of the seven lately", 4), ("every other day", 4),
        ("couple of chair days a week", 2), ("i'd say 3 bad in a week", 3), ("mondays and thursdays", 2),
    ],
)  # fmt: skip
def test_days_a_week_are_read_when_they_are_said(said, days):
    assert hard_days(said) == days


@pytest.mark.parametrize(
    "said", ["on bad days", "it depends", "when he's poorly", "he is seven", "two of us", "up four times a night", ""]
)
def test_no_number_of_days_is_made_up(said):
    assert hard_days(said) is None


def test_parts_that_speak_of_other_days_are_told_apart():
    said = "Usually I look in on him. Bad days are different, someone sits with him"
    assert parts(said) == ["Usually I look in on him", "Bad days are different", "someone sits with him"]
    assert parts("Fine. Bad nights he's up") == ["Fine Bad nights he's up"], "a word or two is no part of its own"
    assert parts("he is fine") == ["he is fine"]
    assert parts("") == []
