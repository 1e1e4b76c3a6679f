"""What a decision says, and what has to be right about it before anybody signs: outcome, sums, reasons, legal basis.

The RAS gives an indicative amount; a final one is set here by named people, with reasons (domain notes 1.1, 2.2, 2.3).
Nothing is refused for good: what is not agreed is "not yet", with what would help. Money is pence a year.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from bot.cases.statuses import Status
from bot.content.sign_off_models import SignOff
from bot.interview.words import pounds
from bot.plans.shares import split
from bot.plans.totals import Totals

Outcome = Literal["agree", "agree_in_part", "refuse_for_now"]
Verdict = Literal["agreed", "changed", "not_now"]

STATUS: dict[Outcome, Status] = {"agree": "agreed", "agree_in_part": "agreed_in_part", "refuse_for_now": "not_yet"}
"""The status that a case has once the decision is signed."""

STREAMS = ("social_care", "sen", "nhs")
"""Whose money a line can be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the plan version that is decided on, as the family sent it."""

    line_id: int
    what: str
    pence: int | None
    """For the year, with what employing somebody adds; None where it has no cost, 0 for help that costs nothing."""
    one_off: bool
    stream: str
    managed_by: str | None


@dataclass(frozen=True, slots=True)
class LineSaid:
    """What is decided about one line."""

    line_id: int
    verdict: Verdict
    pence: int
    stream: str
    legal_basis: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as an officer puts it. ``lines`` None: for every line what follows from outcome and amount."""

    outcome: Outcome
    final_pence: int | None
    reasons: tuple[str, ...] = ()
    lines: tuple[LineSaid, ...] | None = None
    contingency_pence: int = 0
    contingency_reason: str = ""
    what_would_help: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to put right: the field of the form, and words for it."""

    field: str
    text: str


def asked(totals: Totals) -> tuple[Asked, ...]:
    """What a version of a plan asks for, line by line."""
    return tuple(
        Asked(
            line.line.id,
            line.line.what,
            line.total_pence,
            line.cost.one_off,
            line.line.stream,
            line.line.managed_by,
        )
        for line in totals.lines
    )


def asked_pence(lines: tuple[Asked, ...]) -> int:
    """What the family asked for in all."""
    return sum(line.pence or 0 for line in lines)


def completed(said: Said, lines: tuple[Asked, ...], policy: SignOff | None, on: date) -> Said:
    """The decision with everything that follows from what was said; nothing that was said is changed.

    Without lines of its own, an amount that is lower than what was asked takes the same share from every line, and one
    that is higher leaves the rest as contingency. A legal basis that was not chosen is the usual one for the line.
    """
    if said.outcome == "refuse_for_now":
        kept = said.lines or tuple(LineSaid(line.line_id, "not_now", 0, line.stream) for line in lines)
        return replace(said, final_pence=said.final_pence or None, lines=kept)
    if said.lines is None:
        said = _shared(said, lines)
    of = {line.line_id: line for line in lines}
    filled = tuple(
        replace(line, legal_basis=line.legal_basis or _usual(policy, line, of[line.line_id], on))
        if line.line_id in of and line.pence
        else line
        for line in said.lines or ()
    )
    return replace(said, lines=filled)


def _shared(said: Said, lines: tuple[Asked, ...]) -> Said:
    total, final = asked_pence(lines), said.final_pence or 0
    why = " ".join(said.reasons)
    if final >= total:
        whole = tuple(
            LineSaid(line.line_id, "not_now", 0, line.stream, reason=why)
            if line.pence is None
            else LineSaid(line.line_id, "agreed", line.pence, line.stream)
            for line in lines
        )
        rest = final - total if final > total else 0
        return replace(
            said,
            lines=whole,
            contingency_pence=said.contingency_pence or rest,
            contingency_reason=said.contingency_reason or (why if rest else ""),
        )
    shares = split(final - min(said.contingency_pence, final), [Fraction(line.pence or 0) for line in lines])
    parts = (
        LineSaid(line.line_id, "agreed", 0, line.stream)
        if line.pence == 0
        else LineSaid(line.line_id, "changed" if share else "not_now", share, line.stream, reason=why)
        for line, share in zip(lines, shares, strict=True)
    )
    return replace(said, lines=tuple(parts))


def _usual(policy: SignOff | None, line: LineSaid, of: Asked, on: date) -> str:
    bases = () if policy is None else policy.bases_for(line.stream, of.managed_by, on)
    return bases[0].id if bases else ""


def faults(
    said: Said, lines: tuple[Asked, ...], guide_pence: int | None, policy: SignOff | None, on: date
) -> tuple[Fault, ...]:
    """All that has to be put right before it can be proposed or signed; ``said`` is :func:`completed`."""
    if said.outcome == "refuse_for_now":
        return _faults_of_not_yet(said)
    found = [*_of_amount(said, lines, guide_pence)]
    known = {line.line_id: line for line in lines}
    if {line.line_id for line in said.lines or ()} != set(known) or len(said.lines or ()) != len(known):
        return (*found, Fault("lines", "Say for each line of the plan what is decided, once"))
    for line in said.lines or ():
        found += _of_line(said.outcome, line, known[line.line_id], policy, on)
    return tuple(found)


def _faults_of_not_yet(said: Said) -> tuple[Fault, ...]:
    found = []
    if not any(reason.strip() for reason in said.reasons):
        found.append(Fault("reasons", "Write why it is not yet, in words for the family"))
    if said.final_pence or said.contingency_pence or any(line.pence for line in said.lines or ()):
        found.append(Fault("final", "Nothing is agreed yet, so leave the amount empty"))
    return tuple(found)


def _of_amount(said: Said, lines: tuple[Asked, ...], guide_pence: int | None) -> list[Fault]:
    final = said.final_pence
    if final is None:
        return [Fault("final", "Write the final amount")]
    found = []
    together = sum(line.pence for line in said.lines or ()) + said.contingency_pence
    if together != final:
        off, more = abs(final - together), "less" if together < final else "more"
        words = f"The lines and the contingency come to {pounds(together)}: {pounds(off)} {more} than the final amount"
        found.append(Fault("final", words))
    if said.contingency_pence < 0:
        found.append(Fault("contingency", "The contingency cannot be less than nothing"))
    if said.contingency_pence > 0 and not said.contingency_reason.strip():
        found.append(Fault("contingency_reason", "Say what the contingency is for"))
    reasons = any(reason.strip() for reason in said.reasons)
    if not reasons and guide_pence is None:
        found.append(Fault("reasons", "There is no guide amount. Say how you came to the final amount"))
    if not reasons and guide_pence is not None and final != guide_pence:
        words = f"The guide amount is {pounds(guide_pence)}. Say why the final amount is not the same"
        found.append(Fault("reasons", words))
    if said.outcome == "agree_in_part" and not any(line.verdict != "agreed" for line in said.lines or ()):
        found.append(Fault("outcome", "Everything that was asked for is agreed. Choose “agree”"))
    return found


def _of_line(outcome: Outcome, line: LineSaid, of: Asked, policy: SignOff | None, on: date) -> list[Fault]:
    at = f"line-{line.line_id}"
    found = []
    if line.verdict == "agreed" and of.pence is not None and line.pence != of.pence:
        words = f"{of.what}: agreed as it was asked is {pounds(of.pence)}. Choose “changed” for another amount"
        found.append(Fault(f"{at}-pence", words))
    if line.verdict == "agreed" and of.pence is None:
        found.append(
            Fault(f"{at}-pence", f"{of.what}: it has no cost yet. Change it to an amount, or choose “not now”")
        )
    if line.verdict == "not_now" and line.pence:
        found.append(Fault(f"{at}-pence", f"{of.what}: not now is no amount. Leave it empty"))
    if line.pence < 0:
        found.append(Fault(f"{at}-pence", f"{of.what}: an amount cannot be less than nothing"))
    if outcome == "agree" and (line.verdict == "not_now" or line.pence < (of.pence or 0)):
        found.append(Fault("outcome", f"{of.what} gets less than was asked. Choose “agree in part”"))
    if line.verdict != "agreed" and not line.reason.strip():
        found.append(Fault(f"{at}-reason", f"{of.what}: say why, in words for the family"))
    if line.stream not in STREAMS:
        found.append(Fault(f"{at}-stream", f"{of.what}: choose whose money it is"))
    elif line.pence and (policy is None or line.legal_basis not in _ids(policy, line.stream, of.managed_by, on)):
        found.append(Fault(f"{at}-basis", f"{of.what}: choose a legal basis that fits this money and how it is paid"))
    return found


def _ids(policy: SignOff, stream: str, managed_by: str | None, on: date) -> set[str]:
    return {basis.id for basis in policy.bases_for(stream, managed_by, on)}


def hash_of(value: object) -> str:
    """SHA-256, in hexadecimal, of a value as canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def words_hash(said: Said) -> str:
    """A hash over everything that the decision itself says."""
    return hash_of(
        [
            said.outcome,
            said.final_pence,
            said.contingency_pence,
            said.contingency_reason,
            said.what_would_help,
            list(said.reasons),
            [
                [line.line_id, line.verdict, line.pence, line.stream, line.legal_basis, line.reason]
                for line in said.lines or ()
            ],
        ]
    )


DECISION = "decision"
"""The part that is the decision itself; the others are what it rests on."""

PARTS = {
    "answers": "the answers to the questions",
    "levels": "an agreed level",
    "plan": "the plan that was sent",
    "plan_now": "the plan that the family is working on",
    "guide": "the guide amount",
    "route": "the route",
    "questionnaire": "the questions",
    "tables": "the table",
    "script": "the plan's prompts",
    "rules": "the council's rules for plans",
    "policy": "the sign-off limits",
}
"""What a decision rests on, in words for officers. A signature is for all of it."""


def bound(parts: Mapping[str, str]) -> str:
    """One hash over all parts: what a signature is for.

    >>> bound({"plan": "a", "answers": "b"}) == bound({"answers": "b", "plan": "a"})
    True
    >>> bound({"plan": "a", "answers": "b"}) == bound({"plan": "a", "answers": "c"})
    False
    """
    return hash_of(dict(parts))


def changed_since(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What a decision rests on that is not any more as it was, in words."""
    return tuple(words for name, words in PARTS.items() if before.get(name) != now.get(name))
