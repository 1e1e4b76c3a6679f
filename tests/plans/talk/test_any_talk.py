"""Whatever is typed and picked, anywhere: nothing fails, no word is lost, no number is used twice, something is always asked."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.interview.messages import Message
from bot.plans.model import Plan
from bot.plans.talk import advance, interpret
from bot.plans.talk.interpret import PlanReading
from bot.understanding import commands
from bot.understanding.reading import Reading
from tests.plans.talk.talking import Talker

SAID = (
    "he is cheeky and loves buses",
    "I want him to have one friend who comes to the house",
    "respite every month",
    "a PA 3 hours a week at £14 an hour",
    "swimming £6 a time, every week in term time, and a caravan £450 once",
    "12.5.0",
    "£1e9",
    "twenty",
    "between 10 and 15 euros",
    "31 february",
    "by easter",
    "1. swim\n2. sleep\n3. see his nan",
    "Goals: to swim\nHealth: no nuts\nMoney: swimming £6 a time every week",
    "a good day is swimming and a bad day is no sleep at all",
    "x" * 4_000,
    "…",
    "no swimming on sundays because of his ears",
    "{name} {amount} {{",
)
STEERS = (
    "yes",
    "no",
    "skip",
    "later",
    "back",
    "ideas",
    "why",
    "what's left?",
    "read it back",
    "that's all",
    "check and send",
    "change",
    "goals",
    "let's do the money",
    "P05",
    "P12",
    "send it",
    "ask someone else to join",
    "answer apart",
    "what is a direct payment?",
    "what if the money runs out?",
    "nobody else",
)

steps = st.lists(
    st.one_of(
        st.sampled_from(SAID).map(lambda text: ("say", text)),
        st.text(min_size=1, max_size=30).filter(str.strip).map(lambda text: ("say", text)),
        st.sampled_from(STEERS).map(lambda text: ("say", text)),
        st.integers(0, 9).map(lambda number: ("pick", str(number))),
        st.integers(0, 19).map(lambda number: ("go", f"plan.go.P{number:02d}")),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("go", "plan.go.P17"), ("say", "he is cheeky and loves buses"), ("say", "31 february")], "parent")
@given(steps, st.sampled_from(["parent", "young_person"]))
def test_nothing_is_lost_whatever_is_said(taken: list[tuple[str, str]], role: str) -> None:
    person = Talker().as_member("m2", role)
    for kind, value in taken:
        before = everything(person.plan)
        words = take(person, kind, value)
        after = everything(person.plan)
        assert person.prompt.text.strip(), "something is always asked"
        numbers = [option.number for option in person.prompt.options]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(ids(person.plan)) == len(set(ids(person.plan))), "no number is used twice"
        for word in before:
            assert plain(word) in plain("\n".join(after)), f"lost: {word!r}"
        if words is not None:
            for piece in words.splitlines():
                assert pieces(piece) <= pieces("\n".join(after)), f"{piece!r} was typed as words and is nowhere"


def take(person: Talker, kind: str, value: str) -> str | None:
    """One step; the words, where they were taken for a part of the plan."""
    if kind == "go":
        person.pick_anyway(value)
        return None
    if kind == "pick":
        options = person.prompt.options
        if options:
            person.pick_anyway(options[int(value) % len(options)].value)
        return None
    steering = commands.match(value)
    understood = Reading("command", value, command=steering.command) if steering else Reading("unclear", value)
    reading: PlanReading = interpret(person.scene, value, None, understood)
    turn = advance(person.scene, reading)
    unclear = any(was_not_understood(message) for message in turn.messages)
    person.plan = turn.plan
    return value if reading.kind == "words" and not unclear and not turn.effects else None


def was_not_understood(message: Message) -> bool:
    """An answer that cannot be used is said to be so, and asked for again; it stands in the conversation."""
    return message.kind == "error" or any(
        words in message.text
        for words in (
            "I did not",
            "You can say",
            "You can put it",
            "Please choose",
            "Please say yes",
            "I need ",
            "That stays",
        )
    )


def everything(plan: Plan) -> list[str]:
    """Every word of the family that the plan holds, in use, waiting or laid aside."""
    return list(held(plan))


def held(plan: Plan) -> Iterator[str]:
    for section in plan.sections.values():
        yield from (entry.text for entry in (*section.entries, *section.entries_laid_aside))
        for record in (*section.records, *section.records_laid_aside):
            yield from record.values.values()
    for line in (*plan.lines, *plan.lines_laid_aside):
        yield from (line.what, line.notes)
        yield "" if line.unit_cost_pence is None else "priced"
    yield plan.over_reason
    for place in plan.places.values():
        if place.exchange is not None and place.exchange.kind == "move":
            yield place.exchange.words


def ids(plan: Plan) -> list[int]:
    found = [line.id for line in plan.lines]
    for section in plan.sections.values():
        found += [item.id for item in (*section.entries, *section.records)]
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def pieces(text: str) -> set[str]:
    """The words of a text of three letters and more; prices and times stand in a line as numbers."""
    return {word.strip(".,:;()") for word in text.split() if word.isalpha() and len(word) > 3}
