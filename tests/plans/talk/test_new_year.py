"""This year's plan from last year's: what stays, what is asked again, and what is different."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.plans.fingerprint import fingerprint
from bot.plans.model import Plan, Sent
from bot.plans.talk.new_year import differences
from tests.plans.talk.talking import Talker


def sent() -> tuple[Talker, Plan]:
    ty = Talker()
    ty.go("P03")
    for words in ("swimming and his nan", "skip", "skip"):
        ty.say(words)
    ty.go("P11")
    ty.say("cinema £8 a month")
    ty.pick("plan.right")
    ty.say("that's all")
    before = ty.plan
    at = datetime(2025, 11, 22, 9, tzinfo=UTC)
    ty.plan = replace(before, sent=(Sent(1, at, fingerprint(before)),))
    ty.go("P19")
    return ty, before


def test_the_words_are_there_and_what_was_sent_stays() -> None:
    ty, _ = sent()
    ty.pick("plan.new_year")
    ty.pick("plan.yes")
    assert ty.words("P03") == ["swimming and his nan"]
    assert ty.lines()[0].source.startswith("last_year")
    assert ty.plan.based_on == "EX-7K3M-9Q2P/1"
    assert [version.version for version in ty.plan.sent] == [1]
    assert ty.at == "P00"


def test_no_leaves_everything_as_it_was() -> None:
    ty, _ = sent()
    plan = ty.plan
    ty.pick("plan.new_year")
    ty.pick("plan.no")
    assert replace(ty.plan, places={}) == replace(plan, places={})


def test_what_is_different_is_said_word_for_word() -> None:
    ty, before = sent()
    ty.pick("plan.new_year")
    ty.pick("plan.yes")
    ty.go("P03")
    ty.pick("plan.again")
    ty.say("music, but never loud")
    ty.go("P11")
    ty.pick("plan.add")
    ty.say("gym £20 a month")
    ty.pick("plan.right")
    told = differences(ty.scene, before).text
    assert "New: “music, but never loud”" in told
    assert "Gone: “swimming and his nan”" in told
    assert "gym" in told


def test_what_is_different_is_asked_of_the_outside_once_something_was_sent() -> None:
    ty, _ = sent()
    ty.say("what's different?")
    assert ty.effects == ("differences",)
    fresh = Talker()
    assert "not sent" in fresh.say("what has changed")
