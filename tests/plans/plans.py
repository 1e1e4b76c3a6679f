"""Plans for the tests: any plan the model allows (hypothesis), and builders for those written out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import strategies as st

from bot.content.plan_models import OnCostRates, PlanRules
from bot.plans.model import Entry, Exchange, Line, Member, Place, Plan, Record, Section, Sent, Sharing

TODAY = date(2026, 11, 22)

RATES = OnCostRates(
    id="2026-27",
    valid_from=date(2026, 4, 6),
    valid_to=date(2027, 4, 5),
    source="for the tests",
    checked_on=TODAY,
    holiday_basis_points=1207,
    employer_ni_basis_points=1500,
    employer_ni_from_weekly_pence=96_00,
    employer_ni_allowance_yearly_pence=10_500_00,
    pension_basis_points=300,
    pension_from_yearly_pence=10_000_00,
    pension_band_yearly_pence=(6_240_00, 50_270_00),
    living_wage_hourly_pence=12_71,
    payroll_yearly_pence=186_00,
    insurance_yearly_pence=95_00,
)
RULES = PlanRules.model_validate(
    {
        "council": "exampleshire",
        "script": "default-plan",
        "first_review_within_months": 3,
        "yearly_review_months": 12,
        "term_weeks": 39,
        "usual_hourly_pence": [12_71, 30_00],
        "ask_first": [
            {
                "id": "gambling",
                "words": ["bet", "bets", "lottery tickets", "bingo"],
                "say": "Ask first about games of chance.",
            },
            {"id": "bills", "words": ["gas bill", "rent", "wifi", "bills"], "say": "Ask first about bills at home."},
            {"id": "big", "words": ["a car", "new kitchen"], "say": "Ask first about big things."},
        ],
        "same_household": "Ask your worker first about paying someone who lives in the same home.",
        "unspent": [{"id": "keep", "label": "Keep it"}],
    }
)

words = st.text(max_size=30)
ids = st.integers(1, 40)
dates = st.dates(date(2024, 1, 1), date(2030, 12, 31))
quantities = st.fractions(0, 200, max_denominator=60)

entries = st.builds(Entry, ids, words, words, words, st.booleans(), words, st.booleans())
records = st.builds(Record, ids, words, st.dictionaries(words, words, max_size=3))
sections = st.builds(
    Section,
    st.lists(entries, max_size=2).map(tuple),
    st.lists(records, max_size=2).map(tuple),
    st.lists(entries, max_size=1).map(tuple),
    st.lists(records, max_size=1).map(tuple),
)
missing_codes = st.lists(st.sampled_from(["what", "amount", "how_often", "how_many_weeks"]), max_size=2, unique=True)
lines = st.builds(
    Line,
    id=ids,
    what=words,
    by=words,
    unit_cost_pence=st.none() | st.integers(0, 10_000_000),
    unit=st.none() | st.sampled_from(["hour", "day", "night", "week", "session", "mile", "one-off"]),
    quantity=st.none() | quantities,
    per=st.none() | st.sampled_from(["day", "week", "fortnight", "month", "term", "year", "once"]),
    times=st.none() | quantities,
    missing=st.just(()) | missing_codes.map(tuple),
    goal=st.none() | ids,
    kind=st.sampled_from(["person", "activity", "equipment", "break", "travel", "other"]),
    supplier=words,
    employed=st.none() | st.booleans(),
    managed_by=st.none() | st.sampled_from(["direct_payment", "third_party", "council"]),
    stream=st.sampled_from(["social_care", "sen", "nhs"]),
    checks=st.none() | st.sampled_from(["wanted", "applied", "seen", "not_needed"]),
    source=words,
    notes=words,
)
exchanges = st.builds(Exchange, words, words, st.none() | ids, st.lists(ids, max_size=2).map(tuple), words)
places = st.builds(
    Place,
    st.none() | words,
    st.none() | exchanges,
    st.dictionaries(words, st.sampled_from(["started", "done", "skipped", "later"]), max_size=2),
    st.dictionaries(words, st.lists(words, max_size=2).map(tuple), max_size=2),
    st.integers(0, 9),
)
members = st.builds(Member, words, st.sampled_from(["parent", "young_person", "worker"]), words, st.booleans())
moments = st.dates(date(2025, 1, 1), date(2030, 1, 1)).map(
    lambda day: datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
)
any_plan = st.builds(
    Plan,
    script=words,
    begun=dates,
    members=st.lists(members, max_size=2).map(tuple),
    sections=st.dictionaries(st.sampled_from(["P01", "P08", "P13"]), sections, max_size=3),
    lines=st.lists(lines, max_size=4, unique_by=lambda line: line.id).map(tuple),
    lines_laid_aside=st.lists(lines, max_size=1).map(tuple),
    over_reason=words,
    sharing=st.builds(Sharing, st.lists(words, max_size=2).map(tuple), st.booleans()),
    places=st.dictionaries(words, places, max_size=2),
    sent=st.lists(st.builds(Sent, st.integers(1, 9), moments, words), max_size=2).map(tuple),
    changed_since_sent=st.booleans(),
    based_on=words,
    next_id=ids,
)


def weekly(line_id: int, what: str, pence: int | None, quantity: int | str = 1, **more: object) -> Line:
    """So many hours every week at so much an hour, where nothing else is said."""
    values: dict[str, object] = {"unit": "hour", "per": "week", "goal": 1, "managed_by": "direct_payment", **more}
    return Line(line_id, what, "m1", pence, quantity=Fraction(quantity), **values)  # type: ignore[arg-type]


def plan_of(*lines: Line, **sections: Section) -> Plan:
    """A plan of these lines and sections, made by a parent called Mum with Sam."""
    people = (Member("m1", "parent", "Mum"), Member("m2", "young_person", "Sam"))
    return Plan("default-plan/1", TODAY, people, sections, lines, next_id=100)
