"""Looking back at a plan: each goal by the child and by the family, what worked, what to change, the money, feeling safe.

Every question can be left out, and nothing is sent before they say so. A parent may put down how the child sees it; a
young person who takes part answers for themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.cases.reviews import QUESTIONS, REACHED
from bot.interview.messages import Message, Option
from bot.plans.after.deeds import Deed
from bot.plans.after.living import cause_of, opens_review
from bot.plans.after.matter import LATER, Step, standing_in
from bot.plans.model import Exchange
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene

SAID, TOLD = "review.said", "review.told"
"""Kinds of deed. Of the first, ``about`` is "2/goal/7/child": review, what it is about, and whose voice. Of the second,
the review."""

Voice = Literal["child", "family"]

GOAL, SKIP, NEXT = "after.goal.", "after.skip", "after.next"
CHILD_YES, CHILD_NO = "after.child.yes", "after.child.no"
TELL = "after.tell.yes"
ASK_CHILD = "child"
"""What is said to "Shall I put down how your child sees it?", kept so that it is not asked twice."""

AT, MORE = "at", "more"
"""Exchanges: at a question that the speaker went back to; after a goal, asked for words about it. ``words``: "goal/7/child"."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the plan that was agreed."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked."""

    about: str
    """"goal/7", one of the questions, or :data:`ASK_CHILD`."""
    voice: Voice

    @property
    def name(self) -> str:
        return f"{self.about}/{self.voice}"


@dataclass(frozen=True, slots=True)
class LookingBack:
    """A review by the plan's dates, or one that a professional asked for."""

    number: int
    goals: tuple[Goal, ...]
    said: Collection[tuple[str, str]] = ()
    """What was said already: what about, and whose voice."""
    child_too: bool = False
    """The family said that it puts down how the child sees it."""

    @property
    def key(self) -> str:
        return f"review-{self.number}"

    @property
    def stage(self) -> str:
        return "review"

    def pressing(self, scene: Scene) -> bool:
        return True

    def place(self, scene: Scene) -> str:
        item = self._at(scene)
        if item is None:
            return "end"
        return f"{item.name}/{MORE if self._is_more(scene, item) else AT}"

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        intro: tuple[Message, ...] = ()
        if standing_in(scene, self.key) is None:
            intro = (say(scene, "after.review.intro"),)
        item = self._at(scene)
        if item is None:
            values = (TELL, LATER)
            return (*intro, self._prompt(scene, "end", scene.say("after.review.end"), values))
        if self._is_more(scene, item):
            key = "after.review.more_child" if self._for_child(scene, item) else "after.review.more"
            return (self._prompt(scene, f"{item.name}.more".replace("/", "."), scene.say(key), (NEXT,), item),)
        return (*intro, self._question(scene, item))

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        if reading.choice is None and (cause := cause_of(reading.text)) == "crisis":
            return opens_review(scene, cause, reading.text)
        item = self._at(scene)
        if item is None:
            return self._take_end(scene, reading)
        if reading.command == "back":
            return self._back(scene, item)
        if reading.command == "why":
            return Step(scene, (say(scene, "after.review.why"),))
        if self._is_more(scene, item):
            return self._take_more(scene, item, reading)
        if reading.choice == SKIP or reading.command == "skip":
            aside = {**scene.place.aside, self._mark(item): "later"}
            return Step(self._on(scene).at(aside=aside), (say(scene, "after.review.skipped"),))
        if item.about == ASK_CHILD:
            return self._take_child(scene, item, reading)
        if item.about.startswith("goal/"):
            return self._take_goal(scene, item, reading)
        if reading.kind == "words" or reading.command in ("done", "idea"):
            kept = say(scene, "after.review.kept")
            return Step(self._on(scene), (kept,), (self._deed(item, "", reading.text.strip()),))
        return None

    # What is asked

    def _question(self, scene: Scene, item: Item) -> Message:
        if item.about == ASK_CHILD:
            values: tuple[str, ...] = (CHILD_YES, CHILD_NO)
            return self._prompt(scene, "child", scene.say("after.review.ask_child"), values, item)
        if not item.about.startswith("goal/"):
            asked = scene.say(f"after.review.{item.about}")
            return self._prompt(scene, item.about, asked, (SKIP, LATER), item)
        goal = self._goal(item)
        key = "after.review.goal_child" if self._for_child(scene, item) else "after.review.goal"
        values = (*(f"{GOAL}{reached}" for reached in REACHED), SKIP, LATER)
        asked = scene.say(key, words=goal.words)
        return self._prompt(scene, item.name.replace("/", "."), asked, values, item)

    def _prompt(self, scene: Scene, name: str, text: str, values: tuple[str, ...], item: Item | None = None) -> Message:
        options = tuple(Option(value, scene.say(f"option.{value}"), number) for number, value in enumerate(values, 1))
        items = self._items(scene)
        heading = scene.say("after.review.title")
        if item is not None:
            position = items.index(item) + 1
            heading = scene.say("after.review.heading", position=position, total=len(items))
        return Message("question", text, options=options, question_id=f"{self.key}.{name}", heading=heading)

    # What is taken

    def _take_goal(self, scene: Scene, item: Item, reading: PlanReading) -> Step | None:
        choice = reading.choice or ""
        if choice.startswith(GOAL):
            exchange = standing_in(scene, self.key)
            words = exchange.words.partition("\n")[2] if exchange is not None and exchange.kind == AT else ""
            deed = self._deed(item, choice.removeprefix(GOAL), words)
            if words:
                return Step(self._on(scene), (say(scene, "after.review.kept"),), (deed,))
            return Step(scene.at(after=Exchange(MORE, self.key, words=item.name)), (), (deed,))
        if reading.kind == "words":
            # Words first: they are kept, and go with the answer that is picked next.
            text = " ".join(reading.text.split())
            standing = scene.at(after=Exchange(AT, self.key, words=f"{item.name}\n{text}"))
            return Step(standing, (say(scene, "after.review.which"),))
        return None

    def _take_more(self, scene: Scene, item: Item, reading: PlanReading) -> Step | None:
        if reading.choice == NEXT or reading.command in ("skip", "done"):
            return Step(self._on(scene))
        if reading.kind == "words" or reading.command == "idea":
            deed = self._deed(item, "", reading.text.strip())
            return Step(self._on(scene), (say(scene, "after.review.kept"),), (deed,))
        return None

    def _take_child(self, scene: Scene, item: Item, reading: PlanReading) -> Step | None:
        if reading.choice not in (CHILD_YES, CHILD_NO):
            return None
        return Step(self._on(scene), (), (self._deed(item, "yes" if reading.choice == CHILD_YES else "no", ""),))

    def _take_end(self, scene: Scene, reading: PlanReading) -> Step | None:
        if reading.choice == TELL:
            return Step(scene.at(after=None), (say(scene, "after.review.told"),), (Deed(TOLD, str(self.number)),))
        items = self._items(scene)
        if reading.command == "back" and items:
            return self._to(scene, items[-1])
        return None

    def _back(self, scene: Scene, item: Item) -> Step:
        items = self._items(scene)
        place = items.index(item)
        if place == 0:
            return Step(scene, (say(scene, "after.nothing_before"),))
        return self._to(scene, items[place - 1])

    def _to(self, scene: Scene, item: Item) -> Step:
        return Step(scene.at(after=Exchange(AT, self.key, words=item.name)), (say(scene, "back.done"),))

    def _deed(self, item: Item, choice: str, words: str) -> Deed:
        return Deed(SAID, f"{self.number}/{item.name}", words, choice)

    # Where the speaker is

    def _items(self, scene: Scene) -> tuple[Item, ...]:
        """Everything that is asked of this speaker, in order."""
        young = scene.me.role == "young_person"
        voice: Voice = "child" if young else "family"
        goals = [Item(f"goal/{goal.id}", voice) for goal in self.goals]
        child = [] if young or not self.goals else [Item(ASK_CHILD, voice)]
        if child and self.child_too:
            child += [Item(f"goal/{goal.id}", "child") for goal in self.goals]
        return (*goals, *child, *(Item(about, voice) for about in QUESTIONS))

    def _at(self, scene: Scene) -> Item | None:
        """Where the speaker went back to, or the goal they just answered; else the first thing that is open."""
        items = self._items(scene)
        exchange = standing_in(scene, self.key)
        if exchange is not None and exchange.kind in (AT, MORE):
            name = exchange.words.partition("\n")[0]
            if (found := next((item for item in items if item.name == name), None)) is not None:
                return found
        return next(
            (
                item
                for item in items
                if (item.about, item.voice) not in self.said and self._mark(item) not in scene.place.aside
            ),
            None,
        )

    def _is_more(self, scene: Scene, item: Item) -> bool:
        exchange = standing_in(scene, self.key)
        return exchange is not None and exchange.kind == MORE and exchange.words == item.name

    def _for_child(self, scene: Scene, item: Item) -> bool:
        """A parent puts down how the child sees it."""
        return item.voice == "child" and scene.me.role != "young_person"

    def _goal(self, item: Item) -> Goal:
        number = int(item.about.removeprefix("goal/"))
        return next(goal for goal in self.goals if goal.id == number)

    def _on(self, scene: Scene) -> Scene:
        return scene.at(after=Exchange("heard", self.key))

    def _mark(self, item: Item) -> str:
        return f"{self.key}.{item.name}"
