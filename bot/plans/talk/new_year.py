"""Last year's plan as the start of this year's, and what is different between the two. The one that was sent stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.interview.messages import Message
from bot.plans.compare import Differences, LineChange, RecordChange, compare, start_from
from bot.plans.model import Exchange, Plan
from bot.plans.talk.line_text import line_text
from bot.plans.talk.prompts import entry_text, question, record_text, say, yes_no
from bot.plans.talk.scene import Scene
from bot.plans.talk.turn import PlanTurn

ASK = "plan.new_year"


def prompt(scene: Scene, _: Exchange) -> Message:
    """Start from the plan that was sent?"""
    return question(scene, scene.say("plan.new_year_ask"), options=yes_no(scene))


def take(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Only a clear yes: days, the yes to sharing and the ticks are asked for again, words and costs are there to check."""
    if choice != "plan.yes":
        return scene.asking(None).turn(say(scene, "plan.kept"))
    sent = scene.plan.sent
    fresh = replace(start_from(scene.plan, scene.today, scene.reference), sent=sent, changed_since_sent=bool(sent))
    begun = scene.with_plan(fresh)
    return begun.turn(say(begun, "plan.new_year_begun"), changed=True)


def differences(scene: Scene, before: Plan) -> Message:
    """What is new, gone or different since ``before``, word for word."""
    earlier = scene.with_plan(before)
    found = compare(before, scene.plan, earlier.sums, scene.sums)
    if not found:
        return say(scene, "plan.same_as_before")
    return Message("say", "\n".join([scene.say("plan.different"), *_told(scene, earlier, found)]))


def _told(scene: Scene, earlier: Scene, found: Differences) -> list[str]:
    told = []
    for section in found.sections:
        told.append(f"{scene.section(section.code).title}:")
        told += [f"– {scene.say('plan.diff_new')} {entry_text(scene, section.code, entry)}" for entry in section.said]
        told += [
            f"– {scene.say('plan.diff_gone')} {entry_text(earlier, section.code, entry)}" for entry in section.gone
        ]
        told += [_record(scene, change) for change in section.records]
    told += [_line(scene, earlier, change) for change in found.lines]
    return told


def _record(scene: Scene, change: RecordChange) -> str:
    if change.before is None or change.after is None:
        key = "plan.diff_new" if change.before is None else "plan.diff_gone"
        record = change.after or change.before
        return f"– {scene.say(key)} “{record_text(record) if record else ''}”"
    return f"– {scene.say('plan.diff_other')} “{record_text(change.after)}”"


def _line(scene: Scene, earlier: Scene, change: LineChange) -> str:
    if change.after is None and change.before is not None:
        return f"– {scene.say('plan.diff_gone')} {line_text(earlier, change.before)}"
    key = "plan.diff_new" if change.before is None else "plan.diff_other"
    return f"– {scene.say(key)} {line_text(scene, change.after) if change.after else ''}"


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {"new_year": prompt}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {"new_year": take}
