"""The record of one calculation: everything it rests on, for the file and for whoever asks (domain notes 3.5)."""

from __future__ import annotations

from fractions import Fraction

from bot.allocation.numbers import decimal, shown_score
from bot.allocation.points import STREAMS, Scored, section_points
from bot.allocation.result import (
    AgePackTrace,
    BracketTrace,
    EngineTrace,
    GivenTrace,
    NeedScoreTrace,
    ProtectionTrace,
    QuestionnaireTrace,
    QuestionTrace,
    RoundingTrace,
    SectionTrace,
    TableTrace,
    Trace,
)
from bot.allocation.working import Setting, Working

ENGINE = EngineTrace(name="sevensteps-allocation", version="1")
"""The version changes whenever the same request could get another figure."""

PLACES = 4
"""Decimals of points in the trace: points in whole percents of whole percents are exact with four."""


def trace(working: Working) -> Trace:
    """The whole record."""
    setting, pack = working.setting, working.setting.pack
    questionnaire = setting.questionnaire
    return Trace(
        engine=ENGINE,
        on=setting.on,
        questionnaire=QuestionnaireTrace(
            id=questionnaire.id,
            version=questionnaire.version,
            valid_from=questionnaire.valid_from,
            approved_by=questionnaire.approved_by,
            example=questionnaire.example,
            source=questionnaire.source,
            bad_days_per_week=questionnaire.bad_days_per_week,
        ),
        age_pack=AgePackTrace(id=pack.id, scored=pack.scored, points_factor_percent=dict(pack.points_factor_percent)),
        table=_table(working, setting),
        questions=tuple(_question(item, pack.scored) for item in working.scored),
        sections=_sections(working),
        need_score=_need_score(working),
        bracket=_bracket(working),
        rounding=_rounding(working, setting),
        protection=_protection(working),
        no_figure=working.no_figure,
        ignored_context=tuple(sorted(working.request.context.model_extra or {})),
    )


def _table(working: Working, setting: Setting) -> TableTrace | None:
    table = setting.table
    if table is None:
        return None
    kept = table.model_dump(include=set(TableTrace.model_fields))
    return TableTrace(**kept, named_in_request=working.request.table is not None)


def _question(item: Scored, points_given: bool) -> QuestionTrace:
    counted, points = item.counted, None
    if points_given and counted is not None:
        points = item.points
    return QuestionTrace(
        code=item.question.id,
        title=item.question.title,
        section=item.section.id,
        scored=points_given and item.question.scored,
        level_used=item.level,
        by=None if counted is None else counted.answer.by,
        bad_day_used=counted is not None and counted.bad_day_used,
        points=None if points is None else decimal(points, PLACES),
        most=decimal(item.most, PLACES),
        factor_percent=item.factor_percent,
        shares_percent=dict(item.question.shares),
        stream_points={}
        if points is None
        else {stream: decimal(item.share(stream, points), PLACES) for stream in STREAMS},
        given=tuple(
            GivenTrace(
                by=given.answer.by,
                level=given.answer.level,
                bad_day_level=given.answer.bad_day_level,
                bad_days_per_week=given.answer.bad_days_per_week,
                bad_day_used=given.bad_day_used,
                counted_level=given.level,
                counted=given is counted,
            )
            for given in item.given
        ),
    )


def _sections(working: Working) -> tuple[SectionTrace, ...]:
    if working.totals is None:
        return ()
    rows = []
    for section in working.setting.questionnaire.sections:
        within = [item for item in working.scored if item.section.id == section.id and item.question.scored]
        rows.append(
            SectionTrace(
                id=section.id,
                title=section.title,
                outcome=section.outcome,
                points=decimal(sum((item.points for item in within), Fraction(0)), PLACES),
                stream_points={
                    stream: decimal(section_points(working.scored, section.id, stream), PLACES) for stream in STREAMS
                },
            )
        )
    return tuple(rows)


def _need_score(working: Working) -> NeedScoreTrace | None:
    if working.totals is None:
        return None
    total = working.totals["social_care"]
    return NeedScoreTrace(
        points=decimal(total.points, PLACES),
        most=decimal(total.most, PLACES),
        exact=str(total.need_score),
        shown=shown_score(total.need_score),
    )


def _bracket(working: Working) -> BracketTrace | None:
    hit = working.bracket
    if hit is None:
        return None
    return BracketTrace(
        label=hit.row.label,
        score_from=hit.score_from,
        score_to=hit.score_to,
        includes_score_to=hit.holds_top,
        from_pence=hit.from_pence,
        to_pence=hit.to_pence,
        arithmetic=hit.arithmetic,
    )


def _rounding(working: Working, setting: Setting) -> RoundingTrace | None:
    if working.bracket is None or working.rounded_pence is None or setting.table is None:
        return None
    return RoundingTrace(
        before=str(working.bracket.exact_pence),
        step_pence=setting.table.rounding_pence,
        after_pence=working.rounded_pence,
    )


def _protection(working: Working) -> ProtectionTrace | None:
    protected = working.protected
    if protected is None:
        return None
    return ProtectionTrace(
        previous_pence=protected.previous_pence,
        before_pence=protected.before_pence,
        after_pence=protected.after_pence,
        effect=protected.effect,
        max_fall_percent=protected.rule.max_fall_percent,
        max_rise_percent=protected.rule.max_rise_percent,
        until=protected.rule.until,
        reference=protected.rule.reference,
    )
