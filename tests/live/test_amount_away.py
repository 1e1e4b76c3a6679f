"""The allocation service is away when the result is due: the family is told kindly, and the amount comes when it is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.people import Unchanged, at_question, words
from tests.live.system import System

pytestmark = pytest.mark.live


@pytest.fixture
def away(system: System) -> Iterator[System]:
    system.allocation_road.is_now("closed")
    yield system
    system.allocation_road.let_go(deliver=False)


def test_it_is_told_and_comes_later(away: System) -> None:
    person = at_question(away, "F3")
    person.picks("F3.3")
    before = Unchanged(away, person)
    reply = person.says("yes")
    assert reply["state"]["stage"] == "result"
    assert reply["state"]["amount"] is None
    assert "I cannot work out the amount right now. All your answers are saved." in words(reply)
    assert "£" not in words(reply)
    again = person.says("1")
    assert "I cannot work out the amount right now" in words(again)
    before.assert_so()

    away.allocation_road.let_go(deliver=False)
    reply = person.picks("result.again")
    assert reply["state"]["amount"] == {"status": "ok", "amount_pence": 505000, "weekly_pence": 9712}
    assert "£5,050" in words(reply)
    before.assert_so()


def test_it_comes_whatever_is_said_next(away: System) -> None:
    person = at_question(away, "F3")
    person.picks("F3.3")
    person.says("yes")
    away.allocation_road.let_go(deliver=False)
    assert "£5,050" in words(person.says("thanks"))
