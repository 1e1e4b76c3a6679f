"""What was spent: read as people type it or paste it; what is not certain is named row by row and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.spending import TROUBLES, Known, read_csv, read_typed

LINES = {3: "Swimming on a Friday with Joe", 5: "Petrol to the hospital school", 8: "A sensory lamp"}
KNOWN = Known(LINES, starts=date(2026, 11, 2), today=date(2027, 4, 20), most_pence=500_000)


@pytest.mark.parametrize(
    ("text", "line", "on", "pence"),
    [
        ("spent 240 on swimming in march", 3, date(2027, 3, 31), 24_000),
        ("£18.50 swim 3 March", 3, date(2027, 3, 3), 1_850),
        ("petrol £1,020.05 on 12/01/2027", 5, date(2027, 1, 12), 102_005),
        ("paid 45 quid for the lamp yesterday", 8, date(2027, 4, 19), 4_500),
        ("Petrol, 75p, 2027-02-01", 5, date(2027, 2, 1), 75),
        ("3 swims £54 last month", 3, date(2027, 3, 31), 5_400),
        ("swimming 20 this month", 3, date(2027, 4, 20), 2_000),
        ("lamp £30 in december", 8, date(2026, 12, 31), 3_000),
        ("lamp £30 on 5th of December", 8, date(2026, 12, 5), 3_000),
        ("we may have paid £30 for the lamp on 5 Jan", 8, date(2027, 1, 5), 3_000),
    ],
)
def test_what_people_type(text: str, line: int, on: date, pence: int) -> None:
    read = read_typed(text, KNOWN)
    assert read.troubles == ()
    (spent,) = read.taken
    assert (spent.line, spent.on, spent.pence, spent.words) == (line, on, pence, text)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("swimming in march", "amount"),
        ("swimming 20 30 in march", "which_amount"),
        ("swimming 1.2345 in march", "amount_odd"),
        ("swimming £0 in march", "amount_odd"),
        ("swimming -20 in march", "amount_odd"),
        ("swimming £6000 in march", "check_amount"),
        ("spent 240 on swimming", "when"),
        ("swimming £20 on 31/2/2027", "which_day"),
        ("swimming £20 on 3 March and 5 March", "which_day"),
        ("swimming £20 on 3 May 2027", "future"),
        ("swimming £20 on 1 November 2026", "before"),
        ("spent £20 in march", "line"),
        ("swimming and petrol £20 in march", "line"),
        ("a trampoline £20 in march", "line"),
    ],
)
def test_what_is_not_certain_is_asked_with_the_words_kept(text: str, trouble: str) -> None:
    read = read_typed(f"\n{text}", KNOWN)
    assert read.taken == ()
    assert [(one.row, one.words, one.trouble) for one in read.troubles] == [(2, text, trouble)]


def test_a_large_or_repeated_sum_is_taken_by_somebody_who_is_sure() -> None:
    text = "swimming £20 on 3 March\nswimming £20 on 3 March\nlamp £6000 in march"
    unsure = read_typed(text, KNOWN)
    assert [one.trouble for one in unsure.troubles] == ["twice", "check_amount"]
    assert len(read_typed(text, replace(KNOWN, sure=True)).taken) == 3


def test_what_is_written_down_already_is_seen() -> None:
    known = replace(KNOWN, there={(3, date(2027, 3, 3), 2_000)})
    assert [one.trouble for one in read_typed("swimming £20 on 3 March", known).troubles] == ["twice"]


def test_a_pasted_table_with_errors_by_row() -> None:
    text = "\ufeffDate,What,Note,Amount\r\n01/03/2027,Swimming,a,18.00\r\n,,,\r\n02/03/2027,5,b,£20\r\nsoon,Lamp,c,3\r\n03/03/2027,99,d,4\r\n03/03/2027,Lamp,e,\r\n"
    read = read_csv(text, KNOWN)
    assert [(one.line, one.pence) for one in read.taken] == [(3, 1_800), (5, 2_000)]
    assert [(one.row, one.trouble) for one in read.troubles] == [(5, "when"), (6, "line"), (7, "amount")]


@pytest.mark.parametrize(
    "text", ["", "a,b,c\n1,2,3", "date,line\n1,2", "date,amount,amount,line\n", 'date,line,amount\n"1,2']
)
def test_a_paste_that_is_no_table_says_so(text: str) -> None:
    read = read_csv(text, KNOWN)
    assert (read.taken, [one.trouble for one in read.troubles]) == ((), ["heads"])


def test_semicolons_and_quoted_line_breaks() -> None:
    read = read_csv('amount;line;date\n"1,234.50";"Swimming\nand a towel";2027-03-01\n', KNOWN)
    assert [(one.line, one.pence) for one in read.taken] == [(3, 123_450)]


def test_too_much_at_once_is_refused_whole() -> None:
    assert [one.trouble for one in read_typed("swimming £1 today\n" * 501, KNOWN).troubles] == ["long"]


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_whatever_is_typed_each_row_is_taken_or_named(text: str) -> None:
    read = read_typed(text, KNOWN)
    rows = [row for row in text.splitlines() if row.strip()]
    assert len(read.taken) + len(read.troubles) == len(rows)
    assert {one.trouble for one in read.troubles} <= set(TROUBLES)
    read_csv(text, KNOWN)
