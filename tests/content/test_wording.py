"""Gaps are filled for every child and both readers, with verbs that agree; a gap nobody fills is an error."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Content, load
from bot.content.models import Who
from bot.content.script import family_script
from bot.content.wording import VALUE_GAPS, Pronouns, UnfilledGapError, fill, gaps

EVERYTHING: dict[str, object] = {gap: example for gap, (_, example) in VALUE_GAPS.items()}
PRONOUNS: tuple[Pronouns, ...] = ("he", "she", "they")
READERS: tuple[Who, ...] = ("parent", "young_person")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.mark.parametrize(
    ("pronouns", "said"),
    [
        ("he", "He has his own bag. It is his. He does it himself, when he is ready and wants to."),
        ("she", "She has her own bag. It is hers. She does it herself, when she is ready and wants to."),
        ("they", "They have their own bag. It is theirs. They do it themselves, when they are ready and want to."),
    ],
)
def test_verbs_agree_with_the_pronoun(pronouns: Pronouns, said: str) -> None:
    text = (
        "{they} {has} {their} own bag. It is {theirs}. "
        "{they} {do} it {themself}, when {they} {is} ready and {wants} to."
    )
    assert fill(text, {}, pronouns) == said


@pytest.mark.parametrize(
    ("pronouns", "said"),
    [
        ("he", "Ty is safe at home when someone checks on him now and then."),
        ("she", "Ty is safe at home when someone checks on her now and then."),
        ("they", "Ty is safe at home when someone checks on them now and then."),
    ],
)
def test_a_level_speaks_of_the_child_by_name(content: Content, pronouns: Pronouns, said: str) -> None:
    level = content.questionnaire("default-ras").question("S1").levels[1]
    assert content.fill(level.label.parent, name="Ty", pronouns=pronouns) == said
    assert level.label.young_person == "I am safe at home when someone checks on me now and then."


def test_the_question_compares_with_children_of_the_same_age(content: Content) -> None:
    ask = content.questionnaire("default-ras").question("S1").ask
    assert content.fill(ask.parent, name="Ty", age=8) == (
        "Think of a usual week, and of other children who are 8. "
        "At home, how much does Ty need someone nearby to stay safe?"
    )
    assert "others who are 15" in content.fill(ask.young_person, age=15)


def test_names_keep_their_letters_and_their_s(content: Content) -> None:
    assert fill("{name}'s school", {"name": "James"}) == "James's school"
    assert fill("{name} is here", {"name": "e"}) == "e is here"


def test_before_there_is_a_name_a_parent_reads_your_child(content: Content) -> None:
    assert content.fill("{name} is safe. Is {name}?") == "Your child is safe. Is your child?"


def test_an_unknown_key_and_an_unfilled_gap_fail_loudly(content: Content) -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        content.text("no.such.key", "parent")
    with pytest.raises(UnfilledGapError, match=r"\{amount\}"):
        content.text("result.amount", "parent", weekly="£97")


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("pronouns", PRONOUNS)
def test_every_text_fills_for_every_child(content: Content, who: Who, pronouns: Pronouns) -> None:
    own = {"team", "council", "reply_within", "how_to_disagree", "complaints"}
    values = {gap: value for gap, value in EVERYTHING.items() if gap not in own} | {"words": "He is up at two"}
    for key in content.texts:
        said = content.text(key, who, pronouns=pronouns, **values)
        assert said
        assert not re.search(r"[{}]", said), key
        part_of_a_sentence = not re.search(r"[.?:…]", said)
        starts_small = r"[.?] [a-z]" if part_of_a_sentence else r"(^|[.?] )[a-z]"
        assert not re.search(starts_small, said), f"{key} starts a sentence with a small letter: {said}"
    for id in content.safety_texts:
        assert "{" not in content.safety_text(id, who, pronouns=pronouns, name="Ty")


@pytest.mark.parametrize("pronouns", PRONOUNS)
def test_no_filled_text_has_a_verb_that_disagrees(content: Content, pronouns: Pronouns) -> None:
    wrong = re.compile(
        r"\bthey (is|has|was|does|needs|wants|gets|goes|can't)\b|\b(he|she) (are|have|were|do|need|want|get|go)\b", re.I
    )
    for question in content.questionnaire("default-ras").questions:
        for wording in (question.ask, question.why, question.example, *(level.label for level in question.levels)):
            said = content.fill(wording.parent, name="Ty", age=8, pronouns=pronouns)
            assert not wrong.search(said), said
    for block in family_script(content, "parent"):
        assert not wrong.search(block.text), block


def test_every_value_a_text_may_ask_for_is_asked_for(content: Content) -> None:
    asked = {gap for wording in content.texts.values() for gap in gaps(wording.parent + wording.young_person)}
    levels = {gap for q in content.questionnaire("default-ras").questions for gap in gaps(q.ask.parent)}
    assert asked | levels >= VALUE_GAPS.keys() - {"how_to_disagree", "complaints", "council"}


@given(name=st.text(min_size=1, max_size=30), who=st.sampled_from(READERS), pronouns=st.sampled_from(PRONOUNS))
@settings(max_examples=60, deadline=None)
def test_no_name_can_open_a_gap(name: str, who: Who, pronouns: Pronouns) -> None:
    said = fill("Hello {name}, {they} {is} {age}.", {"name": name, "age": 9}, pronouns)
    assert said.startswith(f"Hello {name}, ")
    assert said.endswith(" 9.")
