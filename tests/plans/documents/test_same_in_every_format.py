"""All formats say the same words in the same order, and the same money to the penny."""

from __future__ import annotations

import json
import re

import pytest

from bot.content import Content
from bot.plans.documents.export import write_json
from bot.plans.documents.formats import Format, write
from bot.plans.documents.tree import Document, Kind, figures, lines
from bot.plans.serialise import plan_from_json
from tests.plans.documents.conftest import document, sums
from tests.plans.documents.families import COVER, PLAN
from tests.plans.documents.reading import Page, bare, odf_text, pdf_text, pence_in, word_text

KINDS: tuple[Kind, ...] = ("plan", "profile", "chart", "emergency", "officer", "easy_read")


def words_of(made: Document, format: Format, *, large: bool = False) -> str:
    """What a format says, read back."""
    data = write(made, format, large=large)
    if format == "html":
        return Page(data.decode()).text
    return word_text(data) if format == "docx" else odf_text(data)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", ["html", "docx", "odt"])
def test_each_format_has_every_word_once_and_in_order(content: Content, kind: Kind, format: Format) -> None:
    made = document(content, kind=kind)
    assert bare(words_of(made, format)) == bare("".join(lines(made)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_text_has_every_word(content: Content, kind: Kind) -> None:
    made = document(content, kind=kind)
    said = bare(write(made, "txt").decode()).casefold()
    assert all(bare(line).casefold() in said for line in lines(made))


def test_the_pdf_has_every_word_in_order(whole: Document, whole_pdf: bytes) -> None:
    foot = " · ".join((whole.reference, whole.version_words, whole.status))
    said = bare(pdf_text(whole_pdf, foot))
    place = 0
    for line in lines(whole):
        found = said.find(bare(line), place)
        assert found >= 0, line
        place = found + len(bare(line))


def test_every_amount_is_the_same_in_every_format(whole: Document, whole_pdf: bytes) -> None:
    expected = pence_in("\n".join(lines(whole)))
    assert len(expected) > 20
    assert set(figures(whole)) <= set(expected)
    for format in ("html", "docx", "odt"):
        assert pence_in(words_of(whole, format)) == expected, format
    # A table that goes on over a page has its head again, but no amount twice.
    assert pence_in(pdf_text(whole_pdf, "")) == expected
    assert sorted(pence_in(write(whole, "txt").decode())) == sorted(expected)


def test_large_print_says_the_same_with_the_heads_of_wide_tables_beside_their_values(content: Content) -> None:
    made = document(content)
    large = words_of(made, "html", large=True)
    assert sorted(pence_in(large)) == sorted(pence_in("\n".join(lines(made))))
    said = bare(large)
    assert all(bare(line) in said for line in lines(made) if line)
    page = Page(write(made, "html", large=True).decode())
    assert page.all("html") == [{"lang": "en-GB", "class": "plan large"}]


def test_json_has_the_plan_as_it_is_and_the_same_sums(content: Content) -> None:
    added = sums(content, PLAN)
    data = json.loads(write_json(PLAN, added, COVER))
    assert data["reference"] == "KITE-4821"
    assert data["total_pence"] == added.total_pence == 338_868
    assert data["guide_pence"] == 505_000
    assert data["sums"]["left_pence"] == 195_382
    assert sum(data["sums"]["by_goal"].values()) == data["total_pence"]
    assert sum(item["pence"] for item in data["sums"]["on_costs"]) == data["sums"]["on_costs_pence"] == 53_519
    assert sum((item["total_pence"] or 0) + (item["on_costs_pence"] or 0) for item in data["lines"]) == 338_868
    again = plan_from_json(data["plan"])
    assert (again.sections, again.lines, again.members) == (PLAN.sections, PLAN.lines, PLAN.members)


def test_what_was_taken_out_of_a_plan_is_in_no_format(content: Content) -> None:
    from dataclasses import replace

    from bot.plans.model import Entry, Line, Section

    section = replace(
        PLAN.section("P01"),
        entries_laid_aside=(Entry(900, "main", "something I took back", "m1"),),
    )
    plan = replace(
        PLAN.with_section("P01", section), lines_laid_aside=(Line(901, "a thing I took back", "m1", unit_cost_pence=7),)
    )
    assert isinstance(section, Section)
    for kind in KINDS:
        assert not re.search("took back", "\n".join(lines(document(content, plan, kind=kind))))
    assert "took back" not in write_json(plan, sums(content, plan), COVER)
