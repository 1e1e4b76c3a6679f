"""Which services suit a family: by need, age, place and cost; ranked, a few at a time, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.content.directory_models import Need
from bot.plans.directory import Reason, Service, Suggestion
from bot.plans.directory_near import home_point, is_there, miles
from bot.plans.directory_needs import Found, Wanted, needs_in, pattern
from bot.plans.model import Kind

AT_ONCE = 3
"""Ideas shown together."""
FAR_MILES = 30.0
"""Beyond this it is not near home."""

_WORD = re.compile(r"[a-z]{4,}")
_TAIL = 4
"""Letters by which forms of one word may differ: "swim" and "swimming"."""
SAYS_LITTLE = """
able about after again also always away because been before being best better child children could
different does doing each enjoy every family feel friend from getting give goes going good group happy
have having help here home into just kids know learn less like likes little love loves make making many
more most much need needs next often once only other others over people really same school shall should
some someone something spend such sure take than that their them then there these they thing things think
this time times together try used very want wanted wants week weeks well were what when where which while
will wish with without work would year years young your
"""
"""Words that may stand in the name of any service."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    service: Service
    kind: Kind
    reasons: tuple[Reason, ...]
    rank: tuple[int, int, int, bool, str, str]
    """Smaller is better: how well the words fit, how near, what it costs, whether the check is old, then by name."""


def suggest(
    services: Iterable[Service],
    wanted: Wanted,
    needs: Sequence[Need],
    *,
    most: int = AT_ONCE,
    known: Iterable[Service] = (),
) -> tuple[Suggestion, ...]:
    """The best ``most`` services for what is wanted, the needs taking turns. Never one outside the child's age.

    ``known``: other services of the directory, which help to say where a postcode district is.
    """
    fitting = {
        service.id: service for service in services if service.suits(wanted.age) and service.id not in wanted.shown
    }
    point = home_point(wanted.home, (*fitting.values(), *known))
    found = needs_in(wanted.words, needs)
    queues = [sorted(_candidates(fitting.values(), wanted, point, item), key=_rank) for item in found]
    if not found:
        queues = [sorted(_by_name(fitting.values(), wanted, point), key=_rank)]
    chosen: dict[str, _Candidate] = {}
    while len(chosen) < most and any(queues):
        for queue in queues:
            while queue and queue[0].service.id in chosen:
                queue.pop(0)
            if queue:
                chosen[queue[0].service.id] = queue[0]
    return tuple(Suggestion(one.service, one.kind, one.reasons) for one in list(chosen.values())[:most])


def fits(service: Service, need: Need) -> int:
    """How well a service fits a need: 3 by its name, 2 by its topics, 1 by its description, 0 not at all."""
    finds = pattern(need.finds or need.words)
    if finds.search(service.name):
        return 3
    if set(need.term_ids) & set(service.topic_ids) or any(finds.search(topic) for topic in service.topics):
        return 2
    return 1 if finds.search(service.description) else 0


def _rank(candidate: _Candidate) -> tuple[int, int, int, bool, str, str]:
    return candidate.rank


def _candidates(
    services: Iterable[Service], wanted: Wanted, point: tuple[float, float] | None, found: Found
) -> Iterable[_Candidate]:
    for service in services:
        if fit := fits(service, found.need):
            said = _says(service, found.word)
            why = Reason("word" if said else "like", found.word)
            yield from _judged(service, wanted, point, fit + said, found.need.kind, why)


def _says(service: Service, word: str) -> int:
    """Whether a service speaks of the family's own word, in whatever form: 2 in its name, 1 elsewhere, 0 nowhere."""
    stem = word.casefold().removeprefix("a ")
    stem = stem.removesuffix("e") if len(stem) > _TAIL else stem
    start = "" if len(stem) > _TAIL else r"\b"  # "friend" is also in "befriending"
    pattern = re.compile(rf"{start}{re.escape(stem)}\w{{0,{_TAIL}}}\b")

    def said_in(text: str) -> bool:
        return pattern.search(text) is not None or any(
            stem.startswith(other) and len(stem) - len(other) <= _TAIL for other in _WORD.findall(text)
        )

    if said_in(service.name.casefold()):
        return 2
    return int(said_in(" ".join((service.description, *service.topics)).casefold()))


def _by_name(services: Iterable[Service], wanted: Wanted, point: tuple[float, float] | None) -> Iterable[_Candidate]:
    """Where no need was read: services that are called by a telling word of the family ("lego", "caravan")."""
    telling = {word.removesuffix("s"): word for word in _WORD.findall(wanted.words.casefold())}
    telling = {stem: word for stem, word in telling.items() if word not in SAYS_LITTLE.split()}
    for service in services:
        called = " ".join((service.name, *service.topics)).casefold()
        shared = [telling[stem] for word in _WORD.findall(called) if (stem := word.removesuffix("s")) in telling]
        if shared:
            yield from _judged(service, wanted, point, 2, "activity", Reason("word", shared[0]))


def _judged(
    service: Service, wanted: Wanted, point: tuple[float, float] | None, fit: int, kind: Kind, why: Reason
) -> Iterable[_Candidate]:
    nearness, place = _place(service, wanted, point)
    if nearness is None:
        return
    dear, cost = _cost(service, wanted)
    age: tuple[Reason, ...] = ()
    if wanted.age is not None:
        known = service.minimum_age is not None or service.maximum_age is not None
        age = (Reason("age" if known else "age_unknown"),)
    reasons = (why, *age, *place, *cost)
    old = service.is_old(wanted.today)
    yield _Candidate(service, kind, reasons, (-fit, nearness, dear, old, service.name.casefold(), service.id))


def _place(
    service: Service, wanted: Wanted, point: tuple[float, float] | None
) -> tuple[int | None, tuple[Reason, ...]]:
    """How near (smaller is nearer; None: too far) and why."""
    real = [place for place in service.places if not place.virtual]
    if not real:
        area = tuple(Reason("area", name) for name in service.areas[:1])
        return int(bool(wanted.home)), (*area, *(Reason("online") for _ in service.places[:1]))
    if not wanted.home:
        return 0, ()
    here = next((place for place in real if is_there(wanted.home, place)), None)
    if here is not None:
        return 0, (Reason("same_place", here.town or wanted.home.town),) if here.town or wanted.home.town else ()
    far = [miles(point, place.point) for place in real if point and place.point]
    if not far:
        return 3, ()
    if min(far) > FAR_MILES:
        return None, ()
    band = 1 if min(far) <= 3 else 2 if min(far) <= 10 else 4
    return band, (Reason("miles", str(max(1, round(min(far))))),)


def _cost(service: Service, wanted: Wanted) -> tuple[int, tuple[Reason, ...]]:
    """How dear (smaller is cheaper) and what to say about it."""
    options = service.costs(wanted.today)
    prices = [price for option in options if (price := option.least_yearly_pence) is not None]
    if not prices:
        return 2, (Reason("cost_unknown"),)
    if len(prices) == len(options) and not any(prices):
        return 0, (Reason("free"),)
    left = wanted.left_pence
    if left is None:
        return 1, ()
    if all(price > left for price in prices if price):
        return 3, (Reason("over"),)
    return 1, (Reason("fits"),) if all(price <= left for price in prices) else ()
