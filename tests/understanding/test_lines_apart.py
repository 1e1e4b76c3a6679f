"""What is said apart from the thing and its price: how many, what it all comes to, on a form, to nobody, in a sentence before."""

from __future__ import annotations

import pytest

from bot.understanding.lines import read_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sand timer £7.50 and three fidget cubes at 4.20 each. Twenty pound ten altogether.", [750, 1260]),
        ("cot bumper £34, mattress protector £18. I make that £52.", [3400, 1800]),
        ("bumper 34.99, protectors £12 each and we'd need two, so £58.99 all in", [3499, 2400]),
        ("Apron £9. Bath mat £11. Grab rail £20. That's 40 the lot.", [900, 1100, 2000]),
        ("drama £8 a week and bowling £6 a week, £14 a week between them", [41600, 31200]),
    ],
)
def test_what_all_lines_come_to_is_no_price(text: str, expected: list[int]) -> None:
    assert [line.annual_pence for line in read_lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "pence", "number"),
    [
        ("plate guards are £5.20 and she'd want 3 of them", 520, 3),
        ("bath mats, 2 of, £9 per mat", 900, 2),
        ("cushions, four pieces, each one 7 pound 20", 720, 4),
        ("pencil grips 3 quid, six of those", 300, 6),
        ("Audio books at £12 each, say two to start.", 1200, 2),
        ("bibs six pound a piece, ten please", 600, 10),
        ("spare batteries, three packs, four twenty five a pack", 425, 3),
        ("Item: bed sheets\nPrice: £12 each\nQty: 4", 1200, 4),
    ],
)
def test_how_many_may_be_said_late_or_apart(text: str, pence: int, number: int) -> None:
    (line,) = read_lines(text)
    assert (line.unit_cost_pence, line.unit, line.quantity) == (pence, "one-off", number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("darts club £3 a week, and there's the waistcoat, thirty, just the once", [300, 3000]),
        ("gymnastics £5.50 every Monday and the club leotard 26", [550, 2600]),
        ("fifteen quid a month for the gym and then forty for the trainers", [1500, 4000]),
        ("a lap tray £22, with 3 spare straps, 4 a strap", [2200, 400]),
        ("judo is ten pounds a month on top of the twenty-five a year for joining", [1000, 2500]),
    ],
)
def test_a_bare_number_may_be_the_price_of_the_second(text: str, expected: list[int]) -> None:
    assert [line.unit_cost_pence for line in read_lines(text)] == expected


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("a headset one nine nine", 19900),
        ("a car harness, one-five-five", 15500),
        ("a racket, that's half a hundred", 5000),
        ("a wobble board £32, no that's the old price, £36", 3600),
        ("Snooker is a fiver, nope, hang on, says here £5.80", 580),
    ],
)
def test_ways_to_say_an_amount(text: str, pence: int) -> None:
    (line,) = read_lines(text)
    assert line.unit_cost_pence == pence


@pytest.mark.parametrize(
    ("text", "name", "annual"),
    [
        ("Item requested: befriender\nRate: £13.10 hourly\nHours: 3 per week", "befriender", 204360),
        ("Respite. Nights: 2 per month. Rate: £140 a night.", "respite", 336000),
        ("Finished: the cleaner.\nOngoing: laundry service, £9 per week.", "laundry", 46800),
        ("Fourteen fifty. That's an hour, for the harp teacher, and it's one hour weekly.", "harp", 75400),
        ("The drama club's started up again. Every Friday, three pound on the door.", "club", 15600),
        ("Rusty is a therapy pony, he comes in a van. They take £12 a visit, one visit monthly.", "pony", 14400),
        ("Riding has been the making of her. £20 a go, every week God sends.", "riding", 104000),
        ("a young people's brunch every Sunday, £9 a head", "brunch", 46800),
        ("half an hour of harp a week, £18 for the half hour", "harp", 93600),
        ("breakfast club, £4 a morning, five mornings, term time", "breakfast", 78000),
    ],
)
def test_the_name_and_the_times_may_stand_elsewhere(text: str, name: str, annual: int) -> None:
    (line,) = read_lines(text)
    assert name in line.what.lower()
    assert line.annual_pence == annual


def test_what_is_turned_down_is_not_what_is_asked_for() -> None:
    (line,) = read_lines("As you refused the ramp, we are asking for a stairgate instead, £45.")
    assert (line.what, line.unit_cost_pence) == ("stairgate instead", 4500)


@pytest.mark.parametrize(
    "text",
    [
        "they charge £4 to park at the clinic. not asking you for it",
        "saw those beds are £2,000. who's got that. just moaning",
        "the pads come from the nurse, £9 a pack, so don't count those",
        "Is he entitled to keep what's left of the £900?",
        "Somebody told me a befriender is £14 an hour, is that right?",
        "That ramp you paid for is brilliant, worth the £300",
        "Some families spent two grand on a bed",
        "He's got his own money for comics, £5 a week",
    ],
)
def test_what_is_only_told_is_no_line(text: str) -> None:
    assert read_lines(text) == ()
