"""Who may sign a decision. Limits are dated council policy; what is not allowed by it is refused, in words that say why
and who can.

Two people stand behind every sum (domain notes 1.6, guided 2c): who signs did not propose it, and did not set its
amount. An amount that the family asked for, or that the questions and the table gave, was set by nobody of the staff,
so one officer may agree to it. A decision after "please look again" is signed by somebody who did not work on the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.access import Role, may
from bot.cases.small_budgets import RouteLimit, over_limit
from bot.content.sign_off_models import PanelRule, SignOff, SignOffPeriod
from bot.interview.words import pounds


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody who wants to sign, and what they would sign."""

    user: str
    role: Role
    pence: int
    """The final amount; where nothing is agreed yet, what the family asked for: who turns a sum away could agree to it."""
    proposed_by: str
    """Who proposed it; empty where nobody did and this officer decides at once."""
    amount_by: str
    """Who of the staff last set the amount; empty where it is the family's or the table's."""
    lead: str | None
    """Who leads the case."""
    worked_before: frozenset[str] = frozenset()
    """Who proposed, signed or voted on the decision that the family asked to be looked at again; else empty."""
    panel: tuple[str, ...] = ()
    """Who decides together; empty when one officer signs."""
    route_limit: RouteLimit | None = None
    """The limit of the small budget that was chosen; None on the full route."""
    open_questions: tuple[str, ...] = ()
    """Questions on which answers differ and nobody agreed on a level."""
    changed: tuple[str, ...] = ()
    """What is not any more as it was when it was proposed, in words."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not sign."""

    code: str
    """Stable, for the audit and for programs."""
    status: int
    """403: this role or person never may. 409: not like this, or not now."""
    words: str
    """For the officer: what is in the way, and who can or what to do."""


def why_not(policy: SignOff | None, signing: Signing, on: date) -> Refusal | None:
    """The first thing that is in the way of this signature on a day; None when it may be given."""
    return (
        _not_as_it_was(signing)
        or _limit(policy, signing, on)
        or _same_person(signing, who_can(policy, signing.pence, on, signing.route_limit))
        or _not_agreed(signing)
    )


def why_no_vote(policy: SignOff | None, signing: Signing, on: date) -> Refusal | None:
    """The first thing that is in the way of this person's vote in the panel; None when they may vote."""
    if signing.user not in signing.panel or not may(signing.role, "panel"):
        return Refusal("not_on_panel", 403, f"You are not on this panel. On it are: {', '.join(signing.panel)}.")
    if policy is None or policy.period(on) is None:
        return _no_limits_today(on)
    return _not_as_it_was(signing) or _same_person(signing, "the others on the panel") or _not_agreed(signing)


def who_can(policy: SignOff | None, pence: int, on: date, route_limit: RouteLimit | None = None) -> str:
    """Who may sign for so much on a day, in words: "team manager, group manager"; "nobody" where no limit is set."""
    if route_limit is not None and pence <= route_limit.limit_pence:
        return _listed(route_limit.may_agree)
    period = None if policy is None else policy.period(on)
    if period is None:
        return "nobody, as there are no sign-off limits for today"
    if pence > period.panel.above_pence:
        return f"a panel of at least {period.panel.members_at_least}"
    return _listed(_roles(period, pence)) or "nobody"


def _roles(period: SignOffPeriod, pence: int) -> list[str]:
    return [limit.role for limit in period.limits if limit.up_to_pence != 0 and limit.covers(pence)]


def _not_as_it_was(signing: Signing) -> Refusal | None:
    if not signing.changed:
        return None
    what = ", ".join(signing.changed)
    words = f"This is not what was proposed any more. Changed since: {what}. Look at it, and propose it again."
    return Refusal("stale", 409, words)


def _limit(policy: SignOff | None, signing: Signing, on: date) -> Refusal | None:
    if signing.panel:
        return Refusal("panel_decides", 409, f"A panel decides this: {', '.join(signing.panel)}. Each of them votes.")
    if policy is None:
        return _no_limits_today(on)
    if signing.route_limit is not None:
        words = over_limit(signing.route_limit, signing.role, signing.pence)
        return Refusal("over_route_limit", 403, words) if words else None
    period = policy.period(on)
    if period is None:
        return _no_limits_today(on)
    can = who_can(policy, signing.pence, on)
    if signing.pence > period.panel.above_pence:
        words = f"Above {pounds(period.panel.above_pence)} a panel decides. Propose it with the names of the panel."
        return Refusal("panel_needed", 409, words)
    limit = period.limit(signing.role)
    role = _plain(signing.role)
    if limit is None or limit.up_to_pence == 0 or not may(signing.role, "approve"):
        words = f"The role {role} signs no decisions. Propose it instead. These can sign: {can}."
        return Refusal("no_limit", 403, words)
    if limit.up_to_pence != "any" and not limit.covers(signing.pence):
        words = (
            f"The role {role} signs up to {pounds(limit.up_to_pence)}, and this is {pounds(signing.pence)}. "
            f"These can sign: {can}."
        )
        return Refusal("over_limit", 403, words)
    return None


