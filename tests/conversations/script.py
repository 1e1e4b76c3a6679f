"""Whole conversations as files that read like the conversation, and what plays them over HTTP.

A file holds lines of these kinds; blank lines part nothing:

- ``# A remark``: the first one says what the conversation shows.
- ``> 3``: the person types this. ``>> S1.2``: picks the option with this value. ``>>> 3 3 2``: types each of these
  words, one message each. ``>|more``: the message above goes on with this on a new line. ``(reloads the page)``: one of the DIRECTIONS below.
- ``  Safe at home``, indented: the reply to the line above must hold these words. ``! Your amount``: and not these.
- ``= at S1, S1 2, answers 1``: where things stand now (see :func:`holds`). ``= P08 has swim alone``, on a line of its
  own: a part of the plan holds these words.
- ``(dad joins)``: somebody else comes in, on their own device, with the reference and the code that was shown last.
  ``(dad goes on)``: from here on they type. Who arrived first is called "first".
- ``(the team asks about P03: Who goes with him?)``: a professional sends the plan back with this question; without
  ``about P03`` it is about the whole plan.
- ``(the team agrees to £1,000: It is enough)``: a decision is proposed and signed, with this reason. ``agrees to all``: as
  it was asked, by somebody who did not work on it before. ``says not yet``: without money.
- ``(the team starts the plan)``: it goes live today with every line that may start. ``(the team asks to look back)``: a
  review is opened. ``(the team carries on)``: its outcome is written down.
- ``| (say)``: the whole reply, word for word.

With ``UPDATE_CONVERSATIONS=1`` the ``|`` blocks are written anew from what was really said; a single ``|`` asks for
one. References and PINs are shown as {reference} and {pin}, the day a year from now as {a year on}.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.interview.words import pounds
from tests.gateway.talk import Person
from tests.live.system import System

UPDATE = bool(os.environ.get("UPDATE_CONVERSATIONS"))

RELOADS, COMES_BACK = "(reloads the page)", "(comes back with reference and PIN)"
DIRECTIONS = (RELOADS, COMES_BACK)
FIRST = "first"
SOMEBODY = re.compile(r"\((\w+) (joins|goes on)\)")
TEAM_ASKS = re.compile(r"\(the team asks(?: about (P\d\d))?: (.+)\)")
TEAM_LIVES = re.compile(r"\(the team (starts the plan|asks to look back|carries on)\)")
TEAM_DECIDES = re.compile(r"\(the team (agrees to all|agrees to £[\d,]+|says not yet): (.+)\)")


@dataclass
class Beat:
    """One thing the person does, and what is expected then."""

    line: int
    does: str
    says: list[str] = field(default_factory=list)
    not_says: list[str] = field(default_factory=list)
    stands: list[str] = field(default_factory=list)
    whole: list[str] | None = None


@dataclass
class Script:
    """A parsed file: its beats, and what must hold before the first of them."""

    path: Path
    title: str
    beats: list[Beat]

    @property
    def one_device(self) -> bool:
        """Whether the whole conversation is in one transcript."""
        return all(beat.does != COMES_BACK and not SOMEBODY.fullmatch(beat.does) for beat in self.beats)


def read(path: Path) -> Script:
    """Parse a file. Raises ValueError naming the line."""
    beats = [Beat(0, "(arrives)")]
    title = ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        now = beats[-1]
        if line.startswith("#"):
            title = title or line.lstrip("# ")
        elif line.startswith(">>> "):
            beats += [Beat(number, f"> {word}") for word in line[4:].split()]
        elif line.startswith(">|"):
            now.does += "\n" + line[2:]
        elif line.startswith((">", "(")):
            beats.append(Beat(number, line))
        elif line.startswith("  "):
            now.says.append(line.strip())
        elif line.startswith("! "):
            now.not_says.append(line[2:].strip())
        elif re.match(r"= P\d\d ", line):
            now.stands.append(line[2:].strip())
        elif line.startswith("= "):
            now.stands += [item.strip() for item in line[2:].split(", ")]
        elif line.startswith("|"):
            now.whole = [*(now.whole or []), line[2:].rstrip()]
        elif line.strip():
            raise ValueError(f"{path.name}, line {number}: {line!r} is no kind of line")
    return Script(path, title, beats)


def play(system: System, script: Script) -> Person:
    """Have the conversation, and assert what the file expects. Returns the person, for more questions."""
    person, pin, failures = Person.arrives(system), "", []  # type: ignore[arg-type]  # has the .http it needs
    people, name = {FIRST: person}, FIRST
    for beat in script.beats:
        reply = person.last
        if beat.does.startswith(">"):
            body = {"choice": beat.does[3:]} if beat.does.startswith(">> ") else {"text": beat.does[2:]}
            sent = person.sends(body)
            assert sent.status_code == 200, f"{place(script, beat)}: {sent.text}"
            reply = person.last = sent.json()
        elif beat.does == RELOADS:
            reply = person.reads()
        elif beat.does == COMES_BACK:
            person = people[name] = comes_in(system, script, beat, person, pin)
            reply = person.last
        elif somebody := SOMEBODY.fullmatch(beat.does):
            name = somebody[1]
            if somebody[2] == "joins":
                people[name] = comes_in(system, script, beat, person, pin)
            person = people[name]
            reply = person.last
        elif asks := TEAM_ASKS.fullmatch(beat.does):
            team_asks(system, script, beat, person, asks[1], asks[2])
        elif decides := TEAM_DECIDES.fullmatch(beat.does):
            team_decides(system, script, beat, person, decides[1], decides[2])
        elif lives := TEAM_LIVES.fullmatch(beat.does):
            team_lives(system, script, beat, person, lives[1])
        elif beat.does != "(arrives)":
            raise ValueError(f"{place(script, beat)}: no such direction; there are {', '.join(DIRECTIONS)}")
        pin = pin_in(reply) or pin
        failures += [f"{place(script, beat)}: {problem}" for problem in problems(beat, reply, pin)]
        state = reply["state"]
        if state["answers"] != system.stored_answers(state["draft_reference"]):
            failures.append(f"{place(script, beat)}: the store holds other answers than the state shows")
        if beat.whole is not None and UPDATE:
            beat.whole = whole(reply, pin)
    if failures:
        pytest.fail("\n\n".join(failures), pytrace=False)
    return person


def comes_in(system: System, script: Script, beat: Beat, person: Person, pin: str) -> Person:
    """Another device, with the reference of the draft and the number that was shown last."""
    reference = person.last["state"]["draft_reference"]
    back = system.http.post("/api/v1/conversations/resume", json={"reference": reference, "pin": pin})
    assert back.status_code == 200, f"{place(script, beat)}: {back.text}"
    return Person(system, back.json())  # type: ignore[arg-type]


def team_asks(system: System, script: Script, beat: Beat, person: Person, section: str | None, question: str) -> None:
    """A professional sends the plan back with one question, by the API."""
    token = system.http.post("/api/v1/review/demo-login", json={"user": "lead-professional"}).json()["token"]
    reference = person.last["state"]["draft_reference"]
    asked = {"text": question, "about": f"section.{section}" if section else "case"}
    sent = system.http.post(
        f"/api/v1/review/drafts/{reference}/return",
        json={"questions": [asked]},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert sent.status_code == 200, f"{place(script, beat)}: {sent.text}"


def team_decides(system: System, script: Script, beat: Beat, person: Person, what: str, reason: str) -> None:
    """A decision by the API: less than was asked takes two people."""
    path = f"/api/v1/review/drafts/{person.last['state']['draft_reference']}/decision"

    def sends(user: str, way: str, body: dict[str, Any]) -> None:
        token = system.http.post("/api/v1/review/demo-login", json={"user": user}).json()["token"]
        sent = system.http.post(f"{path}{way}", json=body, headers={"Authorization": f"Bearer {token}"})
        assert sent.status_code == 200, f"{place(script, beat)}: {sent.text}"

    if what == "says not yet":
        sends("team-manager", "", {"decision": "refuse_for_now", "reasons": reason})
    elif what == "agrees to all":
        total = person.last["state"]["plan"]["total_pence"]
        sends("group-manager", "", {"decision": "agree", "final_pence": total, "reasons": reason})
    else:
        pence = int(what.rpartition("£")[2].replace(",", "")) * 100
        body = {"decision": "agree_in_part", "final_pence": pence, "reasons": reason}
        sends("lead-professional", "/proposal", body)
        sends("team-manager", "/signature", {})


def team_lives(system: System, script: Script, beat: Beat, person: Person, what: str) -> None:
    """A professional starts the plan, asks to look back, or writes down what comes of it, by the API."""
    token = system.http.post("/api/v1/review/demo-login", json={"user": "lead-professional"}).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/review/drafts/{person.last['state']['draft_reference']}"
    now = system.http.get(f"{path}/living", headers=headers).json()
    today = datetime.now(UTC).date().isoformat()
    body: dict[str, Any] = {"revision": now["revision"]}
    match what:
        case "starts the plan":
            way, body = "/living", body | {"starts": today}
        case "asks to look back":
            way, body = "/reviews", body | {"due": today, "reason": "Some weeks are gone"}
        case _:
            last = system.http.get(f"{path}/reviews", headers=headers).json()["reviews"][0]["review"]
            way, body = f"/reviews/{last}/outcome", body | {"outcome": "carry_on", "reason": "We talked about it"}
    sent = system.http.post(f"{path}{way}", json=body, headers=headers)
    assert sent.status_code == 200, f"{place(script, beat)}: {sent.text}"


def problems(beat: Beat, reply: dict[str, Any], pin: str) -> list[str]:
    """What is not as the script expects."""
    said = plain(shown(reply))
    found = [f"expected the words {words!r} in:\n{shown(reply)}" for words in beat.says if plain(words) not in said]
    found += [f"did not expect the words {words!r}" for words in beat.not_says if plain(words) in said]
    found += [f"expected {item!r}, but {why}" for item in beat.stands if (why := holds(item, reply["state"]))]
    if beat.whole is not None and not UPDATE and beat.whole != whole(reply, pin):
        found.append("the reply is not word for word as written; it was:\n" + "\n".join(whole(reply, pin)))
    return found


def holds(item: str, state: dict[str, Any]) -> str:
    """Why an expectation about the state does not hold; empty when it does.

    ``stage ras`` · ``at S1`` · ``at nothing`` · ``question 3 of 16`` · ``answers 4`` · ``amount £5,050`` · ``amount none``
    · ``result bespoke`` · ``safety GREEN`` · ``S1 2`` · ``S1 open`` · ``S1 skipped`` · ``S1 not_sure``
    · ``S1 1 and 3 on 2 days`` · ``S1 by grandparent``. Of a plan: ``P08 has swim alone`` · ``P08 empty`` · ``lines 2``
    · ``total £2,626`` · ``guide £5,050``
    """
    name, _, value = item.partition(" ")
    amount = state["amount"] or {"status": "none", "amount_pence": None}
    pence = amount["amount_pence"]
    is_now = {
        "stage": state["stage"],
        "at": state["question_id"] or "nothing",
        "question": f"{state['position']} of {state['total']}",
        "answers": str(len(state["answers"])),
        "amount": "none" if pence is None else pounds(pence),
        "result": amount["status"],
        "safety": state["safety"],
    }
    if (plan := state.get("plan")) is not None:
        words = plain(plan["sections"].get(name, ""))
        if value.startswith("has "):
            return "" if plain(value[4:]) in words else f"it is {words!r}"
        if value == "empty":
            return "" if not words else f"it is {words!r}"
        is_now["lines"] = str(len(plan["lines"]))
        is_now["total"] = pounds(plan["total_pence"])
        is_now["guide"] = "none" if plan["guide_pence"] is None else pounds(plan["guide_pence"])
    if name in is_now:
        return "" if is_now[name] == value else f"it is {is_now[name]}"
    answer = state["answers"].get(name)
    if answer is None:
        return "" if value == "open" else "it has no answer"
    if value.startswith("by "):
        return "" if answer["by"] == value[3:] else f"it is by {answer['by']}"
    if answer["status"] == "varies":
        now = f"{answer['level']} and {answer['bad_day_level']} on {answer['bad_days_per_week']} days"
    else:
        now = str(answer["level"]) if answer["level"] is not None else answer["status"]
    return "" if now == value else f"it is {now}"


def whole(reply: dict[str, Any], pin: str) -> list[str]:
    """A reply as ``|`` lines, with what differs each time made the same."""
    text = shown(reply).replace(reply["state"]["draft_reference"], "{reference}")
    today = datetime.now(UTC).date()
    on = today.replace(year=today.year + 1, day=28 if (today.month, today.day) == (2, 29) else today.day)
    text = text.replace(f"{on.day} {on:%B %Y}", "{a year on}")
    return (text.replace(pin, "{pin}") if pin else text).splitlines()


def shown(reply: dict[str, Any]) -> str:
    """A reply as a person reads it."""
    parts = []
    for message in reply["messages"]:
        heading = f" {message['heading']}" if message["heading"] else ""
        parts.append(f"({message['kind']}){heading}")
        parts.append(message["text"])
        parts += [f"    {option['number']}  {option['label']}" for option in message["options"]]
        parts.append("")
    return "\n".join(parts).strip()


def pin_in(reply: dict[str, Any]) -> str:
    """The PIN that is told in this reply, or nothing."""
    found = re.search(r"(?:Your PIN|Code): (\d{6,8})", shown(reply))
    return found[1] if found else ""


def plain(text: str) -> str:
    return " ".join(text.split())


def place(script: Script, beat: Beat) -> str:
    return f"{script.path.name}, line {beat.line}, {beat.does!r}"


def rewrite(script: Script) -> None:
    """Write the ``|`` blocks of a played script anew; everything else stays as it is."""
    blocks = {beat.line: beat.whole for beat in script.beats if beat.whole is not None}
    written: list[str] = []
    owner, done = 0, False
    for number, line in enumerate(script.path.read_text().splitlines(), 1):
        if line.startswith((">", "(")):
            owner, done = number, False
        if not line.startswith("|"):
            written.append(line)
        elif not done:
            written += [f"| {text}".rstrip() for text in blocks[owner]]
            done = True
    script.path.write_text("\n".join(written) + "\n")
