"""The pages on which a plan is made, without JavaScript: the box for own words first, Change, what was typed stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from bot.plans.directory_words import ADD, MORE, NONE
from bot.plans.model import Exchange, Plan
from tests.gateway.planning import AT_THE_END, Family, one_family
from tests.gateway.test_pages import Browser
from tests.plans.documents.families import LINES, PLAN

EMPTY = replace(PLAN, sections={}, lines=())
LONG = "We would like him to have somewhere to go on a Sunday that is not just the car, and friends there. " * 2


@pytest.fixture(scope="module")
def family(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """One for all tests; each puts it where it wants it."""
    with one_family(empty_store, tmp_path_factory.mktemp("pages"), PLAN) as made:
        yield made


def at(family: Family, plan: Plan = PLAN, **place: object) -> Browser:
    """A browser at some place of the plan."""
    family.has(plan, replace(AT_THE_END, **place))  # type: ignore[arg-type]
    person = family.comes_in()
    browser = Browser(family.service)
    browser.http.cookies.set("sevensteps", f"{person.id}.{person.token}")
    browser.goes_to("/chat")
    assert browser.status == 200
    return browser


def buttons(browser: Browser, name: str = "choice") -> list[str]:
    return [unescape(value) for value in re.findall(rf'name="{name}" value="([^"]*)"', browser.page)]


def form(browser: Browser) -> str:
    return browser.page.split("<form", 1)[1].split("</form>")[0]


def test_own_words_come_first_and_ways_round_them_after(family: Family) -> None:
    browser = at(family, EMPTY, cursor="P03")
    asked = form(browser)
    assert asked.index("<h1") < asked.index("<textarea") < asked.index("Save and go on") < asked.index("plan.skip")
    assert 'type="radio"' not in asked
    assert "What is important to me · 3 of 19" in browser.words
    assert "What is important to me · 3 of 19" in browser.page.split("</title>")[0]
    assert buttons(browser) == ["plan.idea", "plan.skip", "plan.left"]
    assert "what's left" not in buttons(browser, "say"), "no button does what another one does"


def test_own_words_are_kept_as_they_were_typed(family: Family) -> None:
    browser = at(family, EMPTY, cursor="P03")
    browser.sends(text="buses & fish <and> chips")
    assert browser.history == [303]
    browser.sends(choice="plan.go.P19")
    assert "“buses & fish <and> chips”" in browser.words


def test_choices_of_the_plan_are_radios_with_what_they_mean(family: Family) -> None:
    browser = at(family, cursor="P12")
    assert form(browser).count('type="radio"') == 6
    assert "The money is paid to you, into an account of its own." in browser.words
    assert form(browser).index('type="radio"') < form(browser).index("<textarea")
    assert browser.heading == "Which sounds best for now?"


def test_costs_are_read_back_one_below_the_other(family: Family) -> None:
    browser = at(family, cursor="P11", exchange=Exchange("lines", waiting=tuple(line.id for line in LINES[:2])))
    assert browser.heading == "I have put this. Is that right?"
    items = re.findall(r"<li class=\"prose\">(.*?)</li>", form(browser))
    assert [unescape(item)[:20] for item in items] == ["a PA for 3 hours on ", "the trampoline place"]
    assert "£40.50 a week, or £2,106 a year" in items[0]


def test_ideas_from_near_home_have_a_short_heading(family: Family) -> None:
    text = "Here is what I found near home.\n\nSplash Club\nFor 8 to 14. It fits “swim with other children”."
    shown = {"text": text, "options": [[f"{ADD}s-1", "Add Splash Club"], [MORE, "More"], [NONE, "Go on"]]}
    browser = at(family, cursor="P11", exchange=Exchange("near", words=json.dumps(shown)))
    assert browser.heading == "Ideas from near home"
    assert "It fits “swim with other children”." in browser.words
    assert buttons(browser) == [f"{ADD}s-1", MORE, NONE]


@pytest.mark.parametrize(
    "place",
    [
        {"cursor": code, "exchange": exchange}
        for code, exchange in [(f"P{number:02}", None) for number in range(19)]
        + [
            ("P03", Exchange("which")),
            ("P01", Exchange("move", "P03", words=LONG)),
            ("P11", Exchange("missing", "how_often", 205, (205,))),
            ("P11", Exchange("over")),
            ("P12", Exchange("manager", target=203)),
            ("P12", Exchange("employed", target=200)),
            ("P19", Exchange("share")),
            ("P19", Exchange("consent")),
            ("P01", Exchange("invite")),
        ]
    ],
    ids=lambda place: f"{place['cursor']}-{place['exchange'].kind if place['exchange'] else 'prompt'}",
)
def test_no_heading_is_a_paragraph(family: Family, place: dict[str, object]) -> None:
    """GOV.UK: a heading says in a few words what the page is about. Nothing that was asked is lost by it."""
    browser = at(family, **place)
    assert len(browser.heading) <= 120
    assert browser.page.count("<h1") == 1
    asked = family.comes_in().last["messages"][-1]["text"]
    shown = re.sub(r"\W+", " ", browser.words)
    for sentence in re.split(r"(?<=[.?!”])\s+|\n+", asked):
        assert re.sub(r"\W+", " ", sentence.replace("– ", "")).strip() in shown, sentence


def test_the_check_page_has_change_on_every_section_and_it_leads_there(family: Family) -> None:
    browser = at(family)
    assert browser.heading == "Check your plan"
    rows = re.findall(r'class="link-button" name="choice" value="plan\.go\.(P\d\d)">Change', browser.page)
    assert rows == [f"P{number:02}" for number in range(19)]
    assert "Change : Good days and bad days" in browser.words
    browser.sends(choice="plan.go.P06")
    assert "Good days and bad days · 6 of 19" in browser.words
    assert "You said: Change a part: Good days and bad days" in browser.words
    assert "plan.go" not in browser.words


def test_all_notes_stand_on_the_check_page_by_question(family: Family) -> None:
    nothing = replace(PLAN, sections={"P08": PLAN.sections["P08"]}, over_reason="")
    browser = at(family, nothing)
    questions = re.findall(r'<h3 class="govuk-heading-s">(.*?) <strong', browser.page)
    assert len(questions) == 7
    assert questions[0] == "What is important to you?"
    found = re.findall(r'<li class="notes__found">', browser.page)
    assert len(found) > 6
    assert "Not there yet" in browser.words
    assert "There are more" not in browser.words
    assert browser.words.count("Here is what a worker may ask about.") == 1
    assert "Send it to the team" in browser.words, "nothing of it stops the plan"


def test_a_note_leads_to_its_section(family: Family) -> None:
    browser = at(family)
    assert "“soon”: which day or month do you mean? Go to Who will do what" in browser.words
    browser.sends(choice="plan.go.P16")
    assert "Who will do what · 16 of 19" in browser.words


def test_an_earlier_check_page_is_not_read_out_again(family: Family) -> None:
    browser = at(family)
    browser.sends(choice="plan.go.P06")
    assert "Here is your plan so far." in browser.words
    assert "He knows every bus in town" not in browser.words


def test_sending_by_the_page(family: Family) -> None:
    browser = at(family)
    browser.sends(choice="plan.send")
    assert "Who else may see it?" in browser.heading
    browser.sends(choice="plan.share_done")
    assert browser.heading.startswith("Shall I send your plan")
    browser.sends(choice="plan.send_yes")
    assert browser.heading == "Your plan is sent"
    assert browser.words.count("will read it within 10 working days") == 1
    assert f"Your reference is {family.reference}" in browser.words
    browser.goes_to("/chat")
    assert browser.heading == "Your plan is sent"
    browser.sends(choice="plan.change")
    assert browser.heading == "Which part would you like?"


@pytest.mark.parametrize("place", ["words", "choices", "check", "sent"])
def test_nothing_sent_is_said_twice_on_the_same_page(family: Family, place: str) -> None:
    browser = at(family, **({"cursor": "P04"} if place == "words" else {"cursor": "P12"} if place == "choices" else {}))
    if place == "sent":
        for choice in ("plan.send", "plan.share_done", "plan.send_yes"):
            browser.sends(choice=choice)
    heading = browser.heading
    browser.sends()
    assert (browser.status, browser.heading) == (422, heading)
    assert browser.words.count("Choose an answer, or write it in your own words") == 2


@pytest.mark.parametrize("cursor", ["P03", "P12", None])
def test_with_the_engine_away_what_was_typed_stays(family: Family, cursor: str | None) -> None:
    browser = at(family, EMPTY, cursor=cursor)
    family.service.engine.failure = "down"
    browser.sends(text="he <loves> buses")
    family.service.engine.failure = None
    assert browser.status == 503
    assert "he &lt;loves&gt; buses</textarea>" in browser.page
    assert "Your message is kept" in browser.words


def test_a_page_that_was_open_too_long_keeps_what_was_typed(family: Family) -> None:
    browser = at(family, EMPTY, cursor="P03")
    browser._see(browser.http.post("/chat", data={"csrf": "old", "turn": "x", "text": "trains and tea"}))
    assert browser.status == 403
    assert "trains and tea</textarea>" in browser.page


def test_too_many_words_stay_in_their_box(family: Family) -> None:
    browser = at(family, EMPTY, cursor="P03")
    browser.sends(text="trains " * 600)
    assert browser.status == 413
    assert "trains trains" in browser.page.split("<textarea")[1]


def test_files_are_offered_once_there_is_something_in_them(family: Family) -> None:
    browser = at(family, EMPTY, cursor="P01")
    assert "/plan/" not in browser.page
    browser = at(family, replace(PLAN, sections={"P08": PLAN.sections["P08"]}), cursor="P01")
    offered = set(re.findall(r'href="(/plan/[^"]+)"', browser.page))
    assert {"/plan/plan.html", "/plan/plan.html?large=true", "/plan/plan.pdf", "/plan/plan.docx"} <= offered
    assert not {"/plan/profile.html", "/plan/chart.html", "/plan/summary.txt"} & offered
    browser = at(family)
    everything = re.findall(r'href="(/plan/[^"]+)"', browser.page)
    assert {"/plan/profile.html", "/plan/chart.html", "/plan/summary.txt"} <= set(everything)
    for path in everything:
        if "pdf" not in path:
            assert browser.http.get(unescape(path)).status_code == 200, path
