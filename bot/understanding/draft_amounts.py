"""What one line says it costs, and what each amount is for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.understanding import frequency
from bot.understanding.draft_occasions import Occasions
from bot.understanding.draft_walk import MULTIPLY
from bot.understanding.frequency import Frequency
from bot.understanding.line_facts import Amount
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times
from bot.understanding.line_words import PERIODS, PRICED_THERE, word_set
from bot.understanding.money import readings

_RATE_BEFORE = 3
""" "the rate is £13" stands for an hour."""

_NEAR = 5
"""Words between two amounts that an "or" may stand in."""

_SMALL = word_set(
    "comes come round for of in is its thats that was about so just like only , a the it on at each every per to around - with and total extra more"
)


_THAT_IS = tuple((stop, said) for stop in (".", ";", "–") for said in ("thats", "its", "thats for"))


class Amounts(Occasions):
    """Amounts, with the words right behind them."""

    def _settle_pairs(self) -> None:
        """ "one seventy five a week, that's £1.75": the second only says which is meant."""
        amounts = self._draft.amounts
        for amount in [amount for amount in amounts if amount.money.pair is not None]:
            said = readings(amount.money.pair) if amount.money.pair is not None else ()
            other = next((other for other in amounts if other is not amount and other.money.pence in said), None)
            if other is not None:
                amount.money, amount.old = other.money, False
                amount.unit = amount.unit or other.unit
                amounts.remove(other)

    def _settle_repeats(self) -> None:
        """ "a score a week for his spends … twenty quid, love": the same again, without what it is for."""
        known = {amount.money.pence for amount in self._draft.amounts if amount.unit is not None and not amount.old}
        self._draft.amounts = [
            amount
            for amount in self._draft.amounts
            if amount.unit is not None
            or amount.at
            or amount.each
            or amount.covers
            or amount.money.pence is None
            or amount.money.pence not in known
        ]

    def _settle_products(self) -> None:
        """ "7 nights, £130 per night. That's £910": a sum without a unit that is so many of another is their total."""
        amounts = [amount for amount in self._draft.amounts if not amount.old and amount.money.pence]
        for one in amounts:
            count = self._draft.counts.get(one.unit or "")
            for other in amounts:
                bare = other.unit is None and not (other.at or other.each or other.total)
                if count and one.unit and bare and other.money.pence == (one.money.pence or 0) * count:
                    other.total = True

    def _times_before(self) -> Fraction | None:
        element = self._elements[self._at_of_money - 1] if self._at_of_money else None
        return element.meaning.number if isinstance(element, Mark) and isinstance(element.meaning, Times) else None

    def _sums_up(self) -> bool:
        """Whether something was said that a total can be of; "so £40 a month" begins."""
        draft = self._draft
        return bool(draft.amounts or draft.counts) or any(slot.hours or slot.often for slot in draft.slots)

    def _all_in(self) -> bool:
        """ "£35 a day, 10 days a year, £350 all in": a sum that is called one behind it."""
        following = self._next_meaning() == Cue("total") and not isinstance(self._next_meaning(1), (Money, Bare))
        return following and any(amount.unit is not None for amount in self._draft.amounts)

    def _money(self, mark: Mark, money: Money) -> None:
        self._at_of_money = self._at - 1
        self._draft.both_ways |= money.both_ways
        amount = Amount(
            money,
            at=self._cue_before("at")
            or "rate" in self._words[max(0, mark.start - _RATE_BEFORE) : mark.start]
            or self._words[max(0, mark.start - 1)] in (*MULTIPLY, "shes", "hes"),
            total=(self._cue_before("total") or self._all_in()) and self._sums_up(),
            old=self._cue_before("was") or self._cue_before("not"),
            each=not self._draft.amounts
            and self._cue_before("each", back=1)
            and self._words[mark.start - 1] != ",",  # "three, each one £8.40"
        )
        self._rate(mark, amount)
        if amount.unit is None and self._unit_ahead is not None:
            self._set_unit(amount, self._unit_ahead)
            self._unit_ahead = None
        if amount.unit in PERIODS and (times := self._times_before()) is not None:
            # "4 x £25 a year"
            self._often(Frequency(times, PERIODS[amount.unit]))
            amount.unit, self._draft.times = "session", None
        earlier = [known for known in self._draft.amounts if not known.old]
        if earlier and not self._fix and self._either(mark):
            # "£8, or was it £9, a week"
            earlier[-1].old, amount.money = True, Money(None, "which_amount")
            amount.unit = amount.unit or earlier[-1].unit
        led = self._words[mark.start - 1 : mark.start]
        if led == ["of"] and self._times_before() is not None:
            amount.at = True  # "six lots of £30"
        if amount.unit is None and not amount.at and led == ["for"]:
            nights = self._draft.counts.get("night")
            amount.covers = nights is not None and nights > 1  # "2 nights in a caravan for £260"
            several = self._draft.things is not None and self._draft.things > 1  # "two bean bags for £90"
            amount.covers = amount.covers or several or self._counted_before(mark)
        self._money_end = mark.end
        if any(known.old for known in self._draft.amounts) and not amount.old:
            self._take_unit(amount, self._draft.amounts)
        if self._fix and earlier and not amount.old:
            earlier[-1].old = True
            self._take_unit(amount, earlier)
        self._fix = False
        self._draft.amounts.append(amount)

    def _either(self, mark: Mark) -> bool:
        """Whether the amount at ``mark`` is another for the same: "£6 or £8", "he says £6 but the website says £8"."""
        soon = min(mark.start, self._money_end + _NEAR)
        there = self._words[mark.end : mark.end + 1] in (["on"], ["at"], ["in"])
        if there and PRICED_THERE & set(self._words[mark.end : mark.end + 3]):
            return True  # "£6 if you book, £8 on the door"
        return bool({"or", "unless"} & set(self._words[self._money_end : soon])) or bool(
            {"says", "said", "reckons"} & set(self._words[max(self._money_end, mark.start - 2) : mark.start])
        )

    def _counted_before(self, mark: Mark) -> bool:
        """ "ten classes for sixty quid": the amount is for the whole count."""
        before = self._elements[self._at - 2] if self._at > 1 else None
        counted = before.meaning if isinstance(before, Mark) and before.end == mark.start - 1 else None
        if isinstance(counted, Bare) and counted.figure.whole is not None and counted.figure.whole > 1:
            self._draft.counts.setdefault("session", counted.figure.value)  # "6 for £150"
            return True
        return isinstance(counted, Count) and counted.number is not None and counted.number > 1

    @staticmethod
    def _take_unit(amount: Amount, earlier: Sequence[Amount]) -> None:
        """A put-right amount is for what the wrong one was for, unless it says otherwise."""
        known = next((known for known in reversed(earlier) if known.unit is not None), None)
        if amount.unit is None and known is not None:
            amount.unit = known.unit
        if earlier:
            amount.at = amount.at or earlier[-1].at

    def _rate(self, mark: Mark, amount: Amount) -> None:
        """What follows an amount and says what it is for: "an hour", "each", "per child", "for 3 hours"."""
        end = mark.end
        while True:
            element = self._next()
            meaning = self._next_meaning()
            if not isinstance(element, Mark) or self._apart(end, element.start):
                return
            if (
                isinstance(meaning, Count)
                and self._after_for(element)
                and amount.unit is None
                and self._one_of(meaning)
            ):
                self._set_unit(amount, meaning.unit)  # "£130 for one night"
                self._at += 1
                return
            first = not amount.at or (meaning == Count(Fraction(1, 2), "hour") and self._slot.hours is None)
            if isinstance(meaning, Count) and self._after_for(element) and amount.unit is None and first:
                amount.at = False  # "lessons at £21.50 for half an hour"
                amount.covers = meaning.unit not in ("week", "month", "person", "mile")
                return
            if (
                isinstance(meaning, Cue)
                and meaning.name == "total"
                and not isinstance(self._next_meaning(1), (Money, Bare))
            ):
                amount.covers = amount.unit is None
                self._draft.lot |= self._all_of_it(element)
                return
            if isinstance(meaning, Cue) and meaning.name in ("each", "both_ways", "about", "price"):
                amount.each = amount.each or meaning.name == "each"
                self._cue(meaning)
            elif self._per_person(meaning):
                amount.per_person = True
            elif isinstance(meaning, Count) and amount.unit is None and (meaning.article or self._one_hour(meaning)):
                self._set_unit(amount, meaning.unit)
                if self._lasts_as_long(end, element, meaning):
                    return
            elif isinstance(meaning, Each) and (amount.per_person or amount.each) and frequency.of_each(meaning):
                return
            elif isinstance(meaning, Each) and amount.at and self._slot.hours is not None and not meaning.rate:
                return  # "2 hours, she's £13, every week"
            elif (
                isinstance(meaning, Each)
                and amount.unit is None
                and meaning.every == 1
                and not meaning.named
                and (meaning.unit != "weekend" or meaning.rate)
            ):
                self._set_unit(amount, meaning.unit)
                often = frequency.of_each(meaning)
                if often is not None and often.per == "day" and not meaning.rate:
                    self._often(often)
            elif isinstance(meaning, Each) and amount.unit is None and meaning.unit == "week" and meaning.every == 2:
                amount.unit = "fortnight"
            elif isinstance(meaning, Days) and amount.unit is None and self._of_counted_days(element):
                amount.unit = "session"  # "five Sundays, £18 a Sunday"
            elif isinstance(meaning, Days) and meaning.school and amount.unit is None and not self._slot.hours:
                amount.unit = "day"
                return
            else:
                return
            self._at += 1
            end = element.end

    def _lasts_as_long(self, end: int, element: Mark, count: Count) -> bool:
        """ "nineteen pound fifty, an hour each Tuesday": what the amount is for, and how long it is each time."""
        following, meaning = self._next(1), self._next_meaning(1)
        often = isinstance(meaning, Days) or (isinstance(meaning, Each) and not meaning.rate)
        joined = isinstance(following, Mark) and following.start == element.end
        return count.unit == "hour" and self._words[end : element.start] == [","] and often and joined

    def _all_of_it(self, mark: Mark) -> bool:
        """ "trip to the Lakes, £240 all in": one sum for what nothing else was said of."""
        draft = self._draft
        return "all" in self._words[mark.start : mark.end] and not (
            draft.amounts or draft.counts or self._slot.hours is not None or self._slot.often is not None
        )

    def _of_counted_days(self, mark: Mark) -> bool:
        led = self._words[mark.start] in ("a", "per", "each") or self._words[mark.start - 1] in ("a", "per", "each")
        return led and self._draft.counts.get("session") is not None and self._slot.often is None

    def _one_of(self, count: Count) -> bool:
        """Whether an amount is for one night or day, of those that were counted."""
        counts = self._draft.counts
        counted = count.unit in counts or f"{count.unit}s often" in counts
        several = counted or (count.unit == "session" and self._counted_later()) or self._one_hour(count)
        one = count.number == 1 and not count.article and count.unit in ("hour", "night", "day", "session")
        return one and several

    def _counted_later(self) -> bool:
        """ "£36 for one lesson, three lessons a month"."""
        later = (element.meaning for element in self._elements[self._at + 1 :] if isinstance(element, Mark))
        return any(isinstance(meaning, Count) and meaning.unit == "session" for meaning in later)

    def _one_hour(self, count: Count) -> bool:
        """ "15 hours a month, £14.50 one hour", "£16 one hour, she comes seven hours a week"."""
        if count != Count(Fraction(1), "hour"):
            return False
        later = (element.meaning for element in self._elements[self._at + 1 :] if isinstance(element, Mark))
        return self._slot.hours is not None or any(
            isinstance(meaning, Count) and meaning.unit == "hour" and not meaning.article for meaning in later
        )

    @staticmethod
    def _per_person(meaning: object) -> bool:
        one = (isinstance(meaning, Count) and meaning.article) or isinstance(meaning, Each)
        return one and isinstance(meaning, (Count, Each)) and meaning.unit == "person"

    def _apart(self, end: int, start: int) -> bool:
        """Whether more than small words stand between two marks."""
        if tuple(self._words[end:start]) in _THAT_IS:
            return False  # "Eighteen fifty. That's an hour, for the signing teacher"
        return any(word not in _SMALL for word in self._words[end:start])

    def _after_for(self, mark: Mark) -> bool:
        led = self._words[max(0, mark.start - 2) : mark.start]
        return led[-1:] == ["for"] or led == ["for", "the"]
