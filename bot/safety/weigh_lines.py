"""The lines that the points of the weighed words are computed from, with what is found in each.

Danger, and what sounds like it and is none, from ``data/safety`` and the examples of the rules; ordinary talk from what
understanding learns from. Some lines are also joined, as people say an alarming thing in the middle of a harmless one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

import yaml

from bot.safety.hits import Hit
from bot.safety.levels import Speaker
from bot.safety.rules import RuleSet
from bot.safety.screening import counted_stretches, counted_text
from bot.safety.weighed import entries, of_patterns, pieces

DATA = Path(__file__).parents[2] / "data"
QUESTIONS = ("E1", "S2", "H3", "F1", "P2", "W1", "H1", "S3", "E2", "F2", "H4", "P1", "S1", "W2", "F3", "H2")
KNOWN = 15.0
"""As how many lines an example of a rule counts: somebody looked at each of them."""
ORDINARY = ("levels", "nlu", "plans", "ordinary")
"""How the names of the sources of ordinary talk begin."""
WORTH = {
    "plainly-said": 3.0,
    "talk-about-plans-is-green": 3.0,
    "hinted-by-lot-red": 1.2,
    "hinted-by-lot-amber": 1.2,
    "ordinary-by-lot": 2.0,
    "ordinary-everyday": 8.0,
    "levels": 2.5,
    "nlu": 2.5,
    "plans": 2.0,
}
"""As how many lines those of a source count: few, and nearest to what is mostly said; or of many words, as each had to hold
one that was drawn by lot. Hardly anything that families say is danger, and what they say most counts most."""
NOT_ORDINARY = ("urgent_help", "human_handoff")
"""Intents whose lines may well be alarming."""
AFTER_PATTERNS = ("hinted", "ordinary")
"""How the names of files begin that were written after the patterns."""
JOINED = 4
"""Every so many lines one is joined with an ordinary one."""
LONGEST_JOINED = 24
"""Words of a line that is joined, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to learn from."""

    source: str
    text: str
    who: str
    question: str | None
    level: str
    found: tuple[str, ...] = ()
    """Its words, pairs, groups and pieces, in order of the alphabet."""
    hits: tuple[str, ...] = ()
    """What the patterns found, where that tells something."""
    counted: str = ""
    """The text that they were found in."""
    worth: float = 1.0
    """As how many lines it counts."""
    after_patterns: bool = False
    """Written after the patterns, by somebody who did not know them: only there does a hit show what a pattern is worth."""

    def row(self) -> dict[str, Any]:
        """As a line of ``evaluate``."""
        return {"text": self.text, "who": self.who, "q": self.question, "safety": self.level}


def read_lines(rules: RuleSet, every: int = 1) -> Iterable[Line]:
    """All lines, each with what is found in it. ``every``: 2 for each second one, and so on.

    A harmless line gives one for each stretch that the screen looks at, as none of them is danger. Of a long line of danger
    nobody noted where in it the danger is: it is one.
    """
    said = list(_said(rules))
    for line in islice((*said, *_joined(said)), 0, None, every):
        speaker = cast(Speaker, line.who) if line.who in ("adult", "child") else None
        if line.level == "GREEN":
            stretches = counted_stretches(line.text, speaker, line.question, rules)
            for stretch in {one.plain.strip(): one for one in stretches}.values():
                yield _with_found(line, stretch.plain, stretch.hits, rules)
        else:
            yield _with_found(line, *counted_text(line.text, speaker, line.question, rules), rules)


def _with_found(line: Line, counted: str, hits: Sequence[Hit], rules: RuleSet) -> Line:
    question = None if line.who == "child" else line.question
    told = of_patterns([(hit.file.id, hit.level) for hit in hits if hit.level != "GREEN"])
    return replace(
        line,
        found=tuple(sorted(entries(counted, rules.weighed.alike, question) | pieces(counted))),
        hits=tuple(sorted(told)) if line.after_patterns else (),
        counted=counted,
    )


def _said(rules: RuleSet) -> Iterable[Line]:
    for path in sorted((DATA / "safety").glob("*.jsonl")):
        for at, text in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(text)
            line = _line(path.stem, row["text"], row["who"], row.get("q"), row["safety"], at)
            yield replace(line, after_patterns=path.stem.startswith(AFTER_PATTERNS))
    at = 0
    for file in rules.files:
        for said, level in (
            *((one, file.level) for one in file.must_raise),
            *((one, "GREEN") for one in file.must_not),
        ):
            at += 1
            line = _line("examples", said.text, said.who or "", said.question, said.level or level, at)
            yield replace(line, worth=KNOWN)
    for path in sorted((DATA / "levels").glob("*.yml")):
        data = _read(path)
        for level, texts in data["levels"].items():
            if (data["question"], level) != ("F1", 3):
                for answer in texts:
                    yield _line("levels", str(answer), "adult", data["question"], "GREEN")
    for path in sorted((DATA / "lines").glob("*.jsonl")):
        for at, row in enumerate(path.read_text(encoding="utf-8").splitlines()):
            yield _line("plans", json.loads(row)["text"], "", None, "GREEN", at)
    for path in sorted((DATA / "nlu").glob("*.yml")):
        for item in _read(path)["nlu"]:
            if item.get("intent") not in NOT_ORDINARY:
                for at, said in enumerate(item["examples"].splitlines()):
                    yield _line("nlu", said.strip().removeprefix("- "), "", None, "GREEN", at)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _line(source: str, text: str, who: str, question: str | None, level: str, at: int = 0) -> Line:
    """Every second line that answers no question is read as said at one of them, in turn: families may say anything at
    any question, and being asked must not look harmless by itself."""
    if question is None and at % 2:
        question = QUESTIONS[at // 2 % len(QUESTIONS)]
    return Line(source, text, who, question, level, worth=WORTH.get(source, 1.0))


def _joined(said: Sequence[Line]) -> Iterable[Line]:
    """Some lines with an ordinary one of the same speaker before or behind them. Drawn by lot, with a fixed seed."""
    lot = random.Random(7)  # noqa: S311 - no secret
    short = [line for line in said if len(line.text.split()) <= LONGEST_JOINED]
    of = {
        who: [line for line in short if line.source.startswith(ORDINARY) and (line.who or "adult") == who]
        for who in ("adult", "child")
    }
    for line in lot.sample(short, len(short) // JOINED):
        other = lot.choice(of["child" if line.who == "child" else "adult"])
        texts = [line.text, other.text]
        lot.shuffle(texts)
        first, then = texts
        stop = "" if first[-1] in ".!?" else lot.choice((".", ".", ",", "\n"))
        yield replace(line, source="joined", text=f"{first}{stop} {then}", worth=1.0)
