"""Carrying out words that steer. None of them can lose anything; skipping and coming back are always possible."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.messages import Message
from bot.plans.model import Exchange, Progress
from bot.plans.talk import checking, pages
from bot.plans.talk.order import CHECK, START, current, is_filled, left, numbered, previous
from bot.plans.talk.own_words import close
from bot.plans.talk.passing import pass_over
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene
from bot.plans.talk.steering_words import PlanCommand
from bot.plans.talk.turn import PlanTurn


def command(scene: Scene, name: PlanCommand, target: str | None = None) -> PlanTurn:
    """Carry out one command at the speaker's place."""
    match name:
        case "jump" | "change":
            return pages.go_to(scene, target) if target else scene.asking(Exchange("which")).turn()
        case "check":
            return pages.go_to(scene, CHECK)
        case "left":
            return scene.turn(_left(scene))
        case "read_back":
            return scene.turn(*checking.read_back(scene))
        case "skip" | "later":
            return _skip(scene, name)
        case "done":
            return _done(scene)
        case "back":
            return _back(scene)
        case "idea":
            return idea(scene)
        case "why":
            return scene.turn(Message("say", scene.of(scene.section(current(scene)).why)))
        case "pause":
            return scene.turn(effects=("pause",))
        case "person":
            return scene.turn(say(scene, "person.asked"), effects=("person",))
        case "help":
            return scene.turn(say(scene, "plan.help"))
        case "amount":
            return scene.turn(say(scene, "plan.left_for_now"), effects=("leave",))
        case "invite":
            return scene.asking(Exchange("invite")).turn()
        case "differences":
            if not scene.plan.sent:
                return scene.turn(say(scene, "plan.nothing_before"))
            return scene.turn(effects=("differences",))
        case "apart" | "together":
            return _apart(scene, name == "apart")
        case "repeat" | "slower":
            return scene.turn(say(scene, "repeat.done" if name == "repeat" else "slower.done"))


def idea(scene: Scene) -> PlanTurn:
    """Nothing comes to mind: an example, then a story of what others did, then leaving it for later is offered."""
    code = current(scene)
    section = scene.section(code)
    tries = scene.place.tries
    told = scene.content.stories_for(code)
    if tries == 0:
        said = scene.of(section.example)
    elif tries - 1 < len(told):
        said = scene.say("plan.story", words=scene.of(told[tries - 1].text))
    else:
        return scene.at(tries=0).turn(say(scene, "plan.no_hurry"))
    return scene.at(tries=tries + 1).turn(Message("say", said))


def _left(scene: Scene) -> Message:
    counted = numbered(scene)
    titles = "\n".join(f"– {section.title}" for section in left(scene))
    if not titles:
        return say(scene, "plan.none_left")
    filled = sum(is_filled(scene.plan, code) for code in counted)
    return Message("say", scene.say("plan.what_is_left", count=filled, total=len(counted)) + "\n" + titles)


def _skip(scene: Scene, name: str) -> PlanTurn:
    """A question inside a section is passed over alone; at the section's own prompt the section is."""
    code = current(scene)
    exchange = scene.place.exchange
    if code == CHECK:
        return scene.turn(say(scene, "plan.at_the_end"))
    if exchange is not None and exchange.kind not in ("main", "which", "filed"):
        return pass_over(scene, exchange)
    mark: Progress = "later" if name == "later" else "skipped"
    passed = scene.progress(code, mark).at(cursor=None, exchange=None, tries=0)
    return passed.turn(say(scene, "plan.skipped"))


def _done(scene: Scene) -> PlanTurn:
    """ "That's all", "nothing": the section is done where something stands in it, else left blank."""
    code = current(scene)
    exchange = scene.place.exchange
    if exchange is not None and exchange.kind == "share":
        return checking.take_share(scene, exchange, "", "plan.share_done")
    if exchange is not None and exchange.kind == "filed":
        return pages.take_filed(scene, exchange, "", "plan.right")
    if exchange is not None and exchange.kind not in ("main", "which", "another", "more"):
        return pass_over(scene, exchange)
    if code == CHECK:
        return scene.asking(None).turn()
    return close(scene, code) if is_filled(scene.plan, code) or code == START else _skip(scene.asking(None), "skip")


def _back(scene: Scene) -> PlanTurn:
    if scene.place.exchange is not None:
        return scene.asking(None).at(cursor=current(scene)).turn()
    before = previous(scene)
    if before is None:
        return scene.turn(say(scene, "plan.first"))
    return scene.at(cursor=before, exchange=None, tries=0).turn(say(scene, "back.done"))


def _apart(scene: Scene, apart: bool) -> PlanTurn:
    members = tuple(
        replace(member, apart=apart) if member.id == scene.speaker else member for member in scene.plan.members
    )
    changed = scene.with_plan(replace(scene.plan, members=members))
    return changed.turn(say(changed, "plan.apart" if apart else "plan.together"))
