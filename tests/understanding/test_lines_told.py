"""What people tell beside their lines: it neither adds a line nor changes one, and money told of is not money asked for."""

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.lines import read_lines

LINES = ("swimming lessons £7.50 each week", "a PA for 3 hours on Sundays at £13 an hour", "a trike, £450")


def figures(text: str) -> list[tuple[Any, ...]]:
    return [tuple(list(line.to_json().values())[1:]) for line in read_lines(text)]


@pytest.mark.parametrize(
    "told",
    [
        "He has a 10 o'clock bedtime and is up by 4",
        "I'm on my own with three of them",
        "The social worker came last Tuesday",
        "I've got five kids and two dogs",
        "Her meds are at 8 and 6 so mornings are hard",
        "I don't get a minute to myself",
        "the bus only runs twice a day out here",
        "we're in a two bed flat on the fourth floor",
        "my mum's 78 so she can't",
        "I'm up with him 5 times a night",
        "our Jack broke the last one in a week",
        "weekends are hard for us",
        "Saturday is his bad day",
        "He's off school 2 days a week at the minute",
        "there are 12 in his class",
        "Dad lives 200 miles away and sees him twice a year",
        "She'll be 18 next year and then what",
        "My husband is away Monday to Friday",
        "he had one when he was 7",
        "it's run by a lovely couple called Bev and Mike",
        "she screams for an hour if it's not the blue cup",
        "Tea has to be at 5 on the dot",
        "they do a Makaton sign of the week",
        "He loves trains, buses and anything with wheels",
        "My phone's on 3% so quick",
        "The last carer left after three days",
        "He has seizures, about three a month",
        "I work nights at Asda, 30 hours a week",
        "Every morning is a battle",
        "It took me 2 hours to get through on the phone",
        "My friend Jo gets £50 a week for hers",
    ],
)
def test_a_life_told_beside_a_line_is_no_part_of_it(told: str) -> None:
    for line in LINES:
        for text in (f"{told}. {line[0].upper()}{line[1:]}.", f"{line}. {told}."):
            assert figures(text) == figures(line), text


@pytest.mark.parametrize(
    "text",
    [
        "we've been awarded £3,000",
        "they've given us £50 a week",
        "I've got £1,200 left from last year",
        "is £40 a week a lot",
        "our mortgage is £700 a month",
        "we owe £300 on the car",
        "what can I get for £50 a week",
        "does the £2,000 have to last the year",
        "so is that £50 a week or a month",
        "my husband is away Monday to Friday",
    ],
)
def test_money_there_is_or_is_asked_about_is_no_line(text: str) -> None:
    assert read_lines(text) == ()


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("could we get £1,250 for the powered chair controller, a single purchase", 125000),
        ("can i have £500 for the year for football coaching", 50000),
        ("Forest school runs every Saturday, £12", 62400),
        ("the PA works 4 hours on a Saturday, £13 an hour", 270400),
        ("we were thinking swimming on tuesdays, £5", 26000),
    ],
)
def test_what_sounds_like_telling_and_asks_is_a_line(text: str, annual: int) -> None:
    assert [line.annual_pence for line in read_lines(text)] == [annual]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("he does boccia, it's £3.50 every Monday", "boccia"),
        ("The lad wants karate. Thirty-two quid a month by direct debit.", "karate"),
        ("we pay a student £11 an hour to play with him, 90 minutes every Wednesday", "student"),
        ("I pay jade a tenner for sitting with him every week", "sitting with him"),
        ("got a quote off the builder for the fence, £950", "fence"),
        ("we'd get the ironing done (£20 a fortnight)", "ironing"),
        ("A recorder, the musical type, £13", "recorder"),
        ("Fifteen hours a week of one to one, £14 an hour", "one to one"),
        ("the hoist, £1,090 on the sheet", "hoist"),
        ("Trampoline repairs. Spring went and the net's torn. Man says £85 to fix the lot.", "Trampoline repairs"),
        ("Fence. He climbs it. Quote from the builder came to £1,650.", "Fence"),
        ("My sister in Ireland found a weighted vest for £60", "weighted vest"),
        ("A buggy board, no wait, the pushchair I meant, that one is £1,150", "pushchair"),
        ("Pottery. £6.50 a week including the clay.", "Pottery"),
        ("A woman at church, Grace, who'd do four hours of befriending a week for £12 an hour", "befriending"),
    ],
)
def test_a_line_is_named_by_what_it_is_for(text: str, what: str) -> None:
    (line,) = read_lines(text)
    assert what in line.what


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("a peanut ball, £18", 1800),
        ("scarf £12", 1200),
        ("riding hat £38", 3800),
        ("spare liner, fourteen quid", 1400),
        ("bath lift: two hundred and forty", 24000),
    ],
)
def test_goods_are_bought_once(text: str, annual: int) -> None:
    assert [(line.unit, line.annual_pence) for line in read_lines(text)] == [("one-off", annual)]


@pytest.mark.parametrize("text", ["ball games £4", "watching football £20", "a dog walker £10", "swim £4"])
def test_how_often_is_asked_of_what_may_come_again(text: str) -> None:
    assert [line.missing for line in read_lines(text)] == [("how_often",)]
