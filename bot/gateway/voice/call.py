"""One thing a caller does, and what is said to it: a way for each mode of the call.

What a caller says is screened before anything else is done with it, in every mode: in the conversation by its own turn,
elsewhere here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.gateway.conversations import FAMILY, open_conversation, reference_prefix, resume_conversation
from bot.gateway.place import is_stopped
from bot.gateway.problems import Problem
from bot.gateway.records import Received, message_out
from bot.gateway.refused import safety_of_refused
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.gateway.turn import take_turn
from bot.gateway.voice.hearing import (
    KEYS,
    Heard,
    digits_in,
    keypad_signs,
    number,
    said_command,
    spelled_reference,
)
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.spoken import AMOUNT, MORE_KEY, aloud, hear, offered, offered_now, parts
from bot.gateway.wire import MessageOut, NewConversation, ReplyOut, ResumeIn, says_something
from bot.safety.screening import screen
from bot.store import audit, conversations, drafts, messages, resume
from bot.store.conversations import Conversation
from bot.store.keypad import references_like

LONG_WORDS = 8
"""From so many words on, what goes into a plan is read back: it will be read by others."""
KEYS_OF_A_REFERENCE, DIGITS_OF_A_PIN = 8, 6
MOST_MISSES = 3
MOST_SILENCES = 3
_PERSON = frozenset({"person", "a person", "a person please", "speak to a person", "talk to a person", "human"})
"""Said where there is no conversation yet that would understand it."""
_COMMAND_WORDS = {"skip": "skip", "back": "back", "pause": "pause", "person": "person"}


@dataclass(frozen=True, slots=True)
class OnCall:
    """Where a call is, for one request."""

    id: str
    turn: int
    client: str
    """Who tries PINs, as far as can be told: the calling number, or the call itself. Only its keyed hash is kept."""
    memory: Memory
    conversation: Conversation | None
    now: datetime

    @property
    def key(self) -> str:
        """The turn's idempotency key: one request is one turn."""
        return f"call:{self.id}:{self.turn}"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and the conversation the call is in from now on."""

    memory: Memory
    conversation_id: str | None


def greet(services: Services) -> Memory:
    """The first words of a call."""
    said = tuple(_text(services, key) for key in ("voice.hello", "voice.rules", "voice.start"))
    return Memory("start", said)


def answer(services: Services, call: OnCall, heard: Heard) -> Said:
    """Deal with one request."""
    memory = call.memory
    if memory.mode == "ended":
        return _said(call, memory)
    if heard.is_silence:
        return _silent(services, call)
    call = replace(call, memory=replace(memory, silences=0))
    if heard.is_relay:
        relayed = replace(call.memory, slow=True)
        return _again(services, replace(call, memory=relayed), "voice.relay")
    if heard.words and memory.mode != "talk" and (danger := _danger(services, call, heard.words)) is not None:
        return danger
    if memory.mode == "start":
        return _start(services, call, heard)
    if memory.mode in ("reference", "pin", "amount_pin"):
        return _number_typed(services, call, heard)
    if memory.mode == "heard":
        return _read_back(services, call, heard)
    return _talk(services, call, heard)


def _silent(services: Services, call: OnCall) -> Said:
    """Nothing was heard: three times kindly, then good-bye with the place kept (research: channels 4.1 rule 5)."""
    silences = call.memory.silences + 1
    memory = replace(call.memory, silences=silences)
    if silences == 1:
        return _again(services, replace(call, memory=memory), "voice.no_hurry")
    if silences < MOST_SILENCES:
        return _again(services, replace(call, memory=replace(memory, slow=True)), "voice.keys_only")
    said = [_text(services, "voice.nobody")]
    conversation_id = None
    if call.conversation is not None:
        conversation_id = call.conversation.id
        try:
            reply = ReplyOut.model_validate_json(
                take_turn(services, call.conversation, Received(text="pause"), call.key).body
            )
            at = _standing(services, call.conversation)
            said += [part for message in reply.messages[:1] for part in parts(services.content, at, message)]
        except Problem:
            pass  # the place is kept without a PIN as well; they were told theirs, or can have one by asking
    said += [_text(services, "voice.call_back"), _text(services, "voice.goodbye")]
    return Said(Memory("ended", tuple(said), "nothing", slow=memory.slow), conversation_id)


def _start(services: Services, call: OnCall, heard: Heard) -> Said:
    key = heard.digits[:1] or str(number(heard.words) or "")
    if key == "1":
        return _begin(services, call, "")
    if key == "2":
        return _ask_reference(services, call, "voice.reference")
    if key in ("0", "9", "*") or said_command(heard.words):
        return _own_key(services, call, key, heard.words)
    if heard.words.strip(". ").lower() in _PERSON:
        return _own_key(services, call, "0", "")
    if heard.digits:
        return _again(services, call, "voice.no_key")
    prefix = reference_prefix(services.content.council)
    if spelled_reference(heard.words, prefix) is not None:
        return _number_typed(services, replace(call, memory=replace(call.memory, mode="reference")), heard)
    return _begin(services, call, heard.words)


def _begin(services: Services, call: OnCall, words: str) -> Said:
    """A new conversation. First words cannot be an answer, but they are kept."""
    opened = open_conversation(services, NewConversation(channel="voice"))
    with services.database.write() as tx:
        conversation = conversations.get(tx, opened.conversation_id)
        if words:
            kept = messages.append_in(tx, conversation, body=Received(text=words, shown="").to_body(), at=call.now)
            messages.mark_kept(tx, kept.id)
    memory = hear(services.content, _standing(services, conversation), opened.messages, call.memory)
    first = _text(services, "voice.keys")
    return Said(replace(memory, said=(memory.said[0], first, *memory.said[1:])), conversation.id)


def _danger(services: Services, call: OnCall, words: str) -> Said | None:
    """Words that no turn will take: danger in them is heard all the same."""
    if screen(words, channel="voice").level == "GREEN":
        return None
    conversation = call.conversation
    if conversation is None:
        opened = open_conversation(services, NewConversation(channel="voice"))
        with services.database.read() as tx:
            conversation = conversations.get(tx, opened.conversation_id)
    text = safety_of_refused(services, conversation, Received(text=words), call.now)
    if not text:
        return None
    return _asked_again(services, replace(call, conversation=conversation), (text,))


def _ask_reference(services: Services, call: OnCall, key: str) -> Said:
    memory = replace(call.memory, mode="reference", said=(_text(services, key),), asking="digits", choices=(), words="")
    return _said(call, memory)


def _number_typed(services: Services, call: OnCall, heard: Heard) -> Said:
    """A reference or a PIN, by keys or by words."""
    key = heard.digits.strip("#")
    if heard.words.strip(". ").lower() in _PERSON:
        key = "0"
    if key in ("0", "9", "*") or said_command(heard.words):
        return _own_key(services, call, key, heard.words)
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
    memory = replace(call.memory, mode="pin", reference=reference, misses=0, said=(_text(services, "voice.pin"),))
    return _said(call, memory)


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
            hear(services.content, _standing(services, conversation), opened.messages, unlocked), conversation.id
        )
    said = (_text(services, "voice.not_found"),) if problem is None else (problem.detail,)
    start = Memory("start", (*said, _text(services, "voice.start")), slow=call.memory.slow)
    return _said(call, start)


def _missed(services: Services, call: OnCall, key: str) -> Said:
    misses = call.memory.misses + 1
    if misses >= MOST_MISSES:
        said = (_text(services, "voice.not_found"), _text(services, "voice.person"), _text(services, "voice.start"))
        if call.conversation is not None:
            return _asked_again(services, call, said[1:2])
        return _said(call, Memory("start", said, slow=call.memory.slow))
    return _said(call, replace(call.memory, misses=misses, said=(_text(services, key),)))


def _talk(services: Services, call: OnCall, heard: Heard) -> Said:
    memory = call.memory
    if heard.digits and memory.asking == "digits":
        keys = heard.digits.strip("#")
        if keys in ("", "*", "0"):
            return _key(services, call, keys or "#")
        return _turn(services, call, Received(text=keys))
    if heard.digits:
        return _key(services, call, heard.digits[0])
    command = said_command(heard.words)
    if command is not None:
        return _own_key(services, call, {"repeat": "*", "slower": "9"}[command], "")
    said = number(heard.words)
    if said is not None and memory.choices:
        return _key(services, call, str(said))
    if not says_something(heard.words):
        return _again(services, call, "voice.no_hurry")
    if _wants_reading_back(services, call, heard) and screen(heard.words, channel="voice").level == "GREEN":
        back = (
            _text(services, "voice.heard", answer=heard.words.rstrip(".")),
            _text(services, "voice.keep_it"),
        )
        return _said(call, replace(memory, mode="heard", words=heard.words, said=back, asking="choose"))
    return _turn(services, call, Received(text=heard.words))


def _wants_reading_back(services: Services, call: OnCall, heard: Heard) -> bool:
    """Only what matters (rule 7): what was heard badly, and longer words for the plan."""
    if heard.is_unsure:
        return True
    if call.conversation is None or len(heard.words.split()) < LONG_WORDS:
        return False
    return _standing(services, call.conversation).state(services.content).stage == "plan"


def _read_back(services: Services, call: OnCall, heard: Heard) -> Said:
    """They heard what we heard: keep it, or say it again."""
    key = heard.digits[:1] or str(number(heard.words) or "")
    plain = heard.words.strip(".! ").lower()
    if key == "1" or plain in ("yes", "keep", "keep it", "keep that", "that is right", "that's right"):
        return _turn(services, call, Received(text=call.memory.words))
    if key == "2" or plain in ("no", "again", "say it again"):
        return _asked_again(services, call, (_text(services, "voice.say_again"),))
    if heard.digits:
        if key in ("*", "9"):
            return _own_key(services, call, key, "")
        return _key(services, call, key)
    return _talk(services, replace(call, memory=replace(call.memory, mode="talk", words="")), heard)


def _key(services: Services, call: OnCall, key: str) -> Said:
    command = KEYS.get(key)
    if command in ("repeat", "slower"):
        return _own_key(services, call, key, "")
    if command is not None:
        return _turn(services, call, Received(text=_COMMAND_WORDS[command]))
    memory = call.memory
    now = offered_now(memory)
    if int(key) == MORE_KEY and len(memory.choices) > len(now):
        following = memory.first + len(now)
        first = following if following < len(memory.choices) else 0
        conversation = call.conversation
        if conversation is not None:
            at = _standing(services, conversation)
            return _said(call, offered(services.content, at, replace(memory, said=(), first=first)))
    if not 1 <= int(key) <= len(now):
        return _again(services, call, "voice.no_key")
    choice = now[int(key) - 1]
    if choice.value == AMOUNT:
        return _unlock(services, call)
    return _turn(services, call, Received(choice=choice.value))


def _turn(services: Services, call: OnCall, received: Received) -> Said:
    """The ordinary way: the same turn as on the web."""
    conversation = call.conversation
    if conversation is None:
        return _again(services, call, "voice.no_key")
    try:
        reply = ReplyOut.model_validate_json(take_turn(services, conversation, received, call.key).body)
    except Problem as problem:
        return _problem(services, call, problem)
    return _replied(services, call, conversation, reply.messages)


def _problem(services: Services, call: OnCall, problem: Problem) -> Said:
    """What went wrong, in words. What was said is kept; silence asks the question again."""
    detail = _text(services, "voice.away") if problem.status == 503 else problem.detail
    parts = tuple(part for part in (problem.safety, detail) if part)
    return _said(call, replace(call.memory, mode="talk", said=parts, words=""))


def _unlock(services: Services, call: OnCall) -> Said:
    """The amount is said to who has the PIN; who has none yet is given one."""
    conversation = call.conversation
    assert conversation is not None  # noqa: S101 - only a result offers it
    with services.database.read() as tx:
        draft = drafts.get(tx, conversation.draft_id)
    said = []
    if not draft.pin_set:
        pin = resume.set_pin(services.database, draft.id, actor=FAMILY, at=call.now)
        said.append(aloud(_text(services, "voice.new_pin", pin=pin, reference=draft.reference), draft.reference))
    said.append(_text(services, "voice.amount_pin"))
    return _said(call, replace(call.memory, mode="amount_pin", said=tuple(said), asking="digits", misses=0))


def _amount_pin(services: Services, call: OnCall, pin: str) -> Said:
    conversation = call.conversation
    assert conversation is not None  # noqa: S101 - see _unlock
    with services.database.read() as tx:
        draft = drafts.get(tx, conversation.draft_id)
    try:
        entered = resume.check(services.database, draft.reference, pin, client=call.client, now=call.now)
    except (resume.WrongPin, resume.TooManyTries):
        return _asked_again(services, call, (_text(services, "voice.wrong_pin"),))
    if entered.member != conversation.member:
        return _asked_again(services, call, (_text(services, "voice.wrong_pin"),))
    with services.database.write() as tx:
        detail: dict[str, audit.Detail] = {"channel": "voice"}
        audit.note(tx, at=call.now, actor=FAMILY, action="amount.shown", subject=draft.id, detail=detail)
    return _asked_again(services, replace(call, memory=replace(call.memory, unlocked=True)), ())


def _own_key(services: Services, call: OnCall, key: str, words: str) -> Said:
    """What a call does by itself: say it again, go slower, name a person before there is a conversation."""
    command = KEYS.get(key) or said_command(words)
    if command == "slower":
        slow = not call.memory.slow
        memory = replace(call.memory, slow=slow)
        return _again(services, replace(call, memory=memory), "voice.slow_on" if slow else "voice.slow_off")
    if command == "person":
        if call.conversation is not None:
            return _turn(services, replace(call, memory=replace(call.memory, mode="talk")), Received(text="person"))
        return _again(services, call, "voice.person")
    return _said(call, call.memory)


def _replied(services: Services, call: OnCall, conversation: Conversation, said: list[MessageOut]) -> Said:
    at = _standing(services, conversation)
    return Said(hear(services.content, at, said, call.memory), conversation.id)


def _asked_again(services: Services, call: OnCall, first: tuple[str, ...]) -> Said:
    """Some words, then what is asked now."""
    conversation = call.conversation
    if conversation is None:
        return _said(
            call, replace(greet(services), said=(*first, _text(services, "voice.start")), slow=call.memory.slow)
        )
    with services.database.read() as tx:
        conversation = conversations.get(tx, conversation.id)
        at = standing_of(services, tx, conversation)
    asked = [message_out(message, f"now-{place}") for place, message in enumerate(at.prompt(services.content))]
    if is_stopped(conversation.shown_step):
        asked = []  # the questions wait: what was said for danger says how to go on
    memory = hear(services.content, at, asked, call.memory) if asked else replace(call.memory, mode="talk", choices=())
    return Said(replace(memory, said=(*first, *(memory.said if asked else ()))), conversation.id)


def _again(services: Services, call: OnCall, key: str) -> Said:
    """The same once more, after some words."""
    own = {_text(services, one) for one in ("voice.no_hurry", "voice.keys_only", "voice.no_key", "voice.relay")}
    own |= {_text(services, one) for one in ("voice.slow_on", "voice.slow_off")}
    before = tuple(part for part in call.memory.said if part not in own)
    return _said(call, replace(call.memory, said=(_text(services, key), *before)))


def _said(call: OnCall, memory: Memory) -> Said:
    return Said(memory, call.conversation.id if call.conversation is not None else None)


def _standing(services: Services, conversation: Conversation) -> Standing:
    with services.database.read() as tx:
        return standing_of(services, tx, conversation)


def _text(services: Services, key: str, **values: object) -> str:
    return services.content.text(key, "parent", **values)
