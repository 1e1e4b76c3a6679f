"""What is asked about a line before it is read back: whether it is one said twice, what its cost needs, which goal it serves.

Nothing is guessed: what is missing is asked for, one thing at a time, and "I don't know yet" is an answer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.messages import Message, Option
from bot.plans.costs import line_cost
from bot.plans.model import Exchange, Line
from bot.plans.talk.keeping import add_entry, lay_line_aside
from bot.plans.talk.line_entry import COSTS, add_from
from bot.plans.talk.line_reply import filled, says_more
from bot.plans.talk.line_text import line_text
from bot.plans.talk.order import current
from bot.plans.talk.prompts import question, record_text, say, short
from bot.plans.talk.records import goal_options
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn
from bot.understanding.lines import read_lines

OFTEN = ("week", "fortnight", "month", "term", "year", "once")
"""What can be picked for how often."""


def follow(scene: Scene, ids: tuple[int, ...], *before: Message) -> PlanTurn:
    """What is to be asked next about these lines: a line said twice, what is missing, the goal; then they are read back."""
    twin = _twin(scene, ids)
    if twin is not None:
        return scene.asking(Exchange("keep_line", target=twin, waiting=ids)).turn(*before, changed=True)
    if current(scene) == COSTS and (missing := first_missing(scene, ids)) is not None:
        return _put_question(scene, missing, *before)
    for line_id in ids:
        line = scene.plan.line(line_id)
        goals = scene.plan.goals()
        if line.goal is None and goals and f"goal/{line_id}" not in scene.place.asked:
            if len(goals) == 1:
                only = scene.with_plan(scene.plan.with_line(replace(line, goal=goals[0].id)))
                return follow(only, ids, *before, say(only, "plan.goal_one", words=short(record_text(goals[0]))))
            asked = scene.at(asked={**scene.place.asked, f"goal/{line_id}": ("goal",)})
            return asked.asking(Exchange("goal", target=line_id, waiting=ids)).turn(*before, changed=True)
    if not ids:
        return scene.asking(Exchange("more")).turn(*before, changed=True)
    return scene.asking(Exchange("lines", waiting=ids)).turn(*before, changed=True)


def first_aimless(scene: Scene, ids: tuple[int, ...]) -> Exchange | None:
    """The first line of which was not asked yet what it is for, where there is more than one goal."""
    if len(scene.plan.goals()) < 2:
        return None
    open_ones = [one for one in ids if scene.plan.line(one).goal is None and f"goal/{one}" not in scene.place.asked]
    return Exchange("goal", target=open_ones[0], waiting=ids) if open_ones else None


def first_missing(scene: Scene, ids: tuple[int, ...]) -> Exchange | None:
    """The first open question about these lines that was not put yet."""
    for line_id in ids:
        line = scene.plan.line(line_id)
        asked = scene.place.asked.get(f"{COSTS}/{line_id}", ())
        for code in line_cost(line, scene.rules).missing:
            if code not in asked:
                return Exchange("missing", code, line_id, ids)
    return None


def _put_question(scene: Scene, exchange: Exchange, *before: Message) -> PlanTurn:
    key = f"{COSTS}/{exchange.target}"
    asked = {**scene.place.asked, key: (*scene.place.asked.get(key, ()), exchange.name)}
    return scene.at(asked=asked).asking(exchange).turn(*before, changed=True)


def _twin(scene: Scene, ids: tuple[int, ...]) -> int | None:
    """A new line that says just what another one says: perhaps typed twice."""
    for line_id in ids:
        line = scene.plan.line(line_id)
        same = [
            other
            for other in scene.plan.lines
            if other.id < line_id
            and other.what.lower() == line.what.lower()
            and (other.unit_cost_pence, other.quantity or 1, other.per)
            == (line.unit_cost_pence, line.quantity or 1, line.per)
        ]
        if same and f"twin/{line_id}" not in scene.place.asked:
            return line_id
    return None


def twin_prompt(scene: Scene, exchange: Exchange) -> Message:
    """The same thing twice, or two of it?"""
    line = scene.plan.line(exchange.target or 0)
    options = option_list(scene, "plan.add_line", "plan.same_line")
    return question(scene, scene.say("plan.twin_ask", words=line_text(scene, line)), options=options)


def take_twin(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Both stand unless the person says that it is one."""
    target = exchange.target or 0
    if choice == "plan.same_line":
        rest = tuple(line_id for line_id in exchange.waiting if line_id != target)
        return follow(lay_line_aside(scene, target), rest, say(scene, "plan.once"))
    return follow(scene.at(asked={**scene.place.asked, f"twin/{target}": ("twin",)}), exchange.waiting)


