"""Every rule's own examples: what must raise does, and what must not stays green."""

from __future__ import annotations

import pytest

from bot.safety.levels import rank
from bot.safety.rule_files import Example, RuleFile, WeighedFile
from bot.safety.rules import default_rules
from bot.safety.screening import screen

FILES = default_rules().files
RAISES = [(file, example) for file in FILES for example in file.must_raise]
STAYS = [(file, example) for file in FILES for example in file.must_not]


def named(value: object) -> str:
    return (
        value.id
        if isinstance(value, RuleFile | WeighedFile)
        else value.text
        if isinstance(value, Example)
        else str(value)
    )


@pytest.mark.parametrize(("file", "example"), RAISES, ids=named)
def test_must_raise(file: RuleFile | WeighedFile, example: Example) -> None:
    found = screen(example.text, who=example.who, question=example.question, previous=example.previous)
    if example.level:
        assert found.level == example.level, found
    else:
        assert rank(found.level) >= rank(file.level), found


@pytest.mark.parametrize(("file", "example"), STAYS, ids=named)
def test_must_not_raise(file: RuleFile | WeighedFile, example: Example) -> None:
    found = screen(example.text, who=example.who, question=example.question, previous=example.previous)
    assert found.level == (example.level or "GREEN"), found


@pytest.mark.parametrize("file", FILES, ids=named)
def test_each_rule_has_enough_examples_of_both_kinds(file: RuleFile | WeighedFile) -> None:
    assert len(file.must_raise) >= 8
    assert len(file.must_not) >= 8
