"""Lines are read back and summed: right, or said again; is there more; and why, where it is over the guide amount."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from bot.interview.messages import Message, Option
from bot.plans.model import Exchange, Line
from bot.plans.talk.keeping import add_entry, lay_line_aside
from bot.plans.talk.line_entry import COSTS, MOST_LINES, add_from, as_line
from bot.plans.talk.line_questions import (
    follow,
)
from bot.plans.talk.line_reply import filled
from bot.plans.talk.line_text import line_text, sums
from bot.plans.talk.order import current
from bot.plans.talk.own_words import close
from bot.plans.talk.prompts import question, say, short
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn
from bot.understanding.lines import is_talk, read_lines

PUT_IN = "plan.put_in"


def take(scene: Scene, text: str) -> PlanTurn:
    """Lines out of plain talk. The whole of it stays in the section, in the family's words. Where nothing in it is wanted,
    it is put in only if they say that it is."""
    if is_talk(text):
        kind = "more" if scene.place.exchange is not None and scene.place.exchange.kind == "more" else "main"
        return scene.asking(Exchange(kind, words=text)).turn(say(scene, "plan.not_help"), changed=True)
    return _put_in(scene, text)


def waiting_words(scene: Scene) -> str:
    """What was said last and not put in, as it named no help."""
    exchange = scene.place.exchange
    return exchange.words if exchange is not None and exchange.kind in ("main", "more") else ""


def take_after_all(scene: Scene) -> PlanTurn:
    """It is help, the family says."""
    words = waiting_words(scene)
    return _put_in(scene.asking(None), words, asked=True)


def _put_in(scene: Scene, text: str, *, asked: bool = False) -> PlanTurn:
    scene = add_entry(scene, current(scene), "main", text)
    if len(scene.plan.lines) >= MOST_LINES:
        return scene.turn(say(scene, "plan.many_lines", count=MOST_LINES), changed=True)
    scene, ids = add_from(scene, text, asked=asked)
    return follow(scene, ids)


def confirm_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Every new line, in pounds a week and a year; then right, or not."""
    lines = [scene.plan.line(line_id) for line_id in exchange.waiting]
    read_back = "\n".join(line_text(scene, line) for line in lines)
    values = ["plan.right", "plan.redo"]
    if any(line.per == "week" and line.times is None and line.unit_cost_pence for line in lines):
        values += ["plan.term_only", "plan.holidays_only"]
    options = option_list(scene, *values)
    return question(scene, scene.say("plan.lines_read"), read_back, options=options, kind="confirm")