def missing_prompt(scene: Scene, exchange: Exchange) -> Message:
    """One thing that the cost still needs."""
    line = scene.plan.line(exchange.target or 0)
    text = scene.say(f"plan.missing.{exchange.name}", words=short(line.what))
    values: tuple[str, ...] = ("plan.unknown",)
    if exchange.name == "how_often":
        values = (*(f"plan.often.{often}" for often in OFTEN), "plan.unknown")
    elif exchange.name == "amount":
        values = ("plan.free", "plan.unknown")
    elif exchange.name == "amount_for":
        values = ("plan.an_hour", "plan.each_time", "plan.unknown")
    first = scene.place.exchange is None and not any(key.startswith(f"{COSTS}/") for key in scene.place.asked)
    opener = scene.say("plan.how_much_intro") if first else ""
    return question(scene, opener, text, options=option_list(scene, *values))


def take_missing(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """What was missing, read from the reply; a reply that settles nothing is asked about once more, with what to do."""
    scene = _asked(scene, exchange)
    line, code = scene.plan.line(exchange.target or 0), exchange.name
    if choice == "plan.unknown":
        return follow(scene.with_plan(scene.plan.with_line(line)), exchange.waiting)
    if choice == "plan.free":
        free = replace(line, unit_cost_pence=0, missing=tuple(m for m in line.missing if m in ("how_often", "what")))
        return follow(scene.with_plan(scene.plan.with_line(free)), exchange.waiting)
    if choice is None and _another_whole_line(line, text):
        # said before the gap was filled: it is a line of its own, and the gap is asked about again
        scene, ids = add_from(add_entry(scene, current(scene), "main", text), text)
        put = "\n".join(f"– {line_text(scene, scene.plan.line(one))}" for one in ids)
        asking = scene.asking(replace(exchange, waiting=(*exchange.waiting, *ids)))
        return asking.turn(Message("say", scene.say("plan.put_down") + "\n" + put), changed=True)
    completed = filled(line, code, _picked_words(choice) or text)
    if completed is not None and choice is None and code != "what" and says_more(line, text):
        completed = replace(completed, notes=f"{completed.notes}\n{text}".strip())
    if completed is None:
        if exchange.words == "again":
            noted = replace(line, notes=f"{line.notes}\n{text}".strip())
            return follow(scene.with_plan(scene.plan.with_line(noted)), exchange.waiting, say(scene, "plan.noted"))
        return scene.asking(replace(exchange, words="again")).turn(
            say(scene, f"plan.unclear.{code}", words=short(text))
        )
    return follow(scene.with_plan(scene.plan.with_line(completed)), exchange.waiting)


def _another_whole_line(line: Line, text: str) -> bool:
    """Whether a reply to a gap names other things, each with all that its cost needs."""
    items = read_lines(text)
    known = set(line.what.lower().split())
    return bool(items) and all(
        item.what and not item.missing and not known & set(item.what.lower().split()) for item in items
    )


def _asked(scene: Scene, exchange: Exchange) -> Scene:
    """The first question at P11 comes without a turn of its own, so it is marked as put when it is answered."""
    key = f"{COSTS}/{exchange.target}"
    before = scene.place.asked.get(key, ())
    if exchange.name in before:
        return scene
    return scene.at(asked={**scene.place.asked, key: (*before, exchange.name)})


def _picked_words(choice: str | None) -> str:
    """A tapped answer in the words that the reader knows."""
    words = {
        "plan.often.week": "every week",
        "plan.often.fortnight": "every fortnight",
        "plan.often.month": "every month",
        "plan.often.term": "every term",
        "plan.often.year": "once a year",
        "plan.often.once": "one off",
        "plan.an_hour": "an hour",
        "plan.each_time": "each time",
    }
    return words.get(choice or "", "")


def goal_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Which goal does it serve?"""
    line = scene.plan.line(exchange.target or 0)
    goals = goal_options(scene)
    other = Option("plan.no_goal", scene.say("option.plan.no_goal"), len(goals) + 1)
    return question(scene, scene.say("plan.goal_ask", words=short(line.what)), options=(*goals, other))


def take_goal(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """A goal of the plan; none of them; or words, which are kept with the line."""
    scene = scene.at(asked={**scene.place.asked, f"goal/{exchange.target}": ("goal",)})
    line = scene.plan.line(exchange.target or 0)
    if choice is not None and choice.startswith(f"{CHOICE}pick."):
        line = replace(line, goal=int(choice.rsplit(".", 1)[1]))
    elif choice is None:
        line = replace(line, notes=f"{line.notes}\n{text}".strip())
    return follow(scene.with_plan(scene.plan.with_line(line)), exchange.waiting)
