"""Is this a request that can be worked out? Every unknown code, level, date and id is named at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.allocation.refusal import AllocationRefused, Refusal
from bot.allocation.request import AllocationRequest, Answer
from bot.allocation.working import Setting
from bot.content.loader import Content, in_force
from bot.content.models import AgePack, AllocationTable, Questionnaire

LEVELS = range(4)
DAYS = range(8)


def checked(content: Content, request: AllocationRequest, today: date) -> Setting:
    """What the request is worked out with. Raises AllocationRefused with everything that does not fit."""
    on = request.on or today
    refusals = list(_answers(request.answers))
    questionnaire = pack = table = None
    try:
        questionnaire = _questionnaire(content, request, on)
        refusals += _codes(request.answers, questionnaire)
        pack = _age_pack(questionnaire, request.age_pack)
        if pack.scored:
            table = _table(content, request, pack, on)
            refusals += _anything_to_score(questionnaire)
    except AllocationRefused as refused:
        refusals += refused.errors
    if refusals or questionnaire is None or pack is None:
        raise AllocationRefused(refusals)
    return Setting(questionnaire, pack, table, on)


def _answers(answers: tuple[Answer, ...]) -> Iterator[Refusal]:
    """What is wrong with the answers whatever the questionnaire is."""
    seen = set[tuple[str, str]]()
    for index, answer in enumerate(answers):
        at = f"/answers/{index}"
        for field, level in (("level", answer.level), ("bad_day_level", answer.bad_day_level)):
            if level is not None and level not in LEVELS:
                yield Refusal(
                    f"{at}/{field}", "level_out_of_range", f"{answer.code}: {field} {level} is not one of 0, 1, 2, 3."
                )
        days = answer.bad_days_per_week
        if days is not None and days not in DAYS:
            yield Refusal(
                f"{at}/bad_days_per_week",
                "days_out_of_range",
                f"{answer.code}: bad_days_per_week {days} is not a number of days from 0 to 7.",
            )
        if (answer.bad_day_level is None) != (days is None):
            absent = "bad_day_level" if answer.bad_day_level is None else "bad_days_per_week"
            yield Refusal(
                f"{at}/{absent}",
                "bad_day_incomplete",
                f"{answer.code}: bad_day_level and bad_days_per_week go together, and {absent} is not there.",
            )
        if (answer.code, answer.by) in seen:
            yield Refusal(at, "answered_twice", f"{answer.code} is answered twice by {answer.by}. Send one of the two.")
        seen.add((answer.code, answer.by))


def _codes(answers: tuple[Answer, ...], questionnaire: Questionnaire) -> Iterator[Refusal]:
    known = [question.id for question in questionnaire.questions]
    for index, answer in enumerate(answers):
        if answer.code not in known:
            yield Refusal(
                f"/answers/{index}/code",
                "unknown_question",
                f"{answer.code} is not a question of {questionnaire.id} {questionnaire.version}. "
                f"It has {', '.join(known)}.",
            )


def _questionnaire(content: Content, request: AllocationRequest, on: date) -> Questionnaire:
    versions = [item for item in content.questionnaires if item.id == request.questionnaire]
    if not versions:
        ids = ", ".join(sorted({item.id for item in content.questionnaires}))
        raise _refused(
            "/questionnaire",
            "unknown_questionnaire",
            f"There is no questionnaire {request.questionnaire}. There is {ids}.",
        )
    named = [item for item in versions if request.version in (None, item.version)]
    if not named:
        there = ", ".join(item.version for item in versions)
        raise _refused(
            "/version", "unknown_version", f"{request.questionnaire} has no version {request.version}. It has {there}."
        )
    valid = [item for item in named if item.valid_from <= on]
    if not valid:
        first = min(item.valid_from for item in named)
        raise _refused(
            "/on", "date_outside", f"On {on} {request.questionnaire} was not in force yet. It starts on {first}."
        )
    return max(valid, key=lambda item: item.valid_from)


def _age_pack(questionnaire: Questionnaire, id: str) -> AgePack:
    for pack in questionnaire.age_packs:
        if pack.id == id:
            return pack
    there = ", ".join(pack.id for pack in questionnaire.age_packs)
    raise _refused("/age_pack", "unknown_age_pack", f"There is no age pack {id}. There is {there}.")


def _table(content: Content, request: AllocationRequest, pack: AgePack, on: date) -> AllocationTable:
    """The council's table for the day, or the one that was named."""
    ids = content.council.tables if request.table is None else (request.table,)
    versions = [item for item in content.tables if item.id in ids and item.stream == "social_care"]
    if not versions:
        there = ", ".join(sorted({item.id for item in content.tables if item.stream == "social_care"}))
        raise _refused("/table", "unknown_table", f"There is no social care table {request.table}. There is {there}.")
    for_pack = [item for item in versions if pack.id in item.age_packs]
    if not for_pack:
        raise _refused("/age_pack", "no_table_for_age", f"No table is for the age pack {pack.id}.")
    for table in for_pack:
        if in_force(table, on):
            return table
    dates = "; ".join(f"{item.valid_from} to {item.valid_to or 'now'}" for item in for_pack)
    raise _refused("/on", "date_outside", f"No table is in force on {on}. There are tables for: {dates}.")


def _anything_to_score(questionnaire: Questionnaire) -> Iterator[Refusal]:
    """A questionnaire with every question switched off cannot give a need score."""
    if not any(
        item.scored and item.shares.get("social_care", 0) and item.levels[-1].points for item in questionnaire.questions
    ):
        yield Refusal(
            "/questionnaire", "nothing_scored", f"{questionnaire.id} has no question with social care points."
        )


def _refused(pointer: str, code: str, detail: str) -> AllocationRefused:
    return AllocationRefused((Refusal(pointer, code, detail),))
