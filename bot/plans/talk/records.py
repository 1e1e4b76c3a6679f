"""Sections made of several alike things: goals, free help, risks, choices, what-ifs, actions, disagreements."""

from __future__ import annotations

import re
from datetime import date

from bot.content.plan_models import PlanField, PlanSection
from bot.interview.messages import Message, Option
from bot.plans.dates import read_when
from bot.plans.model import Exchange, Record
from bot.plans.talk.keeping import add_record, lay_aside, lay_value_aside, record_of, set_values
from bot.plans.talk.order import current
from bot.plans.talk.own_words import close, field_of, pick_field
from bot.plans.talk.prompts import member_name, question, record_text, say, short, yes_no
from bot.plans.talk.redating import redated
from bot.plans.talk.scene import CHOICE, Scene, field_options, option_list
from bot.plans.talk.turn import PlanTurn

GOAL = "goal"
"""A record's field of this name points at a goal; its options are the goals of this plan."""
TURNED_ROUND = ("P08", "P10")
"""Sections in which service words are turned round."""
VIEWS = "P18"


def prompt(scene: Scene, section: PlanSection) -> Message:
    """The section's question; with what stands there when the speaker comes back to it."""
    mine = _mine(scene, section.id)
    if mine and scene.place.cursor == section.id:
        return _stands(scene, mine)
    return question(
        scene,
        scene.of(section.again if scene.place.tries else section.ask),
        options=option_list(scene, "plan.idea", "plan.skip", "plan.left"),
    )


def _stands(scene: Scene, records: tuple[Record, ...]) -> Message:
    add, fine = option_list(scene, "plan.add", "plan.fine")
    changes = tuple(
        Option(f"{CHOICE}redo.{record.id}", scene.say("plan.change_one", words=short(record_text(record))), number)
        for number, record in enumerate(records, 3)
    )
    stands = "\n".join(f"– “{record_text(record)}”" for record in records)
    return question(
        scene, scene.say("plan.stands"), stands, scene.say("plan.stands_ask"), options=(add, fine, *changes)
    )


def take(scene: Scene, text: str) -> PlanTurn:
    """One or several things, in own words. A list with numbers, dashes or lines of its own is taken apart; nothing else is."""
    code = current(scene)
    if (changed := _redated(scene, code, text)) is not None:
        return changed
    parts = listed(text) or [text.strip()]
    ids = []
    for part in parts:
        scene, record = add_record(scene, code, guessed(scene.section(code), part))
        ids.append(record.id)
    first, *waiting = ids
    return _turned_or_fields(scene, code, first, tuple(waiting))


def _redated(scene: Scene, code: str, text: str) -> PlanTurn | None:
    """ "By June", of a goal or an action that stands already; None where the words are something new."""
    field = next((field for field in fields_of(scene, code) if field.kind == "when"), None)
    if field is None or (new := redated(_mine(scene, code), text, scene.today)) is None:
        return None
    values = {field.id: new.words, f"{field.id}_date": date.isoformat(new.day)}
    scene = set_values(scene, code, new.record, values)
    told = _read_back(scene, code, record_of(scene, code, new.record))
    return scene.asking(Exchange("another")).turn(told, changed=True)


