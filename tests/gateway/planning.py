"""A family with a guide amount and a support plan, and ways to come in to it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.gateway.conversations import resume_conversation
from bot.gateway.wire import ResumeIn
from bot.interview import interview_from_json
from bot.plans.model import Place, Plan
from bot.store import drafts
from tests.gateway.service import Service, running
from tests.gateway.talk import Person, words

AT_THE_END = Place(progress={f"P{number:02}": "done" for number in range(19)})
"""Through with every section: what comes next is the check."""


def with_guide_amount(service: Service, first: str | None = None) -> Person:
    """Somebody who has answered all questions, the first in these words."""
    person = Person.at_the_first_question(service)
    if first is not None:
        person.says(first)
        person.picks(_values(person)[0])
    person.answers_the_rest()
    person.picks("check.yes")
    assert person.last["state"]["stage"] == "result"
    return person


@dataclass(frozen=True)
class Family:
    """A draft that any number of devices can come in to."""

    service: Service
    reference: str
    pin: str

    def comes_in(self) -> Person:
        """A new device, with a conversation of its own. Not over HTTP: a module's tests are more than one address may."""
        asked = ResumeIn(reference=self.reference, pin=self.pin)
        opened = resume_conversation(self.service.app.state.services, asked, "a test")
        return Person(self.service, opened.model_dump(mode="json"))

    def has(self, plan: Plan, place: Place = AT_THE_END) -> None:
        """Put this plan into the draft, as if the one who began had made it in the talk and stood at this place."""
        with self.service.database.write() as tx:
            draft = drafts.by_reference(tx, self.reference)
            interview = interview_from_json(json.loads(draft.state))
            placed = replace(plan, places={"m1": place})
            planned = replace(interview, plan=placed, making=True, paused=False)
            drafts.save(
                tx,
                draft.id,
                expected_revision=draft.revision,
                state=json.dumps(planned.to_json()),
                stage="plan",
                position=1,
                message_id=None,
                actor="family",
                at=self.service.clock(),
                audit_action="draft.stepped",
            )


def family_with(service: Service, plan: Plan | None) -> Family:
    """A family that has this plan; with None, a guide amount and no plan yet."""
    person = with_guide_amount(service)
    said = words(person.says("pause"))
    reference, pin = re.search(r"EX-\w{4}-\w{4}", said), re.search(r"\b\d{6}\b", said)
    assert reference
    assert pin
    family = Family(service, reference[0], pin[0])
    if plan is not None:
        family.has(plan)
    return family


@contextmanager
def one_family(empty_store: Path, folder: Path, plan: Plan) -> Iterator[Family]:
    """A family on a service of its own, for all tests of a module: answering sixteen questions takes a while."""
    shutil.copy(empty_store, folder / "store.db")
    with running(folder / "store.db") as service:
        yield family_with(service, plan)


def sends_the_plan(person: Person) -> None:
    """To the check, and through who may see it, to the team."""
    person.picks("plan.go.P19")
    person.picks(next(value for value in _values(person) if value in ("plan.send", "plan.send_again")))
    person.picks("plan.share_done")
    person.picks("plan.send_yes")


def _values(person: Person) -> list[str]:
    return [option["value"] for option in person.last["messages"][-1]["options"]]
