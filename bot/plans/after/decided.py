"""A decision about the plan: the family is told, hears why, reads the letter, agrees to it, or asks somebody else to look.

From 16 a young person agrees for themselves, where they take part; before that a parent or carer does, and the child can
say what they think. "Not yet" is never a no: then nothing is asked but what they would like to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.cases.working_days import working_days_after
from bot.interview.messages import Message, Option
from bot.interview.words import pounds
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import LATER, Step, standing_in
from bot.plans.documents.letter import day
from bot.plans.model import Exchange
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene

AGREED, AGAIN_ASKED, READ = "decided.agreed", "decided.look_again", "decided.read"
"""Kinds of deed; each is about a decision's number. ``choice`` is the speaker's role, and of a wish for another look
the day by which somebody replies: "parent:2026-12-08"."""

YES, AGAIN, WHY = "after.decided.yes", "after.decided.again", "after.decided.why"
LETTER, CHANGE, READ_IT = "after.decided.letter", "after.decided.change", "after.decided.read"
SEND = "after.decided.send"
PASS, GO_BACK = "after.decided.pass.yes", "after.decided.pass.no"

ASKED_WORDS, SURE = "again", "sure"
"""Exchanges: asked what they do not agree with; asked whether what they wrote is a wish for another look."""

_NO = re.compile(r"\W*(?:no+|nope|not really|i (?:do not|don['’]?t) agree|i disagree|disagree)\W*", re.IGNORECASE)

USUAL_DAYS = 10
"""Working days within which somebody looks again, where the council has set none any more."""

ADULT = 16
"""From this age a young person may hold a direct payment and agree for themselves (2009 Regulations; domain notes 2.1)."""

Outcome = Literal["agree", "agree_in_part", "refuse_for_now"]
Said = Literal["read", "agreed", "look_again"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member said to the decision."""

    member: str
    kind: Said
    on: date
    reply_by: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision in force, and what was said to it."""

    number: int
    outcome: Outcome
    final_pence: int | None
    reasons: tuple[str, ...]
    what_would_help: str
    question_by: date | None
    """The last day of the time in which the family is asked to question it."""
    answers: tuple[Answer, ...] = ()

    @property
    def key(self) -> str:
        return f"decided-{self.number}"

    @property
    def stage(self) -> str:
        return "sent" if self.outcome == "refuse_for_now" or self._looks_again else "agreed"

    def pressing(self, scene: Scene) -> bool:
        """Until this speaker has answered, or somebody has asked for another look."""
        mine = any(answer.member == scene.speaker for answer in self.answers)
        return not mine and not self._looks_again

    def place(self, scene: Scene) -> str:
        exchange = self._at(scene)
        at = exchange.kind if exchange is not None else "at" if self.pressing(scene) else "rest"
        return f"{self.number}/{at}"

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        exchange = self._at(scene)
        if exchange is not None and exchange.kind == SURE:
            asked = scene.say("after.decided.sure", words=exchange.words)
            return (self._prompt(scene, SURE, [asked], self._labels(scene, (PASS, GO_BACK))),)
        if exchange is not None:
            asked = scene.say("after.decided.again_ask")
            return (self._prompt(scene, ASKED_WORDS, [asked], self._labels(scene, (LATER,))),)
        if not self.pressing(scene):
            return (self._prompt(scene, "rest", [self._rest(scene)], self._labels(scene, self._rest_options())),)
        parts = [self._told(scene)]
        if self.question_by is not None:
            parts.append(scene.say("after.decided.question", date=day(self.question_by)))
        parts.append(scene.say(self._asks(scene)))
        return (self._prompt(scene, "", parts, self._labels(scene, self._options(scene))),)

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        exchange = self._at(scene)
        if exchange is not None:
            return self._take_words(scene, exchange, reading)
        match reading.choice or reading.command:
            case "after.decided.yes" if self._may_agree(scene):
                return self._deed(scene, AGREED, "after.decided.thanks_agreed", reading.text)
            case "after.decided.read":
                return self._deed(scene, READ, "after.decided.thanks_read")
            case "after.decided.again":
                return Step(scene.at(after=Exchange(ASKED_WORDS, self.key)))
            case "after.decided.why" | "why":
                return Step(scene, tuple(self._why(scene)))
            case "after.decided.letter":
                return Step(scene, (say(scene, "after.decided.letter"),))
            case "after.decided.change":
                return Step(scene.asking(Exchange("which")), meanwhile=True)
            case "after.decided.send" if self._may_send(scene):
                return Step(scene.at(cursor=None).asking(Exchange("consent")), meanwhile=True)
            case "back":
                return Step(scene, (say(scene, "after.decided.back"),))
        if reading.choice is None and reading.kind == "words":
            return self._heard(scene, reading.text.strip())
        return None

    # What is said

    @property
    def _looks_again(self) -> bool:
        return any(answer.kind == "look_again" for answer in self.answers)

    def _told(self, scene: Scene) -> str:
        amount = "" if self.final_pence is None else pounds(self.final_pence)
        return scene.say(f"after.decided.{self.outcome}", amount=amount)

    def _why(self, scene: Scene) -> list[Message]:
        """In the officer's own words."""
        said = [Message("say", scene.say("after.decided.why", reason=reason)) for reason in self.reasons]
        if not said:
            said = [say(scene, "after.decided.why_as_asked")]
        if self.outcome == "refuse_for_now":
            words = self.what_would_help or scene.say("decision.help_words")
            said.append(Message("say", scene.say("after.decided.help", words=words)))
        return said

    def _asks(self, scene: Scene) -> str:
        if self.outcome == "refuse_for_now":
            return "after.decided.ask_not_yet"
        if not self._may_agree(scene):
            return "after.decided.ask_young" if scene.me.role != "young_person" else "after.decided.ask_child"
        of_age = scene.me.role == "young_person" and (scene.about.age or 0) >= ADULT
        return "after.decided.ask_young" if of_age else "after.decided.ask"

    def _options(self, scene: Scene) -> tuple[str, ...]:
        first = (YES,) if self.outcome != "refuse_for_now" and self._may_agree(scene) else (READ_IT,)
        change = (CHANGE,) if self.outcome == "refuse_for_now" else ()
        send = (SEND,) if self._may_send(scene) else ()
        return (*send, *first, WHY, LETTER, AGAIN, *change, LATER)

    def _rest_options(self) -> tuple[str, ...]:
        return (LETTER, WHY, CHANGE) if self._looks_again else (LETTER, WHY, AGAIN, CHANGE)

    def _may_send(self, scene: Scene) -> bool:
        """Whether they have changed what was not agreed yet, so that the new plan can go to the team."""
        return self.outcome == "refuse_for_now" and scene.plan.changed_since_sent

    def _rest(self, scene: Scene) -> str:
        """Where the plan rests after it was answered."""
        again = next((answer for answer in self.answers if answer.kind == "look_again"), None)
        if again is not None and again.reply_by is not None:
            return scene.say("after.decided.rest_again", date=day(again.reply_by))
        agreed = next((one for one in self.answers if one.kind == "agreed" and one.member == scene.speaker), None)
        if agreed is not None:
            return scene.say("after.decided.rest_agreed", date=day(agreed.on))
        return scene.say("after.decided.rest_read")

    def _prompt(self, scene: Scene, at: str, parts: list[str], choices: tuple[tuple[str, str], ...]) -> Message:
        options = tuple(Option(value, label, number) for number, (value, label) in enumerate(choices, 1))
        question_id = f"{self.key}.{at}" if at else self.key
        heading = scene.say("after.decided.heading")
        return Message("question", "\n\n".join(parts), options=options, question_id=question_id, heading=heading)

    def _labels(self, scene: Scene, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((value, scene.say(f"option.{value}")) for value in values)

    # What is taken

    def _at(self, scene: Scene) -> Exchange | None:
        """The exchange about another look that the speaker is in."""
        exchange = standing_in(scene, self.key)
        return exchange if exchange is not None and exchange.kind in (ASKED_WORDS, SURE) else None

    def _may_agree(self, scene: Scene) -> bool:
        """Whether this speaker's yes is the family's signature."""
        of_age = (scene.about.age or 0) >= ADULT
        if scene.me.role == "young_person":
            return of_age
        return not (of_age and any(member.role == "young_person" for member in scene.plan.members))

    def _heard(self, scene: Scene, text: str) -> Step:
        """Words to a decision, where an option was asked for: they may be a wish for another look, so they are asked."""
        if _NO.fullmatch(text):
            return Step(scene.at(after=Exchange(ASKED_WORDS, self.key)))
        return Step(scene.at(after=Exchange(SURE, self.key, words=text)))

    def _take_words(self, scene: Scene, exchange: Exchange, reading: PlanReading) -> Step | None:
        if reading.choice in (LATER, GO_BACK) or reading.command in ("back", "later"):
            return Step(scene.at(after=None), (say(scene, "back.done"),))
        if exchange.kind == SURE and reading.choice == PASS:
            return self._again(scene, exchange.words)
        if reading.choice is not None or reading.kind != "words" or not reading.text.strip():
            return None
        before = f"{exchange.words}\n" if exchange.kind == SURE else ""
        return self._again(scene, before + reading.text.strip())

    def _again(self, scene: Scene, words: str) -> Step:
        policy = scene.content.sign_off
        days = policy.look_again_working_days if policy is not None else USUAL_DAYS
        reply_by = working_days_after(scene.today, days, scene.content.council.closed_days)
        deed = Deed(AGAIN_ASKED, str(self.number), words, f"{scene.me.role}:{reply_by.isoformat()}")
        return Step(scene.at(after=None), (say(scene, "after.decided.again_kept", date=day(reply_by)),), (deed,))

    def _deed(self, scene: Scene, kind: str, thanks: str, words: str = "") -> Step:
        deed = Deed(kind, str(self.number), words.strip(), scene.me.role)
        return Step(scene.at(after=None), (say(scene, thanks),), (deed,))
