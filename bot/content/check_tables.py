"""Allocation tables: no gap, no overlap, no amount that falls, and one table for each stream, age and day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bot.content.files import Files, Source
from bot.content.models import AllocationTable
from bot.content.problems import Problem


def table_problems(source: Source[AllocationTable]) -> Iterator[Problem]:
    """What is wrong inside one table."""
    table, document = source.model, source.document
    rows = table.rows
    if not rows:
        yield document.problem(("rows",), "the table has no rows", "Start with a row at score_from 0.")
        return
    if rows[0].score_from != 0:
        yield document.problem(
            ("rows", 0, "score_from"),
            f"scores from 0 to {rows[0].score_from - 1} are in no row",
            "Start the first row at 0.",
        )
    for number in range(1, len(rows)):
        row, before = rows[number], rows[number - 1]
        if row.score_from <= before.score_from:
            yield document.problem(
                ("rows", number, "score_from"),
                f"this row starts at {row.score_from}, but the row before starts at {before.score_from}: they overlap",
                "Start each row above the one before.",
            )
        if before.amount_pence is None:
            yield document.problem(
                ("rows", number),
                "this row comes after the one that a person works out",
                "Only the last row has no amount.",
            )
        elif row.amount_pence is not None and row.amount_pence < before.amount_pence:
            yield document.problem(
                ("rows", number, "amount_pence"),
                f"the amount falls from {before.amount_pence} to {row.amount_pence} pence",
                "A higher score must never get less.",
            )
    if rows[-1].amount_pence is not None:
        yield document.problem(
            ("rows", len(rows) - 1, "amount_pence"),
            "the last row has an amount, so a very high need would be held down to it",
            "Add a last row with amount_pence: null, which a person works out.",
        )
    if table.below_threshold_under not in {row.score_from for row in rows}:
        yield document.problem(
            ("below_threshold_under",),
            f"below_threshold_under is {table.below_threshold_under}, where no row starts",
            "Use the score_from of a row.",
        )
    if table.valid_to is not None and table.valid_to < table.valid_from:
        yield document.problem(("valid_to",), "the table ends before it starts", "Swap valid_from and valid_to.")
    yield from _top(source)


def _top(source: Source[AllocationTable]) -> Iterator[Problem]:
    table, document = source.model, source.document
    priced = [row for row in table.rows if row.amount_pence is not None]
    if table.method == "band":
        if table.top is not None:
            yield document.problem(("top",), "a table in bands has no use for top", "Take it out.")
        return
    if table.top is None or table.top.amount_pence is None:
        yield document.problem(
            ("method",), "interpolation needs the last figure of the table", "Add top, with a score and an amount."
        )
    elif priced and (
        table.top.score_from <= priced[-1].score_from or table.top.amount_pence < (priced[-1].amount_pence or 0)
    ):
        yield document.problem(
            ("top",), "top is not above the last row with an amount", "Raise its score and its amount above that row."
        )
    elif table.rows[-1].amount_pence is None and table.top.score_from >= table.rows[-1].score_from:
        yield document.problem(
            ("top", "score_from"), "top reaches into the row that a person works out", "Lower its score."
        )


def coverage_problems(files: Files) -> Iterator[Problem]:
    """Tables in use by a council: known age packs, and never two for the same stream, ages and day."""
    packs = {pack.id for source in files.questionnaires for pack in source.model.age_packs if pack.scored}
    for table_source in files.tables:
        for number, pack in enumerate(table_source.model.age_packs):
            if pack not in packs:
                yield table_source.document.problem(
                    ("age_packs", number),
                    f'"{pack}" is no age pack that gets points',
                    f"Use one of: {', '.join(sorted(packs))}.",
                )
    for council in files.councils:
        used = [source for source in files.tables if source.model.id in council.model.tables]
        scored = {
            p.id
            for q in files.questionnaires
            if q.model.id == council.model.questionnaire
            for p in q.model.age_packs
            if p.scored
        }
        covered = {pack for source in used if source.model.stream == "social_care" for pack in source.model.age_packs}
        for pack in sorted(scored - covered):
            yield council.document.problem(
                ("tables",),
                f'no social care table in use holds for the ages "{pack}"',
                "Name a table that does.",
            )
        for first, second in combinations(used, 2):
            if _clash(first.model, second.model):
                yield second.document.problem(
                    ("valid_from",),
                    f"{first.document.file} holds for the same stream, ages and days in {council.model.name}",
                    "End the older one with valid_to, or use only one of them.",
                )


def _clash(a: AllocationTable, b: AllocationTable) -> bool:
    same = a.stream == b.stream and set(a.age_packs) & set(b.age_packs)
    apart = (a.valid_to and a.valid_to < b.valid_from) or (b.valid_to and b.valid_to < a.valid_from)
    return bool(same and not apart)
