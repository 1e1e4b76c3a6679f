"""The shapes of content: what families read and what councils set. Frozen, checked, unknown keys refused.

Files are YAML under ``bot/content/``; :mod:`bot.content.loader` reads them into these models.
Money is integer pence, dates are explicit, ids are never reused.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Who = Literal["parent", "young_person"]
"""Which wording a person reads. Grandparents and carers read the parent wording."""

Stream = Literal["social_care", "sen", "nhs"]
"""Funding streams. SEN and NHS shares are signals only, never pounds (domain notes 3.2)."""

PlainText = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Base of all content: frozen, and any key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Wording(Strict):
    """The same text for the two readers. May hold {name} {they} {them} {their} {theirs} {themself} {age}.

    Text that suits both readers is written once, as a plain string. A line break ends a paragraph, so the text has a
    blank line there (which is also what YAML's ``>-`` means by one).
    """

    parent: PlainText
    young_person: PlainText

    @model_validator(mode="before")
    @classmethod
    def _written_once(cls, value: object) -> object:
        return {"parent": value, "young_person": value} if isinstance(value, str) else value

    @field_validator("parent", "young_person")
    @classmethod
    def _paragraphs(cls, text: str) -> str:
        return re.sub(r"\n+", "\n\n", text)

    def for_(self, who: Who) -> str:
        return self.parent if who == "parent" else self.young_person


class Level(Strict):
    """One of the four levels of a question. ``points``: 0 or more, never less than the level before."""

    label: Wording
    points: int = Field(ge=0)


class Question(Strict):
    """One RAS question. ``id`` (S1 … F3) is never reused for another meaning."""

    id: str = Field(pattern=r"^[A-Z][0-9]{1,2}$")
    title: PlainText
    ask: Wording
    levels: tuple[Level, Level, Level, Level]
    why: Wording
    example: Wording
    shares: dict[Stream, int]
    """Percent of the points that belong to each stream; sums to 100, or is empty when not scored."""
    scored: bool = True
    asked_of: tuple[Who, ...] = ("parent", "young_person")
    bespoke_at: int | None = None
    """Level from which a person must work out the cost (domain notes 3.2 rule 7)."""
    bad_day_rule: bool = True
    """Whether a hard-day level may stand in for the usual one."""
    ask_if_happy_to_keep_helping: bool = False


class Section(Strict):
    """A heading the questions sit under: the five outcomes and the family, in plain words."""

    id: str
    title: PlainText
    outcome: PlainText
    """The Every Child Matters name, for professionals."""
    questions: tuple[str, ...]


class AgePack(Strict):
    """Ages (whole years, both ends included) and what holds for them."""

    id: str
    from_age: int = Field(ge=0)
    to_age: int = Field(ge=0)
    scored: bool
    """False: no points, no figure; a worker looks at the answers (0 to 6)."""
    hand_over: bool = False
    """True: adult services (18 and over); the questions are not asked."""
    points_factor_percent: dict[str, int] = {}
    """Optional weight by question id, e.g. {"W2": 150}."""
    note: PlainText


class Questionnaire(Strict):
    """A dated, versioned set of RAS questions."""

    id: str
    version: str
    valid_from: date
    title: PlainText
    example: bool
    """True: a made-up default that a council must replace; said wherever figures show."""
    approved_by: str | None = None
    source: PlainText
    intro: Wording
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    age_packs: tuple[AgePack, ...]
    bad_days_per_week: int = Field(ge=1, le=7)
    """From this many hard days a week the hard-day level is scored (domain notes 3.2 rule 8)."""

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def age_pack(self, age: int) -> AgePack:
        """The pack for an age in whole years. Raises KeyError outside all packs."""
        for pack in self.age_packs:
            if pack.from_age <= age <= pack.to_age:
                return pack
        raise KeyError(age)


class TableRow(Strict):
    """Need scores from ``score_from`` up to (not including) the next row's, and the amount there."""

    score_from: int = Field(ge=0, le=100)
    amount_pence: int | None
    """Pence a year at ``score_from``; None in a bespoke row: a person works it out."""
    label: PlainText
    explanation: PlainText


class AllocationTable(Strict):
    """A dated table from need score (0-100) to pence a year for one stream and some age packs."""

    id: str
    version: str
    title: PlainText
    stream: Stream
    age_packs: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    example: bool
    reference: PlainText
    """The decision the table rests on. Required, as a table without one cannot be explained."""
    approved_by: str | None = None
    consulted_on: date | None = None
    equality_check_ref: str | None = None
    method: Literal["band", "interpolate"]
    rounding_pence: int = Field(gt=0)
    below_threshold_under: int = Field(ge=0, le=100)
    """Need scores under this get a signpost (never a refusal)."""
    rows: tuple[TableRow, ...]
    top: TableRow | None = None
    """Anchor for interpolation up to the bespoke row: score and amount of the last figure."""
    contingency_percent: int = 12
    source_note: PlainText


class Contact(Strict):
    """Somebody a family can reach. ``verified_on`` says when a person last checked it."""

    id: str
    name: PlainText
    phone: str | None = None
    email: str | None = None
    text: str | None = None
    url: str | None = None
    hours: str | None = None
    nation: Literal["England", "UK"] = "England"
    verified_on: date
    needs_check: str | None = None
    """What nobody has confirmed at its source yet; None when ``verified_on`` covers everything."""
    review_after_days: int = Field(default=365, gt=0)

    def is_out_of_date(self, on: date) -> bool:
        """Whether somebody should have checked it again before this day."""
        return self.verified_on + timedelta(days=self.review_after_days) < on


class Council(Strict):
    """A council: its names, teams and contacts. Exampleshire is fictional."""

    id: str
    name: PlainText
    fictional: bool
    reference_prefix: str | None = Field(default=None, pattern=r"^[A-Z]{2,4}$")
    """The letters before a family's reference; the first two of the id when left out."""
    team: PlainText
    """The team families hear of, e.g. "the disabled children's team"."""
    reply_within: PlainText
    """When a person looks at what was sent, in plain words, e.g. "within 10 working days"."""
    questionnaire: str
    tables: tuple[str, ...] = ()
    """Ids of the allocation tables in use; other tables can be read but set no amount."""
    contacts: tuple[Contact, ...]
    closed_days: tuple[date, ...] = ()
    """Days on which nobody works who does not work at night: bank holidays in England, and the council's own."""
    how_to_disagree: PlainText
    complaints: PlainText

    def contact(self, contact_id: str) -> Contact:
        """The contact with this id. Raises KeyError."""
        for contact in self.contacts:
            if contact.id == contact_id:
                return contact
        raise KeyError(contact_id)


class HelpTopic(Strict):
    """An answer to something a person asks back. Law and policy carry source, date and a review date."""

    id: str
    intents: tuple[str, ...] = ()
    asked_as: tuple[PlainText, ...] = ()
    """Ways of asking for it while a plan is made; plain spelling, as :func:`bot.content.asking.plain` gives it."""
    text: Wording
    source: str | None = None
    as_of: date | None = None
    review_by: date | None = None
    """After this day the answer is not given; the person is offered a human instead."""


class GlossaryTerm(Strict):
    """A word a person may not know and what it means in one plain sentence."""

    id: str
    term: PlainText
    also: tuple[str, ...] = ()
    meaning: PlainText


class Clarify(Strict):
    """Words used when a level is in doubt: what tells neighbours apart, the question in other words, short levels."""

    question: str
    apart: dict[Literal["0-1", "1-2", "2-3"], Wording]
    other_words: Wording
    short: dict[Literal["0", "1", "2", "3"], Wording]
