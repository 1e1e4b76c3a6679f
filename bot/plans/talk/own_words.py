"""Sections in people's own words: the prompt, at most two follow-ups, and what stands there when they come back."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.content.plan_models import PlanField, PlanSection
from bot.interview.messages import Message
from bot.plans.dates import read_when
from bot.plans.model import Exchange
from bot.plans.talk.keeping import add_entry, lay_answer_aside, lay_aside
from bot.plans.talk.order import current
from bot.plans.talk.prompts import entry_text, question, say, short
from bot.plans.talk.scene import CHOICE, Scene, field_options, option_list
from bot.plans.talk.turn import PlanTurn

FIRST_REVIEW = "first_review"
"""Asked in P17, unless the answer to its prompt says a day already."""
YEARLY = "yearly"
"""How often after that; asked unless it was said ("in March, and then each spring")."""
_EVERY = re.compile(r"\b(?:every|each|once a|twice a|yearly|termly|annual(?:ly)?|a year)\b", re.IGNORECASE)
MOST_FOLLOW_UPS = 2
"""Domain notes 4: at most two follow-ups in a section."""


def prompt(scene: Scene, section: PlanSection) -> Message:
    """The section's own question; where the speaker has said something there already, what stands."""
    mine = [entry for entry in scene.said(section.id).entries if entry.by == scene.speaker]
    if mine and scene.place.cursor == section.id:
        stands = "\n".join(entry_text(scene, section.id, entry) for entry in mine)
        options = option_list(scene, "plan.add", "plan.again", "plan.fine")
        return question(scene, scene.say("plan.stands"), stands, scene.say("plan.stands_ask"), options=options)
    others = [entry for entry in scene.said(section.id).entries if entry.by != scene.speaker]
    theirs = "" if scene.me.apart else "\n".join(entry_text(scene, section.id, entry) for entry in others)
    return question(
        scene,
        scene.say("plan.others_said") + "\n" + theirs if theirs else "",
        scene.of(section.again if scene.place.tries else section.ask),
        options=option_list(scene, "plan.idea", "plan.skip", "plan.left"),
    )


def follow_up(scene: Scene, exchange: Exchange) -> Message:
    """One question after the section's own."""
    field = field_of(scene.section(current(scene)), exchange.name)
    return question(scene, _standing(scene), scene.of(field.ask), options=(*field_options(scene, field),))


def _standing(scene: Scene) -> str:
    """What the question is about, where the speaker comes to it from elsewhere."""
    if scene.place.exchange is not None:
        return ""
    mine = [entry for entry in scene.said(current(scene)).entries if entry.by == scene.speaker]
    return scene.say("plan.about_this", words=short(mine[0].text)) if mine else ""


def field_of(section: PlanSection, name: str) -> PlanField:
    """A follow-up or a record's field by its id. Raises KeyError."""
    fields = (*section.follow_ups, *(section.record.fields if section.record else ()))
    for field in fields:
        if field.id == name:
            return field
    raise KeyError(f"{section.id}.{name}")


def take(scene: Scene, text: str) -> PlanTurn:
    """An answer to the section's own prompt, kept word for word."""
    code = current(scene)
    return go_on(add_entry(scene, code, "main", text), code)


def take_follow_up(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """An answer to a follow-up: a picked option's id, or own words.

    A date that cannot be is kept and asked about once more; what is said then stands in its place.
    """
    code = current(scene)
    field = field_of(scene.section(code), exchange.name)
    if exchange.words == "asked":
        scene = lay_answer_aside(scene, code, field.id)
    if (
        choice is None
        and field.kind == "when"
        and exchange.words != "asked"
        and (problem := read_when(text, scene.today).problem)
    ):
        kept = add_entry(scene, code, field.id, text, child_said=field.child_says)
        again = kept.asking(Exchange("field", field.id, words="asked"))
        return again.turn(say(scene, f"plan.when_{problem}", words=text.strip()), changed=True)
    value = choice.removeprefix(f"{CHOICE}pick.") if choice else text
    return go_on(add_entry(scene, code, field.id, value, child_said=field.child_says), code)


def go_on(scene: Scene, code: str, *before: Message, saved: bool = True) -> PlanTurn:
    """The next follow-up, or the next section. ``saved`` False: nothing was said, so that nothing is called saved."""
    scene, field = next_field(scene, code)
    if field is not None:
        return scene.asking(Exchange("field", field.id)).turn(*before, changed=saved)
    if saved and not before:
        # once for the section: said after every answer, it is soon in the way
        before = (say(scene, "plan.saved"),)
    return _closed(scene, code).turn(*before, changed=saved)


def next_field(scene: Scene, code: str) -> tuple[Scene, PlanField | None]:
    """The next follow-up that was not asked and not answered yet; it then counts as asked."""
    mine = [entry for entry in scene.said(code).entries if entry.by == scene.speaker]
    said = {entry.field for entry in mine}
    fields = scene.section(code).follow_ups
    if any(field.id == FIRST_REVIEW for field in fields) and any(
        read_when(entry.text, scene.today).date for entry in mine
    ):
        # the first day is known, so what comes after it is asked in its place
        said.add(FIRST_REVIEW)
        fields = tuple(sorted(fields, key=lambda field: field.id != YEARLY))
    if any(_EVERY.search(entry.text) for entry in mine):
        said.add(YEARLY)
    return pick_field(scene, code, fields, said)


def pick_field(
    scene: Scene, key: str, fields: tuple[PlanField, ...], known: Collection[str]
) -> tuple[Scene, PlanField | None]:
    """The first of ``fields`` that is neither known nor asked; None after two were asked under this key."""
    asked = scene.place.asked.get(key, ())
    fresh = [field for field in fields if field.id not in known and field.id not in asked]
    if len(asked) >= MOST_FOLLOW_UPS or not fresh:
        return scene, None
    return scene.at(asked={**scene.place.asked, key: (*asked, fresh[0].id)}), fresh[0]


def close(scene: Scene, code: str, *before: Message) -> PlanTurn:
    """The section is done for now; the path leads on."""
    return _closed(scene, code).turn(*before, changed=True)


def _closed(scene: Scene, code: str) -> Scene:
    return scene.progress(code, "done").at(cursor=None, exchange=None, tries=0)


def revisit(scene: Scene, choice: str) -> PlanTurn:
    """What to do with words that stand already: add to them, say them again, or leave them as they are."""
    code = current(scene)
    if choice == "plan.fine":
        return scene.progress(code, "done").at(cursor=None, exchange=None).turn(say(scene, "plan.kept"))
    if choice == "plan.again":
        return lay_aside(scene, code).asking(Exchange("main")).turn(say(scene, "plan.laid_aside"), changed=True)
    return scene.asking(Exchange("main")).turn()
