"""Building blocks of prompts: headings such as "Who I am · 2 of 19", quotes, and messages of the plan talk."""

from __future__ import annotations

from bot.interview.messages import Message, MessageKind, Option
from bot.plans.model import Entry, Record
from bot.plans.talk.order import current, position
from bot.plans.talk.scene import Scene, option_list

SHORT = 60
"""Characters of somebody's words that are repeated in a list or an option."""


def heading(scene: Scene) -> str:
    """The section's title and how far the speaker is."""
    place, total = position(scene)
    title = scene.section(current(scene)).title
    return scene.say("plan.heading", title=title, position=place, total=total) if place else title


def question(
    scene: Scene, *parts: str, options: tuple[Option, ...] = (), kind: MessageKind = "question", code: str | None = None
) -> Message:
    """A prompt of the current section."""
    return Message(
        kind,
        "\n\n".join(part for part in parts if part),
        options=options,
        question_id=code or current(scene),
        heading=heading(scene),
    )


def say(scene: Scene, key: str, **values: object) -> Message:
    """A plain sentence."""
    return Message("say", scene.say(key, **values))


def error(scene: Scene, key: str, **values: object) -> Message:
    """Something that could not be used, and what to do; what was typed is kept in the conversation."""
    return Message("error", scene.say(key, **values))


def short(text: str, most: int = SHORT) -> str:
    """The beginning of somebody's words, for a list.

    >>> short("a b c"), short("swimming every single week", 12)
    ('a b c', 'swimming …')
    """
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    cut = plain[: most - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"


def quoted(scene: Scene, entry: Entry) -> str:
    """An entry as it is read back: always in quotes, with who said it where that is not the reader."""
    words = f"“{entry.text}”"
    if entry.child_said and not (entry.by == scene.speaker and scene.me.role == "young_person"):
        return f"{words} ({scene.say('plan.said_child')})"
    return words if entry.by == scene.speaker else f"{words} ({member_name(scene, entry.by)})"


def entry_text(scene: Scene, code: str, entry: Entry) -> str:
    """An entry of a section as it is read back: a picked option by its label, own words in quotes."""
    field = next((field for field in scene.section(code).follow_ups if field.id == entry.field), None)
    labels = {choice.id: scene.of(choice.label) for choice in field.options} if field is not None else {}
    return labels.get(entry.text) or quoted(scene, entry)


def member_name(scene: Scene, member_id: str) -> str:
    """What somebody is called in the plan."""
    member = scene.plan.member(member_id)
    if member.name:
        return member.name
    if member.role == "young_person":
        return scene.about.name or scene.say("plan.role.young_person")
    role = scene.say(f"plan.role.{member.role}")
    same = member.id != scene.speaker and member.role == scene.me.role
    return scene.say("plan.role.another", words=role) if same else role


def record_text(record: Record) -> str:
    """What a record is about, in its speaker's words."""
    return record.get("main") or next(iter(record.values.values()), "")


def yes_no(scene: Scene) -> tuple[Option, ...]:
    """Yes and no."""
    return option_list(scene, "plan.yes", "plan.no")
