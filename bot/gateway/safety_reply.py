"""What the screen sets going in a conversation: fixed texts, a stop, an event for a person, and the way back in."""

from __future__ import annotations

import re
from datetime import datetime
from typing import cast

from bot.content.loader import Content
from bot.gateway.records import Received
from bot.gateway.standing import Standing
from bot.interview import Interview, Message, Option, current_step
from bot.safety.levels import Speaker
from bot.safety.screening import Channel, Screening, screen
from bot.store import safety
from bot.store.conversations import Conversation
from bot.store.database import Transaction

CARRY_ON = "safety.carry_on"
PERSON = "safety.person"

WAYS_ON = (
    Option(CARRY_ON, "Carry on with the questions", 1),
    Option(PERSON, "I'd like a person", 2),
)

_CARRY_ON = re.compile(
    r"\b(carry(ing)? on|continue|keep going|go on|(we|i)('?re|'?m| are| am) (all )?(safe|ok|okay|fine))\b"
)
_NOT = re.compile(r"\b(not|no|never|cannot|(ca|wo|do|is|are|could|was|did)n'?t|stop|nobody)\b")
_MOST_WORDS = 8


def screened(content: Content, conversation: Conversation, at: Standing, said: Received) -> Screening:
    """Screen a person's words, with what is known of who writes and what was asked."""
    interview = at.interview
    step = current_step(content.questionnaire(interview.questionnaire, interview.version), interview)
    # A terminal reads like a page; the screen knows only that speech has no sentences.
    channel = "web" if conversation.channel == "terminal" else conversation.channel
    return screen(
        said.text or "",
        who=speaker(interview),
        question=step,
        previous=at.safety,
        channel=cast(Channel, channel),
    )


def speaker(interview: Interview) -> Speaker | None:
    """Whether a child or an adult is answering; None before they have said."""
    who = interview.about.who
    return None if who is None else "child" if who == "young_person" else "adult"


def record(tx: Transaction, conversation: Conversation, message_id: str, screening: Screening, at: datetime) -> None:
    """Keep the event and its alert, in the transaction of the message itself."""
    if screening.rule_id is None:
        return
    safety.record(
        tx,
        draft_id=conversation.draft_id,
        message_id=message_id,
        level=screening.level,
        rule_id=screening.rule_id,
        text_id=screening.text_id or "",
        alert="none" if screening.alert == "none" else "waiting",
        at=at,
    )


def safety_message(content: Content, interview: Interview, screening: Screening) -> Message | None:
    """The fixed text for what was said, word for word as the council approved it; None when there is none."""
    texts = [id for id in (screening.text_id, screening.then_text_id) if id is not None]
    if not texts:
        return None
    if "RED_now" in texts:
        texts.append("RED_text")
    return Message(
        "safety",
        "\n\n".join(say(content, interview, id) for id in texts),
        options=WAYS_ON if screening.stop else (),
        question_id="safety" if screening.stop else None,
    )


def way_on(said: Received) -> str | None:
    """Which of the two ways on a person picked while the questions are stopped; None for anything else."""
    if said.choice is not None:
        return said.choice if said.choice in (CARRY_ON, PERSON) else None
    return _picked(said.text or "")


def while_stopped(content: Content, at: Standing, picked: str | None) -> tuple[Message, ...]:
    """The reply to a message while the questions are stopped. Nothing that is sent then is an answer."""
    if picked == CARRY_ON:
        return (_text(content, at.interview, "pause.back"), *at.prompt(content))
    if picked == PERSON:
        asked = _text(content, at.interview, "person.asked")
        return (Message("safety", asked.text, options=WAYS_ON[:1], question_id="safety"),)
    again = say(content, at.interview, "STOPPED")
    return (Message("safety", again, options=WAYS_ON, question_id="safety"),)


def carries_on(text: str) -> bool:
    """Whether a person says that they are safe, or wants to go on with the questions.

    >>> carries_on("We are safe, carry on"), carries_on("i cant carry on"), carries_on("he went on and on at me")
    (True, False, False)
    """
    plain = text.lower().replace("’", "'")
    return len(plain.split()) <= _MOST_WORDS and bool(_CARRY_ON.search(plain)) and not _NOT.search(plain)


def say(content: Content, interview: Interview, text_id: str) -> str:
    """A fixed safety text with the team's names and numbers filled in."""
    return content.safety_text(text_id, interview.reader, name=interview.about.name, pronouns=interview.about.pronoun)


def _picked(text: str) -> str | None:
    plain = text.strip().rstrip(".").lower()
    for option in WAYS_ON:
        if plain in (str(option.number), option.label.lower(), option.value):
            return option.value
    if plain in ("person", "a person"):
        return PERSON
    return CARRY_ON if carries_on(text) else None


def _text(content: Content, interview: Interview, key: str) -> Message:
    return Message("say", content.text(key, interview.reader, name=interview.about.name))
