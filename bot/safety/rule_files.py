"""The shapes of safety rules as written in ``bot/content/safety``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.safety.levels import Level, Speaker, is_red


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(_Strict):
    """Something a person could write, and where; both kinds of examples are run as tests."""

    text: str
    who: Speaker | None = None
    question: str | None = None
    previous: Level | None = None
    level: Level | None = None
    """What exactly must come out, where it is not the rule's own level."""


def _examples(data: Any) -> Any:
    """An example may be written as its text alone."""
    return [{"text": item} if isinstance(item, str) else item for item in data]


Examples = Annotated[tuple[Example, ...], BeforeValidator(_examples)]


class Context(_Strict):
    """Something around a hit that lowers or raises it."""

    id: str
    reason: str
    adult_only: bool = False
    """A child's joke, or a child's past, lowers nothing."""
    patterns: tuple[str, ...]


class _Rule(_Strict):
    """What every rule has, however it finds what it looks for."""

    id: str
    level: Level
    reason: str
    """Why a person should look, in plain words, without anything personal."""
    text: str
    """Id of the fixed text, without the ending ``_adult`` or ``_child`` where the text has both."""
    then_text: str | None = None
    """A second fixed text, for a message that is two things at once."""
    also: tuple[Level, ...] = ()
    """Other levels that hold as well (an overdose is RED-A, and RED-B too)."""
    must_raise: Examples
    must_not: Examples


class RuleFile(_Rule):
    """A rule of patterns."""

    speaker: Speaker | None = None
    """Set when the words mean this only from an adult, or only from a child."""
    speaker_known: bool = False
    """The words are too common to count before it is known who speaks."""
    questions: tuple[str, ...] = ()
    """Set when the words mean this only as an answer to these questions."""
    patterns: tuple[str, ...] = Field(min_length=1)
    not_when: tuple[str, ...] = ()
    """Figures of speech: a hit inside one of these was never a hit."""
    lowered_by: dict[str, Level] = {}
    """Context id (or several, ``past+known``, that must all hold) and the level that is left; the first that fits counts. Never applied to a child, nor with now, means or secrecy, nor when
    something was raised before in the conversation: then an AMBER is left at least."""
    need_in: dict[str, Level] = {}
    """RAS question and the level that is left when an adult answers it with these words: behaviour of a child who is
    overwhelmed, or care, is need and not harm."""
    raised_by: dict[str, Level] = {}
    """Context id (or ``child``: a child speaks) and the level it lifts to."""


class WeighedFile(_Rule):
    """A rule of weighed words, for one level; see :mod:`bot.safety.weighed`."""

    raised: int = Field(ge=1, le=99)
    """Per cent sure that a person should look, from which a message is raised to AMBER when this level has most points."""
    sure: int | None = Field(default=None, ge=1, le=99)
    """Per cent sure that the message is RED, from which it is; a RED level that is less sure is raised to AMBER."""
    surer_in: dict[str, int] = {}
    """RAS question, and how many per cent surer it must be when an adult answers it: what is alarming elsewhere is need
    there."""
    text_when: dict[str, str] = {}
    """An entry of ``words.csv``, and the fixed text to send instead where it is found; the first that fits counts."""

    @model_validator(mode="after")
    def _red_says_how_sure(self) -> WeighedFile:
        if is_red(self.level) != (self.sure is not None):
            raise ValueError(f"{self.id}: a RED rule says from where it is sure, and no other")
        return self
