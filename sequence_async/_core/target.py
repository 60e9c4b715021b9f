"""Build the path and the query of a request, and check them against the API description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from sequence_async._core.arguments import (
    check_boolean,
    check_datetime,
    check_id,
    check_ids,
    check_integer,
    check_text,
    is_safe_id,
)
from sequence_async.errors import ArgumentError
from sequence_async.models._runtime import encode_datetime
from sequence_async.operations._runtime import Operation, Parameter, Window

_NOTHING: Mapping[str, Any] = {}

# Time passes between computing "90 days ago" and sending the request, and until the request arrives.
_SAYING = timedelta(seconds=1)
_ON_THE_WAY = timedelta(seconds=5)


def build_target(
    operation: Operation[Any],
    path: Mapping[str, str] | None,
    query: Mapping[str, Any] | None,
) -> str:
    """Return the quoted path and query, relative to the base URL.

    Raises:
        ArgumentError: A parameter is missing, unknown or invalid.

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
        _reject_unknown(operation, "path", given, names)
    target = operation.path
    for name in names:
        value = given.get(name)
        target = target.replace(f"{{{name}}}", value if is_safe_id(value) else _quoted_id(operation, given, name))
    return target


def _quoted_id(operation: Operation[Any], given: Mapping[str, str], name: str) -> str:
    argument = operation.arguments[name]
    if name not in given:
        _reject_unknown(operation, "path", given, operation.path_parameters)
        raise ArgumentError(f"{operation.id}: {argument} is missing. Pass the path parameter {name!r}.")
    return quote(check_id(argument, given[name]), safe="")


def _build_query(operation: Operation[Any], given: Mapping[str, Any]) -> str:
    _reject_unknown(operation, "query", given, [parameter.name for parameter in operation.query])
    pairs: list[tuple[str, str]] = []
    for parameter in operation.query:
        value = given.get(parameter.name)
        argument = operation.arguments[parameter.name]
        if value is None:
            if parameter.required:
                raise ArgumentError(f"{operation.id}: {argument} is missing.")
        elif parameter.repeated:
            ids = check_ids(argument, value)
            if not ids and parameter.required:
                raise ArgumentError(f"{operation.id}: {argument} must not be empty. Pass at least one ID.")
            pairs += [(parameter.name, item) for item in ids]
        else:
            pairs.append((parameter.name, _query_text(parameter, argument, value)))
    if operation.window is not None:
        _check_window(operation, operation.window, given)
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def _query_text(parameter: Parameter, argument: str, value: object) -> str:
    match parameter.kind:
        case "integer":
            return str(check_integer(argument, value, parameter.minimum, parameter.maximum))
        case "boolean":
            return "true" if check_boolean(argument, value) else "false"
        case "date-time":
            return encode_datetime(check_datetime(argument, value))
        case "enum":
            return _member(argument, parameter.values, value)
        case "string":
            text = check_text(argument, value)
            if not text:
                raise ArgumentError(f"{argument} must not be empty. Leave it out instead.")
            return text


def _member(argument: str, enum: Any, value: object) -> str:
    text = check_text(argument, value)
    if text in enum.__members__.values() or isinstance(value, enum):
        return str(text)
    known = ", ".join(repr(str(member)) for member in enum)
    raise ArgumentError(
        f"{argument} must be one of {known}. For a value that is newer than this release, pass {enum.__name__}(…).",
    )


def _check_window(operation: Operation[Any], window: Window, given: Mapping[str, Any]) -> None:
    start, end = given.get(window.start), given.get(window.end)
    if isinstance(start, datetime) and isinstance(end, datetime) and start > end:
        start_argument, end_argument = operation.arguments[window.start], operation.arguments[window.end]
        raise ArgumentError(f"{start_argument} must not be later than {end_argument}.")


def check_reach(operation: Operation[Any], query: Mapping[str, Any], now: datetime) -> None:
    """Check that a time range does not start too far back, and is not too wide for the operation.

    Raises:
        ArgumentError: It does or is. The message contains the largest number of days.

    """
    window, start = operation.window, _limited_start(operation, query)
    if window is None or start is None:
        return
    reach = timedelta(days=window.max_days or 0) + _SAYING
    end = query.get(window.end)
    name, end_name = operation.arguments[window.start], operation.arguments[window.end]
    if start < now - reach:
        raise ArgumentError(f"{operation.id}: {name} must be at most {window.max_days} days back.")
    if isinstance(end, datetime) and check_datetime(end_name, end) - start > reach:
        raise ArgumentError(f"{operation.id}: {name} and {end_name} must be at most {window.max_days} days apart.")


def within_reach(operation: Operation[Any], query: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Return a later start of the time range if the request would arrive too late for it; otherwise empty.

    A caller that requests the last 90 days computes the start before the request is sent, and long before the last page
    is requested.
    """
    window, start = operation.window, _limited_start(operation, query)
    if window is None or start is None:
        return _NOTHING
    nearest = now - timedelta(days=window.max_days or 0) + _ON_THE_WAY
    return {window.start: nearest} if start < nearest else _NOTHING


def _limited_start(operation: Operation[Any], query: Mapping[str, Any]) -> datetime | None:
    window = operation.window
    if window is None or window.max_days is None or query.get(window.start) is None:
        return None
    return check_datetime(operation.arguments[window.start], query[window.start])


def _reject_unknown(operation: Operation[Any], kind: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
    unknown = [str(name) for name in given if name not in known]
    if unknown:
        raise ArgumentError(
            f"{operation.id} has no {kind} parameter {unknown[0]!r}. Its parameters: {', '.join(known) or 'none'}.",
        )
