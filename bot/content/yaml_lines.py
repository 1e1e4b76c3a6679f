"""YAML with line numbers, in which writing the same key twice is a mistake and not a silent overwrite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content.problems import ContentError, Problem

Where = tuple[str | int, ...]
"""A place inside a file: keys and list positions from the top, e.g. ("questions", 0, "title")."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its plain values, and the line on which each of them starts."""

    file: str
    data: Any
    lines: dict[Where, int]

    def line(self, where: Where) -> int:
        """The line of a value, or of the nearest thing around it when the value itself is missing."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def problem(self, where: Where, what: str, do: str) -> Problem:
        """A problem at this place of this file."""
        return Problem(self.file, self.line(where), what, do)


def read_yaml(path: Path, root: Path) -> Document:
    """Read one file. Raises ContentError when it is not YAML or holds a key twice."""
    file = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    try:
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(
            [Problem(file, line, f"this is not YAML: {error.problem}", "Check quotes, colons and the indent.")]
        ) from error
    lines: dict[Where, int] = {}
    problems = list(_walk(node, (), file, lines)) if node is not None else []
    if problems:
        raise ContentError(problems)
    return Document(file, data, lines)


def _walk(node: yaml.Node, where: Where, file: str, lines: dict[Where, int]) -> Iterator[Problem]:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in seen:
                yield Problem(file, line, f'"{key}" is written twice, first on line {seen[key]}', "Keep one of them.")
            seen[key] = line
            lines[(*where, key)] = line
            yield from _walk(value, (*where, key), file, lines)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield from _walk(value, (*where, position), file, lines)
