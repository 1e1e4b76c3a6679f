"""What the words of a message and the hits of the patterns come to together.

A pattern knows a few words, and not the rest: "fell off my trike, dad fished me out" holds "fell … dad". So what the
patterns find is added up with all other words of the message, by the points of :mod:`bot.safety.weighed`. Hits stand by
themselves where they are firm (said of now, in secret, with the means at hand, graver as a child says it), where something was raised before, and
in messages too short to be added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.safety.hits import FLOOR, Hit
from bot.safety.levels import Level, Speaker, is_red
from bot.safety.rule_files import WeighedFile
from bot.safety.rules import RuleSet
from bot.safety.weighed import STEP, STRETCH, WINDOW, entries, weigh

SPOKEN = 8
"""Per cent less sure that it needs to be where a pattern spoke too (of RED: for RED)."""
IN_LONG = 22
"""Per cent surer that a part or a sentence of a long message must be: of many looks at harmless talk one goes wrong more easily."""
LIKELIER = 0.33
"""Of how sure it is that a person should look, the share that speaks for RED from which what is raised is RED."""
_UNSURE = "the words round it make it less sure"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are added up together, and the hits among them."""

    plain: str
    hits: tuple[Hit, ...]
    of_long: bool = False
    """One of several parts, or a sentence, of a long message."""


def together(
    found: RuleSet, part: str, hits: list[Hit], who: Speaker | None, question: str | None, again: bool
) -> list[Hit]:
    """The hits that stand, at the level that is left of them, and what the words add.

    ``again``: something was raised before in this conversation; then nothing that a pattern finds is put aside.
    """
    stretches = list(stretches_of(part, hits))
    inside = {hit for stretch in stretches for hit in stretch.hits}
    standing = [hit for hit in hits if hit.level == "GREEN" or hit.firm or again or hit not in inside]
    for stretch in stretches:
        standing += _weighed(found, stretch, None if who == "child" else question)
    return standing


def _weighed(found: RuleSet, stretch: Stretch, question: str | None) -> Iterator[Hit]:
    said = [hit for hit in stretch.hits if hit.level != "GREEN"]
    weight = weigh(found.weighed, stretch.plain, question, [(hit.file.id, hit.level) for hit in said])
    if weight is None:
        yield from said
        return
    # Words that a pattern knows, and knows to mean less here ("I would never"), are not made more of by their sum.
    lowered = {hit.file.level for hit in stretch.hits if not is_red(hit.level)}
    red, best = found.weighed.rule(weight.red_level), found.weighed.rule(weight.level)
    more = best.surer_in.get(question or "", 0) + (IN_LONG if stretch.of_long else 0)
    enough = best.raised + more - (SPOKEN if said else 0)
    sure_enough = (red.sure or 100) + more - (SPOKEN if any(is_red(hit.level) for hit in said) else 0)
    likelier = weight.raised * 100 >= enough and weight.red >= LIKELIER * weight.raised
    if likelier or weight.red * 100 >= sure_enough:
        yield from said
        if not any(is_red(hit.level) for hit in said) and red.level not in lowered:
            yield Hit(red, red.level, (red.reason,))
    elif weight.raised * 100 >= enough:
        yield from (_less_sure(hit) for hit in said)
        if all(is_red(hit.level) for hit in said):
            yield _of_words(found, stretch, best)


def _less_sure(hit: Hit) -> Hit:
    """A RED becomes what a person looks at while the script goes on; an AMBER stays."""
    left: Level | None = FLOOR.get(hit.level)
    return replace(hit, level=left, reasons=(*hit.reasons, _UNSURE)) if left else hit


def _of_words(found: RuleSet, stretch: Stretch, best: WeighedFile) -> Hit:
    there = entries(stretch.plain, found.weighed.alike, None, ()) if best.text_when else ()
    text = next((text for entry, text in best.text_when.items() if entry in there), "")
    return Hit(best, FLOOR.get(best.level, best.level), (best.reason,), text=text)


def without_idioms(part: str, hits: list[Hit]) -> str:
    """The text, as long as before, without the words that patterns know as a figure of speech, or that stand where they
    mean no harm."""
    meant = [hit.span for hit in hits if hit.level != "GREEN"]
    idle = {hit.span for hit in hits if hit.level == "GREEN"}
    last = len(part)
    for start, end in sorted(idle, reverse=True):
        if not any(start < other[1] and other[0] < end for other in meant):
            stop = min(end, last)
            part = f"{part[:start]}{' . '.ljust(stop - start)}{part[stop:]}" if stop - start > 2 else part
            last = start
    return part


def stretches_of(part: str, hits: list[Hit]) -> Iterator[Stretch]:
    """Prepared text in overlapping stretches, each with the hits that lie in it, and the sentence of every hit: danger in
    the middle of a long tale is not thinned. Figures of speech are taken out."""
    part = without_idioms(part, hits)
    words = list(_WORD.finditer(part))
    for start, end in {_sentence(part, hit) for hit in hits if hit.level != "GREEN"}:
        inside = tuple(hit for hit in hits if start <= hit.span[0] and hit.span[1] <= end)
        yield Stretch(part[start:end], inside, of_long=len(words) > STRETCH)
    if len(words) <= STRETCH:
        yield Stretch(part, tuple(hits))
        return
    for at in range(0, len(words) - (WINDOW - STEP), STEP):
        some = words[at : at + WINDOW]
        start, end = some[0].start() - 1, some[-1].end() + 1
        inside = tuple(hit for hit in hits if start <= hit.span[0] and hit.span[1] <= end)
        yield Stretch(f" {part[some[0].start() : some[-1].end()]} ", inside, of_long=True)


def _sentence(part: str, hit: Hit) -> tuple[int, int]:
    """Where the sentence, or sentences, that a hit lies in begin and end."""
    start = part.rfind(" . ", 0, hit.span[0] + 1) + 2
    end = part.find(" . ", hit.span[1] - 1)
    return (start if start > 1 else 0), (end + 3 if end >= 0 else len(part))
