"""What is read on a phone: within the length of a text, in its alphabet, without the child's name, and with all that counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.channels import gsm7
from bot.gateway.channels.capabilities import CAPABILITIES
from bot.gateway.channels.render import Rendered, render
from bot.gateway.records import message_out
from bot.gateway.standing import Standing
from bot.interview import Interview, Message, advance, start
from bot.plans import conversation as talk
from bot.store.drafts import Draft
from bot.understanding.reading import Reading
from tests.gateway.channels.conftest import Doors
from tests.gateway.service import CONTENT
from tests.gateway.talk import QUESTIONS

SMS, WHATSAPP = CAPABILITIES["notify"], CAPABILITIES["meta"]
TODAY = date(2026, 11, 22)


def standing(interview: Interview) -> Standing:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    draft = Draft("d", "EX-7K4M-Q2XD", 0, interview.questionnaire, interview.version, "ras", 0, "in_progress", "{}", None, False, now, now)  # fmt: skip
    return Standing(draft, interview, None, "GREEN", TODAY)


def interview_of(who: str, name: str, age: str) -> Interview:
    """Somebody at the first question."""
    interview = start(CONTENT.questionnaire(CONTENT.council.questionnaire))
    for choice in ("consent.yes", f"who.{who}"):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=choice)).interview
    for words in (name, age):
        interview = advance(CONTENT, interview, Reading(kind="unclear", text=words)).interview
    if talk.place(CONTENT, interview, standing(interview).now) is None and "family_here" in str(interview):
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice="family.yes")).interview
    return interview


def rendered(at: Standing, messages: tuple[Message, ...], to: object = SMS) -> Rendered:
    return render(CONTENT, at, [message_out(message, str(number)) for number, message in enumerate(messages)], to)  # type: ignore[arg-type]


@pytest.mark.parametrize(("who", "name"), [("parent", "Ty"), ("young_person", "Will"), ("grandparent", "A")])
def test_every_question_is_one_text_of_two_segments_without_the_name(who: str, name: str) -> None:
    interview, asked = interview_of(who, name, "15"), []
    for _ in range(60):
        at = standing(interview)
        prompt = at.prompt(CONTENT)
        made = rendered(at, prompt)
        (text,) = made.now
        longest = 459 if prompt[-1].rows or "Q1 of 16" in text.text else 306  # the first one says what can be said
        assert gsm7.length(text.text) <= longest, text.text
        assert gsm7.segments(text.text) <= 3
        assert name == "A" or name not in text.text.replace("Will you", ""), text.text
        for option in prompt[-1].options:
            assert f"\n{option.number} " in f"\n{text.text}" or made.more, text.text
        if prompt[-1].rows:
            break
        asked.append(prompt[-1].question_id)
        choice = prompt[-1].options[0].value if prompt[-1].options else None
        interview = advance(CONTENT, interview, Reading(kind="choice", text="", choice=choice)).interview
    assert [code for code in dict.fromkeys(asked) if code in QUESTIONS] == list(QUESTIONS)


LETTERS = st.text(alphabet="abcdefghijklmnop .?!\n0123456789[]{}|~€éàŵâ’“”–…👍", max_size=900)


@settings(max_examples=40, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=4))
def test_whatever_is_said_no_text_is_too_long_and_nothing_is_lost(texts: list[str]) -> None:
    at = standing(interview_of("parent", "Ty", "9"))
    made = rendered(at, tuple(Message("say", text) for text in texts))
    every = [text.text for text in (*made.now, *made.more)]
    assert all(gsm7.length(text) <= SMS.most for text in every)
    told = "".join("".join(text.split()) for text in every).replace("ReplyMOREfortherest.", "")
    assert told == "".join(gsm7.plain("\n\n".join(texts)).split())


def test_words_for_danger_are_never_shortened_and_never_wait() -> None:
    at = standing(interview_of("parent", "Ty", "9"))
    whole = "Call 999 now. " + "If you cannot speak, press 55. " * 40
    made = rendered(at, (Message("safety", "Call 999."), Message("safety", whole)))
    assert made.now[0].text == "Call 999."
    assert " ".join(text.text for text in made.now[1:]).count("press 55") == 40
    assert not made.more


def test_long_words_come_page_by_page_to_who_asks(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    for _ in range(15):
        phone.says("3")
    phone.says("2")
    said = phone.says("yes")
    assert "Here are your 16 answers" in said
    assert "Reply MORE for the rest." in said
    assert "1 Yes, go on" in said
    pages = [said]
    while "Reply MORE" in pages[-1]:
        pages.append(phone.says("more"))
    assert all(gsm7.length(page) <= 459 for page in pages)
    assert "16 Help we already have: some help that will carry on" in pages[-1]
    ready = phone.says("1")
    assert "guide amount" in ready
    assert "£" not in ready
    asked = phone.says("Amount.")
    assert "£" in asked
    assert phone.says("amount") == "That is all I have on the amount for now."


def test_what_is_texted_back_reads_as_a_number_in_every_shape(doors: Doors) -> None:
    for shape in ("3", "3.", "(3)", "three", "3️⃣", "option 3 please", "3) yes", "no 3", " 3 "):
        phone = doors.at_the_first_question()
        phone.says(shape)
        assert doors.answers(phone) == {"S1": 2}, shape


def test_two_numbers_are_no_answer(doors: Doors) -> None:
    phone = doors.at_the_first_question()
    phone.says("1 or 2")
    assert doors.answers(phone) == {}


def test_the_record_holds_what_was_typed(doors: Doors) -> None:
    from bot.gateway.records import said_out
    from bot.store import messages
    from tests.gateway.channels.test_outbox import draft_of

    phone = doors.at_the_first_question()
    phone.says("3) yes")
    with doors.service.database.read() as tx:
        lines = [
            said_out(line).text for line in messages.transcript(tx, draft_of(doors, phone)) if line.direction == "in"
        ]
    assert lines[0] == "hello"
    assert lines[-1] == "3) yes"
