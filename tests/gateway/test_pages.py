"""The families' pages with no JavaScript: forms, redirects, errors that keep what was typed."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from tests.gateway.service import Service


class Browser:
    """A browser without JavaScript: it keeps cookies, follows redirects, and sends the form that is on the page."""

    def __init__(self, service: Service) -> None:
        self.http = httpx.Client(base_url=service.url, follow_redirects=True, timeout=60, trust_env=False, verify=False)
        self.page = ""
        self.status = 0
        self.history: list[int] = []

    def goes_to(self, path: str) -> str:
        return self._see(self.http.get(path, headers={"Accept": "text/html"}))

    def starts(self) -> str:
        self.goes_to("/")
        return self._see(self.http.post("/chat/start", headers={"Accept": "text/html"}))

    def sends(self, **fields: str) -> str:
        hidden = {name: self.field(name) for name in ("csrf", "turn", "question_id")}
        return self._see(self.http.post("/chat", data=hidden | fields, headers={"Accept": "text/html"}))

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no field {name}"
        return unescape(found[1])

    @property
    def words(self) -> str:
        """The page's text as it is read."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page)))

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.S)
        assert found
        return unescape(re.sub(r"\s+", " ", found[1]).strip())

    def _see(self, reply: httpx.Response) -> str:
        self.page, self.status = reply.text, reply.status_code
        self.history = [step.status_code for step in reply.history]
        return self.page


@pytest.fixture
def browser(service: Service) -> Browser:
    return Browser(service)


@pytest.fixture
def at_s1(browser: Browser) -> Browser:
    browser.starts()
    browser.sends(choice="consent.yes")
    browser.sends(choice="who.parent")
    browser.sends(text="Ty")
    browser.sends(text="8")
    assert "question 1 of 16" in browser.words
    return browser


def test_the_first_page_says_what_this_is(browser: Browser) -> None:
    browser.goes_to("/")
    for needed in (
        "Start now",
        "computer program",
        "call 999",
        "A person",
        "16 questions",
        "reference and PIN",
        "made up",
    ):
        assert needed in browser.words


def test_from_the_first_page_to_a_guide_amount(at_s1: Browser) -> None:
    while "question " in at_s1.words.split("Or use your own words")[0] or "keep helping" in at_s1.heading:
        choice = re.search(r'name="choice" value="([^"]+)"', at_s1.page)
        assert choice
        at_s1.sends(choice=re.findall(r'name="choice" value="([^"]+)"', at_s1.page)[1])
        assert at_s1.history == [303], "a turn is answered by a redirect, so that loading again sends nothing"
        if at_s1.heading == "Check your answers":
            break
    assert at_s1.heading == "Check your answers"
    assert at_s1.page.count("your answer about") == 19, "who, name, age and sixteen questions"
    at_s1.sends(choice="check.yes")
    assert at_s1.heading == "Your guide amount"
    for needed in ("a year", "a week", "A guide, not a promise", "Example figures", "line by line", "not included",
                   "If you do not agree", "01632 960101"):  # fmt: skip
        assert needed in at_s1.words, needed


def test_change_leads_to_one_question_and_back_to_the_check_page(at_s1: Browser) -> None:
    while at_s1.heading != "Check your answers":
        at_s1.sends(choice=re.findall(r'name="choice" value="([^"]+)"', at_s1.page)[1])
    at_s1.sends(choice="change.H3")
    assert "Nights" in at_s1.words
    at_s1.sends(choice="H3.3")
    assert at_s1.heading == "Check your answers"


def test_a_button_that_was_pressed_is_remembered_by_what_it_said(at_s1: Browser) -> None:
    at_s1.sends(text="he's got a knife")
    at_s1.sends(choice="safety.person")
    assert "You said: I'd like a person" in at_s1.words
    at_s1.sends(choice="safety.carry_on")
    while at_s1.heading != "Check your answers":
        at_s1.sends(choice=re.findall(r'name="choice" value="([^"]+)"', at_s1.page)[1])
    at_s1.sends(choice="change.H3")
    assert "You said: Change an answer: Nights" in at_s1.words
    assert not re.search(r"You said: (safety|change)\.", at_s1.words)


def test_own_words_are_read_back_before_they_count(at_s1: Browser) -> None:
    at_s1.sends(text="i go for a wee and hes got the kettle")
    assert at_s1.heading.startswith("It sounds like")
    assert "You said: i go for a wee and hes got the kettle" in at_s1.words
    at_s1.sends(choice="S1.2")
    assert "question 2 of 16" in at_s1.words


