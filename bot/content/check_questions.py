"""Questionnaires and councils: points, shares, sections, ages, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.content.files import Files, Source
from bot.content.models import Contact, Questionnaire
from bot.content.problems import Problem
from bot.content.yaml_lines import Document, Where

OLDEST_CHILD = 17
DRAMA_NUMBERS = re.compile(r"01632 960\d{3}|07700 900\d{3}|08081 570\d{3}|020 7946 0\d{3}")
"""Ofcom's telephone numbers for drama, which are given to nobody."""
RESERVED_DOMAINS = (".example", ".test")


def questionnaire_problems(source: Source[Questionnaire]) -> Iterator[Problem]:
    """What is wrong inside one questionnaire."""
    yield from _points(source)
    yield from _sections(source)
    yield from _age_packs(source)


def _points(source: Source[Questionnaire]) -> Iterator[Problem]:
    document = source.document
    for number, question in enumerate(source.model.questions):
        at: Where = ("questions", number)
        points = [level.points for level in question.levels]
        for level in range(1, 4):
            if points[level] < points[level - 1]:
                yield document.problem(
                    (*at, "levels", level, "points"),
                    f"points of {question.id} fall from {points[level - 1]} to {points[level]} at level {level}",
                    "More need must never get fewer points: raise this level or lower the one before.",
                )
        total = sum(question.shares.values())
        if question.scored and total != 100:
            yield document.problem(
                (*at, "shares"), f"the shares of {question.id} add up to {total}", "Make them add up to 100."
            )
        if not question.scored and (question.shares or any(points)):
            yield document.problem(
                (*at, "scored"),
                f"{question.id} is not scored, but has points or shares",
                "Set its points to 0 and its shares to {}, or score it.",
            )
        if question.bespoke_at is not None and question.bespoke_at not in (1, 2, 3):
            yield document.problem(
                (*at, "bespoke_at"), f"bespoke_at of {question.id} is not a level from 1 to 3", "Use 1, 2 or 3."
            )
        if not question.asked_of:
            yield document.problem(
                (*at, "asked_of"), f"nobody is asked {question.id}", "Name parent, young_person or both."
            )


def _sections(source: Source[Questionnaire]) -> Iterator[Problem]:
    questionnaire, document = source.model, source.document
    ids = [question.id for question in questionnaire.questions]
    home: dict[str, str] = {}
    for number, section in enumerate(questionnaire.sections):
        for position, code in enumerate(section.questions):
            at: Where = ("sections", number, "questions", position)
            if code not in ids:
                yield document.problem(
                    at, f'section "{section.id}" names {code}, which is no question', "Correct the code."
                )
            if code in home:
                yield document.problem(
                    at, f'{code} is in two sections, "{home[code]}" and "{section.id}"', "Keep it in one of them."
                )
            home[code] = section.id
    for number, code in enumerate(ids):
        if code not in home:
            yield document.problem(("questions", number), f"{code} is in no section", "Name it in one section.")


def _age_packs(source: Source[Questionnaire]) -> Iterator[Problem]:
    questionnaire, document = source.model, source.document
    expected = 0
    ids = {question.id for question in questionnaire.questions}
    for number, pack in enumerate(questionnaire.age_packs):
        at: Where = ("age_packs", number)
        if pack.from_age > expected:
            yield document.problem(
                (*at, "from_age"),
                f"no age pack holds {_ages(expected, pack.from_age - 1)}",
                f"Start this pack at {expected}, or add one.",
            )
        if pack.from_age < expected:
            yield document.problem(
                (*at, "from_age"), f"age {pack.from_age} is in two age packs", f"Start this pack at {expected}."
            )
        if pack.to_age < pack.from_age:
            yield document.problem((*at, "to_age"), f'age pack "{pack.id}" ends before it starts', "Swap the ages.")
        for code in sorted(pack.points_factor_percent.keys() - ids):
            yield document.problem(
                (*at, "points_factor_percent"), f"a weight is set for {code}, which is no question", "Correct the code."
            )
        expected = pack.to_age + 1
    if expected <= OLDEST_CHILD:
        yield document.problem(
            ("age_packs",), f"no age pack holds {_ages(expected, OLDEST_CHILD)}", "Add the missing ages."
        )


def _ages(first: int, last: int) -> str:
    return f"age {first}" if first == last else f"ages {first} to {last}"


def council_problems(files: Files) -> Iterator[Problem]:
    """Councils name questionnaires and tables that exist, and made-up ones have telephones that ring nowhere."""
    questionnaires = {source.model.id for source in files.questionnaires}
    tables = {source.model.id for source in files.tables}
    for source in files.councils:
        council, document = source.model, source.document
        if council.questionnaire not in questionnaires:
            yield document.problem(
                ("questionnaire",), f'there is no questionnaire "{council.questionnaire}"', "Correct the id."
            )
        for number, table in enumerate(council.tables):
            if table not in tables:
                yield document.problem(("tables", number), f'there is no table "{table}"', "Correct the id.")
        if council.fictional:
            yield from _made_up(document, council.contacts)


def _made_up(document: Document, contacts: Iterable[Contact]) -> Iterator[Problem]:
    for number, contact in enumerate(contacts):
        for key, phone in (("phone", contact.phone), ("text", contact.text)):
            if phone and not DRAMA_NUMBERS.fullmatch(phone):
                yield document.problem(
                    ("contacts", number, key),
                    f"{phone} may be somebody's real number",
                    "A made-up council uses Ofcom's numbers for drama, such as 01632 960123.",
                )
        for key, address in (("email", contact.email), ("url", contact.url)):
            if address and not address.split("@")[-1].removeprefix("https://").split("/")[0].endswith(RESERVED_DOMAINS):
                yield document.problem(
                    ("contacts", number, key),
                    f"{address} may be somebody's real address",
                    "A made-up council uses addresses that end in .example or .test.",
                )
