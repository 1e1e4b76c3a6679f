import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.normalise import fold, normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1️⃣", "1"),
        ("🔟", "10"),
        ("He’s fine", "He's fine"),
        ("he`s fine", "he's fine"),
        ("two\u200b words\u00a0here", "two words here"),
        ("line\nbreak\ttab\x00", "line break tab"),
        ("\u202eright to left", "right to left"),
        ("ﬁne", "fine"),
        ("e\u0301", "é"),
    ],
)
def test_what_phones_and_pastes_send_becomes_plain(typed, meant):
    assert normalise(typed) == meant


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_normalising_twice_changes_nothing_and_leaves_nothing_invisible(text):
    once = normalise(text)
    assert normalise(once) == once
    assert not [char for char in once if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_folding_leaves_words_and_single_spaces(text):
    assert fold(text) == " ".join(fold(text).split())
    assert "'" not in fold(text)
