"""The plan content that ships: the script P00 to P19, stories, rates, rules, and the words a family meets with them."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from bot.content import Content, load
from bot.content.models import Who
from bot.content.plan_models import PlanField, PlanScript, PlanSection
from bot.content.script import family_script
from bot.content.wording import fill

READERS: tuple[Who, ...] = ("parent", "young_person")
TITLES = [
    "Before we start",
    "Who I am",
    "The people in my life",
    "What is important to me",
    "What is important for me",
    "How I tell people things",
    "Good days and bad days",
    "What is working and what is not",
    "What I want to happen",
    "Help that does not cost money",
    "Help I would like to buy",
    "How I will use the money",
    "Who looks after the money",
    "Staying safe",
    "Staying in charge of my life",
    "If plans go wrong",
    "Who will do what",
    "When we look back",
    "Where we see things in different ways",
    "Check and send",
]


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def script(content: Content) -> PlanScript:
    return content.plan_script(content.plan_rules.script)


def field(section: PlanSection, id: str) -> PlanField:
    fields = (*section.follow_ups, *(section.record.fields if section.record else ()))
    return next(field for field in fields if field.id == id)


def test_the_script_has_the_twenty_sections_of_the_domain_notes_and_counts_nineteen(script: PlanScript) -> None:
    assert [section.title for section in script.sections] == TITLES
    assert script.numbered == tuple(f"P{number:02d}" for number in range(1, 20))


def test_sections_of_several_alike_things_keep_them_apart(script: PlanScript) -> None:
    records = [section.id for section in script.sections if section.record]
    assert records == ["P05", "P08", "P09", "P13", "P14", "P15", "P16", "P18"]


@pytest.mark.parametrize(
    ("code", "first_two"),
    [
        ("P01", ("own_words", "family_ways")),
        ("P04", ("never_do", "allergies")),
        ("P05", ("please", "situation")),
        ("P08", ("how_know", "when")),
        ("P13", ("plan", "good")),
        ("P14", ("who_helps", "how_shown")),
        ("P15", ("first_step", "who_to_call")),
        ("P16", ("who", "when")),
        ("P17", ("first_review", "unspent")),
        ("P18", ("child_view", "parent_view")),
    ],
)
def test_what_a_worker_most_needs_is_asked_first(script: PlanScript, code: str, first_two: tuple[str, str]) -> None:
    """The talk asks at most two in a section; the others can be added."""
    section = script.section(code)
    fields = section.record.fields if section.record else section.follow_ups
    assert tuple(field.id for field in fields[:2]) == first_two


def test_the_childs_own_words_are_asked_for_and_marked(script: PlanScript) -> None:
    asked = [
        f"{section.id}.{field.id}"
        for section in script.sections
        for field in (*section.follow_ups, *(section.record.fields if section.record else ()))
        if field.child_says
    ]
    assert asked == ["P01.own_words", "P07.child_view", "P12.own_choice", "P18.child_view"]


def test_a_goal_says_which_part_of_life_it_is_about_without_asking(script: PlanScript) -> None:
    area = field(script.section("P08"), "area")
    assert [option.id for option in area.options] == ["safe", "healthy", "enjoy", "take_part", "growing_up"]
    assert set(area.guess) == {option.id for option in area.options}


def test_a_young_person_is_asked_about_money_only_if_they_choose_to(script: PlanScript) -> None:
    assert [section.id for section in script.sections if section.young_person_skips_money] == ["P11", "P12"]


def test_every_approval_question_has_sections_that_answer_it(script: PlanScript) -> None:
    answered = {n: [section.id for section in script.sections if n in section.approval] for n in range(1, 8)}
    assert answered[2] == ["P06", "P07", "P08"]
    assert answered[5] == ["P12"]
    assert all(answered.values())


@pytest.mark.parametrize("code", [f"P{number:02d}" for number in range(1, 19)])
def test_a_pasted_page_finds_its_section_by_many_words(script: PlanScript, code: str) -> None:
    section = script.section(code)
    assert len(section.cues) >= 60
    assert len(section.headings) >= 6


def test_the_four_ways_say_what_each_asks_of_the_family(script: PlanScript) -> None:
    assert [way.id for way in script.money_ways] == ["direct_payment", "third_party", "council", "mix"]
    said = {way.id: way.asks_of_you.parent for way in script.money_ways}
    assert "receipts" in said["direct_payment"]
    assert "employer" in said["direct_payment"]
    assert "fee" in said["third_party"]
    assert "no one to employ" in said["council"]
    assert (
        "from the age of 16" in next(way for way in script.money_ways if way.id == "direct_payment").text.young_person
    )


@pytest.mark.parametrize("who", READERS)
def test_nothing_in_the_plan_talk_refuses_promises_or_blames(content: Content, who: Who) -> None:
    for block in family_script(content, who):
        if re.match(r"P\d\d\.|default-plan|story|plan_rules|ready\.|cost\.|help\.plan", block.place):
            said = block.text.lower()
            assert not re.search(r"\byou (cannot|can't|are not allowed)\b", said), block
            assert not re.search(r"\b(we promise|guaranteed?|you will get|you should have)\b", said), block
            assert not re.search(r"(?<!not )your fault", said), block


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("respite", "respite"),
        ("overnight", "overnight respite"),
        ("pa", "pa hours"),
        ("one_to_one", "1 to 1"),
        ("club", "after school club"),
        ("transport", "taxi"),
        ("befriender", "buddy"),
        ("day_centre", "day centre"),
        ("package", "care package"),
        ("support_worker", "support worker"),
        ("hours", "more hours"),
    ],
)
def test_service_words_are_turned_round_into_what_they_make_possible(script: PlanScript, wish: str, words: str) -> None:
    turned = next(turn for turn in script.service_words if words in turn.words)
    assert turned.id == wish
    assert turned.ask.parent.endswith("?")
    assert turned.ask.parent != turned.ask.young_person


def test_each_story_has_a_source_and_names_nobody(content: Content) -> None:
    assert len(content.stories) >= 8
    assert {"caravan", "ironing", "musical", "mornings"} <= {story.id for story in content.stories}
    names = re.compile(r"\b(Beth|John|Jed|Rob|Jon|Jonathan|Daniel|Jacob|Emily|Anthony|Sheffield|Hull|Dirty Dancing)\b")
    for story in content.stories:
        assert story.source
        assert not names.search(story.text.parent + story.text.young_person), story.id


def test_stories_are_there_for_the_parts_where_families_get_stuck(content: Content) -> None:
    for code in ("P02", "P07", "P08", "P09", "P10", "P11", "P13"):
        assert content.stories_for(code), code
    assert content.stories_for("P19") == ()


@pytest.mark.parametrize(
    ("on", "id", "least"),
    [
        (date(2025, 4, 6), "2025-26", 1221),
        (date(2026, 4, 5), "2025-26", 1221),
        (date(2026, 4, 6), "2026-27", 1271),
        (date(2027, 4, 5), "2026-27", 1271),
    ],
)
def test_the_rates_of_the_day_are_used(content: Content, on: date, id: str, least: int) -> None:
    rates = content.on_costs(on)
    assert (rates.id, rates.living_wage_hourly_pence) == (id, least)


def test_rates_are_those_of_the_law_and_say_where_they_come_from(content: Content) -> None:
    rates = content.on_costs(date(2026, 11, 22))
    assert rates.share(rates.holiday_basis_points) == Fraction(1207, 10_000)
    assert rates.share(rates.employer_ni_basis_points) == Fraction(15, 100)
    assert rates.employer_ni_from_weekly_pence == 9_600
    assert rates.employer_ni_allowance_yearly_pence == 1_050_000
    assert (rates.pension_from_yearly_pence, rates.pension_band_yearly_pence) == (1_000_000, (624_000, 5_027_000))
    assert rates.share(rates.pension_basis_points) == Fraction(3, 100)
    for word in ("Working Time", "NIM06520", "DWP", "example figures"):
        assert word in rates.source


@pytest.mark.parametrize("on", [date(2025, 4, 5), date(2027, 4, 6)])
def test_a_day_without_known_rates_has_none(content: Content, on: date) -> None:
    with pytest.raises(KeyError):
        content.on_costs(on)


def test_versions_of_a_script_are_found_and_unknown_ones_refused(content: Content) -> None:
    assert content.plan_script("default-plan", "1") == content.plan_script("default-plan")
    with pytest.raises(KeyError):
        content.plan_script("default-plan", "9")


def test_the_council_sets_when_to_look_back_and_what_may_happen_with_money_left(
    content: Content, script: PlanScript
) -> None:
    rules = content.plan_rules
    assert (rules.first_review_within_months, rules.yearly_review_months, rules.term_weeks) == (3, 12, 39)
    assert rules.unspent == field(script.section("P17"), "unspent").options


def test_spending_to_ask_about_first_is_said_as_a_question_for_the_worker(content: Content) -> None:
    kinds = {spend.id for spend in content.plan_rules.ask_first}
    assert {"gambling", "debt", "alcohol_tobacco", "household_bills", "nhs", "school", "illegal"} <= kinds
    for spend in content.plan_rules.ask_first:
        assert spend.say.parent.startswith("Ask your worker first"), spend.id
    assert content.plan_rules.same_household.parent.startswith("Ask your worker first")


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what's a direct payment?", "plan_direct_payment"),
        ("What is a PA", "plan_personal_assistant"),
        ("do i have to employ someone??", "plan_employ_someone"),
        ("I don't want to be an employer", "plan_employ_someone"),
        ("and what if the money runs out", "plan_money_runs_out"),
        ("can I change it later?", "plan_change_later"),
        ("so who decides", "plan_who_decides"),
        ("does my PA need a DBS?", "plan_police_check"),
        ("can we ask for more than that?", "plan_more_than_guide"),
        ("can I pay my sister to do it", "plan_pay_family"),
        ("what can I spend it on?", "plan_what_to_buy"),
        ("What about her brother?", "plan_help_for_parent"),
        ("do we have to pay it back", "plan_unspent"),
        ("how much should I pay a PA?", "plan_employer_costs"),
        ("What happens at 16?", "plan_from_16"),
        ("what's the plan for?", "plan_what_is_a_plan"),
    ],
)
def test_what_families_ask_while_they_plan_has_an_answer(content: Content, question: str, topic: str) -> None:
    found = content.help_asked(question)
    assert found is not None
    assert found.id == topic
    assert content.fill(found.text.parent, name="Ty", pronouns="he")


@pytest.mark.parametrize(
    "part", ["He is happiest with his PA.", "The money would go on swimming.", "My sister pays for the club.", "Yes"]
)
def test_a_part_of_the_plan_is_not_taken_for_a_question(content: Content, part: str) -> None:
    assert content.help_asked(part) is None


def test_answers_that_rest_on_law_say_which_as_of_when_and_until_when(content: Content) -> None:
    lawful = [topic for topic in content.help.values() if topic.id.startswith("plan_") and topic.source]
    assert {"plan_direct_payment", "plan_police_check", "plan_employ_someone", "plan_employer_costs"} <= {
        topic.id for topic in lawful
    }
    for topic in lawful:
        assert topic.as_of
        assert topic.review_by
        assert topic.as_of < topic.review_by


def test_the_lowest_pay_told_is_the_one_of_the_rates(content: Content) -> None:
    topic = content.help["plan_employer_costs"]
    assert topic.as_of
    least = content.on_costs(topic.as_of).living_wage_hourly_pence
    assert f"£{least // 100}.{least % 100:02d} an hour" in topic.text.parent


@pytest.mark.parametrize("number", range(1, 8))
def test_each_approval_question_has_a_plain_heading(content: Content, number: int) -> None:
    assert content.text(f"ready.question_{number}", "parent").endswith("?")


def test_a_plan_over_the_guide_amount_is_asked_why_and_not_refused(content: Content) -> None:
    said = content.text("ready.over_not_yet", "parent", over="£310")
    assert "You can ask for more." in said
    assert "We think we need more because" in said


@pytest.mark.parametrize("who", READERS)
def test_prompts_fill_for_every_child(script: PlanScript, content: Content, who: Who) -> None:
    for section in script.sections:
        for wording in (section.ask, section.again, section.why, section.example):
            said = content.fill(wording.for_(who), name="Em", age=12, pronouns="she")
            assert "{" not in said
            assert section.ask.for_(who) != section.again.for_(who)


def test_a_follow_up_agrees_with_the_child(script: PlanScript) -> None:
    asked = field(script.section("P04"), "allergies").ask.parent
    assert fill(asked, {"name": "Em"}, "she") == ("Does Em have allergies, or things she must not eat, take or touch?")