@pytest.mark.parametrize(
    ("say", "answer"), [("why", "Watching over"), ("example", "made up"), ("back", "How old is Ty")]
)
def test_commands_are_buttons(at_s1: Browser, say: str, answer: str) -> None:
    assert f'name="say" value="{say}"' in at_s1.page
    at_s1.sends(say=say)
    assert answer in at_s1.words


def test_sending_nothing_is_said_twice_in_the_same_words(at_s1: Browser) -> None:
    at_s1.sends()
    assert at_s1.status == 422
    assert at_s1.words.count("Choose an answer, or write it in your own words") == 2
    assert 'href="#choice-1"' in at_s1.page
    assert "<title>Error: " in at_s1.page


@pytest.mark.parametrize("place", ["check", "result", "paused", "safety"])
def test_it_is_said_twice_beside_every_box_for_words(at_s1: Browser, place: str) -> None:
    if place in ("check", "result"):
        while at_s1.heading != "Check your answers":
            at_s1.sends(choice=re.findall(r'name="choice" value="([^"]+)"', at_s1.page)[1])
    said = {"result": {"choice": "check.yes"}, "paused": {"say": "pause"}, "safety": {"text": "he's got a knife"}}
    if place in said:
        at_s1.sends(**said[place])
    heading = at_s1.heading
    at_s1.sends()
    assert (at_s1.status, at_s1.heading) == (422, heading)
    assert at_s1.words.count("Choose an answer, or write it in your own words") == 2
    assert 'href="#text"' in at_s1.page
    box = at_s1.page.split("<textarea")[1].split(">")[0]
    assert 'aria-describedby="text-error"' in box
    assert 'id="text-error"' in at_s1.page


def test_an_answer_and_words_together_are_asked_about(at_s1: Browser) -> None:
    at_s1.sends(choice="S1.2", text="but only when he is awake")
    assert at_s1.status == 422
    assert "not both" in at_s1.words
    assert "but only when he is awake</textarea>" in at_s1.page
    assert re.search(r'value="S1.2" checked', at_s1.page)


def test_too_many_words_stay_in_their_box(at_s1: Browser) -> None:
    at_s1.sends(text="kettle " * 600)
    assert at_s1.status == 413
    assert "4,000 characters or fewer. There are 4,200 now." in at_s1.words
    assert "kettle kettle" in at_s1.page.split("<textarea")[1]


def test_with_the_engine_away_the_words_stay_and_sending_again_counts_once(service: Service, at_s1: Browser) -> None:
    service.engine.failure = "down"
    at_s1.sends(text="3")
    assert at_s1.status == 503
    assert "Your message is kept" in at_s1.words
    assert ">3</textarea>" in at_s1.page
    assert "Kept. We have not been able to reply yet." in at_s1.words
    service.engine.failure = None
    at_s1.sends(text="3")
    assert at_s1.status == 200
    assert "question 2 of 16" in at_s1.words
    assert at_s1.words.count("You said: 3") == 1


def test_loading_the_page_again_sends_nothing_again(at_s1: Browser) -> None:
    at_s1.sends(choice="S1.2")
    for _ in range(3):
        at_s1.goes_to("/chat")
    assert "question 2 of 16" in at_s1.words


def test_the_same_form_sent_twice_counts_once(at_s1: Browser) -> None:
    fields = {name: at_s1.field(name) for name in ("csrf", "turn", "question_id")}
    for _ in range(2):
        at_s1.http.post("/chat", data=fields | {"choice": "S1.2"})
    at_s1.goes_to("/chat")
    assert "question 2 of 16" in at_s1.words
    assert "We have moved on" not in at_s1.words


def test_an_old_page_does_not_answer_the_current_question(at_s1: Browser) -> None:
    old = {name: at_s1.field(name) for name in ("csrf", "question_id")}
    at_s1.sends(choice="S1.2")
    at_s1._see(at_s1.http.post("/chat", data=old | {"text": "1", "turn": "another"}))
    assert "We have moved on since then" in at_s1.words
    assert "question 2 of 16" in at_s1.words


def test_pausing_shows_reference_and_pin_once(service: Service, at_s1: Browser) -> None:
    at_s1.sends(say="pause")
    pin = re.search(r"Your PIN: (\d{6})", at_s1.words)
    reference = re.search(r"Your reference: (EX-\w{4}-\w{4})", at_s1.words)
    assert pin
    assert reference
    at_s1.goes_to("/chat")
    assert pin[1] not in at_s1.page
    other = Browser(service)
    other.goes_to("/resume")
    other._see(other.http.post("/resume", data={"reference": reference[1].lower(), "pin": f" {pin[1]} "}))
    assert "Welcome back" in other.words
    assert "question 1 of 16" in other.words


