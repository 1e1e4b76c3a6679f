"""A telephone on the screen, for who would like to try a call without an account. It exists in demo mode alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Shared, problems
from bot.gateway.limits import MAX_TEXT
from bot.gateway.voice.hearing import heard
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.turns import begin, take
from bot.store import calls

router = APIRouter(prefix="/channels/demo", tags=["Channels"])


class Spoken(BaseModel):
    """What a caller does: keys, words, or, with neither, nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"call": "kitchen-phone-1", "keys": "1"}]})

    call: Annotated[str, Field(min_length=8, max_length=80)]
    """A name for the call that nobody else would think of; a new one rings."""
    keys: Annotated[str, Field(max_length=40, pattern=r"^[0-9*#]*$")] = ""
    words: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class HeardOut(BaseModel):
    """What the caller hears."""

    parts: list[str]
    """With a short pause between them."""
    slow: bool
    over: bool
    """The call has ended."""


@router.post("/voice", responses=problems(422))
def call(services: Shared, spoken: Spoken) -> HeardOut:
    """Ring, press keys, say something or wait, as on a telephone (demo mode only)."""
    sid = f"demo {spoken.call}"
    with services.database.read() as tx:
        found = calls.find(tx, sid)
    if found is None:
        made = begin(services, sid)
    else:
        said = heard({"Digits": spoken.keys, "SpeechResult": spoken.words})
        made = take(services, sid, found.turn, f"voice {sid}", said)
    memory = Memory.from_json(made.state)
    return HeardOut(parts=list(memory.said), slow=memory.slow, over=memory.asking == "nothing")
