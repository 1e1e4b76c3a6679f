"""P10 and P11: the help a family would like to buy, line by line, with its cost in their own words."""

from __future__ import annotations

from collections.abc import Callable

from bot.content.plan_models import PlanSection
from bot.interview.messages import Message, Option
from bot.interview.words import pounds
from bot.plans.model import Exchange
from bot.plans.talk.line_entry import COSTS
from bot.plans.talk.line_questions import (
    first_aimless,
    first_missing,
    goal_prompt,
    missing_prompt,
    take_goal,
    take_missing,
    take_twin,
    twin_prompt,
)
from bot.plans.talk.line_read_back import (
    PUT_IN,
    confirm_prompt,
    more_prompt,
    over_prompt,
    put_in_too,
    redo_prompt,
    take_after_all,
    take_confirm,
    take_more,
    take_over,
    take_redo,
)
from bot.plans.talk.line_text import line_text, sums
from bot.plans.talk.order import current
from bot.plans.talk.prompts import question, say, short, yes_no
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn


def prompt(scene: Scene, section: PlanSection) -> Message:
    """What is the first thing? For those who come back: what stands, and what to do with it."""
    if scene.plan.lines and scene.place.cursor == section.id:
        add, fine = option_list(scene, "plan.add", "plan.fine")
        changes = tuple(
            Option(f"{CHOICE}line.{line.id}", scene.say("plan.change_one", words=short(line.what)), number)
            for number, line in enumerate(scene.plan.lines, 3)
        )
        stands = "\n".join(f"– {line_text(scene, line)}" for line in scene.plan.lines)
        put_in = tuple(Option(value, scene.say(f"option.{value}"), len(changes) + 3) for value in put_in_too(scene))
        options = (add, fine, *changes, *put_in)
        return question(
            scene, scene.say("plan.stands"), stands, sums(scene), scene.say("plan.stands_ask"), options=options
        )
    if section.id == COSTS and skips_money(scene, section):
        return question(scene, scene.say("plan.money_choice"), options=yes_no(scene))
    options = option_list(scene, "plan.idea", "plan.near", "plan.skip", "plan.left", *put_in_too(scene))
    if section.id == COSTS:
        return question(scene, scene.of(section.ask), guide(scene), _so_far(scene), options=options)
    return question(scene, scene.of(section.ask), options=options)


def skips_money(scene: Scene, section: PlanSection) -> bool:
    """A young person is asked about money only if they choose to (domain notes 4)."""
    return (
        section.young_person_skips_money
        and scene.me.role == "young_person"
        and scene.place.progress.get(section.id) != "started"
    )


def guide(scene: Scene) -> str:
    """The guide amount, or why there is none to plan against yet."""
    if scene.guide_pence is None:
        return scene.say("plan.no_guide")
    return scene.say("plan.guide", amount=pounds(scene.guide_pence))


def _so_far(scene: Scene) -> str:
    if not scene.plan.lines:
        return ""
    return scene.say("plan.lines_so_far") + "\n" + "\n".join(f"– {line_text(scene, line)}" for line in scene.plan.lines)


def opening(scene: Scene) -> Exchange | None:
    """At P11 a line from before that has no full cost is asked about first."""
    if skips_money(scene, scene.section(COSTS)):
        return None
    ids = tuple(line.id for line in scene.plan.lines)
    return first_missing(scene, ids) or first_aimless(scene, ids)


def revisit(scene: Scene, choice: str) -> PlanTurn:
    """Add a line, change one, or leave them."""
    code = current(scene)
    if choice == PUT_IN:
        return take_after_all(scene)
    if choice == "plan.fine":
        return scene.progress(code, "done").at(cursor=None, exchange=None).turn(say(scene, "plan.kept"))
    if choice.startswith(f"{CHOICE}line."):
        return scene.asking(Exchange("redo", waiting=(int(choice.rsplit(".", 1)[1]),))).turn()
    return scene.asking(Exchange("more")).turn()


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {
    "missing": missing_prompt,
    "keep_line": twin_prompt,
    "goal": goal_prompt,
    "lines": confirm_prompt,
    "redo": redo_prompt,
    "more": more_prompt,
    "over": over_prompt,
}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {
    "missing": take_missing,
    "keep_line": take_twin,
    "goal": take_goal,
    "lines": take_confirm,
    "redo": take_redo,
    "more": take_more,
    "over": take_over,
}
