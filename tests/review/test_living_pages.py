"""Pages of a plan that is lived: every form keeps what was typed when something is wrong, and says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.review.agreed import Agreed, agreed_plan


@pytest.fixture(scope="module")
def agreed(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agreed]:
    """One plan for the whole module: its pages come in the order in which a plan is lived."""
    with agreed_plan(empty_store, tmp_path_factory.mktemp("living-pages")) as made:
        yield made


class Browser:
    """A member of staff at the pages."""

    def __init__(self, agreed: Agreed, role: str) -> None:
        self.agreed = agreed
        self.http = httpx.Client(
            base_url=agreed.service.url, follow_redirects=True, timeout=60, trust_env=False, verify=False
        )
        signed = self.http.post("/review/sign-in", data={"role": role}, headers={"Origin": agreed.service.url})
        assert signed.status_code == 200
        self.page = signed

    def opens(self, path: str) -> str:
        self.page = self.http.get(path)
        assert self.page.status_code == 200, self.page.text
        return unescape(self.page.text)

    def sends(self, path: str, **typed: str) -> str:
        """A form of the page that is open, with its hidden fields as they stand there."""
        fields = dict(re.findall(r'name="(csrf|revision)" value="([^"]*)"', self.page.text))
        self.page = self.http.post(path, data=fields | typed, headers={"Origin": self.agreed.service.url})
        return unescape(self.page.text)


@pytest.fixture(scope="module")
def lead(agreed: Agreed) -> Iterator[Browser]:
    browser = Browser(agreed, "lead-professional")
    yield browser
    browser.http.close()


@pytest.fixture(scope="module")
def path(agreed: Agreed) -> str:
    return f"/review{agreed.path}/living"


def test_checks_are_ticked_and_the_plan_starts(lead: Browser, path: str) -> None:
    text = lead.opens(path)
    assert "Enhanced DBS check seen" in text
    assert "Example rules" in text
    wrong = lead.sends(f"{path}/checks", check="201:agreement", tick="seen", on="last week", note="In the blue folder")
    assert lead.page.status_code == 422
    assert "<title>Error: Living the plan" in wrong
    assert wrong.count("Write the day as year, month and day, for example 2027-04-05") == 2, (
        "said twice, in one wording"
    )
    assert "In the blue folder" in wrong
    assert 'value="last week"' in wrong
    ticked = lead.sends(f"{path}/checks", check="201:agreement", tick="seen", on="2026-11-20", note="")
    assert lead.page.status_code == 200
    assert "by Lead professional (demo), 20 November 2026" in ticked
    begun = lead.sends(f"{path}/begin", starts="2026-11-23", rhythm="monthly")
    assert "23 November 2026 to 22 November 2027" in begun
    assert "First: Direct payment agreement signed; Enhanced DBS check seen" in begun
    assert "By Lead professional (demo)" in begun


def test_payments_are_ticked_as_made(lead: Browser, path: str) -> None:
    lead.opens(path)
    none = lead.sends(f"{path}/payments", on="2026-11-22")
    assert "Choose the payments that were made" in none
    made = lead.sends(f"{path}/payments", on="2026-11-22", **{"paid-1-1": "1"})
    assert lead.page.status_code == 200
    assert 'id="paid-1-1"' not in made
    assert 'id="paid-1-2"' in made


def test_rows_that_were_not_taken_stay_in_the_box(agreed: Agreed, lead: Browser, path: str) -> None:
    agreed.service.clock.forward(hours=8)
    lead = Browser(agreed, "lead-professional")
    lead.opens(path)
    text = lead.sends(f"{path}/spending", form="typed", text="trampoline £10 on 23 November\ntrampoline on Monday")
    assert lead.page.status_code == 422
    assert "1 written down. These are left:" in text
    assert "Row 2: There is no day in it." in text
    assert re.search(r"<textarea[^>]*name=\"text\"[^>]*>trampoline on Monday</textarea>", text)
    done = lead.sends(f"{path}/spending/take-back", spending="1", reason="It was not that day")
    assert "Taken back." in done
    lead.http.close()


def test_a_stale_page_says_who_changed_what_and_keeps_the_words(agreed: Agreed, path: str) -> None:
    lead = Browser(agreed, "lead-professional")
    lead.opens(path)
    agreed.signs_in("team-manager").sends("/living/checks", {"line": 201, "check": "agreement", "on": "2026-11-22"})
    text = lead.sends(f"{path}/schedule", change_from="2027-02-23", rhythm="four_weekly", reason="They asked for it")
    assert lead.page.status_code == 409
    assert "Team manager (demo)" in text
    assert "They asked for it" in text
    changed = lead.sends(f"{path}/schedule", change_from="2027-02-23", rhythm="four_weekly", reason="They asked for it")
    assert "from 23 February 2027" in changed
    lead.http.close()


def test_reviews_are_asked_for_and_closed_on_their_page(agreed: Agreed) -> None:
    lead = Browser(agreed, "lead-professional")
    reviews = f"/review{agreed.path}/reviews"
    assert "No review yet" in lead.opens(reviews)
    wrong = lead.sends(reviews, due="", reason="A month is gone")
    assert (lead.page.status_code, "A month is gone" in wrong) == (422, True)
    lead.sends(reviews, due="2026-12-20", reason="A month is gone")
    assert lead.page.status_code == 200
    view = lead.sends(f"{reviews}/1/view", **{"goal-80": "part", "goal-80-words": "I saw him swim", "worked": ""})
    assert "I saw him swim" in view
    empty = lead.sends(f"{reviews}/1/outcome", outcome="", reason="")
    assert "Choose what comes of it" in empty
    done = lead.sends(f"{reviews}/1/outcome", outcome="carry_on", reason="It goes well")
    assert "It goes well" in done
    lead.http.close()


def test_finance_has_payments_and_no_words(agreed: Agreed, path: str) -> None:
    finance = Browser(agreed, "finance")
    text = finance.opens("/review/payments?first=2026-11-01&last=2026-12-31")
    assert agreed.family.reference in text
    assert "trampoline" not in text
    assert "trampoline" not in finance.opens(path)
    table = finance.http.get("/review/payments.csv?first=2026-11-01&last=2026-12-31")
    assert table.headers["content-disposition"] == 'attachment; filename="payments.csv"'
    assert finance.http.get("/review/payments?first=soon").status_code == 422
    assert finance.http.get(f"/review{agreed.path}/reviews").status_code == 403
    finance.http.close()
