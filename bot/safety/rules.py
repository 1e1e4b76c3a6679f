"""Safety rules and contexts as content: read from ``bot/content/safety``, checked, and compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.safety.normalise import Spelling, near_index, normalise
from bot.safety.patterns import Pattern, compile_pattern, expand, words_in
from bot.safety.rule_files import Context, RuleFile, WeighedFile
from bot.safety.weighed import Weighed, load_weighed

ROOT = Path(__file__).parents[1] / "content" / "safety"


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
    idioms: tuple[Pattern, ...]
    """Figures of speech, that are taken out of a message before any rule looks at it."""
    weighed: Weighed

    @property
    def files(self) -> tuple[RuleFile | WeighedFile, ...]:
        """All rules as written, those of patterns first."""
        return (*(rule.file for rule in self.rules), *self.weighed.rules)


@cache
def default_rules() -> RuleSet:
    """The rules of ``bot/content/safety``, read and compiled once."""
    return load_rules(ROOT)


def load_rules(root: Path) -> RuleSet:
    """Read and compile rules. Raises ValueError (pydantic's or PatternError) saying which file and what is wrong."""
    sets = expand({name: [str(member) for member in members] for name, members in _read(root / "words.yaml").items()})
    spelling_file = _read(root / "spelling.yaml")
    contexts = {data["id"]: Context(**data) for data in _read(root / "contexts.yaml")}
    files = [RuleFile(**_read(path)) for path in sorted(root.glob("*-*.yaml"))]
    idioms = _read(root / "idioms.yaml")
    sources = [p for f in files for p in (*f.patterns, *f.not_when)] + [
        p for c in contexts.values() for p in c.patterns
    ]
    sources += idioms
    in_sets = {word for phrases in sets.values() for phrase in phrases for word in phrase.split()}
    in_patterns = {word for source in sources for word in words_in(source)}
    spelling = _spelling(spelling_file, frozenset(in_sets | in_patterns))

    @cache  # a few thousand words and phrases stand in a hundred thousand places
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
    weighed = load_weighed(root / "weighed", _read, prepare)
    if len({file.id for file in (*files, *weighed.rules)}) != len(files) + len(weighed.rules):
        raise ValueError("two safety rules share an id")
    return RuleSet(
        rules, compiled, spelling, {word: tuple(places) for word, places in index.items()}, patterns(idioms), weighed
    )


def _read(path: Path) -> Any:
    # the C reader is the same one, and quicker where it was built
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


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
