"""A person at the pages, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.gateway.service import Service
from tests.gateway.talk import Person


class Visitor:
    """Starts at the first page. Every step waits until the page has changed."""

    def __init__(self, page: Page, service: Service) -> None:
        self.page = page
        self.service = service

    def starts(self) -> None:
        self.page.goto(self.service.url)
        self.page.get_by_role("button", name="Start now").click()
        expect(self.page.locator("#now")).to_be_visible()

    def at_the_first_question(self) -> None:
        """As if this browser had come so far: what was said before is loaded with the page."""
        person = Person.at_the_first_question(self.service)
        cookie = f"{person.id}.{person.token}"
        self.page.context.add_cookies([{"name": "sevensteps", "value": cookie, "url": self.service.url}])
        self.page.goto(f"{self.service.url}/chat#now")
        expect(self.page.locator("legend")).to_contain_text("question 1 of 16")

    def walks_to_the_first_question(self) -> None:
        """The whole way there, by the pages."""
        self.starts()
        self.chooses("Yes, start")
        self.chooses("I am a parent")
        self.writes("Ty")
        self.writes("8")
        expect(self.page.locator("legend")).to_contain_text("question 1 of 16")

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label).first.check()
        self.presses("Continue")

    def picks(self, number: int) -> None:
        """The option with this number."""
        self.page.locator("input[name=choice]").nth(number - 1).check()
        self.presses("Continue")

    def writes(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.presses("Continue")

    def presses(self, button: str) -> None:
        before = self.turn
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_function(
            "before => { const now = document.querySelector('[name=turn]'); return now && now.value !== before }",
            arg=before,
        )

    @property
    def turn(self) -> str:
        return self.page.locator("[name=turn]").get_attribute("value") or ""

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def answers_all(self, number: int = 3) -> None:
        while self.heading != "Check your answers":
            self.picks(min(number, self.page.locator("input[name=choice]").count()))

    def has_answered_all(self) -> None:
        """As if the rest had been answered in this browser too; then the page is loaded again."""
        (cookie,) = (one for one in self.page.context.cookies() if one["name"] == "sevensteps")
        conversation, token = cookie["value"].split(".", 1)
        person = Person(self.service, {"conversation_id": conversation, "token": token})
        person.last = person.reads()
        person.answers_the_rest()
        self.page.reload()
        expect(self.page.locator("h1")).to_have_text("Check your answers")
