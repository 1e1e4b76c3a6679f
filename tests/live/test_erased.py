"""A family that is erased leaves nothing behind in any process's store, and nobody else notices."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ops import subject
from bot.store import drafts, personal_data
from bot.store.engine_record import EngineRecord
from tests.live.people import Person, at_question
from tests.live.system import System


def conversation_ids(system: System, person: Person) -> tuple[str, ...]:
    with system.database.read() as tx:
        draft = drafts.by_reference(tx, person.last["state"]["draft_reference"])
        return personal_data.conversation_ids(tx, draft.id)


def test_the_engine_forgets_who_was_erased_and_talks_on_with_everybody_else(system: System) -> None:
    gone, stays = at_question(system, "S2"), at_question(system, "S2")
    engine = EngineRecord(system.configuration.engine_database_url)
    theirs, others = conversation_ids(system, gone), conversation_ids(system, stays)
    before = engine.count(theirs)
    assert min(before.values()) >= 1, "the engine keeps a record of each turn"
    reference = gone.last["state"]["draft_reference"]
    receipt = subject.erase(
        system.database, engine, reference, by="ann", reason="the family asked", at=datetime.now(UTC)
    )
    assert {name: receipt.rows[name] for name in before} == before
    assert set(engine.count(theirs).values()) == {0}
    assert min(engine.count(others).values()) >= 1
    engine.close()
    assert gone.sends({"choice": "S2.1"}).status_code == 401
    assert stays.picks("S2.1")["state"]["answers"]["S2"]["level"] == 1
