"""Sections in people's own words: kept to the letter, at most two follow-ups, any order, nothing lost."""

from __future__ import annotations

import pytest

from bot.interview.state import About
from tests.plans.talk.talking import Talker


def test_words_are_kept_to_the_letter_and_marked_with_who_said_them() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say("  hes SO funny,, does all the voices off Bluey   ")
    (entry,) = ty.entries("P01")
    assert entry.text == "hes SO funny,, does all the voices off Bluey"
    assert (entry.by, entry.field, entry.child_said) == ("m1", "main", False)


def test_at_most_two_follow_ups_then_the_next_section() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say("he is cheeky")
    asked = [ty.prompt.text]
    ty.say("he says: I am a bus driver")
    asked.append(ty.prompt.text)
    ty.say("we are Muslim and eat halal")
    assert ty.at == "P00", "the first open section, as P01 was gone to"
    assert len(set(asked)) == 2
    assert [entry.field for entry in ty.entries("P01")] == ["main", "own_words", "family_ways"]


def test_what_the_child_would_say_is_the_childs_words_told_by_the_parent() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say("he is cheeky")
    ty.say("I am fast")
    assert ty.entries("P01")[1].child_said
    assert not ty.entries("P01")[0].child_said


def test_a_young_person_speaks_for_themself() -> None:
    sam = Talker(about=About(True, "young_person", "Sam", "they", 15)).as_member("m2", "young_person", "Sam")
    sam.go("P01")
    assert "you" in sam.prompt.text.lower()
    assert "Sam" not in sam.prompt.text
    sam.say("I like trains")
    assert sam.entries("P01")[0].child_said
    assert sam.entries("P01")[0].by == "m2"


def test_a_first_look_back_that_cannot_be_is_asked_about_once_and_both_are_kept() -> None:
    ty = Talker()
    ty.go("P17")
    ty.say("all of us at the table")
    assert "calendar" in ty.say("31 february")
    assert [entry.text for entry in ty.entries("P17")] == ["all of us at the table", "31 february"]
    ty.say("in march")
    assert [(entry.field, entry.text) for entry in ty.entries("P17")][1:] == [("first_review", "in march")]
    assert [entry.text for entry in ty.plan.section("P17").entries_laid_aside] == ["31 february"]


def test_a_first_look_back_that_cannot_be_stays_where_nothing_else_is_said() -> None:
    ty = Talker()
    ty.go("P17")
    ty.say("all of us at the table")
    ty.say("31 february")
    ty.say("skip")
    assert "31 february" in [entry.text for entry in ty.entries("P17")]


def test_skipping_a_follow_up_keeps_the_words_and_goes_on() -> None:
    ty = Talker()
    ty.go("P03")
    ty.say("swimming and his nan")
    ty.say("skip")
    assert ty.words("P03") == ["swimming and his nan"]
    ty.say("later")
    assert ty.at == "P00"


def test_a_section_can_be_left_and_come_back_to() -> None:
    ty = Talker()
    ty.go("P04")
    assert "come back" in ty.say("skip")
    assert ty.words("P04") == []
    ty.go("P04")
    assert ty.at == "P04"
    ty.say("never touch his head without telling him")
    assert ty.words("P04") == ["never touch his head without telling him"]


def test_coming_back_shows_what_stands_and_saying_it_anew_loses_nothing() -> None:
    ty = Talker()
    ty.go("P03")
    ty.say("music")
    ty.say("skip")
    ty.say("skip")
    ty.go("P03")
    assert "“music”" in ty.prompt.text
    ty.pick("plan.again")
    ty.say("music, but never loud")
    section = ty.plan.section("P03")
    assert [entry.text for entry in section.entries] == ["music, but never loud"]
    assert [entry.text for entry in section.entries_laid_aside] == ["music"]


def test_stuck_brings_an_example_then_a_story_then_leaves_in_peace() -> None:
    ty = Talker()
    ty.go("P08")
    first = ty.say("I don't know what to put")
    second = ty.say("not sure")
    assert first != second
    assert "another family" in second
    assert ty.words("P08") == []
    assert ty.at == "P08"


def test_the_heading_says_how_far() -> None:
    ty = Talker()
    ty.go("P05")
    assert ty.prompt.heading == "How I tell people things · 5 of 19"


@pytest.mark.parametrize("text", ["x" * 4_000, "😀", "<b>hi</b>", "‏שלום", "{name} {amount}", '"quoted" “twice”'])
def test_odd_words_are_kept_as_they_are(text: str) -> None:
    ty = Talker()
    ty.go("P02")
    ty.say(text)
    if ty.prompt.question_id == "P02" and not ty.words("P02"):
        ty.pick("plan.here")
    assert ty.words("P02")[0] == text
