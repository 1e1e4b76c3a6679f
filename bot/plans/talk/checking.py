"""P19: the whole plan with Change on every section, what a worker may ask about, who may see it, and sending it.

Nothing here blocks sending: the readiness notes give reasons, and the family decides (domain notes 4).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.interview.messages import Message, Option
from bot.plans.model import Exchange, Sharing
from bot.plans.readiness import readiness
from bot.plans.talk import pages
from bot.plans.talk.line_text import line_text, sums
from bot.plans.talk.order import CHECK, START, is_filled, left
from bot.plans.talk.own_words import field_of
from bot.plans.talk.prompts import member_name, question, quoted, record_text, say
from bot.plans.talk.records import value_text
from bot.plans.talk.scene import CHOICE, Scene, option_list
from bot.plans.talk.steering_words import fold
from bot.plans.talk.turn import PlanTurn

READS_ANYWAY = "team"
"""The team reads every plan that is sent to it, so that it is not asked about."""
NOTES = 6
"""Readiness notes that are read out at once; the check page shows all of them."""


def prompt(scene: Scene) -> Message:
    """The plan so far, what a worker may ask about, and what to do with it."""
    plan = scene.plan
    if plan.sent and not plan.changed_since_sent:
        return _sent(scene)
    rows = summary_rows(scene)
    parts = [scene.of(scene.section(CHECK).ask), rows_text(rows)]
    if scene.plan.lines:
        parts.append(sums(scene))
    parts.append(notes_text(scene))
    if plan.sent:
        parts.append(scene.say("plan.changed_since"))
    send = "plan.send_again" if plan.sent else "plan.send"
    more = ("plan.go_on",) if any(scene.place.progress.get(one.id) == "later" for one in left(scene)) else ()
    options = option_list(scene, send, "plan.change", *more, "plan.pause")
    return replace(question(scene, *parts, options=options, kind="summary"), rows=rows)


def _sent(scene: Scene) -> Message:
    last = scene.plan.sent[-1]
    said = scene.say("plan.sent_standing", date=f"{last.at.day} {last.at:%B %Y}", reference=scene.reference)
    return question(
        scene,
        said,
        options=option_list(scene, "plan.change", "plan.new_year", "plan.amount"),
        kind="result",
        code=CHECK,
    )


def summary_rows(scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """Section code, title and what stands there, for every section; empty ones say so."""
    rows = []
    for section in scene.script.sections:
        if section.id == CHECK or (section.id == START and not is_filled(scene.plan, START)):
            continue
        text = section_text(scene, section.id) or scene.say("plan.blank")
        rows.append((section.id, section.title, text))
    return tuple(rows)


def rows_text(rows: tuple[tuple[str, str, str], ...]) -> str:
    """The rows for channels that have no table."""
    return "\n".join(f"{title}: {text}" for _, title, text in rows)


def section_text(scene: Scene, code: str) -> str:
    """What stands in a section, by everybody, word for word."""
    said = scene.said(code)
    section = scene.section(code)
    if section.kind == "lines":
        return "\n".join(line_text(scene, line) for line in scene.plan.lines)
    parts = []
    for entry in said.entries:
        if entry.field in ("main", "way"):
            parts.append(_way(scene, entry.text) if entry.field == "way" else quoted(scene, entry))
        else:
            field = field_of(section, entry.field)
            shown = value_text(scene, field, entry.text)
            parts.append(f"{field.label}: {shown if shown != entry.text else quoted(scene, entry)}")
    for record in said.records:
        parts.append(f"“{record_text(record)}”")
        parts += [
            f"{field.label}: {value_text(scene, field, record.get(field.id))}"
            for field in (section.record.fields if section.record else ())
            if record.get(field.id)
        ]
        parts += [
            f"{member_name(scene, member.id)}: “{record.get(f'view_{member.id}')}”"
            for member in scene.plan.members
            if record.get(f"view_{member.id}")
        ]
    return "\n".join(parts)


def _way(scene: Scene, way_id: str) -> str:
    return next((way.title for way in scene.script.money_ways if way.id == way_id), way_id)


def notes(scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """What a worker may ask about: section, status and the reason, the open ones first."""
    plan = scene.plan
    checks = readiness(plan, scene.script, scene.rules, scene.sums, scene.today, scene.asked)
    told = [(check.section, check.status, scene.say(check.key, **dict(check.values))) for check in checks]
    return tuple(sorted(told, key=lambda note: note[1] == "ok"))


def notes_text(scene: Scene) -> str:
    """The open notes, at most a few at once, and that none of them stops the plan."""
    open_notes = [text for _, status, text in notes(scene) if status != "ok"]
    if not open_notes:
        return scene.say("ready.all_ok")
    more = len(open_notes) - NOTES
    listed = [f"– {text}" for text in open_notes[:NOTES]]
    if more > 0:
        listed.append(scene.say("plan.more_notes", count=more))
    return scene.say("ready.intro") + "\n" + "\n".join(listed)


def read_back(scene: Scene) -> tuple[Message, ...]:
    """The plan as it stands, read out in the middle of making it."""
    shown = _own(scene) if scene.me.apart else scene
    rows = tuple(row for row in summary_rows(shown) if section_text(shown, row[0]))
    if not rows:
        return (say(scene, "plan.nothing_yet"),)
    return (Message("say", rows_text(rows)),)


def _own(scene: Scene) -> Scene:
    """Only what the speaker said, for who answers apart: the others' words are shown at the check."""
    sections = {
        code: replace(
            said,
            entries=tuple(entry for entry in said.entries if entry.by == scene.speaker),
            records=tuple(record for record in said.records if record.by == scene.speaker),
        )
        for code, said in scene.plan.sections.items()
    }
    lines = tuple(line for line in scene.plan.lines if line.by == scene.speaker)
    return scene.with_plan(replace(scene.plan, sections=sections, lines=lines))


