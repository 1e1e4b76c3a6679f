"""The form of a decision: what was typed as a proposal, what cannot be read in it, and how it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from pydantic import ValidationError

from bot.cases.amounts import NotAnAmount, pence_of
from bot.cases.decision import Asked, Fault, Outcome, Verdict
from bot.review.decision_asked import MAX_WORDS, MOST_REASONS, ProposalIn
from bot.review.decision_facts import Facts
from bot.review.forms import revision

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_PANEL = "panel-"
"""A box for each person begins with it; the rest of its name is their user id."""


def read_form(typed: Mapping[str, str], lines: tuple[Asked, ...]) -> tuple[ProposalIn, list[Fault]]:
    """A form as a proposal, and what in it cannot be read. What was typed stays in the form."""
    wrong = list[Fault]()

    def amount(field: str, empty: int | None) -> int | None:
        if not typed.get(field):
            return empty
        try:
            return pence_of(typed[field])
        except NotAnAmount as found:
            wrong.append(Fault(field, str(found)))
            return empty

    outcome = typed.get("outcome", "")
    if outcome not in OUTCOMES:
        wrong.append(Fault("outcome", "Choose what is decided"))
    not_yet = outcome == "refuse_for_now"
    said = [] if not_yet else [_line(typed, line, amount, wrong) for line in lines]
    if not_yet and not typed.get("help"):
        wrong.append(Fault("help", "Write what would help, in words for the family"))
    for field in ("reasons", "contingency_reason", "help"):
        if len(typed.get(field, "")) > MAX_WORDS:
            wrong.append(Fault(field, f"Use {MAX_WORDS:,} characters or fewer"))
    body = {
        "decision": outcome,
        "final_pence": None if not_yet else amount("final", None),
        "reasons": [
            part.strip() for part in typed.get("reasons", "").replace("\r\n", "\n").split("\n\n") if part.strip()
        ],
        "lines": None if not_yet else said,
        "contingency_pence": 0 if not_yet else amount("contingency", 0) or 0,
        "contingency_reason": typed.get("contingency_reason", ""),
        "what_would_help": typed.get("help", ""),
        "panel": [
            name.removeprefix(_PANEL) for name, value in typed.items() if name.startswith(_PANEL) and value == "yes"
        ],
    }
    asked = _proposal(body, wrong)
    asked.revision = revision(typed)
    return asked, wrong


_TOO_MUCH = {
    "panel": "Choose twelve people at most",
    "reasons": f"Use {MOST_REASONS} paragraphs or fewer, and {MAX_WORDS:,} characters or fewer in each",
}


def _proposal(body: Mapping[str, object], wrong: list[Fault]) -> ProposalIn:
    """The body of the API with what is in a form. What does not fit in it is added to ``wrong``."""
    try:
        return ProposalIn.model_validate(body)
    except ValidationError as error:
        fields = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        if not wrong:
            wrong += [Fault(field, _TOO_MUCH.get(field, "Check what is decided for each line")) for field in fields]
        return ProposalIn.model_construct(**dict(body))  # type: ignore[arg-type]


def _line(
    typed: Mapping[str, str], line: Asked, amount: Callable[[str, int | None], int | None], wrong: list[Fault]
) -> dict[str, object]:
    at = f"line-{line.line_id}"
    verdict = typed.get(f"{at}-verdict", "")
    if verdict not in VERDICTS:
        if line.pence != 0:
            wrong.append(Fault(f"{at}-verdict", f"{line.what}: choose what is decided"))
        verdict = "agreed"
    empty = line.pence or 0 if verdict == "agreed" else 0
    pence = amount(f"{at}-pence", empty) or 0
    if verdict == "changed" and not typed.get(f"{at}-pence"):
        wrong.append(Fault(f"{at}-pence", f"{line.what}: write the amount that is agreed"))
    return {
        "line_id": line.line_id,
        "verdict": verdict,
        "agreed_pence": pence,
        "stream": typed.get(f"{at}-stream", line.stream),
        "legal_basis": typed.get(f"{at}-basis", ""),
        "reason": typed.get(f"{at}-reason", ""),
    }


def as_asked(found: Facts) -> dict[str, str]:
    """The form as it opens: everything agreed as it was asked, nothing chosen as the outcome."""
    typed = {"final": f"{found.asked_pence / 100:,.2f}", "revision": str(found.case.revision)}
    for line in found.asked:
        typed[f"line-{line.line_id}-verdict"] = "agreed" if line.pence is not None else ""
        typed[f"line-{line.line_id}-stream"] = line.stream
    return typed
