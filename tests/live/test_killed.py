"""kill -9 of each process, idle and with a message in flight: nothing accepted is lost, nothing is applied twice.

Three families at a time: one whose message was stored but had not got through to where the answer is put down, one
whose answer was put down but whose reply was still on the way, and one who was idle. The roads between the processes
hold the messages just there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.live.people import Person, at_question, in_background, words
from tests.live.roads import Road
from tests.live.system import System

pytestmark = pytest.mark.live


@pytest.fixture(autouse=True)
def everything_runs_again(system: System) -> Iterator[None]:
    """Leaves the system whole for the tests that follow, whatever happened."""
    yield
    for road in (system.engine_road, system.actions_road, system.allocation_road):
        road.let_go(deliver=False)
    system.start(*system.dead())


def history(system: System, person: Person) -> list[tuple[str, int | None]]:
    return [(code, level) for code, _, level in system.history(person.last["state"]["draft_reference"])]


@pytest.mark.parametrize(
    ("victim", "road_name"), [("engine", "engine_road"), ("actions", "actions_road"), ("engine", "actions_road")]
)
def test_a_process_behind_the_service_is_killed(system: System, victim: str, road_name: str) -> None:
    """The engine or the actions die: 503 says that the message is kept, and it counts once they are back."""
    road: Road = getattr(system, road_name)
    not_yet, just_done, idle = (at_question(system, "S2") for _ in range(3))
    with ExitStack() as stack:
        road.is_now("hold requests")
        replies = [stack.enter_context(in_background(lambda: not_yet.sends({"text": "4"}, key="in flight")))]
        road.wait_until_held(1)
        road.is_now("hold replies")
        replies.append(stack.enter_context(in_background(lambda: just_done.sends({"text": "4"}, key="in flight"))))
        road.wait_until_held(2)
        assert history(system, not_yet) == [("S1", 2)]
        assert history(system, just_done) == [("S1", 2), ("S2", 3)], "its reply alone is on the way"
        system.kill(victim)
        road.let_go(deliver=False)
    for (reply,) in replies:
        assert isinstance(reply, httpx.Response), reply
        assert reply.status_code == 503
        assert "Your message is kept and nothing is lost" in reply.json()["detail"]
    late = idle.sends({"text": "1"})
    assert late.status_code == 503, "who writes while it is away is told the same"

    system.start(victim)
    for person, level in ((not_yet, 3), (just_done, 3), (idle, 0)):
        transcript = person.reads()
        assert transcript["state"]["answers"]["S2"]["level"] == level
        assert transcript["state"]["question_id"] == "S3"
        assert transcript["messages"][-1]["question_id"] == "S3", "the page shows where things are"
        assert history(system, person) == [("S1", 2), ("S2", level)], "once"
    for person in (not_yet, just_done):
        again = person.sends({"text": "4"}, key="in flight")
        assert again.status_code == 200, "the page sends it again with the same key"
        assert again.json()["state"]["question_id"] == "S3"
        assert history(system, person) == [("S1", 2), ("S2", 3)], "and it still counts once"
        person.picks("S3.1")
        assert history(system, person) == [("S1", 2), ("S2", 3), ("S3", 1)]


def test_the_service_is_killed(system: System) -> None:
    """The connection breaks; after the restart the same page goes on with the same token."""
    not_yet, just_done, idle = (at_question(system, "S2") for _ in range(3))
    road = system.engine_road
    with ExitStack() as stack:
        road.is_now("hold requests")
        broken = [stack.enter_context(in_background(lambda: not_yet.sends({"text": "4"}, key="in flight")))]
        road.wait_until_held(1)
        road.is_now("hold replies")
        broken.append(stack.enter_context(in_background(lambda: just_done.sends({"text": "4"}, key="in flight"))))
        road.wait_until_held(2)
        system.kill("service")
        system.start("service")
        road.let_go(deliver=True)  # what the dead service had sent reaches the engine only now
    assert all(isinstance(reply, httpx.HTTPError) for (reply,) in broken), "no reply came"
    assert idle.reads()["state"]["question_id"] == "S2"
    assert idle.says("1")["state"]["answers"]["S2"]["level"] == 0

    def carry_on(person: Person) -> None:
        person.last = person.sends({"text": "4"}, key="in flight").json()

    # Both sends wait for the dead service's turn to run out, so they wait together.
    threads = [threading.Thread(target=carry_on, args=(person,)) for person in (not_yet, just_done)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in (not_yet, just_done):
        assert person.last["state"]["question_id"] == "S3", person.last
        assert history(system, person) == [("S1", 2), ("S2", 3)], "once"
        assert person.reads()["messages"][-1]["question_id"] == "S3"
        person.picks("S3.1")
        assert history(system, person) == [("S1", 2), ("S2", 3), ("S3", 1)]


def test_the_engine_dies_while_a_pin_is_on_its_way(system: System) -> None:
    """A PIN that nobody saw does not lock the family out: they ask for a pause again, and get one."""
    person = at_question(system, "S2")
    road = system.engine_road
    road.is_now("hold replies")
    with in_background(lambda: person.sends({"text": "pause"})):
        road.wait_until_held(1)
        system.kill("engine")
        road.let_go(deliver=False)
    system.start("engine")
    assert person.reads()["state"]["stage"] == "paused"
    comes_back_with_the_pin_of(system, person.says("pause"))


def test_a_pin_lost_on_the_road_is_made_anew(system: System) -> None:
    """The gateway asks the engine a second time, and the PIN that it then gets is the one that works."""
    person = at_question(system, "S2")
    road = system.engine_road
    road.is_now("hold replies")
    with in_background(lambda: person.sends({"text": "pause"})) as replies:
        road.wait_until_held(1)
        road.let_go(deliver=False)
    (reply,) = replies
    assert isinstance(reply, httpx.Response)
    comes_back_with_the_pin_of(system, reply.json())


def comes_back_with_the_pin_of(system: System, reply: dict[str, Any]) -> None:
    assert reply["state"]["stage"] == "paused"
    assert "Your PIN: " in words(reply), words(reply)
    pin = next(word for word in words(reply).split() if word.isdigit() and len(word) == 6)
    reference = reply["state"]["draft_reference"]
    back = system.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    assert back.status_code == 200
    assert back.json()["state"]["answers"] == {"S1": {"level": 2, "status": "answered", "by": "parent"}}
