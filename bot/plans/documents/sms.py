"""A summary by text message: at most three parts of GSM-7, without a name, a need or a word of the family's own.

A text may be read by anybody who holds the telephone. So it says how far the plan is and what it comes to, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.plans.documents.sections import is_empty
from bot.plans.documents.telling import Cover, Telling
from bot.plans.documents.top import CHECK
from bot.plans.documents.tree import Pounds
from bot.plans.totals import Totals

MOST = 459
"""Three parts of 153 characters: what three joined messages hold (3GPP TS 23.040)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Characters that take the room of two (3GPP TS 23.038)."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def write_sms(tell: Telling, totals: Totals, to_look_at: int = 0) -> str:
    """The message. ``to_look_at``: how many points of the readiness check are still open."""
    message = ""
    for sentence in _sentences(tell, totals, to_look_at):
        longer = f"{message} {plain(sentence)}".strip()
        if length(longer) <= MOST:
            message = longer
    return message


def _sentences(tell: Telling, totals: Totals, to_look_at: int) -> Iterator[str]:
    """In order of worth: what does not fit is left out from the end."""
    cover = tell.cover
    yield tell.say("doc.sms.start", reference=cover.reference)
    yield tell.say(f"doc.sms.{_standing(cover)}")
    if any(line.cost.yearly_pence for line in totals.lines):
        yield tell.say("doc.sms.cost", amount=str(Pounds(totals.total_pence)))
    if totals.guide_pence is not None and totals.left_pence is not None:
        if totals.against_guide_pence != totals.total_pence:
            yield tell.say("doc.sms.from_guide", amount=str(Pounds(totals.against_guide_pence)))
        yield tell.say("doc.sms.guide", amount=str(Pounds(totals.guide_pence)))
        if totals.over_pence:
            yield tell.say("doc.sms.over", over=str(Pounds(totals.over_pence)))
        else:
            yield tell.say("doc.sms.left", amount=str(Pounds(totals.left_pence)))
        if cover.example:
            yield tell.say("doc.sms.example")
    if totals.open:
        yield tell.say("doc.sms.open", count=len(totals.open))
    codes = [code for code in tell.script.numbered if code != CHECK]
    filled = sum(not is_empty(tell, code) or (code == "P11" and bool(tell.plan.lines)) for code in codes)
    yield tell.say("doc.sms.filled", answered=filled, total=len(codes))
    if goals := len(tell.plan.goals()):
        yield tell.say("doc.sms.goals", count=goals)
    if to_look_at:
        yield tell.say("doc.sms.check", count=to_look_at)
    if cover.version is not None and not cover.decided:
        yield tell.say("doc.sms.next")


def _standing(cover: Cover) -> str:
    if cover.decided:
        return "agreed" if cover.agreed else "in_part"
    return "draft" if cover.version is None else "sent"


def plain(text: str) -> str:
    """Text in GSM-7 alone: typographic marks become plain ones, anything else that has no place a question mark.

    >>> plain("It’s £5 – fine…")
    "It's £5 - fine..."
    """
    return "".join(c if c in _BASIC or c in _EXTENDED else "?" for c in text.translate(_PLAIN))


def length(message: str) -> int:
    """Room that a message takes, in GSM-7 characters.

    >>> length("£5"), length("€5")
    (2, 3)
    """
    return sum(2 if character in _EXTENDED else 1 for character in message)


def parts(message: str) -> int:
    """How many parts a message is sent in: 160 characters alone, else 153 in each."""
    room = length(message)
    return 1 if room <= 160 else -(-room // 153)