def take_confirm(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Right: the sum so far, and is there more? Not right: say it again; what was there is laid aside, not lost."""
    if choice in ("plan.term_only", "plan.holidays_only"):
        weeks = scene.rules.term_weeks if choice == "plan.term_only" else 52 - scene.rules.term_weeks
        for line_id in exchange.waiting:
            line = scene.plan.line(line_id)
            if line.per == "week" and line.times is None:
                scene = scene.with_plan(scene.plan.with_line(replace(line, times=Fraction(weeks))))
        return scene.asking(exchange).turn(changed=True)
    if choice == "plan.redo":
        return scene.asking(Exchange("redo", waiting=exchange.waiting)).turn()
    if choice is None and not _another_line(scene, exchange.waiting, text):
        return take_redo(scene, exchange, text, None)
    if choice is None:
        return take(scene, text)
    return _confirmed(scene)


_PUTS_RIGHT = re.compile(
    r"\W*(?:no|nope|not|nah|actually|sorry|its|it|should|make|change|wrong|i mean|i meant|i said|that|thats|this|"
    r"only|just|more like|about|the (?:cost|price))\b"
)


def _another_line(scene: Scene, ids: tuple[int, ...], text: str) -> bool:
    """Whether words after "is that right?" are the next thing, and do not put right what was read back."""
    if _PUTS_RIGHT.match(text.lower().replace("'", "").replace("’", "")):
        return False
    known = {word for line_id in ids for word in scene.plan.line(line_id).what.lower().split()}
    items = read_lines(text)
    return bool(items) and all(item.what and not known & set(item.what.lower().split()) for item in items)


def _confirmed(scene: Scene) -> PlanTurn:
    over = _over(scene)
    if over and not scene.plan.over_reason and "over" not in scene.place.asked:
        asked = scene.at(asked={**scene.place.asked, "over": ("over",)})
        return asked.asking(Exchange("over")).turn(say(asked, "plan.saved"), changed=True)
    said = [say(scene, "plan.saved")]
    if current(scene) == COSTS:
        said = [Message("say", sums(scene))]
    return scene.asking(Exchange("more")).turn(*said, changed=True)


def _over(scene: Scene) -> bool:
    return current(scene) == COSTS and scene.sums.over_pence > 0


def redo_prompt(scene: Scene, exchange: Exchange) -> Message:
    """How should it be? Of several, which one?"""
    if len(exchange.waiting) == 1:
        return question(
            scene, scene.say("plan.redo_ask"), options=option_list(scene, "plan.leave_out", "plan.as_it_was")
        )
    which = tuple(
        Option(
            f"{CHOICE}line.{line_id}", scene.say("plan.change_one", words=short(scene.plan.line(line_id).what)), number
        )
        for number, line_id in enumerate(exchange.waiting, 1)
    )
    as_it_was = Option("plan.as_it_was", scene.say("option.plan.as_it_was"), len(which) + 1)
    return question(scene, scene.say("plan.redo_which"), options=(*which, as_it_was))


def take_redo(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """A line said anew takes the place of the one that was not right; what was there is laid aside."""
    if choice == "plan.as_it_was":
        return scene.asking(Exchange("lines", waiting=exchange.waiting)).turn()
    if choice is not None and choice.startswith(f"{CHOICE}line."):
        return scene.asking(Exchange("redo", waiting=(int(choice.rsplit(".", 1)[1]),))).turn()
    if choice == "plan.leave_out":
        for line_id in exchange.waiting:
            scene = lay_line_aside(scene, line_id)
        return scene.asking(Exchange("more")).turn(say(scene, "plan.left_out"), changed=True)
    scene = add_entry(scene, current(scene), "main", text)
    line = _meant(scene, exchange.waiting, text)
    if line is None:
        return scene.asking(Exchange("redo", waiting=exchange.waiting)).turn(changed=True)
    fresh = said_anew(line, text)
    if fresh is None:
        return scene.turn(say(scene, "plan.redo_unclear"), changed=True)
    kept = replace(
        fresh, id=line.id, what=fresh.what or line.what, by=line.by, goal=line.goal, managed_by=line.managed_by
    )
    asked = {key: value for key, value in scene.place.asked.items() if key != f"{COSTS}/{line.id}"}
    before = replace(scene.plan, lines_laid_aside=(*scene.plan.lines_laid_aside, line))
    scene = scene.with_plan(before.with_line(kept)).at(asked=asked)
    return follow(scene, exchange.waiting)


def _meant(scene: Scene, ids: tuple[int, ...], text: str) -> Line | None:
    """The line that the words are about: the only one, or the one that they name."""
    lines = [scene.plan.line(line_id) for line_id in ids]
    if len(lines) == 1:
        return lines[0]
    named = [line for line in lines if line.what and line.what.lower() in text.lower()]
    return named[0] if len(named) == 1 else None


def said_anew(line: Line, text: str) -> Line | None:
    """A line put right: said whole, or only the part that was not right ("every week", "£14"). None when it is neither."""
    items = read_lines(text)
    if len(items) == 1 and items[0].what and items[0].unit_cost_pence is not None:
        return as_line(items[0])
    for code in ("amount", "how_often", "how_long"):
        if (part := filled(line, code, text)) is not None:
            return part
    return as_line(items[0]) if items and items[0].what else None


def more_prompt(scene: Scene, _: Exchange) -> Message:
    """Is there anything else?"""
    key = "plan.more_costs" if current(scene) == COSTS else "plan.more_help"
    values = ("plan.no", "plan.near", "plan.idea", *put_in_too(scene))
    return question(scene, scene.say(key), options=option_list(scene, *values))


def put_in_too(scene: Scene) -> tuple[str, ...]:
    """The option that puts in what was taken for talk, where there is something."""
    return (PUT_IN,) if waiting_words(scene) else ()


def take_more(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """No closes the section; anything else is the next line."""
    if choice == "plan.no":
        return close(scene, current(scene))
    if choice == PUT_IN:
        return take_after_all(scene)
    return take(scene, text)


def over_prompt(scene: Scene, _: Exchange) -> Message:
    """More than the guide amount is allowed. Why is it needed?"""
    return question(scene, sums(scene), scene.say("plan.over_ask"), options=option_list(scene, "plan.later"))


def take_over(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """ "We think we need more because …", in the family's words (seed 001)."""
    if choice is None:
        scene = scene.with_plan(replace(scene.plan, over_reason=text.strip()))
    return scene.asking(Exchange("more")).turn(say(scene, "plan.saved"), changed=True)
