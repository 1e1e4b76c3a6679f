"""Safety rules and contexts as content: read from ``bot/content/safety``, checked, and compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.safety.levels import Level, Speaker
from bot.safety.normalise import Spelling, near_index, normalise
from bot.safety.patterns import Pattern, compile_pattern, expand, words_in

ROOT = Path(__file__).parents[1] / "content" / "safety"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(_Strict):
    """Something a person could write, and where; both kinds of examples are run as tests."""

    text: str
    who: Speaker | None = None
    question: str | None = None
    previous: Level | None = None
    level: Level | None = None
    """What exactly must come out, where it is not the rule's own level."""


class Context(_Strict):
    """Something around a hit that lowers or raises it."""

    id: str
    reason: str
    adult_only: bool = False
    """A child's joke, or a child's past, lowers nothing."""
    patterns: tuple[str, ...]


class RuleFile(_Strict):
    """One rule as written in its file."""

    id: str
    level: Level
    reason: str
    """Why a person should look, in plain words, without anything personal."""
    text: str
    """Id of the fixed text, without the ending ``_adult`` or ``_child`` where the text has both."""
    then_text: str | None = None
    """A second fixed text, for a message that is two things at once."""
    also: tuple[Level, ...] = ()
    """Other levels that hold as well (an overdose is RED-A, and RED-B too)."""
    speaker: Speaker | None = None
    """Set when the words mean this only from an adult, or only from a child."""
    speaker_known: bool = False
    """The words are too common to count before it is known who speaks."""
    questions: tuple[str, ...] = ()
    """Set when the words mean this only as an answer to these questions."""
    patterns: tuple[str, ...] = Field(min_length=1)
    not_when: tuple[str, ...] = ()
    """Figures of speech: a hit inside one of these was never a hit."""
    lowered_by: dict[str, Level] = {}
    """Context id (or several, ``past+known``, that must all hold) and the level that is left; the first that fits counts. Never applied to a child, nor with now, means or secrecy, nor when
    something was raised before in the conversation: then an AMBER is left at least."""
    need_in: dict[str, Level] = {}
    """RAS question and the level that is left when an adult answers it with these words: behaviour of a child who is
    overwhelmed, or care, is need and not harm."""
    raised_by: dict[str, Level] = {}
    """Context id (or ``child``: a child speaks) and the level it lifts to."""
    must_raise: tuple[Example, ...]
    must_not: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class CompiledContext:
    """A context ready to use."""

    file: Context
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to use."""

    file: RuleFile
    patterns: tuple[Pattern, ...]
    not_when: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything the screen needs."""

    rules: tuple[Rule, ...]
    contexts: Mapping[str, CompiledContext]
    spelling: Spelling
    by_word: Mapping[str, tuple[tuple[int, int], ...]]
    """A word, and the patterns (rule number, pattern number) that can only fit where it is said."""

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Raises KeyError."""
        for rule in self.rules:
            if rule.file.id == rule_id:
                return rule
        raise KeyError(rule_id)


@cache
def default_rules() -> RuleSet:
    """The rules of ``bot/content/safety``, read and compiled once."""
    return load_rules(ROOT)


def load_rules(root: Path) -> RuleSet:
    """Read and compile rules. Raises ValueError (pydantic's or PatternError) saying which file and what is wrong."""
    sets = expand({name: [str(member) for member in members] for name, members in _read(root / "words.yaml").items()})
    spelling_file = _read(root / "spelling.yaml")
    contexts = {data["id"]: Context(**data) for data in _read(root / "contexts.yaml")}
    files = [RuleFile(**_examples(_read(path))) for path in sorted(root.glob("*-*.yaml"))]
    if len({file.id for file in files}) != len(files):
        raise ValueError("two safety rules share an id")
    sources = [p for f in files for p in (*f.patterns, *f.not_when)] + [
        p for c in contexts.values() for p in c.patterns
    ]
    in_sets = {word for phrases in sets.values() for phrase in phrases for word in phrase.split()}
    in_patterns = {word for source in sources for word in words_in(source)}
    spelling = _spelling(spelling_file, frozenset(in_sets | in_patterns))

    def prepare(phrase: str) -> str:
        return normalise(phrase, spelling).replace(" . ", " ").strip()

    prepared = {name: sorted({prepare(phrase) for phrase in phrases}) for name, phrases in sets.items()}

    def patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(compile_pattern(source, prepared, prepare) for source in sources)

    rules = tuple(Rule(file, patterns(file.patterns), patterns(file.not_when)) for file in files)
    compiled = {c.id: CompiledContext(c, patterns(c.patterns)) for c in contexts.values()}
    for file in files:
        named = {name for key in (*file.lowered_by, *file.raised_by) for name in key.split("+")}
        unknown = named - {*compiled, "child"}
        if unknown:
            raise ValueError(f"{file.id}: there is no context {', '.join(sorted(unknown))}")
    index: dict[str, list[tuple[int, int]]] = {}
    for number, rule in enumerate(rules):
        for place, pattern in enumerate(rule.patterns):
            for word in pattern.needs[0]:
                index.setdefault(word, []).append((number, place))
    return RuleSet(rules, compiled, spelling, {word: tuple(places) for word, places in index.items()})


def _read(path: Path) -> Any:
    # the C reader is the same one, and quicker where it was built
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _examples(data: dict[str, Any]) -> dict[str, Any]:
    """An example may be written as its text alone."""
    for key in ("must_raise", "must_not"):
        data[key] = [{"text": item} if isinstance(item, str) else item for item in data[key]]
    return data


def _spelling(data: dict[str, Any], vocabulary: frozenset[str]) -> Spelling:
    words = {str(k): str(v) for meaning in data["words"].items() for k, v in _ways(*meaning)}
    kept = frozenset(data["kept"])
    return Spelling(
        words=words,
        before={k: (v["means"], frozenset(v["before"])) for k, v in data["before"].items()},
        emoji={ord(sign): f" {name} " for name, signs in data["emoji"].items() for sign in signs},
        vocabulary=vocabulary - frozenset(words),
        near=near_index(vocabulary),
        kept=kept,
    )


def _ways(meaning: str, ways: str) -> Iterable[tuple[str, str]]:
    for way in ways.split():
        yield way, meaning
