"""Fixed sentences of a result, in family words: at most 20 words each, nothing promised, nobody refused."""

from __future__ import annotations

from bot.content.models import Stream, Who, Wording


def same(text: str) -> Wording:
    """A sentence that reads the same for both."""
    return Wording(parent=text, young_person=text)


NOT_INCLUDED: tuple[Wording, ...] = (
    same("Clubs and places that are open to everyone. You do not need this money for them."),
    same("Money for school or college, and travel there. That comes from other teams."),
    same("Care from the NHS."),
    same("Nights away from home. A person works out the cost of those with you."),
    same("Equipment, and changes to your home. There are other ways to pay for those."),
    Wording(
        parent="Help for another disabled child. Each child has their own questions.",
        young_person="Help for a disabled brother or sister. Each child has their own questions.",
    ),
    Wording(
        parent="Care for a child who lives away from home all the time.",
        young_person="Care for someone who lives away from home all the time.",
    ),
)
"""What the amount leaves out, each said and none a silent zero (domain notes 3.4 A11)."""

OPEN_OK = same("This is a guide amount. It is not final, and it can go up or down.")
OPEN_BELOW = same("Your answers point to clubs and local help first. No one has said no.")
OPEN_BESPOKE = same("A person works this out with you, so there is no figure here.")
OPEN_NOT_READY = same("We do not have a guide amount yet. Some answers are still to come.")

NOT_READY_NEXT = same("You can answer them now. Or a person can go through them with you.")
BESPOKE_NEXT = same("This does not mean less help. It means that a table is too blunt.")
BELOW_NEXT = Wording(
    parent="You can still ask a person to look at what help your child needs.",
    young_person="You can still ask a person to look at what help you need.",
)
ABOVE_TABLE = "Your score is above the last figure in {table}. A person works out the amount with you."
HAND_OVER = same("From 18, adult services help. These points are not for that age.")
HAND_OVER_NEXT = Wording(
    parent="Your child can ask for a check of what adult help there is. It is called a Care Act assessment.",
    young_person="You can ask for a check of what adult help there is. It is called a Care Act assessment.",
)

DIFFER = "Two people gave different answers."
DIFFER_FEWER = "For now we count the answer with fewer points. A person goes through both with you."
DIFFER_CHOSEN = "For now we count the answer from {by}. A person goes through both with you."

LEAVES_OUT = same("It does not cover everything. School money, NHS care and nights away are some things it leaves out.")
PARENT_CHECK = Wording(
    parent="You can also ask for a check on what help you need, as a parent.",
    young_person="Your parent can also ask for a check on what help they need.",
)
ONLY_A_PERSON = same("Only a person can set the final amount. They give their reasons.")
LOOKS_WRONG = same("If this looks wrong to you, please say so.")

STREAM_NAMES: dict[Stream, str] = {"social_care": "social care", "sen": "school or college", "nhs": "health"}

SIGNALS: dict[Stream, Wording] = {
    "social_care": same("The guide amount is for this."),
    "sen": Wording(
        parent="This is a sign to ask the school or college to look at it with you.",
        young_person="This is a sign to ask your school or college to look at it with you.",
    ),
    "nhs": same("This is a sign to ask the NHS to look at it with you."),
}
"""What the points of a stream mean. School and NHS points are signals only, never pounds (domain notes 3.2)."""

NO_SIGNAL = same("No points came up for this.")
NOT_WORKED_OUT = same("This is not worked out yet.")
PERSON_WORKS_OUT = same("A person works out the amount with you.")

ROLES: dict[str, str] = {
    "parent": "a parent",
    "young_person": "the young person",
    "grandparent": "a grandparent",
    "carer": "another adult at home",
    "worker": "a worker",
}


def role(by: str) -> str:
    """Who somebody is, in words.

    >>> role("grandparent"), role("key_worker")
    ('a grandparent', 'the key worker')
    """
    return ROLES.get(by, f"the {by.replace('_', ' ')}")


def reader_of(by: str) -> Who:
    """Which wording somebody reads."""
    return "young_person" if by == "young_person" else "parent"
