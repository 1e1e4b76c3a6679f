"""A walk over the elements of one line: what stands where, and the cues that say how to take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.understanding.frequency import Frequency
from bot.understanding.line_facts import Draft, Slot
from bot.understanding.line_item import Season
from bot.understanding.line_marks import Count, Cue, Each, Mark
from bot.understanding.line_words import PERIODS, word_set
from bot.understanding.segment_parts import Element, Segment, Stop
from bot.understanding.things import Thing

_WEEKEND = frozenset({5, 6})

MULTIPLY = word_set("x times by *")
"""Between a number and another that it is multiplied with."""


class Walk:
    """Once over the elements, with what was gathered so far."""

    def __init__(self, segment: Segment, words: Sequence[str]) -> None:
        self._elements: list[Element] = [element for element in segment.elements if not isinstance(element, Stop)]
        self._words = words
        self._draft = Draft()
        self._at = 0
        self._fix = False
        self._unit_ahead: str | None = None
        self._at_of_money = 0
        self._money_end = 0

    def _this_time(self, mark: Mark) -> bool:
        """ "this August" comes once, "in August" every year."""
        return bool({"this", "next"} & set(self._words[mark.start : mark.end]))

    def _next(self, ahead: int = 0) -> Element | None:
        at = self._at + ahead
        return self._elements[at] if at < len(self._elements) else None

    def _next_meaning(self, ahead: int = 0) -> object:
        element = self._next(ahead)
        return element.meaning if isinstance(element, Mark) else None

    def _cue_before(self, name: str, back: int = 2) -> bool:
        """Whether a cue stands just before the current mark, other small cues between."""
        for at in range(self._at - 2, max(-1, self._at - 2 - back), -1):
            element = self._elements[at]
            if not isinstance(element, Mark) or not isinstance(element.meaning, Cue):
                return False
            if element.meaning.name == name:
                return True
        return False

    @property
    def _slot(self) -> Slot:
        return self._draft.slots[-1]

    def _multiplied(self, mark: Mark) -> bool:
        return self._words[mark.start] in MULTIPLY

    def _cue(self, cue: Cue) -> None:
        draft = self._draft
        match cue.name:
            case "free":
                draft.free = True
            case "one_off":
                draft.one_off = draft.one_off or not self._each_period_next()  # "just the one every year"
            case "fix":
                self._fix = True
            case "both_ways":
                draft.both_ways = True
            case "vague":
                draft.open_times = True
            case "term_time" | "holidays":
                self._season("term_time" if cue.name == "term_time" else "holidays")
            case "some_weeks":
                draft.some_weeks = True
            case "break":
                draft.some_weeks = draft.yearly_break = True
            case "all_year":
                draft.seasons |= {"term_time", "holidays"}
            case "moment":
                draft.moment = True
            case "on_costs":
                draft.on_costs = True
            case "about":
                draft.about = True
            case "spread":
                draft.spread = self._slot.hours is not None
                if draft.spread and self._slot.often is None:
                    self._slot.often = Frequency(Fraction(1), "week", plain=True)
            case "bought":
                draft.bought = True
            case "lot":
                draft.lot = True
                for amount in draft.amounts[-1:]:
                    amount.covers = amount.unit is None
            case "usual":
                for amount in draft.amounts[-1:]:
                    amount.usual = True
            case "now":
                for amount in draft.amounts[:-1]:
                    amount.old = True

    def _each_period_next(self) -> bool:
        meaning = self._next_meaning()
        every = isinstance(meaning, Each) and not meaning.rate
        return (every or (isinstance(meaning, Count) and meaning.article)) and (
            isinstance(meaning, (Each, Count)) and meaning.unit in PERIODS
        )

    def _season(self, season: Season) -> None:
        """Of the hours just said, or of those that follow: "in term time 5 hours a week, in the holidays 15"."""
        slot = self._slot
        before = self._elements[self._at - 2] if self._at > 1 else None
        said = isinstance(before, Thing) and (before.placed or before.told)
        if said and slot.season is not None and slot.season != season and self._next() is None:
            return  # "only in term time, as she goes home to Wales in the holidays"
        self._draft.seasons.add(season)
        if slot.season is not None and slot.season != season and (slot.hours is not None or slot.often is not None):
            slot = Slot()
            self._draft.slots.append(slot)
        slot.season = season

    def _alternate_weekends(self) -> bool:
        """ "3 hours on Saturday and 3 on Sunday, alternate weekends": of all the days said so far."""
        said = [slot.often.days for slot in self._draft.slots if slot.often is not None and slot.often.days is not None]
        if len(said) < len(self._draft.slots) or len(said) == 1:
            return False
        if not all(days.every == 1 and not days.weekend and days.days <= _WEEKEND for days in said):
            return False
        for slot in self._draft.slots:
            if slot.often is not None:
                slot.often = replace(slot.often, per="fortnight")
        return True
