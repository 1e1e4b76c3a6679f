"""What a family did with something that waited for them, written to the store with the step that did it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.cases.statuses import FOLLOWS
from bot.plans.after.deeds import Deed
from bot.plans.after.returned import ANSWERED, CHANGED
from bot.store import cases, notices, returns
from bot.store.database import Transaction
from bot.waiting import decided, living

Writer = Callable[[Transaction, str, Deed, str, datetime], None]
"""Takes the draft's id, the deed, the member who did it, and when. What it is about may have gone meanwhile (a question
taken back): the family's words are kept all the same, and nothing is raised."""


def answered(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """A reply to a question of the team, in the family's words."""
    returns.happened(tx, draft_id, deed.about, "answered", by=member, at=at, words=deed.words)


def changed(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """The family says that it has changed its plan for a question of the team."""
    returns.happened(tx, draft_id, deed.about, "changed", by=member, at=at)


WRITERS: dict[str, Writer] = {ANSWERED: answered, CHANGED: changed, **decided.WRITERS, **living.WRITERS}
"""By the kind of deed."""


def write(tx: Transaction, draft_id: str, deeds: Sequence[Deed], *, member: str, at: datetime) -> None:
    """Write them in their order. Raises KeyError for a kind that nobody writes."""
    for deed in deeds:
        WRITERS[deed.kind](tx, draft_id, deed, member, at)


def sent_again(tx: Transaction, draft_id: str, *, member: str, at: datetime) -> None:
    """The family sends its plan: what the team had asked about the one before is over, and the case waits for the team
    from now on. Before the step itself is stored; the draft of a case that cannot be sent now is left as it is."""
    round_ = returns.this_round(tx, draft_id)
    if returns.end_round(tx, draft_id, "sent_again", by=member, at=at):
        # Where nothing of the plan changed there is no new version, and yet there is something to read.
        notices.queue(tx, draft_id=draft_id, to="lead", kind="answered", at=at, event=f"answered:{round_[-1].seq}")
    try:
        case = cases.get(tx, draft_id)
    except cases.NoSuchCase:
        return
    if case.status != "sent" and "sent" in FOLLOWS[case.status]:
        cases.change(tx, draft_id, expected_revision=None, actor="family", action="case.sent", at=at, status="sent")
