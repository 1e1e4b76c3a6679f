"""A plan that came back with questions: asked one at a time, answered or left, and sent again, from where the family is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.interview import Interview
from bot.interview.state import About
from bot.plans import conversation
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import NOTHING, Waiting
from bot.plans.after.returned import ANSWERED, CHANGED, Question, Returned
from bot.plans.conversation import Now
from bot.plans.model import Entry, Member, Place, Plan, Record, Section, Sent
from bot.understanding import commands
from bot.understanding.reading import Reading
from tests.plans.talk.talking import CONTENT, TODAY

FRIENDS = Question("q1", "Who does Ty like to be with?", section="P03")
HOURS = Question("q2", "How many hours of help would be right?", section="P11", wants_change=True)
SCHOOL = Question("q3", "Is the school happy to be asked?")

DONE = {f"P{number:02}": "done" for number in range(19)}


def sent_plan(**more: object) -> Plan:
    """A plan that was sent."""
    return Plan(
        "default-plan/1",
        TODAY,
        members=(Member("m1", "parent", ""),),
        sections={
            "P03": Section(entries=(Entry(1, "main", "Swimming with Sam", "m1"),)),
            "P08": Section(records=(Record(2, "m1", {"main": "Swim alone"}),)),
        },
        sent=(Sent(1, datetime(2026, 11, 20, tzinfo=UTC), "abc"),),
        places={"m1": Place(progress=DONE)},  # type: ignore[arg-type]
        next_id=3,
        **more,  # type: ignore[arg-type]
    )


@dataclass
class Family:
    """One family at a plan that came back. What they do with a question is done to it, as the store would."""

    questions: list[Question] = field(default_factory=lambda: [FRIENDS, HOURS, SCHOOL])
    who: str = "parent"
    interview: Interview = field(init=False)
    deeds: list[Deed] = field(default_factory=list)
    effects: tuple[str, ...] = ()
    back: bool = True

    def __post_init__(self) -> None:
        about = About(True, self.who, "Ty", "he", 12)  # type: ignore[arg-type]
        plan = replace(sent_plan(), members=(Member("m1", self.who, ""),))  # type: ignore[arg-type]
        self.interview = Interview("default-ras", "1", about=about, plan=plan, making=True)

    @property
    def now(self) -> Now:
        done = {deed.about for deed in self.deeds}
        asked = tuple(replace(one, done=one.id in done) for one in self.questions)
        waiting = Waiting((Returned(1, asked),), "returned") if self.back else NOTHING
        return Now(TODAY, "m1", "EX-7K3M-9Q2P", waiting)

    @property
    def asks(self) -> str:
        """All that is said now."""
        messages = conversation.ask(CONTENT, self.interview, None, self.now)
        return "\n".join(f"{message.heading}\n{message.text}" for message in messages)

    @property
    def options(self) -> list[str]:
        return [option.value for option in conversation.ask(CONTENT, self.interview, None, self.now)[-1].options]

    @property
    def stage(self) -> str:
        return conversation.stage(CONTENT, self.interview, self.now)

    @property
    def place(self) -> str | None:
        return conversation.place(CONTENT, self.interview, self.now)

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
        self.effects = turn.effects
        return "\n".join(message.text for message in turn.messages)


def test_says_that_it_is_no_refusal_and_asks_one_thing() -> None:
    family = Family()
    assert family.stage == "returned"
    assert "has 3 questions. This is not a no." in family.asks
    assert "1 of 3" in family.asks
    assert "Who does Ty like to be with?" in family.asks
    assert "hours" not in family.asks


def test_an_answer_is_kept_in_their_words_and_may_change_the_plan_there() -> None:
    family = Family()
    assert "in your words" in family.says("his cousin, and Sam from swimming")
    assert family.deeds == [Deed(ANSWERED, "q1", "his cousin, and Sam from swimming")]
    assert "change your plan as well" in family.asks
    family.says("yes")
    assert family.place is not None
    assert family.place.startswith("P03")
    family.says("say it a new way")
    family.says("that's all")
    assert "How many hours" in family.asks
    assert "This is not a no" not in family.asks


def test_a_number_answers_a_question_that_asks_for_one() -> None:
    family = Family([HOURS])
    family.says("2")
    assert family.deeds == [Deed(ANSWERED, "q2", "2")]


def test_a_number_picks_an_option_where_no_number_is_asked_for() -> None:
    family = Family([FRIENDS])
    family.says("1")
    assert family.deeds == []
    assert family.place == "P03"


@pytest.mark.parametrize("text", ["none", "nothing really", "I don't know", "no", "yes", "not sure", "Sam"])
def test_short_replies_are_answers(text: str) -> None:
    family = Family([SCHOOL])
    family.says(text)
    assert [deed.words for deed in family.deeds] == [text]


@pytest.mark.parametrize("text", ["help", "repeat", "person", "what's left?", "read it back", "why", "pause"])
def test_words_that_steer_are_no_answers(text: str) -> None:
    family = Family()
    before = family.place
    assert family.says(text) or family.effects
    assert family.deeds == []
    if text != "pause":
        assert family.place == before
        assert "This is not a no" not in family.asks


@pytest.mark.parametrize("text", ["that's all", "done"])
def test_being_through_is_no_answer(text: str) -> None:
    """Said as the part that was changed closes, when the next question is there already."""
    family = Family([SCHOOL])
    assert "come back to this" in family.says(text)
    assert family.deeds == []


def test_a_change_is_made_in_the_plan_and_then_told() -> None:
    family = Family([HOURS])
    assert "after.changed" not in family.options
    family.picks("after.go")
    assert family.place is not None
    assert family.place.startswith("P11")
    family.says("swimming lessons £8 a week")
    family.says("check and send")
    assert "How many hours" in family.asks
    family.picks("after.changed")
    assert family.deeds == [Deed(CHANGED, "q2")]
    assert "Shall I send your plan" in family.asks


def test_skipped_questions_can_be_left_for_good_or_answered_at_the_end() -> None:
    family = Family([FRIENDS, SCHOOL])
    family.picks("after.skip")
    family.says("yes they know")
    assert "Left without an answer: 1 of 2" in family.asks
    family.picks("after.rest")
    assert "Who does Ty like to be with?" in family.asks
    family.says("Sam")
    family.says("no")
    assert "You have answered all of it" in family.asks


def test_back_goes_to_the_question_before_and_a_second_answer_stands_beside_the_first() -> None:
    family = Family([SCHOOL, FRIENDS])
    family.says("yes")
    family.says("back")
    assert "Is the school happy" in family.asks
    family.says("They are, from January")
    assert family.deeds == [Deed(ANSWERED, "q3", "yes"), Deed(ANSWERED, "q3", "They are, from January")]
    assert "Who does Ty like" in family.asks


def test_sending_again_asks_for_a_clear_yes() -> None:
    family = Family([SCHOOL])
    family.says("yes")
    family.picks("after.send.yes")
    assert family.options == ["plan.send_yes", "plan.send_no"]
    family.picks("plan.send_no")
    assert "Shall I send your plan" in family.asks
    family.picks("after.send.yes")
    family.picks("plan.send_yes")
    assert family.effects == ("send",)


def test_left_for_later_the_plan_shows_the_way_back() -> None:
    family = Family()
    family.says("not now")
    assert family.stage == "returned"
    assert "You sent your plan" in family.asks
    assert family.options[-1] == "after.open"
    family.says("go to what the team asks")
    assert "Who does Ty like to be with?" in family.asks


def test_a_second_return_is_asked_though_the_first_was_left_for_later() -> None:
    family = Family([FRIENDS])
    family.says("later")
    here = conversation.scene(CONTENT, family.interview, None, family.now)
    again = Now(TODAY, "m1", "EX", Waiting((Returned(2, (FRIENDS, SCHOOL)),), "returned"))
    asked = conversation.ask(CONTENT, family.interview, None, again)
    assert here.place.aside == {"returned-1": "later"}
    assert "Who does Ty like" in asked[-1].text


def test_a_part_of_the_plan_can_be_gone_to_at_any_time() -> None:
    family = Family()
    family.says("let's do my goals")
    assert family.place is not None
    assert family.place.startswith("P08")
    assert family.stage == "plan"


def test_when_a_question_is_taken_back_the_next_one_is_asked() -> None:
    family = Family([FRIENDS, SCHOOL])
    family.says("Sam")
    assert "change your plan as well" in family.asks
    family.questions.remove(FRIENDS)
    assert "Is the school happy" in family.asks


def test_comes_first_for_somebody_who_is_back_at_the_guide_amount() -> None:
    family = Family()
    family.interview = replace(family.interview, making=False)
    assert "Who does Ty like" in family.asks
    family.picks("after.later")
    assert not family.interview.making
    assert conversation.at_plan(CONTENT, family.interview, None, family.now) is None


def test_nothing_is_asked_while_paused() -> None:
    family = Family()
    family.says("pause")
    assert family.effects == ("pause",)
    assert family.stage == "paused"


def test_the_sent_plan_stands_as_it_did_when_nothing_waits() -> None:
    family = Family()
    family.back = False
    assert family.stage == "sent"
    assert "after.open" not in family.options


def test_a_young_person_is_spoken_to() -> None:
    family = Family(who="young_person")
    assert "They have 3 questions for you" in family.asks


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "later",
                    "skip",
                    "back",
                    "yes",
                    "no",
                    "none",
                    "1",
                    "2",
                    "3",
                    "4",
                    "why",
                    "money",
                    "check",
                    "what's left",
                ]
            ),
            st.text(min_size=1, max_size=20),
            st.integers(0, 5),
        ),
        max_size=14,
    )
)
def test_any_talk_keeps_every_answer_and_never_touches_the_words_of_the_plan(talk: list[str | int]) -> None:
    """Whatever is said or tapped, there is something to go on with; replies are kept to the letter."""
    family = Family()
    plan = family.interview.plan
    assert plan is not None
    for item in talk:
        if family.stage == "paused" or conversation.at_plan(CONTENT, family.interview, None, family.now) is None:
            return
        if isinstance(item, int):
            if item < len(family.options):
                family.picks(family.options[item])
            continue
        if not item.strip():
            continue
        before = len(family.deeds)
        family.says(item)
        assert all(deed.words in ("", item.strip()) for deed in family.deeds[before:])
    after = family.interview.plan
    assert after is not None
    assert after.sent == plan.sent
    assert family.asks
