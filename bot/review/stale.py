"""Two people at one case: the second is told what the first changed, and keeps what they typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.gateway.alert_schedule import uk_time
from bot.gateway.problems import Problem
from bot.review.actors import who_did
from bot.store import audit
from bot.store.database import Transaction

_WHAT = {
    "case.opened": "opened the case",
    "case.assigned": "gave it to a team or a lead",
    "case.person_done": "dealt with the wish for a person",
    "case.taken": "took it up",
    "case.sent": "sent a plan",
    "case.returned": "sent the plan back to the family with questions",
    "case.return_taken_back": "took the return back",
    "return.questions_withdrawn": "took questions to the family back",
    "comment.written": "wrote a comment",
    "comment.resolved": "marked a comment as dealt with",
    "comment.deleted": "deleted a comment",
    "plan.sent": "sent a version of the plan",
    "return.answered": "answered a question of the team",
    "return.changed": "changed the plan for a question of the team",
    "return.withdrawn": "took a question back",
    "return.sent_again": "sent the plan again",
    "return.taken_back": "took the return back",
    "family.person": "asked for a person",
    "family.disagree": "did not agree with the result",
    "safety.raised": "raised an alert",
    "safety.picked_up": "picked an alert up",
    "draft.created": "began the draft",
    "case.moderated": "gave their own answers, or agreed on levels",
    "case.route_chosen": "chose the route of the budget",
    "case.registered": "wrote to the register of risks and opportunities",
    "decision.proposal": "proposed a decision",
    "decision.back": "sent a proposal back, or took their own back",
    "decision.vote": "voted in a panel",
    "case.decided": "signed a decision",
    "case.contingency": "asked for money from the contingency, or answered such a wish",
    "decision.proposed": "proposed a decision",
    "decision.voted_for": "voted for a decision",
    "decision.voted_against": "voted against a decision",
    "decision.signed": "signed a decision",
    "decision.sent_back": "sent a decision back",
    "decision.withdrawn": "took a decision back",
    "decision.family_read": "said that they have read the decision",
    "decision.family_agreed": "agreed to the decision",
    "decision.family_look_again": "asked for another look at the decision",
    "contingency.asked": "asked for money from the contingency",
    "contingency.agreed": "agreed to money from the contingency",
    "contingency.not_agreed": "did not agree to money from the contingency",
    "draft.pin_set": "got a PIN to come back with",
    "living.begun": "started the plan, or went on by a new decision",
    "living.checked": "wrote down what was seen before a line starts",
    "living.line_started": "started one more line",
    "living.paid": "wrote down which payments were made",
    "living.rescheduled": "changed the payments",
    "living.spent": "wrote down what was spent",
    "living.spending_taken_back": "took back something that was spent",
    "living.unspent_decided": "decided about money that was not spent",
    "check.seen": "saw what has to be there before a line starts",
    "check.left_out": "left out a check before a line starts",
    "check.taken_back": "took back a tick before a line starts",
    "line.started": "started a line",
    "payments.scheduled": "set the payments",
    "payment.made": "made a payment",
    "spending.noted": "noted a sum that was spent",
    "spending.taken_back": "took back a sum that was spent",
    "unspent.decided": "decided about money that was not spent",
    "review.due": "found that it is time to look back",
    "review.asked": "asked the family to look back",
    "review.opened": "opened a looking back",
    "review.said": "said how it goes",
    "review.told": "told the team how it goes",
    "review.things_changed": "said that things have changed",
    "review.viewed_by_professional": "added their own view of how it goes",
    "review.closed": "closed the looking back",
    "review.outcome": "said what comes of the looking back",
}
"""Actions of the audit in words. One that is not here is shown by its own name."""
_MOST = 10_000


def in_words(action: str) -> str:
    """What an action of the audit is called on a page."""
    return _WHAT.get(action, action.replace(".", " ").replace("_", " "))


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to a case, and when."""

    at: datetime
    who: str
    """By name; what a family did is told as theirs."""
    what: str

    @property
    def text(self) -> str:
        """As one sentence."""
        return f"{self.who} {self.what} on {uk_time(self.at).strftime('%-d %B %Y at %H:%M')}."


def changed_since(tx: Transaction, draft_id: str, revision: int) -> tuple[Change, ...]:
    """What was done to a case after it was at this revision, oldest first."""
    found = []
    for line in audit.lines(tx, subject=draft_id, limit=_MOST):
        if json.loads(line.detail).get("case_revision", 0) > revision:
            found.append(Change(line.at, who_did(tx, line.actor), in_words(line.action)))
    return tuple(found)


def stale(tx: Transaction, draft_id: str, revision: int) -> Problem:
    """409: the case was changed after it was read. Nothing of what was sent now is kept."""
    said = " ".join(change.text for change in changed_since(tx, draft_id, revision))
    return Problem(
        409,
        "Somebody changed this case meanwhile",
        f"Nothing of yours was saved. Read the case again, then send it once more. {said}".strip(),
        "/problems/stale",
    )
