"""Professionals at a service in this process, without an engine: drafts are put into the store as families left them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from bot.allocation.run import allocate_json
from bot.cases.access import Role
from bot.content.loader import Content, load
from bot.gateway.app import create_app
from bot.gateway.settings import GatewaySettings
from bot.interview import Interview, allocation_request, interview_from_json, request_hash
from bot.interview.state import About, Answer, Respondent
from bot.plans.model import Plan
from bot.review.access import cookie_name
from bot.review.demo import sign_in_demo
from bot.store import allocations, drafts
from bot.store.answers import NewAnswer
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.drafts import DraftStatus

CONTENT: Content = load()
QUESTIONNAIRE = CONTENT.questionnaire("default-ras")
_SCORED = (question.id for question in QUESTIONNAIRE.questions if question.scored)
LEVELS = dict(zip(_SCORED, (2, 2, 2, 1, 1, 2, 1, 2, 2, 2, 1, 1, 1, 2, 1), strict=True)) | {"F3": 1}
"""The worked example of the source notes: a guide amount of £5,050 by the example table."""


@dataclass
class Office:
    """The service, its store and its clock, as tests reach them."""

    app: Any
    database: Database
    now: datetime = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.now

    def forward(self, **time_: float) -> None:
        self.now += timedelta(**time_)

    def staff(self, user: Role = "lead-professional", team: str | None = None) -> Professional:
        """Somebody signed in to the demo. Not over HTTP: a module's tests are more than one address may."""
        services = self.app.state.services
        client = TestClient(self.app, follow_redirects=False)
        client.cookies.set(cookie_name(services.settings), sign_in_demo(services, user, team))
        return Professional(client)

    def family(
        self,
        levels: Mapping[str, int | None] = LEVELS,
        *,
        who: Respondent = "parent",
        age: int = 8,
        name: str = "Ty",
        status: DraftStatus = "ready",
        plan: Plan | None = None,
        words: Mapping[str, str] | None = None,
    ) -> str:
        """Reference of a family that has answered so, with the guide amount of these answers stored."""
        answers = {
            code: Answer("answered" if level is not None else "not_sure", who, level, words=(words or {}).get(code, ""))
            for code, level in levels.items()
        }
        interview = Interview(
            QUESTIONNAIRE.id,
            QUESTIONNAIRE.version,
            about=About(consent=True, who=who, name=name, age=age, family_here=True),
            answers=answers,
            checked=True,
            plan=plan,
            making=plan is not None,
        )
        given = [NewAnswer(code, one.level, one.status, one.by, one.words) for code, one in answers.items()]
        with self.database.write() as tx:
            draft = drafts.create(
                tx,
                prefix="EX",
                questionnaire_id=QUESTIONNAIRE.id,
                questionnaire_version=QUESTIONNAIRE.version,
                state="{}",
                stage="consent",
                position=0,
                actor="family",
                at=self.now,
            )
        self.answers_again(draft.reference, interview, given, status)
        return draft.reference

    def answers_again(
        self, reference: str, interview: Interview, given: list[NewAnswer], status: DraftStatus = "ready"
    ) -> None:
        """As a family's message stores it, and the guide amount that follows."""
        with self.database.write() as tx:
            draft = drafts.by_reference(tx, reference)
            drafts.save(
                tx,
                draft.id,
                expected_revision=draft.revision,
                state=json.dumps(interview.to_json()),
                stage="result",
                position=16,
                message_id=None,
                actor="family",
                at=self.now,
                audit_action="draft.answered",
                answers=given,
                status=status,
            )
            request = allocation_request(QUESTIONNAIRE, interview)
            result = allocate_json(CONTENT, request, self.now.date())
            table = result["trace"]["table"]
            allocations.add(
                tx,
                draft.id,
                answers_hash=request_hash(request),
                result=json.dumps(result),
                amount_pence=result["amount_pence"],
                status=result["status"],
                questionnaire=f"{QUESTIONNAIRE.id}/{QUESTIONNAIRE.version}",
                tables=f"{table['id']}/{table['version']}" if table else "",
                actor="allocation-service",
                at=self.now,
            )

    def changes_an_answer(self, reference: str, code: str, level: int, by: Respondent = "parent") -> None:
        """The family, or the young person, says something else."""
        with self.database.read() as tx:
            interview = interview_from_json(json.loads(drafts.by_reference(tx, reference).state))
        changed = replace(interview.with_answer(code, Answer("answered", by, level)), checked=True)
        self.answers_again(reference, changed, [NewAnswer(code, level, "answered", by)])


@dataclass
class Professional:
    """One member of staff, with a browser and a token for the API."""

    client: TestClient

    def gets(self, path: str) -> httpx.Response:
        return self.client.get(f"/api/v1/review{path}")

    def posts(self, path: str, body: Any) -> httpx.Response:
        return self.client.post(f"/api/v1/review{path}", json=body)

    def reads(self, path: str) -> str:
        """A page that is there, as HTML."""
        reply = self.client.get(path, headers={"accept": "text/html"})
        assert reply.status_code == 200, reply.text
        return reply.text

    def sends(self, path: str, fields: Mapping[str, str], page: str | None = None) -> httpx.Response:
        """A form: its hidden fields as the page has them, and what is typed into it."""
        html = self.reads(page or path)
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))
        return self.client.post(path, data={**hidden, **fields}, headers={"accept": "text/html"})


@contextmanager
def open_office(store: Path) -> Iterator[Office]:
    """A service on the store at this file, which has its tables. Nothing runs in the background."""
    database = Database(f"sqlite:///{store}", Cipher([new_key()]))
    office = Office(None, database)
    settings = GatewaySettings(
        database=database,
        content=CONTENT,
        engine_url="http://127.0.0.1:1",
        engine_secret="not used here",
        actions_url="http://127.0.0.1:1",
        page_secret="a secret for the pages of this test",
        public_address="http://testserver",
        clock=office.clock,
    )
    office.app = create_app(settings)
    try:
        yield office
    finally:
        database.close()
