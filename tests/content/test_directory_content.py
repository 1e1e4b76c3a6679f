"""The made-up directory and the words that needs are read from: nothing real, nothing dangling, and easy to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.directory_models import DemoDirectory, load_demo, load_needs
from bot.content.problems import ContentError
from bot.content.readability import banned_in, count, longest_sentence

DRAMA = re.compile(r"01632 960\d{3}|07700 900\d{3}|08081 570\d{3}|020 7946 0\d{3}")
"""Ofcom's telephone numbers for drama."""


@pytest.fixture(scope="module")
def demo() -> DemoDirectory:
    return load_demo()


def test_there_is_something_of_every_kind_free_and_paid(demo: DemoDirectory) -> None:
    assert len(demo.services) >= 20
    free = [one for one in demo.services if one.costs and all(cost.amount == 0 for cost in one.costs)]
    assert len(free) >= 5
    assert len(demo.services) - len(free) >= 10
    assert {topic.id for topic in demo.topics} == {topic for one in demo.services for topic in one.topics}


def test_ids_are_there_once_and_everything_pointed_at_exists(demo: DemoDirectory) -> None:
    for items in (demo.topics, demo.organisations, demo.places, demo.services):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))
    organisations = {one.id for one in demo.organisations}
    places, topics = {one.id for one in demo.places}, {one.id for one in demo.topics}
    for service in demo.services:
        assert service.organisation in organisations, service.id
        assert set(service.places) <= places, service.id
        assert set(service.topics) <= topics, service.id
        assert service.places or service.area, service.id
        assert service.ages is None or service.ages[0] <= service.ages[1], service.id


def test_nobody_real_is_named(demo: DemoDirectory) -> None:
    for one in demo.organisations:
        assert DRAMA.fullmatch(one.phone)
        assert DRAMA.fullmatch(one.complaints_phone)
        assert one.website.split("/")[2].endswith(".example")
        assert one.email.endswith(".example")
    for service in demo.services:
        assert DRAMA.fullmatch(service.phone), service.id
        assert service.email.endswith(".example"), service.id
    # No postcode in use begins with X, and these points lie in the North Sea.
    assert all(place.postcode.startswith("XM") for place in demo.places)
    assert all(54 < place.latitude < 55 and 1 < place.longitude < 2 for place in demo.places)


def test_families_can_read_it(demo: DemoDirectory) -> None:
    for service in demo.services:
        assert longest_sentence(service.description)[0] <= 20, service.id
        assert not banned_in(f"{service.name}. {service.description}"), service.id
    assert count("\n".join(service.description for service in demo.services)).flesch_kincaid <= 5


def test_each_word_of_families_belongs_to_a_need_that_its_services_are_found_by() -> None:
    needs = load_needs()
    assert len({need.id for need in needs}) == len(needs)
    for need in needs:
        assert len(set(need.words)) == len(need.words), need.id
        # What is sent has to bring back what is then looked for.
        for search in need.search:
            assert any(search.rstrip("s") in find or find in search for find in need.finds or need.words), (
                need.id,
                search,
            )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: swim, words: [], search: [swim], kind: activity}", '"words" does not fit'),
        ("- {id: swim, words: [Swim], search: [swim], kind: activity}", "does not fit"),
        ("- {id: swim, words: [swim], search: [swim], kind: fun}", '"kind" does not fit'),
        ("- {id: swim, words: [swim], search: [a, b, c], kind: activity}", '"search" does not fit'),
        ("- {id: swim, words: [swim], serch: [swim], kind: activity}", 'unknown key "serch"'),
        ("- {id: swim, words: [swim]}", '"search" is missing'),
    ],
)
def test_needs_that_are_written_wrongly_are_refused_by_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "needs.yaml").write_text(text)
    with pytest.raises(ContentError, match=re.escape(said)) as refused:
        load_needs(tmp_path)
    assert str(refused.value).startswith("directory/needs.yaml:1:")
