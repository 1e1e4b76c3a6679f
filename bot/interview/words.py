"""The assistant's sentences for one interview: content filled with the child's name and the right words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.loader import Content
from bot.content.models import Level, Question, Questionnaire, Who, Wording
from bot.interview.messages import Option
from bot.interview.path import answering
from bot.interview.state import Answer, Interview


def pounds(pence: int) -> str:
    """Money for reading: whole pounds where there are no odd pence.

    >>> pounds(505000), pounds(9712)
    ('£5,050', '£97.12')
    """
    whole, odd = divmod(pence, 100)
    return f"£{whole:,}.{odd:02d}" if odd else f"£{whole:,}"


def joined(items: list[str], word: str = "and") -> str:
    """A list in words.

    >>> joined(["Nights", "Friends", "Learning"])
    'Nights, Friends and Learning'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


@dataclass(frozen=True, slots=True)
class Words:
    """Content seen by the person of one interview."""

    content: Content
    interview: Interview

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire version this interview was started with."""
        return self.content.questionnaire(self.interview.questionnaire, self.interview.version)

    def reader(self, question_id: str | None = None) -> Who:
        """Which wording is read: for the family questions a parent's, also on a young person's path."""
        if question_id and answering(self.questionnaire, self.interview, question_id) == "parent":
            return "parent"
        return self.interview.reader

    def say(self, key: str, question_id: str | None = None, **values: object) -> str:
        """A sentence by its key. Raises KeyError for an unknown key."""
        return self.content.text(key, self.reader(question_id), **self._child(), **values)

    def of(self, wording: Wording, question_id: str | None = None) -> str:
        """A question's own wording: its text, a level, why we ask."""
        return self.content.fill(wording.for_(self.reader(question_id)), **self._child())

    def short(self, question_id: str, level: int) -> str:
        """A level in two to six words."""
        clarify = self.content.clarify[question_id]
        return self.of(clarify.short[str(level)], question_id)  # type: ignore[index]

    def label(self, question: Question, level: int) -> str:
        """A level in full."""
        chosen: Level = question.levels[level]
        return self.of(chosen.label, question.id)

    def answer(self, question_id: str, answer: Answer) -> str:
        """An answer in words, for the check page and read-backs."""
        if answer.status == "skipped":
            return self.say("answer.skipped")
        if answer.level is None:
            return self.say("answer.not_sure")
        if answer.status == "varies" and answer.hard_level is not None:
            said = self.say(
                "answer.varies",
                usual=self.short(question_id, answer.level),
                hard=self.short(question_id, answer.hard_level),
                days=days(answer.hard_days or 1),
            )
        else:
            said = self.label(self.questionnaire.question(question_id), answer.level)
        if answer.keep_helping is not None:
            said += " " + self.say(f"answer.keep_helping.{answer.keep_helping}", question_id)
        return said

    def result_options(self) -> tuple[Option, ...]:
        """Every option a person may pick once the result step is reached, with or without an amount."""
        values = (
            "result.why",
            "result.plan",
            "result.disagree",
            "result.change",
            "result.pause",
            "result.done",
            "result.again",
        )
        return tuple(Option(value, self.say(f"option.{value}"), number) for number, value in enumerate(values, 1))

    def _child(self) -> dict[str, object]:
        about = self.interview.about
        return {"name": about.name, "pronouns": about.pronoun, "age": about.age}


def days(count: int) -> str:
    """Days a week in words.

    >>> days(1), days(3)
    ('1 day', '3 days')
    """
    return "1 day" if count == 1 else f"{count} days"
