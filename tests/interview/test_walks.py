"""Any order of answers, back, change, skip and the rest ends in the same answers, and nothing blank becomes a zero."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.loader import Content, load
from bot.interview import (
    Interview,
    advance,
    allocation_request,
    ask,
    current_step,
    interpret,
    interrupts,
    interview_from_json,
    missing,
    opening,
    stage,
    start,
    state_view,
)
from bot.interview.commands import command
from bot.interview.path import is_question, path
from bot.interview.words import Words
from bot.understanding.reading import LevelReading, Reading

CONTENT: Content = load()
QUESTIONNAIRE = CONTENT.questionnaire("default-ras")
CODES = [question.id for question in QUESTIONNAIRE.questions]
ABOUT = ("age", "who", "name", "family_here")
COMMANDS = (
    "back", "change", "skip", "not_sure", "varies", "why", "example", "repeat", "slower", "progress", "pause",
    "person", "help", "start_again", "yes", "no",
)  # fmt: skip

moves = st.one_of(
    st.tuples(st.just("option"), st.integers(0, 6)),
    st.tuples(st.just("command"), st.sampled_from(COMMANDS), st.sampled_from([None, *CODES, *ABOUT])),
    st.tuples(st.just("value"), st.sampled_from([f"{code}.{level}" for code in CODES for level in range(4)])),
    st.tuples(
        st.just("words"), st.sampled_from(["he is 9", "Sam", "we take turns at night", "", "???", "my daughter"])
    ),
    st.tuples(
        st.just("read"),
        st.integers(0, 3),
        st.sampled_from(["sure", "between", "lost"]),
        st.sampled_from([None, 3]),
    ),
)


def move(interview: Interview, step: tuple) -> Interview:
    """One thing a person might do, as the actions would handle it."""
    words = Words(CONTENT, interview)
    match step:
        case ("option", index):
            options = ask(CONTENT, interview)[-1].options
            if not options:
                return interview
            choice = options[index % len(options)].value
            return advance(CONTENT, interview, Reading(kind="choice", text="", choice=choice)).interview
        case ("command", name, target):
            return command(words, name, target).interview
        case ("value", value):
            return advance(CONTENT, interview, Reading(kind="choice", text="", choice=value)).interview
        case ("words", text):
            reading = interpret(CONTENT, interview, text, None, Reading(kind="unclear", text=text))
            return interview if interrupts(interview, reading) else advance(CONTENT, interview, reading).interview
        case ("read", level, certainty, hard):
            at = current_step(QUESTIONNAIRE, interview)
            second = {0: 1, 1: 2, 2: 3, 3: 2}[level] if certainty == "between" else None
            read = LevelReading(at, level, 0.8, certainty, second, hard) if is_question(QUESTIONNAIRE, at) else None
            reading = Reading(kind="answer", text="some words of theirs", level=read)
            return advance(CONTENT, interview, reading).interview
    raise AssertionError(step)


def begun(age: str = "8", who: str = "who.parent") -> Interview:
    interview = start(QUESTIONNAIRE)
    for said in ("consent.yes", who):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=said)).interview
    for text in ("Sam", age):
        interview = advance(CONTENT, interview, Reading(kind="answer", text=text)).interview
    return interview


def answered(interview: Interview, levels: dict[str, int]) -> Interview:
    """Answer or change each question in ``levels``, wherever the person is."""
    for code, level in levels.items():
        if code in interview.answers:
            interview = command(Words(CONTENT, interview), "change", code).interview
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=f"{code}.{level}")).interview
        if interview.awaiting is not None and interview.awaiting.kind == "keep_helping":
            interview = advance(
                CONTENT, interview, Reading(kind="choice", text="", choice="keep_helping.yes")
            ).interview
    return interview


@settings(max_examples=80, deadline=None)
@given(st.lists(moves, max_size=40), st.sampled_from(["who.parent", "who.young_person", "who.grandparent"]))
def test_every_walk_keeps_its_promises(walk: list[tuple], who: str) -> None:
    interview = begun(who=who)
    for step in walk:
        before = interview
        interview = move(interview, step)
        messages = ask(CONTENT, interview)
        assert messages
        assert messages[-1].text.strip()
        assert "{" not in "".join(message.text for message in messages).replace("{pin}", "")
        assert interview_from_json(json.loads(json.dumps(interview.to_json()))) == interview
        for answer in interview.answers.values():
            assert (answer.level is None) == (answer.status in ("skipped", "not_sure"))
        restarted = not interview.about.name and bool(before.about.name)
        lost = before.answers.keys() - interview.answers.keys()
        assert not lost or restarted, "an answer vanished without a restart"
        changed = [
            code for code in before.answers if interview.answers.get(code, before.answers[code]) != before.answers[code]
        ]
        assert len(changed) <= 1, "one move changed more than one answer"
        view = state_view(CONTENT, interview, reference="EX-1", pin_set=False, safety="GREEN")
        assert view["stage"] in ("consent", "about", "ras", "ras_check", "result", "paused", "closed")


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries({code: st.integers(0, 3) for code in CODES}),
    st.lists(moves.filter(lambda step: step[:2] != ("command", "start_again")), max_size=25),
)
def test_whatever_comes_between_the_last_answers_hold(levels: dict[str, int], walk: list[tuple]) -> None:
    interview = begun()
    for step in walk:
        interview = move(interview, step)
        if not interview.about.name:
            interview = begun()
    interview = command(Words(CONTENT, interview), "repeat", None).interview
    interview = settle(interview)
    if stage(QUESTIONNAIRE, interview) == "closed":
        return
    interview = settle(answered_in_any_order(interview, levels))
    assert {code: answer.level for code, answer in interview.answers.items()} == levels
    assert stage(QUESTIONNAIRE, interview) == "ras_check"


def settle(interview: Interview) -> Interview:
    """Leave any open exchange without answering it."""
    if interview.awaiting is not None and interview.awaiting.kind == "keep_helping":
        return advance(CONTENT, interview, Reading(kind="choice", text="", choice="keep_helping.yes")).interview
    if interview.awaiting is not None and interview.awaiting.kind in ("restart", "restart_again"):
        return advance(CONTENT, interview, Reading(kind="choice", text="", choice="restart.no")).interview
    return command(Words(CONTENT, interview), "back", None).interview if interview.awaiting else interview


def answered_in_any_order(interview: Interview, levels: dict[str, int]) -> Interview:
    done: set[str] = set()
    for _ in range(3 * len(levels) + 10):
        interview = settle(interview)
        at = current_step(QUESTIONNAIRE, interview)
        if at in levels and at not in done:
            interview = answered_here(interview, at, levels[at])
            done.add(at)
            continue
        rest = [code for code in levels if code not in done]
        if not rest:
            return interview
        if rest[0] in interview.answers:
            interview = command(Words(CONTENT, interview), "change", rest[0]).interview
        elif not is_question(QUESTIONNAIRE, at):
            interview = fill_in(interview, at)
        else:
            interview = command(Words(CONTENT, interview), "skip", None).interview
    raise AssertionError("the questions could not be reached")


def answered_here(interview: Interview, code: str, level: int) -> Interview:
    interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=f"{code}.{level}")).interview
    return settle(interview)


def fill_in(interview: Interview, at: str) -> Interview:
    said = {"who": "my mum", "name": "Sam", "age": "8"}.get(at, "yes")
    if at == "result":
        return command(Words(CONTENT, interview), "back", None).interview
    if at == "family_here":
        return advance(CONTENT, interview, Reading(kind="choice", text="", choice="family.yes")).interview
    return advance(CONTENT, interview, Reading(kind="answer", text=said)).interview


@pytest.mark.parametrize("level", range(4))
def test_blank_skipped_and_not_sure_are_missing_and_never_zero(level: int) -> None:
    interview = answered(begun(), dict.fromkeys(CODES, level))
    assert missing(QUESTIONNAIRE, interview) == ()
    interview = command(Words(CONTENT, interview), "change", "H3").interview
    interview = command(Words(CONTENT, interview), "not_sure", None).interview
    assert missing(QUESTIONNAIRE, interview) == ("H3",)
    request = allocation_request(QUESTIONNAIRE, interview)
    assert {a["code"]: a["level"] for a in request["answers"]}["H3"] is None


def test_a_young_person_is_not_asked_the_family_questions_unless_a_parent_is_there() -> None:
    interview = begun("15", "who.young_person")
    assert not {"F1", "F2", "F3"} & set(path(QUESTIONNAIRE, interview))
    interview = answered(interview, {code: 1 for code in CODES if not code.startswith("F")})
    assert current_step(QUESTIONNAIRE, interview) == "family_here"
    alone = advance(CONTENT, interview, Reading(kind="choice", text="", choice="family.no")).interview
    assert stage(QUESTIONNAIRE, alone) == "ras_check"
    assert missing(QUESTIONNAIRE, alone) == ("F1", "F2")
    together = advance(CONTENT, interview, Reading(kind="choice", text="", choice="family.yes")).interview
    together = answered(together, {"F1": 2})
    assert together.answers["F1"].by == "parent"
    assert together.answers["S1"].by == "young_person"


def alone_at_the_check_page() -> Interview:
    """A young person of 15 who answered their own questions and said that no parent is there."""
    interview = answered(begun("15", "who.young_person"), {code: 1 for code in CODES if not code.startswith("F")})
    return advance(CONTENT, interview, Reading(kind="choice", text="", choice="family.no")).interview


def test_a_parent_who_comes_later_can_answer_the_family_questions() -> None:
    interview = alone_at_the_check_page()
    assert ("family_here", "Is a parent or carer there", "No, not now") in ask(CONTENT, interview)[-1].rows
    interview = command(Words(CONTENT, interview), "change", None).interview
    offered = [option.value for option in ask(CONTENT, interview)[-1].options]
    assert offered[-1] == "change.family_here"
    for value in ("change.family_here", "family.yes"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=value)).interview
    assert current_step(QUESTIONNAIRE, interview) == "F1"
    interview = answered(interview, {"F1": 2, "F2": 1, "F3": 0})
    assert stage(QUESTIONNAIRE, interview) == "ras_check"
    assert missing(QUESTIONNAIRE, interview) == ()
    assert interview.answers["F1"].by == "parent"


def test_a_parent_can_come_after_the_result_as_well() -> None:
    interview = alone_at_the_check_page()
    for value in ("check.yes", "change.family_here", "family.yes"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=value)).interview
    assert (stage(QUESTIONNAIRE, interview), current_step(QUESTIONNAIRE, interview)) == ("ras", "F1")
    assert not interview.checked, "the answers are agreed again before an amount is worked out"


def test_a_parent_who_leaves_again_takes_no_answer_back() -> None:
    interview = alone_at_the_check_page()
    for value in ("change.family_here", "family.yes", "F1.3", "change.family_here", "family.no"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=value)).interview
    assert stage(QUESTIONNAIRE, interview) == "ras_check"
    assert missing(QUESTIONNAIRE, interview) == ("F2",)
    sent = {answer["code"]: answer["level"] for answer in allocation_request(QUESTIONNAIRE, interview)["answers"]}
    assert sent["F1"] == 3


def test_a_parent_is_never_asked_whether_a_parent_is_there() -> None:
    interview = answered(begun(), dict.fromkeys(CODES, 1))
    turn = advance(CONTENT, interview, Reading(kind="choice", text="", choice="change.family_here"))
    assert current_step(QUESTIONNAIRE, turn.interview) == "check"
    assert "family_here" not in {row[0] for row in ask(CONTENT, interview)[-1].rows}


@pytest.mark.parametrize(
    ("picked", "shown"),
    [
        ("yes", "They are happy to keep helping."),
        ("no", "They are not happy to keep helping, or not for long."),
        ("not_sure", "We are not sure if they are happy to keep helping."),
    ],
)
def test_whether_those_who_help_are_happy_to_go_on_is_on_the_check_page(picked: str, shown: str) -> None:
    interview = answered(begun(), {code: 1 for code in CODES if code != "F3"})
    turn = advance(CONTENT, interview, Reading(kind="choice", text="", choice="F3.1"))
    assert [code for code, _ in turn.recorded] == ["F3"]
    turn = advance(CONTENT, turn.interview, Reading(kind="choice", text="", choice=f"keep_helping.{picked}"))
    assert turn.recorded == (), "the answer was recorded once; who helps has not changed"
    check = ask(CONTENT, turn.interview)[-1]
    row = next(row for row in check.rows if row[0] == "F3")
    assert row[2] == f"We have some help. We think it will carry on. {shown}"
    assert shown in check.text


def test_help_that_varies_says_whether_it_goes_on_as_well() -> None:
    interview = answered(begun(), {code: 1 for code in CODES if code != "F3"})
    interview = command(Words(CONTENT, interview), "varies", None).interview
    for value in ("F3.usual.1", "F3.hard.3", "F3.days.2", "keep_helping.no"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=value)).interview
    (row,) = (row for row in ask(CONTENT, interview)[-1].rows if row[0] == "F3")
    assert "It varies." in row[2]
    assert row[2].endswith("They are not happy to keep helping, or not for long.")


def test_from_18_the_questions_are_not_asked() -> None:
    interview = begun("18")
    assert stage(QUESTIONNAIRE, interview) == "closed"
    assert "18 or over" in ask(CONTENT, interview)[-1].text


def test_the_opening_says_it_is_a_computer_and_not_for_emergencies() -> None:
    said = " ".join(message.text for message in opening(CONTENT, start(QUESTIONNAIRE)))
    for words in ("computer program", "A person from", "emergency", "999", "I save each answer"):
        assert words in said


def test_it_varies_asks_usual_hard_and_days_and_keeps_all_three() -> None:
    interview = command(Words(CONTENT, begun()), "varies", None).interview
    for value in ("S1.usual.1", "S1.hard.3", "S1.days.2"):
        turn = advance(CONTENT, interview, Reading(kind="choice", text="", choice=value))
        interview = turn.interview
    answer = interview.answers["S1"]
    assert (answer.status, answer.level, answer.hard_level, answer.hard_days) == ("varies", 1, 3, 2)


def test_a_level_read_from_words_counts_only_after_a_yes() -> None:
    interview = begun()
    words = "i go for a wee and hes got the kettle"
    reading = Reading(kind="answer", text=words, level=LevelReading("S1", 3, 0.9))
    turn = advance(CONTENT, interview, reading)
    assert turn.recorded == ()
    assert ask(CONTENT, turn.interview)[-1].kind == "confirm"
    said_yes = Reading(kind="command", text="yes", command="yes")
    confirmed = advance(CONTENT, turn.interview, interpret(CONTENT, turn.interview, "yes", None, said_yes))
    assert confirmed.recorded[0][1].level == 3
    assert confirmed.recorded[0][1].words == words
    said_no = interpret(CONTENT, turn.interview, "no", None, Reading(kind="command", text="no", command="no"))
    declined = advance(CONTENT, turn.interview, said_no)
    assert declined.recorded == ()
    assert [option.number for option in ask(CONTENT, declined.interview)[-1].options] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("said", "level"),
    [("3", 2), ("option 4 please", 3), ("3 when he is awake", 2), ("5", None)],
)
def test_while_a_reading_waits_for_a_yes_the_questions_own_numbers_still_count(said: str, level: int | None) -> None:
    read = Reading(kind="answer", text="kettle", level=LevelReading("S1", 0, 0.9))
    waiting = advance(CONTENT, begun(), read).interview
    reading = interpret(CONTENT, waiting, said, None, Reading(kind="unclear", text=said))
    ((code, answer),) = advance(CONTENT, waiting, reading).recorded
    assert (code, answer.level) == ("S1", level)
    assert answer.words.startswith("kettle"), "what was said before is kept with it"


def test_there_one_and_two_mean_what_is_written_beside_them() -> None:
    read = Reading(kind="answer", text="kettle", level=LevelReading("S1", 2, 0.9))
    waiting = advance(CONTENT, begun(), read).interview
    for said, recorded in (("1", [2]), ("2", [])):
        reading = interpret(CONTENT, waiting, said, None, Reading(kind="unclear", text=said))
        turn = advance(CONTENT, waiting, reading)
        assert [answer.level for _, answer in turn.recorded] == recorded


def test_between_two_levels_a_third_can_be_picked() -> None:
    read = Reading(kind="answer", text="kettle", level=LevelReading("S1", 3, 0.5, "between", 2))
    waiting = advance(CONTENT, begun(), read).interview
    reading = interpret(CONTENT, waiting, "2", None, Reading(kind="unclear", text="2"))
    assert advance(CONTENT, waiting, reading).recorded[0][1].level == 1


def test_between_two_levels_both_are_offered_with_the_numbers_of_the_question() -> None:
    reading = Reading(kind="answer", text="kettle", level=LevelReading("S1", 3, 0.5, "between", 2))
    turn = advance(CONTENT, begun(), reading)
    offered = ask(CONTENT, turn.interview)[-1]
    assert [option.number for option in offered.options] == [3, 4, 5]
    assert "?" in offered.text


def test_words_about_a_later_question_are_kept_and_offered_when_it_comes() -> None:
    other = LevelReading("S2", 2, 0.9)
    reading = Reading(
        kind="answer", text="he bolts, indoors and out", level=LevelReading("S1", 2, 0.9), others=(other,)
    )
    interview = advance(CONTENT, begun(), reading).interview
    interview = advance(CONTENT, interview, Reading(kind="choice", text="yes", choice="S1.2")).interview
    asked = ask(CONTENT, interview)[-1]
    assert (asked.kind, asked.question_id) == ("confirm", "S2")
    assert "Earlier you said" in asked.text
    assert "he bolts, indoors and out" in asked.text


def of_the_night(said: str = "he sleeps right through") -> Reading:
    """Words about H3, said at S1."""
    return Reading(
        kind="answer", text=said, level=LevelReading("S1", 0, 0.7, "lost"), others=(LevelReading("H3", 0, 0.9),)
    )


def test_an_answer_to_another_question_than_the_one_asked_is_kept_for_its_own() -> None:
    turn = advance(CONTENT, begun(), of_the_night())
    assert "Nights" in turn.messages[0].text
    assert "I have kept it" in turn.messages[0].text
    assert turn.recorded == ()
    assert turn.interview.tries == 0
    assert [message.question_id for message in ask(CONTENT, turn.interview)] == ["S1"]
    interview = answered(turn.interview, dict.fromkeys(("S1", "S2", "S3", "H1", "H2"), 1))
    asked = ask(CONTENT, interview)[-1]
    assert (asked.kind, asked.question_id) == ("confirm", "H3")
    assert "he sleeps right through" in asked.text


def test_words_about_another_question_that_say_no_level_are_kept_beside_its_answer() -> None:
    unsure = replace(of_the_night("nights are another story"), others=(LevelReading("H3", 1, 0.4, "lost"),))
    turn = advance(CONTENT, begun(), unsure)
    assert "Nights" in turn.messages[0].text
    assert "kept your words" in turn.messages[0].text
    interview = answered(turn.interview, dict.fromkeys(("S1", "S2", "S3", "H1", "H2", "H3"), 1))
    assert interview.answers["H3"].words == "nights are another story"


def test_an_answer_to_a_question_answered_before_changes_nothing_and_says_how_to_change_it() -> None:
    before = answered(begun(), dict.fromkeys(("S1", "S2", "S3", "H1", "H2", "H3"), 1))
    turn = advance(CONTENT, before, replace(of_the_night(), level=LevelReading("H4", 0, 0.7, "lost")))
    assert "Nights" in turn.messages[0].text
    assert "change" in turn.messages[0].text
    assert turn.interview.answers == before.answers
    assert turn.interview.kept == {}


def test_not_understood_three_times_offers_a_person() -> None:
    interview, said = begun(), []
    for _ in range(3):
        turn = advance(CONTENT, interview, Reading(kind="unclear", text="zxcv"))
        interview = turn.interview
        said.append(turn.messages[0].text)
    assert len(set(said)) == 3
    assert "person" in said[2]


def test_an_answer_to_a_question_already_passed_changes_nothing() -> None:
    interview = answered(begun(), {"S1": 2})
    turn = advance(CONTENT, interview, Reading(kind="choice", text="", choice="S1.0"))
    assert turn.interview == interview
    assert "moved on" in turn.messages[0].text
    assert turn.recorded == ()


def test_starting_again_is_asked_twice() -> None:
    interview = answered(begun(), {"S1": 2})
    interview = command(Words(CONTENT, interview), "start_again", None).interview
    yes = Reading(kind="choice", text="", choice="restart.yes")
    interview = advance(CONTENT, interview, yes).interview
    assert interview.answers
    turn = advance(CONTENT, interview, yes)
    assert turn.interview.answers == {}
    assert turn.effects == ("restart",)


def test_law_answers_carry_a_date_and_are_not_given_after_their_review_date() -> None:
    from bot.interview.questions_back import answer_intent

    words = Words(CONTENT, begun())
    topic = CONTENT.help_for("explain_law_change")
    assert topic is not None
    assert topic.review_by is not None
    assert "This was checked on" in answer_intent(words, "explain_law_change", topic.review_by).text
    late = answer_intent(words, "explain_law_change", date(topic.review_by.year + 1, 1, 1)).text
    assert topic.text.parent not in late
    assert "A person can help" in late


@pytest.mark.parametrize("text", ["3 or 4", "maybe 3 or 4?", "between 3 and 4", "3/4", "4 or 3"])
def test_two_numbers_are_offered_and_neither_is_taken(text: str) -> None:
    understood = Reading(kind="command", text=text, command="not_sure", intent="not_sure")
    reading = interpret(CONTENT, begun(), text, None, understood)
    assert not interrupts(begun(), reading)
    turn = advance(CONTENT, begun(), reading)
    assert turn.recorded == ()
    assert [option.number for option in ask(CONTENT, turn.interview)[-1].options] == [3, 4, 5]


def test_two_numbers_far_apart_are_asked_again() -> None:
    reading = interpret(CONTENT, begun(), "1 or 4", None, Reading(kind="command", text="1 or 4", command="not_sure"))
    turn = advance(CONTENT, begun(), reading)
    assert turn.recorded == ()
    assert turn.interview.awaiting is None


def test_who_name_and_age_can_be_put_right_from_the_check_page() -> None:
    interview = answered(begun(), dict.fromkeys(CODES, 1))
    rows = {row[0]: row[2] for row in ask(CONTENT, interview)[-1].rows}
    assert (rows["name"], rows["age"], rows["who"]) == ("Sam", "8", "I am a parent")
    interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice="change.age")).interview
    interview = advance(CONTENT, interview, Reading(kind="answer", text="12")).interview
    assert interview.about.age == 12
    assert stage(QUESTIONNAIRE, interview) == "ras_check"
    assert len(interview.answers) == 16
