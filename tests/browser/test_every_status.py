"""One draft's whole life by the pages alone: its family, its lead, who signs, and finance, each in a browser of their own.

The tests come in the order of that life. What a family types before its plan is there (sixteen questions, eighteen parts)
has tests of its own, so it is put into the store here; everything after that is done as people do it.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.review.review_days import ReviewDays
from tests.browser.visitor import Visitor
from tests.gateway.planning import Family
from tests.gateway.service import Service, running
from tests.gateway.talk import Person, words
from tests.plans.documents.families import LINES, PLAN

pytestmark = pytest.mark.browser

COSTED = replace(PLAN, lines=LINES[:5])
"""Every line of it has a cost."""
ASKED = "Who goes swimming with Ty now?"
PART = "The people in my life"
HELP = "Say who can be with Ty on Sundays."
WHY = "The pool and the trampolines first, and the rest in spring."


class Office:
    """A member of staff at the pages."""

    def __init__(self, page: Page, service: Service, role: str) -> None:
        self.page, self.service, self.role = page, service, role
        self.reference = ""
        self.comes_in()

    def comes_in(self) -> None:
        """Signs in, and is at the queue or at what their role has."""
        self.page.goto(f"{self.service.url}/review/sign-in")
        self.page.get_by_label(self.role, exact=True).check()
        self.presses("Sign in")

    def opens(self, path: str = "") -> None:
        """A page about the draft."""
        self.page.goto(f"{self.service.url}/review/drafts/{self.reference}{path}")

    def follows(self, link: str) -> None:
        self.page.get_by_role("link", name=link).first.click()

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def types(self, field: str, text: str) -> None:
        """Into the field with this id."""
        self.page.locator(f"#{field}").fill(text)

    def picks(self, field: str) -> None:
        """The radio button or box with this id."""
        self.page.locator(f"#{field}").check()

    def reads(self, *expected: str) -> None:
        """These words stand on the page; no error does."""
        for one in expected:
            expect(self.page.locator("main")).to_contain_text(one)
        expect(self.page.locator(".govuk-error-summary")).to_have_count(0)

    def finds(self, status: str) -> None:
        """The draft's page says how far it is."""
        self.opens()
        expect(self.page.locator("h2#case + p strong")).to_have_text(status)

    def signs(self) -> None:
        """Signs what somebody else proposed."""
        self.opens("/decision")
        self.presses("Sign in my name")
        self.reads("In force")

    def row(self) -> str:
        """The draft in the queue, in one line."""
        self.page.goto(f"{self.service.url}/review")
        return " ".join(self.page.locator("tr", has_text=self.reference).inner_text().split())


@dataclass
class Life:
    """The draft, and everybody who has to do with it."""

    service: Service
    browser: Browser
    begun: Person
    """The family while it answers the questions; their own device after that is ``home``."""
    home: Visitor
    lead: Office
    manager: Office | None = None
    pin: str = ""

    @property
    def reference(self) -> str:
        return self.lead.reference

    def staff(self, role: str) -> Office:
        """Somebody who looks at this draft for the first time, in a browser of their own."""
        made = Office(new_page(self.browser), self.service, role)
        made.reference = self.reference
        return made

    def comes_home(self) -> None:
        """The family comes back with its reference and PIN."""
        page = self.home.page
        page.goto(f"{self.service.url}/resume")
        page.get_by_label("Your reference").fill(self.reference)
        page.get_by_label("Your PIN").fill(self.pin)
        page.get_by_role("button", name="Carry on").click()
        expect(page.locator("#now")).to_be_visible()

    def looks(self) -> None:
        """The family loads its page again."""
        self.home.page.goto(f"{self.service.url}/chat")

    def picks(self, label: str) -> None:
        """The family takes an option, which is a button or one to choose."""
        if self.home.page.get_by_role("button", name=label, exact=True).count():
            self.home.presses(label)
        else:
            self.home.chooses(label)

    def writes(self, text: str) -> None:
        """The family answers in its own words."""
        self.home.page.locator("#text").fill(text)
        for button in ("Save and go on", "Continue", "Send"):
            if self.home.page.get_by_role("button", name=button, exact=True).count():
                self.home.presses(button)
                return

    def goes_on(self) -> None:
        """The family leaves what else is asked about this part of its plan."""
        skip = self.home.page.get_by_role("button", name="Skip this one", exact=True)
        while skip.count():
            self.home.presses("Skip this one")

    def hears(self, *expected: str) -> None:
        """These words stand on the family's page."""
        for one in expected:
            expect(self.home.page.locator("main")).to_contain_text(one)


