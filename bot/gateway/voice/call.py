"""One thing a caller does, and what is said to it: a way for each mode of the call.

What a caller says is screened before anything else is done with it, in every mode: in the conversation by its own turn,
elsewhere here.
"""

from __future__ import annotations

from dataclasses import replace

from bot.gateway.conversations import open_conversation, reference_prefix
from bot.gateway.problems import Problem
from bot.gateway.records import Received
from bot.gateway.refused import safety_of_refused
from bot.gateway.services import Services
from bot.gateway.turn import take_turn
from bot.gateway.voice.coming_in import PERSON, ask_reference, number_typed
from bot.gateway.voice.hearing import Heard, number, said_command, spelled_reference
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.on_call import OnCall, Said, again, asked_again, danger_in, saying, standing_in, text_of
from bot.gateway.voice.own_keys import own_key
from bot.gateway.voice.spoken import hear, parts
from bot.gateway.voice.talk import read_back, talk
from bot.gateway.wire import NewConversation, ReplyOut
from bot.store import conversations, messages

MOST_SILENCES = 3


def answer(services: Services, call: OnCall, heard: Heard) -> Said:
    """Deal with one request."""
    memory = call.memory
    if memory.mode == "ended":
        return saying(call, memory)
    if heard.is_silence:
        return _silent(services, call)
    call = replace(call, memory=replace(memory, silences=0))
    if heard.is_relay:
        relayed = replace(call.memory, slow=True)
        return again(services, replace(call, memory=relayed), "voice.relay")
    if heard.words and memory.mode != "talk" and (danger := _danger(services, call, heard.words)) is not None:
        return danger
    if memory.mode == "start":
        return _start(services, call, heard)
    if memory.mode in ("reference", "pin", "amount_pin"):
        return number_typed(services, call, heard)
    if memory.mode == "heard":
        return read_back(services, call, heard)
    return talk(services, call, heard)


def _silent(services: Services, call: OnCall) -> Said:
    """Nothing was heard: three times kindly, then good-bye with the place kept (research: channels 4.1 rule 5)."""
    silences = call.memory.silences + 1
    memory = replace(call.memory, silences=silences)
    if silences == 1:
        return again(services, replace(call, memory=memory), "voice.no_hurry")
    if silences < MOST_SILENCES:
        return again(services, replace(call, memory=replace(memory, slow=True)), "voice.keys_only")
    said = [text_of(services, "voice.nobody")]
    conversation_id = None
    if call.conversation is not None:
        conversation_id = call.conversation.id
        try:
            reply = ReplyOut.model_validate_json(
                take_turn(services, call.conversation, Received(text="pause"), call.key).body
            )
            at = standing_in(services, call.conversation)
            said += [part for message in reply.messages[:1] for part in parts(services.content, at, message)]
        except Problem:
            pass  # the place is kept without a PIN as well; they were told theirs, or can have one by asking
    said += [text_of(services, "voice.call_back"), text_of(services, "voice.goodbye")]
    return Said(Memory("ended", tuple(said), "nothing", slow=memory.slow), conversation_id)


def _start(services: Services, call: OnCall, heard: Heard) -> Said:
    key = heard.digits[:1] or str(number(heard.words) or "")
    if key == "1":
        return _begin(services, call, "")
    if key == "2":
        return ask_reference(services, call, "voice.reference")
    if key in ("0", "9", "*") or said_command(heard.words):
        return own_key(services, call, key, heard.words)
    if heard.words.strip(". ").lower() in PERSON:
        return own_key(services, call, "0", "")
    if heard.digits:
        return again(services, call, "voice.no_key")
    prefix = reference_prefix(services.content.council)
    if spelled_reference(heard.words, prefix) is not None:
        return number_typed(services, replace(call, memory=replace(call.memory, mode="reference")), heard)
    return _begin(services, call, heard.words)


def _begin(services: Services, call: OnCall, words: str) -> Said:
    """A new conversation. First words cannot be an answer, but they are kept."""
    opened = open_conversation(services, NewConversation(channel="voice"))
    with services.database.write() as tx:
        conversation = conversations.get(tx, opened.conversation_id)
        if words:
            kept = messages.append_in(tx, conversation, body=Received(text=words, shown="").to_body(), at=call.now)
            messages.mark_kept(tx, kept.id)
    memory = hear(services.content, standing_in(services, conversation), opened.messages, call.memory)
    first = text_of(services, "voice.keys")
    return Said(replace(memory, said=(memory.said[0], first, *memory.said[1:])), conversation.id)


def _danger(services: Services, call: OnCall, words: str) -> Said | None:
    """Words that no turn will take: danger in them is heard all the same."""
    if not danger_in(services, call, words):
        return None
    conversation = call.conversation
    if conversation is None:
        opened = open_conversation(services, NewConversation(channel="voice"))
        with services.database.read() as tx:
            conversation = conversations.get(tx, opened.conversation_id)
    text = safety_of_refused(services, conversation, Received(text=words), call.now)
    if not text:
        return None
    return asked_again(services, replace(call, conversation=conversation), (text,))
