"""Stepping the plan talk: which reading does what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.interview.messages import Message
from bot.plans.model import Exchange, Member, Plan, Role
from bot.plans.talk import (
    checking,
    filing,
    inviting,
    line_read_back,
    lines,
    money,
    near_home,
    new_year,
    own_words,
    pages,
    questions,
    records,
)
from bot.plans.talk.ask import ask
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.opening import settled
from bot.plans.talk.order import current, is_closed
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import CHOICE, Scene
from bot.plans.talk.steering import command
from bot.plans.talk.turn import PlanTurn

Take = Callable[[Scene, Exchange, str, str | None], PlanTurn]

TAKES: dict[str, Take] = {
    "another": records.take_another,
    "turned": records.take_turned,
    "filed": pages.take_filed,
    **lines.TAKES,
    **money.TAKES,
    **checking.TAKES,
    **inviting.TAKES,
    **near_home.TAKES,
    **new_year.TAKES,
}
"""Who takes an answer inside a section, by the kind of exchange."""

_ANYWHERE = {"plan.idea": "idea", "plan.skip": "skip", "plan.left": "left"}
"""Options that stand for a command."""


def begin(script: str, role: Role, today: date) -> Plan:
    """A new plan, begun by whoever answered the questions."""
    return Plan(script, today, members=(Member("m1", role, ""),))


def advance(scene: Scene, reading: PlanReading) -> PlanTurn:
    """Apply one reading at the speaker's place. Nothing that was said before is lost or changed by it."""
    scene = settled(scene)
    if reading.kind == "question" and reading.topic is not None:
        return scene.turn(questions.answer(scene, reading.topic))
    if reading.kind == "rude":
        return scene.turn(say(scene, "plan.rude"))
    if reading.kind == "yes":
        return scene.turn(say(scene, "plan.tell_me"))
    if reading.kind == "command" and reading.command is not None:
        if reading.command not in _STAYS:
            scene = _waiting_kept(scene)
        return command(scene, reading.command, reading.target)
    if reading.kind == "choice" and reading.choice is not None:
        return _choice(scene, reading.choice, reading.text)
    return _words(scene, reading.text)


_STAYS = ("left", "read_back", "idea", "why", "help", "person", "repeat", "slower", "pause")
"""Commands after which the same question is asked again."""


def _waiting_kept(scene: Scene) -> Scene:
    """Words that wait for "here or there?" stay here when the person goes on to something else."""
    exchange = scene.place.exchange
    if exchange is None or exchange.kind != "move":
        return scene
    kept, waiting, _ = pages.take_move(scene, exchange, f"{CHOICE}here")
    return kept.with_plan(_words_here(kept, waiting or "").plan)


def _choice(scene: Scene, value: str, text: str) -> PlanTurn:
    if value.startswith(f"{CHOICE}go."):
        return pages.go_to(_waiting_kept(scene), value.removeprefix(f"{CHOICE}go."))
    offered = {option.value for option in ask(scene)[-1].options}
    if value not in offered:
        return scene.turn(Message("error", scene.say("choice.unknown")))
    if value == near_home.NEAR:
        return near_home.look(scene)
    if value in _ANYWHERE:
        return command(scene, _ANYWHERE[value])  # type: ignore[arg-type]
    exchange = scene.place.exchange
    if exchange is not None and exchange.kind == "move":
        return _moved(scene, exchange, value)
    if exchange is not None and exchange.kind == "field":
        take = records.take_field if exchange.target is not None else own_words.take_follow_up
        return take(scene, exchange, text, value)
    if exchange is not None and exchange.kind in TAKES:
        return TAKES[exchange.kind](scene, exchange, text, value)
    code = current(scene)
    match scene.section(code).kind:
        case "records":
            return records.revisit(scene, value)
        case "help" | "lines":
            return _line_choice(scene, value)
        case "money":
            return money.take(scene, text, value)
        case "check":
            return checking.take(scene, text, value)
    return own_words.revisit(scene, value)


def _line_choice(scene: Scene, value: str) -> PlanTurn:
    code = current(scene)
    if value == "plan.yes":
        return scene.progress(code, "started").turn()
    if value == "plan.no":
        # nobody who leaves the money is asked who looks after it
        for section in scene.script.sections:
            if section.young_person_skips_money and not is_closed(scene, section.id):
                scene = scene.progress(section.id, "later")
        return scene.at(cursor=None).turn(say(scene, "plan.money_left"))
    return lines.revisit(scene, value)


def _words(scene: Scene, text: str) -> PlanTurn:
    exchange = scene.place.exchange
    code = current(scene)
    section = scene.section(code)
    if exchange is not None and exchange.kind == "move":
        # Neither here nor there was picked: the words stay here, and what was typed now is taken after them.
        return _words(_waiting_kept(scene), text)
    if exchange is not None and exchange.kind == "which":
        return scene.turn(say(scene, "plan.which_unclear"))
    if exchange is not None and exchange.kind == "filed":
        # The page stays where it was put, and what was typed now is taken where the talk goes on.
        return _words(pages.settled(scene), text)
    fileable = tuple(one for one in scene.script.sections if one.kind not in ("start", "check"))
    name = scene.about.name or ""
    if section.kind != "check":
        if exchange is None or exchange.kind in pages.OPEN:
            if filing.is_page(text, fileable, name):
                return pages.file_page(scene, text)
        elif filing.has_headings(text, fileable, name):
            return pages.file_page(scene, text)
        if (
            section.kind != "start"
            and (exchange is None or exchange.kind in ("main", "another"))
            and (elsewhere := filing.belongs_elsewhere(text, section, fileable))
        ):
            return pages.ask_to_move(scene, text, elsewhere)
    if exchange is not None and exchange.kind in TAKES:
        return TAKES[exchange.kind](scene, exchange, text, None)
    if exchange is not None and exchange.kind == "field":
        take = records.take_field if exchange.target is not None else own_words.take_follow_up
        return take(scene, exchange, text, None)
    return _words_here(scene, text)


def _words_here(scene: Scene, text: str) -> PlanTurn:
    code = current(scene)
    match scene.section(code).kind:
        case "records":
            if code == records.VIEWS and (topic := records.open_view(scene)) is not None:
                return records.take_view(scene, topic, text)
            return records.take(scene, text)
        case "help" | "lines":
            return line_read_back.take(scene, text)
        case "money":
            return money.take(scene, text, None)
        case "check":
            return checking.take(scene, text, None)
    return own_words.take(scene, text)


def _moved(scene: Scene, exchange: Exchange, value: str) -> PlanTurn:
    after, waiting, said = pages.take_move(scene, exchange, value)
    if waiting is None and said is not None:
        return after.turn(said, changed=True)
    return _words_here(after, waiting or "")
