"""Whatever is typed: no crash, no guess, and sums that follow from their parts."""

from __future__ import annotations

import json
import time
from fractions import Fraction
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.line_item import MISSING, LineItem, Per, Unit, whole_pence
from bot.understanding.lines import read_lines, warm

warm()

WORDS = (
    "a PA swimming gym £12 13.50 an hour week month 3 hours on sundays twice and , . every other saturday quid tenner fiver "
    "two fifty twelve pound no sorry free between 10 15 to term time for 38 weeks x at each per child one off - £ p so 36 "
    "a 1.2k grand half till 6 8 am not was €20 12.5.0 1e9 minus night nights mile miles 45p in august holidays only \n"
)
TALK = st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join)


def check(line: LineItem) -> None:
    shape = line.to_json()
    assert list(shape) == ["what", "unit_cost_pence", "unit", "quantity", "per", "annual_pence", "missing"]
    json.dumps(shape)
    assert line.unit in get_args(Unit)
    assert line.per in get_args(Per)
    assert set(line.missing) <= set(MISSING)
    assert len(set(line.missing)) == len(line.missing)
    for pence in (line.unit_cost_pence, line.annual_pence):
        assert pence is None or (type(pence) is int and pence >= 0)
    assert line.quantity is None or (isinstance(line.quantity, Fraction) and line.quantity >= 0)
    if line.annual_pence is None:
        assert line.missing, "a line that is not settled says what to ask"
    elif line.unit_cost_pence == 0:
        assert line.annual_pence == 0
    else:
        assert line.unit_cost_pence is not None
        assert line.quantity is not None
        assert set(line.missing) <= {"what"}
        assert line.annual_pence == whole_pence(line.unit_cost_pence * line.quantity * line.times_a_year)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_characters(text: str) -> None:
    for line in read_lines(text):
        check(line)


@given(TALK)
@settings(max_examples=60, deadline=None)
def test_any_order_of_the_words_that_matter(text: str) -> None:
    for line in read_lines(text):
        check(line)


@given(st.integers(1, 99_999), st.integers(1, 7), st.sampled_from(["week", "fortnight", "month", "term", "year"]))
@settings(max_examples=60, deadline=None)
def test_a_plain_line_is_read_to_the_penny(pence: int, times: int, per: str) -> None:
    (line,) = read_lines(f"swimming £{pence // 100}.{pence % 100:02d} a session, {times} sessions a {per}")
    assert (line.unit_cost_pence, line.quantity, line.per, line.missing) == (pence, times, per, ())
    check(line)


def test_a_message_of_4000_characters_is_read_at_once() -> None:
    text = ("a PA for 3 hours on sundays, 13.50 an hour, and swimming that's six pound a week. " * 60)[:4000]
    read_lines(text)
    took = []
    for _ in range(5):
        began = time.process_time()  # of this process: another may keep the machine busy
        lines = read_lines(text)
        took.append(time.process_time() - began)
    assert len(lines) > 80
    assert min(took) < 0.25
