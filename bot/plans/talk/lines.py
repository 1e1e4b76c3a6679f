"""P10 and P11: the help a family would like to buy, line by line, with its cost in their own words, read back and summed.

Nothing is guessed: what is missing is asked for, one thing at a time, and "I don't know yet" is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from bot.content.plan_models import PlanSection
from bot.interview.messages import Message, Option
from bot.interview.words import pounds
from bot.plans.costs import line_cost
from bot.plans.model import Exchange, Line
from bot.plans.talk.keeping import add_entry, lay_line_aside, put_lines
from bot.plans.talk.line_reply import filled, says_more
from bot.plans.talk.line_text import line_text, sums
from bot.plans.talk.order import current
from bot.plans.talk.own_words import close
from bot.plans.talk.prompts import question, record_text, say, short, yes_no
from bot.plans.talk.records import goal_options
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn
from bot.understanding.line_item import LineItem
from bot.understanding.lines import read_lines

HELP, COSTS = "P10", "P11"
MOST_LINES = 60
"""Lines that a plan holds; beyond, words are kept and a person is offered."""
OFTEN = ("week", "fortnight", "month", "term", "year", "once")
"""What can be picked for how often."""


def prompt(scene: Scene, section: PlanSection) -> Message:
    """What is the first thing? For those who come back: what stands, and what to do with it."""
    if scene.plan.lines and scene.place.cursor == section.id:
        add, fine = option_list(scene, "plan.add", "plan.fine")
        changes = tuple(
            Option(f"{CHOICE}line.{line.id}", scene.say("plan.change_one", words=short(line.what)), number)
            for number, line in enumerate(scene.plan.lines, 3)
        )
        stands = "\n".join(f"– {line_text(scene, line)}" for line in scene.plan.lines)
        options = (add, fine, *changes)
        return question(
            scene, scene.say("plan.stands"), stands, sums(scene), scene.say("plan.stands_ask"), options=options
        )
    if section.id == COSTS and skips_money(scene, section):
        return question(scene, scene.say("plan.money_choice"), options=yes_no(scene))
    options = option_list(scene, "plan.idea", "plan.near", "plan.skip", "plan.left")
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
    return _first_missing(scene, ids) or _first_aimless(scene, ids)


def _first_aimless(scene: Scene, ids: tuple[int, ...]) -> Exchange | None:
    """The first line of which was not asked yet what it is for, where there is more than one goal."""
    if len(scene.plan.goals()) < 2:
        return None
    open_ones = [one for one in ids if scene.plan.line(one).goal is None and f"goal/{one}" not in scene.place.asked]
    return Exchange("goal", target=open_ones[0], waiting=ids) if open_ones else None


def _first_missing(scene: Scene, ids: tuple[int, ...]) -> Exchange | None:
    """The first open question about these lines that was not put yet."""
    for line_id in ids:
        line = scene.plan.line(line_id)
        asked = scene.place.asked.get(f"{COSTS}/{line_id}", ())
        for code in line_cost(line, scene.rules).missing:
            if code not in asked:
                return Exchange("missing", code, line_id, ids)
    return None


def take(scene: Scene, text: str) -> PlanTurn:
    """Lines out of plain talk. The whole of it stays in the section, in the family's words."""
    code = current(scene)
    scene = add_entry(scene, code, "main", text)
    if len(scene.plan.lines) >= MOST_LINES:
        return scene.turn(say(scene, "plan.many_lines", count=MOST_LINES), changed=True)
    scene, ids = add_from(scene, text)
    return follow(scene, ids)


def add_from(scene: Scene, text: str, *, only_priced: bool = False) -> tuple[Scene, tuple[int, ...]]:
    """The lines of a text; where it names no money and no times, the whole of it is what is wanted."""
    items = read_lines(text)
    lines = [as_line(item) for item in items if item.what and not (only_priced and item.unit_cost_pence is None)]
    if not lines and not only_priced:
        what = items[0].what if items and items[0].what else text.strip()
        lines = [Line(0, short(what, 120), "", missing=items[0].missing if items else ("amount", "how_often"))]
    return put_lines(scene, lines[: MOST_LINES - len(scene.plan.lines)])


def as_line(item: LineItem) -> Line:
    """A line as the plan keeps it."""
    settled = item.weeks is not None or item.months is not None or item.season is not None
    return Line(
        0,
        item.what,
        "",
        unit_cost_pence=item.unit_cost_pence,
        unit="mile" if item.miles else item.unit,
        quantity=item.quantity,
        per=item.per,
        times=item.times_a_year if settled else None,
        missing=item.missing,
        kind="person" if item.worker else "other",
        notes="",
    )


def follow(scene: Scene, ids: tuple[int, ...], *before: Message) -> PlanTurn:
    """What is to be asked next about these lines: a line said twice, what is missing, the goal; then they are read back."""
    twin = _twin(scene, ids)
    if twin is not None:
        return scene.asking(Exchange("keep_line", target=twin, waiting=ids)).turn(*before, changed=True)
    if current(scene) == COSTS and (missing := _first_missing(scene, ids)) is not None:
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
    return question(scene, scene.say(key), options=option_list(scene, "plan.no", "plan.near", "plan.idea"))


def take_more(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """No closes the section; anything else is the next line."""
    if choice == "plan.no":
        return close(scene, current(scene))
    return take(scene, text)


def over_prompt(scene: Scene, _: Exchange) -> Message:
    """More than the guide amount is allowed. Why is it needed?"""
    return question(scene, sums(scene), scene.say("plan.over_ask"), options=option_list(scene, "plan.later"))


def take_over(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """ "We think we need more because …", in the family's words (seed 001)."""
    if choice is None:
        scene = scene.with_plan(replace(scene.plan, over_reason=text.strip()))
    return scene.asking(Exchange("more")).turn(say(scene, "plan.saved"), changed=True)


def revisit(scene: Scene, choice: str) -> PlanTurn:
    """Add a line, change one, or leave them."""
    code = current(scene)
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
