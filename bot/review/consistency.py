"""The monthly consistency report and the log of decisions, as they are shown and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from pydantic import BaseModel

from bot.cases.consistency import Consistency, Decided, GapMean, Group, month_days, report
from bot.cases.csv_text import csv_text, money_cell
from bot.gateway.problems import malformed
from bot.gateway.services import Services
from bot.review.access import Staff
from bot.review.decided_cases import SignedCase, decided, gaps_between, hide_below, signed_cases, team_name
from bot.store import audit

OTHER_TEAM = "a case of another team"
LOG_SHOWN = 200


class GroupLine(BaseModel):
    """One team, age band or route. Null: hidden, as there are few."""

    name: str
    decisions: int | None
    agreed: int | None
    agreed_in_part: int | None
    not_yet: int | None
    share_percent: int | None
    """The middle of final ÷ guide amount."""


class CaseLine(BaseModel):
    """One of two cases that are alike."""

    reference: str
    """Of a case of one's own teams; else words that say it is another's."""
    decided: date
    outcome: str
    final_pence: int | None
    guide_pence: int | None
    share_percent: int | None
    score: float | None
    team: str
    ages: str
    route: str


class UnlikeLine(BaseModel):
    """Two like cases with unlike decisions."""

    why: str
    """outcome: one is a yes, the other not yet. share: the shares of the guide amount are far from each other."""
    row: str
    cases: list[CaseLine]


class GapLine(BaseModel):
    """Family less professional level, on average over enough cases."""

    name: str
    cases: int
    mean: float


class ConsistencyRecord(BaseModel):
    """One month. Unlike is not wrong: there are reasons, and the group that watches over consistency reads them."""

    month: str
    hide_below: int
    decisions: int | None
    by_team: list[GroupLine]
    by_ages: list[GroupLine]
    by_route: list[GroupLine]
    unlike: list[UnlikeLine]
    gaps_by_question: list[GapLine]
    gaps_by_worker: list[GapLine]


class LogLine(BaseModel):
    """One decision that was signed, with its reasons and without names."""

    reference: str
    decision: int
    signed: datetime
    by: str
    role: str
    team: str
    outcome: str
    route: str
    guide_pence: int | None
    final_pence: int | None
    reasons: list[str]
    lines: list[str]
    """Reasons given for single lines of the plan."""


class LogList(BaseModel):
    """Signed decisions of one's own teams, newest first."""

    decisions: list[LogLine]
    more: int


def consistency(services: Services, staff: Staff, month: str | None, action: str) -> ConsistencyRecord:
    """A month's report, and the audit line that says who took it. Raises Problem 422 for what is no month."""
    today = services.now().date()
    name = month or today.isoformat()[:7]
    try:
        first, last = month_days(name)
    except ValueError:
        raise malformed("month: write it as year and month, for example 2026-11.") from None
    least = hide_below(services.content, today)
    with services.database.write() as tx:
        cases = decided(tx, services.content, today)
        gaps = gaps_between(tx, services.content, first, last)
        own = frozenset(one.draft.reference for one in signed_cases(tx) if one.seen_by(staff))
        detail: dict[str, audit.Detail] = {"role": staff.role, "month": name}
        audit.note(tx, at=services.now(), actor=staff.user, action=action, subject="consistency", detail=detail)
    return _record(report(cases, gaps, name, hide_below=least), own, least)


