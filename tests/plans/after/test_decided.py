"""A decision as the family hears it: what and why, a yes that is theirs to give, and another look that is never far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.interview import Interview
from bot.interview.state import About
from bot.plans import conversation
from bot.plans.after.decided import AGAIN_ASKED, AGREED, READ, Answer, Decided
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import Waiting
from bot.plans.conversation import Now
from bot.plans.model import Member
from bot.understanding import commands
from bot.understanding.reading import Reading
from tests.plans.after.test_returned import sent_plan
from tests.plans.talk.talking import CONTENT, TODAY

PART = Decided(3, "agree_in_part", 145_000, ("School pays for the tablet.",), "", date(2026, 12, 22))
KINDS = {AGREED: "agreed", READ: "read", AGAIN_ASKED: "look_again"}


@dataclass
class Family:
    """One person at a decision. What they say to it is kept, as the store would."""

    decision: Decided = PART
    who: str = "parent"
    age: int = 12
    others: tuple[Member, ...] = ()
    interview: Interview = field(init=False)
    deeds: list[Deed] = field(default_factory=list)

    def __post_init__(self) -> None:
        about = About(True, self.who, "Ty", "he", self.age)  # type: ignore[arg-type]
        plan = replace(sent_plan(), members=(Member("m1", self.who, ""), *self.others))  # type: ignore[arg-type]
        self.interview = Interview("default-ras", "1", about=about, plan=plan, making=True)

    @property
    def now(self) -> Now:
        answers = tuple(self._answer(deed) for deed in self.deeds)
        stage = "" if any(one.kind == "look_again" for one in answers) else "agreed"
        return Now(TODAY, "m1", "EX-7K3M-9Q2P", Waiting((replace(self.decision, answers=answers),), stage))

    def _answer(self, deed: Deed) -> Answer:
        _, _, reply_by = deed.choice.partition(":")
        day = date.fromisoformat(reply_by) if reply_by else None
        return Answer("m1", KINDS[deed.kind], TODAY, day)  # type: ignore[arg-type]

    @property
    def asks(self) -> str:
        return conversation.ask(CONTENT, self.interview, None, self.now)[-1].text

    @property
    def options(self) -> list[str]:
        return [option.value for option in conversation.ask(CONTENT, self.interview, None, self.now)[-1].options]

    @property
    def stage(self) -> str:
        return conversation.stage(CONTENT, self.interview, self.now)

    def says(self, text: str) -> str:
        steering = commands.match(text)
        understood = Reading("unclear", text)
        if steering is not None:
            understood = Reading("command", text, command=steering.command)
        return self._does(text, None, understood)

    def picks(self, value: str) -> str:
        assert value in self.options
        return self._does("", value, Reading("choice", ""))

    def _does(self, text: str, choice: str | None, understood: Reading) -> str:
        here = conversation.scene(CONTENT, self.interview, None, self.now)
        reading = conversation.interpret(here, self.now.waiting, text, choice, understood)
        turn = conversation.advance_plan(CONTENT, self.interview, reading, None, self.now)
        self.interview = turn.interview
        self.deeds += turn.deeds
        return "\n".join(message.text for message in turn.messages)


def test_they_are_told_what_and_by_when_and_can_ask_why() -> None:
    family = Family()
    assert family.stage == "agreed"
    assert "A part of your plan is agreed, with £1,450 a year." in family.asks
    assert "Please ask by 22 December 2026." in family.asks
    assert "School pays for the tablet." in family.says("why")
    assert "beside this chat" in family.picks("after.decided.letter")
    assert family.deeds == []


@pytest.mark.parametrize("text", ["yes", "I agree", "1"])
def test_a_yes_is_their_signature(text: str) -> None:
    family = Family()
    family.says(text)
    assert [(deed.kind, deed.about, deed.choice) for deed in family.deeds] == [(AGREED, "3", "parent")]
    assert "You agreed to the decision on" in family.asks
    assert family.stage == "agreed"


def test_a_no_asks_what_and_somebody_else_looks_again() -> None:
    family = Family()
    family.says("no")
    assert "What do you not agree with?" in family.asks
    assert family.deeds == []
    said = family.says("He needs the tablet at home as well")
    assert "Someone who did not work on it looks again." in said
    (deed,) = family.deeds
    assert (deed.kind, deed.words) == (AGAIN_ASKED, "He needs the tablet at home as well")
    role, _, reply_by = deed.choice.partition(":")
    assert role == "parent"
    assert date.fromisoformat(reply_by) > TODAY
    assert family.stage == "sent"
    assert "You asked for another look." in family.asks


def test_words_that_pick_nothing_are_not_lost_and_not_taken_for_a_yes() -> None:
    family = Family()
    family.says("he needs the tablet at home as well and school never lets him take it")
    assert "“he needs the tablet at home as well" in family.asks
    assert family.deeds == []
    family.says("no")
    assert "A part of your plan is agreed" in family.asks
    family.says("the club is far away from us")
    family.says("yes")
    assert [(deed.kind, deed.words) for deed in family.deeds] == [(AGAIN_ASKED, "the club is far away from us")]


def test_asking_again_can_be_left() -> None:
    family = Family()
    family.picks("after.decided.again")
    family.says("back")
    assert "A part of your plan is agreed" in family.asks
    assert family.deeds == []


def test_it_can_be_left_for_later_and_found_again() -> None:
    family = Family()
    family.picks("after.later")
    assert "after.decided.yes" not in family.options
    assert "after.open" in family.options
    family.picks("after.open")
    assert "after.decided.yes" in family.options


def test_after_a_yes_they_can_still_ask_for_another_look() -> None:
    family = Family()
    family.says("yes")
    family.picks("after.decided.again")
    family.says("We have thought about it again")
    assert [deed.kind for deed in family.deeds] == [AGREED, AGAIN_ASKED]


def test_not_yet_is_never_a_no() -> None:
    family = Family(Decided(1, "refuse_for_now", None, ("We do not know what school gives.",), "", date(2026, 12, 22)))
    assert family.stage == "sent"
    assert "It is not agreed yet. That is not the last word." in family.asks
    assert "after.decided.yes" not in family.options
    said = family.picks("after.decided.why")
    assert "We do not know what school gives." in said
    assert "Tell us what we have not understood yet." in said
    family.picks("after.decided.read")
    assert [deed.kind for deed in family.deeds] == [READ]
    assert "after.decided.change" in family.options


def test_a_young_person_of_16_agrees_for_themselves() -> None:
    young = Family(who="young_person", age=16)
    assert "You are 16 or older, so you can say for yourself" in young.asks
    young.says("yes")
    assert [(deed.kind, deed.choice) for deed in young.deeds] == [(AGREED, "young_person")]
    parent = Family(age=16, others=(Member("m2", "young_person", "Ty"),))
    assert "after.decided.yes" not in parent.options
    assert "Ty is 16 or older, so he can agree in his own words." in parent.asks
    alone = Family(age=16)
    assert "after.decided.yes" in alone.options


def test_a_child_says_what_they_think_and_a_parent_agrees() -> None:
    child = Family(who="young_person", age=12)
    assert "after.decided.yes" not in child.options
    assert "A parent or carer says if they agree." in child.asks
    child.picks("after.decided.again")
    child.says("I want the club")
    assert [(deed.kind, deed.choice.partition(":")[0]) for deed in child.deeds] == [(AGAIN_ASKED, "young_person")]


@pytest.mark.parametrize("text", ["help", "person", "repeat", "read it back"])
def test_words_that_steer_are_no_answer(text: str) -> None:
    family = Family()
    before = family.asks
    family.says(text)
    assert family.deeds == []
    assert family.asks == before
