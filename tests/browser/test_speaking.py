"""Reading aloud and speaking on the chat page, with stand-ins for a browser's voices and ears: headless Chromium has
neither. What is tested is our own part: which voice, which words, what is asked first, and that nothing is sent unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.visitor import Visitor
from tests.gateway.service import Service

pytestmark = pytest.mark.browser

VOICES = """
window.spoken = []; window.cancelled = 0;
const voices = [
  {name: "Far Away", lang: "en-GB", localService: false, voiceURI: "far"},
  {name: "Zoe", lang: "en-US", localService: true, voiceURI: "zoe"},
  {name: "Amy", lang: "en-GB", localService: true, voiceURI: "amy"},
  {name: "Hans", lang: "de-DE", localService: true, voiceURI: "hans"},
];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => window.none ? [] : voices,
  speak: (one) => window.spoken.push({text: one.text, voice: one.voice.voiceURI, rate: one.rate}),
  cancel: () => { window.cancelled += 1; },
  addEventListener: () => {},
}});
"""

EARS = """
window.heard = [];
window.SpeechRecognition = class {
  start() { window.ears = this; this.started = true; }
  stop() { this.onend(); }
  abort() { this.aborted = true; }
};
window.hear = (...texts) => {
  window.ears.onresult({results: texts.map((text) => [{transcript: text}])});
};
"""


@pytest.fixture
def able(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that can speak and listen."""
    context = chromium.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(15_000)
    context.add_init_script(VOICES + EARS)
    yield context
    context.close()


@pytest.fixture
def visitor(able: BrowserContext, service: Service) -> Visitor:
    visitor = Visitor(able.new_page(), service)
    visitor.at_the_first_question()
    return visitor


def spoken(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate("window.spoken")
    return found


def test_the_question_is_read_by_a_voice_of_the_device_with_its_answers_and_only_when_asked(visitor: Visitor) -> None:
    page = visitor.page
    assert spoken(page) == []
    button = page.get_by_role("button", name="Read aloud the question and its answers")
    button.click()
    said = spoken(page)
    assert {one["voice"] for one in said} == {"amy"}
    whole = " ".join(str(one["text"]) for one in said)
    assert "question 1 of 16" in whole
    assert "1: Ty is safe at home, like other children their age." in whole
    assert "5: I am not sure." in whole
    expect(page.get_by_role("button", name="Stop reading the question")).to_have_attribute("aria-pressed", "true")
    before = page.evaluate("window.cancelled")
    page.get_by_role("button", name="Stop reading").click()
    assert page.evaluate("window.cancelled") > before
    expect(button).to_have_attribute("aria-pressed", "false")


def test_voice_and_speed_are_picked_and_kept(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_text("Voice and speed").click()
    assert page.locator("#aloud-voice option").all_inner_texts() == ["Amy", "Zoe"]
    page.get_by_label("Voice", exact=True).select_option("Zoe")
    page.get_by_label("Speed").select_option("Slow")
    page.reload()
    page.get_by_role("button", name="Read aloud this message").first.click()
    assert {(one["voice"], one["rate"]) for one in spoken(page)} == {("zoe", 0.7)}


def test_every_new_message_has_its_button(visitor: Visitor) -> None:
    visitor.picks(3)
    page = visitor.page
    line = page.locator(".said [data-id]").last
    line.get_by_role("button", name="Read aloud").click()
    whole = " ".join(str(one["text"]) for one in spoken(page))
    assert "someone close most of the time" in whole
    assert "Read aloud" not in whole
    visitor.picks(2)
    assert page.locator("form[data-answer] > .aloud").count() == 1


def test_what_is_said_goes_into_the_box_after_a_notice_and_is_sent_by_the_person(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#say-notice")).to_contain_text("Some browsers send the sound")
    assert page.evaluate("window.ears === undefined")
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_function("window.ears && window.ears.started")
    page.evaluate("window.hear('i turn round', 'and he has got the cattle')")
    page.get_by_role("button", name="Stop and check the words").click()
    expect(page.locator(".say__status")).to_contain_text("check the words")
    box = page.locator("#text")
    expect(box).to_have_value("i turn round and he has got the cattle")
    expect(box).to_be_focused()
    box.fill("i turn round and he has got the kettle")
    visitor.presses("Continue")
    assert "It sounds like" in visitor.heading
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#say-notice")).to_have_count(0)  # asked once, not at every question


def test_who_would_rather_type_just_types(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("button", name="I would rather type").click()
    expect(page.locator("#say-notice")).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()
    assert page.evaluate("window.ears === undefined")


def test_a_microphone_that_is_shut_is_explained(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("button", name="Start speaking").click()
    page.wait_for_function("window.ears && window.ears.started")
    page.evaluate("window.ears.onerror({error: 'not-allowed'}); window.ears.onend()")
    expect(page.locator(".say__status")).to_contain_text("does not let this page use the microphone")


def test_it_breaks_no_rule_of_accessibility(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_text("Voice and speed").click()
    page.get_by_role("button", name="Say it").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()


def test_without_a_voice_or_ears_nothing_of_it_is_there(page: Page, service: Service) -> None:
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
    page.add_init_script("delete window.webkitSpeechRecognition; delete window.SpeechRecognition")
    Visitor(page, service).at_the_first_question()
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)
    expect(page.get_by_role("button", name="Say it")).to_have_count(0)
