"""From arguments to what is sent: path, query and body, each checked against the operation's description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import Any, TypeGuard, cast
from urllib.parse import quote

import attrs

from sequence_async._core import codec
from sequence_async._core.arguments import (
    check_boolean,
    check_id,
    check_ids,
    check_integer,
    check_moment,
    check_text,
    is_plain,
    python_name,
)
from sequence_async.errors import ArgumentError, DecodeError
from sequence_async.operations._runtime import Operation, Parameter

_NOTHING: Mapping[str, Any] = {}

_LARGEST_BODY = 1024 * 1024  # no documented request comes near it, and aiohttp warns of a larger one
# Time passes between saying "90 days ago" and sending it, and between sending it and its arrival.
_SAYING = timedelta(seconds=1)
_ON_THE_WAY = timedelta(seconds=5)


def build_target(
    operation: Operation[Any],
    path: Mapping[str, str] | None,
    query: Mapping[str, Any] | None,
) -> str:
    """Return the path and the query, quoted, relative to the base URL.

    Raises:
        ArgumentError: a parameter is missing, unknown, or has a value it does not take.

    """
    target = _fill_path(operation, path or _NOTHING) if operation.path_parameters or path else operation.path
    if operation.query or query:
        text = _build_query(operation, query or _NOTHING)
        if text:
            return f"{target}?{text}"
    return target


def _fill_path(operation: Operation[Any], given: Mapping[str, str]) -> str:
    names = operation.path_parameters
    if len(given) > len(names):
        _refuse_unknown(operation, "path", given, names)
    target = operation.path
    for name in names:
        value = given.get(name)
        target = target.replace(f"{{{name}}}", value if is_plain(value) else _quoted_id(operation, given, name))
    return target


def _quoted_id(operation: Operation[Any], given: Mapping[str, str], name: str) -> str:
    argument = _path_argument(operation.path, name)
    if name not in given:
        _refuse_unknown(operation, "path", given, operation.path_parameters)
        raise ArgumentError(f"{operation.id} needs the path parameter {name!r} ({argument}).")
    return quote(check_id(argument, given[name]), safe="")


def _path_argument(template: str, name: str) -> str:
    """Return what a path parameter is called in Python: ``{id}`` after ``/accounts`` is ``account_id``."""
    if name != "id":
        return python_name(name)
    collection = template.partition("/{id}")[0].rpartition("/")[2]
    return collection.rpartition("-")[2].removesuffix("s") + "_id"


def _build_query(operation: Operation[Any], given: Mapping[str, Any]) -> str:
    _refuse_unknown(operation, "query", given, [parameter.name for parameter in operation.query])
    pairs: list[tuple[str, str]] = []
    for parameter in operation.query:
        value = given.get(parameter.name)
        argument = python_name(parameter.name)
        if value is None:
            if parameter.required:
                raise ArgumentError(f"{operation.id} needs {argument}.")
        elif parameter.repeated:
            ids = check_ids(argument, value)
            if not ids and parameter.required:
                raise ArgumentError(f"{argument} is empty; {operation.id} needs at least one.")
            pairs += [(parameter.name, item) for item in ids]
        else:
            pairs.append((parameter.name, _query_text(parameter, argument, value)))
    _check_window(given)
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def _query_text(parameter: Parameter, argument: str, value: object) -> str:
    match parameter.kind:
        case "integer":
            return str(check_integer(argument, value, parameter.minimum, parameter.maximum))
        case "boolean":
            return "true" if check_boolean(argument, value) else "false"
        case "date-time":
            return codec.encode_datetime(check_moment(argument, value))
        case "enum":
            return _member(argument, parameter.values, value)
        case "string":
            text = check_text(argument, value)
            if not text:
                raise ArgumentError(f"{argument} is empty; leave it out instead.")
            return text


def _member(argument: str, enum: Any, value: object) -> str:
    text = check_text(argument, value)
    if text in enum.__members__.values() or isinstance(value, enum):
        return str(text)
    known = ", ".join(repr(str(member)) for member in enum)
    raise ArgumentError(
        f"{argument} takes {known}. If the API has a newer one, say so: {enum.__name__}(…).",
    )


def _check_window(given: Mapping[str, Any]) -> None:
    start, end = given.get("from"), given.get("to")
    if isinstance(start, datetime) and isinstance(end, datetime) and start > end:
        raise ArgumentError("created_from is later than created_to, so nothing can lie between them.")


def check_reach(operation: Operation[Any], query: Mapping[str, Any], now: datetime) -> None:
    """Refuse a start that lies further back than the operation can see, and a window that is wider than that.

    Raises:
        ArgumentError: naming the number of days.

    """
    for parameter, start in _starts(operation, query):
        reach = timedelta(days=parameter.max_days_back or 0) + _SAYING
        end = query.get("to")
        name = python_name(parameter.name)
        if start < now - reach:
            raise ArgumentError(
                f"{name} lies more than {parameter.max_days_back} days back, "
                f"which is as far as {operation.id} can see.",
            )
        if isinstance(end, datetime) and check_moment("created_to", end) - start > reach:
            raise ArgumentError(
                f"{name} and created_to are more than {parameter.max_days_back} days apart, "
                f"which is as much as {operation.id} shows.",
            )


def within_reach(operation: Operation[Any], query: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Return the starts that have to be moved a little, so as to be within reach still when the request arrives.

    Somebody who asks for the last 90 days says it before it is sent, and more so before the last page is asked for.
    """
    return {
        parameter.name: nearest
        for parameter, start in _starts(operation, query)
        if start < (nearest := now - timedelta(days=parameter.max_days_back or 0) + _ON_THE_WAY)
    }


