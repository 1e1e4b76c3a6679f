"""The money of a plan: what it is for, what employing somebody adds, how it adds up. Every figure is one of the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.plans.documents.amounts import how_much
from bot.plans.documents.clean import clean
from bot.plans.documents.telling import Telling
from bot.plans.documents.tree import Block, Bullets, Cell, Paragraph, Pounds, Quote, Table
from bot.plans.model import Line
from bot.plans.totals import Group, LineSum, Totals


def lines(tell: Telling, totals: Totals) -> Iterator[Block]:
    """Everything the plan spends on, and what costs nothing; what has no cost yet is named, and in no sum."""
    paid = [line for line in totals.lines if line.cost.yearly_pence]
    regular = [line for line in paid if not line.cost.one_off]
    once = [line for line in paid if line.cost.one_off]
    if regular:
        yield _priced(tell, tell.say("doc.regular"), regular, tell.say("doc.yearly"))
    if once:
        yield _priced(tell, tell.say("doc.one_off"), once, tell.say("doc.amount"))
    if free := [line for line in totals.lines if line.cost.yearly_pence == 0]:
        yield Paragraph(tell.say("doc.no_cost_lines"), "label")
        yield Bullets(tuple(item for line in free for item in _what(tell, line.line)))
    yield from still_open(tell, totals.open)
    yield from employing(tell, totals)
    yield from adds_up(tell, totals)


def _priced(tell: Telling, caption: str, lines: list[LineSum], amount: str) -> Table:
    """Lines with their price, and what they come to before anything is added."""
    columns = (tell.say("doc.line"), tell.say("doc.goal_column"), tell.say("doc.how_much"), amount)
    rows: list[tuple[Cell, ...]] = [
        (_what(tell, line.line), _goal(tell, line.line), (how_much(tell, line.line),), (_cost(line),)) for line in lines
    ]
    if len(lines) > 1:
        rows.append(((tell.say("doc.together"),), (), (), (Pounds(sum(_cost(line).pence for line in lines)),)))
    return Table(caption, columns, tuple(rows), total=len(lines) > 1)


def still_open(tell: Telling, lines: tuple[Line, ...]) -> Iterator[Block]:
    """Lines without a cost yet, with what is known of them."""
    if not lines:
        return
    yield Paragraph(tell.say("doc.open_lines"), "label")
    yield Paragraph(tell.say("doc.open_words"))
    items: list[str | Quote] = []
    for line in lines:
        known = how_much(tell, line)
        what = tell.words(line.what, line.by)
        items.append(f"{what} ({known})" if known else what)
    yield Bullets(tuple(items))


def employing(tell: Telling, totals: Totals) -> Iterator[Block]:
    """What employing people adds: each thing with its rule, and the date of its rate."""
    added = totals.on_costs
    notes = tuple(Paragraph(tell.say(key, **dict(values)), "small") for key, values in added.notes)
    if not added.items:
        yield from notes
        return
    rows = tuple(
        (
            (tell.say(f"doc.on_cost.{item.kind}"), *((Quote(clean(item.employee)),) if item.employee else ())),
            (tell.say(item.key, **dict(item.values)),),
            (Pounds(item.pence),),
        )
        for item in added.items
    )
    total: tuple[Cell, ...] = ((tell.say("doc.together"),), (), (Pounds(added.pence),))
    columns = ("doc.line", "doc.how_worked_out", "doc.yearly")
    yield Table(tell.say("doc.employing"), tuple(map(tell.say, columns)), (*rows, total), total=True)
    yield from notes
    yield Paragraph(tell.say("cost.example_figures"), "small")


def adds_up(tell: Telling, totals: Totals) -> Iterator[Block]:
    """From the lines to the total, and the total against the guide amount."""
    if not any(line.cost.yearly_pence for line in totals.lines):
        yield Paragraph(tell.say("doc.nothing_costed"))
    else:
        yield Table(
            tell.say("doc.sums"),
            (tell.say("doc.line"), tell.say("doc.amount")),
            tuple(((label,), (Pounds(pence),)) for label, pence in _steps(tell, totals)),
        )
        if totals.weekly_pence:
            yield Paragraph(tell.say("doc.weekly_part", amount=str(Pounds(totals.weekly_pence))))
    yield from against_guide(tell, totals)
    if tell.plan.over_reason:
        yield Paragraph(tell.say("doc.over_why"), "label")
        yield Quote(clean(tell.plan.over_reason))


def _steps(tell: Telling, totals: Totals) -> Iterator[tuple[str, int]]:
    """Each sum on the way to the total; those of nothing are left out."""
    regular = sum(_cost(line).pence for line in totals.lines if not line.cost.one_off)
    once = sum(_cost(line).pence for line in totals.lines if line.cost.one_off)
    parts = (("doc.regular", regular), ("doc.employing", totals.on_costs.pence), ("doc.one_off", once))
    there = [(tell.say(key), pence) for key, pence in parts if pence]
    if len(there) > 1:
        yield from there
    yield tell.say("doc.all_first_year" if once else "doc.all_yearly"), totals.total_pence
    if totals.against_guide_pence != totals.total_pence:
        yield tell.say("doc.from_guide"), totals.against_guide_pence


def against_guide(tell: Telling, totals: Totals) -> Iterator[Block]:
    """Guide amount, and what is left of it or over it."""
    if totals.guide_pence is None or totals.left_pence is None:
        yield Paragraph(tell.say("doc.no_guide"), "sum")
        return
    over = totals.over_pence
    rows = (
        ((tell.say("doc.guide"),), (Pounds(totals.guide_pence),)),
        ((tell.say("doc.over" if over else "doc.left"),), (Pounds(over or totals.left_pence),)),
    )
    yield Table(tell.say("doc.beside_guide"), (tell.say("doc.line"), tell.say("doc.amount")), rows, total=True)


def managers(tell: Telling, totals: Totals) -> Iterator[Block]:
    """Who looks after the money of which line, and what that comes to."""
    ways = {way.id: way.title for way in tell.script.money_ways}
    groups = _without_free(totals.managers)
    if not groups:
        return
    rows = tuple(
        (
            (ways.get(group.key, tell.say("doc.manager_none")),),  # type: ignore[call-overload]
            tuple(tell.words(line.line.what, line.line.by) for line in group.lines),
            (Pounds(group.total_pence),),
        )
        for group in groups
    )
    columns = ("doc.managed_by", "doc.line", "doc.amount")
    yield Table(tell.say("doc.manager"), tuple(map(tell.say, columns)), rows, titled=True)


def groups(
    tell: Telling, caption: str, first: str, found: tuple[Group, ...], name: Callable[[str], str]
) -> Iterator[Block]:
    """The officer's sums by stream or by goal: regular, one-off, and what of it employing adds."""
    found = _without_free(found)
    if not found:
        return
    columns = (first, *map(tell.say, ("doc.regular", "doc.one_off", "doc.together", "doc.of_it_employing")))
    rows = tuple(
        (
            (name(group.key),),
            (Pounds(group.regular_pence),),
            (Pounds(group.one_off_pence),),
            (Pounds(group.total_pence),),
            (Pounds(group.on_costs_pence),),
        )
        for group in found
    )
    yield Table(caption, columns, rows)


def _without_free(found: tuple[Group, ...]) -> tuple[Group, ...]:
    """Groups without the lines that cost nothing, of which there is nothing to look after."""
    kept = (Group(group.key, tuple(one for one in group.lines if one.cost.yearly_pence != 0)) for group in found)
    return tuple(group for group in kept if group.lines)


def _what(tell: Telling, line: Line) -> Cell:
    supplier = (tell.say("doc.supplier", words=clean(line.supplier)),) if line.supplier else ()
    notes = (tell.words(line.notes, line.by, named=False),) if line.notes else ()
    return (tell.words(line.what, line.by), *supplier, *notes)


def _goal(tell: Telling, line: Line) -> Cell:
    return (name,) if line.goal is not None and (name := tell.goal_name(line.goal)) else ()


def _cost(line: LineSum) -> Pounds:
    return Pounds(line.cost.yearly_pence or 0)
