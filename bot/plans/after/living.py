"""Where a plan rests while it is lived: say that things have changed, write down what was spent, or go on with the plan.

What a family types here is read by plain rules: things have changed, a crisis, and money spent. Anything else is asked
again; nothing is taken for something that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.cases.reviews import due_dates
from bot.cases.spending import Known, Spent, Trouble, read_typed
from bot.cases.working_days import working_days_after
from bot.interview.messages import Message, Option
from bot.interview.words import pounds
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import OPEN, Step, Waiting, standing_in
from bot.plans.lived_year import LivedLine, LivedYear, start_from_lived
from bot.plans.model import Exchange, Plan
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.order import CHECK, current
from bot.plans.talk.prompts import say, short
from bot.plans.talk.scene import Scene

CHANGED, SPENT = "living.changed", "living.spent"
"""Kinds of deed. The first is about the day by which the team looks at it, ``choice`` is the cause. Of the second, ``about`` is the line, ``choice`` day and pence."""

THINGS, CRISIS, SPEND = "after.things", "after.crisis", "after.spend"
SPEND_YES, SPEND_NO, BACK = "after.spend.yes", "after.spend.no", "after.spend.back"
TO_PART, NEW_YEAR = "plan.change", "plan.new_year"

NO_WORDS = ("which", "new_year", "share", "consent")
"""Exchanges of the plan in which somebody picks something."""

NEW_YES, NEW_NO = "after.new.yes", "after.new.no"

ASKED, READ, NEW = "spend", "spend_read", "new"
"""Exchanges: asked what was spent; asked whether it was read right; asked whether a new plan starts from this one."""

Cause = Literal["things_changed", "crisis"]

_CRISIS = re.compile(
    r"\bcrisis\b|\bemergency\b|\b(?:cant|can not|cannot) (?:cope|go on|carry on|do this any ?more)\b|\bbreaking point\b"
    r"|\bat (?:my|our) (?:wits end|limit)\b|\bneed help (?:now|today|quick|quickly|urgently|straight away)\b"
    r"|\bfalling apart\b|\bdesperate\b"
)
_CHANGED = re.compile(
    r"\b(?:things|everything|it all|a lot|so much|something|stuff|life|needs|it)"
    r"(?:s| has| have| ve)? (?:all |just |really |now )*changed\b"
    r"|\bthings (?:are|have got|got|have become|have gotten) (?:a lot |much |so much |really |too )*"
    r"(?:different|worse|harder|bad|hard)\b"
    r"|\b(?:gone|going) downhill\b|\b(?:is not|isnt|not|stopped|no longer) working (?:any ?more|now|for us)\b"
    r"|\b(?:helper|pa|carer|worker|sitter|assistant)s? (?:has |have |just )*(?:left|quit|gone|resigned|stopped|walked out)\b"
    r"|\bwe (?:have |ve |just )*(?:moved house|split up|lost our (?:pa|helper|carer))\b"
    r"|\b(?:quick review|review (?:it|the plan|my plan|our plan) (?:now|early|soon))\b"
)
_NOT = re.compile(
    r"\b(?:nothing|not much|hasnt|havent|have not|has not|didnt|isnt a|not a|no) (?:\w+ )?(?:changed|crisis|emergency)\b"
)
_MONEY_WORDS = re.compile(r"\b(?:spent|spend|paid|pay|bought|cost)\b")


NO_YEAR = LivedYear()


def cause_of(text: str) -> Cause | None:
    """Whether words say that things have changed, or that it is a crisis.

    >>> cause_of("Things have changed"), cause_of("we can't cope"), cause_of("nothing has changed")
    ('things_changed', 'crisis', None)
    >>> cause_of("he changed his trousers") is None
    True
    """
    plain = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
    if _NOT.search(plain):
        return None
    if _CRISIS.search(plain):
        return "crisis"
    return "things_changed" if _CHANGED.search(plain) else None


USUAL_REPLY_DAYS = 1
"""Working days in which the team looks at it, where the council has set nothing for today."""


def opens_review(scene: Scene, cause: Cause, words: str) -> Step:
    """The team is told at once, and the family hears by when it looks, and whom to call; what has changed is asked next."""
    try:
        days = scene.content.living_rules(scene.today).quick_reply_days
    except KeyError:
        days = USUAL_REPLY_DAYS
    by = working_days_after(scene.today, days, scene.content.council.closed_days)
    told = say(scene, f"after.living.{cause}", date=_words(by))
    return Step(scene.asking(None).at(after=None), (told,), (Deed(CHANGED, by.isoformat(), words.strip(), cause),))


def hears(scene: Scene, waiting: Waiting, text: str) -> bool:
    """Whether words open a quick review where they are said: while a plan is lived, and no own words are asked for, which
    may be about anything."""
    if not any(isinstance(matter, Living) for matter in waiting.matters) or cause_of(text) is None:
        return False
    exchange = scene.place.exchange
    return current(scene) == CHECK if exchange is None else exchange.kind in NO_WORDS


@dataclass(frozen=True, slots=True)
class Living:
    """A plan that is lived, with nothing that waits for the family."""

    starts: date
    agreed: Plan
    """As it was sent in the version that was agreed."""
    sent: date
    """When that was."""
    opened: Collection[tuple[str, date]] = ()
    """Kind and day of the reviews that were opened."""
    told: bool = False
    """The family has told how it goes, and the team has not written down what comes of it."""
    open: bool = False
    """A review waits for the family; where this rests, they have left it for later."""
    there: Collection[tuple[int, date, int]] = ()
    """Line, day and pence of what was written down as spent."""
    year: LivedYear = NO_YEAR
    """What was spent and reached, for a new plan that starts from this one."""

    @property
    def key(self) -> str:
        return "living"

    @property
    def stage(self) -> str:
        return "review" if self.told or self.open else "live"

    def pressing(self, scene: Scene) -> bool:
        return False

    def place(self, scene: Scene) -> str:
        exchange = standing_in(scene, self.key)
        return exchange.kind if exchange is not None and exchange.kind in (ASKED, READ, NEW) else "rest"

    def ask(self, scene: Scene) -> tuple[Message, ...]:
        exchange = standing_in(scene, self.key)
        if exchange is not None and exchange.kind == READ:
            spent = self._read(scene, exchange.words, sure=True)
            if isinstance(spent, Spent):
                return (self._read_back(scene, spent),)
        if exchange is not None and exchange.kind == ASKED:
            options = (Option(BACK, scene.say(f"option.{BACK}"), 1),)
            return (
                _prompt(scene, "living.spend", "after.living.spend_title", scene.say("after.living.spend"), options),
            )
        if exchange is not None and exchange.kind == NEW:
            return (self._ask_new_year(scene),)
        return (self._rest(scene),)

    def take(self, scene: Scene, reading: PlanReading) -> Step | None:
        exchange = standing_in(scene, self.key)
        if reading.choice is not None:
            return self._choose(scene, exchange, reading.choice)
        if (cause := cause_of(reading.text)) is not None:
            return opens_review(scene, cause, reading.text)
        if exchange is not None and exchange.kind in (ASKED, READ, NEW) and reading.command in ("back", "done", "skip"):
            return Step(scene.at(after=None))
        asked = exchange is not None and exchange.kind == ASKED
        if asked or (_MONEY_WORDS.search(reading.text.lower()) and re.search(r"\d", reading.text)):
            return self._spent(scene, reading.text) if reading.kind in ("words", "yes") or not asked else None
        return None

    def _rest(self, scene: Scene) -> Message:
        parts = [scene.say("after.living.rest", date=_words(self.starts))]
        if self.open:
            parts.append(scene.say("after.living.waits"))
        elif self.told:
            parts.append(scene.say("after.living.told"))
        elif (on := self._looks_back(scene)) is not None:
            parts.append(scene.say("after.living.next", date=_words(on)))
        parts.append(scene.say("after.living.anytime"))
        values = (*((OPEN,) if self.open else ()), THINGS, CRISIS, SPEND, TO_PART, NEW_YEAR)
        options = tuple(Option(value, scene.say(f"option.{value}"), number) for number, value in enumerate(values, 1))
        return _prompt(scene, "living", "after.living.title", "\n\n".join(parts), options)

    def _ask_new_year(self, scene: Scene) -> Message:
        parts = []
        told = [
            scene.say("after.living.year_line", words=short(line.what), amount=self._spent_of(scene, line.id))
            for line in scene.plan.lines
            if line.id in self.year.lines
        ]
        told += [
            scene.say(f"after.living.year_goal_{reached}", words=short(goal.get("main")))
            for goal in scene.plan.goals()
            if (reached := self.year.goals.get(goal.id)) is not None
        ]
        if told:
            parts.append(scene.say("after.living.year") + "\n" + "\n".join(f"– {line}" for line in told))
        parts.append(scene.say("plan.new_year_ask"))
        options = tuple(
            Option(value, scene.say(f"option.{value}"), number) for number, value in enumerate((NEW_YES, NEW_NO), 1)
        )
        return _prompt(scene, "living.new", "after.living.new_title", "\n\n".join(parts), options)

    def _spent_of(self, scene: Scene, line_id: int) -> str:
        lived = self.year.lines[line_id]
        return scene.say("after.living.year_spent", amount=pounds(lived.spent_pence), total=pounds(lived.agreed_pence))

    def _new_year(self, scene: Scene) -> Step:
        """The new plan, with everybody at its beginning."""

        def note(line: LivedLine) -> str:
            amounts = {"amount": pounds(line.spent_pence), "total": pounds(line.agreed_pence)}
            return scene.say("after.living.year_note", **amounts)

        sent = scene.plan.sent
        fresh = start_from_lived(scene.plan, self.year, scene.today, scene.reference, note)
        begun = scene.with_plan(replace(fresh, sent=sent, changed_since_sent=bool(sent)))
        return Step(begun, (say(begun, "plan.new_year_begun"),), meanwhile=True)

    def _looks_back(self, scene: Scene) -> date | None:
        """When the plan is looked back at next."""
        dates = due_dates(self.agreed, scene.rules, sent=self.sent, starts=self.starts)
        return min((due.on for due in dates if (due.kind, due.on) not in self.opened), default=None)

    def _choose(self, scene: Scene, exchange: Exchange | None, choice: str) -> Step | None:
        match choice:
            case "after.open":
                # What was left out inside it stays so: only the review itself comes again.
                return Step(scene.at(aside={key: why for key, why in scene.place.aside.items() if "." in key}))
            case "after.things":
                return opens_review(scene, "things_changed", "")
            case "after.crisis":
                return opens_review(scene, "crisis", "")
            case "after.spend":
                return Step(scene.at(after=Exchange(ASKED, self.key)))
            case "after.spend.back":
                return Step(scene.at(after=None))
            case "plan.change":
                return Step(scene.at(after=None).asking(Exchange("which")), meanwhile=True)
            case "plan.new_year":
                return Step(scene.at(after=Exchange(NEW, self.key)))
            case "after.new.no":
                return Step(scene.at(after=None), (say(scene, "plan.kept"),))
            case "after.new.yes":
                return self._new_year(scene)
            case "after.spend.yes" if exchange is not None:
                spent = self._read(scene, exchange.words, sure=True)
                if not isinstance(spent, Spent):
                    return Step(scene.at(after=Exchange(ASKED, self.key)), (say(scene, f"after.living.not_{spent}"),))
                deed = Deed(SPENT, str(spent.line), spent.words, f"{spent.on.isoformat()}/{spent.pence}")
                return Step(scene.at(after=None), (say(scene, "after.living.spent"),), (deed,))
            case "after.spend.no":
                return Step(scene.at(after=Exchange(ASKED, self.key)), (say(scene, "after.living.spent_not"),))
        return None

    def _spent(self, scene: Scene, text: str) -> Step:
        spent = self._read(scene, text, sure=False)
        if isinstance(spent, Spent):
            return Step(scene.at(after=Exchange(READ, self.key, words=text.strip())))
        if spent in ("check_amount", "twice"):
            told = say(scene, f"after.living.sure_{spent}")
            return Step(scene.at(after=Exchange(READ, self.key, words=text.strip())), (told,))
        return Step(scene.at(after=Exchange(ASKED, self.key)), (say(scene, f"after.living.not_{spent}"),))

    def _read(self, scene: Scene, text: str, *, sure: bool) -> Spent | Trouble:
        """The one spending in the words, or why it is not certain."""
        try:
            most = scene.content.living_rules(scene.today).most_spent_once_pence
        except KeyError:  # the council has no rules for today: nothing is too large by them
            sure, most = True, 0
        lines = {line.id: line.what for line in scene.plan.lines}
        known = Known(lines, self.starts, scene.today, most, self.there, sure)
        read = read_typed(" ".join(text.split()), known)
        if read.taken:
            return read.taken[0]
        return read.troubles[0].trouble if read.troubles else "amount"

    def _read_back(self, scene: Scene, spent: Spent) -> Message:
        what = scene.plan.line(spent.line).what
        asked = scene.say(
            "after.living.spend_read", amount=pounds(spent.pence), words=short(what), date=_words(spent.on)
        )
        options = tuple(
            Option(value, scene.say(f"option.{value}"), number)
            for number, value in enumerate((SPEND_YES, SPEND_NO, BACK), 1)
        )
        return _prompt(scene, "living.spend_read", "after.living.spend_title", asked, options)


def _prompt(scene: Scene, question_id: str, title: str, text: str, options: tuple[Option, ...]) -> Message:
    return Message("question", text, options=options, question_id=question_id, heading=scene.say(title))


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
