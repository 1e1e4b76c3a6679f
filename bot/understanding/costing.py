"""From the facts of one line to what it costs: unit, price, pence a year, and what is still to be asked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.understanding.how_often import PERIOD_OF, Naming
from bot.understanding.line_facts import Draft
from bot.understanding.line_goods import lasts
from bot.understanding.line_item import MISSING, TIMES_A_YEAR, LineItem, Per, Unit, whole_pence
from bot.understanding.money import settle_pair
from bot.understanding.quantities import Quantities

MOST_AN_HOUR = 1_000_00
LEAST_AN_HOUR = 9_00
NO_WAGE = 2_50
"""Pence an hour that nobody works for."""
_SEVERAL_GOODS = 3
"""Of so many or more, each hardly costs hundreds."""
_MOST_VISITS = 14
"""A week or month; a sum of more is likelier of something else."""
MOST_OF_A_UNIT = 100_000_00
MOST_A_YEAR = 1_000_000_00
"""Pence. More than this is asked about again: it is likelier a slip than meant, whatever a plan may hold."""

_UNIT_OF: dict[str, Unit] = {
    "hour": "hour", "day": "day", "night": "night", "week": "week", "fortnight": "fortnight", "month": "month",
    "term": "term", "year": "year",
}  # fmt: skip


def cost(draft: Draft, naming: Naming) -> LineItem:
    """One line, priced as far as its words settle it."""
    return _Costing(draft, naming).item()


class _Costing(Quantities):
    def item(self) -> LineItem:
        unit = self._unit()
        pence = self._pence(unit)
        quantity, per = self._quantity(unit)
        quantity, per, pence = self._against_totals(unit, quantity, per, pence)
        if not self.naming.what:
            self.missing.add("what")
        item = LineItem(
            what=self.naming.what,
            unit_cost_pence=pence,
            unit=unit,
            quantity=quantity,
            per=per,
            annual_pence=None,
            season=self._season(),
            weeks=self._weeks(per, unit),
            months=self.draft.weeks.number
            if self.draft.weeks is not None and self.draft.weeks.unit == "month"
            else None,
            miles=self._by_mile,
            on_costs=self.draft.on_costs,
            worker=self.naming.worker or unit == "hour",
            approximate=self.draft.about,
            words=self.naming.words,
        )
        return self._priced(item)

    def _unit(self) -> Unit:
        said = self.main.unit if self.main is not None else None
        counts = self.draft.counts
        if said == "session" and self._by_piece():
            return "one-off"
        if said == "mile" or said in ("session", "ticket", "person"):
            return "session"
        if said == "week" and self.draft.one_off and self.draft.counts.get("week", 1) == 1 and not self._often_said():
            return "one-off"  # "£890 the week, won't be needed again"
        if said in ("hour", "day", "night", "week", "fortnight", "month", "term", "year"):
            return _UNIT_OF[said]
        if self._one_off():
            return "one-off"
        unsaid = self.main is None or self.main.money.trouble == "amount"
        if self.main is None or unsaid or (self.main.money.pence == 0 and not self.main.at):
            return self._unit_without_amount()
        if self.main.at and self._by_mile:
            return "session"
        if self.main.at:
            if any(slot.hours is not None or slot.open_hours for slot in self.slots):
                return "hour"
            for name in ("night", "day", "week"):
                if name in counts or f"{name}s often" in counts:
                    return _UNIT_OF[name]
        if self._one_week():
            return "week"
        if counts.get("year") == 1 and not self._often_said():
            return "year"  # "family pass, one year, £129"
        if self._far_too_little() or self._hourly_by_total():
            return "hour"
        for name in ("night", "day"):
            if self.main.each and (name in counts or f"{name}s often" in counts):
                return _UNIT_OF[name]
            if 1 in (counts.get(name), counts.get(f"{name}s often")) and not self.main.covers:
                return _UNIT_OF[name]
        return "session"

    def _hourly_by_total(self) -> bool:
        """ "Two hours a week, she charges fifteen, that's thirty a week": the sum says that it is for an hour."""
        main = self.main
        if main is None or main.unit is not None or main.covers or not main.money.pence or len(self.slots) != 1:
            return False
        slot = self.slots[0]
        weekly = slot.often is not None and slot.often.times is not None
        if not slot.hours or slot.hours == 1 or not weekly or slot.often is None:
            return False
        whole = main.money.pence * slot.hours * (slot.often.times or 0)
        return any(
            total.money.pence == whole and PERIOD_OF.get(total.unit or "") == slot.often.per for total in self.totals
        )

    def _far_too_little(self) -> bool:
        """ "The PA: 9 hours a week, £15.10", which can only be what an hour costs."""
        hours = max((slot.hours for slot in self.slots if slot.hours is not None), default=None)
        main = self.main
        if hours is None or main is None or main.money.pence is None or main.covers or main.total:
            return False
        pence = main.money.pence
        return self.naming.worker and pence >= LEAST_AN_HOUR and pence < hours * NO_WAGE

    def _by_piece(self) -> bool:
        """ "bed sheets x4, fifteen quid a sheet": things bought once, priced each."""
        often = any(slot.often is not None for slot in self.draft.slots) or self.draft.open_times
        timed = self.draft.weeks is not None or self.draft.seasons or self.draft.moment
        return self.naming.lasts and not often and not timed

    def _unit_without_amount(self) -> Unit:
        if any(slot.hours is not None or slot.open_hours for slot in self.slots):
            return "hour"
        return "night" if "night" in self.draft.counts or "nights often" in self.draft.counts else "session"

    def _one_week(self) -> bool:
        return self.draft.counts.get("week") == 1

    def _one_off(self) -> bool:
        if self.draft.one_off:
            by_the_hour = self.main is not None and (self.main.unit is not None or self.main.at)
            return not (by_the_hour and any(slot.hours is not None for slot in self.slots))
        often = any(slot.often is not None for slot in self.draft.slots) or self.draft.open_times
        return (
            (self.naming.lasts or self._bought() or self.draft.lot or self._just_one())
            and not often
            and not self.draft.free
            and self.draft.weeks is None
        )

    def _bought(self) -> bool:
        """Said to be paid once, and not of so many visits: "ten sessions, £27.50 each, then that's it"."""
        return self.draft.bought and (self.draft.counts.get("session") or 0) <= 1

    def _just_one(self) -> bool:
        """ "One sleep consultant call, £125": one, and nobody paid by the hour."""
        return self.draft.things == 1 and not self.naming.worker and all(slot.hours is None for slot in self.slots)

    def _pence(self, unit: Unit) -> int | None:
        if self.main is None:
            if self.draft.free:
                return 0
            self.missing.add("amount")
            return None
        if self.draft.free and len(self.amounts) == 1 and self.main.money.pence is None:
            return 0
        money = self.main.money
        pence = money.pence
        if money.pair is not None:
            said = self.main.unit
            settled_by = said if said is not None else "session" if self._often_said() else None
            several = self.main.each and (self.draft.things or 0) >= _SEVERAL_GOODS
            if unit == "one-off" and several:
                settled_by = "session"  # "three ninety-nine each, want six"
            elif unit == "one-off" and said != "session":
                settled_by = "one-off"  # but "tips, three packs, four twenty five a pack"
            elif said == "month" and lasts(self.naming.what.lower().split()):
                settled_by = "session"  # "filters for it, eight fifty a month" are not £850
            pence = settle_pair(money.pair, settled_by)
            if pence is None:
                self.missing.add("which_amount")
        elif money.trouble is not None:
            self.missing.add(money.trouble)
        if pence is None:
            return None
        limit = MOST_AN_HOUR if unit == "hour" or self._by_mile else MOST_OF_A_UNIT
        if pence.denominator != 1 or not 0 <= pence <= limit:
            self.missing.add("check_amount")
            return None
        if self._covers_unclear(unit) and pence:
            self.missing.add("amount_for")
        return int(pence)

    def _covers_unclear(self, unit: Unit) -> bool:
        """ "PA, 3 hours, £39": for an hour or for the three? A lesson's price is for the lesson."""
        main = self.main
        if (
            main is None
            or main.unit is not None
            or main.at
            or main.each
            or main.covers
            or main.total
            or unit in ("hour", "one-off")
        ):
            return False
        if any(amount.total for amount in self.totals):
            return False
        hours = [slot.hours for slot in self.slots if slot.hours is not None]
        if hours and any(hour != 1 for hour in hours):
            return self.naming.worker and not (self.draft.minutes or self.naming.lesson)
        nights = self.draft.counts.get("night", self.draft.counts.get("nights often"))
        several_days = self.draft.counts.get("day")
        several_weeks = self.draft.counts.get("week") if not self._often_said() else None
        return any(count is not None and count > 1 for count in (nights, several_days, several_weeks))

    def _priced(self, item: LineItem) -> LineItem:
        """With pence a year, when nothing that it depends on is missing."""
        if item.unit_cost_pence == 0:
            return replace(item, annual_pence=0, missing=("what",) if "what" in self.missing else ())
        missing = tuple(code for code in MISSING if code in self.missing)
        item = replace(item, missing=missing)
        if set(missing) - {"what"} or item.unit_cost_pence is None or item.quantity is None:
            return item
        annual = whole_pence(item.unit_cost_pence * item.quantity * item.times_a_year)
        if annual > MOST_A_YEAR:
            missing = tuple(code for code in MISSING if code in {*self.missing, "check_amount"})
            return replace(item, unit_cost_pence=None, missing=missing)
        return replace(item, annual_pence=annual)

    def _against_totals(
        self, unit: Unit, quantity: Fraction | None, per: Per, pence: int | None
    ) -> tuple[Fraction | None, Per, int | None]:
        """Sums said beside the price: the same line when they agree; which is meant is asked when they do not."""
        for total in self.totals:
            said = total.money.pence
            if pence is None or said is None:
                continue
            period = "day" if total.unit == "day" else PERIOD_OF.get(total.unit or "")
            if "how_long" in self.missing and unit == "hour" and pence and period is not None and not total.old:
                hours = said / pence
                if hours.denominator in (1, 2, 4):
                    # "£12 an hour, £36 a week" is three hours a week.
                    self.missing -= {"how_long", "how_often"}
                    quantity, per = hours, period
                    continue
            if self._says_how_often(unit, pence, said, period) and not total.old:
                # "£9 each way, so that's £18 a week" is there and back once a week.
                self.missing -= {"how_often"}
                quantity, per = said / pence, period or per
                continue
            if quantity is not None and per == "once" and period is not None and said == pence * quantity:
                # "£13 times four hours, £52 a week" says how often.
                self.missing -= {"how_often"}
                per = period
                continue
            if quantity is not None and self._agrees(said, period, unit, pence, quantity, per):
                continue
            self.missing.add("which_amount")
            return quantity, per, None
        return quantity, per, pence

    def _says_how_often(self, unit: Unit, pence: int, said: Fraction, period: Per | None) -> bool:
        """Whether a sum of a week or month says of how many visits it is, when nothing else does."""
        alone = unit == "session" and pence > 0 and not self._often_said() and "how_often" in self.missing
        visits = said / pence if alone else Fraction(0)
        return period in ("week", "fortnight", "month") and visits.denominator == 1 and 1 <= visits <= _MOST_VISITS

    def _agrees(self, said: Fraction, period: Per | None, unit: Unit, pence: int, quantity: Fraction, per: Per) -> bool:
        whole = pence * quantity
        if self.draft.both_ways and period in (None, "day") and said == pence * 2:
            return True  # "£2 each way, so £4 a day"
        if period is None or period == per:
            occasions = [pence * slot.hours for slot in self.slots if slot.hours is not None]
            return said == whole or (period is None and (said in occasions or said == pence))
        weeks = self._weeks(per, unit)
        times = Fraction(weeks) if weeks is not None and per == "week" else Fraction(TIMES_A_YEAR[per])
        return abs(said * TIMES_A_YEAR[period] - whole * times) <= TIMES_A_YEAR[period] * 100 // 2
