"""What is said as TwiML, Twilio's language for calls: say it, then listen to keys and words at once."""

from __future__ import annotations

from twilio.twiml.voice_response import Gather, Say, VoiceResponse  # type: ignore[import-untyped]

from bot.gateway.voice.memory import Memory

VOICE, LANGUAGE = "Polly.Amy-Neural", "en-GB"
SLOW_RATE = "80%"
PAUSE, SLOW_PAUSE = "600ms", "1200ms"
"""Between two options (research: channels 4.1 rule 2)."""
FIRST_WAIT, NEXT_WAIT = 8, 12
"""Seconds of silence before we speak again (rule 5); twice as long in slow mode (rule 6)."""
SPEECH_END, LONG_SPEECH_END = "auto", "4"
"""How long a pause ends what somebody says; people stop to think in a longer answer."""
HINTS = "yes, no, one, two, three, four, five, not sure, it varies, repeat, slower, skip, back, pause, person, help"


def twiml(memory: Memory, listen_at: str) -> str:
    """The reply to a request; ``listen_at`` is where the next thing the caller does is sent, as a whole address."""
    response = VoiceResponse()
    if memory.asking == "nothing":
        response.append(_say(memory))
        response.hangup()
        return str(response)
    gather = Gather(
        input="dtmf speech",
        language=LANGUAGE,
        barge_in=True,
        hints=HINTS,
        profanity_filter=False,
        action_on_empty_result=True,
        action=listen_at,
        method="POST",
        timeout=_wait(memory),
        speech_timeout=LONG_SPEECH_END if memory.asking == "speak" or memory.slow else SPEECH_END,
        **({"finish_on_key": "#"} if memory.asking == "digits" else {"finish_on_key": "", "num_digits": 1}),
    )
    gather.append(_say(memory))
    response.append(gather)
    # Reached only if the listening itself fails: the call must not end in the middle of a word.
    response.redirect(listen_at, method="POST")
    return str(response)


def _wait(memory: Memory) -> int:
    seconds = FIRST_WAIT if memory.silences == 0 else NEXT_WAIT
    return seconds * 2 if memory.slow else seconds


def _say(memory: Memory) -> Say:
    say = Say(voice=VOICE, language=LANGUAGE)
    for number, part in enumerate(memory.said):
        if number:
            say.break_(time=SLOW_PAUSE if memory.slow else PAUSE)
        if memory.slow:
            say.prosody(part, rate=SLOW_RATE)
        else:
            say.s(part)
    return say
