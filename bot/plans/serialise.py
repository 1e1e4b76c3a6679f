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
from functools import cache
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


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_object(kind: type, data: object, where: str) -> Any:
    """A dataclass from a JSON object."""
    if not isinstance(data, Mapping):
        raise NotAPlan(f"{where}: needs an object, not {data!r:.40}")
    known = {field.name: field for field in fields(kind)}
    if strange := [str(name) for name in data if name not in known]:
        raise NotAPlan(f"{where}: does not know the field {', '.join(sorted(strange))}")
    if gone := [name for name, field in known.items() if name not in data and _default(field) is MISSING]:
        raise NotAPlan(f"{where}: the field {', '.join(gone)} is missing")
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value, f"{where}.{name}") for name, value in data.items()})


def _read(hint: Any, data: Any, where: str) -> Any:
    """A value of the type ``hint`` from JSON."""
    if is_dataclass(hint):
        return _read_object(hint, data, where)  # type: ignore[arg-type]
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _expect(data in inside and isinstance(data, str), data, f"one of {', '.join(inside)}", where)
    if origin in (UnionType, Union):
        (other,) = (kind for kind in inside if kind is not NoneType)
        return None if data is None else _read(other, data, where)
    if origin is tuple:
        _expect(isinstance(data, list), data, "a list", where)
        return tuple(_read(inside[0], item, f"{where}[{number}]") for number, item in enumerate(data))
    if origin is Mapping:
        _expect(isinstance(data, Mapping), data, "an object", where)
        return {_read(str, key, where): _read(inside[1], item, f"{where}.{key}") for key, item in data.items()}
    if hint in (str, int, bool):
        return _expect(
            type(data) is hint, data, {str: "text", int: "a whole number", bool: "true or false"}[hint], where
        )
    return _read_text(_FROM_TEXT[hint], data, hint.__name__, where)


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


def _read_text(read: Callable[[str], object], data: object, what: str, where: str) -> object:
    """A fraction, date or moment from its text."""
    _expect(isinstance(data, str), data, f"a {what} as text", where)
    try:
        return read(str(data))
    except (ValueError, ZeroDivisionError) as error:
        raise NotAPlan(f"{where}: needs a {what} as text, not {data!r:.40}") from error


def _expect(fine: bool, data: Any, what: str, where: str) -> Any:
    if not fine:
        raise NotAPlan(f"{where}: needs {what}, not {data!r:.40}")
    return data
