"""Personal text cannot be read from the database's files, nor moved within it, and keys can be changed."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import allocations, answers, conversations, crypto, drafts, messages, plan_versions, replies, resume
from bot.store.answers import NewAnswer
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.store.helpers import NOW, answer, new_draft


def test_the_database_files_hold_no_personal_text(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    upgrade(url)
    database = Database(url, Cipher([new_key()]))
    draft = answer(
        database, new_draft(database), "m1", NewAnswer("S1", 2, "answered", "parent", words="quokka in the kitchen")
    )
    pin = resume.set_pin(database, draft.id, actor="family", at=NOW)
    with database.write() as tx:
        web, token = conversations.open_conversation(tx, draft.id, channel="web", language="en", actor="family", at=NOW)
        messages.append_in(tx, web, body="wombat at the window", at=NOW, idempotency_key="numbat-key")
        messages.append_out(tx, web, ["thank you about the wombat"], at=NOW)
        replies.keep(tx, web.id, "numbat-key", "wombat at the window", "bilby in reply", at=NOW)
        allocations.add(
            tx,
            draft.id,
            answers_hash="x",
            result="potoroo result",
            amount_pence=100,
            status="ok",
            questionnaire="q/1",
            tables="t/1",
            actor="system",
            at=NOW,
        )
        plan_versions.add(
            tx,
            draft.id,
            version=1,
            fingerprint="f",
            body="dunnart in the plan",
            total_pence=100,
            guide_pence=None,
            by="m1",
            questionnaire="q/1",
            tables="t/1",
            script="s/1",
            rules="r/1",
            actor="family",
            at=NOW,
        )
    with pytest.raises(resume.WrongPin):
        resume.check(database, "EX-QQQQ-QQQQ", "000000", client="203.0.113.77", now=NOW)

    files = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))
    assert draft.reference.encode() in files  # what we look through is what is stored
    personal = ["Marmaduke", "quokka", "wombat", "bilby", "potoroo", "dunnart", "numbat", "203.0.113.77", token]
    assert [word for word in personal if word.encode() in files] == []
    assert f'"{pin}"'.encode() not in files
    database.close()


def test_sealed_text_does_not_open_in_another_row(database: Database) -> None:
    one, two = new_draft(database), new_draft(database)
    with database.write() as tx:
        tx.connection.execute(
            text("UPDATE drafts SET state_sealed = (SELECT state_sealed FROM drafts WHERE id = :one) WHERE id = :two"),
            {"one": one.id, "two": two.id},
        )
    with database.read() as tx:
        assert drafts.get(tx, one.id) == one
        with pytest.raises(crypto.CannotOpen, match=r"drafts\.state"):
            drafts.get(tx, two.id)


def test_a_changed_byte_does_not_open() -> None:
    cipher = Cipher([new_key()])
    sealed = cipher.seal("words", "answers.words", "d/1")
    for place in range(len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(crypto.CannotOpen):
            cipher.open(broken, "answers.words", "d/1")
    with pytest.raises(crypto.CannotOpen):
        cipher.open(b"", "answers.words", "d/1")


def test_a_new_key_in_front_leaves_everything_readable(url: str) -> None:
    old, new = new_key(), new_key()
    before = Database(url, Cipher([old]))
    draft = new_draft(before)
    pin = resume.set_pin(before, draft.id, actor="family", at=NOW)
    with before.write() as tx:
        web, _ = conversations.open_conversation(tx, draft.id, channel="web", language="en", actor="family", at=NOW)
        first = messages.append_in(tx, web, body="hello", at=NOW, idempotency_key="k1")
    before.close()

    after = Database(url, Cipher([new, old]))
    answered = answer(after, draft, "m1", NewAnswer("S1", 2, "answered", "parent", words="still here"))
    assert resume.check(after, draft.reference, pin, client="a", now=NOW).draft.id == draft.id
    with after.write() as tx:
        assert messages.append_in(tx, web, body="hello", at=NOW, idempotency_key="k1") == first
    after.close()

    only_new = Database(url, Cipher([new]))
    with only_new.read() as tx:
        assert drafts.get(tx, draft.id).state == answered.state
        assert answers.current(tx, draft.id)["S1"].words == "still here"
        with pytest.raises(crypto.CannotOpen):
            messages.transcript(tx, draft.id)
    only_new.close()


@pytest.mark.parametrize("keys", [[], ["short"], ["!" * 44], [new_key()[:-4]], [new_key(), "x"]])
def test_a_missing_or_malformed_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(crypto.BadKey, match="SEVENSTEPS_KEYS"):
        Cipher(keys)


def test_the_demo_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: crypto.demo_key(folder), range(8)))
    assert len(keys) == 1
    assert Cipher(list(keys)).lookup("a", "b") == Cipher([crypto.demo_key(folder)]).lookup("a", "b")
    assert stat.S_IMODE((folder / "demo.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["demo.key"]


def test_hashes_for_looking_up_differ_by_purpose_and_key() -> None:
    one, two = Cipher([new_key()]), Cipher([new_key()])
    assert one.lookup("phone", "07700900123") == one.lookup("phone", "07700900123")
    assert len({one.lookup("phone", "1"), one.lookup("client", "1"), two.lookup("phone", "1")}) == 3
