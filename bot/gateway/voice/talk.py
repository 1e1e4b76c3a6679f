"""Talking: keys and words that answer what is asked, and words that are read back before they count."""

from __future__ import annotations

from dataclasses import replace

from bot.gateway.records import Received
from bot.gateway.services import Services
from bot.gateway.voice.coming_in import unlock
from bot.gateway.voice.hearing import KEYS, Heard, number, said_command
from bot.gateway.voice.on_call import OnCall, Said, again, asked_again, danger_in, saying, standing_in, text_of
from bot.gateway.voice.own_keys import own_key, to_conversation
from bot.gateway.voice.spoken import AMOUNT, MORE_KEY, offered, offered_now
from bot.gateway.wire import says_something

LONG_WORDS = 8
"""From so many words on, what goes into a plan is read back: it will be read by others."""
_COMMAND_WORDS = {"skip": "skip", "back": "back", "pause": "pause", "person": "person"}


def talk(services: Services, call: OnCall, heard: Heard) -> Said:
    memory = call.memory
    if heard.digits and memory.asking == "digits":
        keys = heard.digits.strip("#")
        if keys in ("", "*", "0"):
            return _key(services, call, keys or "#")
        return to_conversation(services, call, Received(text=keys))
    if heard.digits:
        return _key(services, call, heard.digits[0])
    command = said_command(heard.words)
    if command is not None:
        return own_key(services, call, {"repeat": "*", "slower": "9"}[command], "")
    said = number(heard.words)
    if said is not None and memory.choices:
        return _key(services, call, str(said))
    if not says_something(heard.words):
        return again(services, call, "voice.no_hurry")
    if _wants_reading_back(services, call, heard) and not danger_in(services, call, heard.words):
        back = (
            text_of(services, "voice.heard", answer=heard.words.rstrip(".")),
            text_of(services, "voice.keep_it"),
        )
        return saying(call, replace(memory, mode="heard", words=heard.words, said=back, asking="choose"))
    return to_conversation(services, call, Received(text=heard.words))


def _wants_reading_back(services: Services, call: OnCall, heard: Heard) -> bool:
    """Only what matters (rule 7): what was heard badly, and longer words for the plan."""
    if heard.is_unsure:
        return True
    if call.conversation is None or len(heard.words.split()) < LONG_WORDS:
        return False
    return standing_in(services, call.conversation).state(services.content).stage == "plan"


def read_back(services: Services, call: OnCall, heard: Heard) -> Said:
    """They heard what we heard: keep it, or say it again."""
    key = heard.digits[:1] or str(number(heard.words) or "")
    plain = heard.words.strip(".! ").lower()
    if key == "1" or plain in ("yes", "keep", "keep it", "keep that", "that is right", "that's right"):
        return to_conversation(services, call, Received(text=call.memory.words))
    if key == "2" or plain in ("no", "again", "say it again"):
        return asked_again(services, call, (text_of(services, "voice.say_again"),))
    if heard.digits:
        if key in ("*", "9"):
            return own_key(services, call, key, "")
        return _key(services, call, key)
    return talk(services, replace(call, memory=replace(call.memory, mode="talk", words="")), heard)


def _key(services: Services, call: OnCall, key: str) -> Said:
    command = KEYS.get(key)
    if command in ("repeat", "slower"):
        return own_key(services, call, key, "")
    if command is not None:
        return to_conversation(services, call, Received(text=_COMMAND_WORDS[command]))
    memory = call.memory
    now = offered_now(memory)
    if int(key) == MORE_KEY and len(memory.choices) > len(now):
        following = memory.first + len(now)
        first = following if following < len(memory.choices) else 0
        conversation = call.conversation
        if conversation is not None:
            at = standing_in(services, conversation)
            return saying(call, offered(services.content, at, replace(memory, said=(), first=first)))
    if not 1 <= int(key) <= len(now):
        return again(services, call, "voice.no_key")
    choice = now[int(key) - 1]
    if choice.value == AMOUNT:
        return unlock(services, call)
    return to_conversation(services, call, Received(choice=choice.value))
