"""The officer's view: the family's plan with what to ask about first, who said what, and the sums line by line."""

from __future__ import annotations

from collections.abc import Iterator

from bot.plans.check import Check
from bot.plans.documents import money, top
from bot.plans.documents.amounts import how_much
from bot.plans.documents.clean import clean
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Block, Cell, Facts, Heading, Paragraph, Pounds, Table
from bot.plans.fingerprint import fingerprint
from bot.plans.totals import Group, LineSum, Totals

STREAMS = ("social_care", "sen", "nhs")


def view(tell: Telling, totals: Totals, checks: tuple[Check, ...], sections: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks after the title. ``sections``: the plan itself, told with names."""
    yield top.notice(tell)
    yield from top.about(tell, *_record(tell))
    yield from _took_part(tell)
    yield from _checks(tell, checks)
    yield from _sums(tell, totals)
    yield top.voices(tell)
    yield from sections
    yield from top.next_steps(tell)


def _record(tell: Telling) -> Iterator[tuple[str, Cell]]:
    """What a decision is bound to: the plan's fingerprint, and the versions that were sent."""
    versions: Cell = tuple(
        f"{tell.say('doc.version', count=sent.version)}: {tell.day(sent.at.date())}" for sent in tell.plan.sent
    )
    yield tell.say("doc.fingerprint"), (fingerprint(tell.plan),)
    if versions:
        yield tell.say("doc.versions"), versions


def _took_part(tell: Telling) -> Iterator[Block]:
    if not tell.plan.members:
        return
    rows: list[tuple[str, Cell]] = []
    for member in tell.plan.members:
        role = tell.say(f"plan.role.{member.role}")
        rows.append((tell.name(member.id), (role, *((tell.say("doc.apart"),) if member.apart else ()))))
    yield Heading(3, tell.say("doc.took_part"))
    yield Facts(tuple(rows))


def _checks(tell: Telling, checks: tuple[Check, ...]) -> Iterator[Block]:
    """The seven questions, each with all that was found, in the words the family reads."""
    if not checks:
        return
    rows: list[tuple[Cell, ...]] = []
    for check in checks:
        where = tell.section(check.section).title if check.section else ""
        rows.append(
            (
                (tell.say(f"ready.question_{check.question}"),),
                (tell.say(f"ready.status_{check.status}"),),
                (clean(tell.say(check.key, **dict(check.values))),),
                (where,) if where else (),
            )
        )
    columns = ("doc.question", "doc.how_it_stands", "doc.what_is_said", "doc.where")
    yield Heading(2, tell.say("doc.checks"))
    yield Paragraph(tell.say("doc.checks_words"))
    yield Table(tell.say("doc.checks"), tuple(map(tell.say, columns)), tuple(rows), titled=True)


def _sums(tell: Telling, totals: Totals) -> Iterator[Block]:
    """Every line with its sums, then by stream and by goal."""
    if not totals.lines:
        return
    yield Heading(2, tell.say("doc.line_by_line"))
    columns = ("doc.line", "doc.how_much", "doc.price_alone", "doc.employing_adds", "doc.together")
    rows: list[tuple[Cell, ...]] = [_money(tell, line) for line in totals.lines]
    everything = totals.everything
    alone = sum(line.cost.yearly_pence or 0 for line in totals.lines)
    sums: Cell = (tell.say("doc.together"),)
    rows.append((sums, (), (Pounds(alone),), (Pounds(everything.on_costs_pence),), (Pounds(everything.total_pence),)))
    yield Table(tell.say("doc.sums_of_lines"), tuple(map(tell.say, columns)), tuple(rows), total=True)
    columns = ("doc.line", "doc.stream", "doc.managed_by", "doc.paid_person", "doc.cost_from")
    rows = [_handling(tell, line) for line in totals.lines]
    yield Table(tell.say("doc.handling"), tuple(map(tell.say, columns)), tuple(rows))
    yield from money.groups(
        tell, tell.say("doc.by_stream"), tell.say("doc.stream"), totals.streams, lambda key: _stream(tell, key)
    )
    yield from money.groups(
        tell,
        tell.say("doc.by_goal"),
        tell.say("doc.goal_column"),
        _in_order(tell, totals),
        lambda key: _goal(tell, key),
    )


def _money(tell: Telling, line: LineSum) -> tuple[Cell, ...]:
    what: Cell = (tell.words(line.line.what, line.line.by),)
    price: Cell = (how_much(tell, line.line),) if how_much(tell, line.line) else ()
    if line.cost.yearly_pence is None:
        return what, price, (tell.say("doc.open"),), (), ()
    return (
        what,
        price,
        (Pounds(line.cost.yearly_pence),),
        (Pounds(line.on_costs_pence),),
        (Pounds(line.total_pence or 0),),
    )


def _handling(tell: Telling, line: LineSum) -> tuple[Cell, ...]:
    """Whose money it is, who looks after it, whom a person works for and how they were checked, whence the price."""
    of = line.line
    ways: dict[str, str] = {way.id: way.title for way in tell.script.money_ways}
    works: Cell = () if of.employed is None else (tell.say(f"doc.employed.{'family' if of.employed else 'other'}"),)
    police: Cell = (tell.say(f"doc.police.{of.checks}"),) if of.checks else ()
    if not police and of.kind == "person":
        police = (tell.say("doc.police.none"),)
    free = line.cost.yearly_pence == 0
    managed = ways.get(of.managed_by or "", "" if free else tell.say("doc.manager_none"))
    return (
        (
            tell.words(of.what, of.by, named=False),
            *((tell.say("doc.supplier", words=clean(of.supplier)),) if of.supplier else ()),
        ),
        (_stream(tell, of.stream),),
        ((managed,) if managed else ()),
        (*works, *police),
        (clean(of.source) or tell.say("doc.cost_own"),),
    )


def _stream(tell: Telling, key: str) -> str:
    return tell.say(f"doc.stream.{key}") if key in STREAMS else clean(key)


def _in_order(tell: Telling, totals: Totals) -> tuple[Group, ...]:
    """Groups by goal in the order of the goals; lines for none at the end."""
    order = [str(goal.id) for goal in tell.plan.goals()]
    return tuple(sorted(totals.goals, key=lambda group: order.index(group.key) if group.key in order else len(order)))


def _goal(tell: Telling, key: str) -> str:
    return (tell.goal_name(int(key)) if key.isdecimal() else "") or tell.say("doc.no_goal")
