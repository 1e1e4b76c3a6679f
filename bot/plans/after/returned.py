"""A plan that came back: the team's questions one at a time, an answer to each, a change to the plan where it is wanted,
and sending it again. Nothing has to be typed twice, and nothing has to be answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.interview.messages import Message, Option
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import LATER, Step, standing_in
from bot.plans.model import Exchange
from bot.plans.talk import pages
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene

ANSWERED, CHANGED = "returned.answered", "returned.changed"
"""Kinds of deed; each is about a question's id."""

GO, DONE, SKIP = "after.go", "after.changed", "after.skip"
PLACE_YES, PLACE_NO = "after.place.yes", "after.place.no"
SEND, REST = "after.send.yes", "after.rest"

AT, BESIDE = "at", "beside"
"""Exchanges: at a question that the speaker went back to; after its answer, asked whether the plan changes with it."""

_BARE_NUMBER = re.compile(r"\W*\d{1,2}\W*")
_ASKS_A_NUMBER = re.compile(
    r"how (?:many|much|often|long|old|far|big)|£|\b(?:hours?|times?|days?|nights?|weeks?|months?|years?|minutes?|miles?|"
    r"number|age|cost|costs|price|amount|pounds?|when)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"\b(?:no|none|nothing|nobody|not)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\b(?:know|sure|dunno|idk)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the team asks."""

    id: str
    words: str
    section: str = ""
    """Where in the plan it can be changed, "P08"; empty where that is not in the plan."""
    wants_change: bool = False
    """The team would like the plan itself to change."""
    done: bool = False
    """The family has answered, or changed the plan for it."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The questions of a round, in the order they were asked; those that were taken back are left out."""

    number: int
    """Of the latest return."""
    questions: tuple[Question, ...]

    @property
    def key(self) -> str:
        return f"returned-{self.number}"

    @property
    def stage(self) -> str:
        return "returned"

    def pressing(self, scene: Scene) -> bool:
        return True

    def place(self, scene: Scene) -> str:
        question = self._at(scene)
        if question is None:
            return f"end/{len(self._left(scene))}"
        return f"{question.id}/{BESIDE if self._is_beside(scene, question) else AT}"

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        question = self._at(scene)
        if question is None:
            return (*self._intro(scene), self._end(scene))
        if self._is_beside(scene, question):
            return (self._beside(scene, question),)
        return (*self._intro(scene), self._question(scene, question))

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        question = self._at(scene)
        if question is None:
            return self._take_end(scene, reading)
        if self._is_beside(scene, question):
            return self._take_beside(scene, question, reading)
        return self._take_question(scene, question, reading)

    # What is asked

    def _intro(self, scene: Scene) -> tuple[Message, ...]:
        if standing_in(scene, self.key) is not None or not self.questions:
            return ()
        key = "after.returned.intro_one" if len(self.questions) == 1 else "after.returned.intro"
        return (say(scene, key, count=len(self.questions)),)

    def _question(self, scene: Scene, question: Question) -> Message:
        options = [(SKIP, scene.say(f"option.{SKIP}")), (LATER, scene.say(f"option.{LATER}"))]
        if question.section:
            title = scene.section(question.section).title
            if scene.plan.changed_since_sent:
                options.insert(0, (DONE, scene.say(f"option.{DONE}")))
            options.insert(0, (GO, scene.say(f"option.{GO}", title=title)))
        parts = [question.words]
        if question.wants_change and question.section:
            parts.append(scene.say("after.returned.wants_change", title=scene.section(question.section).title))
        parts.append(scene.say("after.returned.how"))
        return _prompt(f"{self.key}.{question.id}", self._heading(scene, question), parts, options)

    def _beside(self, scene: Scene, question: Question) -> Message:
        title = scene.section(question.section).title
        options = [
            (PLACE_YES, scene.say(f"option.{PLACE_YES}", title=title)),
            (PLACE_NO, scene.say(f"option.{PLACE_NO}")),
        ]
        asked = scene.say("after.returned.beside", title=title)
        return _prompt(f"{self.key}.{question.id}.{BESIDE}", self._heading(scene, question), [asked], options)

    def _end(self, scene: Scene) -> Message:
        left = self._left(scene)
        options = [(SEND, scene.say(f"option.{SEND}"))]
        if left:
            options.append((REST, scene.say(f"option.{REST}")))
        options.append((LATER, scene.say(f"option.{LATER}")))
        key = "after.returned.end_left" if left else "after.returned.end"
        asked = scene.say(key, count=len(left), total=len(self.questions))
        return _prompt(f"{self.key}.end", scene.say("after.returned.end_title"), [asked], options)

    def _heading(self, scene: Scene, question: Question) -> str:
        position = self.questions.index(question) + 1
        return scene.say("after.returned.heading", position=position, total=len(self.questions))

    # What is taken

    def _take_question(self, scene: Scene, question: Question, reading: PlanReading) -> Step | None:
        # "2" to "How many nights?" is an answer, whatever is listed below the question.
        number = _BARE_NUMBER.fullmatch(reading.text) is not None and _ASKS_A_NUMBER.search(question.words)
        choice = None if number else reading.choice
        if choice == GO:
            turn = pages.go_to(self._on(scene), question.section)
            return Step(scene.with_plan(turn.plan), turn.messages, meanwhile=True)
        if choice == DONE:
            return Step(self._on(scene), (say(scene, "after.returned.changed"),), (Deed(CHANGED, question.id),))
        if choice == SKIP or reading.command == "skip":
            aside = {**scene.place.aside, self._mark(question): "later"}
            return Step(self._on(scene).at(aside=aside), (say(scene, "after.returned.skipped"),))
        if reading.command == "back":
            return self._back(scene, question)
        if reading.command == "why":
            return Step(scene, (say(scene, "after.returned.why"),))
        if choice is None and _is_answer(reading, number=bool(number)):
            return self._answered(scene, question, reading.text)
        return None

    def _answered(self, scene: Scene, question: Question, text: str) -> Step:
        deed, kept = Deed(ANSWERED, question.id, text.strip()), say(scene, "after.returned.kept")
        if question.section:
            return Step(scene.at(after=Exchange(BESIDE, self.key, words=question.id)), (kept,), (deed,))
        return Step(self._on(scene), (kept,), (deed,))

    def _take_beside(self, scene: Scene, question: Question, reading: PlanReading) -> Step | None:
        if reading.choice == PLACE_YES:
            turn = pages.go_to(self._on(scene), question.section)
            return Step(scene.with_plan(turn.plan), turn.messages, meanwhile=True)
        if reading.choice == PLACE_NO or reading.command in ("skip", "done"):
            return Step(self._on(scene))
        if reading.command == "back":
            return Step(scene.at(after=Exchange(AT, self.key, words=question.id)), (say(scene, "back.done"),))
        if reading.choice is None and _is_answer(reading):
            # More about the same: it is kept with the question, and the choice still stands.
            return Step(
                scene, (say(scene, "after.returned.kept"),), (Deed(ANSWERED, question.id, reading.text.strip()),)
            )
        return None

    def _take_end(self, scene: Scene, reading: PlanReading) -> Step | None:
        if reading.choice == SEND:
            return Step(self._on(scene).at(cursor=None).asking(Exchange("consent")), meanwhile=True)
        if reading.choice == REST:
            marks = {self._mark(question) for question in self.questions}
            return Step(scene.at(aside={key: value for key, value in scene.place.aside.items() if key not in marks}))
        if reading.command == "back" and self.questions:
            return self._to(scene, self.questions[-1])
        return None

    def _back(self, scene: Scene, question: Question) -> Step:
        place = self.questions.index(question)
        if place == 0:
            return Step(scene, (say(scene, "after.returned.first"),))
        return self._to(scene, self.questions[place - 1])

    def _to(self, scene: Scene, question: Question) -> Step:
        return Step(scene.at(after=Exchange(AT, self.key, words=question.id)), (say(scene, "back.done"),))

    # Where the speaker is

    def _at(self, scene: Scene) -> Question | None:
        """The question that the speaker went back to, or whose answer they gave last; else the first open one."""
        exchange = standing_in(scene, self.key)
        if exchange is not None and exchange.kind in (AT, BESIDE):
            found = next((question for question in self.questions if question.id == exchange.words), None)
            if found is not None:
                return found
        passed = {question.id for question in self.questions if self._mark(question) in scene.place.aside}
        return next((one for one in self.questions if not one.done and one.id not in passed), None)

    def _is_beside(self, scene: Scene, question: Question) -> bool:
        """Whether they have answered it, and are asked whether the plan changes with it."""
        exchange = standing_in(scene, self.key)
        return exchange is not None and exchange.kind == BESIDE and exchange.words == question.id

    def _left(self, scene: Scene) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if not question.done)

    def _on(self, scene: Scene) -> Scene:
        """Through with this question for now: the first open one comes next."""
        return scene.at(after=Exchange("heard", self.key))

    def _mark(self, question: Question) -> str:
        return f"{self.key}.{question.id}"


def _prompt(question_id: str, heading: str, parts: list[str], choices: list[tuple[str, str]]) -> Message:
    options = tuple(Option(value, label, number) for number, (value, label) in enumerate(choices, 1))
    return Message("question", "\n\n".join(parts), options=options, question_id=question_id, heading=heading)


def _is_answer(reading: PlanReading, *, number: bool = False) -> bool:
    """Whether the words are a reply. "None" and "I don't know" are; "that's all", "later" and "help" are not."""
    if reading.kind == "words" or number:
        return True
    says = {"idea": _OWN_WORDS, "done": _NOTHING}.get(reading.command or "")
    return says is not None and says.search(reading.text) is not None
