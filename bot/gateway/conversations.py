"""Opening a conversation, coming back to a draft, and reading what was said."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.content.models import Council
from bot.gateway.apply import apply
from bot.gateway.engine import EngineAway
from bot.gateway.notice_words import told_here
from bot.gateway.place import bare, is_stopped
from bot.gateway.problems import Problem, not_found, not_signed_in, too_fast
from bot.gateway.records import masked, message_out, said_out
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing, standing_of
from bot.gateway.turn import LEASE_SECONDS, WAIT_SECONDS
from bot.gateway.wire import NewConversation, OpenedOut, ResumeIn, TranscriptOut
from bot.interview import Interview, Message, opening, stage, start
from bot.plans import conversation as talk
from bot.plans.conversation import FIRST
from bot.store import conversations, drafts, messages, notices, resume
from bot.store.conversations import Conversation, NoSuchConversation
from bot.store.database import Busy, Transaction
from bot.store.leases import hold

FAMILY = "family"


def open_conversation(services: Services, asked: NewConversation) -> OpenedOut:
    """A new draft and the first messages. The engine is not needed for it."""
    content, now = services.content, services.now()
    questionnaire = content.questionnaire(content.council.questionnaire, on=now.date())
    interview = start(questionnaire)
    with services.database.write() as tx:
        draft = drafts.create(
            tx,
            prefix=reference_prefix(content.council),
            questionnaire_id=questionnaire.id,
            questionnaire_version=questionnaire.version,
            state=json.dumps(interview.to_json()),
            stage=stage(questionnaire, interview),
            position=0,
            actor=FAMILY,
            at=now,
        )
        return _opened(services, tx, draft.id, asked.channel, asked.language, opening(content, interview))


def resume_conversation(services: Services, asked: ResumeIn, client: str) -> OpenedOut:
    """A new token for a draft, by reference and PIN. Raises Problem: 401 for a wrong pair, 429 after too many."""
    content, now = services.content, services.now()
    try:
        entered = resume.check(services.database, asked.reference, asked.pin, client=client, now=now)
    except resume.TooManyTries as wait:
        minutes = max(1, round(wait.retry_after.total_seconds() / 60))
        detail = content.text("resume.locked", "parent", limit=minutes)
        raise too_fast(int(wait.retry_after.total_seconds()) + 1, detail) from None
    except resume.WrongPin:
        raise Problem(
            401, "We could not find your answers", content.text("resume.wrong", "parent"), "/problems/wrong-pin"
        ) from None
    draft_id = entered.draft.id
    with _turn_of(services, draft_id), services.database.write() as tx:
        at = standing(tx, content, draft_id, today=now.date(), member=entered.member)
        if at.interview.paused and entered.member == FIRST:
            at = _unpaused(services, tx, at)
        hello = "resume.done" if entered.member == FIRST else "plan.joined"
        news = told_here(tx, content, at, now)
        said = (Message("say", content.text(hello, at.reader)), *news, *at.prompt(content))
        return _opened(services, tx, draft_id, asked.channel, asked.language, said, entered.member)


def authenticate(services: Services, conversation_id: str, token: str) -> Conversation:
    """The conversation of this token. Raises Problem: 401 when the token is not ours, 404 when it opens another one."""
    with services.database.read() as tx:
        try:
            conversation = conversations.authenticate(tx, token)
        except NoSuchConversation:
            raise not_signed_in() from None
    if conversation.id != conversation_id:
        raise not_found()
    return conversation


def read(services: Services, conversation: Conversation, *, catch_up: bool = True) -> TranscriptOut:
    """What was said in this conversation, with the current question at its end.

    Only this conversation's words: whoever comes back from another device sees the answers, not what somebody
    confided on this one.
    """
    if catch_up and _behind(services, conversation):
        _catch_up(services, conversation)
    with services.database.read() as tx:
        lines = [
            line for line in messages.transcript(tx, conversation.draft_id) if line.conversation_id == conversation.id
        ]
        at = standing_of(services, tx, conversation)
    return TranscriptOut(
        conversation_id=conversation.id,
        messages=[said_out(line) for line in lines],
        state=at.state(services.content),
    )


def reference_prefix(council: Council) -> str:
    """The letters before a family's reference."""
    return council.reference_prefix or council.id[:2].upper()


