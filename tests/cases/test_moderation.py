"""Three voices side by side: nothing is averaged or overwritten, and what differs needs a named person's level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.moderated_amount import is_far, moderated, score_apart
from bot.cases.moderation import Agreed, Said, Side, agreed_request, open_questions, professional_request, sides
from bot.cases.moderation_words import for_family
from bot.content.loader import Content, load
from bot.interview import Interview
from bot.interview.state import About
from bot.interview.words import Words

CONTENT: Content = load()
QUESTIONNAIRE = CONTENT.questionnaire("default-ras")
CODES = [question.id for question in QUESTIONNAIRE.questions if question.scored]
FAMILY = dict(zip(CODES, (2, 2, 2, 1, 1, 2, 1, 2, 2, 2, 1, 1, 1, 2, 1), strict=True))
TODAY = date(2026, 11, 23)


def request(levels: Mapping[str, int | None]) -> dict[str, Any]:
    return {
        "questionnaire": "default-ras",
        "version": "1",
        "age_pack": "7-10",
        "answers": [{"code": code, "level": level, "by": "parent"} for code, level in levels.items()],
        "context": {},
    }


def beside(
    family: Mapping[str, int | None], professional: Mapping[str, int], agreed: Mapping[str, int] | None = None
) -> tuple[Side, ...]:
    said = {code: [Said("family", "answered", level)] for code, level in family.items()}
    for code, level in professional.items():
        said.setdefault(code, []).append(Said("professional", "answered", level))
    before = sides(QUESTIONNAIRE, said, {})
    bases = {side.code: side.basis for side in before}
    return sides(QUESTIONNAIRE, said, {code: Agreed(level, bases[code]) for code, level in (agreed or {}).items()})


def test_what_differs_is_open_until_somebody_agrees_on_it() -> None:
    found = beside(FAMILY, {"S1": 1, "S2": 2, "H2": 3})
    assert open_questions(found) == ("S1", "H2")
    assert [(side.apart, side.far) for side in found if side.open] == [(1, False), (2, True)]
    assert open_questions(beside(FAMILY, {"S1": 1, "S2": 2, "H2": 3}, {"S1": 2})) == ("H2",)
    assert open_questions(beside(FAMILY, {})) == ()


def test_three_voices_are_measured_from_the_lowest_to_the_highest() -> None:
    said = {
        "S1": [Said("professional", "answered", 3), Said("family", "answered", 2), Said("young_person", "answered", 1)]
    }
    (side,) = sides(QUESTIONNAIRE, said, {})
    assert [one.voice for one in side.said] == ["family", "young_person", "professional"]
    assert (side.apart, side.far, side.open) == (2, True, True)


def test_a_level_that_only_the_professional_gave_is_agreed_on_before_it_counts() -> None:
    """Blank is never 0, and nobody fills it in for the family on their own."""
    found = beside({**FAMILY, "H3": None}, {"H3": 2})
    assert open_questions(found) == ("H3",)
    result = moderated(CONTENT, request({**FAMILY, "H3": None}), found, on=TODAY)
    assert (result.before.status, result.after.status) == ("not_ready", "not_ready")
    agreed = moderated(
        CONTENT, request({**FAMILY, "H3": None}), beside({**FAMILY, "H3": None}, {"H3": 2}, {"H3": 2}), on=TODAY
    )
    assert (agreed.after.status, agreed.after.amount_pence) == ("ok", 505_000)
    assert agreed.difference_pence is None
    assert [(cause.before, cause.after, cause.alone_pence) for cause in agreed.causes] == [(None, 2, None)]


def test_skipping_and_not_being_sure_are_no_difference() -> None:
    said = {"S1": [Said("family", "answered", 2), Said("professional", "not_sure")]}
    (side,) = sides(QUESTIONNAIRE, said, {})
    assert not side.differs


def test_hard_days_count_as_they_do_for_the_family() -> None:
    """Usual 1 and hard 3 on 3 days is a 3 that counts; on 1 day it is a 1."""
    often = Said("family", "varies", 1, 3, 3)
    (side,) = sides(QUESTIONNAIRE, {"S1": [often, Said("professional", "answered", 3)]}, {})
    assert side.apart == 0
    seldom = Said("family", "varies", 1, 3, 1)
    (side,) = sides(QUESTIONNAIRE, {"S1": [seldom, Said("professional", "answered", 3)]}, {})
    assert side.apart == 2


def test_an_answer_without_points_may_differ() -> None:
    said = {"F3": [Said("family", "answered", 0), Said("professional", "answered", 3)]}
    (side,) = sides(QUESTIONNAIRE, said, {})
    assert (side.differs, side.open) == (True, False)


def test_what_was_agreed_does_not_outlive_a_changed_answer() -> None:
    said = {"S1": [Said("family", "answered", 2), Said("professional", "answered", 1)]}
    (side,) = sides(QUESTIONNAIRE, said, {})
    agreed = {"S1": Agreed(1, side.basis)}
    (holds,) = sides(QUESTIONNAIRE, said, agreed)
    assert (holds.agreed, holds.open) == (agreed["S1"], False)
    said["S1"][0] = Said("family", "answered", 3)
    (changed,) = sides(QUESTIONNAIRE, said, agreed)
    assert (changed.agreed, changed.outdated, changed.open) == (None, agreed["S1"], True)


def test_the_amount_from_agreed_levels_stands_beside_the_familys() -> None:
    found = beside(FAMILY, {"S1": 1, "H2": 3}, {"S1": 1, "H2": 2})
    result = moderated(CONTENT, request(FAMILY), found, on=TODAY)
    assert result.before.amount_pence == 505_000
    assert result.after.amount_pence == 490_000
    assert result.difference_pence == -15_000
    assert [(cause.code, cause.before, cause.after, cause.alone_pence) for cause in result.causes] == [
        ("S1", 2, 1, -125_000),
        ("H2", 1, 2, 125_000),
    ]


def test_an_agreed_level_that_is_the_familys_own_causes_nothing() -> None:
    result = moderated(CONTENT, request(FAMILY), beside(FAMILY, {"S1": 1}, {"S1": 2}), on=TODAY)
    assert (result.difference_pence, result.causes) == (0, ())


def test_another_table_is_another_what_if() -> None:
    found = beside(FAMILY, {"S1": 1}, {"S1": 1})
    banded = moderated(CONTENT, request(FAMILY), found, on=TODAY, table="social-care-example-banded")
    assert banded.before.amount_pence == 400_000
    assert banded.before.trace.table is not None
    assert banded.before.trace.table.id == "social-care-example-banded"


def test_scores_that_are_far_apart_are_said() -> None:
    higher = {code: 3 for code in CODES if code not in ("S1", "S3", "H1", "H2", "H3")}
    apart = score_apart(CONTENT, request(FAMILY), beside(FAMILY, higher), on=TODAY)
    assert is_far(apart)
    assert not is_far(score_apart(CONTENT, request(FAMILY), beside(FAMILY, {"W2": 2}), on=TODAY))


LEVELS = st.integers(0, 3)


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(CODES, LEVELS)),
    st.dictionaries(st.sampled_from(CODES), LEVELS),
    st.dictionaries(st.sampled_from(CODES), LEVELS),
)
def test_nobodys_answer_is_ever_overwritten_or_averaged(
    family: dict[str, int], professional: dict[str, int], agreed: dict[str, int]
) -> None:
    found = beside(family, professional, agreed)
    asked = request(family)
    sent = {answer["code"]: answer["level"] for answer in agreed_request(asked, found)["answers"]}
    assert sent == {**family, **agreed}
    own = {answer["code"]: answer["level"] for answer in professional_request(asked, found)["answers"]}
    assert own == {**family, **professional}
    assert asked == request(family)
    differ = {code for code, level in professional.items() if family[code] != level}
    assert set(open_questions(found)) == differ - set(agreed)


@pytest.mark.parametrize(("who", "told"), [("parent", "Ty is safe"), ("young_person", "I am safe")])
def test_the_family_is_told_what_changed_and_why(who: str, told: str) -> None:
    about = About(True, who, "Ty", "he", 8)  # type: ignore[arg-type]
    words = Words(CONTENT, Interview("default-ras", "1", about=about))
    result = moderated(CONTENT, request(FAMILY), beside(FAMILY, {"S1": 1}, {"S1": 1}), on=TODAY)
    said = "\n".join(for_family(words, result, {"S1": "He plays on his own for an hour now."}))
    assert told in said
    assert "He plays on his own for an hour now." in said
    assert "from £5,050 to £3,800 a year. That is £1,250 less." in said
    assert "Your own answers stay as you gave them." in said


def test_a_family_whose_answers_stand_is_told_so() -> None:
    words = Words(CONTENT, Interview("default-ras", "1", about=About(True, "parent", "Ty", "he", 8)))
    said = for_family(words, moderated(CONTENT, request(FAMILY), beside(FAMILY, {"S1": 2}), on=TODAY), {})
    assert "We use them as you gave them." in said[0]
    assert said[1] == "The guide amount stays at £5,050 a year."
