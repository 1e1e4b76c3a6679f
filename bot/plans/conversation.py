"""The whole conversation: the RAS interview, and the plan that follows it. Decides which of the two a message is for.

The interview and the plan lie in one draft (:class:`bot.interview.state.Interview` holds the plan). The one who began
goes over to the plan from the guide amount; others who join come straight to it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from bot import interview as ras
from bot.cases.small_budgets import FULL, route_told, sections_asked
from bot.content.loader import Content
from bot.interview import Interview, Message, Outcome, Turn
from bot.interview.path import position as ras_position
from bot.interview.words import Words
from bot.plans import talk
from bot.plans.after import living, things_changed
from bot.plans.after import talk as after
from bot.plans.after.matter import NOTHING, OPEN, Step, Waiting
from bot.plans.fingerprint import fingerprint
from bot.plans.model import Member, Plan, Role, Sent
from bot.plans.serialise import plan_to_json
from bot.plans.talk.interpret import PlanReading
from bot.plans.talk.inviting import MOST_MEMBERS
from bot.plans.talk.order import CHECK, current
from bot.plans.talk.order import position as section_position
from bot.plans.talk.scene import Scene
from bot.plans.talk.turn import PlanTurn
from bot.plans.view import plan_view
from bot.understanding import options
from bot.understanding.reading import Reading

FIRST = "m1"
"""Member id of the one who began; everybody else joined for the plan."""
MAKE = "result.plan"
"""The option that goes on from the guide amount to the plan."""
_ROUTE = "route"
"""Among what somebody was asked or told: the route of the budget that they know of."""


@dataclass(frozen=True, slots=True)
class Now:
    """What a turn needs to know of the world."""

    today: date
    member: str = FIRST
    reference: str = ""
    waiting: Waiting = NOTHING
    """What professionals have put before the family."""


def making(interview: Interview, member: str) -> bool:
    """Whether this person is making the plan, rather than answering the questions."""
    return interview.plan is not None and (interview.making or member != FIRST)


def scene(content: Content, interview: Interview, outcome: Outcome | None, now: Now) -> Scene:
    """The plan as this member sees it. Raises ValueError before a plan was begun."""
    if interview.plan is None:
        raise ValueError("there is no plan yet")
    guide = outcome.amount_pence if outcome is not None else None
    asked = sections_asked(content, now.waiting.chosen.route, now.today)
    return Scene(content, interview.plan, interview.about, now.member, now.today, guide, now.reference, asked)


def ask(content: Content, interview: Interview, outcome: Outcome | None, now: Now) -> tuple[Message, ...]:
    """What is asked now."""
    here = at_plan(content, interview, outcome, now)
    if here is None:
        return ras.ask(content, interview, outcome)
    if (matter := after.front(here, now.waiting)) is not None:
        return matter.ask(here)
    return after.with_way_back(here, now.waiting, talk.ask(here))


def at_plan(content: Content, interview: Interview, outcome: Outcome | None, now: Now) -> Scene | None:
    """The plan as this person sees it, while they are at it, or something that waits for them comes first; None while
    they are at the questions, or have paused."""
    if interview.plan is None or paused(interview, now.member):
        return None
    here = scene(content, interview, outcome, now)
    if making(interview, now.member):
        return here
    matter = after.front(here, now.waiting)
    return here if matter is not None and matter.pressing(here) else None


def paused(interview: Interview, member: str) -> bool:
    """Whether this person stopped for now. A pause is theirs who began; others come and go with their code."""
    return interview.paused and member == FIRST


def begin(content: Content, interview: Interview, now: Now) -> Turn:
    """From the guide amount to the plan: a new one, or the one that was begun."""
    words = Words(content, interview)
    if interview.plan is not None:
        back = Message("say", words.say("plan.back_again"))
        return _with_route(content, Turn(replace(interview, making=True), (back,)), now)
    script = content.plan_script(content.plan_rules.script)
    plan = talk.begin(f"{script.id}/{script.version}", interview.about.who or "parent", now.today)
    begun = Turn(replace(interview, plan=plan, making=True), (Message("say", words.say("plan.intro")),))
    return _with_route(content, begun, now)


def _with_route(content: Content, turn: Turn, now: Now) -> Turn:
    """Who has not heard of the route that a professional chose for the budget is told of it, once."""
    if turn.interview.plan is None:
        return turn
    here, chosen = scene(content, turn.interview, None, now), now.waiting.chosen
    if here.place.asked.get(_ROUTE, (FULL,)) == (chosen.route,):
        return turn
    told = tuple(Message("say", text) for text in route_told(content, here.say, chosen, now.today))
    known = here.at(asked={**here.place.asked, _ROUTE: (chosen.route,)})
    return replace(turn, interview=replace(turn.interview, plan=known.plan), messages=(*turn.messages, *told))


def interpret(here: Scene, waiting: Waiting, text: str, choice: str | None, understood: Reading) -> PlanReading:
    """What a message means to what waits, where that comes first, else to the plan."""
    if choice is None and living.hears(here, waiting, text):
        return PlanReading("words", text)
    if (matter := after.front(here, waiting)) is not None:
        return after.interpret(here, matter, text, choice, understood)
    if choice is None and after.left_for_later(here, waiting):
        shown = after.with_way_back(here, waiting, talk.ask(here))[-1].options
        if options.match(text, shown) == OPEN:
            return PlanReading("choice", text, choice=OPEN)
    return talk.interpret(here, text, choice, understood)


def advance_plan(
    content: Content, interview: Interview, reading: PlanReading, outcome: Outcome | None, now: Now
) -> Turn:
    """One step of what waits, or of the plan talk. What it asks of the outside ("pause", "send" …) comes back as
    effects, and what was done with something that waited as deeds."""
    return _with_route(content, _advanced(content, interview, reading, outcome, now), now)


def _advanced(content: Content, interview: Interview, reading: PlanReading, outcome: Outcome | None, now: Now) -> Turn:
    here = scene(content, interview, outcome, now)
    if (matter := after.front(here, now.waiting)) is not None:
        return _stepped(here, interview, after.advance(here, matter, reading), now)
    if reading.choice == OPEN and after.left_for_later(here, now.waiting):
        return _turned(here, interview, after.opened_again(here), now)
    if reading.choice is None and living.hears(here, now.waiting, reading.text):
        cause = living.cause_of(reading.text) or "things_changed"
        return _stepped(here, interview, living.opens_review(here, cause, reading.text), now)
    return _turned(here, interview, talk.advance(here, reading), now)


def _stepped(here: Scene, interview: Interview, step: Step, now: Now) -> Turn:
    turn = PlanTurn(step.scene.plan, step.messages, step.effects)
    # Who was at the questions and goes to a part of the plan is at the plan from then on.
    interview = replace(interview, making=interview.making or (step.meanwhile and now.member == FIRST))
    role = here.me.role
    by = interview.about.who or "parent" if now.member == FIRST or role == "worker" else role
    again = things_changed.answered_again(interview, step.deeds, by)
    interview = replace(interview, answers={**interview.answers, **dict(again)})
    return replace(_turned(here, interview, turn, now), deeds=step.deeds, recorded=again)


def _turned(here: Scene, interview: Interview, turn: PlanTurn, now: Now) -> Turn:
    """A turn of the plan as a turn of the whole conversation."""
    after_it = replace(interview, plan=turn.plan)
    messages = turn.messages
    if "pause" in turn.effects and now.member == FIRST:
        after_it = replace(after_it, paused=True)
    if "pause" in turn.effects and now.member != FIRST:
        return Turn(after_it, (*messages, Message("say", here.say("plan.member_pause"))))
    if "leave" in turn.effects:
        after_it = replace(after_it, making=False)
    effects = tuple(effect for effect in turn.effects if effect != "leave")
    return Turn(after_it, messages, effects=effects, asked=turn.asked)


def full(content: Content, interview: Interview, now: Now) -> Message:
    """Nobody else can join: as many as a plan holds have a code."""
    return Message("say", scene(content, interview, None, now).say("plan.invite_full", count=MOST_MEMBERS))


def joined(content: Content, interview: Interview, member_id: str, role: str, now: Now) -> tuple[Interview, Message]:
    """Add the person who was invited; their code takes the place of ``{pin}`` in what is said, this once."""
    here = scene(content, interview, None, now)
    if all(member.id != member_id for member in here.plan.members):
        member = Member(member_id, cast(Role, role), "")
        interview = replace(interview, plan=replace(here.plan, members=(*here.plan.members, member)))
    return interview, Message("say", here.say("plan.invited", reference=now.reference, pin="{pin}"))


@dataclass(frozen=True, slots=True)
class Sending:
    """A plan on its way to the team: what is kept unchanged as this version."""

    interview: Interview
    version: Sent
    plan: Plan
    total_pence: int
    guide_pence: int | None
    rules: str

    def stored(self) -> dict[str, Any]:
        """The values that the store keeps."""
        return {
            "version": self.version.version,
            "fingerprint": self.version.fingerprint,
            "body": json.dumps(plan_to_json(self.plan), ensure_ascii=False),
            "total_pence": self.total_pence,
            "guide_pence": self.guide_pence,
            "questionnaire": f"{self.interview.questionnaire}/{self.interview.version}",
            "script": self.plan.script,
            "rules": self.rules,
        }


def send(
    content: Content, interview: Interview, outcome: Outcome | None, now: Now, at: datetime
) -> tuple[Sending, Message]:
    """Mark the plan as sent: its version, when, and the fingerprint of what was sent. Raises ValueError without a plan."""
    here = scene(content, interview, outcome, now)
    now_says = fingerprint(here.plan)
    before = here.plan.sent[-1] if here.plan.sent else None
    # What was changed and changed back again is the version that the team has already.
    same = before is not None and before.fingerprint == now_says
    version = before if same and before is not None else Sent(len(here.plan.sent) + 1, at, now_says)
    sent = replace(here.plan, sent=here.plan.sent if same else (*here.plan.sent, version), changed_since_sent=False)
    after = replace(interview, plan=sent)
    sending = Sending(after, version, here.plan, here.sums.total_pence, here.guide_pence, here.rules.council)
    return sending, Message("say", here.say("plan.sent", reference=now.reference))


def stage(content: Content, interview: Interview, now: Now) -> str:
    """The stage of contract.md."""
    here = at_plan(content, interview, None, now)
    if here is None:
        return ras.stage(Words(content, interview).questionnaire, interview)
    if (matter := after.front(here, now.waiting)) is not None:
        return matter.stage
    if current(here) != CHECK:
        return "plan"
    if here.plan.sent and not here.plan.changed_since_sent:
        return now.waiting.stage or "sent"
    return "plan_check"


def has_news(content: Content, interview: Interview, now: Now) -> bool:
    """Whether something that professionals put before the family comes before their plan."""
    here = at_plan(content, interview, None, now)
    return here is not None and after.front(here, now.waiting) is not None


def has_result(content: Content, interview: Interview) -> bool:
    """Whether the questions are answered and the guide amount can be seen, or the plan made."""
    return ras.stage(Words(content, interview).questionnaire, interview) == "result"


def position(content: Content, interview: Interview, now: Now) -> tuple[int, int]:
    """Number of the question or plan section, 0 outside them, and how many there are."""
    here = at_plan(content, interview, None, now)
    return ras_position(Words(content, interview).questionnaire, interview) if here is None else _position(here, now)


def _position(here: Scene, now: Now) -> tuple[int, int]:
    place, total = section_position(here)
    return (place if after.front(here, now.waiting) is None else 0), total


def place(content: Content, interview: Interview, now: Now) -> str | None:
    """The exchange of the plan that a member is in, as a short string; None while they are at the questions."""
    here = at_plan(content, interview, None, now)
    if here is None:
        return None
    if (matter := after.front(here, now.waiting)) is not None:
        return f"{matter.key}/{matter.place(here)}"
    exchange = here.place.exchange
    parts: tuple[object, ...] = (current(here),)
    if exchange is not None:
        parts = (current(here), exchange.kind, exchange.name, exchange.target)
    elif current(here) == CHECK and here.plan.sent and not here.plan.changed_since_sent:
        parts = (current(here), "sent", len(here.plan.sent))
    return "/".join(str(part) for part in parts)


def state_view(
    content: Content,
    interview: Interview,
    *,
    reference: str,
    pin_set: bool,
    safety: str,
    outcome: Outcome | None,
    now: Now,
) -> dict[str, Any]:
    """The State of contract.md, with the plan once there is one."""
    view = ras.state_view(content, interview, reference=reference, pin_set=pin_set, safety=safety, outcome=outcome)
    if interview.plan is None:
        return view
    here = scene(content, interview, outcome, now)
    view["plan"] = plan_view(here.plan, here.sums)
    view["stage"] = stage(content, interview, now)
    if at_plan(content, interview, outcome, now) is not None:
        view["position"], view["total"] = _position(here, now)
        view["question_id"] = ask(content, interview, outcome, now)[-1].question_id
        if outcome is not None:
            amount = {"status": outcome.status, "amount_pence": outcome.amount_pence}
            view["amount"] = amount | {"weekly_pence": outcome.weekly_pence}
    return view
