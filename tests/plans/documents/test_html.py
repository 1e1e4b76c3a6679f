"""The page: real headings in order, tables with captions and scopes, nothing from elsewhere, usable by everybody."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from bot.content import Content
from bot.plans.documents.formats import write
from bot.plans.documents.html import write_html
from bot.plans.documents.tree import Document, Heading
from tests.plans.documents.conftest import document
from tests.plans.documents.families import TWO, TWO_COVER
from tests.plans.documents.reading import Page

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def page(whole: Document) -> Page:
    return Page(write_html(whole))


def test_headings_are_real_and_in_order(whole: Document, page: Page) -> None:
    assert page.headings == [(block.level, block.text) for block in whole.blocks if isinstance(block, Heading)]
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_says_its_language_title_and_reference(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en-GB"
    assert page.title == "Support plan for Ty"
    named = {meta.get("name"): meta.get("content") for meta in page.all("meta")}
    assert named["keywords"] == "KITE-4821"
    assert named["description"] == "KITE-4821, Draft of 22 November 2026"
    assert "width=device-width" in str(named["viewport"])


def test_tables_have_captions_and_every_header_a_scope(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption")) >= 8
    assert {head["scope"] for head in page.all("th")} == {"col", "row"}


def test_nothing_is_fetched_from_elsewhere(content: Content) -> None:
    for kind in ("plan", "easy_read"):
        source = write(document(content, kind=kind), "html").decode()
        assert not re.search(r"\b(src|srcset|data|action)=|<link|<script|<iframe|@import|url\(", source)
        assert all(str(link["href"]).startswith("#part-") for link in Page(source).all("a"))


def test_the_contents_lead_to_the_parts(page: Page) -> None:
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    links = [str(link["href"])[1:] for link in page.all("a")]
    assert len(links) > 15
    assert set(links) <= ids


def test_markup_in_a_familys_words_stays_words(page: Page) -> None:
    assert "<gloves>" in page.text
    assert not page.all("gloves")


def test_words_from_right_to_left_run_so(content: Content) -> None:
    from bot.plans.model import Entry, Section
    from tests.plans.documents.families import PLAN

    plan = PLAN.with_section("P01", Section(entries=(Entry(1, "main", "אני אוהב רכבות", "m1"),)))
    page = Page(write_html(document(content, plan)))
    assert [quote.get("dir") for quote in page.all("blockquote")].count("rtl") == 1


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")
def test_axe_finds_nothing_on_any_page(content: Content) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 390, "height": 800})
        pages = [write(document(content, kind=kind), "html") for kind in ("plan", "officer", "easy_read")]
        pages.append(write(document(content), "html", large=True))
        pages.append(write(document(content, TWO, TWO_COVER, who="young_person"), "html"))
        for source in pages:
            tab.set_content(source.decode())
            found = Axe().run(tab)
            assert found.violations_count == 0, found.generate_report()
            assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        browser.close()
