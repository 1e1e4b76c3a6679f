"""A calculation in plain family words, line by line, so that "how was this worked out?" always has an answer.

Short sentences; money of an example table always has the word example beside it (domain notes 3.5, 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.allocation import sentences as say
from bot.allocation.bracket import Bracket
from bot.allocation.numbers import plain, pounds, round_half_up, shown_score, weekly_pence
from bot.allocation.points import STREAMS, Given, Scored, section_points
from bot.allocation.protection import Protected
from bot.allocation.result import Line
from bot.allocation.working import Working
from bot.content.models import AllocationTable, Council, Who
from bot.content.wording import YOUR_CHILD, fill


@dataclass(frozen=True, slots=True)
class Explainer:
    """Words for one calculation. The reader is the young person if they answered, else whoever answered first."""

    working: Working
    council: Council
    expires_on: date | None

    @property
    def reading_by(self) -> str:
        answers = self.working.request.answers
        if any(answer.by == "young_person" for answer in answers):
            return "young_person"
        return answers[0].by if answers else "parent"

    @property
    def who(self) -> Who:
        return say.reader_of(self.reading_by)

    def lines(self) -> tuple[Line, ...]:
        """The whole explanation in reading order."""
        return (
            *self._opening(),
            *self._example(),
            *self._answers(),
            *self._score(),
            *self._money(),
            *self._signals(),
            *self._closing(),
        )

    def not_included(self) -> tuple[str, ...]:
        """What the amount leaves out, a sentence or two for each."""
        return tuple(item.for_(self.who) for item in say.NOT_INCLUDED)

    def _opening(self) -> Iterator[Line]:
        who, working = self.who, self.working
        match working.status:
            case "ok":
                yield Line(text=say.OPEN_OK.for_(who))
            case "below_threshold":
                yield Line(text=say.OPEN_BELOW.for_(who), detail=say.BELOW_NEXT.for_(who))
            case "not_ready":
                yield Line(text=say.OPEN_NOT_READY.for_(who), detail=say.NOT_READY_NEXT.for_(who))
            case "bespoke":
                yield Line(text=say.OPEN_BESPOKE.for_(who), detail=say.BESPOKE_NEXT.for_(who))
        for reason in working.no_figure:
            match reason.reason:
                case "age_not_scored":
                    age = working.setting.pack.to_age + 1
                    yield Line(text=f"We do not use points for children under {age}.")
                case "hand_over":
                    yield Line(text=say.HAND_OVER.for_(who), detail=say.HAND_OVER_NEXT.for_(who))
                case "level_needs_person":
                    title = working.setting.questionnaire.question(reason.code or "").title
                    yield Line(text=f"The answer about “{title}” shows help that a table cannot price fairly.")
                case "score_above_table":
                    yield Line(text=say.ABOVE_TABLE.format(table=self._table_name()))

    def _example(self) -> Iterator[Line]:
        table, questionnaire = self.working.setting.table, self.working.setting.questionnaire
        if (table is not None and table.example) or questionnaire.example:
            yield Line(
                text="The points and the table here are an example.",
                detail="They are made up to show how it works. A council sets its own.",
            )

    def _answers(self) -> Iterator[Line]:
        for item in self.working.scored:
            if item.counted is not None and item.level is not None:
                yield Line(text=self._told(item, item.counted, item.level), detail=self._told_more(item, item.counted))
            elif item in self.working.missing:
                yield Line(text=f"We have no answer about “{item.question.title}” yet. We do not count it as 0.")

    def _told(self, item: Scored, counted: Given, level: int) -> str:
        by = counted.answer.by
        teller = "You" if by == self.reading_by else say.role(by).capitalize()
        label = item.question.levels[level].label.for_(say.reader_of(by))
        pack = self.working.setting.pack
        values = {"name": YOUR_CHILD, "age": f"{pack.from_age} to {pack.to_age}"}
        parts = [f"{teller} told us about “{item.question.title}”.", fill(label, values)]
        if counted.bad_day_used:
            parts.append(
                f"That is on hard days. There are {counted.answer.bad_days_per_week} a week, so we count them."
            )
        if not item.question.scored:
            parts.append("This gets no points, and it does not change the amount.")
        elif pack.scored:
            parts.append(f"That gave {_points(plain(item.points))}.")
        return " ".join(parts)

    def _told_more(self, item: Scored, counted: Given) -> str:
        answer, parts = counted.answer, list[str]()
        if answer.bad_day_level is not None and not counted.bad_day_used and item.question.scored:
            from_days = self.working.setting.questionnaire.bad_days_per_week
            if item.question.bad_day_rule and (answer.bad_days_per_week or 0) < from_days:
                parts.append(f"We count hard days from {from_days} days a week. So we used the usual days.")
            else:
                parts.append("We used the usual days.")
        if item.differ:
            chosen = self.working.request.prefer_by == answer.by
            how = say.DIFFER_CHOSEN.format(by=say.role(answer.by)) if chosen else say.DIFFER_FEWER
            parts.append(f"{say.DIFFER} {how}")
        if self.working.setting.pack.scored and item.factor_percent != 100 and item.question.scored:
            parts.append(f"At this age these points count at {item.factor_percent}%.")
        if self.working.setting.pack.scored and item.question.scored:
            shares = {stream: item.share(stream, item.points) for stream in STREAMS}
            if any(points for stream, points in shares.items() if stream != "social_care"):
                named = [f"{say.STREAM_NAMES[stream]} {plain(points)}" for stream, points in shares.items() if points]
                parts.append(f"They count for: {', '.join(named)}.")
        return " ".join(parts)

    def _score(self) -> Iterator[Line]:
        if self.working.totals is None:
            return
        total = self.working.totals["social_care"]
        shown = f"{shown_score(total.need_score):f}"
        exact = plain(total.need_score, 4)
        sums = f"{plain(total.points)} ÷ {plain(total.most)} × 100 = {exact}"
        parts = [f"{sums}." if exact == shown else f"{sums}, which we show as {shown}."]
        for section in self.working.setting.questionnaire.sections:
            parts.append(f"{section.title}: {plain(section_points(self.working.scored, section.id, 'social_care'))}.")
        yield Line(
            text=f"For social care that makes {_points(plain(total.points))} out of {plain(total.most)}. "
            f"As a score from 0 to 100, that is {shown}.",
            detail=" ".join(parts),
        )

    def _money(self) -> Iterator[Line]:
        hit, table = self.working.bracket, self.working.setting.table
        if hit is None or table is None or self.working.totals is None:
            return
        shown = f"{shown_score(self.working.totals['social_care'].need_score):f}"
        if self.working.below:
            yield Line(
                text=f"{self._table_name().capitalize()} starts at a score of {table.below_threshold_under}. "
                f"The score here is {shown}.",
                detail=hit.row.explanation,
            )
        else:
            yield from self._bracket(hit, table, shown)
            yield self._rounding(hit, table)
        if self.working.protected is not None:
            yield self._protection(self.working.protected)
        elif self.working.request.context.previous_pence:
            now, word = pounds(self.working.request.context.previous_pence), self._example_word()
            yield Line(text=f"You told us of help worth {now} a year now. It does not change this{word} amount.")
        if self.expires_on is not None:
            yield Line(text=f"After {_day(self.expires_on)} it needs to be worked out again.")

    def _bracket(self, hit: Bracket, table: AllocationTable, shown: str) -> Iterator[Line]:
        name, scores = self._table_name().capitalize(), f"scores from {hit.score_from} to {hit.last_score}"
        if table.method == "band":
            text = f"{name} says {scores} mean {pounds(hit.from_pence)} a year. The score here is {shown}."
            yield Line(text=text, detail=hit.row.explanation)
            return
        yield Line(
            text=f"{name} says {scores} go from {pounds(hit.from_pence)} up to {pounds(hit.to_pence)} a year.",
            detail=hit.row.explanation,
        )
        exact = pounds(round_half_up(hit.exact_pence))
        yield Line(
            text=f"The score here is {shown}. In this{self._example_word()} table that gives {exact}.",
            detail=f"{hit.arithmetic}.",
        )

    def _rounding(self, hit: Bracket, table: AllocationTable) -> Line:
        rounded, step = self.working.rounded_pence or 0, pounds(table.rounding_pence)
        weekly = pounds(round_half_up(Fraction(weekly_pence(rounded)), 100))
        parts = [] if rounded == hit.exact_pence else [f"We round to the nearest {step}."]
        amount = f"{pounds(rounded)} a year, or about {weekly} a week"
        parts.append(f"So the{self._example_word()} guide amount is about {amount}.")
        return Line(text=" ".join(parts), detail="A year is 52 weeks here.")

    def _protection(self, protected: Protected) -> Line:
        rule, word = protected.rule, self._example_word()
        now = f"The amount before was {pounds(protected.previous_pence)} a year. This is not from the{word} table."
        after = f"So for now the{word} guide amount is {pounds(protected.after_pence)} a year."
        match protected.effect:
            case "raised":
                how = f"Our rule lets it fall by {rule.max_fall_percent}% at most, until {_day(rule.until)}."
                return Line(text=f"{now} {how} {after}", detail=f"The rule is here: {rule.reference}.")
            case "held":
                how = f"Our rule lets it rise by {rule.max_rise_percent}% at most, until {_day(rule.until)}."
                return Line(text=f"{now} {how} {after}", detail=f"The rule is here: {rule.reference}.")
            case "none":
                return Line(text=f"{now} Our rule for changes does not alter the guide amount.")
            case "ended":
                return Line(text=f"{now} Our rule for changes ended on {_day(rule.until)}.")

    def _signals(self) -> Iterator[Line]:
        for stream in STREAMS[1:]:
            if self.working.totals is not None and (points := self.working.totals[stream].points):
                yield Line(
                    text=f"The answers also gave {_points(plain(points))} for {say.STREAM_NAMES[stream]}. "
                    "There is no amount for that here.",
                    detail=say.SIGNALS[stream].for_(self.who),
                )

    def _closing(self) -> Iterator[Line]:
        who, council = self.who, self.council
        if self.working.status != "not_ready":
            yield Line(text=say.LEAVES_OUT.for_(who))
            yield Line(
                text=f"A person from {council.team} looks at it {council.reply_within}.",
                detail=say.ONLY_A_PERSON.for_(who),
            )
        yield Line(text=say.PARENT_CHECK.for_(who))
        yield Line(text=say.LOOKS_WRONG.for_(who), detail=" ".join(council.how_to_disagree.split()))

    def _table_name(self) -> str:
        return f"our{self._example_word()} table"

    def _example_word(self) -> str:
        table = self.working.setting.table
        return " example" if table is not None and table.example else ""


def _points(number: str) -> str:
    """1 point, and 0 or 7 points."""
    return "1 point" if number == "1" else f"{number} points"


def _day(day: date) -> str:
    """2 November 2026."""
    return f"{day.day} {day:%B %Y}"