def test_resume_errors_keep_the_reference_and_never_the_pin(browser: Browser) -> None:
    browser._see(browser.http.post("/resume", data={"reference": "", "pin": ""}))
    assert browser.status == 422
    assert browser.words.count("Enter your reference") == 2
    browser._see(browser.http.post("/resume", data={"reference": "EX-2222-2222", "pin": "123456"}))
    assert browser.status == 401
    assert 'value="EX-2222-2222"' in browser.page
    assert "123456" not in browser.page


def test_a_form_from_another_site_is_not_taken(service: Service, at_s1: Browser) -> None:
    hidden = {name: at_s1.field(name) for name in ("csrf", "turn", "question_id")}
    other_site = at_s1.http.post("/chat", data=hidden | {"choice": "S1.2"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other_site.status_code == 403
    without_token = at_s1.http.post("/chat", data=hidden | {"csrf": "", "text": "hello"})
    assert without_token.status_code == 403
    assert "hello</textarea>" in without_token.text
    at_s1.goes_to("/chat")
    assert "question 1 of 16" in at_s1.words


def test_no_conversation_leads_to_the_start(browser: Browser) -> None:
    browser.goes_to("/chat")
    assert browser.history == [303]
    assert "Start now" in browser.words
    browser.http.cookies.set("sevensteps", "made.up")
    browser.goes_to("/chat")
    assert "Start now" in browser.words


def test_ending_the_chat_forgets_it_on_this_device(at_s1: Browser) -> None:
    at_s1._see(at_s1.http.post("/chat/end", data={"csrf": at_s1.field("csrf")}))
    assert "This chat has ended" in at_s1.words
    at_s1.goes_to("/chat")
    assert "Start now" in at_s1.words


def test_the_cookie_cannot_be_read_by_scripts_and_ends_with_the_browser(
    service: Service, live_service: Service
) -> None:
    cookie = service.http.post("/chat/start").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()
    behind_https = live_service.http.post("/chat/start").headers["set-cookie"]
    assert behind_https.startswith("__Host-sevensteps=")
    assert "Secure" in behind_https


def test_every_answer_carries_the_security_headers(service: Service, live_service: Service) -> None:
    for path in ("/", "/chat", "/api/v1/conversations/x", "/static/sevensteps.css", "/nothing", "/healthz"):
        headers = service.http.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")
    live = live_service.http.get("/").headers
    assert "frame-ancestors https://www.example.gov.uk" in live["content-security-policy"]
    assert "x-frame-options" not in live
    assert live["strict-transport-security"]


def test_pages_hold_no_inline_script_or_style(at_s1: Browser) -> None:
    for path in ("/", "/chat", "/resume", "/privacy", "/accessibility", "/review/sign-in"):
        at_s1.goes_to(path)
        assert at_s1.status == 200
        assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=", at_s1.page), path


def test_the_stylesheet_holds_nothing_of_gov_uks_own(service: Service) -> None:
    css = service.http.get("/static/vendor/govuk-frontend.css").text
    assert "MIT licence" in css
    for own in ("GDS Transport", "@font-face", "url("):
        assert own not in css
    assert "Crown Copyright" in service.http.get("/static/vendor/govuk-frontend.LICENSE.txt").text


def test_a_problem_is_a_page_for_a_browser(browser: Browser) -> None:
    browser.goes_to("/nothing-here")
    assert browser.status == 404
    assert browser.heading == "We cannot find that"


def test_embed_puts_a_link_and_opens_nothing_by_itself(service: Service, live_service: Service) -> None:
    script = live_service.http.get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert '"address": "https://chat.example.gov.uk", "inPlace": true' in script.text
    assert '"inPlace": false' in service.http.get("/embed.js").text


def test_figures_hold_nothing_personal(service: Service, at_s1: Browser) -> None:
    at_s1.sends(text="i go for a wee and hes got the kettle")
    figures = service.http.get("/metrics").text
    assert 'sevensteps_requests_total{method="POST",route="/chat",status="303"}' in figures
    assert "kettle" not in figures
    cookie = at_s1.http.cookies["sevensteps"].split(".")[0]
    assert cookie not in figures


def test_figures_name_an_address_in_full_without_its_ids(service: Service) -> None:
    service.http.get("/api/v1/tables/none")
    assert 'sevensteps_requests_total{method="GET",route="/api/v1/tables/{id}",status="404"}' in (
        service.http.get("/metrics").text
    )
