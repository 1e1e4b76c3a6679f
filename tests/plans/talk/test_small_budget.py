"""A small budget asks a lighter plan: its own sections alone, and nothing that the family adds by itself is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cases.small_budgets import Chosen, small_budgets
from bot.content.loader import Content, load
from bot.interview import Interview, Outcome
from bot.interview.state import About
from bot.plans import conversation
from bot.plans.after.matter import NOTHING
from bot.plans.conversation import Now
from bot.plans.model import Entry, Section
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.order import CHECK, current, left, numbered, position, previous
from bot.plans.talk.scene import Scene

CONTENT: Content = load()
TODAY = date(2026, 11, 23)
FAMILY = Interview("default-ras", "1", about=About(True, "parent", "Ty", "he", 8), checked=True)
OUTCOME = Outcome("ok", 505_000, 9_712, (), (), (), (), True)


def now(route: str) -> Now:
    chosen = Chosen(route, "You asked to try a club first.")  # type: ignore[arg-type]
    return Now(TODAY, waiting=replace(NOTHING, chosen=chosen))


def begun(route: str) -> tuple[Scene, str]:
    turn = conversation.begin(CONTENT, FAMILY, now(route))
    said = "\n".join(message.text for message in turn.messages)
    return conversation.scene(CONTENT, turn.interview, OUTCOME, now(route)), said


def walked(scene: Scene) -> list[str]:
    visited = []
    while current(scene) != CHECK:
        visited.append(current(scene))
        scene = scene.progress(current(scene), "done").at(cursor=None)
    return [*visited, CHECK]


def test_the_sections_of_the_route_are_asked_and_no_other() -> None:
    rules = small_budgets(CONTENT, TODAY)
    assert rules is not None
    for route in rules.routes:
        scene, _ = begun(route.id)
        assert walked(scene) == list(route.sections)
        assert position(scene) == (0, len(route.sections) - 1)
        assert {section.id for section in left(scene)} == set(route.sections) - {"P00", CHECK}
    full, _ = begun("full")
    assert len(walked(full)) == 20
    assert position(full)[1] == 19


def test_the_family_is_told_of_it_as_the_plan_begins() -> None:
    _, said = begun("practice")
    assert "up to £200" in said
    assert "You asked to try a club first." in said
    assert "You can say no to this." in said
    assert "up to £" not in begun("full")[1]


def test_a_route_that_is_chosen_or_changed_later_is_told_once() -> None:
    turn = conversation.begin(CONTENT, FAMILY, now("full"))
    assert not any("budget" in message.text and "up to" in message.text for message in turn.messages)
    said = []
    for route in ("lead_professional", "lead_professional", "full"):
        reading = PlanReading("words", "He loves buses")
        turn = conversation.advance_plan(CONTENT, turn.interview, reading, OUTCOME, now(route))
        said.append("\n".join(message.text for message in turn.messages))
    assert "up to £3,000" in said[0]
    assert "£3,000" not in said[1]
    assert "the full way" in said[2]


def test_a_section_that_the_family_goes_to_or_has_filled_in_stays() -> None:
    scene, _ = begun("practice")
    there = scene.at(cursor="P05")
    assert current(there) == "P05"
    assert "P05" in numbered(there)
    assert previous(there) == "P03"
    filled = scene.with_plan(scene.plan.with_section("P13", Section(entries=(Entry(1, "main", "Mum holds it", "m1"),))))
    assert "P13" in walked(filled)


def test_a_day_without_small_budgets_asks_the_whole_plan() -> None:
    early = replace(now("practice"), today=date(2020, 1, 1))
    turn = conversation.begin(CONTENT, FAMILY, replace(now("full"), today=TODAY))
    scene = conversation.scene(CONTENT, turn.interview, OUTCOME, early)
    assert scene.asked is None
