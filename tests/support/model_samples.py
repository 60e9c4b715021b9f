"""One filled instance of every generated model, and its JSON."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from sequence_async.models._runtime import UnknownVariant

APIS = ("v1", "platform", "remote")
PLAIN = {
    str: "a word of text",
    int: 12,
    bool: True,
    float: 1.5,
    Decimal: Decimal("12.34"),
    date: date(2024, 2, 29),
    datetime: datetime(2024, 2, 29, 12, 30, tzinfo=UTC),
    Any: {"anything": [1, None]},
}
DEEPEST = 4


def models(api: str) -> list[type]:
    module = import_module(f"sequence_async.models.{api}")
    return [
        value for name in module.__all__ if attrs.has(value := getattr(module, name)) and value is not UnknownVariant
    ]


def enums(api: str) -> list[type[StrEnum]]:
    module = import_module(f"sequence_async.models.{api}")
    return [
        value
        for name in module.__all__
        if isinstance(value := getattr(module, name), type) and issubclass(value, StrEnum)
    ]


def every_model() -> list[Any]:
    return [model for api in APIS for model in models(api)]


def every_enum() -> list[Any]:
    return [enum for api in APIS for enum in enums(api)]


def name_of(kind: type) -> str:
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"


def api_of(kind: type) -> str:
    return kind.__module__.rpartition(".")[2]


def specimen(model: type, depth: int = 0) -> Any:
    """Return an instance with every member filled, optional ones too."""
    hints = get_type_hints(model)
    return model(**{field.name: _filled(hints[field.name], depth + 1) for field in attrs.fields(model)})


def _filled(hint: Any, depth: int) -> Any:
    if isinstance(hint, types.UnionType):
        return _filled(next(kind for kind in get_args(hint) if kind is not type(None)), depth)
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is Sequence:
        return () if depth > DEEPEST else (_filled(get_args(hint)[0], depth),)
    if get_origin(hint) is Mapping:
        return {"key": _filled(get_args(hint)[1], depth)}
    if hint in PLAIN:
        return PLAIN[hint]
    return next(iter(hint)) if issubclass(hint, StrEnum) else specimen(hint, depth)


def wire(value: Any) -> Any:
    """Return the JSON that a value stands for, as a parser gives it."""
    if isinstance(value, UnknownVariant):
        return value.raw
    if attrs.has(type(value)):
        return {wire_name(field): wire(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, tuple):
        return [wire(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def wire_name(field: attrs.Attribute[Any]) -> str:
    return field.metadata.get("json", field.name)


def holds_mapping(value: Any) -> bool:
    if attrs.has(type(value)) and not isinstance(value, UnknownVariant):
        return any(holds_mapping(getattr(value, field.name)) for field in attrs.fields(type(value)))
    return any(map(holds_mapping, value)) if isinstance(value, tuple) else isinstance(value, Mapping)
