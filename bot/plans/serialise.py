"""A plan as plain JSON values and back, by the types of :mod:`bot.plans.model` alone.

Exact: a fraction is text ("5/2"), a date and a moment are ISO 8601 text. Strict on the way in: a field that the model
does not know, a missing one without a default, or a value of the wrong type is refused with the place it stands at. A
field that the model got later, with a default, may be missing: plans kept before it still read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.plans.model import Plan


class NotAPlan(ValueError):
    """JSON that no plan can be read from; says where and why."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """All of a plan as plain JSON values, ready for :func:`json.dumps`; the inverse of :func:`plan_from_json`.

    >>> plan_to_json(Plan("default-plan/1", date(2026, 11, 22)))["begun"]
    '2026-11-22'
    """
    return {field.name: to_json(getattr(plan, field.name)) for field in fields(plan)}


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Rebuild a plan. Raises :class:`NotAPlan`.

    >>> plan_from_json({"script": "default-plan/1", "begun": "2026-11-22", "colour": "red"})
    Traceback (most recent call last):
    ...
    bot.plans.serialise.NotAPlan: plan: does not know the field colour
    """
    plan: Plan = _read_object(Plan, data, "plan")
    return plan


def to_json(value: object, *, defaults: bool = True) -> Any:
    """Any value of the plan model as plain JSON values; ``defaults=False`` leaves out fields that have their default."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item, defaults=defaults) for item in value]
    if isinstance(value, Mapping):
        return {key: to_json(item, defaults=defaults) for key, item in value.items()}
    if is_dataclass(value):
        parts = {field: getattr(value, field.name) for field in fields(value)}
        return {
            field.name: to_json(part, defaults=defaults)
            for field, part in parts.items()
            if defaults or part != _default(field)
        }
    raise TypeError(f"no JSON for {type(value).__name__}")


def _default(field: Field[Any]) -> object:
    """What a field is when nothing was given; MISSING where something must be."""
    return field.default if field.default_factory is MISSING else field.default_factory()


Reader = Callable[[Any], Any]
"""Makes a value of one type from JSON. Raises :class:`_Wrong`."""


class _Wrong(Exception):
    """Why a value cannot be read, and its place below where the reading began. Kept apart, as the place is put
    together on the way out: plans are read several times in every turn, and hardly ever with anything wrong."""

    def __init__(self, why: str, place: str = "") -> None:
        self.why, self.place = why, place


def _read_object(kind: type, data: object, where: str) -> Any:
    """A dataclass from a JSON object."""
    try:
        return _reader(kind)(data)
    except _Wrong as wrong:
        raise NotAPlan(f"{where}{wrong.place}: {wrong.why}") from wrong


@cache
def _reader(hint: Any) -> Reader:
    """What reads values of the type ``hint``; a type is looked into once, not for every value."""
    if is_dataclass(hint):
        return partial(_object, hint)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return partial(_one_of, inside)
    if origin in (UnionType, Union):
        (other,) = (kind for kind in inside if kind is not NoneType)
        return partial(_if_any, _reader(other))
    if origin is tuple:
        return partial(_tuple, _reader(inside[0]))
    if origin is Mapping:
        return partial(_mapping, _reader(inside[1]))
    if hint in _PLAIN:
        return partial(_plain, hint)
    return partial(_text, _FROM_TEXT[hint], hint.__name__)


@cache
def _fields(kind: type) -> tuple[Mapping[str, Reader], tuple[str, ...]]:
    """What reads each field of a dataclass, and the names of those that must be there."""
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    return readers, tuple(field.name for field in fields(kind) if _default(field) is MISSING)


def _object(kind: Any, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise _refused(data, "an object")
    readers, needed = _fields(kind)
    if strange := [str(name) for name in data if name not in readers]:
        raise _Wrong(f"does not know the field {', '.join(sorted(strange))}")
    if gone := [name for name in needed if name not in data]:
        raise _Wrong(f"the field {', '.join(gone)} is missing")
    values = {}
    for name, value in data.items():
        try:
            values[name] = readers[name](value)
        except _Wrong as wrong:
            raise _Wrong(wrong.why, f".{name}{wrong.place}") from None
    return kind(**values)


def _one_of(values: tuple[str, ...], data: Any) -> Any:
    if isinstance(data, str) and data in values:
        return data
    raise _refused(data, f"one of {', '.join(values)}")


def _if_any(read: Reader, data: Any) -> Any:
    return None if data is None else read(data)


def _tuple(read: Reader, data: Any) -> Any:
    if not isinstance(data, list):
        raise _refused(data, "a list")
    items = []
    for number, item in enumerate(data):
        try:
            items.append(read(item))
        except _Wrong as wrong:
            raise _Wrong(wrong.why, f"[{number}]{wrong.place}") from None
    return tuple(items)


def _mapping(read: Reader, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise _refused(data, "an object")
    items = {}
    for key, item in data.items():
        try:
            items[_plain(str, key)] = read(item)
        except _Wrong as wrong:
            raise _Wrong(wrong.why, f".{key}{wrong.place}") from None
    return items


_PLAIN = {str: "text", int: "a whole number", bool: "true or false"}


def _plain(kind: type, data: Any) -> Any:
    if type(data) is kind:
        return data
    raise _refused(data, _PLAIN[kind])


def _fraction(text: str) -> Fraction:
    """As written by :func:`to_json`: "3" or "5/2", and no other way of writing a number."""
    if not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        raise ValueError(text)
    return Fraction(text)


_FROM_TEXT: dict[Any, Callable[[str], object]] = {
    Fraction: _fraction,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def _text(read: Callable[[str], object], what: str, data: Any) -> object:
    """A fraction, date or moment from its text."""
    if not isinstance(data, str):
        raise _refused(data, f"a {what} as text")
    try:
        return read(data)
    except (ValueError, ZeroDivisionError) as error:
        raise _refused(data, f"a {what} as text") from error


def _refused(data: Any, what: str) -> _Wrong:
    return _Wrong(f"needs {what}, not {data!r:.40}")
