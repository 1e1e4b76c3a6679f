"""One line's facts, gathered from its phrases in order: amounts, hours, how often, and how to take them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.draft_amounts import Amounts
from bot.understanding.draft_occasions import so_often
from bot.understanding.line_facts import Draft
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times, Weeks
from bot.understanding.line_words import UNITS
from bot.understanding.segment_parts import Segment
from bot.understanding.things import Thing

_FEW_TOGETHER = 3
_MOST_THINGS = 10
_MOST_A_WEEK = 7


def gather(segment: Segment, words: Sequence[str]) -> Draft:
    """The facts of one line."""
    return _Gathering(segment, words).run()


class _Gathering(Amounts):
    """Walks over the elements of one line, once."""

    def run(self) -> Draft:
        while self._at < len(self._elements):
            element = self._elements[self._at]
            self._at += 1
            if isinstance(element, Mark):
                self._take(element)
            elif isinstance(element, Thing) and not element.told:
                self._fix = False  # "no sorry I'm looking at the wrong one, £58" still puts right
        if any(not amount.usual for amount in self._draft.amounts):
            for amount in self._draft.amounts:
                amount.old |= amount.usual
        if self._draft.amounts and all(amount.old for amount in self._draft.amounts):
            self._draft.amounts[-1].old = False  # "the one we saw was £120"
        self._settle_pairs()
        self._settle_repeats()
        self._settle_products()
        known = [amount for amount in self._draft.amounts if amount.money.trouble != "amount"]
        said = [amount.unit for amount in self._draft.amounts if amount.money.trouble == "amount" and amount.unit]
        if said and known and known[-1].unit is None:
            known[-1].unit = said[0]  # "£19.50 is what the agency charges an hour"
        self._draft.amounts = known or self._draft.amounts[:1]
        for amount in self._draft.amounts:
            if amount.unit is None and not amount.old and not amount.total:
                self._take_unit(amount, [known for known in self._draft.amounts if known.old])
        return self._draft

    def _take(self, mark: Mark) -> None:
        meaning = mark.meaning
        if isinstance(meaning, Cue):
            self._cue(meaning)
            self._draft.this_time |= meaning.name in ("moment", "break") and self._this_time(mark)
        elif isinstance(meaning, Money):
            self._money(mark, meaning)
        elif isinstance(meaning, Count):
            self._count(mark, meaning)
        elif isinstance(meaning, Each):
            self._each(mark, meaning)
        elif isinstance(meaning, Days):
            self._days(meaning)
        elif isinstance(meaning, Times):
            self._times(meaning)
        elif isinstance(meaning, Weeks):
            self._draft.weeks = meaning
        elif isinstance(meaning, Bare):
            self._bare(mark, meaning)

    def _bare(self, mark: Mark, bare: Bare) -> None:
        """A number that is no amount: hours before a day, weeks after "x", or how many of the thing."""
        following = self._next_meaning()
        value = bare.figure.value
        if self._draft.spread and isinstance(following, Days):
            return
        if self._fix and value is not None and self._slot.hours is not None:
            self._hours(Count(value, "hour"))  # "2 hours, no, call it three, every week"
            return
        period = self._period_next()
        if period is not None and value is not None and self._of_hours():
            self._hours(Count(value, "hour"))  # "PA hours: 4 a week"
        elif period is not None and value is not None:
            self._at += 1
            self._often(so_often(value, period))
        elif (
            isinstance(following, Days)
            and (any(slot.hours is not None for slot in self._draft.slots) or self._hourly())
            and value is not None
        ):
            self._hours(Count(value, "hour"))
        elif (
            isinstance(following, Cue)
            and following.name in ("term_time", "holidays")
            and value is not None
            and self._slot.hours is not None
        ):
            self._hours(Count(value, "hour"))  # "5 hours a week in term time, 8 in the holidays"
        elif isinstance(following, Cue) and following.name == "at" and value is not None and value.denominator == 1:
            self._draft.counts.setdefault("session", value)  # "four at £7 each"
        elif self._bought_together(mark) and value is not None and value.denominator == 1 and value > _FEW_TOGETHER:
            self._draft.counts.setdefault("session", value)  # "£250 for 10"
            self._draft.amounts[-1].covers = True
        elif self._between(mark) and value is not None and value.denominator == 1 and 1 < value <= _MOST_THINGS:
            self._draft.counts.setdefault("session", value)  # "bean bags, two, £45 each"
        elif self._wanted_late(mark) and value is not None and value.denominator == 1 and 1 < value <= _MOST_THINGS * 2:
            self._draft.things = value  # "bibs six pound a piece, ten please"
        elif self._lots_next(mark) and value is not None and value.denominator == 1 and 1 < value <= _MOST_A_WEEK:
            self._draft.times = value  # "three one-hour sessions a week"
        elif self._names_next(mark) and value is not None and value.denominator == 1 and 0 < value <= 20:
            self._draft.things = value

    def _hourly(self) -> bool:
        """Whether what is paid is paid by the hour: "£13.50 an hour, and she'd do 3 on a Thursday"."""
        return any(amount.unit == "hour" and not amount.old for amount in self._draft.amounts)

    def _of_hours(self) -> bool:
        """Whether the name just before says that hours are counted: "buddy hrs: 4"."""
        before = self._elements[self._at - 2] if self._at > 1 else None
        return isinstance(before, Thing) and UNITS.get(self._words[before.end - 1]) == "hour"

    def _bought_together(self, mark: Mark) -> bool:
        """Whether a number closes a part behind an amount and "for"."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        behind = amount is not None and amount.unit is None and self._money_end == mark.start - 1
        return behind and self._words[mark.start - 1] == "for"

    def _between(self, mark: Mark) -> bool:
        """Whether a number stands by itself between a name and an amount."""
        before, following = self._elements[self._at - 2] if self._at > 1 else None, self._next()
        apart = self._words[mark.start - 1 : mark.start] == [","] and self._words[mark.end : mark.end + 1] == [","]
        return (
            apart and isinstance(before, Thing) and isinstance(following, Mark) and isinstance(following.meaning, Money)
        )

    def _wanted_late(self, mark: Mark) -> bool:
        """Whether a number closes a part behind what each costs."""
        amount = self._draft.amounts[-1] if self._draft.amounts else None
        each = amount is not None and amount.each and self._draft.things is None and self._slot.often is None
        ends = self._words[mark.end : mark.end + 1] in ([], ["."], ["please"], ["pls"], [";"], [","], ["thanks"])
        return each and ends and self._words[mark.start - 1] in (",", "have", "like", "about", "maybe", ".")

    def _lots_next(self, mark: Mark) -> bool:
        """Whether hours or minutes follow at once, and then what is so long: "two thirty minute lessons"."""
        following = self._next()
        hours = isinstance(following, Mark) and isinstance(following.meaning, Count) and following.start == mark.end
        long = hours and isinstance(following, Mark) and UNITS.get(self._words[following.end - 1]) in ("hour", "minute")
        return (
            long
            and isinstance(following, Mark)
            and UNITS.get(" ".join(self._words[following.end : following.end + 1])) == "session"
        )

    def _names_next(self, mark: Mark) -> bool:
        """Whether a thing follows at once: "two weighted blankets"; not "two things really, a PA"."""
        following = self._next()
        return isinstance(following, Thing) and following.start == mark.end
