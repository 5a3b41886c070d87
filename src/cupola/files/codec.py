"""Frozen values of the model to JSON and back, directed by their field types, with nothing lost and nothing extra."""

from __future__ import annotations

import functools
import math
import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class MismatchError(ValueError):
    """A JSON value that is not of the type its field needs; `path` says where."""

    def __init__(self, path: str, rule: str, value: object) -> None:
        self.path, self.rule, self.value = path, rule, value
        super().__init__(f"{path}: {rule}")


def encoded(value: Any) -> Any:
    """Return a value as JSON can hold it: instants in UTC with a Z and seconds, microseconds only where there are some."""
    if is_dataclass(value):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encoded(item) for item in value]
    return value


def decoded(kind: type[T], value: Any, path: str = "") -> T:
    """Return a value of `kind` from what `encoded` gave; raises MismatchError for a wrong type, a missing or an unknown key."""
    return _decoded(kind, value, path)  # type: ignore[no-any-return]


def _decoded(kind: Any, value: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(each for each in get_args(kind) if each is not type(None))
        return None if value is None else _decoded(inner, value, path)
    if origin is tuple:
        return _tuple(get_args(kind), value, path)
    if is_dataclass(kind):
        return _table(kind, value, path)
    return _plain(kind, value, path)


def _tuple(kinds: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise MismatchError(path, "must be a list", value)
    return tuple(_decoded(kinds[0], item, f"{path}[{number}]") for number, item in enumerate(value))


@functools.cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _table(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise MismatchError(path, "must be a table", value)
    hints = _types(kind)
    names = {field.name for field in fields(kind)}
    for key in value:
        if key not in names:
            raise MismatchError(f"{path}.{key}".lstrip("."), "is unknown", value[key])
    for name in names - set(value):
        raise MismatchError(f"{path}.{name}".lstrip("."), "is missing", None)
    try:
        return kind(**{name: _decoded(hints[name], value[name], f"{path}.{name}".lstrip(".")) for name in names})
    except MismatchError:
        raise
    except ValueError as error:
        raise MismatchError(path, str(error), None) from None


def _plain(kind: Any, value: Any, path: str) -> Any:
    if kind is datetime:
        return _instant(value, path)
    if kind is date or kind is time:
        try:
            return kind.fromisoformat(value)
        except (TypeError, ValueError):
            raise MismatchError(path, f"must be a {kind.__name__}", value) from None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise MismatchError(path, f"must be of type {kind.__name__}", value)
    if kind is float and not math.isfinite(value):
        raise MismatchError(path, "must be a finite number", value)
    return value


def _instant(value: Any, path: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise MismatchError(path, "must be an instant such as 2021-10-05T12:22:31Z", value) from None
    if at.tzinfo is None:
        raise MismatchError(path, "must end with Z or an offset from UTC", value)
    return at.astimezone(UTC)
