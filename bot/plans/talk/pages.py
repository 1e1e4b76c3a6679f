"""When one message is more than an answer: a pasted page, words that belong elsewhere, and choosing a section from a list."""

from __future__ import annotations

from bot.interview.messages import Message, Option
from bot.plans.model import Exchange
from bot.plans.talk import filing, records
from bot.plans.talk.keeping import add_entry, add_record
from bot.plans.talk.line_entry import add_from
from bot.plans.talk.order import CHECK, START, codes, current, is_closed, is_filled
from bot.plans.talk.own_words import next_field
from bot.plans.talk.prompts import question, say, short
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.turn import PlanTurn

OPEN = ("main", "another", "more")
"""Exchanges in which anything may be said next, and not one thing is asked for."""


def file_page(scene: Scene, text: str) -> PlanTurn:
    """Every part of a page goes under its section; then it is read back. Not a word of it is left out or changed."""
    here = current(scene)
    fileable = tuple(section for section in scene.script.sections if section.kind not in ("start", "check"))
    found = filing.parts(text, fileable, here, scene.about.name or "")
    rows = []
    for part in found:
        scene = _put(scene, part)
        rows.append((part.code, part.text))
    read_back = "\n".join(f"{scene.section(code).title}: “{words}”" for code, words in rows)
    said = Message("say", scene.say("plan.filed") + "\n" + read_back)
    return scene.asking(Exchange("filed")).turn(said, changed=True)


def _put(scene: Scene, part: filing.Part) -> Scene:
    section = scene.section(part.code)
    if section.kind == "records":
        for item in records.listed(part.text) or [part.text]:
            scene, _ = add_record(scene, part.code, records.guessed(section, item))
        return scene.progress(part.code, "started")
    scene = add_entry(scene, part.code, "main", part.text, filed=True)
    if section.kind in ("help", "lines"):
        scene, _ = add_from(scene, part.text, only_priced=True)
        return scene.progress(part.code, "started")
    return scene.progress(part.code, "started" if section.follow_ups else "done")


def filed_prompt(scene: Scene, _: Exchange) -> Message:
    """Is it in the right places?"""
    return question(scene, scene.say("plan.filed_ask"), options=option_list(scene, "plan.right", "plan.move"))


def take_filed(scene: Scene, _: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Right: go on with what is still open. Not right: choose the section to put straight."""
    if choice == "plan.move":
        return scene.asking(Exchange("which")).turn()
    return settled(scene).turn(say(scene, "plan.filed_right"))


def settled(scene: Scene) -> Scene:
    """The page stays where it was put; the first open section comes next."""
    return scene.at(cursor=None, exchange=None, tries=0)


def ask_to_move(scene: Scene, text: str, code: str) -> PlanTurn:
    """Words that seem to belong to another section: they are kept in the question until the person says where."""
    before = scene.place.exchange.kind if scene.place.exchange else ""
    back_to = OPEN.index(before) if before in OPEN else None
    return scene.asking(Exchange("move", code, back_to, words=text)).turn()


def move_prompt(scene: Scene, exchange: Exchange) -> Message:
    """Here, or there?"""
    there, here = scene.section(exchange.name), scene.section(current(scene))
    options = (
        Option(f"{CHOICE}there", scene.say("plan.put_there", title=there.title), 1),
        Option(f"{CHOICE}here", scene.say("plan.put_here", title=here.title), 2),
    )
    words = short(exchange.words, 200)
    return question(scene, scene.say("plan.move_ask", words=words, title=there.title), options=options)


def take_move(scene: Scene, exchange: Exchange, choice: str | None) -> tuple[Scene, str | None, Message | None]:
    """The scene afterwards; the words still to be taken here, or None when they were put there; what to say."""
    if choice == f"{CHOICE}there":
        # back to the question that was open, so that nothing is asked twice
        before = Exchange(OPEN[exchange.target]) if exchange.target is not None else None
        filed = _put(scene, filing.Part(exchange.name, exchange.words)).asking(before)
        return filed, None, say(filed, "plan.moved", title=filed.section(exchange.name).title)
    return scene.asking(None), exchange.words, None


def which_prompt(scene: Scene, _: Exchange) -> Message:
    """The list of sections, with what stands in each."""
    sections = [section for section in scene.script.sections if section.id != START]
    options = tuple(
        Option(
            f"{CHOICE}go.{section.id}",
            section.title,
            number,
            hint=scene.say("plan.filled") if is_filled(scene.plan, section.id) else "",
        )
        for number, section in enumerate(sections, 1)
    )
    return question(scene, scene.say("plan.which"), options=options)


def go_to(scene: Scene, code: str) -> PlanTurn:
    """Any section, at any time; nothing that was said anywhere changes by it."""
    scene = _left_behind(scene)
    if code != CHECK:
        return scene.at(cursor=code, exchange=None, tries=0).turn()
    return later(scene).at(cursor=None, exchange=None, tries=0).turn()


def _left_behind(scene: Scene) -> Scene:
    """A section that the speaker leaves with something in it, and nothing more to ask about it, is done."""
    code = current(scene)
    section, said = scene.section(code), scene.said(code)
    speakers = {entry.by for entry in said.entries} | {record.by for record in said.records}
    mine = scene.speaker in speakers
    if section.kind not in ("start", "words", "records", "help") or is_closed(scene, code) or not mine:
        return scene
    if section.kind in ("start", "words") and next_field(scene, code)[1] is not None:
        return scene.progress(code, "started")
    return scene.progress(code, "done")


def later(scene: Scene) -> Scene:
    """Who goes to the check leaves what is open for later, so that a part changed there leads back to the check."""
    open_ones = {code: "later" for code in codes(scene) if code != CHECK and not is_closed(scene, code)}
    return scene.at(progress={**scene.place.progress, **open_ones})


def open_again(scene: Scene) -> Scene:
    """Back to the parts that were left for later and in which nothing stands."""
    progress = {
        code: value
        for code, value in scene.place.progress.items()
        if value != "later" or is_filled(scene.plan, code) or code == START
    }
    return scene.at(progress=progress, cursor=None, exchange=None, tries=0)
