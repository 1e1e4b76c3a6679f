"""One whole plan in every format, made once: drawing a PDF takes seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from bot.content import Content, load
from bot.content.models import Who
from bot.plans.documents.build import build
from bot.plans.documents.telling import Cover
from bot.plans.documents.tree import Document, Kind
from bot.plans.model import Plan
from bot.plans.readiness import readiness
from bot.plans.totals import Totals, totals
from tests.plans.documents.families import COVER, PLAN, TODAY
from tests.plans.plans import any_plan, sections

GUIDE = 505_000
CONTENT = load()


@pytest.fixture(scope="session")
def content() -> Content:
    return CONTENT


plans = st.builds(
    lambda plan, sections: replace(plan, script="default-plan/1", sections=sections),
    any_plan,
    st.dictionaries(st.sampled_from([f"P{number:02}" for number in range(19)]), sections, max_size=4),
)
"""Any plan that was begun with the script there is."""


def sums(content: Content, plan: Plan, guide: int | None = GUIDE) -> Totals:
    return totals(plan, guide, content.plan_rules, content.on_costs(TODAY))


def document(
    content: Content,
    plan: Plan = PLAN,
    cover: Cover = COVER,
    kind: Kind = "plan",
    who: Who = "parent",
    guide: int | None = GUIDE,
) -> Document:
    added = sums(content, plan, guide)
    checks = readiness(plan, content.plan_script("default-plan"), content.plan_rules, added, TODAY)
    return build(plan, content, added, checks, cover, who=who, kind=kind)


@pytest.fixture(scope="session")
def whole(content: Content) -> Document:
    return document(content)


@pytest.fixture(scope="session")
def whole_pdf(whole: Document) -> bytes:
    from bot.plans.documents.pdf import write_pdf

    return write_pdf(whole)
