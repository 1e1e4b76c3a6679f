"""Plans of two made-up families: a whole one, told by a mum with her son's words in it, and one with two who disagree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from bot.interview.state import About
from bot.plans.documents.telling import Cover
from bot.plans.model import Entry, Line, Member, Plan, Record, Section, Sent, Sharing

TODAY = date(2026, 11, 22)


def _said(*entries: tuple[str, str], by: str = "m1", start: int, child: tuple[str, ...] = ()) -> Section:
    return Section(
        entries=tuple(
            Entry(start + place, name, text, by, child_said=name in child) for place, (name, text) in enumerate(entries)
        )
    )


def _records(*values: dict[str, str], by: str = "m1", start: int) -> Section:
    return Section(records=tuple(Record(start + place, by, given) for place, given in enumerate(values)))


SECTIONS = {
    "P00": _said(("main", "I am the mum. Ty is here for some of it."), ("comfort", "Big text please"), start=1),
    "P01": _said(
        ("main", "He is cheeky and kind. He knows every bus in town, and he never forgets a face."),
        ("own_words", "I am Ty. I am the bus king."),
        ("family_ways", "We are a Polish family. He speaks Polish with his babcia – Łucja."),
        start=10,
        child=("own_words",),
    ),
    "P02": _said(
        ("main", "Me, his dad and his big sister. Grandad takes him to the bus garage."),
        ("see_more", "His cousin Ali. It is two buses away."),
        start=20,
    ),
    "P03": _said(
        ("main", "Buses. Swimming on a Friday. Music in the car, and loud.\nFish and chips after."),
        ("must_stay", "Swimming"),
        ("said_by", "both"),
        start=30,
    ),
    "P04": _said(
        ("main", "Cut food small. His pump is at 8 and at 4. Tell him before you touch him."),
        ("never_do", "Never leave him in the bath, not for a minute."),
        ("allergies", "No nuts & no latex <gloves>."),
        start=40,
    ),
    "P05": _records(
        {"main": "I rock and hum", "situation": "It is loud", "means": "Too much", "please": "Take me out, say little"},
        {"main": "I bring you my shoes", "situation": "I am bored", "means": "Let’s go", "please": "Go with me"},
        {"main": "I push your hand away", "situation": "Any time", "means": "No, or stop", "please": "Stop at once"},
        start=50,
    ),
    "P06": _said(
        ("main", "A good day: bus, pool, chips. A hard day: a supply teacher and no sleep."),
        ("what_helps", "His blue blanket and ten minutes on his own."),
        start=60,
    ),
    "P07": _said(
        ("main", "School is going well. Sundays are not, we are all stuck in."),
        ("child_view", "Sunday is boring."),
        start=70,
        child=("child_view",),
    ),
    "P08": _records(
        {
            "main": "Swim with other children, not only with me",
            "how_know": "He goes in the pool with the group and stays for it",
            "when": "by next summer",
            "when_date": "2027-08-31",
            "area": "take_part",
            "priority": "most",
        },
        {
            "main": "That we all get a Sunday",
            "wish": "respite every month",
            "how_know": "His sister goes to her match and we see it",
            "when": "soon",
            "area": "enjoy",
        },
        start=80,
    ),
    "P09": _records(
        {"main": "Grandad and the bus garage", "goal": "81", "willing": "yes", "kind": "people"},
        {"main": "The pool’s quiet hour", "goal": "80", "willing": "unsure", "kind": "community"},
        start=90,
    ),
    "P10": _said(
        ("main", "Somebody for Sundays who likes buses, and the trampoline place."),
        ("who", "A student, not an agency"),
        ("kind", "person"),
        start=100,
    ),
    "P11": _said(
        ("main", "a PA for 3 hours on sundays, 13.50 an hour, and the trampoline place, that's a tenner"), start=110
    ),
    "P12": _said(("help_wanted", "payroll"), ("reason", "We want to choose who comes."), start=120),
    "P13": _records(
        {
            "main": "He runs when he sees a bus",
            "plan": "Hold hands at the stop, wear the tag",
            "good": "He gets out every week",
            "who_harmed": "Ty",
            "likely": "might",
            "how_bad": "serious",
            "checks": "Police check and two people who know them",
        },
        start=130,
    ),
    "P14": _records(
        {"main": "Which bus", "who_decides": "Ty", "who_helps": "Nobody", "how_shown": "He points at the number"},
        {"main": "Bedtime", "who_decides": "Mum", "who_helps": "Dad"},
        start=140,
    ),
    "P15": _records(
        {"main": "The PA is ill", "first_step": "Ring Grandad", "who_to_call": "Grandad", "calm": "Bus videos"},
        start=150,
    ),
    "P16": _records(
        {"main": "Put up an advert at the college", "who": "Mum", "when": "end of January", "when_date": "2027-01-31"},
        {"main": "Ask about the police check", "who": "Jo from the team", "when": "soon", "done": "begun"},
        start=160,
    ),
    "P17": _said(
        ("first_review", "in three months"),
        ("unspent", "keep"),
        ("who_comes", "Ty, us, Jo"),
        ("takes_part", "He picks the photos we show"),
        start=170,
    ),
}

LINES = (
    Line(
        200,
        "a PA for 3 hours on sundays",
        "m1",
        unit_cost_pence=1350,
        unit="hour",
        quantity=Fraction(3),
        per="week",
        goal=81,
        kind="person",
        employed=True,
        managed_by="direct_payment",
        checks="wanted",
    ),
    Line(
        201,
        "the trampoline place",
        "m1",
        unit_cost_pence=1000,
        unit="session",
        quantity=Fraction(1),
        per="week",
        times=Fraction(39),
        goal=80,
        kind="activity",
        managed_by="direct_payment",
        source="leisure-12, checked on 2026-11-02",
    ),
    Line(
        202,
        "petrol to the pool",
        "m1",
        unit_cost_pence=45,
        unit="mile",
        quantity=Fraction(25, 2),
        per="week",
        goal=80,
        kind="travel",
        managed_by="council",
        stream="nhs",
    ),
    Line(
        203, "a swimming wetsuit", "m1", unit_cost_pence=6499, unit="one-off", quantity=Fraction(1), per="once", goal=80
    ),
    Line(204, "Grandad’s lifts", "m1", unit_cost_pence=0, goal=81, kind="travel"),
    Line(205, "swim club fee", "m1", missing=("amount", "how_often"), goal=80),
)

PLAN = Plan(
    script="default-plan/1",
    begun=date(2026, 11, 20),
    members=(Member("m1", "parent", "Mum"),),
    sections=SECTIONS,
    lines=LINES,
    over_reason="We think we need more because Sundays are when nothing is open.",
    sharing=Sharing(("team", "school"), consent=True),
    next_id=300,
)

COVER = Cover("KITE-4821", TODAY, About(who="parent", name="Ty", pronoun="he", age=9))

TWO = Plan(
    script="default-plan/1",
    begun=date(2026, 11, 20),
    members=(Member("m1", "young_person", "Sam"), Member("m2", "parent", "Dad", apart=True)),
    sections={
        "P01": Section(
            entries=(
                Entry(1, "main", "I draw trains. People say I am funny.", "m1", child_said=True),
                Entry(2, "main", "Sam is the kindest person I know.", "m2"),
            )
        ),
        "P08": _records({"main": "Go to college on my own", "how_know": "I get there and back"}, start=10),
        "P18": _records(
            {
                "main": "Going on the bus alone",
                "child_view": "I can do it. I have done it with Ali.",
                "view_m2": "I worry about the change at the station.",
                "next": "We try it with Ali next week",
            },
            start=20,
        ),
    },
    sent=(Sent(1, datetime(2026, 11, 21, 14, 30, tzinfo=UTC), "ab" * 32),),
    next_id=40,
)

TWO_COVER = Cover("OWL-1177", TODAY, About(who="young_person", name="Sam", age=16), version=1)
