"""A pasted page is filed word for word, and an answer that belongs elsewhere is asked about."""

from __future__ import annotations

from tests.plans.talk.talking import Talker

PAGE = """About Ty
Ty is funny and loves buses. He is nine.

What is important to me
Nan on Sundays, his bus book, and quiet after school.

Good days: he sleeps through, and the taxi comes on time.
Bad days: a change of driver. He hits his head and we sit on the stairs.

Goals
- to swim 25 metres
- to have one friend round

What if things go wrong
If I am ill, my sister comes. Her number is on the fridge.
"""


def test_a_page_with_headings_goes_to_its_sections() -> None:
    ty = Talker()
    ty.go("P01")
    told = ty.say(PAGE)
    assert ty.words("P01") == ["Ty is funny and loves buses. He is nine."]
    assert ty.words("P03") == ["Nan on Sundays, his bus book, and quiet after school."]
    assert [goal.get("main") for goal in ty.records("P08")] == ["to swim 25 metres", "to have one friend round"]
    assert "“Nan on Sundays, his bus book, and quiet after school.”" in told
    assert ty.pick("plan.right") != ""


def test_every_word_of_a_page_is_somewhere() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say(PAGE)
    kept = " ".join(
        [entry.text for section in ty.plan.sections.values() for entry in section.entries]
        + [
            value
            for section in ty.plan.sections.values()
            for record in section.records
            for value in record.values.values()
        ]
    )
    for word in ("buses", "quiet", "driver", "stairs", "25", "friend", "fridge", "taxi"):
        assert word in kept


def test_a_page_without_headings_goes_by_its_words() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say(
        "Ty is cheeky and has a great sense of humour and he makes everyone laugh. "
        "On a bad day he has a meltdown after school and it can last two hours. "
        "If I am ill there is nobody to call first, and there is no back up. "
        "We would love him to make a friend and go to a club on his own one day."
    )
    filled = {code for code, section in ty.plan.sections.items() if section.entries or section.records}
    assert "P01" in filled
    assert len(filled) >= 3


def test_after_a_page_only_what_is_open_comes() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say(PAGE)
    ty.pick("plan.right")
    told = ty.say("what's left")
    assert "What is important to me" not in told
    assert "Staying safe" in told


def test_moving_something_lets_the_person_choose_the_section() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say(PAGE)
    ty.pick("plan.move")
    values = [option.value for option in ty.prompt.options]
    assert "plan.go.P03" in values


def test_an_answer_to_the_wrong_section_is_asked_about_and_goes_where_the_person_says() -> None:
    ty = Talker()
    ty.go("P02")
    ty.say("on a bad day he has a meltdown after school, on a good day he sings")
    assert "Good days and bad days" in ty.prompt.text
    ty.pick("plan.there")
    assert ty.words("P06") == ["on a bad day he has a meltdown after school, on a good day he sings"]
    assert ty.words("P02") == []
    assert ty.at == "P02"


def test_or_it_stays_here() -> None:
    ty = Talker()
    ty.go("P02")
    ty.say("on a bad day he has a meltdown after school, on a good day he sings")
    ty.pick("plan.here")
    assert ty.words("P02") == ["on a bad day he has a meltdown after school, on a good day he sings"]


def test_words_typed_instead_of_choosing_lose_neither() -> None:
    ty = Talker()
    ty.go("P02")
    ty.say("on a bad day he has a meltdown after school, on a good day he sings")
    ty.say("his nan and his cousin Ali")
    assert ty.words("P02")[0] == "on a bad day he has a meltdown after school, on a good day he sings"
    said = [entry.text for section in ty.plan.sections.values() for entry in section.entries]
    assert "his nan and his cousin Ali" in said


def test_words_typed_instead_of_saying_whether_a_page_is_right_are_kept() -> None:
    ty = Talker()
    ty.go("P01")
    ty.say(PAGE)
    ty.say("his nan and his cousin Ali")
    said = [entry.text for section in ty.plan.sections.values() for entry in section.entries]
    assert "his nan and his cousin Ali" in said
