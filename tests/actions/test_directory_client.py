"""Asking a directory that is slow, broken, huge, elsewhere or away: the family gets ideas or a kind word, and soon."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from actions import directory_client
from actions.directory_client import FAILURES, REST_SECONDS, DirectoryClient, client_for
from actions.directory_fetch import MOST_BYTES, DirectoryAway, followed
from bot.content.directory_models import load_needs
from bot.content.loader import load
from bot.plans.directory import Ideas
from bot.plans.directory_near import near
from bot.plans.directory_needs import Wanted
from tests.actions.stub_directory import Asked, Reply, StubDirectory

TODAY = date(2026, 11, 22)
JUMP = Wanted("a trampoline, Sam Jones, 07700 900123", TODAY, age=9, home=near("XM1 2AB"), left_pence=100_000)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time_: float) -> None:
        self.now += timedelta(**time_)


@pytest.fixture
def directory() -> Iterator[StubDirectory]:
    server = StubDirectory()
    server.services = [
        service("bounce", name="Trampoline for all"),
        service("adults", name="Trampoline", minimum_age=18),
    ]
    yield server
    server.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(directory: StubDirectory, clock: Clock) -> DirectoryClient:
    return DirectoryClient(directory.url, load_needs(), clock)


def service(id: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": id,
        "status": "active",
        "cost_options": [{"option": "Child", "amount": 5, "amount_description": "per session"}],
    } | fields


def ids(ideas: Ideas) -> list[str]:
    return [suggestion.service.id for suggestion in ideas.suggestions]


def jump(**changed: Any) -> Wanted:
    return replace(Wanted("trampoline", TODAY, age=9), **changed)


def test_ideas_come_from_the_directory_and_suit_the_child(client: DirectoryClient) -> None:
    ideas = client.ideas(jump())
    assert (ideas.status, ids(ideas), ideas.seen_on) == ("found", ["bounce"], None)
    assert ideas.suggestions[0].service.cost_options[0].pence == 500


def test_nothing_of_the_family_is_sent(client: DirectoryClient, directory: StubDirectory) -> None:
    client.ideas(JUMP)
    sent = json.dumps([(asked.path, asked.params, asked.headers) for asked in directory.asked]).casefold()
    for private in ("sam", "jones", "07700", "2ab", "cookie", "authorization"):
        assert private not in sent
    assert directory.asked[0].params == {
        "search": "trampoline",
        "minimum_age": "8",
        "maximum_age": "11",
        "postcode": "XM1",
        "proximity": "16000",
        "page": "1",
        "per_page": "100",
    }


def test_an_answer_is_remembered_for_an_hour(client: DirectoryClient, directory: StubDirectory, clock: Clock) -> None:
    client.ideas(jump())
    client.ideas(jump())
    assert len(directory.asked) == 1
    clock.forward(minutes=61)
    client.ideas(jump())
    assert len(directory.asked) == 2


def test_while_the_directory_is_away_what_it_said_before_is_shown_with_its_day(
    client: DirectoryClient, directory: StubDirectory, clock: Clock
) -> None:
    client.ideas(jump())
    directory.answer = lambda asked: Reply({}, 503)
    clock.forward(days=2)
    ideas = client.ideas(jump())
    assert (ids(ideas), ideas.seen_on) == (["bounce"], date(2026, 11, 22))
    clock.forward(days=6)
    assert client.ideas(jump()) == Ideas("away")


@pytest.mark.parametrize(
    "reply",
    [
        Reply({}, 500),
        Reply({}, 503),
        Reply({}, 429),
        Reply(b"<html>Welcome</html>", headers={"Content-Type": "text/html"}),
        Reply(b"<html>Welcome</html>"),
        Reply(b""),
        Reply(b'{"contents": ['),
        Reply(b"[" * 100_000),
        Reply({"error": "no"}),
        Reply("services"),
        Reply(gzip.compress(b"[]", mtime=0), headers={"Content-Encoding": "gzip"}),
        Reply({}, 401),
        Reply({}, 404),
        Reply(b"", 302, {"Location": "https://elsewhere.example/services"}),
        Reply(b"", 302, {"Location": "//elsewhere.example/services"}),
        Reply(b"", 302, {"Location": "ftp://127.0.0.1/services"}),
        Reply(b"", 302, {"Location": "http://[broken"}),
        Reply(b"", 302, {"Location": "/api/services"}),
        Reply(b"[]", headers={"Content-Length": "999999999"}),
    ],
    ids=lambda reply: f"{reply.status} {reply.headers} {reply.body!r}"[:60],
)
def test_whatever_is_wrong_with_an_answer_there_is_a_kind_word_and_no_error(
    client: DirectoryClient, directory: StubDirectory, reply: Reply, capfd: pytest.CaptureFixture[str]
) -> None:
    directory.answer = lambda asked: reply
    assert client.ideas(jump()) == Ideas("away")
    assert json.loads(capfd.readouterr().err.splitlines()[-1])["event"] == "directory not used"


def test_a_huge_answer_is_not_read_to_its_end(client: DirectoryClient, directory: StubDirectory) -> None:
    directory.answer = lambda asked: Reply(b'["' + b"x" * (MOST_BYTES + 1000) + b'"]')
    assert client.ideas(jump()).status == "away"


def test_ten_thousand_services_in_one_answer_are_no_trouble(
    client: DirectoryClient, directory: StubDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory_client, "WHOLE_SECONDS", 30.0)  # what is tried is the reading, not this machine
    directory.services = [service(f"s-{number}", name="Club") for number in range(10_000)]
    directory.services[9_999]["name"] = "Trampoline club"
    assert ids(client.ideas(jump())) == ["s-9999"]


@pytest.mark.parametrize(
    "slow",
    [Reply([], seconds_before=20), Reply([{"id": "1"}] * 50, seconds_between_bytes=0.05)],
    ids=["silent", "trickling"],
)
def test_a_slow_directory_is_not_waited_for(client: DirectoryClient, directory: StubDirectory, slow: Reply) -> None:
    directory.answer = lambda asked: slow
    began = time.monotonic()
    assert client.ideas(jump()).status == "away"
    assert time.monotonic() - began < 10, "on a busy machine too; all of it would take twenty"


def test_nobody_there_is_noticed_at_once() -> None:
    began = time.monotonic()
    assert DirectoryClient("http://127.0.0.1:9/api", load_needs()).ideas(jump()).status == "away"
    assert DirectoryClient("nonsense", load_needs()).ideas(jump()).status == "away"
    assert time.monotonic() - began < 3


def test_after_three_failures_it_is_left_alone_for_a_minute(
    client: DirectoryClient, directory: StubDirectory, clock: Clock
) -> None:
    directory.answer = lambda asked: Reply({}, 500)
    for _ in range(FAILURES + 4):
        assert client.ideas(jump()).status == "away"
    assert len(directory.asked) == FAILURES
    clock.forward(seconds=REST_SECONDS)
    client.ideas(jump())
    client.ideas(jump())
    assert len(directory.asked) == FAILURES + 1
    directory.answer = directory.default
    clock.forward(seconds=REST_SECONDS)
    assert client.ideas(jump()).status == "found"


def test_one_failure_is_forgotten_when_it_answers_again(
    client: DirectoryClient, directory: StubDirectory, clock: Clock
) -> None:
    for _ in range(4):
        directory.answer = lambda asked: Reply({}, 500)
        client.ideas(jump())
        directory.answer = directory.default
        assert client.ideas(jump()).status == "found"
        clock.forward(hours=2)


@pytest.mark.parametrize(
    "refusal", [Reply({"detail": "postcode"}, 422), Reply({"contents": []})], ids=["refused", "empty"]
)
def test_a_directory_that_wants_no_districts_is_asked_once_more_by_the_word_alone(
    client: DirectoryClient, directory: StubDirectory, refusal: Reply
) -> None:
    directory.answer = lambda asked: refusal if "postcode" in asked.params else directory.default(asked)
    assert ids(client.ideas(JUMP)) == ["bounce"]
    assert [set(asked.params) for asked in directory.asked][1] == {"search", "page", "per_page"}
    assert len(directory.asked) == 2


def test_pages_are_followed_but_not_for_ever(client: DirectoryClient, directory: StubDirectory) -> None:
    def page(asked: Asked) -> Reply:
        number = int(asked.params["page"])
        name = "Trampoline" if number == 3 else "Club"
        return Reply({"total_pages": 5000, "page_number": number, "contents": [service(f"s-{number}", name=name)]})

    directory.answer = page
    assert ids(client.ideas(jump())) == ["s-3"]
    assert [asked.params["page"] for asked in directory.asked] == ["1", "2", "3"]


def test_a_redirect_on_the_same_host_is_followed(client: DirectoryClient, directory: StubDirectory) -> None:
    def moved(asked: Asked) -> Reply:
        if asked.path == "/api/services":
            return Reply(b"", 301, {"Location": "/new/services?search=trampoline"})
        return Reply(directory.services)

    directory.answer = moved
    assert ids(client.ideas(jump())) == ["bounce"]


def test_where_lists_leave_out_prices_and_places_the_best_are_asked_for_one_by_one(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    directory.thin = True
    directory.services = [service(f"s-{number}", name="Trampoline") for number in range(9)]
    ideas = client.ideas(jump(left_pence=100_000))
    assert all(suggestion.service.cost_options for suggestion in ideas.suggestions)
    assert directory.paths() == ["/services", *(f"/services/s-{number}" for number in range(6))]
    client.ideas(jump(left_pence=100_000))
    assert len(directory.asked) == 7


def test_a_service_that_is_gone_or_turns_out_to_be_for_others_is_not_shown(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    directory.thin = True
    directory.services = [service(f"s-{number}", name="Trampoline") for number in range(3)]

    def answer(asked: Asked) -> Reply:
        if asked.path.endswith("s-0"):
            return Reply({}, 404)
        if asked.path.endswith("s-1"):
            return Reply(service("s-1", name="Trampoline", minimum_age=18))
        return directory.default(asked)

    directory.answer = answer
    assert ids(client.ideas(jump())) == ["s-2"]


def test_details_that_do_not_come_leave_the_idea_as_the_list_had_it(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    directory.thin = True
    directory.answer = lambda asked: directory.default(asked) if asked.path == "/api/services" else Reply({}, 500)
    ideas = client.ideas(jump())
    assert (ideas.status, ids(ideas)) == ("found", ["bounce"])


def test_broken_letters_and_odd_entries_do_not_cost_the_others(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    body = b'\xef\xbb\xbf{"contents": [7, {"id": "x"}, {"id": "b", "name": "Trampoline caf\xe9", "status": "active", "minimum_age": NaN}]}'
    directory.answer = lambda asked: Reply(body, headers={"Content-Type": "text/plain"})
    assert ids(client.ideas(jump())) == ["b"]


def test_words_that_name_nothing_are_asked_about_again(client: DirectoryClient) -> None:
    assert client.ideas(jump(words="be happy")).status == "unclear"
    assert client.ideas(jump(words="to swim")).status == "none"
    assert client.ideas(jump(shown=frozenset({"bounce"}))).status == "no_more"


def test_one_service_is_found_again_when_it_is_chosen(client: DirectoryClient, directory: StubDirectory) -> None:
    client.ideas(jump())
    found = client.service("bounce")
    assert found is not None
    assert found.name == "Trampoline for all"
    assert len(directory.asked) == 1


def test_one_service_is_asked_for_after_a_restart_by_an_id_that_can_lead_nowhere_else(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    directory.services.append(service("../a b?c=d&é".replace(" ", "")))
    found = client.service("../ab?c=d&é")
    assert found is not None
    assert directory.asked[0].params == {}
    assert client.service("nobody") is None
    for odd in ("", "..", "a b"):
        assert client.service(odd) is None
    assert len(directory.asked) == 2


def test_many_families_at_once_do_not_become_many_waiting_requests(
    client: DirectoryClient, directory: StubDirectory
) -> None:
    directory.answer = lambda asked: Reply([], seconds_before=1)
    statuses: list[str] = []
    words = ["football", "swim", "lego", "sleep", "payroll", "makaton", "a job", "garden"]
    threads = [
        threading.Thread(target=lambda word=word: statuses.append(client.ideas(jump(words=word)).status))
        for word in words
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(statuses) == len(words)
    assert statuses.count("away") >= len(words) - 4


def test_what_a_directory_gets_wrong_is_told_to_those_who_run_this(
    client: DirectoryClient, directory: StubDirectory, capfd: pytest.CaptureFixture[str]
) -> None:
    directory.services[0]["assured_date"] = "last week"
    client.ideas(JUMP)
    told = json.loads(capfd.readouterr().err)
    assert told == {
        "event": "directory read",
        "services": 2,
        "left_out": 0,
        "notes": 1,
        "for_example": ["assured_date: not a date"],
    }


def test_made_up_services_reach_nobody_but_a_made_up_council() -> None:
    content = load()
    demo = client_for(content, "http://127.0.0.1:8000")
    assert demo is not None
    real = replace(content, council=content.council.model_copy(update={"fictional": False}))
    assert client_for(real, "http://127.0.0.1:8000") is None
    rules = content.plan_rules.model_copy(update={"directory_url": "https://directory.example.gov.uk/api"})
    assert client_for(replace(real, plan_rules=rules), "http://127.0.0.1:8000") is not None


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/v3/services", "https://d.example.gov.uk/v3/services"),
        ("services?page=1", "https://d.example.gov.uk/api/services?page=1"),
        ("https://d.example.gov.uk:443/x", "https://d.example.gov.uk/x"),
        ("http://d.example.gov.uk/api/services", None),
        ("https://d.example.gov.uk:8443/api", None),
        ("https://d.example.gov.uk.evil.example/api", None),
        ("https://user@evil.example/", None),
        ("file:///etc/passwd", None),
    ],
)
def test_redirects_stay_on_the_host_and_never_become_less_safe(location: str, leads_to: str | None) -> None:
    url = httpx.URL("https://d.example.gov.uk/api/services")
    if leads_to is None:
        with pytest.raises(DirectoryAway):
            followed(url, location)
    else:
        assert followed(url, location) == leads_to
