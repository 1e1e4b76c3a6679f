"""The fingerprint of a plan as it was sent: what it says and costs, not where the talk stands."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

from bot.plans.model import Plan
from bot.plans.serialise import to_json


def fingerprint(plan: Plan) -> str:
    """SHA-256, in hexadecimal, of :func:`canonical_json`. The same words, lines and sharing give the same fingerprint.

    Taken before or after the sending itself is noted in the plan, it is the same; so a kept version can be checked
    against the number that was given out with it.
    """
    return sha256(canonical_json(plan).encode("ascii")).hexdigest()


def canonical_json(plan: Plan) -> str:
    """One text for one plan: keys sorted, no white space, ASCII, nothing that only says where the talk stands.

    Fields that have their default are left out, so that a field which the model gets later changes no old fingerprint.
    """
    said = replace(plan, places={}, sent=(), changed_since_sent=False, next_id=1)
    return json.dumps(to_json(said, defaults=False), sort_keys=True, separators=(",", ":"))
