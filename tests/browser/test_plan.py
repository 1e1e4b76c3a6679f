"""The plan's pages in a real browser: axe, 320 pixels, the keyboard alone, no JavaScript, and the documents with their styles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.plans.directory_words import ADD, MORE, NONE
from bot.plans.model import Exchange, Plan
from tests.browser.test_accessibility import check
from tests.browser.test_conversation import tab_to
from tests.browser.visitor import Visitor
from tests.gateway.planning import AT_THE_END, Family, one_family, sends_the_plan
from tests.plans.documents.families import LINES, PLAN

pytestmark = pytest.mark.browser

EMPTY = replace(PLAN, sections={}, lines=())
IDEAS = {
    "text": "Here is what I found near home.\n\nSplash Club\nFor 8 to 14. It fits “swim with other children”.",
    "options": [[f"{ADD}s-1", "Add Splash Club"], [MORE, "More"], [NONE, "Go on"]],
}


@pytest.fixture(scope="module")
def family(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    with one_family(empty_store, tmp_path_factory.mktemp("browser"), PLAN) as made:
        yield made


def at(context: BrowserContext, family: Family, plan: Plan = PLAN, **place: object) -> Page:
    """A page at some place of the plan."""
    family.has(plan, replace(AT_THE_END, **place))  # type: ignore[arg-type]
    person = family.comes_in()
    cookie = f"{person.id}.{person.token}"
    context.add_cookies([{"name": "sevensteps", "value": cookie, "url": family.service.url}])
    page = context.new_page()
    page.goto(f"{family.service.url}/chat#now")
    return page


@pytest.mark.parametrize(
    ("name", "plan", "place"),
    [
        ("own words", EMPTY, {"cursor": "P03"}),
        ("what stands", PLAN, {"cursor": "P03"}),
        ("costs read back", PLAN, {"cursor": "P11", "exchange": Exchange("lines", waiting=(200, 201, 205))}),
        ("a gap", PLAN, {"cursor": "P11", "exchange": Exchange("missing", "how_often", 205, (205,))}),
        ("ideas", PLAN, {"cursor": "P11", "exchange": Exchange("near", words=json.dumps(IDEAS))}),
        ("money ways", PLAN, {"cursor": "P12"}),
        ("which part", PLAN, {"cursor": "P03", "exchange": Exchange("which")}),
        ("who joins", PLAN, {"cursor": "P03", "exchange": Exchange("invite")}),
        ("check", PLAN, {}),
        ("check of nearly nothing", EMPTY, {}),
        ("yes to sending", PLAN, {"exchange": Exchange("consent")}),
    ],
)
def test_every_kind_of_page(
    context: BrowserContext, family: Family, name: str, plan: Plan, place: dict[str, object]
) -> None:
    page = at(context, family, plan, **place)
    for summary in page.locator("summary").all():
        summary.click()
    check(page, name)


def test_after_sending_and_with_an_error(context: BrowserContext, family: Family) -> None:
    page = at(context, family)
    visitor = Visitor(page, family.service)
    visitor.presses("Send it to the team")
    visitor.chooses("That is everyone")
    visitor.chooses("Yes, send it")
    expect(page.locator("h1")).to_have_text("Your plan is sent")
    check(page, "sent")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check(page, "sent, with an error")


def test_what_a_professional_reads(context: BrowserContext, family: Family) -> None:
    page = at(context, family)
    sends_the_plan(family.comes_in())
    later = replace(PLAN, lines=LINES[:3], changed_since_sent=True)
    family.has(later)
    page.goto(f"{family.service.url}/review")
    page.get_by_label("Lead professional").check()
    page.get_by_role("button", name="Sign in").click()
    check(page, "list")
    page.goto(f"{family.service.url}/review/drafts/{family.reference}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    check(page, "draft with a plan")
    page.get_by_role("link", name="Read version 1").click()
    expect(page.locator("h1")).to_be_visible()


def test_with_the_keyboard_alone(context: BrowserContext, family: Family) -> None:
    """From a prompt to the check page, to a section from there, and back, with Tab, Space and Enter."""
    page = at(context, family, EMPTY, cursor="P03")
    expect(page.locator("#now")).to_be_focused()
    tab_to(page, "Your own words")
    page.keyboard.type("buses and chips")
    tab_to(page, "Save and go on")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation")).to_contain_text("buses and chips")
    expect(page.locator("#now")).to_be_focused()
    page = at(context, family)
    tab_to(page, "The people in my life")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-caption-l")).to_contain_text("The people in my life")
    expect(page.locator("#now")).to_be_focused()


def test_without_javascript_it_is_the_same(chromium: Browser, family: Family) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = at(context, family, EMPTY, cursor="P03")
    page.locator("#text").fill("buses and chips")
    page.get_by_role("button", name="Save and go on").click()
    assert page.url.endswith("/chat#now")
    expect(page.locator("#conversation")).to_contain_text("buses and chips")
    page = at(context, family)
    page.get_by_role("button", name="Send it to the team").click()
    page.get_by_label("That is everyone").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Yes, send it").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Your plan is sent")
    context.close()


def test_the_plan_as_a_page_has_its_styles_and_breaks_no_rule(context: BrowserContext, family: Family) -> None:
    page = at(context, family)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    for file in ("plan.html", "plan.html?large=true", "profile.html", "chart.html", "easy_read.html"):
        page.goto(f"{family.service.url}/plan/{file}")
        family_of_letters = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "sans-serif" in family_of_letters, f"{file} has no styles"
        check(page, file)
    assert problems == []


def test_a_press_that_takes_the_plan_along_loses_nothing(context: BrowserContext, family: Family) -> None:
    """Reading the plan in the middle of an answer, then going back."""
    page = at(context, family, replace(EMPTY, lines=LINES), cursor="P03")
    visitor = Visitor(page, family.service)
    page.locator("#text").fill("half a sente")
    visitor.presses("Read it back")
    expect(page.locator("#text")).to_have_value("half a sente")
