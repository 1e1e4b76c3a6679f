"""The shapes of the conversation API (contract.md), as pydantic models with the examples shown in /openapi.json."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.gateway.limits import MAX_CHOICE, MAX_TEXT
from bot.interview.messages import MessageKind

Channel = Literal["web", "sms", "whatsapp", "voice", "terminal"]


class _In(BaseModel):
    """A request body: fields we do not know are ignored, so that clients may be newer than we are."""

    model_config = ConfigDict(extra="ignore", strict=True)


class NewConversation(_In):
    """Start a conversation."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "web", "language": "en"}]})

    channel: Channel = "web"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)] = "en"


class TurnIn(_In):
    """What a person sends: their own words, or the value of an option they picked. Exactly one of the two."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "i go for a wee and hes got the kettle"}, {"choice": "S1.2"}]}
    )

    text: str | None = Field(default=None, description=f"Up to {MAX_TEXT:,} characters.")
    choice: str | None = Field(default=None, max_length=MAX_CHOICE, description="The value of one of the options.")
    question_id: str | None = Field(
        default=None,
        max_length=50,
        description="The question the person was looking at. If it is not the current one, the answer is not applied.",
    )

    @field_validator("text", "choice")
    @classmethod
    def _clean(cls, value: str | None) -> str | None:
        return None if value is None else clean(value)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.text is None) == (self.choice is None):
            raise ValueError('Send exactly one of "text" and "choice"')
        if self.choice is not None and not self.choice.strip():
            raise ValueError('"choice" is empty')
        return self


class ResumeIn(_In):
    """Come back to a draft with the reference and PIN that were shown at the pause."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reference": "7K4M-Q2XD", "pin": "482913"}]})

    reference: Annotated[str, Field(min_length=1, max_length=40)]
    pin: Annotated[str, Field(min_length=1, max_length=20)]
    channel: Channel = "web"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)] = "en"


class OptionOut(BaseModel):
    """One choice. A typed ``number`` picks it as well as its value."""

    value: str
    label: str
    hint: str = ""
    number: int


class ReadingOut(BaseModel):
    """What a ``confirm`` message asks about: never counted before the person says yes."""

    question_id: str
    level: int
    confidence: float


class MessageOut(BaseModel):
    """One thing the assistant says, or (author "person") one thing the person said."""

    id: str
    kind: MessageKind
    text: str
    spoken: str
    options: list[OptionOut] = []
    question_id: str | None = None
    reading: ReadingOut | None = None
    heading: str = ""
    rows: list[tuple[str, str, str]] = []
    """Summary rows: question code, title, answer in words."""
    details: list[tuple[str, str]] = []
    """Explanation lines of a result."""


class AnswerOut(BaseModel):
    model_config = ConfigDict(extra="allow")

    level: int | None
    status: Literal["answered", "skipped", "not_sure", "varies"]
    by: str


class AmountOut(BaseModel):
    status: Literal["ok", "not_ready", "bespoke", "below_threshold"]
    amount_pence: int | None
    weekly_pence: int | None


class StateOut(BaseModel):
    """Where the conversation stands."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "stage": "plan",
                    "question_id": "P11",
                    "position": 11,
                    "total": 19,
                    "answers": {"S1": {"level": 2, "status": "answered", "by": "parent"}},
                    "draft_reference": "EX-7K4M-Q2XD",
                    "pin_set": False,
                    "amount": {"status": "ok", "amount_pence": 505000, "weekly_pence": 9712},
                    "plan": {
                        "sections": {"P03": "Buses. Swimming on a Friday."},
                        "lines": [
                            {
                                "goal": "Swim with other children",
                                "what": "swimming lessons",
                                "stream": "social_care",
                                "supplier": "Splash Club",
                                "unit_cost_pence": 800,
                                "unit": "session",
                                "units_per_year": 39,
                                "total_pence": 31200,
                                "on_costs_pence": 0,
                                "one_off": False,
                                "managed_by": "direct_payment",
                                "who_is_paid": "supplier",
                                "dbs": "not_needed",
                                "notes": "Saturdays at 10",
                            }
                        ],
                        "total_pence": 31200,
                        "guide_pence": 505000,
                    },
                    "safety": "GREEN",
                }
            ]
        }
    )

    stage: str
    question_id: str | None
    position: int
    total: int
    answers: dict[str, AnswerOut]
    draft_reference: str
    pin_set: bool
    amount: AmountOut | None = None
    plan: dict[str, Any] | None = Field(
        default=None,
        description="Once a plan was begun: the words of each section that has some, the lines (null where a cost is not "
        "known yet), what they come to in the first year, and the guide amount.",
    )
    safety: str


class ReplyOut(BaseModel):
    """What comes back after a message."""

    messages: list[MessageOut]
    state: StateOut


class OpenedOut(ReplyOut):
    """A conversation that was started or resumed. The token is given once."""

    conversation_id: str
    token: str


class SaidOut(MessageOut):
    """A line of the transcript."""

    author: Literal["person", "assistant"]
    at: str
    status: Literal["applied", "pending", "kept"] = "applied"
    """pending: stored, not yet answered. kept: stored, but it changed no answer."""


class TranscriptOut(BaseModel):
    """The whole conversation so far, for a page that is loaded again."""

    conversation_id: str
    messages: list[SaidOut]
    state: StateOut


class ProblemOut(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    r"""Text without control characters and with ordinary line ends; broken surrogates become a question mark.

    >>> clean("a\x00b\r\nc\x1b[31m")
    'ab\nc[31m'
    """
    text = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def says_something(text: str) -> bool:
    """Whether there is at least one letter or number, as digits in emoji are.

    >>> says_something("2"), says_something("3\ufe0f\u20e3"), says_something("\U0001f600"), says_something(" ?! ")
    (True, True, False, False)
    """
    return any(unicodedata.category(character)[0] in "LN" for character in text)
