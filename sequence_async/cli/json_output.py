"""JSON output: the field names of the models, amounts as integers, times in UTC."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from sequence_async.cli.terminal import print_line
from sequence_async.errors import APIError, SequenceError
from sequence_async.models import _runtime
from sequence_async.models._runtime import OpenStrEnum, UnknownVariant, encode_datetime, masked


def print_json(value: object) -> None:
    """Print one JSON document."""
    print_line(json.dumps(as_json(value), indent=2))


def print_json_line(value: object) -> None:
    """Print one JSON document on one line."""
    print_line(json.dumps(as_json(value)))


def as_json(value: Any) -> Any:
    """Convert models, errors and collections of them into JSON types. Masked fields stay masked."""
    for kind, write in _CONVERTERS:
        if isinstance(value, kind):
            return write(value)
    return _convert_model(value) if hasattr(value, "__attrs_attrs__") else [as_json(item) for item in value]


def _unchanged(value: Any) -> Any:
    return value


def _convert_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): as_json(item) for name, item in value.items()}


def _convert_error(error: SequenceError) -> dict[str, Any]:
    facts: dict[str, Any] = {"error": type(error).__name__, "message": str(error), "request_id": error.request_id}
    return {**facts, "status": error.status, "code": error.code} if isinstance(error, APIError) else facts


def _convert_model(value: Any) -> dict[str, Any]:
    found = {field.name: _convert_field(field, getattr(value, field.name)) for field in value.__attrs_attrs__}
    for mixin in type(value).__mro__:
        if mixin.__module__ == _runtime.__name__:
            derived = (name for name, member in vars(mixin).items() if isinstance(member, property))
            found |= {name: as_json(getattr(value, name)) for name in derived}
    return found


def _convert_field(field: attrs.Attribute[Any], value: Any) -> Any:
    return masked(value).strip("'") if value is not None and field.repr is masked else as_json(value)


# The first match is used, so the order matters: an enum member is also a str, and a datetime is also a date.
_CONVERTERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (bool | int | float | None, _unchanged),
    (OpenStrEnum, str.__str__),
    (datetime, encode_datetime),
    (date, date.isoformat),
    (Decimal | str, str),
    (SequenceError, _convert_error),
    (UnknownVariant, lambda variant: as_json(variant.raw)),
    (Mapping, _convert_mapping),
)
