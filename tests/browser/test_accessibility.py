"""Every kind of page, checked by axe against WCAG 2.2 AA, and at 320 pixels (400 % zoom) nothing needs scrolling sideways."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitor import Visitor
from tests.gateway.planning import with_guide_amount
from tests.gateway.service import Service

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # every rule is run; what fits is not described element by element
}


def check(page: Page, name: str) -> None:
    """No violation, and no sideways scrolling at 320 pixels."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, f"{name}: " + "; ".join(
        f"{item['id']} {item['nodes'][0]['html'][:120]} {item['nodes'][0]['failureSummary'][:200]}" for item in found
    )
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{name} is {wide} pixels wide at 320"
    assert size
    page.set_viewport_size(size)


@pytest.mark.parametrize("path", ["/", "/resume", "/privacy", "/accessibility", "/review/sign-in", "/nothing-here"])
def test_plain_pages(page: Page, service: Service, path: str) -> None:
    page.goto(service.url + path)
    check(page, path)


def test_every_kind_of_page_in_a_conversation(page: Page, service: Service) -> None:
    visitor = Visitor(page, service)
    visitor.starts()
    check(page, "consent")
    visitor.chooses("Yes, start")
    visitor.chooses("I am a parent")
    check(page, "name")
    visitor.writes("Ty")
    visitor.writes("8")
    check(page, "question")
    page.get_by_role("button", name="Continue").click()
    page.locator(".govuk-error-summary").wait_for()
    check(page, "error")
    visitor.writes("i go for a wee and hes got the kettle")
    check(page, "read back")
    visitor.picks(1)
    visitor.has_answered_all()
    check(page, "check your answers")
    visitor.presses("Yes, go on")
    for summary in page.locator("form summary").all():
        summary.click()
    check(page, "result")
    visitor.presses("Stop and come back later")
    check(page, "pause")
    page.locator("#text").fill("he's got a knife and mum is hurt")
    visitor.presses("Send")
    check(page, "stopped")


@pytest.mark.parametrize("role", ["Lead professional", "Auditor"])
def test_professionals_pages(page: Page, service: Service, role: str) -> None:
    with_guide_amount(service, "i go for a wee and hes got the kettle").says("he's got a knife and mum is hurt")
    page.goto(f"{service.url}/review")
    page.get_by_label(role).check()
    page.get_by_role("button", name="Sign in").click()
    check(page, role)
    if role == "Lead professional":
        page.locator(".queue tbody a").first.click()
        for summary in page.locator("summary").all():
            summary.click()
        check(page, "draft")


def test_alerts_and_what_is_asked_before_we_go_on(page: Page, service: Service) -> None:
    visitor = Visitor(page, service)
    visitor.at_the_first_question()
    page.locator("#text").fill("my husband hits me")
    visitor.presses("Continue")
    check(page, "is it safe to contact you")
    visitor.presses("No, it is not safe")
    page.locator("#text").fill("he's got a knife and mum is hurt")
    visitor.presses("Continue")
    page.goto(f"{service.url}/review")
    page.get_by_label("Lead professional").check()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="2 alerts nobody has picked up").wait_for()
    check(page, "alerts")
    page.get_by_label("Note, if you like about the RED-A alert").fill("Rang the police")
    page.get_by_role("button", name=re.compile("I am dealing with this.*RED-A")).click()
    page.get_by_text("They wrote: Rang the police").wait_for()
    check(page, "draft with an alert that waits")
    page.goto(f"{service.url}/review/outbox")
    check(page, "messages about alerts")


def test_with_larger_letter_spacing_nothing_is_cut_off(page: Page, service: Service) -> None:
    """WCAG 1.4.12, with the values it names. A button's shadow is 2 pixels wider than the button."""
    visitor = Visitor(page, service)
    visitor.at_the_first_question()
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
                           p { margin-bottom: 2em !important }`);
        document.adoptedStyleSheets = [sheet]; }"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll("button, label, legend, h1, p, li")]
        .filter(e => e.scrollWidth > e.clientWidth + 3 && e.clientWidth > 1 && getComputedStyle(e).display !== "inline")
        .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert cut == []


def test_what_can_be_pressed_is_big_enough(page: Page, service: Service) -> None:
    """WCAG 2.5.8: 24 by 24 pixels at least; ours are 44 high where it matters."""
    visitor = Visitor(page, service)
    visitor.at_the_first_question()
    for button in page.locator("form[data-answer] button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 36
        assert box["width"] >= 44
    for link in page.locator("footer ul a, header a").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 24
