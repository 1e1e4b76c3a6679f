"""Things have changed: the questions that the family says are different now are asked again, and nothing else.

What they said before is shown, and stays. Then they can go to the parts of their plan that change with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.models import Questionnaire
from bot.interview.messages import Message, Option
from bot.interview.state import Answer, Interview, Respondent, Status
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import LATER, Step, standing_in
from bot.plans.model import Exchange
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene

ANSWERED, TOLD = "changed.answered", "changed.told"
"""Kinds of deed: a question answered again (about "2/S1", the review and the code), and all told (about the review)."""

HEAD, PICK, LEVEL = "after.head.", "after.ask.", "after.level."
SAME, ALL, DONE = "after.same", "after.all", "after.told"
PARTS_YES, PARTS_NO = "after.parts.yes", "after.parts.no"
NOT_SURE = "not_sure"

SECTION, QUESTION, PARTS = "section", "question", "parts"
"""Exchanges: choosing a question under a heading (its id in ``words``); answering one (its code and words, with a line
break between them); asked about the plan."""


def answered_again(interview: Interview, deeds: Iterable[Deed], by: Respondent) -> tuple[tuple[str, Answer], ...]:
    """The answers that a step gave again, by question. They take the place of the earlier ones, which stay in the store;
    the family's guide amount follows them, what was agreed does not."""
    found = []
    for deed in deeds:
        if deed.kind == ANSWERED:
            level = None if deed.choice == NOT_SURE else int(deed.choice)
            status: Status = "not_sure" if level is None else "answered"
            code = deed.about.partition("/")[2]
            kept = interview.answers.get(code)
            helping = kept.keep_helping if kept is not None else None
            found.append((code, Answer(status, by, level, words=deed.words, keep_helping=helping)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered to a question the last time."""

    level: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ThingsChanged:
    """A quick review that the family has not told about yet."""

    number: int
    questionnaire: str
    """Id and version, "exampleshire/2026.1"."""
    before: tuple[tuple[str, Before], ...]
    """The answers as they are now, by question."""
    done: tuple[str, ...] = ()
    """Codes of questions that were answered again."""

    @property
    def key(self) -> str:
        return f"changed-{self.number}"

    @property
    def stage(self) -> str:
        return "review"

    def pressing(self, scene: Scene) -> bool:
        return True

    def place(self, scene: Scene) -> str:
        exchange = standing_in(scene, self.key)
        if exchange is None or exchange.kind not in (SECTION, QUESTION, PARTS):
            return f"choose/{len(self.done)}"
        return f"{exchange.kind}/{exchange.words.partition(chr(10))[0]}"

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        exchange = standing_in(scene, self.key)
        match exchange.kind if exchange is not None else "":
            case "question":
                return (self._question(scene, exchange.words if exchange else ""),)
            case "section":
                return (self._of_section(scene, exchange.words if exchange else ""),)
            case "parts":
                values = (PARTS_YES, PARTS_NO)
                return (_prompt(scene, f"{self.key}.parts", scene.say("after.changed.parts"), _options(scene, values)),)
        return (self._choose(scene),)

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        exchange = standing_in(scene, self.key)
        kind = exchange.kind if exchange is not None else ""
        words = exchange.words if exchange is not None else ""
        if reading.command == "back":
            return self._to("choose", "", scene) if kind in (SECTION, QUESTION, PARTS) else None
        if kind == QUESTION:
            return self._take_question(scene, words, reading)
        if kind == PARTS:
            return self._take_parts(scene, reading)
        choice = reading.choice or ""
        if choice.startswith(HEAD):
            return self._to(SECTION, choice.removeprefix(HEAD), scene)
        if choice.startswith(PICK):
            return self._to(QUESTION, choice.removeprefix(PICK), scene)
        if choice == ALL:
            return self._to("choose", "", scene)
        if choice == DONE or reading.command == "done":
            return self._to(PARTS, "", scene)
        if reading.kind == "words" and (code := self._named(scene, reading.text)) is not None:
            return self._to(QUESTION, code, scene)
        return None

    # What is asked

    def _choose(self, scene: Scene) -> Message:
        sections = self._questionnaire(scene).sections
        options = [Option(f"{HEAD}{one.id}", one.title, number) for number, one in enumerate(sections, 1)]
        options.append(Option(DONE, scene.say(f"option.{DONE}"), len(options) + 1))
        options.append(Option(LATER, scene.say(f"option.{LATER}"), len(options) + 1))
        key = "after.changed.more" if self.done else "after.changed.which"
        return _prompt(scene, f"{self.key}.which", scene.say(key), tuple(options))

    def _of_section(self, scene: Scene, section_id: str) -> Message:
        questionnaire = self._questionnaire(scene)
        section = next((one for one in questionnaire.sections if one.id == section_id), questionnaire.sections[0])
        options = [
            Option(f"{PICK}{code}", questionnaire.question(code).title, number)
            for number, code in enumerate(section.questions, 1)
        ]
        options.append(Option(ALL, scene.say(f"option.{ALL}"), len(options) + 1))
        asked = scene.say("after.changed.which_one", title=section.title)
        return _prompt(scene, f"{self.key}.section", asked, tuple(options))

    def _question(self, scene: Scene, standing: str) -> Message:
        code, _, words = standing.partition("\n")
        question = self._questionnaire(scene).question(code)
        labels = [scene.of(level.label) for level in question.levels]
        options = [Option(f"{LEVEL}{level}", label, level + 1) for level, label in enumerate(labels)]
        options.append(Option(f"{LEVEL}{NOT_SURE}", scene.say("option.after.level.not_sure"), 5))
        options.append(Option(SAME, scene.say(f"option.{SAME}"), 6))
        parts = []
        before = dict(self.before).get(code)
        if before is not None and before.level is not None:
            parts.append(scene.say("after.changed.before", words=labels[before.level]))
        parts.append(scene.of(question.ask))
        if words:
            parts.append(scene.say("after.changed.words_kept"))
        return Message("question", "\n\n".join(parts), options=tuple(options), question_id=code, heading=question.title)

    # What is taken

    def _take_question(self, scene: Scene, standing: str, reading: PlanReading) -> Step | None:
        code, _, words = standing.partition("\n")
        choice = reading.choice or ""
        if choice == SAME or reading.command == "skip":
            return self._to("choose", "", scene)
        if choice.startswith(LEVEL):
            deed = Deed(ANSWERED, f"{self.number}/{code}", words, choice.removeprefix(LEVEL))
            step = self._to("choose", "", scene)
            return Step(step.scene, (say(scene, "after.changed.kept"),), (deed,))
        if reading.kind == "words":
            # Own words are kept with the level that is chosen next, and one is not read into them here.
            both = "\n".join(part for part in (words, " ".join(reading.text.split())) if part)
            return self._to(QUESTION, f"{code}\n{both}", scene)
        return None

    def _take_parts(self, scene: Scene, reading: PlanReading) -> Step | None:
        deeds = (Deed(TOLD, str(self.number)),)
        if reading.choice == PARTS_YES:
            after = scene.at(after=None).asking(Exchange("which"))
            return Step(after, (say(scene, "after.changed.sent"),), deeds, meanwhile=True)
        if reading.choice == PARTS_NO or reading.command in ("skip", "done"):
            return Step(scene.at(after=None), (say(scene, "after.changed.sent"),), deeds)
        return None

    def _to(self, kind: str, words: str, scene: Scene) -> Step:
        return Step(scene.at(after=Exchange(kind, self.key, words=words)))

    def _named(self, scene: Scene, text: str) -> str | None:
        """The question that words name by its code or title."""
        plain = text.strip().casefold()
        for question in self._questionnaire(scene).questions:
            if plain in (question.id.casefold(), question.title.casefold()):
                return question.id
        return None

    def _questionnaire(self, scene: Scene) -> Questionnaire:
        name, _, version = self.questionnaire.partition("/")
        return scene.content.questionnaire(name, version)


def _options(scene: Scene, values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, scene.say(f"option.{value}"), number) for number, value in enumerate(values, 1))


def _prompt(scene: Scene, question_id: str, text: str, options: tuple[Option, ...]) -> Message:
    heading = scene.say("after.changed.title")
    return Message("question", text, options=options, question_id=question_id, heading=heading)
