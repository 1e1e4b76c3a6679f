"""Every decision that was signed, with what it was decided on: for reports over many cases, and for the log of reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol

from bot.cases.access import sees
from bot.cases.consistency import Decided, Gap
from bot.cases.no_names import without_names
from bot.cases.small_budgets import small_budgets
from bot.content.loader import Content
from bot.gateway.alert_schedule import uk_time
from bot.interview import Interview, interview_from_json
from bot.review.access import Staff
from bot.review.moderation import read
from bot.store import allocations, cases, decisions, drafts, moderation
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.decisions import Decision
from bot.store.drafts import Draft

FEWEST = 5
"""Groups of fewer families are hidden where the council has not said otherwise."""


class _Result(Protocol):
    @property
    def at(self) -> datetime: ...

    @property
    def result(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SignedCase:
    """One signed decision and its case."""

    draft: Draft
    case: Case
    interview: Interview
    decision: Decision
    signed: datetime
    signed_by: str
    signed_role: str

    def seen_by(self, staff: Staff) -> bool:
        """Whether this person may know of the case."""
        return sees(staff.user, staff.teams, team=self.case.team, lead=self.case.lead)

    def told(self, text: str) -> str:
        """What an officer wrote, without the family's names."""
        plan = self.interview.plan
        members = [member.name for member in plan.members] if plan is not None else []
        return without_names(text, [self.interview.about.name or "", *members])


def signed_cases(tx: Transaction) -> Iterator[SignedCase]:
    """Every decision that was signed, also those that a later one took the place of."""
    for decision in decisions.of_all(tx):
        step = decision.signed
        if step is None:
            continue
        draft = drafts.get(tx, decision.draft_id)
        interview = interview_from_json(json.loads(draft.state))
        yield SignedCase(draft, cases.get(tx, draft.id), interview, decision, step.at, step.user, step.role)


def decided(tx: Transaction, content: Content, today: date) -> tuple[Decided, ...]:
    """The decision that holds for each case, as the consistency report compares them."""
    last: dict[str, SignedCase] = {}
    for one in signed_cases(tx):
        last[one.draft.id] = one
    return tuple(_decided(tx, content, one, today) for one in last.values())


def gaps_between(tx: Transaction, content: Content, first: date, last: date) -> tuple[Gap, ...]:
    """How families and professionals saw the same questions, where a professional answered in these days."""
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    found = []
    for draft_id in moderation.answered_between(tx, begin, end):
        draft = drafts.get(tx, draft_id)
        now = read(tx, content, draft, last)
        for side in now.sides:
            levels = dict(side.levels)
            own = now.professional.get(side.code)
            if own is not None and begin <= own.at < end and "family" in levels and "professional" in levels:
                found.append(Gap(draft.reference, side.code, own.by, levels["family"], levels["professional"]))
    return tuple(found)


def hide_below(content: Content, today: date) -> int:
    """Groups of fewer families than this are hidden in reports."""
    try:
        return content.living_rules(today).hide_counts_below
    except KeyError:
        return FEWEST


def age_band(content: Content, age: int | None, on: date) -> str:
    """The name of an age's band; "not known" where the family has not said how old the child is."""
    rules = small_budgets(content, on)
    if age is None or rules is None:
        return "not known"
    return next((band.title for band in rules.age_bands if band.from_age <= age <= band.to_age), "not known")


def team_name(content: Content, team_id: str) -> str:
    """A team's name; its id where the council has it no more."""
    return next((team.name for team in content.teams.teams if team.id == team_id), team_id)


def _decided(tx: Transaction, content: Content, one: SignedCase, today: date) -> Decided:
    said, trace = one.decision.said, _trace(tx, one)
    need, bracket = trace.get("need_score"), trace.get("bracket")
    needs: dict[str, int] = {}
    for question in trace.get("questions", ()):
        if question["scored"] and question["level_used"] is not None:
            needs[question["section"]] = max(needs.get(question["section"], 0), question["level_used"])
    return Decided(
        reference=one.draft.reference,
        on=uk_time(one.signed).date(),
        outcome=said.outcome,
        final_pence=said.final_pence,
        guide_pence=said.guide_pence,
        score=Decimal(str(need["shown"])) if need else None,
        row=bracket["label"] if bracket else "",
        needs=tuple(sorted(needs.items())),
        team=team_name(content, one.case.team),
        ages=age_band(content, one.interview.about.age, today),
        route=said.route,
    )


def _trace(tx: Transaction, one: SignedCase) -> dict[str, Any]:
    """Of the guide amount that was worked out last before it was signed, from agreed levels or the family's answers."""
    every: list[_Result] = [*allocations.history(tx, one.draft.id), *moderation.allocation_history(tx, one.draft.id)]
    before = [result for result in every if result.at <= one.signed]
    return dict(json.loads(max(before, key=lambda result: result.at).result)["trace"]) if before else {}
