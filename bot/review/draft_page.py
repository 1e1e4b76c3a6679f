"""A draft as professionals work on it: the record, whose case it is, what needs doing, comments and returns in place,
every voice beside the others, and who did what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel

from bot.cases.queue import reply_days
from bot.cases.returning import can_return
from bot.cases.working_days import working_days_between
from bot.gateway.alert_schedule import uk_time
from bot.gateway.services import Services
from bot.review import comments, returning
from bot.review.actors import who_did
from bot.review.comments import CommentLine
from bot.review.decided_brief import DecidedBrief, decided_brief
from bot.review.moderation_record import QuestionSides, moderation_record
from bot.review.record import DraftRecord, draft_record
from bot.review.returning import ReturnLine
from bot.review.stale import in_words
from bot.store import audit
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import Draft, DraftStatus

_QUIET = frozenset(
    {"draft.stepped", "draft.answered", "draft.resumed", "conversation.opened", "allocation.stored", "resume.right"}
    | {"decision.proposal", "decision.back", "decision.vote", "case.decided", "case.contingency", "case.look_again"}
)
"""What a family does all the time while it answers, for the answers themselves are above; and the steps of a case that
are told by what was done to its decision."""
_MOST_LINES = 20_000


class CaseLine(BaseModel):
    """Whose case it is, and how far."""

    status: DraftStatus
    status_since: datetime
    team: str
    """Id."""
    team_name: str
    lead: str | None
    revision: int
    """Send it with what you change."""


class ToDo(BaseModel):
    """Something that a professional could do next, and where on the page."""

    text: str
    href: str


class HistoryLine(BaseModel):
    """Who did what, when: professionals by name, never words of the family."""

    at: datetime
    who: str
    what: str


class DraftPage(DraftRecord):
    """Everything a professional reads of one draft, and what they did with it."""

    case: CaseLine
    to_do: list[ToDo]
    comments: list[CommentLine]
    returns: list[ReturnLine]
    decided: DecidedBrief | None
    """What was decided, and who signed; null while nothing was proposed."""
    sides: list[QuestionSides]
    """Every question with the answers of family, young person and professional, and where they differ."""
    history: list[HistoryLine]
    """Oldest first. Reading is left out; the audit has it."""

    def comments_on(self, code: str) -> list[CommentLine]:
        """Comments about exactly this, oldest first."""
        return [comment for comment in self.comments if comment.about == code]

    def can_return(self) -> bool:
        """Whether the plan can go back to the family now."""
        return can_return(self.case.status, len(self.plan.versions) if self.plan else 0)


def draft_page_record(services: Services, tx: Transaction, draft: Draft, case: Case) -> DraftPage:
    """Read one draft whole, as those who work on it see it."""
    content, today = services.content, services.now().date()
    record = draft_record(tx, content, draft, today)
    known = {team.id: team.name for team in content.teams.teams}
    sides = moderation_record(tx, content, draft, case, today).questions
    said = comments.listing(services, tx, draft)
    back = returning.record(services, tx, draft).returns
    decided = decided_brief(tx, draft.id)
    line = CaseLine(
        status=case.status,
        status_since=case.status_since,
        team=case.team,
        team_name=known.get(case.team, case.team),
        lead=case.lead,
        revision=case.revision,
    )
    return DraftPage(
        **{name: getattr(record, name) for name in DraftRecord.model_fields},
        case=line,
        to_do=list(_to_do(services, record, line, said, back, sides, decided)),
        comments=said,
        returns=back,
        decided=decided,
        sides=sides,
        history=_history(tx, draft),
    )


def _to_do(
    services: Services,
    record: DraftRecord,
    case: CaseLine,
    said: list[CommentLine],
    back: list[ReturnLine],
    sides: list[QuestionSides],
    decided: DecidedBrief | None,
) -> Iterator[ToDo]:
    """What comes first on the page: an alert, then what the family waits for, then what is open among colleagues."""
    waiting = record.draft.alerts_waiting
    if waiting:
        yield ToDo(text=f"{waiting} {'alert' if waiting == 1 else 'alerts'} nobody has picked up", href="#safety")
    if record.draft.person_asked_at is not None:
        yield ToDo(text="They would like a person", href="#asked")
    if decided is not None and decided.look_again_by is not None:
        yield ToDo(text=f"They asked for another look, by {decided.look_again_by:%-d %B %Y}", href="#decision")
    if decided is not None and decided.waiting:
        yield ToDo(text="A decision waits for a signature", href="#decision")
    if case.status == "sent":
        days = _age(services, case.status_since)
        limit = reply_days(services.content.council.reply_within)
        late = f", and was promised within {limit}" if limit is not None and days > limit else ""
        waited = f"has waited {days} working {'day' if days == 1 else 'days'}" if days else "came today, and waits"
        yield ToDo(text=f"The plan {waited} for an answer{late}", href="#plan")
    if case.lead is None:
        yield ToDo(text="Nobody leads this case", href="#case")
    answered = sum(bool(question.replies) for one in back if one.ended is None for question in one.questions)
    if answered:
        yield ToDo(text=f"The family has answered {answered} of our questions", href="#returns")
    if record.plan is not None and record.plan.versions and record.plan.changed_since_sent:
        yield ToDo(text="The family is changing the plan: what is new is theirs until they send it", href="#plan")
    differing = [side.code for side in sides if side.open]
    if differing:
        yield ToDo(text=f"Voices differ, and nobody has agreed on a level: {', '.join(differing)}", href="#answers")
    asking = sum(one.state == "open" and one.asks != "note" and not _with_family(one) for one in said)
    if asking:
        yield ToDo(text=f"{asking} {'comment asks' if asking == 1 else 'comments ask'} for something", href="#comments")


def _with_family(comment: CommentLine) -> bool:
    """Whether it waits for the family, and not for us."""
    return any(question.open and not question.replies for question in comment.asked)


def _age(services: Services, since: datetime) -> int:
    closed = services.content.council.closed_days
    return working_days_between(uk_time(since).date(), uk_time(services.now()).date(), closed)


def _history(tx: Transaction, draft: Draft) -> list[HistoryLine]:
    return [
        HistoryLine(at=line.at, who=who_did(tx, line.actor), what=in_words(line.action))
        for line in audit.lines(tx, subject=draft.id, limit=_MOST_LINES)
        if line.action not in _QUIET and not line.action.endswith(".viewed")
    ]
