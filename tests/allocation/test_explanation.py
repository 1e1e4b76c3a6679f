"""Every result explains itself in short plain sentences that promise nothing, refuse nobody and say "example"."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

BANNED = """respite|carer|service user|client|challenging behaviour|non-compliant|suffers|special needs|
indicative|outcomes?|eligible|assessments?|moderation|panel|threshold|package|placement|transition|commission|contingency|top-up|bespoke|
broker|notional|statutory|inappropriate|please note|in order to|just|simply|severe|cannot have|not allowed|refused|
entitled|guarantee|promise|will get|will receive|must not""".replace("\n", "")

SCORED = ("S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2")

KINDS = {
    "interpolated": {},
    "banded": {"table": "social-care-example-banded"},
    "not ready": {"levels": {"H3": None, "S1": None}},
    "person by level": {"levels": {"S1": 3, "H3": 3}},
    "person by score": {"levels": dict.fromkeys(SCORED, 3)},
    "young child": {"age_pack": "0-6"},
    "adult": {"age_pack": "18+"},
    "below": {"levels": dict.fromkeys(SCORED, 0)},
    "young person": {"by": "young_person"},
    "two people": {"also": ({"code": "F1", "level": 0, "by": "grandparent"},)},
    "chosen person": {"also": ({"code": "F1", "level": 0, "by": "worker"},), "prefer_by": "worker"},
    "hard days": {
        "levels": {"S1": None},
        "also": ({"code": "S1", "level": 0, "bad_day_level": 2, "bad_days_per_week": 4, "by": "worker"},),
    },
    "few hard days": {
        "also": ({"code": "S1", "level": 2, "bad_day_level": 3, "bad_days_per_week": 1, "by": "grandparent"},),
    },
    "before": {"context": {"previous_pence": 123456}},
    "softened": {
        "context": {
            "previous_pence": 900000,
            "protection": {"max_fall_percent": 10, "until": "2027-03-31", "reference": "Cabinet 12 March 2026"},
        }
    },
    "not scored": {"levels": {"F3": 3}},
}


@pytest.fixture(params=KINDS.values(), ids=KINDS.keys())
def result(request, run, example):
    kind = dict(request.param)
    return run({**example, **kind.pop("levels", {})}, **kind)


def said(result) -> list[str]:
    return [
        *(line.text for line in result.explanation),
        *(line.detail for line in result.explanation if line.detail),
        *result.not_included,
        *(item.signal for item in result.streams),
    ]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if part]


def test_sentences_are_short(result):
    long = [part for text in said(result) for part in sentences(text) if len(part.split()) > 20]
    assert long == []


def test_no_word_that_families_should_not_have_to_know(result):
    # "Care Act assessment" is the name to ask for at 18, and it is explained where it stands.
    texts = [text.replace("It is called a Care Act assessment.", "") for text in said(result)]
    found = [match.group() for text in texts for match in re.finditer(rf"\b({BANNED})\b", text, re.IGNORECASE)]
    assert found == []
    assert not any("!" in text or "{" in text for text in texts)


def test_every_line_ends_as_a_sentence_and_starts_with_a_capital(result):
    for text in said(result):
        assert text.endswith("."), text
        assert text[0].isupper() or text[0] in "£0123456789", text


def test_every_figure_of_an_example_table_stands_beside_the_word_example(result):
    for line in result.explanation:
        if "£" in f"{line.text} {line.detail}":
            assert "example" in line.text


def test_it_says_who_checks_what_is_left_out_and_how_to_disagree(result):
    text = " ".join(said(result))
    assert "If this looks wrong to you, please say so." in text
    assert "01632 960101" in text
    assert "Care from the NHS." in result.not_included
    assert "ask for a check on what help" in text
    if result.status != "not_ready":
        assert "A person from the disabled children's team looks at it within 10 working days" in text
        assert "Only a person can set the final amount." in text


def test_each_answer_is_a_line_with_its_points(run, example):
    lines = [line.text for line in run(example).explanation if line.text.startswith("You told us about")]
    assert len(lines) == 15
    assert lines[0] == (
        "You told us about “Safe at home”. Your child is safe at home when someone stays close to them most of the "
        "time. That gave 7 points."
    )


def test_the_money_line_by_line(run, example):
    texts = [line.text for line in run(example).explanation]
    assert texts[0] == "This is a guide amount. It is not final, and it can go up or down."
    start = texts.index("For social care that makes 42.2 points out of 87. As a score from 0 to 100, that is 48.5.")
    assert texts[start + 1 : start + 5] == [
        "Our example table says scores from 45 to 59.99 go from £4,000 up to £8,500 a year.",
        "The score here is 48.5. In this example table that gives £5,051.72.",
        "We round to the nearest £50. So the example guide amount is about £5,050 a year, or about £97 a week.",
        "After 2 November 2027 it needs to be worked out again.",
    ]


def test_a_councils_own_table_is_not_called_an_example(run, content, example):
    own = replace(
        content,
        tables=tuple(table.model_copy(update={"example": False}) for table in content.tables),
        questionnaires=tuple(item.model_copy(update={"example": False}) for item in content.questionnaires),
    )
    result = run(example, content=own)
    assert result.trace.table.example is False
    assert not any("example" in text for text in said(result))
    assert any("Our table says scores from 45 to 59.99" in text for text in said(result))