def take(scene: Scene, text: str, choice: str | None) -> PlanTurn:
    """Send, change a part, or stop for now. Words name a part, or they are kept as a note for the team."""
    if choice in ("plan.send", "plan.send_again"):
        return scene.asking(Exchange("share")).turn()
    if choice == "plan.new_year":
        return scene.asking(Exchange("new_year")).turn()
    if choice == "plan.change":
        return scene.asking(Exchange("which")).turn()
    if choice == "plan.go_on":
        return pages.open_again(scene).turn()
    if choice == "plan.pause":
        return scene.turn(effects=("pause",))
    if choice == "plan.amount":
        return scene.turn(say(scene, "plan.left_for_now"), effects=("leave",))
    return scene.asking(Exchange("which")).turn(say(scene, "plan.which_unclear"))


def share_prompt(scene: Scene, _: Exchange) -> Message:
    """Who may see it, beside the team that reads it?"""
    chosen = scene.plan.sharing.who
    open_choices = [choice for choice in scene.script.sharing if choice.id not in (*chosen, READS_ANYWAY)]
    options = tuple(
        Option(f"{CHOICE}share.{choice.id}", scene.of(choice.label), number)
        for number, choice in enumerate(open_choices, 1)
    )
    done = Option("plan.share_done", scene.say("option.plan.share_done"), len(options) + 1)
    so_far = [scene.of(choice.label) for choice in scene.script.sharing if choice.id in chosen]
    told = scene.say("plan.share_so_far") + "\n" + "\n".join(f"– {label}" for label in so_far) if so_far else ""
    return question(scene, scene.say("plan.share_ask"), told, options=(*options, done))


_NOBODY_ELSE = re.compile(
    r"(?:no |nobody |no one |just |only |its |thats )*(?:the |that |them |these |those )*"
    r"(?:team|council|them|these|those|else|everyone|everybody|all|it|no|nobody|none|no one|more)"
)
"""The team reads it anyway: whoever names it, or nobody, is through."""


def take_share(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """One at a time, until that is everyone."""
    if choice == "plan.share_done" or (choice is None and _NOBODY_ELSE.fullmatch(fold(text))):
        return scene.asking(Exchange("consent")).turn()
    if choice is None:
        return scene.turn(say(scene, "plan.share_unclear"))
    who = (*scene.plan.sharing.who, choice.removeprefix(f"{CHOICE}share."))
    return scene.with_plan(replace(scene.plan, sharing=Sharing(who, scene.plan.sharing.consent))).turn()


def consent_prompt(scene: Scene, _: Exchange) -> Message:
    """The yes to sending: what is sent, to whom, and what happens then."""
    return question(scene, scene.say("plan.consent_ask"), options=option_list(scene, "plan.send_yes", "plan.send_no"))


def take_consent(scene: Scene, exchange: Exchange, text: str, choice: str | None) -> PlanTurn:
    """Only a clear yes sends it."""
    if choice == "plan.send_yes":
        agreed = scene.with_plan(replace(scene.plan, sharing=replace(scene.plan.sharing, consent=True)))
        return pages.later(agreed).at(cursor=None, exchange=None, tries=0).turn(effects=("send",))
    if choice == "plan.send_no":
        return scene.asking(None).turn(say(scene, "plan.not_sent"))
    return scene.turn(say(scene, "plan.consent_unclear"))


PROMPTS: dict[str, Callable[[Scene, Exchange], Message]] = {"share": share_prompt, "consent": consent_prompt}
TAKES: dict[str, Callable[[Scene, Exchange, str, str | None], PlanTurn]] = {
    "share": take_share,
    "consent": take_consent,
}
