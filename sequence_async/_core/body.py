"""Encode a model or a mapping as a request body, and check each field.

The fast path encodes the body, decodes it and compares. If a step fails, the body is checked field by field to find the
invalid one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from math import isfinite
from typing import Any, Final, TypeGuard, cast, get_type_hints

import attrs

from sequence_async._core import codec
from sequence_async._core.arguments import check_datetime, check_text
from sequence_async.errors import ArgumentError, DecodeError
from sequence_async.operations._runtime import Operation

_MAX_BODY_BYTES: Final = 1024 * 1024  # far above any documented request; aiohttp warns about larger ones


def encode_body(operation: Operation[Any], body: object) -> tuple[Any, bytes | None]:
    """Return the body as the operation's model, and its JSON text with the fields in the model's order.

    ``body`` is the operation's request model, or a mapping with the API's field names. For an operation without a body,
    this returns ``(None, None)``. If the API does not describe the body's fields, the object itself replaces the model.

    Raises:
        ArgumentError: The body is missing, or has an unknown field, a wrong type or a value out of bounds.

    """
    model = operation.body
    if model is None:
        if body is not None:
            raise ArgumentError(f"{operation.id} takes no body. Leave body out.")
        return None, None
    if model is dict:
        return _encode_object(operation, {} if body is None else body)
    if body is None:
        if not _has_required(model):
            return model(), b"{}"
        if operation.body_required:
            raise ArgumentError(
                f"{operation.id}: body is missing. Pass a {model.__name__} or a mapping with the API's field names."
            )
        return None, None
    if isinstance(body, model):
        text = _encode_model(operation.api.id, model, body)
        _check_distinct(operation, body)
        return body, text
    if isinstance(body, Mapping):
        value = _model_of(operation.api.id, model, dict(cast("Mapping[str, Any]", body)))
        _check_distinct(operation, value)
        return value, codec.to_bytes(codec.encode(operation.api.id, value))
    raise ArgumentError(
        f"{operation.id}: body must be a {model.__name__} or a mapping with the API's field names, "
        f"not {type(body).__name__}.",
    )


def decode_body(operation: Operation[Any], body: bytes | None) -> Any:
    """Return the model of a body that another release may have encoded; ``None`` if this release cannot decode it."""
    if body is None or operation.body is None:
        return None
    try:
        parsed = codec.from_bytes(body)
        return parsed if operation.body is dict else codec.decode(operation.api.id, operation.body, parsed, "body")
    except (DecodeError, ValueError, RecursionError):
        return None


def _check_distinct(operation: Operation[Any], body: Any) -> None:
    names = operation.distinct
    if names and len({getattr(body, name) for name in names}) < len(names):
        raise ArgumentError(f"{' and '.join(names)} must not be the same.")


def _encode_object(operation: Operation[Any], body: object) -> tuple[Any, bytes]:
    """Encode an object whose fields the API does not describe."""
    if not isinstance(body, Mapping):
        name = operation.body_argument or "body"
        raise ArgumentError(f"{name} must be a JSON object as a mapping, not {type(body).__name__}.")
    given = dict(cast("Mapping[str, Any]", body))
    return given, _to_bytes(given)


def _encode_model(api: str, model: type, body: Any) -> bytes:
    try:
        given = codec.encode(api, body)
    except (TypeError, ValueError, AttributeError):
        given = None  # the error is raised below
    if given is None:
        raise ArgumentError(_wrong_field(api, model, body))
    text, value = b"", None
    try:
        text = codec.to_bytes(given)
        # A model does not check its arguments, so the encoded body is decoded again. The comparison finds values that
        # JSON cannot contain and the encoder drops, such as NaN.
        value = codec.decode(api, model, codec.from_bytes(text), "body")
    except (TypeError, ValueError, DecodeError):
        value = None  # the error is raised below
    if value != body or len(text) > _MAX_BODY_BYTES:
        text = _explain(api, model, given)
        check_constraints(body)  # A time without a zone was taken as local time.
        return text
    check_constraints(value)
    return text


def _wrong_field(api: str, model: type, body: Any) -> str:
    """Return the error message for the field of a model that cannot be encoded."""
    for name, kind in get_type_hints(model).items():
        member = getattr(body, name)
        try:
            codec.encode_as(api, member, kind)
        except (TypeError, ValueError, AttributeError):
            return f"{name} must not be of type {type(member).__name__}."
    return f"A field of {model.__name__} has a value of the wrong type."


def _explain(api: str, model: type, given: dict[str, Any]) -> bytes:
    """Raise the error for an invalid body, or return its JSON text if it is valid."""
    text = _to_bytes(given)
    check_constraints(_decoded(api, model, codec.from_bytes(text)))
    return text


def _model_of(api: str, model: type, given: dict[str, Any]) -> Any:
    """Return the model of a mapping with the API's field names."""
    parsed = codec.from_bytes(_to_bytes(given))
    value = _decoded(api, model, parsed)
    check_constraints(value)
    _reject_unknown_fields(parsed, codec.encode(api, value), "body")
    return value


