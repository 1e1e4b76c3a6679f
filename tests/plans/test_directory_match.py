"""Which ideas a family sees, in which order, and why: by need, age, place and cost. And what of them leaves the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.directory_models import load_needs
from bot.plans.directory import CostOption, Place, Reason, Service, Suggestion
from bot.plans.directory_match import AT_ONCE, suggest
from bot.plans.directory_near import Near, near
from bot.plans.directory_needs import BANDS, Query, Wanted, needs_in, queries_for

TODAY = date(2026, 11, 22)
NEEDS = load_needs()
HERE, TWO_MILES, EIGHT_MILES, FAR = (54.600, 1.2), (54.629, 1.2), (54.716, 1.2), (56.0, 1.2)


def swim(id: str, **fields: Any) -> Service:
    return replace(Service(id, "Swimming", assured=date(2026, 9, 1)), **fields)


def at(point: tuple[float, float], district: str = "XM9") -> tuple[Place, ...]:
    return (Place("Pool", town="Otherton", district=district, point=point),)


def wanted(words: str = "to swim", **fields: Any) -> Wanted:
    return replace(Wanted(words, TODAY), **fields)


def ids(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.service.id for suggestion in found]


def reasons(found: tuple[Suggestion, ...], id: str) -> tuple[Reason, ...]:
    return next(suggestion.reasons for suggestion in found if suggestion.service.id == id)


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("He wants to go SWIMMING", ["swimming"]),
        ("a PA for sundays and the trampoline place", ["personal_assistant", "trampoline"]),
        ("I’d love a night out. Em could do drama", ["sitters", "stage"]),
        ("make friends at a club", ["friends", "clubs"]),
        ("respite every month", ["sitters"]),
        ("she hates swimming but loves football", ["football"]),
        ("He is scared of water and swimming", []),
        ("not keen on clubs, would like to cook", ["cooking"]),
        ("he can't go swimming on his own", ["swimming"]),
        ("be happy", []),
        ("", []),
        ("she swims like her sister", ["swimming"]),
    ],
)
def test_needs_are_read_from_a_familys_own_words(words: str, needs: list[str]) -> None:
    assert [found.need.id for found in needs_in(words, NEEDS)] == needs


def test_what_is_nearer_comes_first_and_what_is_far_away_never() -> None:
    services = [
        swim("far", places=at(FAR)),
        swim("eight", places=at(EIGHT_MILES)),
        swim("two", places=at(TWO_MILES)),
        swim("here", places=at(HERE, "XM1")),
        swim("nobody-knows", places=(Place("Pool"),)),
    ]
    found = suggest(services, wanted(home=near("XM1 2AB")), NEEDS, most=9)
    assert ids(found) == ["here", "two", "eight", "nobody-knows"]
    assert Reason("same_place", "Otherton") in reasons(found, "here")
    assert Reason("miles", "2") in reasons(found, "two")
    assert Reason("miles", "8") in reasons(found, "eight")
    assert not {"miles", "same_place"} & {reason.code for reason in reasons(found, "nobody-knows")}


def test_a_district_is_found_by_other_services_of_the_directory() -> None:
    services = [swim("eight", places=at(EIGHT_MILES)), swim("two", places=at(TWO_MILES))]
    neighbour = Service("hall", "Hall", places=at(HERE, "XM1"))
    assert ids(suggest(services, wanted(home=near("XM1")), NEEDS, known=[neighbour])) == ["two", "eight"]


def test_a_town_will_do_and_a_service_that_comes_to_people_is_near() -> None:
    services = [swim("comes", areas=("Exampleshire",)), swim("there", places=at(HERE))]
    found = suggest(services, wanted(home=near("otherton")), NEEDS)
    assert ids(found) == ["there", "comes"]
    assert Reason("area", "Exampleshire") in reasons(found, "comes")


@pytest.mark.parametrize("age", range(26))
def test_nobody_is_shown_a_service_outside_their_age(age: int) -> None:
    services = [
        swim(f"{low}-{high}", minimum_age=low, maximum_age=high)
        for low in (None, 0, 5, 18)
        for high in (None, 4, 11, 17)
    ]
    services += [swim("unclear", ages_unclear=True)]
    for suggestion in suggest(services, wanted(age=age), NEEDS, most=99):
        low, high = suggestion.service.minimum_age, suggestion.service.maximum_age
        assert (low or 0) <= age <= (99 if high is None else high)
        assert not suggestion.service.ages_unclear


def test_an_age_that_is_not_given_is_said_so() -> None:
    found = suggest([swim("a")], wanted(age=9), NEEDS)
    assert Reason("age_unknown") in reasons(found, "a")


def test_free_comes_before_paid_and_paid_before_too_dear_which_is_still_shown() -> None:
    services = [
        swim("dear", cost_options=(CostOption("Year", 90_000, "year"),)),
        swim("dear-by-the-month", cost_options=(CostOption("", 10_000, "month"),)),
        swim("unknown", cost_options=(CostOption("", None, None, "from £5"),)),
        swim("fits", cost_options=(CostOption("Child", 600, "session"), CostOption("Helper", 0, None))),
        swim("free", cost_options=(CostOption("", 0, None),)),
    ]
    found = suggest(services, wanted(left_pence=50_000), NEEDS, most=9)
    assert ids(found) == ["free", "fits", "unknown", "dear", "dear-by-the-month"]
    assert Reason("free") in reasons(found, "free")
    assert Reason("fits") in reasons(found, "fits")
    assert Reason("free") not in reasons(found, "fits")
    assert Reason("cost_unknown") in reasons(found, "unknown")
    assert Reason("over") in reasons(found, "dear-by-the-month")


def test_a_price_of_the_past_does_not_count() -> None:
    services = [
        swim("a", cost_options=(CostOption("", 0, None, valid_to=date(2026, 1, 1)), CostOption("", 900, "session")))
    ]
    found = suggest(services, wanted(left_pence=5000), NEEDS)
    assert Reason("free") not in reasons(found, "a")


def test_of_two_alike_the_one_that_was_checked_lately_comes_first() -> None:
    services = [swim("a-old", assured=date(2024, 1, 1)), swim("b-new"), swim("a-never", assured=None)]
    assert ids(suggest(services, wanted(), NEEDS)) == ["b-new", "a-never", "a-old"]


def test_never_more_than_three_and_never_the_same_again() -> None:
    services = [swim(f"s{number}") for number in range(8)]
    first = suggest(services, wanted(), NEEDS)
    assert len(first) == AT_ONCE == 3
    second = suggest(services, wanted(shown=frozenset(ids(first))), NEEDS)
    assert len(second) == 3
    assert not set(ids(first)) & set(ids(second))


def test_two_wishes_take_turns() -> None:
    services = [swim(f"swim{number}") for number in range(5)] + [Service("drums", "Drum circle", assured=TODAY)]
    assert ids(suggest(services, wanted("swimming, and music"), NEEDS)) == ["swim0", "drums", "swim1"]


def test_the_familys_own_word_goes_before_what_is_like_it_and_neither_is_passed_off_as_the_other() -> None:
    services = [
        Service("riding", "Pony riding", assured=TODAY),
        Service("bikes", "Bikes for all", assured=TODAY),
        Service("choir", "Choir", assured=TODAY),
    ]
    found = suggest(services, wanted("ride his bike"), NEEDS)
    assert ids(found) == ["bikes", "riding"]
    assert reasons(found, "bikes")[0] == Reason("word", "bike")
    assert reasons(found, "riding")[0] == Reason("like", "bike")


def test_a_telling_word_that_no_need_knows_finds_a_service_of_that_name() -> None:
    services = [Service("caravan", "Caravan club"), Service("club", "Club for children")]
    found = suggest(services, wanted("the week in the caravan"), NEEDS)
    assert ids(found) == ["caravan"]
    assert suggest(services, wanted("what children want"), NEEDS) == ()


def test_a_topic_by_name_or_by_the_councils_own_id_counts() -> None:
    term = next(need for need in NEEDS if need.id == "swimming").term_ids[0]
    services = [Service("name", "Dolphins", topics=("Swimming",)), Service("id", "Otters", topic_ids=(term,))]
    assert set(ids(suggest(services, wanted(), NEEDS))) == {"name", "id"}


def test_of_a_home_only_the_postcode_district_or_the_town_is_kept() -> None:
    assert near("12 Water Lane, XM1 2AB") == Near(district="XM1")
    assert near("sw1a1aa") == Near(district="SW1A")
    assert near("12 Water Lane") == Near()
    assert near("Saltquay") == Near(town="Saltquay")
    assert near("") == Near()


def test_a_query_holds_our_word_an_age_band_and_a_district_and_nothing_else() -> None:
    want = wanted("Sam Jones of 12 Water Lane wants a trampoline, ring 07700 900123", age=9, home=near("XM1 2AB"))
    queries = queries_for(want, needs_in(want.words, NEEDS))
    assert [query.params() for query in queries] == [
        {"search": "trampoline", "minimum_age": "8", "maximum_age": "11", "postcode": "XM1", "proximity": "16000"}
    ]
    assert queries[0].wider().params() == {"search": "trampoline"}


def test_a_councils_own_topic_is_asked_for_in_place_of_a_word() -> None:
    want = wanted("swimming", age=16)
    params = queries_for(want, needs_in(want.words, NEEDS))[0].params()
    assert set(params) == {"taxonomy_term_id", "minimum_age", "maximum_age"}


@pytest.mark.parametrize(("band", "district"), [((9, 9), ""), (None, "XM1 2AB"), (None, "Exampleton"), ((0, 99), "")])
def test_nothing_closer_than_a_band_and_a_district_can_be_asked(band: tuple[int, int] | None, district: str) -> None:
    with pytest.raises(ValueError, match="age band and postcode district alone"):
        Query(None, 0, band, district)


def test_every_age_of_a_child_has_a_band() -> None:
    assert [sum(low <= age <= high for low, high in BANDS) for age in range(26)] == [1] * 26


services_of_all_kinds = st.builds(
    Service,
    id=st.text(alphabet="abc123", min_size=1, max_size=3),
    name=st.sampled_from(["Swimming", "Club", "Choir", "Friday youth club", "Sitters"]),
    minimum_age=st.none() | st.integers(0, 25),
    maximum_age=st.none() | st.integers(0, 25),
    places=st.sampled_from([(), at(HERE, "XM1"), at(FAR), at(TWO_MILES)]),
    cost_options=st.lists(
        st.builds(CostOption, st.just("Child"), st.none() | st.integers(0, 10**6), st.just("session")), max_size=2
    ).map(tuple),
    assured=st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(services_of_all_kinds, max_size=12, unique_by=lambda service: service.id),
    st.integers(0, 25),
    st.sampled_from(["swim and sing", "a club", "a sitter", "hello"]),
    st.none() | st.integers(0, 10**6),
    st.randoms(),
)
def test_whatever_there_is_ages_hold_and_the_order_of_the_directory_does_not_matter(
    services: list[Service], age: int, words: str, left: int | None, dice: Any
) -> None:
    want = wanted(words, age=age, home=near("XM1"), left_pence=left)
    found = suggest(services, want, NEEDS)
    assert len(found) <= 3
    assert all(suggestion.service.suits(age) for suggestion in found)
    shuffled = list(services)
    dice.shuffle(shuffled)
    assert suggest(shuffled, want, NEEDS) == found
