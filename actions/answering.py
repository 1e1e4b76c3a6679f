"""Questions a person asks back: a word, how the amount came about, anything that content has an answer to."""

from __future__ import annotations

from datetime import date

from actions.base import Step
from actions.guide_amount import guide_amount
from actions.step import Incoming
from bot.interview import Message, Turn
from bot.interview.questions_back import answer_intent, explain_result, explain_term
from bot.interview.words import Words


class ExplainTerm(Step):
    """What a word means, from the glossary."""

    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        return Turn(words.interview, (explain_term(words, said.text),))


class ExplainResult(Step):
    """How the amount came about, from the stored trace."""

    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        outcome = guide_amount(self.services, said.draft_id, words.interview)
        return Turn(words.interview, (explain_result(words, outcome),))


class AnswerQuestion(Step):
    """Who reads this, how long it takes, what is changing in the law …: the help topic of the intent."""

    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        return Turn(words.interview, (answer_intent(words, said.intent or "", today),))


class SmallTalk(Step):
    """Thanks, a greeting or a joke, and things a council assistant cannot help with."""

    def advance(self, words: Words, said: Incoming, today: date) -> Turn:
        key = said.intent if said.intent in ("thanks", "chitchat", "out_of_scope") else "chitchat"
        return Turn(words.interview, (Message("say", words.say(str(key))),))