def consistency_csv(found: ConsistencyRecord) -> str:
    """The report as a table: groups first, then pairs of like cases with unlike decisions. Hidden figures stay hidden."""
    heads = [
        "part",
        "name",
        "decisions",
        "agreed",
        "agreed_in_part",
        "not_yet",
        "share_percent",
        "final_gbp",
        "guide_gbp",
    ]
    rows: list[list[object]] = []
    for part, groups in (("team", found.by_team), ("ages", found.by_ages), ("route", found.by_route)):
        for one in groups:
            counts = [_or_hidden(value) for value in (one.decisions, one.agreed, one.agreed_in_part, one.not_yet)]
            rows.append([part, one.name, *counts, _or_hidden(one.share_percent), None, None])
    for number, pair in enumerate(found.unlike, start=1):
        for case in pair.cases:
            money = [None if pence is None else money_cell(pence) for pence in (case.final_pence, case.guide_pence)]
            rows.append(
                [
                    f"unlike {number}",
                    f"{case.reference}, {case.team}",
                    None,
                    None,
                    None,
                    None,
                    case.share_percent,
                    *money,
                ]
            )
    for gap in found.gaps_by_question:
        rows.append(["family less professional", gap.name, gap.cases, None, None, None, gap.mean, None, None])
    return csv_text(heads, rows)


def decisions_log(services: Services, staff: Staff) -> LogList:
    """Signed decisions of this person's teams with their reasons, and the audit line that says who read them."""
    with services.database.write() as tx:
        found = [one for one in signed_cases(tx) if one.seen_by(staff)]
        detail: dict[str, audit.Detail] = {"role": staff.role, "found": len(found)}
        audit.note(
            tx, at=services.now(), actor=staff.user, action="decisions.viewed", subject="decisions", detail=detail
        )
    found.sort(key=lambda one: one.signed, reverse=True)
    lines = [_log_line(one, team_name(services.content, one.case.team)) for one in found[:LOG_SHOWN]]
    return LogList(decisions=lines, more=max(0, len(found) - LOG_SHOWN))


def _log_line(one: SignedCase, team: str) -> LogLine:
    said = one.decision.said
    reasons = [*said.reasons, said.contingency_reason, said.what_would_help]
    return LogLine(
        reference=one.draft.reference,
        decision=one.decision.seq,
        signed=one.signed,
        by=one.signed_by,
        role=one.signed_role,
        team=team,
        outcome=said.outcome,
        route=said.route,
        guide_pence=said.guide_pence,
        final_pence=said.final_pence,
        reasons=[one.told(reason) for reason in reasons if reason],
        lines=[one.told(f"{line.what}: {line.reason}") for line in said.lines if line.reason],
    )


def _record(found: Consistency, own: frozenset[str], least: int) -> ConsistencyRecord:
    return ConsistencyRecord(
        month=found.month,
        hide_below=least,
        decisions=found.decisions,
        by_team=_groups(found.by_team),
        by_ages=_groups(found.by_ages),
        by_route=_groups(found.by_route),
        unlike=[
            UnlikeLine(why=pair.why, row=pair.one.row, cases=[_case(pair.one, own), _case(pair.other, own)])
            for pair in found.unlike
        ],
        gaps_by_question=_gaps(found.gaps_by_question),
        gaps_by_worker=_gaps(found.gaps_by_worker),
    )


def _groups(found: Iterable[Group]) -> list[GroupLine]:
    return [
        GroupLine(
            name=one.name,
            decisions=one.decisions,
            agreed=one.outcomes[0],
            agreed_in_part=one.outcomes[1],
            not_yet=one.outcomes[2],
            share_percent=one.share_percent,
        )
        for one in found
    ]


def _gaps(found: Iterable[GapMean]) -> list[GapLine]:
    return [GapLine(name=one.name, cases=one.cases, mean=float(one.mean)) for one in found]


def _case(one: Decided, own: frozenset[str]) -> CaseLine:
    return CaseLine(
        reference=one.reference if one.reference in own else OTHER_TEAM,
        decided=one.on,
        outcome=one.outcome,
        final_pence=one.final_pence,
        guide_pence=one.guide_pence,
        share_percent=None if one.share is None else round(100 * one.share),
        score=None if one.score is None else float(one.score),
        team=one.team,
        ages=one.ages,
        route=one.route,
    )


def _or_hidden(value: int | None) -> object:
    return "hidden" if value is None else value