def new_page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(15_000)
    return context.new_page()


@pytest.fixture(scope="module")
def life(chromium: Browser, empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    folder = tmp_path_factory.mktemp("every-status")
    shutil.copy(empty_store, folder / "store.db")
    with running(folder / "store.db", lifespan="off") as service:
        assert service.engine.services is not None
        service.engine.services = replace(service.engine.services, clock=service.clock)
        person = Person.at_the_first_question(service)
        lead = Office(new_page(chromium), service, "Lead professional")
        lead.reference = person.last["state"]["draft_reference"]
        yield Life(service, chromium, person, Visitor(new_page(chromium), service), lead)
        for context in chromium.contexts:
            context.close()


def test_the_family_answers_and_has_a_guide_amount(life: Life) -> None:
    assert "The family is answering Since today Being answered" in life.lead.row()
    person = life.begun
    person.answers_the_rest()
    person.picks("check.yes")
    assert "Guide amount, no plan yet" in life.lead.row()
    pin = re.search(r"\b\d{6}\b", words(person.says("pause")))
    assert pin
    life.pin = pin[0]
    Family(life.service, life.reference, life.pin).has(COSTED)


def test_it_sends_its_plan_and_the_lead_takes_it(life: Life) -> None:
    life.comes_home()
    life.picks("Send it to the team")
    life.picks("That is everyone")
    life.picks("Yes, send it")
    expect(life.home.page.locator("h1")).to_have_text("Your plan is sent")
    assert "A plan to look at Since today Plan sent" in life.lead.row()
    life.lead.follows(life.reference)
    life.lead.presses("Take it")
    life.lead.finds("Being looked at")
    life.lead.reads("Lead professional (demo)", "He is cheeky and kind.")


def test_it_goes_back_with_a_question(life: Life) -> None:
    lead = life.lead
    lead.follows("Ask the family")
    lead.types("own-1", ASKED)
    lead.page.locator("#own-1-about").select_option("section.P03")
    lead.presses("Look at it as the family will")
    lead.reads("As the family will read it", ASKED)
    lead.presses("Send to the family")
    lead.reads("It is with the family now.", "Not answered yet.")
    lead.finds("Back with the family")
    assert "Waiting for the family" in lead.row()


def test_the_family_answers_and_sends_a_second_version(life: Life) -> None:
    life.looks()
    life.hears("This is not a no.", ASKED)
    life.writes("His cousin Jade, every other week.")
    life.hears("I have kept your answer, in your words.", "Do you want to change your plan as well?")
    life.picks("Yes, change")
    life.picks("Add to it")
    life.writes("Swimming with Jade.")
    life.goes_on()
    life.hears("You have answered all of it.")
    life.picks("Yes, send my plan again")
    life.picks("Yes, send it")
    expect(life.home.page.locator("h1")).to_have_text("Your plan is sent")
    assert "Plan sent" in life.lead.row()
    life.lead.opens()
    life.lead.reads("His cousin Jade, every other week.", "The family sent the plan again", "Swimming with Jade.")
    expect(life.lead.page.locator("ins", has_text="Swimming with Jade.")).to_be_visible()


def test_the_lead_has_an_answer_of_their_own_and_a_level_is_agreed(life: Life) -> None:
    lead = life.lead
    lead.opens("/moderation")
    lead.follows("Give your own answers")
    lead.page.locator("input[name=S1-level][value='1']").check()
    lead.types("S1-reason", "I saw it on two visits.")
    lead.presses("Save")
    lead.reads("1 answer differs and nobody has agreed on a level yet: S1.")
    lead.follows("Agree on levels")
    lead.page.locator("input[name=S1-level][value='1']").check()
    lead.types("S1-reason", "We talked about it at home.")
    lead.presses("Agree in my name")
    lead.reads("Every difference is agreed on.", "From the family's answers", "With the agreed levels")


def test_not_yet_with_what_would_help(life: Life) -> None:
    lead = life.lead
    lead.opens("/decision/new")
    lead.picks("outcome-refuse_for_now")
    lead.types("reasons", "Sundays are open.")
    lead.types("help", HELP)
    lead.presses("Check it")
    lead.reads("Nothing is kept yet.", HELP)
    lead.presses("Propose it")
    lead.reads("Waits for a signature", "signs no decisions")
    expect(lead.page.get_by_role("button", name="Sign in my name")).to_have_count(0)
    life.manager = life.staff("Team manager")
    life.manager.signs()
    life.manager.finds("Not yet")
    life.looks()
    life.hears("It is not agreed yet. That is not the last word.")
    life.picks("Why is that?")
    life.hears(HELP)


def test_the_family_changes_its_plan_and_sends_a_third_version(life: Life) -> None:
    life.picks("Change my plan")
    life.picks(PART)
    life.picks("Add to it")
    life.writes("Grandad comes until we have found somebody.")
    life.goes_on()
    life.picks("Send my changed plan")
    life.picks("Yes, send it")
    expect(life.home.page.locator("h1")).to_have_text("Your plan is sent")
    assert "A plan to look at" in life.lead.row()


def test_a_part_is_proposed_and_somebody_else_signs(life: Life) -> None:
    lead, manager = life.lead, life.manager
    assert manager is not None
    lead.opens("/decision/new")
    lead.picks("outcome-agree_in_part")
    lead.types("final", "2,247.49")
    lead.types("reasons", WHY)
    lead.picks("line-200-verdict-changed")
    lead.types("line-200-pence", "1,500")
    lead.types("line-200-reason", "Two Sundays a month.")
    lead.presses("Check it")
    lead.reads("£2,247.49", "Two Sundays a month.", "section 17A")
    lead.presses("Propose it")
    lead.reads("Waits for a signature")
    manager.opens()
    manager.reads("A proposal waits for a signature.")
    manager.signs()
    manager.finds("Agreed in part")
    manager.opens("/decision")
    manager.follows("for a parent")
    expect(manager.page.locator("body")).to_contain_text(WHY)


def test_the_family_has_the_letter_and_asks_for_another_look(life: Life) -> None:
    life.writes("Is there any news?")
    life.hears("A part of your plan is agreed, with £2,247.49 a year.", "Do you agree with the decision?")
    life.home.page.get_by_role("link", name="Read the letter about the decision").click()
    expect(life.home.page.locator("body")).to_contain_text(WHY)
    life.looks()
    life.picks("Please look again")
    life.writes("Grandad cannot drive in winter.")
    life.hears("Someone who did not work on it looks again.")
    life.lead.finds("Being looked at")


def test_somebody_else_agrees_to_all_of_it_and_the_family_agrees(life: Life) -> None:
    group = life.staff("Group manager")
    group.opens("/decision")
    group.reads("The family asked for another look", "Grandad cannot drive in winter.")
    group.follows("Decide on this plan")
    group.picks("outcome")
    group.types("reasons", "Winter is long, so all of it is needed.")
    group.presses("Check it")
    group.presses("Sign in my name")
    group.reads("In force")
    group.finds("Agreed")
    life.looks()
    life.hears("Your plan is agreed, with")
    life.picks("I agree")
    life.hears("I have written down that you agree to this decision.")
    life.lead.opens("/decision")
    life.lead.reads("Both signatures", "Group manager (demo)", "Agreed: parent (m1)")


def test_the_plan_starts_when_everything_was_seen(life: Life) -> None:
    lead = life.lead
    lead.opens()
    lead.follows("Living the plan")
    lead.reads("Not started yet", "First: Direct payment agreement signed; Enhanced DBS check seen")
    for check in ("200:agreement", "200:dbs", "200:references", "200:insurance", "200:contract", "201:agreement"):
        lead.page.locator("#check").select_option(check)
        lead.presses("Write it down in my name")
    lead.reads("May start")
    expect(lead.page.locator("main")).not_to_contain_text("First: Direct payment agreement signed")
    lead.types("starts", "2026-11-23")
    lead.presses("Start the plan")
    lead.reads("23 November 2026 to 22 November 2027")
    lead.finds("Live")
    life.looks()
    life.hears("Your plan began on 23 November 2026.", "We look back at it with you by 22 February 2027.")


def test_finance_downloads_the_payments(life: Life) -> None:
    finance = life.staff("Finance")
    finance.page.goto(f"{life.service.url}/review/payments")
    finance.types("first", "2026-11-01")
    finance.types("last", "2026-12-31")
    finance.presses("Show")
    finance.reads(life.reference)
    with finance.page.expect_download() as saved:
        finance.follows("Table for finance (CSV)")
    assert saved.value.suggested_filename == "payments.csv"
    table = saved.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert {row["reference"] for row in rows} == {life.reference}
    assert sum(row["amount_gbp"] == "30.00" for row in rows) == 2, "of the trampolines, for two times four weeks"
    assert "trampoline" not in table


def test_what_was_spent_is_written_down(life: Life) -> None:
    life.service.clock.now = datetime(2026, 12, 14, 9, tzinfo=UTC)
    life.lead.comes_in()
    life.lead.opens("/living")
    life.lead.types("text", "trampoline £10 on 12 December 2026")
    life.lead.presses("Write it down")
    life.lead.reads("12 December 2026: £10 on 201.")


def test_the_day_of_the_first_looking_back_comes(life: Life) -> None:
    life.service.clock.now = datetime(2027, 2, 8, 9, tzinfo=UTC)
    assert ReviewDays(life.service.settings).run_once() == 1
    life.lead.comes_in()
    assert "Time to look back" in life.lead.row()
    life.lead.finds("Review due")
    life.comes_home()
    life.hears("It is time to look back at the plan with you.", "Swim with other children, not only with me")


def test_family_and_professional_look_back(life: Life) -> None:
    life.picks("Part of the way")
    life.writes("He goes in, but only with his dad.")
    life.picks("We got there")
    life.picks("Go on")
    life.picks("No, not today")
    for said in ("The pool", "More evenings", "It was enough", "Yes, he loves grandad"):
        life.writes(said)
    life.picks("Yes, send it")
    life.hears("The team has it now.")
    lead = life.lead
    lead.opens("/reviews")
    lead.reads("The family has told how it goes", "He goes in, but only with his dad.")
    lead.page.get_by_text("My own view").click()
    lead.page.locator("#goal-80-1").select_option("got_there")
    lead.types("goal-80-words-1", "I saw him swim.")
    lead.presses("Add my view")
    lead.reads("Seen differently", "I saw him swim.")
    lead.page.locator("#outcome").select_option("carry_on")
    lead.types("outcome-reason", "It goes well.")
    lead.presses("Write it down in my name")
    lead.reads("Carry on, decided by Lead professional (demo): It goes well.")
    lead.finds("Live")


def test_it_ends(life: Life) -> None:
    lead = life.lead
    lead.opens("/reviews")
    lead.types("due", "2027-03-01")
    lead.types("open-reason", "They are moving.")
    lead.presses("Ask them")
    lead.finds("Review due")
    lead.opens("/reviews")
    lead.page.locator("#outcome").select_option("stop")
    lead.types("outcome-reason", "They move to another council.")
    lead.types("outcome-last", "2027-02-28")
    lead.presses("Write it down in my name")
    lead.reads("Stop, decided by Lead professional (demo): They move to another council.")
    lead.finds("Closed")
    expect(lead.page.get_by_role("button", name="Take it")).to_have_count(0)
    expect(lead.page.get_by_role("link", name="Ask the family")).to_have_count(0)


def test_the_page_tells_the_whole_life(life: Life) -> None:
    life.lead.page.get_by_text("What was done, oldest first").click()
    lines = life.lead.page.locator("#history + details li").all_inner_texts()
    told = [line.partition(": ")[2] for line in lines]
    order = [
        "Lead professional (demo) took it up",
        "Lead professional (demo) sent the plan back to the family with questions",
        "The family sent the plan again",
        "Team manager (demo) signed a decision",
        "Group manager (demo) signed a decision",
        "The family agreed to the decision",
        "Lead professional (demo) started the plan, or went on by a new decision",
        "Lead professional (demo) wrote down what was spent",
        "Lead professional (demo) closed the looking back",
    ]
    assert [line for line in dict.fromkeys(told) if line in order] == order