def _decoded(api: str, model: type, parsed: Any) -> Any:
    try:
        return codec.decode(api, model, parsed, "body")
    except DecodeError as error:
        raise ArgumentError(str(error).removeprefix("Unexpected response: ")) from None


def _to_bytes(given: dict[str, Any]) -> bytes:
    try:
        fault = _unwritable(given, "body")
        if fault is None:
            text = codec.to_bytes(given)
            if len(text) <= _MAX_BODY_BYTES:
                return text
            fault = f"body must have at most {_MAX_BODY_BYTES} bytes as JSON, not {len(text)}."
    except (TypeError, ValueError, RecursionError):
        fault = "body is nested too deeply, or contains a mapping that is not a dict."
    raise ArgumentError(fault)


def _is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_array(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _unwritable(value: Any, where: str) -> str | None:
    """Return the error message for a value that JSON cannot represent; ``None`` if there is none."""
    if _is_object(value):
        if not all(isinstance(name, str) for name in cast("Mapping[object, Any]", value)):
            return f"{where} must have only str as keys."
        return next(filter(None, (_unwritable(member, f"{where}.{name}") for name, member in value.items())), None)
    if _is_array(value):
        return next(filter(None, (_unwritable(item, f"{where}[{index}]") for index, item in enumerate(value))), None)
    return _unwritable_leaf(value, where)


def _unwritable_leaf(value: object, where: str) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return f"{where} must fit in 64 bits."
    if isinstance(value, float) and not isfinite(value):
        return f"{where} must be a finite number."
    try:
        codec.to_bytes(value)
    except (TypeError, ValueError):
        return f"{where} must be a JSON value, not {type(value).__name__}."
    return None


def _has_required(model: type) -> bool:
    return attrs.has(model) and any(field.default is attrs.NOTHING for field in attrs.fields(model))


def check_constraints(value: object, prefix: str = "") -> None:
    """Check the bounds, lengths and patterns of a model's fields, and those of the models inside it.

    Raises:
        ArgumentError: A value is out of bounds.

    """
    if _is_array(value):
        for index, item in enumerate(value):
            check_constraints(item, f"{prefix}[{index}]")
        return
    for name, rules in _rules_of(cast("Any", type(value))):
        member = getattr(value, name)
        if member is None:
            continue
        where = f"{prefix}.{name}" if prefix else name
        if rules or isinstance(member, datetime):
            _check_member(where, member, rules)
        check_constraints(member, where)


@cache
def _rules_of(kind: type) -> Sequence[tuple[str, Mapping[Any, Any]]]:
    """Return the fields of a model with their constraints; empty if ``kind`` is not a model."""
    if not attrs.has(kind):
        return ()
    return tuple((field.name, field.metadata) for field in attrs.fields(kind))


def _check_member(name: str, value: Any, rules: Mapping[Any, Any]) -> None:
    if isinstance(value, datetime):
        check_datetime(name, value)
    if isinstance(value, int | float):
        if "minimum" in rules and value < rules["minimum"]:
            raise ArgumentError(f"{name} must be at least {rules['minimum']}.")
        if "maximum" in rules and value > rules["maximum"]:
            raise ArgumentError(f"{name} must be at most {rules['maximum']}.")
        return
    if isinstance(value, str | tuple):
        size = len(cast("Sequence[Any]", value))
        unit = "characters" if isinstance(value, str) else "items"
        if size < rules.get("min_length", 0):
            raise ArgumentError(f"{name} must have at least {rules['min_length']} {unit}, not {size}.")
        if size > rules.get("max_length", size):
            raise ArgumentError(f"{name} must have at most {rules['max_length']} {unit}, not {size}.")
    if isinstance(value, str):
        pattern = rules.get("pattern")
        if pattern is not None and not _compiled(pattern)(value):
            raise ArgumentError(f"{name} must match {pattern}.")
        check_text(name, value)


@cache
def _compiled(pattern: str) -> Callable[[str], object]:
    # In the API description, `$` matches only at the end. In Python, it also matches before a final line break.
    return re.compile(re.sub(r"\$$", r"\\Z", pattern)).search


def _reject_unknown_fields(given: Any, known: Any, where: str) -> None:
    """Reject an unknown field. The API would ignore it, and the write would be executed without it."""
    if _is_object(given) and _is_object(known):
        for name, value in given.items():
            if name in known:
                _reject_unknown_fields(value, known[name], f"{where}.{name}")
            elif value is not None:
                raise ArgumentError(f"{where} has an unknown field: {name!r}. Check the spelling.")
    elif _is_array(given) and _is_array(known):
        for index, (one, other) in enumerate(zip(given, known, strict=True)):
            _reject_unknown_fields(one, other, f"{where}[{index}]")