def _turn_of(services: Services, draft_id: str):  # type: ignore[no-untyped-def]  # a context manager of the store
    return hold(services.database, draft_id, "gateway", LEASE_SECONDS, services.now(), wait_seconds=WAIT_SECONDS)


def _opened(
    services: Services,
    tx: Transaction,
    draft_id: str,
    channel: str,
    language: str,
    said: tuple[Message, ...],
    member: str = "m1",
) -> OpenedOut:
    now = services.now()
    conversation, token = conversations.open_conversation(
        tx, draft_id, channel=channel, language=language, actor=FAMILY, at=now, member=member
    )
    kept = messages.append_out(tx, conversation, [masked(message) for message in said], at=now)
    at = standing_of(services, tx, conversation)
    conversations.shown(tx, conversation.id, at.place(services.content))
    return OpenedOut(
        conversation_id=conversation.id,
        token=token,
        messages=[message_out(message, line.id) for line, message in zip(kept, said, strict=True)],
        state=at.state(services.content),
    )


def _unpaused(services: Services, tx: Transaction, at: Standing) -> Standing:
    """Coming back with the PIN is the wish to go on."""
    interview: Interview = replace(at.interview, paused=False)
    drafts.save(
        tx,
        at.draft.id,
        expected_revision=at.draft.revision,
        state=json.dumps(interview.to_json()),
        stage=talk.stage(services.content, interview, at.now),
        position=talk.position(services.content, interview, at.now)[0],
        message_id=None,
        actor=FAMILY,
        at=services.now(),
        audit_action="draft.resumed",
    )
    return standing(tx, services.content, at.draft.id, today=at.today, member=at.member)


def _behind(services: Services, conversation: Conversation) -> bool:
    """Whether messages wait, or the draft stands elsewhere than this device was shown."""
    with services.database.read() as tx:
        if messages.pending(tx, conversation.draft_id):
            return True
        kept = conversations.get(tx, conversation.id)
        news = not is_stopped(kept.shown_step) and notices.unseen(tx, kept.draft_id, kept.member)
        return bool(news) or _elsewhere(services, kept, standing_of(services, tx, conversation))


def _elsewhere(services: Services, conversation: Conversation, at: Standing) -> bool:
    shown = conversation.shown_step
    return not is_stopped(shown) and bare(shown) != at.place(services.content)


def _catch_up(services: Services, conversation: Conversation) -> None:
    """Deal with what waited, then show the current question. While the engine is away, what waits goes on waiting."""
    try:
        with _turn_of(services, conversation.draft_id):
            with services.database.read() as tx:
                waiting = messages.pending(tx, conversation.draft_id)
            try:
                for message in waiting:
                    apply(services, message)
            except EngineAway:
                return
            _show_the_current_question(services, conversation)
    except Busy:
        return


def _show_the_current_question(services: Services, conversation: Conversation) -> None:
    content = services.content
    with services.database.write() as tx:
        at = standing_of(services, tx, conversation)
        kept = conversations.get(tx, conversation.id)
        elsewhere = _elsewhere(services, kept, at)
        news = () if is_stopped(kept.shown_step) else told_here(tx, content, at, services.now())
        if not elsewhere and not news:
            return
        moved = Message("say", content.text("other_device", at.interview.reader))
        # What professionals put before the family says itself why the question is another.
        said = (*news, *(() if at.has_news(content) or not elsewhere else (moved,)), *at.prompt(content))
        messages.append_out(tx, conversation, [masked(message) for message in said], at=services.now())
        conversations.shown(tx, conversation.id, at.place(content))
