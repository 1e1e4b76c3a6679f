"""The chat page in a real browser: with the keyboard alone, without JavaScript, in high contrast, without a network."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.visitor import Visitor
from tests.gateway.service import Service

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(page: Page, service: Service) -> Visitor:
    return Visitor(page, service)


def test_from_start_to_a_guide_amount_without_loading_the_page_again(visitor: Visitor) -> None:
    visitor.walks_to_the_first_question()
    visitor.page.evaluate("window.stayed = true")
    visitor.answers_all()
    visitor.presses("Yes, go on")
    assert visitor.heading == "Your guide amount"
    expect(visitor.page.locator(".amount")).to_contain_text("a year")
    expect(visitor.page.locator(".amount")).to_contain_text("Example figures")
    assert visitor.page.evaluate("window.stayed") is True
    visitor.page.get_by_text("How we got to this, line by line").click()
    assert visitor.page.locator(".lines li").count() > 16


def test_without_javascript_it_is_the_same_conversation(chromium: Browser, service: Service) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service.url)
    page.get_by_role("button", name="Start now").click()
    for label in ("Yes, start", "I am a parent"):
        page.get_by_label(label).check()
        page.get_by_role("button", name="Continue").click()
    for text in ("Ty", "8", "i go for a wee and hes got the kettle"):
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_contain_text("It sounds like")
    page.get_by_label("Yes, that is right").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("legend")).to_contain_text("question 2 of 16")
    assert page.url.endswith("/chat#now"), "the page opens at the question"
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose an answer")
    page.get_by_role("button", name="Stop and come back later").click()
    expect(page.locator(".once")).to_contain_text(re.compile(r"Your PIN: \d{6}"))
    context.close()


def test_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(visitor.service.url)
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    tab_to(page, "Start now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat*")
    page.locator("[name=choice]").first.wait_for()
    tab_to(page, "Yes, start")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Who is answering the questions today?")
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, "I am a parent")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("I am a parent")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("What would you like me to call the child")
    tab_to(page, "Your answer")
    page.keyboard.type("Ty")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("How old is Ty")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name is focused."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const e = document.activeElement;
            return (e.labels && e.labels[0] ? e.labels[0].innerText : e.innerText || "").replace(/\\s+/g, " ").trim() }"""
        )
        if name in focused:
            return
    raise AssertionError(f"{name} cannot be reached with Tab")


def test_focus_goes_to_the_new_question_and_the_rest_is_read_out(visitor: Visitor) -> None:
    visitor.at_the_first_question()
    visitor.picks(3)
    expect(visitor.page.locator("#now")).to_be_focused()
    expect(visitor.page.locator("#live")).to_contain_text("I have put")
    assert visitor.page.locator(".said[aria-live], [role=log]").count() == 0, "the transcript itself is not live"
    expect(visitor.page.locator("#live p")).to_have_count(0, timeout=8_000)


def test_an_error_takes_the_focus_and_leads_to_the_field(visitor: Visitor) -> None:
    visitor.at_the_first_question()
    visitor.page.get_by_role("button", name="Continue").click()
    summary = visitor.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert visitor.page.title().startswith("Error: ")
    summary.get_by_role("link").click()
    expect(visitor.page.locator("#choice-1")).to_be_focused()


def test_a_command_keeps_what_was_being_typed(visitor: Visitor) -> None:
    visitor.at_the_first_question()
    visitor.page.locator("#text").fill("well he sort of")
    visitor.presses("Why do you ask?")
    expect(visitor.page.locator("#text")).to_have_value("well he sort of")


def test_without_a_network_the_words_stay_and_sending_again_works(visitor: Visitor, context: BrowserContext) -> None:
    visitor.at_the_first_question()
    context.set_offline(True)
    visitor.page.locator("#text").fill("i go for a wee and hes got the kettle")
    visitor.page.get_by_role("button", name="Continue").click()
    expect(visitor.page.locator("#offline")).to_contain_text("Your words are still in the box")
    expect(visitor.page.locator("#text")).to_have_value("i go for a wee and hes got the kettle")
    context.set_offline(False)
    visitor.presses("Continue")
    expect(visitor.page.locator("#offline")).to_have_count(0)
    assert visitor.heading.startswith("It sounds like")


def test_with_the_engine_away_the_words_stay(visitor: Visitor, service: Service) -> None:
    visitor.at_the_first_question()
    service.engine.failure = "down"
    visitor.page.locator("#text").fill("3")
    visitor.page.get_by_role("button", name="Continue").click()
    expect(visitor.page.locator(".govuk-error-summary")).to_contain_text("Your message is kept")
    expect(visitor.page.locator("#text")).to_have_value("3")
    service.engine.failure = None
    visitor.presses("Continue")
    expect(visitor.page.locator("legend")).to_contain_text("question 2 of 16")


def test_a_script_that_breaks_falls_back_to_plain_pages(page: Page, service: Service) -> None:
    page.route(
        "**/static/chat.js",
        lambda route: route.fulfill(body="throw new Error('broken')", content_type="text/javascript"),
    )
    page.goto(service.url)
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("Yes, start").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Who is answering the questions today?")


def test_in_forced_colours_everything_can_still_be_told_apart(chromium: Browser, service: Service) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    visitor = Visitor(page, service)
    visitor.at_the_first_question()
    for selector in (".said__line--us", ".said__line--person", ".command", ".leave"):
        width = page.locator(selector).first.evaluate("e => getComputedStyle(e).borderTopWidth")
        assert width != "0px", f"{selector} has no border that high contrast shows"
    context.close()


def test_leaving_fast_leaves_nothing_on_the_screen(visitor: Visitor) -> None:
    visitor.at_the_first_question()
    page = visitor.page
    page.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    page.get_by_role("link", name="Leave this page fast").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    assert "kettle" not in page.content()


def test_nothing_comes_from_anywhere_else(visitor: Visitor) -> None:
    asked: list[str] = []
    problems: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    visitor.page.on("pageerror", lambda error: problems.append(str(error)))
    visitor.walks_to_the_first_question()
    assert all(url.startswith(visitor.service.url) for url in asked)
    assert problems == []


def test_embedding_is_a_link_and_a_button_that_opens_nothing_by_itself(page: Page, live_service: Service) -> None:
    script = live_service.http.get("/embed.js").text
    council_page = '<!doctype html><title>Council</title><div data-sevensteps></div><script src="https://chat.example.gov.uk/embed.js" defer></script>'
    served = {"/help": ("text/html", council_page), "/embed.js": ("text/javascript", script)}

    def serve(route: Route) -> None:
        kind, body = served.get(urlsplit(route.request.url).path, ("text/html", "<title>Chat</title>"))
        route.fulfill(body=body, content_type=kind)

    page.route("**/*", serve)
    page.goto("https://www.example.gov.uk/help")
    expect(page.get_by_role("link", name="Tell us what help your child needs")).to_have_attribute(
        "href", "https://chat.example.gov.uk/"
    )
    assert page.locator("iframe").count() == 0
    button = page.get_by_role("button", name="Open it on this page")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(page.locator("iframe")).to_have_attribute("title", re.compile("Sevensteps"))
    expect(page.get_by_role("button", name="Close it")).to_have_attribute("aria-expanded", "true")
