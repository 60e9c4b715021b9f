"""Query parameters. An invalid one raises :class:`ApiError` with its name."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, Final, TypeVar

from sequence_async.sandbox.clock import milliseconds
from sequence_async.sandbox.errors import invalid
from sequence_async.sandbox.validation import read_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sequence_async.sandbox.routing import ApiCall

T = TypeVar("T")

_INTEGER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_CURSOR: Final = re.compile(r"seq:([0-9]{1,15})", re.ASCII)


def text(call: ApiCall, name: str) -> str | None:
    """Return the value of a parameter, or ``None`` if it is absent."""
    values = call.query.get(name)
    if values is None:
        return None
    if len(values) > 1:
        raise invalid(f"The query parameter '{name}' is given more than once.")
    if not values[0]:
        raise invalid(f"The query parameter '{name}' is empty.")
    return values[0]


def required(call: ApiCall, name: str) -> str:
    """Return the value of a required parameter."""
    value = text(call, name)
    if value is None:
        raise invalid(f"The query parameter '{name}' is required.")
    return value


def texts(call: ApiCall, name: str) -> list[str]:
    """Return the values of a parameter that must appear at least once."""
    values = call.query.get(name)
    if not values or not all(values):
        raise invalid(f"The query parameter '{name}' needs at least one value.")
    return values


def choice(call: ApiCall, name: str, choices: Mapping[str, T]) -> T | None:
    """Return the choice that a parameter names, or ``None`` if it is absent."""
    value = text(call, name)
    if value is None:
        return None
    if value not in choices:
        raise invalid(f"The query parameter '{name}' must be one of {', '.join(choices)}.")
    return choices[value]


def time(call: ApiCall, name: str) -> int | None:
    """Return an ISO 8601 time as milliseconds since 1970, or ``None`` if it is absent."""
    value = text(call, name)
    if value is None:
        return None
    when = read_time(value)
    if when is None:
        raise invalid(f"The query parameter '{name}' must be an ISO 8601 time such as 2026-01-31T09:00:00Z.")
    return milliseconds(when)


def integer(call: ApiCall, name: str, default: int, least: int, most: int) -> int:
    """Return an integer within bounds, or ``default`` if it is absent."""
    value = text(call, name)
    if value is None:
        return default
    if not _INTEGER.fullmatch(value) or not least <= int(value) <= most:
        raise invalid(f"The query parameter '{name}' must be a whole number from {least} to {most}.")
    return int(value)


def cursor(call: ApiCall, name: str) -> int | None:
    """Return the sequence number in a cursor, or ``None`` if it is absent. The page starts before it."""
    value = text(call, name)
    if value is None:
        return None
    try:
        found = _CURSOR.fullmatch(urlsafe_b64decode(value.encode()).decode())
    except (NotBase64, ValueError):
        found = None
    if found is None:
        raise invalid(f"The query parameter '{name}' is not a cursor that an earlier page gave.")
    return int(found[1])


def write_cursor(seq: int) -> str:
    """Return the cursor of a page whose last resource has this sequence number."""
    return urlsafe_b64encode(f"seq:{seq}".encode()).decode()
