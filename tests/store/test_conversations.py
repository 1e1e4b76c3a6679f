"""Who holds a token sees one draft; messages keep their order, state and words; a repeat gets its first reply."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import audit, conversations, members, messages, replies
from bot.store.answers import NewAnswer
from bot.store.conversations import Conversation
from bot.store.database import Database
from bot.store.drafts import Draft
from tests.store.helpers import NOW, answer, new_draft


def opened(database: Database, draft: Draft, channel: str = "web") -> tuple[Conversation, str]:
    with database.write() as tx:
        return conversations.open_conversation(tx, draft.id, channel=channel, language="en", actor="family", at=NOW)


def test_a_token_opens_its_conversation_and_no_other(database: Database, draft: Draft) -> None:
    web, web_token = opened(database, draft)
    sms, sms_token = opened(database, draft, "sms")
    assert len(web_token) >= 43
    with database.read() as tx:
        assert conversations.authenticate(tx, web_token) == web
        assert conversations.authenticate(tx, sms_token) == sms
        for wrong in ("", "x", web_token[:-1], web.id):
            with pytest.raises(conversations.NoSuchConversation):
                conversations.authenticate(tx, wrong)


def test_a_conversation_knows_who_talks(database: Database, draft: Draft) -> None:
    mums, _ = opened(database, draft)
    sam, _ = members.invite(database, draft.id, "young_person", actor="family", at=NOW)
    with database.write() as tx:
        sams, sams_token = conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=NOW, member=sam
        )
    with database.read() as tx:
        assert [conversations.get(tx, one.id).member for one in (mums, sams)] == ["m1", "m2"]
        assert conversations.authenticate(tx, sams_token) == sams
        detail = audit.lines(tx, subject=draft.id)[-1].detail
    assert '"member":"m2"' in detail


def test_a_token_for_somebody_who_was_never_invited_opens_nothing(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    members.invite(database, other.id, "parent", actor="family", at=NOW)
    with database.write() as tx:
        _, token = conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=NOW, member="m2"
        )
    with database.read() as tx, pytest.raises(conversations.NoSuchConversation):
        conversations.authenticate(tx, token)


def test_each_device_remembers_what_it_was_shown(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    sms, _ = opened(database, draft, "sms")
    with database.write() as tx:
        conversations.shown(tx, web.id, "S2")
    with database.read() as tx:
        assert conversations.get(tx, web.id).shown_step == "S2"
        assert conversations.get(tx, sms.id).shown_step is None
    with pytest.raises(conversations.NoSuchConversation), database.write() as tx:
        conversations.shown(tx, "nowhere", "S2")


def test_the_transcript_runs_over_all_devices_in_order(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    sms, _ = opened(database, draft, "sms")
    with database.write() as tx:
        messages.append_in(tx, web, body='{"text": "hello"}', at=NOW)
        messages.append_out(tx, web, ['{"text": "Hi"}', '{"text": "Ready?"}'], at=NOW)
    with database.write() as tx:
        messages.append_in(tx, sms, body='{"text": "yes — ok"}', at=NOW)
    with database.read() as tx:
        said = messages.transcript(tx, draft.id)
        assert [(one.seq, one.direction, one.state) for one in said] == [
            (1, "in", "pending"),
            (2, "out", "kept"),
            (3, "out", "kept"),
            (4, "in", "pending"),
        ]
        assert said[-1].body == '{"text": "yes — ok"}'
        assert said[-1].conversation_id == sms.id
        assert messages.transcript(tx, draft.id, after=1, limit=2) == said[1:3]
        assert messages.get(tx, said[0].id) == said[0]
        assert messages.get(tx, "none") is None


def test_a_message_waits_until_it_has_changed_the_draft(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    with database.write() as tx:
        first = messages.append_in(tx, web, body='{"text": "2"}', at=NOW)
        second = messages.append_in(tx, web, body='{"text": "why?"}', at=NOW)
    with database.read() as tx:
        assert messages.pending(tx, draft.id) == (first, second)
    answer(database, draft, first.id, NewAnswer("S1", 1, "answered", "parent"))
    with database.write() as tx:
        messages.mark_kept(tx, first.id)
        messages.mark_kept(tx, second.id)
        messages.mark_applied(tx, second.id)
    with database.read() as tx:
        assert messages.pending(tx, draft.id) == ()
        assert [one.state for one in messages.transcript(tx, draft.id)] == ["applied", "kept"]


def test_a_message_sent_twice_is_kept_once(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    sms, _ = opened(database, draft, "sms")
    with database.write() as tx:
        first = messages.append_in(tx, web, body='{"text": "2"}', at=NOW, idempotency_key="k1")
    with database.write() as tx:
        again = messages.append_in(tx, web, body='{"text": "2"}', at=NOW + timedelta(seconds=3), idempotency_key="k1")
        elsewhere = messages.append_in(tx, sms, body='{"text": "2"}', at=NOW, idempotency_key="k1")
    assert again == first
    assert elsewhere.id != first.id
    with database.read() as tx:
        assert len(messages.transcript(tx, draft.id)) == 2


def test_a_repeat_gets_the_first_reply_for_a_day(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    with database.write() as tx:
        assert replies.find(tx, web.id, "k1", '{"text": "2"}', now=NOW) is None
        replies.keep(tx, web.id, "k1", '{"text": "2"}', '{"messages": []}', at=NOW)
    with database.read() as tx:
        assert replies.find(tx, web.id, "k1", '{"text": "2"}', now=NOW + timedelta(hours=23)) == '{"messages": []}'
        assert replies.find(tx, web.id, "k2", '{"text": "2"}', now=NOW) is None
        assert replies.find(tx, web.id, "k1", '{"text": "3"}', now=NOW + timedelta(hours=25)) is None
        with pytest.raises(replies.KeyReused):
            replies.find(tx, web.id, "k1", '{"text": "3"}', now=NOW)


def test_a_key_can_be_used_again_once_its_reply_has_run_out(database: Database, draft: Draft) -> None:
    web, _ = opened(database, draft)
    later = NOW + timedelta(hours=25)
    with database.write() as tx:
        replies.keep(tx, web.id, "k1", "old", "old reply", at=NOW)
    with database.write() as tx:
        replies.keep(tx, web.id, "k1", "new", "new reply", at=later)
    with database.read() as tx:
        assert replies.find(tx, web.id, "k1", "new", now=later) == "new reply"
