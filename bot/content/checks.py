"""Content that must not reach a family: everything that one value alone cannot show."""

from __future__ import annotations

from pathlib import Path

from bot.content.check_casework import casework_problems
from bot.content.check_ids import id_problems
from bot.content.check_plan import plan_problems
from bot.content.check_questions import council_problems, questionnaire_problems
from bot.content.check_tables import coverage_problems, table_problems
from bot.content.check_texts import text_problems
from bot.content.files import Files, read_all
from bot.content.problems import Problem


def check(root: Path) -> list[Problem]:
    """Everything wrong with the content under ``root``, by file and line; empty when it may be used."""
    return read_and_check(root)[1]


def read_and_check(root: Path) -> tuple[Files, list[Problem]]:
    """All content, and everything wrong with it."""
    files, problems = read_all(root)
    # A file that could not be read would be missed by all that point at it; that would bury the one real problem.
    return files, sorted(problems or _across_files(files))


def _across_files(files: Files) -> list[Problem]:
    return [
        *(problem for source in files.questionnaires for problem in questionnaire_problems(source)),
        *(problem for source in files.tables for problem in table_problems(source)),
        *council_problems(files),
        *coverage_problems(files),
        *text_problems(files),
        *plan_problems(files),
        *casework_problems(files),
        *id_problems(files),
    ]
