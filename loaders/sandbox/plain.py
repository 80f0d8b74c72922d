"""Values to JSON and back, checked against the type they should have: pure.

Known: text, numbers, dates, choices, None, dataclasses, and tuples, lists, sets and dictionaries of those.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from numbers import Integral, Real
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """The value as `json.dumps` takes it; a dataclass becomes the list of its fields, a dictionary pairs.

    Raises:
        TypeError: a value of another kind.
    """
    for kinds, make in _WRITERS:
        if isinstance(value, kinds):
            return make(value)
    if is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"{type(value).__name__} has no plain form")


_WRITERS: tuple[tuple[tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((str, bool, type(None)), lambda value: value),
    ((Integral,), int),
    ((Real,), float),
    ((date,), date.isoformat),
    ((Mapping,), lambda value: [[to_plain(key), to_plain(item)] for key, item in value.items()]),
    ((tuple, list, set, frozenset), lambda value: [to_plain(item) for item in value]),
)


def from_plain(hint: Any, data: Any) -> Any:
    """The value of type `hint` that `to_plain` made `data` of.

    Raises:
        TypeError, ValueError: the data is of another form.
    """
    return _reader(hint)(data)


Reader = Callable[[Any], Any]


@cache
def _reader(hint: Any) -> Reader:
    """How to read a type; made once per type, for there are many rows."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _union([_reader(argument) for argument in arguments])
    if origin is tuple and (len(arguments) != 2 or arguments[1] is not Ellipsis):
        return _fixed(tuple, [_reader(argument) for argument in arguments])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_fixed(tuple, [_reader(argument) for argument in arguments]))
    if origin in {tuple, list, set, frozenset}:
        return _many(origin, _reader(arguments[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        readers = [_reader(hints[field.name]) for field in fields(hint)]
        return _fixed(lambda values: hint(*values), readers)
    return _single(hint)


def _single(hint: Any) -> Reader:
    if hint is date:
        return lambda data: date.fromisoformat(_exact(str, data))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if hint is float:
        return lambda data: float(data) if type(data) is int else _exact(float, data)
    if hint in {str, int, bool, type(None)}:
        return lambda data: _exact(hint, data)
    raise TypeError(f"{hint} has no plain form")


def _exact(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise TypeError(f"{type(data).__name__} instead of {kind.__name__}")
    return data


def _fixed(make: Callable[[list[Any]], Any], readers: list[Reader]) -> Reader:
    def read(data: Any) -> Any:
        items = zip(readers, _exact(list, data), strict=True)
        return make([reader(item) for reader, item in items])

    return read


def _many(make: Callable[[list[Any]], Any], reader: Reader) -> Reader:
    return lambda data: make([reader(item) for item in _exact(list, data)])


def _mapping(pair: Reader) -> Reader:
    return lambda data: dict(pair(item) for item in _exact(list, data))


def _union(readers: list[Reader]) -> Reader:
    def read(data: Any) -> Any:
        for reader in readers:
            try:
                return reader(data)
            except (TypeError, ValueError):
                continue
        raise TypeError(f"{type(data).__name__} is none of the types it may be")

    return read
