"""The content that ships: the default questions, the example tables, Exampleshire, and what it must say."""

from __future__ import annotations

from datetime import date

import pytest

from bot.content import Content, load
from bot.content.models import Questionnaire

CODES = ["S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2", "F3"]
POINTS = {
    "S1": (0, 3, 7, 12),
    "S2": (0, 2, 5, 8),
    "S3": (0, 3, 7, 12),
    "H1": (0, 2, 6, 10),
    "H2": (0, 3, 7, 12),
    "H3": (0, 2, 6, 10),
    "H4": (0, 1, 4, 6),
    "E1": (0, 1, 4, 6),
    "E2": (0, 1, 4, 6),
    "P1": (0, 1, 4, 6),
    "P2": (0, 1, 4, 6),
    "W1": (0, 1, 4, 6),
    "W2": (0, 1, 2, 4),
    "F1": (0, 3, 7, 12),
    "F2": (0, 1, 2, 4),
    "F3": (0, 0, 0, 0),
}
ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def questions(content: Content) -> Questionnaire:
    return content.questionnaire(content.council.questionnaire)


def test_the_sixteen_questions_are_there_in_order_with_their_points(questions: Questionnaire) -> None:
    assert [question.id for question in questions.questions] == CODES
    assert {q.id: tuple(level.points for level in q.levels) for q in questions.questions} == POINTS


def test_the_most_points_by_stream_are_those_of_the_domain_notes(questions: Questionnaire) -> None:
    most = {
        stream: sum(q.levels[3].points * q.shares.get(stream, 0) for q in questions.questions) / 100  # type: ignore[call-overload]
        for stream in ("social_care", "sen", "nhs")
    }
    assert most == {"social_care": 87.0, "sen": 13.6, "nhs": 19.4}
    assert sum(q.levels[3].points for q in questions.questions) == 120


def test_a_person_must_cost_the_highest_level_of_five_questions(questions: Questionnaire) -> None:
    assert {q.id: q.bespoke_at for q in questions.questions if q.bespoke_at} == dict.fromkeys(
        ["S1", "S3", "H1", "H2", "H3"], 3
    )


def test_the_family_questions_are_for_parents_and_unpaid_help_gets_no_points(questions: Questionnaire) -> None:
    assert [q.id for q in questions.questions if "young_person" not in q.asked_of] == ["F1", "F2", "F3"]
    assert [q.id for q in questions.questions if not q.scored] == ["F3"]
    assert questions.question("F3").ask_if_happy_to_keep_helping


@pytest.mark.parametrize(
    ("age", "pack", "scored", "hand_over"),
    [
        (0, "0-6", False, False),
        (6, "0-6", False, False),
        (7, "7-10", True, False),
        (13, "11-13", True, False),
        (14, "14-17", True, False),
        (17, "14-17", True, False),
        (18, "18+", False, True),
    ],
)
def test_ages_fall_into_their_packs(
    questions: Questionnaire, age: int, pack: str, scored: bool, hand_over: bool
) -> None:
    found = questions.age_pack(age)
    assert (found.id, found.scored, found.hand_over) == (pack, scored, hand_over)


def test_sections_have_plain_titles(questions: Questionnaire) -> None:
    assert [section.title for section in questions.sections] == [
        "Safe",
        "Well",
        "Learning and fun",
        "Friends and my say",
        "Growing up",
        "My family",
    ]


def test_no_reason_blames_the_family(questions: Questionnaire) -> None:
    assert "not a test of you as a parent" in questions.question("S1").why.parent
    assert "not a test of you as a parent" in questions.intro.parent


@pytest.mark.parametrize("pack", ["7-10", "11-13", "14-17"])
def test_the_council_uses_the_interpolated_example_table(content: Content, pack: str) -> None:
    table = content.table_for("social_care", pack, ON)
    assert (table.id, table.method, table.rounding_pence, table.example) == (
        "social-care-example",
        "interpolate",
        5000,
        True,
    )
    assert [(row.score_from, row.amount_pence) for row in table.rows] == [
        (0, 0),
        (15, 50000),
        (30, 150000),
        (45, 400000),
        (60, 850000),
        (75, 1500000),
        (86, None),
    ]
    assert table.top is not None
    assert (table.top.score_from, table.top.amount_pence) == (85, 2100000)
    assert table.below_threshold_under == 15


def test_the_banded_twin_has_the_same_rows_and_sets_no_amount(content: Content) -> None:
    banded = content.table("social-care-example-banded", ON)
    assert banded.method == "band"
    assert banded.rows == content.table("social-care-example", ON).rows
    assert banded.id not in content.council.tables


