"""Help to buy and what it costs: from plain talk to lines, gap by gap, read back, summed to the penny."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.plans.model import Line
from bot.plans.talk.line_reply import filled
from tests.plans.talk.talking import Talker


def with_goal() -> Talker:
    ty = Talker()
    ty.go("P08")
    for words in ("to make friends", "someone comes round", "easter", "no"):
        ty.say(words)
    return ty


def test_two_lines_from_one_breath_the_missing_number_asked_for_and_both_read_back() -> None:
    ty = with_goal()
    ty.go("P11")
    ty.say("a PA for 3 hours on sundays, 13.50 an hour, and the trampoline place, that's a tenner")
    assert "trampoline" in ty.prompt.text
    assert "how often" in ty.prompt.text
    ty.say("every week")
    assert ty.prompt.kind == "confirm"
    assert "£40.50 a week, or £2,106 a year" in ty.prompt.text
    assert "£10 a week, or £520 a year" in ty.prompt.text
    told = ty.pick("plan.right")
    assert "£2,626" in told
    assert "£2,424" in told, "5,050 less 2,626"
    assert all(line.goal == ty.records("P08")[0].id for line in ty.lines())


def test_a_tap_says_how_often() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("trampoline club £10")
    ty.pick("plan.often.fortnight")
    (line,) = ty.lines()
    assert (line.quantity, line.per) == (1, "fortnight")
    assert "£260 a year" in ty.prompt.text


def test_only_in_term_time() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("a PA, 3 hours a week at £13.50 an hour")
    ty.pick("plan.term_only")
    (line,) = ty.lines()
    assert line.times == 39
    assert "£1,579.50 a year" in ty.prompt.text


def test_not_right_said_again_takes_its_place() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("a PA, 3 hours a week at £13.50 an hour")
    ty.pick("plan.redo")
    ty.say("a PA, 2 hours a week at £14 an hour")
    (line,) = ty.lines()
    assert (line.quantity, line.unit_cost_pence) == (2, 1400)


def test_one_of_several_is_put_right_by_its_name_and_the_others_stay() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("a PA, 3 hours a week at £13.50 an hour and cinema £8 a month")
    ty.pick("plan.redo")
    ty.say("the cinema is £9 a month")
    assert [line.unit_cost_pence for line in ty.lines()] == [1350, 900]
    assert [line.unit_cost_pence for line in ty.plan.lines_laid_aside] == [800]


def test_help_that_costs_nothing_stays_in_the_plan() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("scouts")
    ty.pick("plan.free")
    assert ty.lines()[0].unit_cost_pence == 0
    assert "costs nothing" in ty.prompt.text
    ty.say("every week")
    assert (ty.lines()[0].what, ty.lines()[0].per) == ("scouts", "week")


def test_not_known_yet_is_an_answer_and_the_line_stays_open() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("someone to take him swimming")
    ty.say("I don't know yet")
    ty.pick("plan.often.week")
    assert "still open" in ty.prompt.text
    assert "Things with no cost yet: 1" in ty.pick("plan.right")


@pytest.mark.parametrize("text", ["between 10 and 15", "£1e9", "12.5.0", "20 euros", "lots"])
def test_an_amount_that_cannot_be_read_is_asked_again_and_nothing_is_lost(text: str) -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("trampoline club every week")
    assert "how much" in ty.prompt.text
    ty.say(text)
    assert ty.lines()[0].unit_cost_pence is None
    ty.say("a fiver")
    assert ty.lines()[0].unit_cost_pence == 500


def test_over_the_guide_amount_is_allowed_and_asks_why() -> None:
    ty = Talker(guide=100_000)
    ty.go("P11")
    ty.say("a PA, 3 hours a week at £13.50 an hour")
    ty.pick("plan.right")
    assert "£1,106 a year more" in ty.prompt.text
    ty.say("we think we need more because there are two of them")
    assert ty.plan.over_reason == "we think we need more because there are two of them"
    ty.say("cinema £8 a month")
    ty.pick("plan.right")
    assert ty.prompt.text.startswith("What else"), "it is asked once"


def test_the_same_line_twice_is_asked_about() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("cinema £8 a month")
    ty.pick("plan.right")
    ty.say("cinema £8 a month")
    ty.pick("plan.same_line")
    assert len(ty.lines()) == 1
    assert len(ty.plan.lines_laid_aside) == 1


def test_sixty_lines_are_enough_and_more_words_are_kept() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("\n".join(f"thing{chr(97 + n // 26)}{chr(97 + n % 26)} club £{n + 1} a month" for n in range(60)))
    assert len(ty.lines()) == 60
    ty.pick("plan.right")
    ty.pick("plan.later") if any(o.value == "plan.later" for o in ty.prompt.options) else None
    ty.say("one more club £5 a month")
    assert len(ty.lines()) == 60
    assert "one more club £5 a month" in ty.words("P11")


def test_help_named_without_money_waits_for_the_costs() -> None:
    ty = with_goal()
    ty.go("P10")
    ty.say("someone to take him to the youth club")
    ty.say("no")
    ty.pick("plan.no") if any(o.value == "plan.no" for o in ty.prompt.options) else None
    ty.pick_anyway("plan.go.P12")
    ty.say("back")
    ty = Talker(plan=ty.plan)
    ty.say("let's do the money")
    assert len(ty.lines()) == 1


def test_who_looks_after_the_money_for_every_line() -> None:
    ty = Talker()
    ty.go("P11")
    ty.say("a PA, 3 hours a week at £13.50 an hour and cinema £8 a month")
    ty.pick("plan.right")
    ty.say("that's all")
    ty.go("P12")
    ty.pick("plan.way.mix")
    ty.pick("plan.way.direct_payment")
    ty.pick("plan.way.council")
    assert [line.managed_by for line in ty.lines()] == ["direct_payment", "council"]
    assert "PA" in ty.prompt.text
    ty.pick("plan.employ_self")
    assert ty.lines()[0].employed is True
    ty.pick("plan.checks.applied")
    assert ty.lines()[0].checks == "applied"


def test_a_young_person_is_asked_about_money_only_if_they_choose() -> None:
    sam = Talker().as_member("m2", "young_person", "Sam")
    sam.say("P11")
    if sam.at != "P11":
        sam.go("P11")
    assert [option.value for option in sam.prompt.options] == ["plan.yes", "plan.no"]
    sam.pick("plan.no")
    assert sam.at != "P11"


LINE = Line(
    1, "PA", "m1", unit_cost_pence=1350, unit="hour", quantity=None, per=None, missing=("how_long", "how_often")
)


@pytest.mark.parametrize(
    ("line", "code", "reply", "values"),
    [
        (LINE, "how_long", "3", {"quantity": Fraction(3)}),
        (LINE, "how_long", "half an hour", {"quantity": Fraction(1, 2)}),
        (LINE, "how_long", "two and a half hours", {"quantity": Fraction(5, 2)}),
        (Line(1, "club", "m1", 500, "session", None, None, missing=("how_often",)), "how_often", "twice a week", {"quantity": 2, "per": "week"}),
        (Line(1, "club", "m1", 500, "session", None, None, missing=("how_often",)), "how_often", "every other saturday", {"quantity": 1, "per": "fortnight"}),
        (Line(1, "club", "m1", 500, "session", None, None, missing=("how_often",)), "how_often", "once a month", {"quantity": 1, "per": "month"}),
        (Line(1, "club", "m1", 500, "session", None, None, missing=("how_often",)), "how_often", "every week in term time", {"per": "week", "times": 39}),
        (Line(1, "club", "m1", 500, "session", None, None, missing=("how_often",)), "how_often", "just the once", {"per": "once"}),
        (Line(1, "club", "m1", None, None, None, None, missing=("amount", "how_often")), "amount", "a tenner", {"unit_cost_pence": 1000, "missing": ("how_often",)}),
        (Line(1, "club", "m1", None, None, None, None, missing=("amount", "how_often")), "amount", "£30 a month", {"unit_cost_pence": 3000, "per": "month", "missing": ()}),
        (Line(1, "PA", "m1", None, None, None, None, missing=("amount", "how_often")), "amount", "£13.50 an hour", {"unit_cost_pence": 1350, "unit": "hour", "missing": ("how_long", "how_often")}),
        (Line(1, "PA", "m1", None, None, None, None, missing=("amount", "how_often")), "amount", "12.50 an hour, 3 hours a week", {"unit_cost_pence": 1250, "quantity": 3, "per": "week", "missing": ()}),
    ],
)  # fmt: skip
def test_a_gap_is_filled_from_a_reply(line: Line, code: str, reply: str, values: dict[str, object]) -> None:
    done = filled(line, code, reply)
    assert done is not None
    assert {name: getattr(done, name) for name in values} == values


@pytest.mark.parametrize(
    ("code", "reply"), [("how_often", "purple"), ("amount", "a lot"), ("how_long", "ages"), ("how_many_people", "us")]
)
def test_a_reply_that_settles_nothing_fills_nothing(code: str, reply: str) -> None:
    assert filled(Line(1, "club", "m1", missing=(code,)), code, reply) is None