def _same_person(signing: Signing, can: str) -> Refusal | None:
    """Who signs stands apart from who proposed, from who set the amount, and from a first decision."""
    someone = f"Somebody else signs it: {can}."
    if signing.user == signing.proposed_by:
        return Refusal("proposer", 409, f"You proposed this, so you cannot sign it. {someone}")
    if signing.user == signing.amount_by:
        return Refusal("amount", 409, f"You set this amount, so you cannot sign it. Propose it. {someone}")
    alone = not signing.proposed_by and signing.route_limit is None
    if alone and signing.user == signing.lead:
        return Refusal("lead", 409, f"You lead this case, so you cannot sign alone. Propose it. {someone}")
    if signing.user in signing.worked_before:
        words = f"The family asked for another look by somebody who did not work on it before. You did. {someone}"
        return Refusal("second_look", 409, words)
    return None


def _not_agreed(signing: Signing) -> Refusal | None:
    if not signing.open_questions:
        return None
    codes = ", ".join(signing.open_questions)
    words = (
        f"Answers differ, and nobody has agreed on a level yet: {codes}. A named person agrees on each, with a reason."
    )
    return Refusal("levels_open", 409, words)


def _no_limits_today(on: date) -> Refusal:
    words = (
        f"There are no sign-off limits for {on.day} {on:%B %Y}, so nobody can sign. "
        "Ask whoever looks after the council's content to add them."
    )
    return Refusal("no_policy", 409, words)


@dataclass(frozen=True, slots=True)
class Vote:
    """The last word of one member of a panel."""

    user: str
    role: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class PanelStanding:
    """How far a panel is."""

    agreed: bool
    """Enough have agreed, of enough roles."""
    lost: bool
    """So many are against it that it cannot be agreed any more."""
    missing: str
    """What is missing still, in words; empty when it is agreed or lost."""


def panel_faults(rule: PanelRule, panel: Sequence[str], proposed_by: str) -> tuple[str, ...]:
    """What is wrong with a choice of people, in words."""
    faults = []
    if len(set(panel)) != len(panel):
        faults.append("Name each member of the panel once")
    if len(set(panel)) < rule.members_at_least:
        faults.append(f"A panel has at least {rule.members_at_least} members")
    if proposed_by in panel:
        faults.append("Who proposes a decision does not vote on it")
    return tuple(faults)


def panel_standing(rule: PanelRule, panel: Sequence[str], votes: Iterable[Vote]) -> PanelStanding:
    """Count the votes of those who are on the panel.

    >>> rule = PanelRule(above_pence=0, members_at_least=3, agree_at_least=2, roles_at_least=2, one_of=("head",))
    >>> team = ("ann", "bob", "cat")
    >>> panel_standing(rule, team, [Vote("ann", "manager", True), Vote("bob", "manager", True)]).missing
    '1 more role; head'
    >>> panel_standing(rule, team, [Vote("ann", "manager", True), Vote("cat", "head", True)]).agreed
    True
    """
    counted = [vote for vote in votes if vote.user in panel]
    yes = [vote for vote in counted if vote.agrees]
    against = sum(not vote.agrees for vote in counted)
    roles = {vote.role for vote in yes}
    missing = []
    if len(yes) < rule.agree_at_least:
        missing.append(f"{rule.agree_at_least - len(yes)} more to agree")
    if len(roles) < rule.roles_at_least:
        more = rule.roles_at_least - len(roles)
        missing.append(f"{more} more role{'s' if more > 1 else ''}")
    if not roles & set(rule.one_of):
        missing.append(" or ".join(_plain(role) for role in rule.one_of))
    waiting = len(panel) - len(counted)
    lost = bool(missing) and (waiting == 0 or len(panel) - against < rule.agree_at_least)
    return PanelStanding(not missing, lost, "" if lost else "; ".join(missing))


def _listed(roles: Iterable[str]) -> str:
    return ", ".join(_plain(role) for role in roles)


def _plain(role: str) -> str:
    return role.replace("-", " ")