def _starts(operation: Operation[Any], query: Mapping[str, Any]) -> Iterator[tuple[Parameter, datetime]]:
    for parameter in operation.query:
        if parameter.max_days_back is not None and query.get(parameter.name) is not None:
            yield parameter, check_moment(python_name(parameter.name), query[parameter.name])


def _refuse_unknown(operation: Operation[Any], kind: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
    unknown = [str(name) for name in given if name not in known]
    if unknown:
        raise ArgumentError(
            f"{operation.id} has no {kind} parameter {unknown[0]!r}; it takes {', '.join(known) or 'none'}.",
        )


def build_body(operation: Operation[Any], body: object) -> bytes | None:
    """Return the JSON text of a request body, checked field by field; ``None`` where the operation sends none.

    ``body`` is the operation's request model, or a mapping in wire form.

    Raises:
        ArgumentError: the body is missing, has an unknown member, a wrong type or a value out of bounds.

    """
    model = operation.body
    if model is None:
        if body is not None:
            raise ArgumentError(f"{operation.id} takes no body.")
        return None
    if body is None:
        if operation.body_required and _has_required(model):
            raise ArgumentError(f"{operation.id} needs a body: a {model.__name__}, or a mapping in wire form.")
        return b"{}"
    if model is dict:
        return _free_body(operation, body)
    api = operation.api.id
    if isinstance(body, model):
        given = codec.encode(api, body)
    elif isinstance(body, Mapping):
        given = dict(cast("Mapping[str, Any]", body))
    else:
        raise ArgumentError(
            f"{operation.id} takes a {model.__name__} or a mapping in wire form, not {type(body).__name__}.",
        )
    return _checked_body(api, model, given)


def _free_body(operation: Operation[Any], body: object) -> bytes:
    """Return the JSON text of an object of which nothing is described."""
    if not isinstance(body, Mapping):
        raise ArgumentError(f"{operation.id} takes a JSON object: a mapping, not {type(body).__name__}.")
    return _as_json(dict(cast("Mapping[str, Any]", body)))


def _checked_body(api: str, model: type, given: dict[str, Any]) -> bytes:
    text = _as_json(given)
    # Read back what would be sent: a model does not check its arguments, and a mapping may hold anything.
    parsed = codec.from_bytes(text)
    try:
        value = codec.decode(api, model, parsed, "body")
    except DecodeError as error:
        raise ArgumentError(str(error).replace("The answer is not a documented", "The body is no")) from None
    _check_constraints(value, "")
    _refuse_unknown_members(parsed, codec.encode(api, value), "body")
    return text


def _as_json(given: dict[str, Any]) -> bytes:
    try:
        fault = _unwritable(given, "body")
        if fault is None:
            text = codec.to_bytes(given)
            if len(text) <= _LARGEST_BODY:
                return text
            fault = f"body must have at most {_LARGEST_BODY} bytes as JSON; it has {len(text)}."
    except (TypeError, ValueError, RecursionError):
        fault = "body is nested too deeply, or holds a mapping that is no dict."
    raise ArgumentError(fault)


def _is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_array(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _unwritable(value: Any, where: str) -> str | None:
    """Say which value of a body no JSON text can hold."""
    if _is_object(value):
        if not all(isinstance(name, str) for name in cast("Mapping[object, Any]", value)):
            return f"{where} has a name that is no text."
        return next(filter(None, (_unwritable(member, f"{where}.{name}") for name, member in value.items())), None)
    if _is_array(value):
        return next(filter(None, (_unwritable(item, f"{where}[{index}]") for index, item in enumerate(value))), None)
    return _unwritable_leaf(value, where)


def _unwritable_leaf(value: object, where: str) -> str | None:
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return f"{where} must fit into 64 bits."
    if isinstance(value, float) and not isfinite(value):
        return f"{where} must be a finite number."
    try:
        codec.to_bytes(value)
    except (TypeError, ValueError):
        return f"{where} must be a JSON value, not {type(value).__name__}."
    return None


def _has_required(model: type) -> bool:
    return attrs.has(model) and any(field.default is attrs.NOTHING for field in attrs.fields(model))


def _check_constraints(value: object, prefix: str) -> None:
    if _is_array(value):
        for index, item in enumerate(value):
            _check_constraints(item, f"{prefix}[{index}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            member = getattr(value, field.name)
            name = f"{prefix}.{field.name}" if prefix else field.name
            if field.metadata and member is not None:
                _check_member(name, member, field.metadata)
            _check_constraints(member, name)


def _check_member(name: str, value: Any, rules: Mapping[Any, Any]) -> None:
    if isinstance(value, int | float):
        if "minimum" in rules and value < rules["minimum"]:
            raise ArgumentError(f"{name} must be at least {rules['minimum']}.")
        if "maximum" in rules and value > rules["maximum"]:
            raise ArgumentError(f"{name} must be at most {rules['maximum']}.")
    if isinstance(value, str | tuple):
        size = len(cast("Sequence[Any]", value))
        unit = "characters" if isinstance(value, str) else "items"
        if size < rules.get("min_length", 0):
            raise ArgumentError(f"{name} must have at least {rules['min_length']} {unit}; it has {size}.")
        if size > rules.get("max_length", size):
            raise ArgumentError(f"{name} must have at most {rules['max_length']} {unit}; it has {size}.")
    if isinstance(value, str):
        pattern = rules.get("pattern")
        # In a description `$` is the very end; in Python it also stands before a last line break.
        if pattern is not None and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
            raise ArgumentError(f"{name} must match {pattern}.")
        check_text(name, value)


def _refuse_unknown_members(given: Any, known: Any, where: str) -> None:
    """Refuse a misspelt member: the API would ignore it, and the money would move without it."""
    if _is_object(given) and _is_object(known):
        for name, value in given.items():
            if name in known:
                _refuse_unknown_members(value, known[name], f"{where}.{name}")
            elif value is not None:
                raise ArgumentError(f"{where} has a member that the API does not know: {name!r}.")
    elif _is_array(given) and _is_array(known):
        for index, (one, other) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown_members(one, other, f"{where}[{index}]")
