"""What families and officers find in a plan: every word, whose it is, labels for what was picked, and that it is a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.plans.documents.clean import clean
from bot.plans.documents.docx import write_docx
from bot.plans.documents.html import write_html
from bot.plans.documents.odt import write_odt
from bot.plans.documents.tree import Document, Facts, Heading, Kind, Notice, Quote, Table, lines
from bot.plans.model import Entry, Plan, Record, Section
from tests.plans.documents.conftest import CONTENT, document, plans
from tests.plans.documents.families import COVER, PLAN, TWO, TWO_COVER
from tests.plans.documents.reading import Page, bare, odf_text, word_text

KINDS: tuple[Kind, ...] = ("plan", "profile", "chart", "emergency", "officer", "easy_read")


def quotes(made: Document) -> list[Quote]:
    return [block for block in made.blocks if isinstance(block, Quote)]


def facts(made: Document) -> dict[str, list[str]]:
    return {
        label: list(map(str, values))
        for block in made.blocks
        if isinstance(block, Facts)
        for label, values in block.rows
    }


def test_the_childs_words_are_in_quotes_and_say_who_told_them(whole: Document) -> None:
    assert Quote("I am Ty. I am the bus king.", "Ty’s own words, told by Mum", own=True) in quotes(whole)
    assert "“I am Ty. I am the bus king.” – Ty’s own words, told by Mum" in lines(whole)


def test_where_one_person_tells_it_all_that_is_said_once(whole: Document) -> None:
    assert (
        "Words in quotes are the words of Mum, as they were said. Where they are someone else’s, it says so."
        in lines(whole)
    )
    assert Quote("Swimming", "") in quotes(whole)


def test_where_several_do_each_quote_says_whose_it_is(content: Content) -> None:
    made = document(content, TWO, TWO_COVER, who="young_person")
    said = quotes(made)
    assert Quote("I draw trains. People say I am funny.", "Sam", own=True) in said
    assert Quote("Sam is the kindest person I know.", "Dad") in said


def test_different_views_stand_side_by_side_with_their_names(content: Content) -> None:
    found = facts(document(content, TWO, TWO_COVER))
    assert found["Young person's view"] == ["“I can do it. I have done it with Ali.” – Sam"]
    assert found["How Dad sees it"] == ["“I worry about the change at the station.” – Dad"]


def test_what_was_picked_shows_as_its_label(content: Content, whole: Document) -> None:
    found = facts(whole)
    assert found["Part of life"] == ["Having fun and learning"]
    assert found["Money not spent"] == ["Keep it for later in the plan"]
    assert found["Help wanted with the money"] == ["Working out pay and tax"]
    assert found["Whose words these are"] == ["Some of each"]
    ids = {
        option.id for s in content.plan_script("default-plan").sections for f in s.follow_ups for option in f.options
    }
    shown = {value for values in found.values() for value in values}
    assert not {value for value in shown if value in ids and "_" in value}


def test_own_words_to_a_choice_stay_own_words(content: Content) -> None:
    section = Section(entries=(Entry(1, "unspent", "give it to the bus museum", "m1"),))
    assert facts(document(content, PLAN.with_section("P17", section)))["Money not spent"] == [
        "“give it to the bus museum”"
    ]


def test_a_goal_has_its_free_help_before_what_is_bought(whole: Document) -> None:
    goal = next(block for block in whole.blocks if isinstance(block, Facts) and block.rows[0][0] == "How we will know")
    labels = [label for label, _ in goal.rows]
    assert labels.index("Help that is free") < labels.index("Help to buy")
    assert dict(goal.rows)["Help that is free"] == (Quote("The pool’s quiet hour"),)
    assert dict(goal.rows)["By when"] == (Quote("by next summer"), "31 August 2027")


def test_service_words_are_kept_beside_what_they_became(whole: Document) -> None:
    assert facts(whole)["First said like this"] == ["“respite every month”"]


def test_free_help_points_at_its_goal_by_name(whole: Document) -> None:
    table = next(
        block for block in whole.blocks if isinstance(block, Table) and block.columns[0] == "Who or what helps"
    )
    assert table.rows[0][1] == ("Goal 2",)


def test_the_chart_says_when_what_meaning_and_what_to_do(content: Content) -> None:
    made = document(content, kind="chart")
    (table,) = (block for block in made.blocks if isinstance(block, Table))
    assert table.columns == ("When this happens", "What I do", "What it means", "Please do this")
    assert [str(cell[0]) for cell in table.rows[0]] == [
        "“It is loud”",
        "“I rock and hum”",
        "“Too much”",
        "“Take me out, say little”",
    ]


def test_a_sign_without_its_moment_comes_first_itself(content: Content) -> None:
    plan = PLAN.with_section("P05", Section(records=(Record(1, "m1", {"main": "I hum", "please": "Hum with me"}),)))
    (table,) = (block for block in document(content, plan, kind="chart").blocks if isinstance(block, Table))
    assert table.columns == ("What I do", "Please do this")


def test_the_emergency_sheet_says_how_to_keep_safe_whom_to_call_and_how_things_are_told(content: Content) -> None:
    made = document(content, kind="emergency")
    assert [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 2] == [
        "Keep me safe and well",
        "If something goes wrong",
        "How I tell people things",
    ]
    told = "\n".join(lines(made))
    assert "999" in told
    assert "“I rock and hum”" in told
    assert "bus museum" not in told
    assert "£" not in told


def test_an_emergency_sheet_with_gaps_says_so(content: Content) -> None:
    plan = PLAN.with_section("P15", Section()).with_section("P04", Section())
    assert lines(document(content, plan, kind="emergency")).count("There is nothing here yet.") == 2


def test_the_profile_has_four_parts_and_no_money(content: Content) -> None:
    made = document(content, kind="profile")
    assert [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 2] == [
        "Who I am",
        "What is important to me",
        "What is important for me",
        "How best to help me",
    ]
    assert "£" not in "\n".join(lines(made))


def test_parts_with_nothing_in_them_are_named_not_shown(content: Content) -> None:
    made = document(content, TWO, TWO_COVER)
    said = lines(made)
    assert said.index("Not filled in yet") < said.index("Staying safe")
    assert "Staying safe" not in [block.text for block in made.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_so_before_anything_else(content: Content, kind: Kind) -> None:
    made = document(content, kind=kind)
    notice = made.blocks[1]
    assert isinstance(notice, Notice)
    assert notice.title == "DRAFT"
    assert "not agreed yet" in " ".join(notice.paragraphs)
    if kind in ("plan", "officer", "easy_read"):
        assert "example" in " ".join(notice.paragraphs)
    assert made.file_name("pdf").endswith("KITE-4821-draft.pdf")


def test_a_sent_plan_says_when_and_which_version_and_an_agreed_one_is_no_draft(content: Content) -> None:
    sent = document(content, TWO, TWO_COVER)
    assert "sent to the disabled children's team on 21 November 2026" in "\n".join(lines(sent))
    assert (sent.status, sent.version_words) == ("Sent, not agreed yet", "Version 1")
    assert sent.file_name("docx") == "support-plan-OWL-1177-v1.docx"
    agreed = document(content, TWO, replace(TWO_COVER, agreed=True, example=False))
    said = "\n".join(lines(agreed))
    assert "DRAFT" not in said
    assert "example" not in said
    assert "Exampleshire Council has agreed to this version of the plan." in said


@pytest.mark.parametrize("kind", ["plan", "easy_read", "officer"])
def test_a_plan_agreed_in_part_says_so_and_where_to_read_which(content: Content, kind: Kind) -> None:
    part = document(content, TWO, replace(TWO_COVER, in_part=True, example=False), kind=kind)
    said = "\n".join(lines(part))
    assert (part.status, part.draft) == ("Agreed in part", False)
    assert "Agreed in part" in said
    assert "letter says which part" in said.lower()
    assert "not agreed yet" not in said.lower()


def test_no_file_name_or_property_tells_of_the_child(content: Content) -> None:
    for kind in KINDS:
        name = document(content, kind=kind).file_name("pdf")
        assert "ty" not in name.casefold().split("-")
        assert "KITE-4821" in name


def test_the_officer_reads_checks_and_who_said_what(content: Content) -> None:
    made = document(content, kind="officer")
    checks = next(block for block in made.blocks if isinstance(block, Table) and block.columns[0] == "Question")
    assert {str(row[1][0]) for row in checks.rows} <= {"There", "Not there yet", "To look at"}
    assert any("swim club fee" in str(row[2][0]) for row in checks.rows)
    assert Quote("Swimming", "Mum") in quotes(made)
    assert facts(made)["Mum"] == ["parent"]
    assert len(facts(made)["Check number of the plan"][0]) == 64
    assert "What a worker may ask about" not in lines(document(content))


def test_the_officer_sees_what_came_from_a_pasted_page(content: Content) -> None:
    plan = PLAN.with_section("P01", Section(entries=(Entry(1, "main", "He is kind.", "m1", filed=True),)))
    assert "From a page that was pasted in." in lines(document(content, plan, kind="officer"))
    assert "From a page that was pasted in." not in lines(document(content, plan))


@settings(max_examples=25, deadline=None)
@given(plan=plans)
def test_nothing_that_stands_in_any_plan_is_lost(plan: Plan) -> None:
    for kind in ("plan", "officer"):
        made = document(CONTENT, plan, COVER, kind=kind, guide=None)
        said = "\n".join(lines(made))
        for section in plan.sections.values():
            for entry in section.entries:
                assert clean(entry.text) in said
            for record in section.records:
                assert all(clean(value) in said for value in record.values.values())
        for line in plan.lines:
            assert clean(line.what) in said


words = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "<b>&amp;</b>",
        "🚂 👩🏽‍🦽",
        "אני אוהב",
        "\u202eabc",
        "a" * 4000,
        "{name}",
        "“quoted”",
        "a\n\nb\tc   d",
        "\ud83d",
        "\x00\x1b",
    ]
)


@settings(max_examples=15, deadline=None)
@given(first=words, second=words)
def test_odd_words_come_through_every_format_unchanged(first: str, second: str) -> None:
    section = Section(entries=(Entry(1, "main", first, "m1"), Entry(2, "own_words", second, "m1", child_said=True)))
    made = document(CONTENT, replace(PLAN, sections={"P01": section}, lines=()), kind="profile")
    expected = bare("".join(lines(made)))
    assert bare(Page(write_html(made)).text) == expected
    assert bare(word_text(write_docx(made))) == expected
    assert bare(odf_text(write_odt(made))) == expected
    assert bare(clean(first)) in expected
