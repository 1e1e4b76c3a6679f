"""Ideas from near home: asks the council's directory of local services, remembers its answers, and never holds up a plan.

A directory learns an age band, a postcode district and a word of ours such as "swim", and nothing else
(docs/directory.md). Whatever goes wrong, the family reads a kind sentence and goes on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from urllib.parse import quote

from actions.directory_fetch import DirectoryAway, DirectoryFetch, DirectoryRefused
from actions.directory_memory import Answer, Memory
from bot.content.directory_models import Need, load_needs
from bot.content.loader import Content
from bot.plans.directory import Ideas, Note, Service
from bot.plans.directory_match import AT_ONCE, fits, suggest
from bot.plans.directory_needs import Query, Wanted, needs_in, pattern, queries_for
from bot.plans.directory_parse import is_id, read_page, read_service

WHOLE_SECONDS = 3.0
"""For everything that one look asks of the directory."""
FAILURES = 3
REST_SECONDS = 60
"""After three failures in a row the directory is left alone for so long."""
DEMO_PATH = "/api/v1/directory"

_AT_ONCE = 4
"""Looks under way."""
_WAIT_SECONDS = 0.5
"""For one of them to end. Then a further one makes do with what is remembered."""
_PER_PAGE = 100
_MOST_PAGES = 3
_MOST_KEPT = 500
"""Services remembered of one answer, the fitting ones first."""
_LOOKED_INTO = 2 * AT_ONCE
"""How many of the best are asked for in detail before the last choice, where a list held names alone."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DirectoryClient:
    """One directory; threads may share it."""

    def __init__(self, url: str, needs: Sequence[Need], now: Callable[[], datetime] = _utc_now) -> None:
        """``url``: base address of its API. ``now``: the clock that ages what is remembered."""
        self._fetch = DirectoryFetch(url)
        self._needs = needs
        self._now = now
        self._memory = Memory()
        self._places = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._failures = 0
        self._rests_until = datetime.min.replace(tzinfo=UTC)

    def ideas(self, wanted: Wanted) -> Ideas:
        """At most three services for what is wanted. Never raises, and takes little more than three seconds."""
        until = monotonic() + WHOLE_SECONDS
        queries = queries_for(wanted, needs_in(wanted.words, self._needs))
        self._look(lambda: self._ask_all(queries, until), self._memory.missing(queries, self._now()), until)
        answers = self._memory.answers(queries, self._now())
        if not answers:
            return Ideas("away")
        best = self._best(answers, wanted, _LOOKED_INTO)
        thin = [service for service in best if not self._memory.has_details(service, self._now())]
        self._look(lambda: self._ask_details(thin, until), thin, until)
        suggestions = suggest(self._services(answers), wanted, self._needs, known=self._memory.services())
        stale = [answer.at for answer in answers if answer.is_stale(self._now())]
        seen_on = min(stale).date() if stale else None
        if suggestions:
            return Ideas("found", suggestions, seen_on)
        if len(answers) < len(queries):
            return Ideas("away")
        return Ideas("no_more" if wanted.shown else "none" if queries[0].need else "unclear")

    def service(self, id: str) -> Service | None:
        """One service by its id, remembered or asked for; None where there is none, or nobody can say."""
        if not is_id(id):
            return None
        known = self._memory.service(id)
        if known is not None and (known.detailed or self._memory.has_details(known, self._now())):
            return known
        until = monotonic() + WHOLE_SECONDS
        self._look(lambda: self._ask_detail(id, until), [id], until)
        return self._memory.service(id)

    def _services(self, answers: Iterable[Answer]) -> list[Service]:
        """Each service once, in as much detail as is remembered; those left out that are gone."""
        ids = dict.fromkeys(id for answer in answers for id in answer.services)
        return [service for id in ids if (service := self._memory.service(id)) is not None]

    def _best(self, answers: Iterable[Answer], wanted: Wanted, most: int) -> list[Service]:
        found = suggest(self._services(answers), wanted, self._needs, most=most, known=self._memory.services())
        return [suggestion.service for suggestion in found]

    def _look(self, work: Callable[[], None], needed: Sequence[object], until: float) -> None:
        """Do ``work``, which fills the memory, in a thread that may be left behind: time limits of a connection start
        anew with every byte that trickles in, and looking up a name has none."""
        if not needed or self._now() < self._rests_until or not self._places.acquire(timeout=_WAIT_SECONDS):
            return
        done: SimpleQueue[str | None] = SimpleQueue()

        def run() -> None:
            try:
                work()
                done.put(None)
            except Exception as error:  # whatever it is, a family must not notice it
                done.put(str(error) if isinstance(error, DirectoryAway) else type(error).__name__)
            finally:
                self._places.release()

        Thread(target=run, daemon=True).start()
        try:
            trouble = done.get(timeout=max(0.0, until - monotonic()))
        except Empty:
            trouble = "TimeLimit"
        self._count(trouble)

    def _count(self, trouble: str | None) -> None:
        with self._lock:
            self._failures = self._failures + 1 if trouble else 0
            if self._failures >= FAILURES:
                self._rests_until = self._now() + timedelta(seconds=REST_SECONDS)
        if trouble:
            _tell("directory not used", why=trouble)

    def _ask_all(self, queries: Sequence[Query], until: float) -> None:
        for query in self._memory.missing(queries, self._now()):
            services = self._ask_narrow_then_wide(query, until)
            self._memory.keep(query, _first_fitting(services, query.need), self._now())

    def _ask_narrow_then_wide(self, query: Query, until: float) -> list[Service]:
        """Some directories refuse a postcode district, or misread ages: then by the word alone. It is asked once, and
        what does not suit is left out here anyway."""
        try:
            if (services := self._ask(query, until)) or not query.narrow:
                return services
        except DirectoryRefused as refused:
            if not query.narrow:
                raise DirectoryAway(f"status {refused}") from refused
        try:
            return self._ask(query.wider(), until)
        except DirectoryRefused as refused:
            raise DirectoryAway(f"status {refused}") from refused

    def _ask(self, query: Query, until: float) -> list[Service]:
        found: list[Service] = []
        notes: list[Note] = []
        left_out, number, pages = 0, 1, 1
        prefer = pattern(query.need.finds or query.need.words) if query.need else None
        while number <= min(pages, _MOST_PAGES):
            params = query.params() | {"page": str(number), "per_page": str(_PER_PAGE)}
            page = read_page(self._fetch.get("/services", params, until), prefer)
            if page is None:
                raise DirectoryAway("no list of services")
            found += page.services
            notes += page.notes
            left_out += page.left_out
            number, pages = number + 1, page.pages
        if notes:
            kinds = {f"{note.where.split('.', 1)[-1]}: {note.what}" for note in notes}
            _tell(
                "directory read",
                services=len(found),
                left_out=left_out,
                notes=len(notes),
                for_example=sorted(kinds)[:5],
            )
        return found

    def _ask_details(self, services: Iterable[Service], until: float) -> None:
        for service in services:
            self._ask_detail(service.id, until)

    def _ask_detail(self, id: str, until: float) -> None:
        try:
            data = self._fetch.get(f"/services/{quote(id, safe='')}", {}, until)
        except DirectoryRefused:
            self._memory.keep_detail(id, None, self._now())
            return
        if isinstance(data, Mapping) and "status" in data:
            service = read_service(data, [])
            # The id that was asked for, also where it answers with another form of it.
            self._memory.keep_detail(id, replace(service, id=id) if service is not None else None, self._now())
        else:
            self._memory.keep_detail(id, self._memory.service(id), self._now())


def client_for(content: Content, service_url: str) -> DirectoryClient | None:
    """The client of a council: of its own directory; of the made-up one that the service at ``service_url`` serves,
    for a made-up council; None for a council that has named none, as made-up help must not reach a real family."""
    url = content.plan_rules.directory_url
    if url is None and content.council.fictional:
        url = service_url + DEMO_PATH
    return DirectoryClient(url, load_needs()) if url is not None else None


def _first_fitting(services: Iterable[Service], need: Need | None) -> list[Service]:
    """The first five hundred, those that fit before the others: a directory may answer with all it has."""
    kept = list(services)
    if len(kept) > _MOST_KEPT and need is not None:
        kept.sort(key=lambda service: -fits(service, need))
    return kept[:_MOST_KEPT]


def _tell(event: str, **figures: object) -> None:
    """For the log of the actions: what is public in a directory, and nothing of a family."""
    print(json.dumps({"event": event, **figures}), file=sys.stderr, flush=True)
