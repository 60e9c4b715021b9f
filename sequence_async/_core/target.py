"""From arguments to the path and the query of a request, each checked against the operation's description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

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
from sequence_async.errors import ArgumentError
from sequence_async.models._runtime import encode_datetime
from sequence_async.operations._runtime import Operation, Parameter

_NOTHING: Mapping[str, Any] = {}

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
            return encode_datetime(check_moment(argument, value))
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
