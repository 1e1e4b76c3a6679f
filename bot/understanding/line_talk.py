"""What is said beside plan lines and holds none: questions back, stops that were dictated, money that comes in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.line_words import word_set

_SPOKEN_STOPS = ((re.compile(r"(?<!\s)\s+full stop\b", re.I), "."), (re.compile(r"(?<!\s)\s+comma\b", re.I), ","))

SENTENCE = re.compile(r"[^.!?;\n]*(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]*")
"""A sentence with its stop; the point of "£4.50" is none."""

_ASKS = re.compile(
    r"""^\s*(?:\w+\s+)?(?:
        (?:what|how)\b(?!\s+about) | (?:when|who|why|where|which)\b | (?:do|does|did|is|should|am|are|will)\s+(?:i|we|you|he|she|they|it|that|people|others|anyone|anybody|everyone|parents|families)\b
        | is\s+(?:it|that|this|£?\s?\d\S*)\s | (?:can|could|may)\s+i\s+(?:ask|just\s+ask)\b )
    """,
    re.I | re.X,
)
_PUTS_OFF = re.compile(
    r"\b(?:can|could|shall) (?:we|i) (?:come back|think|leave (?:it|this|that)|skip|do (?:it|this|that) later)\b", re.I
)
_COSTED = re.compile(r"[£€$]|\d")
_TOO_MUCH = re.compile(
    r"\b(?:a lot|enough|declare|entitled|last time|too much|too little|allowed|ok|okay|all right|alright|reasonable|fair)\b",
    re.I,
)

_HEARD = re.compile(r"\b(?:told|heard|read|says|said)\b.*\bis (?:that|it) (?:right|true|correct|so)\b", re.I)
""" "Somebody told me a PA is £14 an hour, is that right?"."""

_INCOME = (
    ("dla",), ("pip",), ("carers", "allowance"), ("universal", "credit"), ("child", "benefit"), ("housing", "benefit"),
    ("tax", "credits"), ("mortgage",), ("gas", "bill"), ("gas", "bills"), ("electric", "bill"), ("electricity", "bill"), ("council", "tax"),
    ("water", "bill"), ("state", "pension"), ("benefits",), ("direct", "payment"), ("direct", "payments"), ("earn",), ("earns",), ("own", "money"),
)  # fmt: skip
"""Money that comes in, and the bills of the house, in plain words."""

_OF_INCOME = word_set(
    "accountant bookkeeper firm company someone somebody form forms help appeal adviser advice advisor application tribunal support service payroll card account insurance"
)


def without_questions(text: str) -> str:
    """``text`` without sentences that ask something back, or put the answer off, and name no price.

    >>> without_questions("A trike. How much have I got left?")
    'A trike.'
    >>> without_questions("What about a trike, £300?")
    'What about a trike, £300?'
    """
    return "".join(part for part in SENTENCE.findall(text) if not _asks(part))


def _asks(sentence: str) -> bool:
    if "?" not in sentence:
        return False
    if _HEARD.search(sentence):
        return True
    if _COSTED.search(sentence):
        return bool(_ASKS.search(sentence) and _TOO_MUCH.search(sentence))
    return bool(_ASKS.search(sentence) or _PUTS_OFF.search(sentence))


def punctuated(text: str) -> str:
    """Stops that a telephone wrote as words, as stops.

    >>> punctuated("a bike comma a helmet full stop")
    'a bike, a helmet.'
    """
    for spoken, stop in _SPOKEN_STOPS:
        text = spoken.sub(stop, text)
    return text


_TILL = r"(?=\s*(?:to|till|til|until|through|-|–)\s)"
_HOUR = r"(\d{1,2}(?:[.:]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK_WORDS = (
    (re.compile(r"\bo clock\b", re.I), "o'clock"),
    (re.compile(rf"\b(?:12 |twelve )?(?:noon|midday)\b{_TILL}", re.I), "12"),
    (re.compile(r"\b(till?|til|until|to)\s+(?:12 |twelve )?(?:noon|midday)\b", re.I), r"\1 12"),
    (re.compile(rf"\b{_HOUR} in the morning{_TILL}", re.I), r"\1 am"),
    (re.compile(rf"\b{_HOUR} in the (?:afternoon|evening){_TILL}", re.I), r"\1 pm"),
)


def clocked(text: str) -> str:
    """Times of day that are said with words, with their letters.

    >>> clocked("from 9 in the morning till noon"), clocked("6 o clock")
    ('from 9 am till 12', "6 o'clock")
    """
    for said, written in _CLOCK_WORDS:
        text = said.sub(written, text)
    return text


_DASH = re.compile(r"(?<=\s)-(?=\s)")
_FIGURE_BEFORE = re.compile(r"(£\s?)?\d[\d.,:]*\s?(?:am|pm|p|k|quid|pounds?)?\s$", re.I)
_FIGURE_BEHIND = re.compile(r"\s(?:about |maybe |around )?(£)?\s?\d", re.I)
_DAY_BEFORE = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\s$", re.I)
_DAY_BEHIND = re.compile(r"\s(?:mon|tue|wed|thu|fri|sat|sun)", re.I)


_HESITATIONS = re.compile(r"(?<![\w'])(?:[Uu]m+|[Ee]r+m*|[Uu]h+|[Hh]mm+)(?![\w'])(?:\s?\.{2,3}|,)?\s*(?=\S)")
_KISSES = re.compile(r"\s+x{1,4}\s*$", re.I)


_TAGS = re.compile(
    r",?\s+(?:isn'?t|ain'?t|aren'?t|wasn'?t|won'?t|don'?t|doesn'?t|wouldn'?t|can'?t|int)\s(?:it|he|she|they|we|i|you)(?=\s*[,.;:!?]|\s*$)"
    r"|,?\s+(?:innit|init)(?=\s*[,.;:!?]|\s*$)",
    re.I,
)
"""What is said at the end of a sentence to whoever listens: "isn't it", "hen", "like"."""


def parted(line: str) -> str:
    """``line`` with the dashes that part it as long ones, which stand for no "to" and no minus, and without kisses,
    hesitations and what is only said to whoever listens.

    >>> parted("a trike - £450 - one off"), parted("carer 10 till 2 - £13 an hour"), parted("£10 - £15 a week, mon - fri, 9 - 3")
    ('a trike – £450 – one off', 'carer 10 till 2 – £13 an hour', '£10 - £15 a week, mon - fri, 9 - 3')
    """
    line = _TAGS.sub("", _HESITATIONS.sub("", _KISSES.sub("", line)))
    return _DASH.sub(lambda dash: "-" if _is_range(line, dash.start()) else "–", line)


def _is_range(line: str, at: int) -> bool:
    before, behind = _FIGURE_BEFORE.search(line[max(0, at - _NEAR) : at]), _FIGURE_BEHIND.match(line, at + 1)
    if before is not None and behind is not None:
        return before[1] is not None or behind[1] is None  # and not "10 till 2 - £13"
    return _DAY_BEFORE.search(line[max(0, at - _NEAR) : at]) is not None and _DAY_BEHIND.match(line, at + 1) is not None


_NEAR = 20
"""Signs before a dash in which a figure or a day stands."""

_WHO_GIVES = r"(?:they|theyve|you|youve|the\scouncil|council|social\sservices|the\spanel|panel|the\sletter|letter|the\slady|the\ssocial\sworker|social\sworker)"
_HOW_LONG = r"(?:\s(?:a|per|each|every)\s(?:week|month|year|fortnight|day))?"
_REST = (
    r"(?:\s(?:left|over|spare|in\stotal|all\sin|carers?|carers\sallowance|dla|pip|for\severything|to\sspend|to\slive\son|from\slast\s(?:year|time)|"
    r"last\s(?:year|time|month)|back|towards\sit|at\sthe\smoment|now|already|altogether|in\sthe\s(?:pot|budget|account|bank)))*"
)
_MONEY_TOLD = re.compile(
    rf"""^(?!(?:\w+\s){{0,2}}(?:can|could|may|would|please|shall|if)\b)(?:\w+\s){{0,2}}?(?:
        (?:we|i|ive|weve)\s(?:\w+\s)?(?:get|got|receive|earn|have|awarded|allocated|allowed|given)\s
            (?:about\s|up\sto\s|only\s|like\s)?MONEY{_HOW_LONG}{_REST}$
        | {_WHO_GIVES}\s(?:\w+\s){{0,2}}(?:give|gives|gave|given|awarded|award|allowed|allow|says|said|put|agreed|pay|paid)\s
            (?:theres\s|us\s|me\s|him\s|her\s|we\sget\s)?MONEY{_HOW_LONG}{_REST}$
        | (?:is|does|do|will|would|has|so\sis|why)\s.*MONEY.*\b(?:a\slot|enough|too\smuch|or\sa\smonth|or\sa\sweek|have\sto
            |last\sthe|normal|usual|all\sright|ok|okay|allowed)\b
    )
    | ^what\s(?:can|could|would|will|does|do)\s.*MONEY{_HOW_LONG}$
    | \b(?:paid|spent|cost\sus|cost\sme|lost|charged\sus|charged\sme|borrowed|wasted|gave)\b.*MONEY.*
        \b(?:last\s(?:year|month|week|time|summer|christmas)|ago|already|in\sit)\b
    | \b(?:cant|cannot|couldnt|can\snot|not)\s(?:really\s)?afford\b.*MONEY
    | \bMONEY{_HOW_LONG}\s(?:left\s)?in\sthe\s(?:pot|bank|kitty|account)$
    """,
    re.X,
)
"""Money there is, was or is asked about, and not a price; ``MONEY`` stands where the amount does."""

_MONEY_GONE = re.compile(
    r"^(?:we|i) owe\b.*MONEY|^(?:we|i) paid MONEY for (?:his|her|their|my|our|the) (?!.*\b(?:each|every|weekly|monthly)\b)|\b(?:stole|nicked|owed)\b.*MONEY|"
    rf"^(?:\w+ )?(?:my|our|his|her|the) (?:\w+ ){{1,3}}(?:gets|got|pays|paid|has|had) (?:\w+ )?MONEY{_HOW_LONG} for (?:his|hers|theirs|his own|her own|their own)$|"
    r"\b(?:some|my|our|her|his) (?:\w+ ){0,2}(?:mate|mates|friend|friends|sister|brother|cousin|neighbour|mum|mam|mums|family|families|dad|parents) (?:spent|paid|paid out|forked out|"
    r"shelled out|got turned down for|got refused)\b(?!.*\b(?:each|every|weekly|monthly)\b).*MONEY"
)
"""The same, whatever else is named beside it."""


def tells_of_money(clause: str, named: bool = False) -> bool:
    """Whether a clause, in plain words with its amount as ``MONEY``, tells of money that is not spent on help.

    ``named``: something that may be bought is named in it.

    >>> tells_of_money("we been awarded MONEY"), tells_of_money("they given us MONEY a week"), tells_of_money("is MONEY a week a lot")
    (True, True, True)
    >>> tells_of_money("we have a cleaner for MONEY"), tells_of_money("we give her MONEY a week"), tells_of_money("they said MONEY a go")
    (False, False, False)
    """
    return _MONEY_GONE.search(clause) is not None or (not named and _MONEY_TOLD.search(clause) is not None)


def is_income(name: Sequence[str]) -> bool:
    """Whether a name, in plain words, is money the family has, and nothing to buy.

    >>> is_income(["dla"]), is_income(["help", "with", "pip", "form"])
    (True, False)
    """
    if any(word in _OF_INCOME for word in name):
        return False
    if tuple(name[-1:]) in (("rent",), ("rents",)) and all(word in ("our", "my", "the") for word in name[:-1]):
        return True  # and not that of an allotment
    return any(tuple(name[at : at + len(income)]) == income for income in _INCOME for at in range(len(name)))
