"""What is wrong with content, said so that the person who wrote the file can put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right. ``file`` is relative to the content folder, ``line`` counts from 1.

    >>> print(Problem("texts/about.yaml", 4, "unknown placeholder {nmae}", "Did you mean {name}?"))
    texts/about.yaml:4: unknown placeholder {nmae}. Did you mean {name}?
    """

    file: str
    line: int
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.do}"


class ContentError(Exception):
    """Content that must not be used; ``problems`` says why, one entry for each thing to put right."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
