"""The shapes of support-plan content: the prompts P00 to P19, stories, the ways to look after money, dated rates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict, Wording

PlanSectionKind = Literal["start", "words", "records", "help", "lines", "money", "check"]
"""start: P00. words: own words and at most two follow-ups. records: goals, risks, actions …, one after another.
help: P10, what help is wanted. lines: P11, costed lines. money: P12, who looks after it. check: P19, check and send."""


class PlanChoice(Strict):
    """One option of a follow-up or a record's field. ``id`` is stored; the label is read."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Wording


class PlanField(Strict):
    """One thing asked inside a section after its prompt."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    ask: Wording
    label: PlainText
    """Its heading in documents, e.g. "How we will know"."""
    kind: Literal["words", "when", "choice"] = "words"
    """when: a date or time in own words, read as a date where that is certain. choice: one of ``options``."""
    options: tuple[PlanChoice, ...] = ()
    child_says: bool = False
    """Asks what the child would say: the answer is the child's words, told by whoever types."""
    guess: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """For a choice: option id and words that suggest it; such a value is read back and can be changed, never asked."""

    @model_validator(mode="after")
    def _choices(self) -> PlanField:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError(f"{self.id}: a choice needs options, and nothing else has them")
        if set(self.guess) - {option.id for option in self.options}:
            raise ValueError(f"{self.id}: guesses name options that are not there")
        return self


class RecordShape(Strict):
    """Records of a section. The section's own prompt asks for the first field, ``main``."""

    main: PlainText
    """Heading of what the prompt asks for, e.g. "What I want"."""
    fields: tuple[PlanField, ...]
    """In the order asked; at most two of them are asked for each record, the ones not said yet, the rest can be added."""
    another: Wording
    """ "Is there another thing you want to happen?" """
    noun: Wording
    """ "goal": what one record is called when it is read back."""


class PlanSection(Strict):
    """One section of the plan script, P00 to P19 (domain notes 4)."""

    id: str = Field(pattern=r"^P[0-9]{2}$")
    kind: PlanSectionKind
    title: PlainText
    ask: Wording
    again: Wording
    """The same asked in other words, when the first were not understood or nothing came to mind."""
    why: Wording
    example: Wording
    follow_ups: tuple[PlanField, ...] = ()
    record: RecordShape | None = None
    approval: tuple[int, ...] = ()
    """Which of the seven approval questions it answers (domain notes 4)."""
    names: tuple[PlainText, ...]
    """What people call it when they ask for it: "money", "goals", "good days"; lower case."""
    headings: tuple[PlainText, ...] = ()
    """Headings that a written page may have over this part; lower case."""
    cues: tuple[PlainText, ...] = ()
    """Words and phrases of a pasted page that belong here; lower case."""
    young_person_skips_money: bool = False
    """A young person is asked this only if they choose to (domain notes 4)."""

    @model_validator(mode="after")
    def _shape(self) -> PlanSection:
        if (self.kind == "records") != (self.record is not None):
            raise ValueError(f"{self.id}: records need a record shape, and nothing else has one")
        return self


class ServiceWords(Strict):
    """Service words that are turned round gently into what they make possible (domain notes 4, seed 004)."""

    id: str
    words: tuple[PlainText, ...]
    """Lower-case phrases: "respite", "pa hours"."""
    ask: Wording
    """ "What would the break make possible – for {name}, and for you?" """


class Story(Strict):
    """A short pen picture of what another family did, offered when someone is stuck."""

    id: str
    sections: tuple[str, ...]
    text: Wording
    source: PlainText


class MoneyWay(Strict):
    """One way to look after the money, and what it asks of the family (domain notes 1.7 no. 105-109)."""

    id: Literal["direct_payment", "third_party", "council", "mix"]
    title: PlainText
    text: Wording
    asks_of_you: Wording


class SharingChoice(Strict):
    """Somebody who may see the plan."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Wording


class PlanScript(Strict):
    """A dated, versioned plan script."""

    id: str
    version: str
    valid_from: date
    example: bool
    source: PlainText
    sections: tuple[PlanSection, ...]
    service_words: tuple[ServiceWords, ...]
    money_ways: tuple[MoneyWay, ...]
    sharing: tuple[SharingChoice, ...]

    def section(self, code: str) -> PlanSection:
        """Raises KeyError."""
        for section in self.sections:
            if section.id == code:
                return section
        raise KeyError(code)

    @property
    def numbered(self) -> tuple[str, ...]:
        """The sections that progress counts: P01 to P19; P00 comes before."""
        return tuple(section.id for section in self.sections if section.kind != "start")


class OnCostRates(Strict):
    """What employing somebody costs beside their pay. Dated; money in pence, rates in hundredths of a percent."""

    id: str
    valid_from: date
    valid_to: date | None = None
    source: PlainText
    checked_on: date
    holiday_basis_points: int
    """Paid holiday as a share of pay: 1207 is 12.07 %, which is 5.6 weeks of 46.4 worked."""
    employer_ni_basis_points: int
    employer_ni_from_weekly_pence: int
    """Pay a week up to which no employer's National Insurance is due (secondary threshold)."""
    employer_ni_allowance_yearly_pence: int
    """Employment Allowance; personal and care employers may have it."""
    pension_basis_points: int
    pension_from_yearly_pence: int
    """Yearly pay from which somebody must be enrolled (earnings trigger)."""
    pension_band_yearly_pence: tuple[int, int]
    """The band of earnings that the pension is worked out on, from and to."""
    living_wage_hourly_pence: int
    """National Living Wage, for 21 and over; younger people may be paid less by law."""
    payroll_yearly_pence: int
    insurance_yearly_pence: int

    def share(self, basis_points: int) -> Fraction:
        """As an exact fraction."""
        return Fraction(basis_points, 10_000)


class SpendToAsk(Strict):
    """A kind of spending that must be asked about first. Never a refusal (domain notes 4, validators)."""

    id: str
    words: tuple[PlainText, ...]
    not_words: tuple[PlainText, ...] = ()
    """Phrases in which one of ``words`` means something else: "new car" in "new car seat"."""
    say: Wording


class PlanRules(Strict):
    """What a council sets for plans; ``plan/rules/<council>.yaml``."""

    council: str
    script: str
    first_review_within_months: int = Field(ge=1, le=12)
    yearly_review_months: int = Field(ge=1, le=24)
    term_weeks: int = Field(ge=30, le=45)
    """School weeks in a year: 39."""
    usual_hourly_pence: tuple[int, int]
    """Lowest and highest hourly pay that raises no question; outside it the figure is read back once more."""
    most_weekly_hours: int = 168
    ask_first: tuple[SpendToAsk, ...]
    same_household: Wording
    """What to say where a paid person lives in the same home: ask your worker first."""
    unspent: tuple[PlanChoice, ...]
    """What may happen to money that is not spent: keep, pay back, discuss."""
    directory_url: str | None = None
    """Address of an Open Referral UK directory; None: the project's own small example in demo mode."""
