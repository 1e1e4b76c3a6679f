"""How often plan lines are read right: each message as a whole, and field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.understanding.line_words import word_set

FIELDS = ("what", "unit_cost_pence", "unit", "quantity", "per", "annual_pence", "missing")

_LITTLE = word_set("a an the some wee my our his her their of to for with at in on and from is")


class Items:
    """Gathers messages with labelled ``items``."""

    def __init__(self) -> None:
        self._wrong: list[tuple[int, list[set[str]]]] = []
        self._meant = self._read = self._lines_right = 0

    def add(self, line: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        """Compare one message's lines, in order. Too few or too many count as wrong in every field."""
        meant, read = line["items"], report["items"]
        if len(meant) == len(read):
            wrong = [wrong_fields(one, other) for one, other in zip(meant, read, strict=True)]
        else:
            wrong = [set(FIELDS)] * max(1, len(meant))
        self._wrong.append((len(meant), wrong))
        self._meant += len(meant)
        self._read += len(read)
        self._lines_right += _in_order(meant, read)

    def report(self) -> dict[str, Any] | None:
        """``n`` messages, how many are fully right, right but for the name, and each field over all lines. ``lines_right``: the
        share of the lines meant that are read fully right, whatever else the message held; ``lines_read_right``: the share of
        the lines read that are.
        """
        if not self._wrong:
            return None
        lines = [fields for _, message in self._wrong for fields in message]
        return {
            "n": len(self._wrong),
            "fully_right": _share(sum(not any(message) for _, message in self._wrong), len(self._wrong)),
            "figures_right": _share(
                sum(not any(fields - {"what"} for fields in message) for _, message in self._wrong), len(self._wrong)
            ),
            "lines_right": _share(self._lines_right, self._meant),
            "lines_read_right": _share(self._lines_right, self._read),
            "per_field": {
                field: {"n": len(lines), "right": _share(sum(field not in fields for fields in lines), len(lines))}
                for field in FIELDS
            },
        }


def _in_order(meant: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]) -> int:
    """How many lines can be paired, in order, with one read fully right.

    >>> line = {"what": "gym", "unit_cost_pence": 2000, "annual_pence": None, "missing": ["how_often"]}
    >>> other = {**line, "what": "swimming"}
    >>> _in_order([line, other], [{**line, "unit": None, "quantity": None, "per": None}])
    1
    """
    best = [0] * (len(read) + 1)
    for one in meant:
        above = best
        best = [0]
        for at, other in enumerate(read):
            best.append(max(above[at] + (not wrong_fields(one, other)), above[at + 1], best[at]))
    return best[-1]


def wrong_fields(meant: Mapping[str, Any], read: Mapping[str, Any]) -> set[str]:
    """The fields of one line that are not as labelled. A label may leave out fields, or name no unit, quantity or stretch of
    time; these then are not compared.

    Three differences are none: names that share half their content words ("swimming", "swimming at the baths"); ``quantity`` and ``per``
    while how often or how long is asked for, and of what is free; and two ways of saying the same units in a year ("once a
    week", a "session" each week; 2 in one week, 2 each year).

    >>> line = {"what": "gym", "unit_cost_pence": 2000, "unit": "month", "quantity": 1, "per": "month",
    ...         "annual_pence": 24000, "missing": []}
    >>> wrong_fields(line, {**line, "what": "the gym"}), wrong_fields(line, {**line, "annual_pence": None})
    (set(), {'annual_pence'})
    """
    wrong = {field for field in FIELDS if _labelled(meant, field) and meant[field] != read[field]}
    if "what" in wrong and same_name(meant["what"], read["what"]):
        wrong.remove("what")
    if "missing" in wrong and set(meant["missing"]) == set(read["missing"]):
        wrong.remove("missing")
    asked = set(meant.get("missing") or ())
    if meant.get("unit_cost_pence") == 0:
        wrong -= {"quantity", "per", "unit"}
    if "how_often" in asked:
        wrong -= {"quantity", "per"}
    if asked & {"how_long", "how_many_people"}:
        wrong.discard("quantity")
    if "unit" in wrong and _same_occasion(meant, read):
        wrong.remove("unit")
    if "annual_pence" in wrong and _rounded(meant, read):
        wrong.remove("annual_pence")
    if not wrong & {"unit", "unit_cost_pence", "annual_pence"} and read["annual_pence"] is not None:
        wrong -= {"quantity", "per"}
    return wrong


def _rounded(meant: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """Whether a year's pence differ only as far as the label has worked them out from a rounded quantity (8.67 a year)."""
    quantity, said, found = meant.get("quantity"), meant.get("annual_pence"), read["annual_pence"]
    odd = isinstance(quantity, float) and not quantity.is_integer()
    return odd and said is not None and found is not None and abs(said - found) * 1000 < said


def _labelled(meant: Mapping[str, Any], field: str) -> bool:
    return field in meant and (meant[field] is not None or field not in ("unit", "quantity", "per"))


def _same_occasion(meant: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    """A session is whatever an occasion is called: once a week it may be "a week" or "an hour", and a day or a night."""
    alike = meant.get("quantity") == read["quantity"] and meant.get("per") == read["per"]
    units = {meant.get("unit"), read["unit"]}
    return alike and "session" in units and (read["quantity"] == 1 or bool(units & {"day", "night"}))


def same_name(meant: str, read: str) -> bool:
    """Whether two names are of one thing: at least half of the content words of the shorter one are in the other.

    >>> same_name("student", "student to play with him"), same_name("Dot", "nan's mate Dot'll do his tea")
    (True, True)
    >>> same_name("his trampolines", "Trampoline"), same_name("PA", "agency"), same_name("piano teacher", "swim coach")
    (True, False, False)
    """
    one, other = _words(meant), _words(read)
    return one == other or (bool(one and other) and 2 * len(one & other) >= min(len(one), len(other)))


_ENDING = re.compile(r"['’](?:s|ll|d|re|ve)?$")


def _words(name: str) -> set[str]:
    """The content words of a name, in the singular; all of its words, when it has none."""
    words = [_ENDING.sub("", word) for word in re.findall(r"[\w'’]+", name.casefold())]
    found = {word for word in words if word not in _LITTLE} or set(words)
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
