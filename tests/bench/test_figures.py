"""Ratios, medians and verdicts: what the table says must follow from what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import report
from bench.figures import Figure, Window, milliseconds, ratio


def test_a_window_counts_messages_from_one_and_takes_both_ends() -> None:
    seconds = [5.0] * 9 + [0.010, 0.020, 0.030] + [5.0] * 9
    assert Window(10, 12).median(seconds) == 20.0


def test_a_window_past_the_last_message_is_refused() -> None:
    with pytest.raises(ValueError, match="not all measured"):
        Window(900, 1000).median([0.1] * 999)


def test_a_ratio_says_how_many_times() -> None:
    assert ratio(473.0, 34.4) == 13.75
    with pytest.raises(ValueError, match="no ratio"):
        ratio(10.0, 0.0)


def test_milliseconds() -> None:
    assert milliseconds(0.0332149) == 33.21


@pytest.mark.parametrize(
    ("value", "target", "sense", "holds"),
    [
        (1.2, 1.2, "at most", True),
        (1.21, 1.2, "at most", False),
        (10.0, 10, "at least", True),
        (9.99, 10, "at least", False),
        (3.0, None, "at most", None),
    ],
)
def test_whether_a_target_holds(value: float, target: float | None, sense: str, holds: bool | None) -> None:
    assert Figure("x", "X", value, "ms", target, sense).holds is holds  # type: ignore[arg-type]


def test_a_quick_run_judges_nothing() -> None:
    assert Figure("x", "X", 99.0, "ms", 1, judged=False).holds is None


def test_the_table_shows_a_target_that_is_missed() -> None:
    missed = Figure("training", "Training", 75.0, "s", 60)
    assert report.rows([missed]) == [("Training", "75 s", "at most 60 s", "NO")]
    assert "NO" in report.table([missed]).splitlines()[1]
    assert json.loads(json.dumps(missed.to_json()))["holds"] is False


def test_the_page_keeps_its_words_and_gets_new_results(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{report.BEGIN}\n\nold\n\n{report.END}\n\nAfter\n")
    report.write_docs(page, "| new |")
    text = page.read_text()
    assert text.startswith("# Before")
    assert text.endswith("After\n")
    assert "| new |" in text
    assert "old" not in text


def test_a_page_without_a_place_for_results_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Nothing here\n")
    with pytest.raises(ValueError, match="no place for results"):
        report.write_docs(page, "x")


def test_the_real_page_has_a_place_for_results() -> None:
    text = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text()
    assert text.index(report.BEGIN) < text.index(report.END)
