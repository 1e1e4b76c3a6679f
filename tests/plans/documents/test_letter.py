"""The letter about a decision: what, why, how the amount came about, how to question it and by when, who decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest

from bot.content import Content
from bot.content.models import Who
from bot.content.readability import banned_in
from bot.interview.state import About
from bot.plans.documents.formats import write
from bot.plans.documents.keeping import document_from_json, document_to_json, fingerprint
from bot.plans.documents.letter import LetterFacts, LetterLine, Outcome, letter, sms
from bot.plans.documents.sms import parts
from bot.plans.documents.tree import Document, lines
from tests.plans.documents.reading import bare, odf_text, word_text

SWIMMING = LetterLine("Swimming with Zeb", 60_000, 45_000, False, False, "social_care", "The pool has a cheaper time")
CLUB = LetterLine("Saturday club", 90_000, 90_000, True, False, "social_care", "")
TABLET = LetterLine("A talking tablet", 40_000, 0, False, True, "sen", "School buys it")
FACTS = LetterFacts(
    reference="EX-2222-3333",
    about=About(name="Ty", pronoun="he", age=9),
    decided_on=date(2026, 11, 24),
    plan_version=2,
    outcome="agree_in_part",
    final_pence=145_000,
    guide_pence=150_000,
    how=("You told us about 16 things.", "That gave 48 points."),
    moderation=("Safe at home. You told us: some help. We now use: lots of help.",),
    reasons=("School pays for the tablet, so it is not in this money.",),
    lines=(SWIMMING, CLUB, TABLET),
    contingency_pence=10_000,
    contingency_reason="For weeks when his helper is ill",
    what_would_help="",
    question_by=date(2026, 12, 22),
    reply_days=10,
    decided_by=("Tess Hall, team manager",),
    second_look=False,
    example=True,
)
NOT_YET = replace(
    FACTS,
    outcome="refuse_for_now",
    final_pence=None,
    contingency_pence=0,
    lines=tuple(replace(line, agreed_pence=0, agreed=False, reason="") for line in FACTS.lines),
)


def text_of(document: Document) -> str:
    return "\n".join(lines(document))


@pytest.mark.parametrize("who", ["parent", "young_person"])
def test_it_says_what_why_how_and_by_when(content: Content, who: Who) -> None:
    said = text_of(letter(content, FACTS, who))
    for expected in (
        "Part of it is agreed",
        "£1,450 a year",
        "School pays for the tablet, so it is not in this money.",
        "“Swimming with Zeb”",
        "The pool has a cheaper time",
        "£450.00",
        "As you asked",
        "Not now",
        "For weeks when his helper is ill",
        "guide amount is £1,500",
        "That gave 48 points.",
        "£50 less than the guide amount",
        "We now use: lots of help.",
        "22 December 2026",
        "10 working days",
        "01632 960107",
        "Tess Hall, team manager",
        "24 November 2026",
        "EX-2222-3333",
        "example table",
    ):
        assert expected in said


def test_a_young_person_is_spoken_to(content: Content) -> None:
    assert letter(content, FACTS, "young_person").title == "The decision about my plan"
    assert letter(content, FACTS, "parent").title == "The decision about Ty’s plan"
    assert "Ty" not in text_of(letter(content, replace(FACTS, lines=()), "young_person"))


def test_not_yet_says_what_would_help_and_is_never_a_no(content: Content) -> None:
    said = text_of(letter(content, NOT_YET, "parent"))
    assert "Not yet" in said
    assert "That is not the last word." in said
    assert "Tell us what we have not understood yet." in said
    assert "You can ask us to look again. Please ask by 22 December 2026" in said
    assert "What is agreed" not in said
    for word in ("refuse", "cannot", "rejected", "declined"):
        assert word not in said.lower()
    own = text_of(letter(content, replace(NOT_YET, what_would_help="A letter from the sleep clinic"), "parent"))
    assert "A letter from the sleep clinic" in own


def test_each_kind_of_money_has_its_own_sum(content: Content) -> None:
    one = text_of(letter(content, FACTS, "parent"))
    assert "Whose money it is" not in one
    two = replace(FACTS, lines=(SWIMMING, replace(TABLET, agreed_pence=40_000)))
    assert "School and learning\n£400.00" in text_of(letter(content, two, "parent"))


@pytest.mark.parametrize("who", ["parent", "young_person"])
def test_our_own_words_in_it_are_plain(content: Content, who: Who) -> None:
    bare = replace(FACTS, reasons=(), how=(), moderation=(), lines=(CLUB,), contingency_reason="")
    for facts in (bare, replace(bare, outcome="agree"), replace(bare, outcome="refuse_for_now")):
        assert list(banned_in(text_of(letter(content, facts, who)))) == []


def test_it_is_kept_word_for_word_and_its_hash_shows_any_change(content: Content) -> None:
    made = letter(content, FACTS, "parent")
    kept = document_to_json(made)
    assert document_from_json(kept) == made
    other = letter(content, replace(FACTS, final_pence=145_001), "parent")
    assert fingerprint(document_to_json(other)) != fingerprint(kept)
    assert fingerprint(document_to_json(letter(content, FACTS, "parent"))) == fingerprint(kept)


def test_as_pdf_it_has_its_title_and_its_language(content: Content) -> None:
    reader = pypdf.PdfReader(BytesIO(write(letter(content, FACTS, "parent"), "pdf")))
    assert reader.metadata is not None
    assert reader.metadata.title == "The decision about Ty’s plan"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own true)
    assert bare("School pays for the tablet, so it is not in this money.") in bare(
        "".join(page.extract_text() for page in reader.pages)
    )


@pytest.mark.parametrize("large", [False, True])
def test_every_format_says_the_same(content: Content, large: bool) -> None:
    made = letter(content, FACTS, "parent")
    plain = write(made, "txt", large=large).decode()
    page = write(made, "html", large=large).decode()
    word, open_document = word_text(write(made, "docx", large=large)), odf_text(write(made, "odt", large=large))
    for words in ("The decision about Ty’s plan", "School buys it", "22 December 2026", "£450.00"):
        assert words.casefold() in plain.casefold()
        assert words in page
        assert words in word
        assert words in open_document
    assert made.file_name("pdf") == "decision-letter-EX-2222-3333-v2.pdf"


@pytest.mark.parametrize(
    ("outcome", "pence"), [("agree", 145_000), ("agree_in_part", 145_000), ("refuse_for_now", None)]
)
def test_the_text_message_is_short_and_names_nobody(content: Content, outcome: Outcome, pence: int | None) -> None:
    message = sms(
        content,
        "parent",
        reference="EX-2222-3333",
        outcome=outcome,
        final_pence=pence,
        question_by=date(2026, 12, 22),
    )
    assert parts(message) <= 3
    assert "EX-2222-3333" in message
    assert "22 December 2026" in message
    assert "01632 960101" in message
    assert ("£1,450.00" in message) == (pence is not None)
