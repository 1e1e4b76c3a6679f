"""The measures against texts counted by hand, and all that a family reads against the house rules."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.content import Content, load
from bot.content.models import Who, Wording
from bot.content.readability import Counts, banned_in, count, longest_sentence, rare_words
from bot.content.script import family_script, hard_to_read

READERS: tuple[Who, ...] = ("parent", "young_person")

CAT = "The cat sat on the mat. It was warm."
GETTYSBURG = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
    "conceived in Liberty, and dedicated to the proposition that all men are created equal."
)
AUSTEN = (
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, "
    "must be in want of a wife."
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.mark.parametrize(
    ("text", "counts", "flesch_kincaid", "coleman_liau", "automated"),
    [
        # 9 words, 2 sentences, 9 syllables, 17 + 9 letters.
        (CAT, Counts(9, 2, 9, 26), -2.035, -5.391, -5.573),
        # 30 words in one sentence; con-ti-nent, ded-i-cat-ed, prop-o-si-tion …: 48 syllables, 143 letters.
        (GETTYSBURG, Counts(30, 1, 48, 143), 14.990, 11.241, 16.021),
        # 23 words; u-ni-ver-sal-ly ac-knowl-edged … pos-ses-sion … for-tune: 33 syllables, 92 letters.
        (AUSTEN, Counts(23, 1, 33, 92), 10.310, 6.433, 8.910),
    ],
    ids=["cat", "gettysburg", "austen"],
)
def test_reference_texts_measure_as_counted_by_hand(
    text: str, counts: Counts, flesch_kincaid: float, coleman_liau: float, automated: float
) -> None:
    measured = count(text)
    assert measured == counts
    assert measured.flesch_kincaid == pytest.approx(flesch_kincaid, abs=0.001)
    assert measured.coleman_liau == pytest.approx(coleman_liau, abs=0.001)
    assert measured.automated == pytest.approx(automated, abs=0.001)


def test_a_text_without_words_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="without words"):
        count(" … ")


def test_an_address_and_an_amount_do_not_end_a_sentence() -> None:
    assert longest_sentence("Write to team@exampleshire.example about the £5,050.50 you saw. Soon.")[0] == 8


def test_rare_words_know_regular_endings_and_explained_words() -> None:
    text = "Helpers stopped babies crying. The budget's worries, notwithstanding!"
    assert rare_words(text, ["Budget"]) == ("notwithstanding",)


def test_words_we_do_not_use_are_found_whole_and_in_any_case() -> None:
    found = [
        word for word, _ in banned_in("Respite is JUST a package. Adjust the Law Commission's Care Act assessment.")
    ]
    assert sorted(found) == ["JUST", "Respite", "package"]


@pytest.mark.parametrize("who", READERS)
def test_all_that_a_family_reads_keeps_the_house_rules(content: Content, who: Who) -> None:
    """Grade 5 overall, 6 for long texts, 20 words a sentence, no banned word, at most 8 % uncommon words."""
    assert hard_to_read(content, who) == []


@pytest.mark.parametrize("who", READERS)
def test_sentences_average_twelve_words_or_fewer(content: Content, who: Who) -> None:
    measured = count("\n".join(block.text for block in family_script(content, who)))
    assert measured.words / measured.sentences <= 12


def test_the_script_holds_every_kind_of_text(content: Content) -> None:
    places = {block.place for block in family_script(content, "parent")}
    assert {
        "S1.ask",
        "F3.levels.3.label",
        "consent.greeting",
        "RED_now",
        "help.ask_amount.text",
        "clarify.S1.short.2",
        "glossary.panel",
        "social-care-example.15.explanation",
        "council.complaints",
        "P08.ask",
        "P13.record.fields.1.ask",
        "P17.unspent.label",
        "default-plan.service_words.respite.ask",
        "default-plan.money_ways.council.asks_of_you",
        "story.ironing.text",
        "plan_rules.ask_first.0.say",
        "help.plan_police_check.text",
        "ready.over_not_yet",
    } <= places
    young = {block.place for block in family_script(content, "young_person")}
    assert "F1.ask" not in young


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("This is a respite package.", '"respite"'),
        ("You can do it!", '"!"'),
        (" ".join(["word"] * 21) + ".", "a sentence of 21 words"),
        ("Institutional intermediaries predominantly facilitate organisational transformation. " * 20, "school grade"),
        ("Gnomic xylographers quibble. " * 1000, "uncommon words"),
    ],
)
def test_a_text_that_breaks_a_rule_is_named(content: Content, text: str, complaint: str) -> None:
    bad = Wording(parent=text, young_person=text)
    spoilt = replace(content, texts={**content.texts, "consent.ask": bad})
    said = hard_to_read(spoilt, "parent")
    assert any(complaint in line for line in said)


def test_order_does_not_change_a_measure(content: Content) -> None:
    blocks = [block.text for block in family_script(content, "parent")]
    shuffled = random.Random(4).sample(blocks, len(blocks))
    assert count("\n".join(blocks)) == count("\n".join(shuffled))
