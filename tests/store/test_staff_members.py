"""Who has signed in, as they last did."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.store import staff_members
from bot.store.database import Database
from tests.store.helpers import NOW


def signs_in(database: Database, user: str, name: str, role: str = "team-manager", *, hours: int = 0) -> None:
    with database.write() as tx:
        staff_members.seen(
            tx, user=user, name=name, role=role, teams=frozenset({"children"}), at=NOW + timedelta(hours=hours)
        )


def test_somebody_is_known_as_they_last_signed_in(database: Database) -> None:
    signs_in(database, "8f3a", "Ann Lee")
    signs_in(database, "8f3a", "Ann Lee-Roe", "group-manager", hours=1)
    signs_in(database, "77c0", "Bo Hart")
    with database.read() as tx:
        ann, bo = staff_members.listing(tx)
        assert (ann.user, ann.name, ann.role, ann.last_signed_in) == (
            "8f3a",
            "Ann Lee-Roe",
            "group-manager",
            NOW + timedelta(hours=1),
        )
        assert (bo.user, bo.name) == ("77c0", "Bo Hart")
        assert staff_members.name(tx, "77c0") == "Bo Hart"
        assert staff_members.name(tx, "family") == "family"


def test_first_sign_ins_of_one_person_at_the_same_moment_all_work(database: Database) -> None:
    together = threading.Barrier(6)

    def first_time(number: int) -> None:
        together.wait(timeout=30)
        signs_in(database, "8f3a", "Ann Lee", hours=number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(first_time, range(6)))
    with database.read() as tx:
        assert [member.name for member in staff_members.listing(tx)] == ["Ann Lee"]
