"""Pages of moderation: every voice side by side, a professional's own answers by section, agreeing on levels, what-ifs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.gateway.api import Shared
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import Staff, check_form, check_right, draft_for, signed_in
from bot.review.forms import Typed, revision
from bot.review.moderating import MAX_REASON, AgreedIn, AnswerIn, ModerationIn, Wrong, moderate
from bot.review.moderation_api import looked_ahead, moderation_viewed
from bot.review.moderation_record import ModerationRecord, QuestionSides, moderation_record

router = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
Section = Annotated[str, Path(max_length=60)]
NO_LEVEL = ("not_sure", "skipped")


@router.get("/review/drafts/{reference}/moderation")
def overview(services: Shared, request: Request, reference: Reference) -> Response:
    """Every voice side by side, what is open, and both guide amounts."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    record = moderation_viewed(services, staff, reference)
    return page(services.content, "review/moderation.html", staff=staff, record=record, on=services.now().date())


@router.get("/review/drafts/{reference}/moderation/what-if")
def what_if(
    services: Shared,
    request: Request,
    reference: Reference,
    on: Annotated[str, Query(max_length=20)] = "",
    table: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """What the same answers would give by another day's table, or by another table."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    today, errors, found = services.now().date(), [], None
    tables = sorted({known.id for known in services.content.tables if known.stream == "social_care"})
    try:
        day = date.fromisoformat(on) if on else today
        found = looked_ahead(services, staff, reference, day, table or None)
    except ValueError:
        errors.append({"field": "on", "text": "Write the day as year, month and day, for example 2027-04-01"})
    except Problem as problem:
        if problem.status != 422:
            raise
        errors.append({"field": "on", "text": problem.detail})
    return page(
        services.content,
        "review/moderation_what_if.html",
        422 if errors else 200,
        staff=staff,
        reference=reference,
        found=found,
        on=on or today.isoformat(),
        table=table,
        tables=tables,
        errors=errors,
    )


@router.get("/review/drafts/{reference}/moderation/answers/{section}")
def answers_form(services: Shared, request: Request, reference: Reference, section: Section) -> Response:
    """A professional's own answers to the questions of one section."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    record = _record(services, staff, reference)
    questions = _of_section(record, section)
    return _answers_page(services, staff, record, questions, _as_typed(questions), [])


@router.post("/review/drafts/{reference}/moderation/answers/{section}")
def send_answers(services: Shared, request: Request, reference: Reference, section: Section, typed: Typed) -> Response:
    """Keep them, then on to the next section, or back to the overview."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    record = _record(services, staff, reference)
    questions = _of_section(record, section)
    answers, wrong = _answers(questions, typed)
    problem = None
    if not wrong:
        try:
            asked = ModerationIn.model_construct(answers=answers, agreed=[], revision=revision(typed))
            moderate(services, staff, reference, asked)
        except Problem as found:
            if found.status not in (409, 422):
                raise
            problem, record = found, _record(services, staff, reference)
    if wrong or problem is not None:
        return _answers_page(services, staff, record, questions, typed, _errors(wrong), problem)
    following = _section_after(record, section)
    where = f"answers/{following}" if following and typed.get("then") == "next" else ""
    return RedirectResponse(f"/review/drafts/{record.reference}/moderation/{where}".rstrip("/"), 303)


@router.get("/review/drafts/{reference}/moderation/agree")
def agree_form(services: Shared, request: Request, reference: Reference) -> Response:
    """Agree on a level wherever voices differ."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    record = _record(services, staff, reference)
    return _agree_page(services, staff, record, _agreed_as_typed(record), [])


@router.post("/review/drafts/{reference}/moderation/agree")
def send_agreed(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Keep the agreed levels, in the name of whoever sends them."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    record = _record(services, staff, reference)
    agreed, wrong = _agreed(record, typed)
    problem = None
    if not wrong:
        try:
            asked = ModerationIn.model_construct(answers=[], agreed=agreed, revision=revision(typed))
            moderate(services, staff, reference, asked)
        except Problem as found:
            if found.status not in (409, 422):
                raise
            problem, record = found, _record(services, staff, reference)
    if wrong or problem is not None:
        return _agree_page(services, staff, record, typed, _errors(wrong), problem)
    return RedirectResponse(f"/review/drafts/{record.reference}/moderation", 303)


def _record(services: Services, staff: Staff, reference: str) -> ModerationRecord:
    check_right(staff, "moderate")
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "moderate")
        return moderation_record(tx, services.content, draft, case, services.now().date())


def _of_section(record: ModerationRecord, section: str) -> list[QuestionSides]:
    """Raises Problem 404 for a section that the questionnaire does not have."""
    found = [question for question in record.questions if question.section == section]
    if not found:
        raise not_found()
    return found


def _section_after(record: ModerationRecord, section: str) -> str | None:
    order = list(dict.fromkeys(question.section for question in record.questions))
    place = order.index(section) + 1
    return order[place] if place < len(order) else None


def _answers_page(
    services: Services,
    staff: Staff,
    record: ModerationRecord,
    questions: list[QuestionSides],
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    problem: Problem | None = None,
) -> HTMLResponse:
    status = problem.status if problem else 422 if errors else 200
    following = _section_after(record, questions[0].section)
    return page(
        services.content,
        "review/moderation_answers.html",
        status,
        staff=staff,
        record=record,
        questions=questions,
        typed=typed,
        errors=_with(problem, errors),
        following=following,
    )


def _agree_page(
    services: Services,
    staff: Staff,
    record: ModerationRecord,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    problem: Problem | None = None,
) -> HTMLResponse:
    status = problem.status if problem else 422 if errors else 200
    return page(
        services.content,
        "review/moderation_agree.html",
        status,
        staff=staff,
        record=record,
        questions=_to_agree(record),
        typed=typed,
        errors=_with(problem, errors),
    )


def _with(problem: Problem | None, errors: list[dict[str, str]]) -> list[dict[str, str]]:
    first = [{"field": "", "text": f"{problem.title}. {problem.detail}"}] if problem else []
    return [*first, *errors]


def _to_agree(record: ModerationRecord) -> list[QuestionSides]:
    """Questions on which voices differ, and those that were agreed on; what is open comes first."""
    return sorted(
        (question for question in record.questions if question.differs or question.agreed is not None),
        key=lambda question: not question.open,
    )


def _as_typed(questions: Iterable[QuestionSides]) -> dict[str, str]:
    """The professional's answers as they stand, as a form has them."""
    typed = {}
    for question in questions:
        for voice in question.voices:
            if voice.voice != "professional":
                continue
            typed[f"{question.code}-level"] = voice.status if voice.level is None else str(voice.level)
            typed[f"{question.code}-hard"] = "" if voice.bad_day_level is None else str(voice.bad_day_level)
            typed[f"{question.code}-days"] = "" if voice.bad_days_per_week is None else str(voice.bad_days_per_week)
            typed[f"{question.code}-reason"] = voice.own_words
            typed[f"{question.code}-rests_on"] = voice.rests_on
    return typed


def _agreed_as_typed(record: ModerationRecord) -> dict[str, str]:
    typed = {}
    for question in _to_agree(record):
        if question.agreed is not None and question.agreed.holds:
            typed[f"{question.code}-level"] = str(question.agreed.level)
            typed[f"{question.code}-reason"] = question.agreed.reason
    return typed


def _answers(questions: Iterable[QuestionSides], typed: Mapping[str, str]) -> tuple[list[AnswerIn], list[Wrong]]:
    """The answers in a form; a question that was left empty is none."""
    answers, wrong = list[AnswerIn](), list[Wrong]()
    for question in questions:
        code = question.code
        level, hard, days, reason, rests_on = (
            typed.get(f"{code}-{field}", "") for field in ("level", "hard", "days", "reason", "rests_on")
        )
        if not any((level, hard, days, reason, rests_on)):
            continue
        found = list(_wrong(question, level, hard, days, reason, rests_on))
        wrong += found
        if found:
            continue
        if level in NO_LEVEL:
            answers.append(
                AnswerIn.model_validate({"code": code, "status": level, "reason": reason, "rests_on": rests_on})
            )
        else:
            answers.append(
                AnswerIn(
                    code=code,
                    level=int(level),
                    bad_day_level=int(hard) if hard else None,
                    bad_days_per_week=int(days) if days else None,
                    reason=reason,
                    rests_on=rests_on,
                )
            )
    return answers, wrong


def _wrong(question: QuestionSides, level: str, hard: str, days: str, reason: str, rests_on: str) -> Iterable[Wrong]:
    code, about = question.code, f"“{question.title}”"
    if level not in (*NO_LEVEL, *"0123") or level == "":
        yield Wrong(code, "level", f"Choose a level for {about}, or not sure, or skip")
    elif level not in NO_LEVEL and not reason:
        yield Wrong(code, "reason", f"Say why you see {about} so")
    if bool(hard) != bool(days) or (hard and hard not in (*"0123",)):
        yield Wrong(code, "days", f"For {about}, give both the level on hard days and how many there are, or neither")
    elif days and days not in (*"1234567",):
        yield Wrong(code, "days", f"For {about}, write hard days a week as a number from 1 to 7")
    elif hard and level in NO_LEVEL:
        yield Wrong(code, "level", f"For {about}, choose the level on usual days too")
    for field, text in (("reason", reason), ("rests_on", rests_on)):
        if len(text) > MAX_REASON:
            yield Wrong(code, field, f"For {about}, use {MAX_REASON:,} characters or fewer")


def _agreed(record: ModerationRecord, typed: Mapping[str, str]) -> tuple[list[AgreedIn], list[Wrong]]:
    agreed, wrong = list[AgreedIn](), list[Wrong]()
    for question in _to_agree(record):
        level, reason = typed.get(f"{question.code}-level", ""), typed.get(f"{question.code}-reason", "")
        about = f"“{question.title}”"
        if not level and not reason:
            continue
        if level not in (*"0123",):
            wrong.append(Wrong(question.code, "level", f"Choose the level you agree on for {about}"))
        elif not reason:
            wrong.append(Wrong(question.code, "reason", f"Say why this level for {about}"))
        elif len(reason) > MAX_REASON:
            wrong.append(Wrong(question.code, "reason", f"For {about}, use {MAX_REASON:,} characters or fewer"))
        else:
            agreed.append(AgreedIn(code=question.code, level=int(level), reason=reason))
    return agreed, wrong


def _errors(wrong: Iterable[Wrong]) -> list[dict[str, str]]:
    return [{"field": f"{one.code}-{one.field}", "text": one.text} for one in wrong]
