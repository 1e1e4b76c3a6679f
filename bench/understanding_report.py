"""Writes docs/understanding.md: what is read, how often it is right, and where it errs, on lines training never saw.

Run by ``make understanding-report``. The pictures are SVG files beside the page, each with its figures as a table too.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.understanding_pictures import bars, matrix
from bot.understanding.archive import load
from bot.understanding.evaluate import evaluate
from bot.understanding.reader import Reader
from bot.understanding.understand import understand

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = ROOT / "tests" / "understanding" / "unseen"
SETS = {
    "Indirect answers": UNSEEN / "levels-indirect.jsonl",
    "Plain answers": UNSEEN / "levels-plain.jsonl",
    "Short answers": UNSEEN / "levels-short.jsonl",
    "Pairs": UNSEEN / "levels-pairs.jsonl",
    "Beside": UNSEEN / "beside.jsonl",
    "Intents": UNSEEN / "intents.jsonl",
    "Plan lines": UNSEEN / "lines.jsonl",
    "Lines among talk": UNSEEN / "lines-chatter.jsonl",
    "Wishes": UNSEEN / "lines-wishes.jsonl",
    "Nothing to buy": UNSEEN / "lines-none.jsonl",
}
BY_LOT = {
    "by lot": "unseen-by-lot.jsonl",
    "by lot, longer": "unseen-by-lot-2.jsonl",
    "by lot, once more": "unseen-by-lot-3.jsonl",
}
EVERYDAY = ROOT / "tests" / "safety" / "unseen-everyday.jsonl"
SAFETY = tuple(
    path
    for path in sorted((ROOT / "tests" / "safety").glob("unseen*.jsonl"))
    if path.name not in BY_LOT.values() and path != EVERYDAY
)
LONG = 30
"""Words; a message of more is a tale."""


_PLAN_LINES = (
    "## Plan lines",
    "",
    "Costed lines of a plan (`bot/understanding/lines.py`) are read by rules, worked out on the sixteen `dev` sets in `data/lines`,",
    "all written by hand. `dev-5` to `dev-16` (220 and 190 messages each) are by writers who had not seen the reader: before the rules",
    "knew any of them, 79.5 %, 73.6 %, 80.0 %, 75.3 %, 81.6 %, 79.5 %, 81.1 %, 85.3 %, 82.6 %, 75.3 %, 60.5 % and 61.6 % were fully",
    "right. The writers of the last four had to bring in words drawn by lot; those of the last two were asked, too, to say nothing",
    "the way others would. When the rules had been worked out on `dev-13` and the odd lines of `dev-14`, its even lines, which nobody",
    "had looked at, went from 76.8 % to 80.0 %; with `dev-15` and the odd lines of `dev-16` its even ones went from 63.2 % to 68.4 %,",
    "and the lines in them that are fully right from 75.6 % to 79.5 %. Expect something between these and the figures above, and not",
    "the figures of the development sets, of lines that are new again: what is still misread is hardly ever misread twice alike.",
    "Names count as the same when they share half of the content words of the shorter one.",
    "The figures above are of 190 messages by another writer, who had not seen the reader: `tests/understanding/unseen/lines.jsonl`.",
    "Whoever worked on the rules saw totals of them and kinds of errors, never the lines. What is read is read back before it counts,",
    "and what is missing is asked for. A label that names no unit, quantity or stretch of time leaves that open.",
    "Measure: `bin/sevensteps evaluate tests/understanding/unseen/lines.jsonl`.",
    "",
)


def main() -> None:
    """Measure, draw and write."""
    reader = Reader(load(ROOT / "models"))
    reports = {name: _measure(reader, _lines(path)) for name, path in SETS.items()}
    reports |= {name: _measure(reader, lines) for name, lines in (_safety_sets() | _sets_by_lot()).items()}
    pictures = ROOT / "docs" / "understanding"
    pictures.mkdir(exist_ok=True)
    for name in ("Indirect answers", "Plain answers"):
        confusion = reports[name]["levels"]["confusion"]
        (pictures / f"{_slug(name)}.svg").write_text(matrix(confusion, [*"0123", "unclear"]))
    (pictures / "intents.svg").write_text(bars(reports["Intents"]["intents"]["confusion"]))
    levels = ["GREEN", "AMBER-3", "AMBER-2", "AMBER-1", "RED-C", "RED-B", "RED-A"]
    (pictures / "safety.svg").write_text(matrix(reports["Safety"]["safety"]["confusion"], levels))
    (ROOT / "docs" / "understanding.md").write_text(_page(reports, _milliseconds(reader)))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def _safety_sets() -> dict[str, list[dict[str, Any]]]:
    """All lines about safety; those that say what they mean; those that only hint; harmless answers as families give
    them. The first set has no harmless lines but such as were chosen to sound alarming."""
    every = [line for path in SAFETY for line in _lines(path)]
    danger = [line for line in every if line["safety"] != "GREEN"]
    return {
        "Safety": every,
        "Safety, plain": [line for line in danger if line.get("plain")],
        "Safety, hinted": [line for line in danger if not line.get("plain")],
        "Safety, ordinary": [line for line in every if line.get("ordinary")],
        "Safety, sounding alarming": [line for line in every if line["safety"] == "GREEN" and not line.get("ordinary")],
        "Everyday, that answer a question": [line for line in _lines(EVERYDAY) if line.get("q")],
        "Everyday, beside the questions": [line for line in _lines(EVERYDAY) if not line.get("q")],
    }


def _sets_by_lot() -> dict[str, list[dict[str, Any]]]:
    """Lines whose writers had to use a word that was drawn by lot."""
    levels = _lines(UNSEEN / "levels-by-lot.jsonl")
    sets = {
        "By lot, plain": [line for line in levels if line["style"] == "plain"],
        "By lot, indirect": [line for line in levels if line["style"] == "indirect"],
        "By lot, intents": _lines(UNSEEN / "intents-by-lot.jsonl"),
    }
    for name, file in BY_LOT.items():
        safety = _lines(ROOT / "tests" / "safety" / file)
        danger = [line for line in safety if line["safety"] != "GREEN"]
        green = [line for line in safety if line["safety"] == "GREEN"]
        sets |= {
            f"{name}: danger plain": [line for line in danger if line.get("plain")],
            f"{name}: danger hinted": [line for line in danger if not line.get("plain")],
            f"{name}: ordinary": [line for line in green if not _is_long(line)],
            f"{name}: ordinary and long": [line for line in green if _is_long(line)],
        }
    return sets


def _is_long(line: Mapping[str, Any]) -> bool:
    return len(line["text"].split()) > LONG


def _measure(reader: Reader, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return evaluate(lines, lambda text, question, who: understand(reader, text, question, who))


def _milliseconds(reader: Reader) -> float:
    took = []
    for line in _lines(SETS["Indirect answers"])[:200]:
        began = time.perf_counter()
        reader.read(line["text"], line["q"], line["who"])
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _raised(report: Mapping[str, Any], colour: str) -> float:
    """Share of the lines of this colour that a person would see, however high they were raised."""
    rows = [found for said, found in report["confusion"].items() if said.startswith(colour)]
    every = sum(n for found in rows for n in found.values())
    return (every - sum(found.get("GREEN", 0) for found in rows)) / every


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _by_lot(reports: Mapping[str, Any]) -> list[str]:
    """The section on lines with words by lot."""
    plain, indirect = reports["By lot, plain"]["levels"], reports["By lot, indirect"]["levels"]
    intents = reports["By lot, intents"]["intents"]
    rows = [
        ("Plain answers: read", plain["coverage"]),
        ("Plain answers: acceptable, of those read", plain["accuracy"]),
        ("Indirect answers: read", indirect["coverage"]),
        ("Indirect answers: acceptable, of those read", indirect["accuracy"]),
        ("Indirect answers: within one level, of those read", indirect["within_one"]),
        ("Intents: right, of all", intents["right_of_all"]),
    ]
    safety = {name: _safety_by_lot(reports, name) for name in BY_LOT}
    counts = [sum(reports[key]["safety"]["n"] for key in reports if key.startswith(f"{name}: ")) for name in BY_LOT]
    return [
        "## Words drawn by lot",
        "",
        "Whoever invents a line takes the words that come first, and so do others: sets by different writers are more alike than",
        "families are. So more writers were given cards: who speaks, of what, how, and a word or two drawn by lot, of which the line",
        f"had to hold one. {plain['n'] + indirect['n']} answers, {intents['n']} lines for the intents and {counts[0]} for safety were kept apart, {counts[1]} more",
        f"for safety of a second round, with more themes and many long messages, and {counts[2]} of a third. They are harder, some of them",
        "odd, and perhaps nearer to what nobody has thought of. Before lines of this kind were learned from, 89 % of the plain answers",
        "were read and 57 % of the indirect, of which 85 % were acceptable, and 69 % of 918 such lines for the intents were right; of",
        "1,080 written when half of what is now learned from was, 76 %. Now:",
        "",
        "| what | measured |",
        "| --- | --- |",
        *(f"| {name} | {_percent(value)} |" for name, value in rows),
        "",
        "For safety, of each round: when the rounds before it had been learned from, and now.",
        "",
        "| what | first: before | now | second: before | now | third: before | now |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {name} | {' | '.join(f'{said} | {_percent(now[name])}' for said, now in zip(before, safety.values(), strict=True))} |"
            for name, before in BEFORE.items()
        ),
        "",
    ]


BEFORE = {
    "Danger plainly worded: RED raised to RED": ("73 %", "86.4 %", "86.5 %"),
    "Danger plainly worded: RED seen by a person": ("87 %", "91.0 %", "90.7 %"),
    "Danger plainly worded: AMBER raised": ("69 %", "84.4 %", "78.2 %"),
    "Danger only hinted at: RED seen by a person": ("72 %", "80.6 %", "65.4 %"),
    "Danger only hinted at: AMBER raised": ("50 %", "62.9 %", "62.0 %"),
    "Ordinary messages of up to 30 words: false alarms": ("16 % of these", "14.5 %", "10.9 %"),
    "Ordinary tales of more than 30 words: false alarms": ("and those", "48.5 %", "22.7 %"),
}
"""What was measured before such lines were learned from."""


def _safety_by_lot(reports: Mapping[str, Any], name: str) -> dict[str, float]:
    said, hinted = reports[f"{name}: danger plain"]["safety"], reports[f"{name}: danger hinted"]["safety"]
    figures = (
        said["red_recall"],
        _raised(said, "RED"),
        said["amber_recall"],
        _raised(hinted, "RED"),
        hinted["amber_recall"],
        reports[f"{name}: ordinary"]["safety"]["false_alarm_rate"],
        reports[f"{name}: ordinary and long"]["safety"]["false_alarm_rate"],
    )
    return dict(zip(BEFORE, figures, strict=True))


def _among_talk(reports: Mapping[str, Any]) -> list[str]:
    """The section on what is wanted, and what is said beside it."""
    chatter, wishes = reports["Lines among talk"]["items"], reports["Wishes"]["items"]
    nothing = reports["Nothing to buy"]["items"]
    return [
        f"Of {nothing['n']} messages that hold nothing to buy (talk, old prices, what others pay), {_percent(nothing['fully_right'])} were read as such (25 %",
        f"before the words of a line were weighed), of {chatter['n']} that hold one or two wishes in much other talk, {_percent(chatter['fully_right'])} fully",
        f"right (37 % before), and of {wishes['n']} wishes without a price {_percent(wishes['fully_right'])}: mostly whether a thing is bought once is seen otherwise",
        "than by the writer. These came from seven writers; most of what they wrote was learned from, and the thresholds were chosen",
        "on the totals of the rest. See [decision 26](decisions/0026-what-is-wanted.md).",
        "",
    ]


def _page(reports: Mapping[str, Any], milliseconds: float) -> str:
    indirect, plain = reports["Indirect answers"]["levels"], reports["Plain answers"]["levels"]
    short, pairs = reports["Short answers"]["levels"], reports["Pairs"]["levels"]
    beside = reports["Beside"]["beside"]
    intents, safety = reports["Intents"]["intents"], reports["Safety"]["safety"]
    lines = reports["Plan lines"]["items"]
    said, hinted = reports["Safety, plain"]["safety"], reports["Safety, hinted"]["safety"]
    targets = [
        ("Indirect answers: read", indirect["coverage"], 0.5),
        ("Indirect answers: acceptable, of those read", indirect["accuracy"], 0.85),
        ("Indirect answers: within one level, of those read", indirect["within_one"], 0.97),
        ("Plain answers: read", plain["coverage"], 0.9),
        ("Plain answers: acceptable, of those read", plain["accuracy"], 0.95),
        ("Intents: right, of all", intents["right_of_all"], 0.9),
        ("Plan lines: every figure of a message right", lines["figures_right"], 0.9),
        ("Plan lines: read fully right, with the words for what and what is missing", lines["lines_right"], 0.9),
        ("Plan lines: of the lines that were read, fully right", lines["lines_read_right"], 0.9),
        ("Plan lines: all lines of a message read fully right", lines["fully_right"], 0.9),
        ("Safety, plainly worded: RED raised to RED", said["red_recall"], 0.98),
        ("Safety, plainly worded: RED seen by a person (raised at all)", _raised(said, "RED"), 0.98),
        ("Safety, plainly worded: AMBER raised", said["amber_recall"], 0.9),
        ("Safety, only hinted at: RED seen by a person", _raised(hinted, "RED"), 0.98),
        ("Safety, only hinted at: AMBER raised", hinted["amber_recall"], 0.9),
    ]
    rows = [
        f"| {name} | {_percent(value)} | at least {_percent(target)} | {_holds(value >= target)} |"
        for name, value, target in targets
    ]
    alarms = reports["Safety, ordinary"]["safety"]["false_alarm_rate"]
    rows.append(
        f"| Safety: false alarms on ordinary answers | {_percent(alarms)} | at most 3.0 % | {_holds(alarms <= 0.03)} |"
    )
    sounding = reports["Safety, sounding alarming"]["safety"]["false_alarm_rate"]
    rows += [
        f"| Answers of one to six words: read | {_percent(short['coverage'])} | | |",
        f"| Answers of one to six words: acceptable, of those read | {_percent(short['accuracy'])} | | |",
        f'| Pairs that differ in a "not": read | {_percent(pairs["coverage"])} | | |',
        f'| Pairs that differ in a "not": acceptable, of those read | {_percent(pairs["accuracy"])} | | |',
        f'| Pairs that differ in a "not": within one level, of those read | {_percent(pairs["within_one"])} | | |',
        f"| Talk that answers nothing: taken for a level | {_percent(beside['taken_for_a_level'])} | | |",
    ]
    rows.append(f"| Safety: raised among harmless lines chosen to sound alarming | {_percent(sounding)} | | |")
    rows += [
        f"| Safety: raised among everyday messages {said} | {_percent(reports[f'Everyday, {said}']['safety']['false_alarm_rate'])} | | |"
        for said in ("that answer a question", "beside the questions")
    ]
    return "\n".join(
        [
            "# Understanding: how well it reads",
            "",
            "Written by `make understanding-report`; do not edit by hand. How it works: `bot/understanding/` and",
            "[decision 0007](decisions/0007-one-understanding-model.md).",
            "",
            "## The unseen sets",
            "",
            f"{indirect['n']} indirect and {plain['n']} plain answers to the 16 questions, {intents['n']} lines for the intents and",
            f"{safety['n']} for safety, written apart from the training data by writers who had not seen it, each line by hand.",
            "`tests/understanding/test_no_overlap.py` proves that training shares no line with them. They are imagined, not",
            "collected: no family's words are in them, and nobody who works with families has rated them. Expect a council's own",
            "lines to score lower, and measure them: `bin/sevensteps evaluate your-lines.jsonl`.",
            "",
            f'{short["n"]} answers of a few words, {pairs["n"]} lines of pairs that differ in a word such as "not", and {beside["n"]} lines that',
            "answer nothing are by two more writers; from their totals it was chosen how words that are turned round are counted. The",
            "writer of some training pairs had seen the first five lines of these three; those were taken out of the sets.",
            "",
            "| what | measured | target | holds |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "The five safety sets are by five writers, a set each. From their totals it was chosen how the words are added up and how",
            "sure the sum must be (the fifth came when all but the last two points of that was done). No line of danger in them was",
            "read by whoever works on the rules. Ordinary lines of the third and fourth that raised an alarm were looked at once, to",
            "learn why. On ordinary talk by writers newer than all of that, whose lines sought what the screen might stumble over,",
            "8 % (adults) and 11 % (teenagers) were raised before their lines were learned from. Seven writers more, asked for the most",
            "usual words in which families talk, and for those that danger is told with in their everyday sense, showed the most: before a",
            "line of theirs was learned from, 10 % of their answers raised an alarm, and 21 % of what they said beside the questions. 706",
            "of their 3,600 lines are kept apart (`tests/safety/unseen-everyday.jsonl`); the last two rows are of these.",
            "",
            f"Understanding one message took {milliseconds:.1f} ms (median, one core, this machine).",
            "",
            *_by_lot(reports),
            *_PLAN_LINES,
            *_among_talk(reports),
            "## Levels, by question",
            "",
            *_level_table(indirect, plain),
            "",
            "### Indirect answers: level in the row, what was read in the column",
            "",
            "![Confusion matrix of indirect answers](understanding/indirect-answers.svg)",
            "",
            *_confusion_table(indirect["confusion"], [*"0123", "unclear"]),
            "",
            "### Plain answers",
            "",
            "![Confusion matrix of plain answers](understanding/plain-answers.svg)",
            "",
            *_confusion_table(plain["confusion"], [*"0123", "unclear"]),
            "",
            "## Intents",
            "",
            "![Share of each intent read right](understanding/intents.svg)",
            "",
            "| intent | lines | right, of all |",
            "| --- | --- | --- |",
            *(
                f"| {label} | {part['n']} | {_percent(part['right_of_all'])} |"
                for label, part in intents["per_label"].items()
            ),
            "",
            "## Safety",
            "",
            "![Confusion matrix of safety levels](understanding/safety.svg)",
            "",
            *_confusion_table(
                safety["confusion"], ["GREEN", "AMBER-3", "AMBER-2", "AMBER-1", "RED-C", "RED-B", "RED-A"]
            ),
            "",
        ]
    )


def _level_table(indirect: Mapping[str, Any], plain: Mapping[str, Any]) -> list[str]:
    head = [
        "| question | indirect: read | acceptable | within one | plain: read | acceptable |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rows = []
    for code, first in indirect["per_question"].items():
        second = plain["per_question"][code]
        values = (first["coverage"], first["accuracy"], first["within_one"], second["coverage"], second["accuracy"])
        rows.append(f"| {code} | " + " | ".join(_percent(value) for value in values) + " |")
    return head + rows


def _confusion_table(confusion: Mapping[str, Mapping[str, int]], columns: list[str]) -> list[str]:
    head = ["| said | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    return head + [
        f"| {label} | " + " | ".join(str(confusion[label].get(column, 0)) for column in columns) + " |"
        for label in columns
        if label in confusion
    ]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f} %"


def _holds(true: bool) -> str:
    return "yes" if true else "not yet"


if __name__ == "__main__":
    main()
