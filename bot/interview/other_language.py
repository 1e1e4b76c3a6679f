"""Words in another language than English: not to be guessed at, and answered with how to get help in it."""

from __future__ import annotations

import unicodedata

from bot.interview.messages import Message
from bot.interview.state import Interview
from bot.interview.turn import Turn
from bot.interview.words import Words
from bot.understanding.normalise import fold

INTENT = "access_language"
"""The help topic that says how to get help in another language."""

_COMMON = (
    # Polish
    "nie jest się sie czy proszę prosze dziecko dziecka moje mój moj moja bardzo dziękuję dziekuje rozumiem mówię mowie "
    "mówi mowi polsku angielsku pomoc pomóż pomoz córka corka nocy śpi dobry dzień dzien tylko trochę troche "
    # Urdu, Hindi and Punjabi in Latin letters
    "mujhe mera meri nahi nahin hain aap kya kaise bohot bahut raat samajh angrezi bolte bolti karo madad shukriya "
    "bachcha beti ghar thak gaye mainu munda "
    # Romanian
    "nu este sunt copilul rog ajutor înțeleg inteleg vorbesc engleza noaptea foarte mulțumesc multumesc băiatul baiatul "
    "doarme "
    # Portuguese and Spanish
    "não nao meu minha filho filha obrigado obrigada ajuda falo inglês dorme muito hijo hija ayuda gracias hablo español "
    "espanol entiendo duerme muy noche "
    # Turkish
    "bilmiyorum anlamıyorum anlamiyorum evet hayır hayir çocuk cocuk oğlum oglum kızım kizim türkçe turkce yardım yardim "
    "lütfen lutfen teşekkürler tesekkurler uyumuyor gece "
    # Somali
    "caawimaad fadlan mahadsanid ilmahayga wiilkayga ingiriis soomaali waxaan hurdo "
    # Lithuanian
    "nesuprantu vaikas ačiū aciu prašau prasau kalbu lietuviškai lietuviskai nemiega padėkite"
)
_KNOWN = frozenset(_COMMON.split())
"""Everyday words of languages that many families in England speak, where no English word or common slip is like them."""


def in_other_words_than_english(text: str, *, may_be_a_name: bool = False) -> bool:
    """Whether a message is clearly in another language. Bad spelling is no other language, so only known words count.

    ``may_be_a_name``: a name may be written in any letters, and a single word may be one.

    >>> [in_other_words_than_english(said) for said in ("on nie spi w nocy", "mera beta raat ko nahi sota", "nie")]
    [True, True, True]
    >>> [in_other_words_than_english(said) for said in ("hes up al nite n wont setle", "gece is his sister", "zxcv")]
    [False, False, False]
    """
    said = set(fold(text).split())
    known = said & _KNOWN
    if may_be_a_name:
        return len(known) > 1
    return len(known) > 1 or (bool(known) and known == said) or _in_other_letters(text)


def _in_other_letters(text: str) -> bool:
    """Whether most letters are not Latin; one alone may be part of a drawing."""
    letters = [char for char in text if char.isalpha()]
    others = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return others > 1 and 2 * others > len(letters)


def language_help(words: Words, interview: Interview) -> Turn | None:
    """How to get help in another language, if content says; nothing else changes, and the question is asked again."""
    topic = words.content.help_for(INTENT)
    return None if topic is None else Turn(interview, (Message("say", words.of(topic.text)),))
