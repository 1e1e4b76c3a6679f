"""The first steps: consent, who is answering, what to call the child, age. Facts said early are used and not asked again."""

from __future__ import annotations

from dataclasses import replace

from bot.interview.answers import not_understood
from bot.interview.messages import Message
from bot.interview.state import About, Interview
from bot.interview.turn import Turn
from bot.interview.words import Words
from bot.understanding.facts import MAX_NAME, read_age, read_facts, read_name, read_who
from bot.understanding.reading import Reading

LONG_NAME_WORDS = 3
OLDEST = 25
"""Help for disabled young people in England reaches to 25 (domain notes 1.2 no. 21)."""


def about_choice(words: Words, value: str, text: str) -> Turn:
    """A picked option of the first steps; facts said along with it are kept ("yes. its for my son hes 8")."""
    interview = words.interview
    about = _with_facts(interview.about, text)
    match value:
        case "consent.yes":
            return _set(interview, replace(about, consent=True), Message("say", words.say("consent.thanks")))
        case "consent.more":
            return Turn(interview, (Message("say", words.say("consent.more")),))
        case "family.yes":
            return _set(interview, replace(about, family_here=True))
        case "family.no":
            return _set(interview, replace(about, family_here=False), Message("say", words.say("about.family_later")))
    who = value.removeprefix("who.")
    return _set(interview, replace(about, who=who))  # type: ignore[arg-type]


def about_words(words: Words, step: str, reading: Reading) -> Turn:
    """Plain words at a first step. What cannot be used is asked again with a reason; nothing is guessed."""
    interview, text = words.interview, reading.text
    about = _with_facts(interview.about, text)
    if step == "consent":
        # Only a clear yes is consent (expecting.interpret reads it); the facts said with it are kept either way.
        if _says_yes(text):
            return _set(interview, replace(about, consent=True), Message("say", words.say("consent.thanks")))
        return not_understood(words, step)
    if step == "who":
        who = read_who(text)
        return _set(interview, replace(about, who=who)) if who else not_understood(words, step)
    if step == "name":
        name = read_name(text)
        if name is None:
            return Turn(interview, (Message("error", _name_error(words, text)),))
        return _set(interview, replace(about, name=name))
    age = read_age(text, asked=True)
    if age is None or age > OLDEST:
        key = "about.age_unclear" if age is None else "about.age_range"
        return Turn(interview, (Message("error", words.say(key, least=0, most=OLDEST)),))
    return _set(interview, replace(about, age=age), Message("say", words.say("about.thanks")))


def _name_error(words: Words, text: str) -> str:
    if not any(char.isalnum() for char in text):
        return words.say("about.name_empty")
    long = len(text) > MAX_NAME and len(text.split()) <= LONG_NAME_WORDS
    return words.say("about.name_long", limit=MAX_NAME) if long else words.say("about.name_unclear")


def _with_facts(about: About, text: str) -> About:
    facts = read_facts(text)
    age = facts.age if facts.age is not None and facts.age <= OLDEST else None
    return replace(
        about,
        who=about.who or facts.who,
        pronoun=facts.pronoun or about.pronoun,
        age=about.age if about.age is not None else age,
    )


def _says_yes(text: str) -> bool:
    first = text.strip().lower().replace(",", " ").replace(".", " ").split()
    return bool(first) and first[0] in {"yes", "yeah", "yep", "ok", "okay", "yea", "sure", "aye", "go"}


def _set(interview: Interview, about: About, *messages: Message) -> Turn:
    return Turn(replace(interview, about=about, cursor=None, tries=0, checked=False, finished=False), tuple(messages))
