"""What a step of the plan asks of the outside: a version to be kept for the team, a code for somebody who is to join."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from actions.guide_amount import guide_amount
from actions.near_home import ideas, picked
from actions.services import Services
from bot.interview import Turn
from bot.plans import conversation
from bot.plans.conversation import Now, Sending
from bot.plans.serialise import plan_from_json
from bot.plans.talk.new_year import differences
from bot.store import drafts, members, plan_versions

FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be stored together with the step."""

    sending: Sending | None = None


def done_outside(services: Services, draft: drafts.Draft, turn: Turn, now: Now) -> tuple[Turn, Asked]:
    """The turn with what it asked for done, or ready to be stored with it."""
    content, interview = services.content, turn.interview
    if "invite" in turn.effects:
        try:
            member_id, code = members.invite(
                services.database, draft.id, turn.asked, actor=FAMILY, at=services.now(), invited_by=now.member
            )
        except members.TooManyMembers:
            return replace(turn, messages=(*turn.messages, conversation.full(content, interview, now))), Asked()
        interview, said = conversation.joined(content, interview, member_id, turn.asked, now)
        said = replace(said, once=(("pin", code),))
        return replace(turn, interview=interview, messages=(*turn.messages, said)), Asked()
    if "differences" in turn.effects:
        return _told(services, draft, turn, now), Asked()
    if not {"near", "service", "send"} & set(turn.effects):
        return turn, Asked()
    outcome = guide_amount(services, draft.id, interview)
    if "near" in turn.effects:
        return ideas(services, turn, outcome, now), Asked()
    if "service" in turn.effects:
        return picked(services, turn, outcome, now), Asked()
    sending, said = conversation.send(content, interview, outcome, now, services.now())
    return replace(turn, interview=sending.interview, messages=(*turn.messages, said)), Asked(sending)


def _told(services: Services, draft: drafts.Draft, turn: Turn, now: Now) -> Turn:
    """What is different from the version that was sent last."""
    outcome = guide_amount(services, draft.id, turn.interview)
    with services.database.read() as tx:
        last = plan_versions.latest(tx, draft.id)
    if last is None:
        return turn
    scene = conversation.scene(services.content, turn.interview, outcome, now)
    said = differences(scene, plan_from_json(json.loads(last.body)))
    return replace(turn, messages=(*turn.messages, said))