def test_no_table_holds_before_its_date_for_other_streams_or_for_the_youngest(content: Content) -> None:
    with pytest.raises(KeyError):
        content.table_for("social_care", "7-10", date(2026, 3, 31))
    with pytest.raises(KeyError):
        content.table("social-care-example", date(2026, 3, 31))
    with pytest.raises(KeyError):
        content.table_for("nhs", "7-10", ON)
    with pytest.raises(KeyError):
        content.table_for("social_care", "0-6", ON)


def test_versions_of_a_questionnaire_are_found_and_unknown_ones_refused(content: Content) -> None:
    assert content.questionnaire("default-ras", "1") == content.questionnaire("default-ras")
    with pytest.raises(KeyError):
        content.questionnaire("default-ras", "2")


def test_every_contact_that_safety_needs_is_there(content: Content) -> None:
    for id in ("mash", "edt", "lado", "team", "sendiass", "parent_forum", "complaints", "advocacy"):
        assert content.contact(id).phone
    assert content.contact("emergency").phone == "999"
    assert content.contact("nhs_111").phone == "111"
    assert content.contact("childline").phone == "0800 1111"
    assert content.contact("samaritans").phone == "116 123"
    with pytest.raises(KeyError):
        content.contact("nobody")


def test_numbers_that_nobody_confirmed_say_so(content: Content) -> None:
    for id in ("police", "shout", "domestic_abuse", "contact_charity", "carers_uk"):
        assert content.contact(id).needs_check


def test_consent_says_what_a_family_must_know(content: Content) -> None:
    said = content.text("consent.greeting", "parent")
    for promise in ("computer program", "can make mistakes", "makes every decision", "save each answer", "call 999"):
        assert promise in said
    assert "0800 1111" in content.text("consent.greeting", "young_person")
    more = content.text("consent.more", "parent")
    assert "guide, not a promise" in more
    assert "deleted" in more


def test_the_result_is_a_guide_and_never_a_no(content: Content) -> None:
    said = content.text("result.amount", "parent", amount="£5,050", weekly="£97")
    assert "about £5,050 a year" in said
    assert "a guide, not a promise" in said
    assert "go up or down" in said
    for key in ("result.bespoke", "result.below_threshold", "result.under_7", "result.adult"):
        for who in ("parent", "young_person"):
            assert "This is not a no." in content.text(key, who, name="Ty")  # type: ignore[arg-type]


def test_safety_texts_give_the_numbers(content: Content) -> None:
    assert "999" in content.safety_text("RED_now")
    assert "press 55" in content.safety_text("RED_now")
    assert "116 123" in content.safety_text("SUI_adult")
    assert "0800 1111" in content.safety_text("SUI_child")
    assert "116 123" in content.safety_text("SUI_other_adult")
    assert "0800 1111" in content.safety_text("SUI_other_child")
    assert "01632 960102" in content.safety_text("DISC_adult")
    assert "01632 960103" in content.safety_text("CARER", name="Ty")


@pytest.mark.parametrize(
    "intent",
    [
        "explain_question",
        "ask_amount",
        "ask_eligibility",
        "ask_timing",
        "who_can_answer",
        "privacy_who_sees",
        "delete_data",
        "complaint",
        "explain_law_change",
        "challenge_amount",
        "access_language",
        "access_easy_read",
        "access_large_text",
        "access_bsl_relay",
        "wrong_service",
        "urgent_help",
        "resume",
        "start",
    ],
)
def test_what_a_family_asks_back_has_an_answer(content: Content, intent: str) -> None:
    topic = content.help_for(intent)
    assert topic is not None
    assert content.fill(topic.text.parent, name="Ty")


def test_ideas_for_new_law_are_not_told_as_law(content: Content) -> None:
    topic = content.help_for("explain_law_change")
    assert topic is not None
    assert topic.text.parent.startswith("Your rights today have not changed.")
    assert "not law yet" in topic.text.parent
    assert topic.review_by == date(2027, 1, 31)
    assert topic.source
    assert topic.as_of


def test_an_intent_without_an_answer_has_none(content: Content) -> None:
    assert content.help_for("chitchat") is None


def test_the_glossary_explains_the_words_of_the_field(content: Content) -> None:
    assert content.glossary["guide_amount"].meaning.startswith("A first guess at the money")
    assert "indicative allocation" in content.glossary["guide_amount"].also
    assert len(content.glossary) >= 40


def test_nothing_in_the_bundle_can_be_changed(content: Content) -> None:
    with pytest.raises(TypeError):
        content.texts["consent.ask"] = content.texts["consent.more"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        content.council = content.council  # type: ignore[misc]