def listed(text: str) -> list[str]:
    """The items of a written list; empty where the text is not one.

    >>> listed("1. swim\\n2. see friends")
    ['swim', 'see friends']
    >>> listed("he wants to swim and see friends")
    []
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [re.sub(r"^(?:\d{1,2}[.):]|[-*•–])\s*", "", line) for line in lines]
    return marked if len(lines) > 1 and all(a != b for a, b in zip(lines, marked, strict=True)) else []


def guessed(section: PlanSection, text: str) -> dict[str, str]:
    """The main words, and choices that the words suggest; a suggestion is read back with the record."""
    values = {"main": text}
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    for field in section.record.fields if section.record else ():
        found = [choice for choice, words in field.guess.items() if any(f" {word} " in plain for word in words)]
        if len(found) == 1:
            values[field.id] = found[0]
    return values


def _turned_or_fields(scene: Scene, code: str, record_id: int, waiting: tuple[int, ...]) -> PlanTurn:
    """Service words are turned round before anything else is asked of a record."""
    if code in TURNED_ROUND and (words := service_words(scene, record_of(scene, code, record_id).get("main"))):
        return scene.asking(Exchange("turned", words, record_id, waiting)).turn(changed=True)
    return _next(scene, code, record_id, waiting)


def service_words(scene: Scene, text: str) -> str:
    """The id of the service words that a wish is made of; empty when it says what it is for."""
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "
    if any(f" {reason} " in plain for reason in ("so", "because", "cos", "to be able to", "means", "would let")):
        return ""
    for turn in scene.script.service_words:
        if any(f" {phrase} " in plain for phrase in turn.words):
            return turn.id
    return ""


def turned_prompt(scene: Scene, exchange: Exchange) -> Message:
    """What would it make possible?"""
    turn = next(turn for turn in scene.script.service_words if turn.id == exchange.name)
    return question(scene, scene.of(turn.ask), options=option_list(scene, "plan.keep_as_is"))


def take_turned(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Both are kept: the wish as it was said, and what it makes possible."""
    code, target = current(scene), _target(exchange)
    if choice is None:
        wish = record_of(scene, code, target).get("main")
        scene = set_values(scene, code, target, {**guessed(scene.section(code), text), "wish": wish})
    return _next(scene, code, target, exchange.waiting)


def _next(scene: Scene, code: str, record_id: int, waiting: tuple[int, ...], *before: Message) -> PlanTurn:
    """The next open field of this record, else the next record, else whether there is another."""
    record = record_of(scene, code, record_id)
    scene, field = pick_field(scene, f"{code}/{record_id}", fields_of(scene, code), record.values)
    if field is not None:
        asked = scene.asking(Exchange("field", field.id, record_id, waiting))
        return asked.turn(*before, changed=True)
    if waiting:
        return _turned_or_fields(scene, code, waiting[0], waiting[1:])
    return scene.asking(Exchange("another")).turn(*before, _read_back(scene, code, record), changed=True)


def fields_of(scene: Scene, code: str) -> tuple[PlanField, ...]:
    """What can be asked about a record: which goal it serves only where there are goals."""
    shape = scene.section(code).record
    fields = shape.fields if shape else ()
    has_goals = bool(scene.plan.goals())
    return tuple(field for field in fields if field.id != GOAL or has_goals)


def _read_back(scene: Scene, code: str, record: Record) -> Message:
    """What was put down, under which heading, and nothing that was not said."""
    shape = scene.section(code).record
    lines = [f"“{record_text(record)}”"]
    if record.get("wish"):
        lines.append(scene.say("plan.wish_kept", words=record.get("wish")))
    for field in shape.fields if shape else ():
        if value := record.get(field.id):
            lines.append(f"{field.label}: {value_text(scene, field, value)}")
    return Message("say", scene.say("plan.put_down") + "\n" + "\n".join(lines))


def value_text(scene: Scene, field: PlanField, value: str) -> str:
    """A stored value as it is read: the label of a picked option, a goal's words, or the words themselves."""
    if field.id == GOAL:
        return next((record_text(goal) for goal in scene.plan.goals() if str(goal.id) == value), value)
    return next((scene.of(choice.label) for choice in field.options if choice.id == value), value)


def field_prompt(scene: Scene, exchange: Exchange) -> Message:
    """One thing about a record. Where there are several records, which one is said."""
    code = current(scene)
    field = field_of(scene.section(code), exchange.name)
    record = record_of(scene, code, _target(exchange))
    options = goal_options(scene) if field.id == GOAL else field_options(scene, field)
    which = scene.say("plan.about_this", words=short(record_text(record))) if len(_mine(scene, code)) > 1 else ""
    return question(scene, which, scene.of(field.ask), options=options)


def goal_options(scene: Scene) -> tuple[Option, ...]:
    """The goals of this plan, to be picked."""
    return tuple(
        Option(f"{CHOICE}pick.{goal.id}", short(record_text(goal)), number)
        for number, goal in enumerate(scene.plan.goals(), 1)
    )


