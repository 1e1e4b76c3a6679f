"""What a caller says goes to the conversation; what is only about the call (again, slower) is dealt with here."""

from __future__ import annotations

from dataclasses import replace

from bot.gateway.problems import Problem
from bot.gateway.records import Received
from bot.gateway.services import Services
from bot.gateway.turn import take_turn
from bot.gateway.voice.hearing import KEYS, said_command
from bot.gateway.voice.on_call import OnCall, Said, again, replied, saying, text_of
from bot.gateway.wire import ReplyOut


def own_key(services: Services, call: OnCall, key: str, words: str) -> Said:
    """What a call does by itself: say it again, go slower, name a person before there is a conversation."""
    command = KEYS.get(key) or said_command(words)
    if command == "slower":
        slow = not call.memory.slow
        memory = replace(call.memory, slow=slow)
        return again(services, replace(call, memory=memory), "voice.slow_on" if slow else "voice.slow_off")
    if command == "person":
        if call.conversation is not None:
            return to_conversation(
                services, replace(call, memory=replace(call.memory, mode="talk")), Received(text="person")
            )
        return again(services, call, "voice.person")
    return saying(call, call.memory)


def to_conversation(services: Services, call: OnCall, received: Received) -> Said:
    """The ordinary way: the same turn as on the web."""
    conversation = call.conversation
    if conversation is None:
        return again(services, call, "voice.no_key")
    try:
        reply = ReplyOut.model_validate_json(take_turn(services, conversation, received, call.key).body)
    except Problem as problem:
        return _problem(services, call, problem)
    return replied(services, call, conversation, reply.messages)


def _problem(services: Services, call: OnCall, problem: Problem) -> Said:
    """What went wrong, in words. What was said is kept; silence asks the question again."""
    detail = text_of(services, "voice.away") if problem.status == 503 else problem.detail
    parts = tuple(part for part in (problem.safety, detail) if part)
    return saying(call, replace(call.memory, mode="talk", said=parts, words=""))
