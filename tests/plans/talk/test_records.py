"""Goals, risks, actions …: one after another, with at most two questions each, and service words turned round."""

from __future__ import annotations

from tests.plans.talk.talking import Talker


def test_a_goal_asks_how_we_will_know_and_by_when() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("I want him to have a friend round for tea")
    ty.say("when someone has come twice")
    told = ty.say("by christmas")
    (goal,) = ty.records("P08")
    assert goal.get("main") == "I want him to have a friend round for tea"
    assert goal.get("how_know") == "when someone has come twice"
    assert (goal.get("when"), goal.get("when_date")) == ("by christmas", "2026-12-25")
    assert "“I want him to have a friend round for tea”" in told
    assert [option.value for option in ty.prompt.options] == ["plan.yes", "plan.no"]


def test_a_written_list_is_several_goals_each_asked_about() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("1. learn to swim\n2. sleep through the night\n3. go on the bus")
    assert [goal.get("main") for goal in ty.records("P08")] == [
        "learn to swim",
        "sleep through the night",
        "go on the bus",
    ]
    for answer in ("25 metres", "easter", "he stays in bed", "summer", "he goes to nan's on it", "june"):
        ty.say(answer)
    assert [goal.get("how_know") for goal in ty.records("P08")] == [
        "25 metres",
        "he stays in bed",
        "he goes to nan's on it",
    ]


def test_service_words_are_turned_round_and_both_are_kept() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("respite every month")
    assert "possible" in ty.prompt.text
    ty.say("I could take his sister swimming and he could be with lads his age")
    (goal,) = ty.records("P08")
    assert goal.get("wish") == "respite every month"
    assert goal.get("main") == "I could take his sister swimming and he could be with lads his age"


def test_service_words_may_stay_as_they_are() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("respite every month")
    ty.pick("plan.keep_as_is")
    (goal,) = ty.records("P08")
    assert (goal.get("main"), goal.get("wish")) == ("respite every month", "")


def test_a_date_gone_by_is_asked_about_once_and_then_stands() -> None:
    ty = Talker()
    ty.go("P16")
    ty.say("ring the play scheme")
    ty.say("me")
    told = ty.say("1 march 2020")
    assert "gone by" in told
    ty.say("31 february 2027")
    (action,) = ty.records("P16")
    assert action.get("when") == "31 february 2027"
    assert "when_date" not in action.values


def test_a_date_that_cannot_be_is_kept_beside_what_is_said_then() -> None:
    ty = Talker()
    ty.go("P16")
    ty.say("ring the play scheme")
    ty.say("me")
    assert "calendar" in ty.say("31 february 2027")
    ty.say("28 february 2027")
    (action,) = ty.records("P16")
    assert (action.get("when"), action.get("when_date")) == ("28 february 2027", "2027-02-28")
    assert [entry.text for entry in ty.plan.section("P16").entries_laid_aside] == ["31 february 2027"]


def test_no_more_closes_the_section_and_more_words_are_the_next_one() -> None:
    ty = Talker()
    ty.go("P16")
    ty.say("ring the play scheme")
    ty.say("me")
    ty.say("next week")
    ty.say("ask school for a key worker")
    ty.say("his dad")
    ty.say("skip")
    ty.say("no")
    assert [action.get("main") for action in ty.records("P16")] == [
        "ring the play scheme",
        "ask school for a key worker",
    ]
    assert ty.at == "P00"


def test_one_goal_can_be_changed_and_the_old_words_are_laid_aside() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("learn to swim")
    ty.say("25 metres")
    ty.say("easter")
    ty.say("no")
    ty.go("P08")
    (goal,) = ty.records("P08")
    ty.pick(f"plan.redo.{goal.id}")
    ty.say("learn to swim and like it")
    section = ty.plan.section("P08")
    assert [record.get("main") for record in section.records] == ["learn to swim and like it"]
    assert [record.get("main") for record in section.records_laid_aside] == ["learn to swim"]


def test_free_help_is_tied_to_a_goal() -> None:
    ty = Talker()
    ty.go("P08")
    ty.say("learn to swim")
    ty.say("25 metres")
    ty.say("easter")
    ty.say("no")
    ty.go("P09")
    ty.say("his uncle takes him on saturdays")
    assert "learn to swim" in ty.prompt.options[0].label
    ty.pick(ty.prompt.options[0].value)
    assert ty.records("P09")[0].get("goal") == str(ty.records("P08")[0].id)


def test_two_people_put_their_views_side_by_side() -> None:
    mum = Talker()
    mum.go("P18")
    mum.say("whether he should get the bus on his own")
    mum.say("he wants to")
    mum.say("I think it is too soon")
    dad = mum.as_member("m2", "parent", "Dad")
    dad.go("P18")
    assert "whether he should get the bus on his own" in dad.prompt.text
    dad.say("he is ready if we practise")
    (topic,) = dad.records("P18")
    assert topic.get("view_m2") == "he is ready if we practise"
    assert topic.get("parent_view") == "I think it is too soon"