def take_field(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """An answer about a record. A date that cannot be is asked about once more; then the words stand as they are."""
    code, target = current(scene), _target(exchange)
    field = field_of(scene.section(code), exchange.name)
    if exchange.words == "asked":
        scene = lay_value_aside(scene, code, target, field.id)
    if choice is not None:
        values = {field.id: choice.removeprefix(f"{CHOICE}pick.")}
        return _next(set_values(scene, code, target, values), code, target, exchange.waiting)
    values = {field.id: text.strip()}
    if field.kind == "when":
        when = read_when(text, scene.today)
        if when.problem and exchange.words != "asked":
            again = Exchange("field", field.id, target, exchange.waiting, "asked")
            kept = set_values(scene, code, target, values).asking(again)
            return kept.turn(say(scene, f"plan.when_{when.problem}", words=text.strip()), changed=True)
        if when.date is not None:
            values[f"{field.id}_date"] = date.isoformat(when.date)
    return _next(set_values(scene, code, target, values), code, target, exchange.waiting)


def pass_field(scene: Scene, exchange: Exchange) -> PlanTurn:
    """One thing about a record left open."""
    return _next(scene.asking(None), current(scene), _target(exchange), exchange.waiting)


def another_prompt(scene: Scene, _: Exchange) -> Message:
    """Whether there is one more."""
    shape = scene.section(current(scene)).record
    text = scene.of(shape.another) if shape else scene.say("plan.another")
    return question(scene, text, options=yes_no(scene))


def take_another(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """No closes the section; yes asks again; anything else is the next one itself."""
    code = current(scene)
    if choice == "plan.no":
        return close(scene, code)
    if choice == "plan.yes":
        return scene.asking(Exchange("main")).turn()
    return take(scene, text)


def main_prompt(scene: Scene, _: Exchange) -> Message:
    """The section's question once more, whatever stands there."""
    section = scene.section(current(scene))
    return question(scene, scene.of(section.again), options=option_list(scene, "plan.fine"))


def revisit(scene: Scene, choice: str) -> PlanTurn:
    """Add one, change one, or leave them as they are."""
    code = current(scene)
    if choice == "plan.fine":
        return scene.progress(code, "done").at(cursor=None, exchange=None).turn(say(scene, "plan.kept"))
    if choice.startswith(f"{CHOICE}redo."):
        changed = lay_aside(scene, code, record_id=int(choice.rsplit(".", 1)[1]))
        return changed.asking(Exchange("main")).turn(say(changed, "plan.laid_aside"), changed=True)
    return scene.asking(Exchange("main")).turn()


def views_prompt(scene: Scene, section: PlanSection) -> Message:
    """P18: where somebody else sees something in their way, the speaker is asked for theirs first."""
    topic = open_view(scene)
    if topic is None:
        return prompt(scene, section)
    theirs = [
        f"{member_name(scene, member.id)}: “{topic.get(f'view_{member.id}')}”"
        for member in scene.plan.members
        if topic.get(f"view_{member.id}") and not scene.me.apart
    ]
    return question(scene, scene.say("plan.view_ask", words=record_text(topic)), "\n".join(theirs))


def open_view(scene: Scene) -> Record | None:
    """A disagreement that somebody else put down and the speaker has not spoken to yet."""
    for record in scene.said(VIEWS).records:
        if record.by != scene.speaker and not record.get(f"view_{scene.speaker}"):
            return record
    return None


def take_view(scene: Scene, topic: Record, text: str) -> PlanTurn:
    """The speaker's own view, beside the others'."""
    kept = set_values(scene, VIEWS, topic.id, {f"view_{scene.speaker}": text.strip()})
    # the next open view, else whether there is something else; the section's own question was answered by this
    after = Exchange("another") if open_view(kept) is None else None
    return kept.asking(after).turn(say(kept, "plan.view_kept"), changed=True)


def _mine(scene: Scene, code: str) -> tuple[Record, ...]:
    return tuple(record for record in scene.said(code).records if record.by == scene.speaker)


def _target(exchange: Exchange) -> int:
    if exchange.target is None:
        raise ValueError(f"an exchange about a record needs its number: {exchange}")
    return exchange.target
