"""Coming back to a draft with its reference and PIN, and the amount, which only the PIN opens."""

from __future__ import annotations

from dataclasses import replace

from bot.gateway.conversations import FAMILY, reference_prefix, resume_conversation
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.voice.hearing import Heard, digits_in, keypad_signs, said_command, spelled_reference
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.on_call import OnCall, Said, asked_again, saying, standing_in, text_of
from bot.gateway.voice.own_keys import own_key
from bot.gateway.voice.spoken import aloud, hear
from bot.gateway.wire import ResumeIn
from bot.store import audit, conversations, drafts, resume
from bot.store.keypad import references_like

KEYS_OF_A_REFERENCE, DIGITS_OF_A_PIN = 8, 6
MOST_MISSES = 3
PERSON = frozenset({"person", "a person", "a person please", "speak to a person", "talk to a person", "human"})
"""Said where there is no conversation yet that would understand it."""


def ask_reference(services: Services, call: OnCall, key: str) -> Said:
    memory = replace(
        call.memory, mode="reference", said=(text_of(services, key),), asking="digits", choices=(), words=""
    )
    return saying(call, memory)


def number_typed(services: Services, call: OnCall, heard: Heard) -> Said:
    """A reference or a PIN, by keys or by words."""
    key = heard.digits.strip("#")
    if heard.words.strip(". ").lower() in PERSON:
        key = "0"
    if key in ("0", "9", "*") or said_command(heard.words):
        return own_key(services, call, key, heard.words)
    if call.memory.mode == "reference":
        return _reference(services, call, heard)
    pin = digits_in(heard)
    if len(pin) != DIGITS_OF_A_PIN:
        return _missed(services, call, "voice.pin_again")
    return _amount_pin(services, call, pin) if call.memory.mode == "amount_pin" else _pin(services, call, pin)


def _reference(services: Services, call: OnCall, heard: Heard) -> Said:
    prefix = reference_prefix(services.content.council)
    if heard.digits:
        digits = digits_in(heard)
        found = (
            references_like(services.database, prefix, keypad_signs(digits))
            if len(digits) == KEYS_OF_A_REFERENCE
            else ()
        )
        # Who has none is told so after the PIN, like everybody: nobody learns here which references exist.
        reference = " ".join(found) or (f"?{digits}" if len(digits) == KEYS_OF_A_REFERENCE else "")
    else:
        reference = spelled_reference(heard.words, prefix) or ""
    if not reference:
        return _missed(services, call, "voice.reference_again")
    memory = replace(call.memory, mode="pin", reference=reference, misses=0, said=(text_of(services, "voice.pin"),))
    return saying(call, memory)


def _pin(services: Services, call: OnCall, pin: str) -> Said:
    problem: Problem | None = None
    for reference in call.memory.reference.split() or ["?"]:
        try:
            services.resumes.take(call.client)
            asked = ResumeIn(reference=reference, pin=pin, channel="voice")
            opened = resume_conversation(services, asked, call.client)
        except Problem as refused:
            problem = refused
            continue
        with services.database.read() as tx:
            conversation = conversations.get(tx, opened.conversation_id)
        unlocked = replace(call.memory, unlocked=True)
        return Said(
            hear(services.content, standing_in(services, conversation), opened.messages, unlocked), conversation.id
        )
    said = (text_of(services, "voice.not_found"),) if problem is None else (problem.detail,)
    start = Memory("start", (*said, text_of(services, "voice.start")), slow=call.memory.slow)
    return saying(call, start)


def unlock(services: Services, call: OnCall) -> Said:
    """The amount is said to who has the PIN; who has none yet is given one."""
    conversation = call.conversation
    assert conversation is not None  # noqa: S101 - only a result offers it
    with services.database.read() as tx:
        draft = drafts.get(tx, conversation.draft_id)
    said = []
    if not draft.pin_set:
        pin = resume.set_pin(services.database, draft.id, actor=FAMILY, at=call.now)
        said.append(aloud(text_of(services, "voice.new_pin", pin=pin, reference=draft.reference), draft.reference))
    said.append(text_of(services, "voice.amount_pin"))
    return saying(call, replace(call.memory, mode="amount_pin", said=tuple(said), asking="digits", misses=0))


def _amount_pin(services: Services, call: OnCall, pin: str) -> Said:
    conversation = call.conversation
    assert conversation is not None  # noqa: S101 - see _unlock
    with services.database.read() as tx:
        draft = drafts.get(tx, conversation.draft_id)
    try:
        entered = resume.check(services.database, draft.reference, pin, client=call.client, now=call.now)
    except (resume.WrongPin, resume.TooManyTries):
        return asked_again(services, call, (text_of(services, "voice.wrong_pin"),))
    if entered.member != conversation.member:
        return asked_again(services, call, (text_of(services, "voice.wrong_pin"),))
    with services.database.write() as tx:
        detail: dict[str, audit.Detail] = {"channel": "voice"}
        audit.note(tx, at=call.now, actor=FAMILY, action="amount.shown", subject=draft.id, detail=detail)
    return asked_again(services, replace(call, memory=replace(call.memory, unlocked=True)), ())


def _missed(services: Services, call: OnCall, key: str) -> Said:
    misses = call.memory.misses + 1
    if misses >= MOST_MISSES:
        said = (
            text_of(services, "voice.not_found"),
            text_of(services, "voice.person"),
            text_of(services, "voice.start"),
        )
        if call.conversation is not None:
            return asked_again(services, call, said[1:2])
        return saying(call, Memory("start", said, slow=call.memory.slow))
    return saying(call, replace(call.memory, misses=misses, said=(text_of(services, key),)))
