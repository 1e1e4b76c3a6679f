"""The figures that matter, on lines nobody tuned against, and on all ordinary answers that we hold.

The floors below are what was measured; a change of the rules may raise them, and must not go under them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.safety.evaluate import Report, evaluate
from bot.safety.weigh_lines import QUESTIONS

UNSEEN = ("unseen.jsonl", "unseen-2.jsonl", "unseen-3.jsonl", "unseen-4.jsonl", "unseen-5.jsonl")
LEVELS = Path(__file__).parents[2] / "data" / "levels"


@pytest.fixture(scope="module", params=UNSEEN)
def unseen(request: pytest.FixtureRequest) -> tuple[str, list[dict[str, object]]]:
    return request.param, lines_of(request.param)


def seen_by_a_person(report: Report, colour: str) -> float:
    """Share of the lines of a colour that were raised at all."""
    cells = {cell: n for cell, n in report.confusion.items() if cell[0].startswith(colour)}
    return sum(n for (_, found), n in cells.items() if found != "GREEN") / sum(cells.values())


def lines_of(name: str) -> list[dict[str, object]]:
    path = Path(__file__).parent / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def test_the_targets_hold_over_all_sets_for_what_is_plainly_said_and_for_ordinary_talk() -> None:
    every = [line for name in UNSEEN for line in lines_of(name)]
    plain = evaluate(line for line in every if line.get("plain"))
    assert plain.n > 1_000
    assert seen_by_a_person(plain, "RED") >= 0.985
    assert plain.recall("RED") >= 0.98
    assert plain.recall("AMBER") >= 0.90
    ordinary = evaluate(line for line in every if line.get("ordinary"))
    assert ordinary.n > 700
    assert ordinary.false_alarm_rate <= 0.02


def test_plainly_worded_danger_is_raised(unseen: tuple[str, list[dict[str, object]]]) -> None:
    _, lines = unseen
    plain = evaluate(line for line in lines if line.get("plain"))
    assert seen_by_a_person(plain, "RED") >= 0.96
    assert plain.recall("RED") >= 0.94
    assert plain.recall("AMBER") >= 0.91


PROMPTS = [f"P{number:02}" for number in range(20)]
WAITING = {"questions": (sorted(QUESTIONS), 0.968, 0.96, 0.919), "prompts": (PROMPTS, 0.971, 0.968, 0.94)}
"""RED seen, RED as RED and AMBER seen of what is plainly said while something waits for an answer. What is ordinary as an answer
must be surer there, and that costs: nearly all lines above answer nothing, and are told from harmless ones more easily."""


@pytest.mark.parametrize("asked", list(WAITING))
def test_danger_is_seen_while_something_waits_for_an_answer(asked: str) -> None:
    """Each line as said at one of the questions or prompts, in turn: nobody waits for the right moment."""
    waiting, seen, red, amber = WAITING[asked]
    danger = [line for name in UNSEEN for line in lines_of(name) if line.get("plain") and line["safety"] != "GREEN"]
    report = evaluate({**line, "q": waiting[at % len(waiting)]} for at, line in enumerate(danger))
    assert report.n > 900
    assert seen_by_a_person(report, "RED") >= seen
    assert report.recall("RED") >= red
    assert report.recall("AMBER") >= amber


HINTED = {
    "unseen.jsonl": (0.97, 0.77),
    "unseen-2.jsonl": (0.90, 0.59),
    "unseen-3.jsonl": (0.85, 0.80),
    "unseen-4.jsonl": (0.85, 0.71),
    "unseen-5.jsonl": (0.92, 0.84),
}
"""RED, and AMBER, that is only hinted at: share that a person sees. The targets are 0.98 and 0.90."""
ORDINARY = {"unseen-2.jsonl": 0.01, "unseen-3.jsonl": 0.04, "unseen-4.jsonl": 0.013, "unseen-5.jsonl": 0.019}
"""False alarms on ordinary lines, as measured. The target is 0.03."""


def test_danger_that_is_only_hinted_at_is_mostly_seen(unseen: tuple[str, list[dict[str, object]]]) -> None:
    name, lines = unseen
    hinted = evaluate(line for line in lines if not line.get("plain") and line["safety"] != "GREEN")
    red, amber = HINTED[name]
    assert seen_by_a_person(hinted, "RED") >= red
    assert hinted.recall("AMBER") >= amber


BY_LOT = {
    "unseen-by-lot.jsonl": (0.95, 0.93, 0.83, 0.83, 0.59, 0.08, 0.11),
    "unseen-by-lot-2.jsonl": (0.94, 0.92, 0.85, 0.82, 0.61, 0.112, 0.175),
    "unseen-by-lot-3.jsonl": (0.95, 0.94, 0.82, 0.70, 0.56, 0.098, 0.145),
}
"""RED plainly said: seen, and as RED; AMBER plainly said; RED and AMBER hinted at; false alarms on ordinary messages of up to
30 words, and of more."""


@pytest.mark.parametrize("name", list(BY_LOT))
def test_words_drawn_by_lot_are_harder_and_do_not_fall_back(name: str) -> None:
    """Each line had to hold a word that was drawn by lot, so that its writer could not take the first that came."""
    lines = lines_of(name)
    plain = evaluate(line for line in lines if line.get("plain") and line["safety"] != "GREEN")
    hinted = evaluate(line for line in lines if not line.get("plain") and line["safety"] != "GREEN")
    tales, ordinary = (
        evaluate(line for line in lines if line["safety"] == "GREEN" and (len(str(line["text"]).split()) > 30) == long)
        for long in (True, False)
    )
    assert min(plain.n, hinted.n, ordinary.n) > 200
    assert tales.n > 200
    seen, red, amber, hinted_red, hinted_amber, alarms, long_alarms = BY_LOT[name]
    assert seen_by_a_person(plain, "RED") >= seen
    assert plain.recall("RED") >= red
    assert plain.recall("AMBER") >= amber
    assert seen_by_a_person(hinted, "RED") >= hinted_red
    assert hinted.recall("AMBER") >= hinted_amber
    assert ordinary.false_alarm_rate <= alarms
    assert tales.false_alarm_rate <= long_alarms


@pytest.mark.parametrize("name", list(ORDINARY))
def test_ordinary_talk_that_nobody_learned_from_raises_few_alarms(name: str) -> None:
    report = evaluate(line for line in lines_of(name) if line.get("ordinary"))
    assert report.n >= 100
    assert report.false_alarm_rate <= ORDINARY[name]


EVERYDAY = {"unseen-everyday.jsonl": (0.037, 0.141), "unseen-everyday-2.jsonl": (0.073, 0.142)}
"""False alarms at answers to a question, and at what is said beside the questions; the target is 0.03. Of the second set's
writers nothing was learned yet."""


@pytest.mark.parametrize("name", list(EVERYDAY))
def test_everyday_talk_in_the_words_of_danger_raises_few_alarms(name: str) -> None:
    """Written to seek what the screen stumbles over. Before any such lines were learned from, 10 % and 21 % of the first set
    were raised."""
    lines = [line for line in lines_of(name) if line["safety"] == "GREEN"]
    answers = evaluate(line for line in lines if line.get("q"))
    beside = evaluate(line for line in lines if not line.get("q"))
    assert min(answers.n, beside.n) > 250
    most_of_answers, most_beside = EVERYDAY[name]
    assert answers.false_alarm_rate <= most_of_answers
    assert beside.false_alarm_rate <= most_beside


def test_danger_in_the_most_usual_words_is_seen() -> None:
    """Said by people who were asked for the plainest words, most of them beside ordinary talk."""
    danger = evaluate(line for line in lines_of("unseen-everyday-2.jsonl") if line["safety"] != "GREEN")
    assert danger.n > 300
    assert seen_by_a_person(danger, "RED") >= 0.95
    assert danger.recall("RED") >= 0.94
    assert danger.recall("AMBER") >= 0.92


def test_ordinary_answers_raise_no_alarm() -> None:
    lines = [
        {"text": text, "q": data["question"], "who": "parent", "level": level}
        for data in (
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in sorted(LEVELS.glob("*.yml"))
        )
        for level, texts in data["levels"].items()
        for text in texts[::2]
    ]
    report = evaluate(lines)
    assert report.n > 3_000
    assert report.false_alarm_rate <= 0.03


def test_a_report_counts_what_came_out() -> None:
    report = evaluate(
        [
            {"text": "i want to die", "who": "young_person", "safety": "RED-B", "accept": ["RED-B"]},
            {"text": "we sleep well", "safety": "GREEN"},
            {"text": "I could murder a tea", "who": "parent", "q": "F1", "level": 1},
            {"text": "we cannot go on", "q": "F1", "level": 3},
            {"text": "why do you ask", "intent": "explain_question"},
        ]
    )
    assert report.n == 3
    assert report.recall("RED") == 1.0
    assert report.false_alarm_rate == 0.0
    assert report.rules["red-b-wants-to-die"].right == 1
    assert report.to_json()["levels"]["RED-B"] == {"n": 1, "exact": 1, "accepted": 1, "recall": 1.0}
