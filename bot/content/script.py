"""All that a family can read or hear, filled in with examples, and what makes it hard to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.files import wordings
from bot.content.loader import Content
from bot.content.models import Strict, Who
from bot.content.readability import banned_in, count, longest_sentence, rare_words, words
from bot.content.wording import VALUE_GAPS

SCRIPT_GRADE = 5.0
"""Most school grade for everything together (domain notes 6.2)."""
BLOCK_GRADE = 6.0
BLOCK_WORDS = 100
"""From this length a text is measured on its own; shorter ones give noise."""
LONGEST_SENTENCE = 20
RARE_PERCENT = 8.0


@dataclass(frozen=True, slots=True)
class Block:
    """One text as a family meets it. ``place`` says where it is written, e.g. "S1.levels.2.label"."""

    place: str
    text: str


def family_script(content: Content, who: Who) -> tuple[Block, ...]:
    """Every text one reader can meet, with example values in its gaps."""
    return tuple(Block(place, content.fill(text, **_examples())) for place, text in _texts(content, who))


def _texts(content: Content, who: Who) -> Iterator[tuple[str, str]]:
    for questionnaire in content.questionnaires:
        yield f"{questionnaire.id}.intro", questionnaire.intro.for_(who)
        for section in questionnaire.sections:
            yield f"{questionnaire.id}.{section.id}", section.title
        for question in questionnaire.questions:
            if who in question.asked_of:
                yield f"{question.id}.title", question.title
                yield from _wordings(question.id, question, who)
    for key, wording in (*content.texts.items(), *content.safety_texts.items()):
        yield key, wording.for_(who)
    for topic in content.help.values():
        yield from _wordings(f"help.{topic.id}", topic, who)
    for code, clarify in content.clarify.items():
        yield from _wordings(f"clarify.{code}", clarify, who)
    for term in content.glossary.values():
        yield f"glossary.{term.id}", term.meaning
    for table in content.tables:
        for row in table.rows:
            yield f"{table.id}.{row.score_from}.label", row.label
            yield f"{table.id}.{row.score_from}.explanation", row.explanation
    yield from _plan_texts(content, who)
    yield "council.how_to_disagree", content.council.how_to_disagree
    yield "council.complaints", content.council.complaints
    for contact in (*content.council.contacts, *content.national):
        yield f"contact.{contact.id}", contact.name


def _plan_texts(content: Content, who: Who) -> Iterator[tuple[str, str]]:
    for script in content.plan_scripts:
        for section in script.sections:
            yield f"{section.id}.title", section.title
            yield from _wordings(section.id, section, who)
            if section.record:
                yield f"{section.id}.record.main", section.record.main
            for field in (*section.follow_ups, *(section.record.fields if section.record else ())):
                yield f"{section.id}.{field.id}.label", field.label
        for wish in script.service_words:
            yield from _wordings(f"{script.id}.service_words.{wish.id}", wish, who)
        for way in script.money_ways:
            yield f"{script.id}.money_ways.{way.id}.title", way.title
            yield from _wordings(f"{script.id}.money_ways.{way.id}", way, who)
        for choice in script.sharing:
            yield from _wordings(f"{script.id}.sharing.{choice.id}", choice, who)
    for story in content.stories:
        yield from _wordings(f"story.{story.id}", story, who)
    yield from _wordings("plan_rules", content.plan_rules, who)


def _wordings(name: str, model: Strict, who: Who) -> Iterator[tuple[str, str]]:
    for where, wording in wordings(model):
        yield ".".join([name, *map(str, where)]), wording.for_(who)


def _examples() -> dict[str, object]:
    """Example values, the council's own left out: those fill themselves."""
    own = {"team", "council", "reply_within", "how_to_disagree", "complaints"}
    return {gap: example for gap, (_, example) in VALUE_GAPS.items() if gap not in own}


def hard_to_read(content: Content, who: Who) -> list[str]:
    """What breaks the house rules of plain language, one line each; empty when a family can read it with ease."""
    blocks = family_script(content, who)
    found = []
    for block in blocks:
        length, sentence = longest_sentence(block.text)
        if length > LONGEST_SENTENCE:
            found.append(f"{block.place}: a sentence of {length} words: {sentence}")
        found.extend(f'{block.place}: "{word}"; say: {say}' for word, say in banned_in(block.text))
        measured = count(block.text)
        if measured.words >= BLOCK_WORDS and measured.flesch_kincaid > BLOCK_GRADE:
            found.append(f"{block.place}: school grade {measured.flesch_kincaid:.1f}")
    whole = "\n".join(block.text for block in blocks)
    if (grade := count(whole).flesch_kincaid) > SCRIPT_GRADE:
        found.append(f"everything together: school grade {grade:.1f}")
    rare = rare_words(whole, _explained(content))
    if (percent := 100 * len(rare) / len(words(whole))) > RARE_PERCENT:
        found.append(f"everything together: {percent:.1f} % uncommon words: {', '.join(sorted(set(rare)))}")
    return found


def _explained(content: Content) -> list[str]:
    """Words a person can ask about, and names."""
    names = [content.council.name, str(VALUE_GAPS["name"][1])]
    return names + [word for term in content.glossary.values() for word in (term.term, *term.also)]
