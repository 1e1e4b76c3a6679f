"""A reply as it is heard: short parts with pauses between, options before their keys, at most five at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.content.loader import Content
from bot.gateway.channels.capabilities import CAPABILITIES
from bot.gateway.standing import Standing
from bot.gateway.voice.memory import Asking, Choice, Memory
from bot.gateway.wire import MessageOut
from bot.interview.words import pounds

AMOUNT = "voice.amount"
"""The option that opens the guide amount; no option of the conversation's own."""
MORE_KEY = 5
"""With more options than five, four are told at a time, and this key tells the next ones."""
_MOST = CAPABILITIES["voice"].most_options
_PIN = re.compile(r"(?<!\d)(?<!\d )\d{6}(?!\d)")
_BY_EAR = ((re.compile(r"\bI show\b"), "I say"), (re.compile(r"\bthis chat\b"), "this call"))
"""Words for the eye, and what stands for them in a call."""


def hear(content: Content, at: Standing, messages: Sequence[MessageOut], memory: Memory) -> Memory:
    """What to say of a reply, and how to listen then. ``at`` is where the draft stands after it."""
    shown, held = (list(messages), False) if memory.unlocked else _without_amount(content, at, messages)
    said: list[str] = []
    for message in shown:
        said += parts(content, at, message)
    choices = tuple(Choice(option.value, option.label) for option in shown[-1].options) if shown else ()
    if held:
        choices = (Choice(AMOUNT, content.text("voice.hear_amount", at.reader)), *choices)
    asking: Asking = "choose" if choices else "speak"
    if shown and _asks_a_number(shown[-1]):
        # Here the digits are the answer, and not the keys that they are everywhere else.
        asking, choices = "digits", ()
        said.append(content.text("voice.number", at.reader))
    # One mode for all that is talk; what was waiting before has been answered.
    return offered(
        content, at, Memory("talk", tuple(said), asking, choices, slow=memory.slow, unlocked=memory.unlocked)
    )


def _asks_a_number(message: MessageOut) -> bool:
    days = [option.value for option in message.options if ".days." in option.value]
    return message.question_id == "age" or (bool(days) and len(days) == len(message.options))


def offered(content: Content, at: Standing, memory: Memory) -> Memory:
    """Add the options that are offered now, each before its key, and how many there are."""
    choices = memory.choices
    if not choices:
        return memory
    now = offered_now(memory)
    reader, said = at.reader, []
    if len(choices) > 1 and memory.first == 0:
        said.append(content.text("voice.how_many", reader, count=len(choices)))
    for key, choice in enumerate(now, 1):
        said.append(content.text("voice.press", reader, answer=choice.label.rstrip("."), position=key))
    if len(choices) > _MOST:
        said.append(content.text("voice.more", reader, position=MORE_KEY))
    return Memory(
        memory.mode,
        (*memory.said, *said),
        memory.asking,
        choices,
        memory.first,
        memory.slow,
        unlocked=memory.unlocked,
        words=memory.words,
    )


def offered_now(memory: Memory) -> tuple[Choice, ...]:
    """The options that the keys from 1 on stand for."""
    if len(memory.choices) <= _MOST:
        return memory.choices
    return memory.choices[memory.first : memory.first + MORE_KEY - 1]


def parts(content: Content, at: Standing, message: MessageOut) -> list[str]:
    """A message in parts, without what is for the eye alone."""
    hint = content.text("question.hint", at.reader)
    greeting = content.text("consent.greeting", at.reader)
    # The call has said already what this is, and what to do in danger.
    text = content.text("voice.greeting", at.reader) if message.text == greeting else message.text
    heading = [f"{message.heading.replace(' · ', ', ')}."] if message.heading else []
    paragraphs = [part for part in re.split(r"\n+", text) if part.strip() and part.strip() != hint]
    rows = [f"{title}: {answer}" for _, title, answer in message.rows if title not in text]
    return [aloud(part, at.draft.reference) for part in (*heading, *paragraphs, *rows)]


def aloud(text: str, reference: str) -> str:
    """Text for the ear: a reference and a PIN sign by sign.

    >>> aloud("Your reference: EX-7K3M-9Q2P. Your PIN: 482913", "EX-7K3M-9Q2P")
    'Your reference: E, X, 7, K, 3, M, 9, Q, 2, P. Your PIN: 4, 8, 2, 9, 1, 3'
    >>> aloud("Call 01632 960101.", "")
    'Call 01632 960101.'
    """
    if reference:
        text = text.replace(reference, ", ".join(reference.replace("-", "")))
    text = _PIN.sub(lambda found: ", ".join(found[0]), text)
    for seen, said in _BY_EAR:
        text = seen.sub(said, text)
    return text.strip(" -•*")


def _without_amount(content: Content, at: Standing, messages: Sequence[MessageOut]) -> tuple[list[MessageOut], bool]:
    """The reply without the guide amount, and whether it was in it: a call may be heard by others in the room."""
    pence = at.outcome.amount_pence if at.outcome is not None else None
    amount = None if pence is None else pounds(pence)
    if amount is None or all(amount not in message.text for message in messages):
        return list(messages), False
    kept, said = [], False
    for message in messages:
        if amount not in message.text:
            kept.append(message)
        elif not said:
            ready = content.text("voice.amount_ready", at.reader)
            kept.append(message.model_copy(update={"text": ready, "heading": ""}))
            said = True
        elif message is messages[-1]:
            kept.append(message.model_copy(update={"text": "", "heading": ""}))
    return kept, True
