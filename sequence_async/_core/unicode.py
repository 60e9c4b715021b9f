"""Parse JSON with invalid Unicode: half a surrogate pair, or bytes that are not UTF-8.

Names come from banks and phones. One malformed name must not make a whole list unreadable or leave a payment in doubt,
so its invalid characters become U+FFFD. A malformed ID stays an error, because a replaced character makes it another
ID.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NoReturn, cast

REPLACEMENT: Final = "\ufffd"

_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ID: Final = re.compile(r"(?:^id|Id|_id)s?$|[cC]ursor$")
_NOT_AN_ID: Final = frozenset({"requestId", "request_id"})


class MalformedIdError(ValueError):
    """An ID or a cursor is not valid Unicode."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not valid Unicode")
        self.path = path


def is_malformed(text: bytes) -> bool:
    """Return whether JSON text may contain invalid Unicode."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return _SURROGATE_ESCAPE.search(text) is not None


def parse_malformed(
    text: bytes, *, parse_float: Callable[[str], float | Decimal] = float, check_ids: bool = True
) -> Any:
    """Parse JSON, with U+FFFD in place of invalid Unicode.

    Raises:
        MalformedIdError: An ID or a cursor is affected, and ``check_ids`` is true.
        ValueError: The text is not JSON for another reason.

    """
    parsed = json.loads(text.decode(errors="replace"), parse_float=parse_float, parse_constant=reject_constant)
    return _repaired(parsed, "$", _is_id if check_ids else _never)


def reject_constant(name: str) -> NoReturn:
    """Raise ``ValueError`` for NaN and the infinities, which the standard library's parser accepts."""
    raise ValueError(f"{name} is not JSON")


def _repaired(value: Any, path: str, is_id: Callable[[str], bool], *, inside_id: bool = False) -> Any:
    if isinstance(value, str):
        text = _SURROGATE.sub(REPLACEMENT, value)
        if inside_id and REPLACEMENT in text:
            raise MalformedIdError(path)
        return text
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {
            _SURROGATE.sub(REPLACEMENT, name): _repaired(member, f"{path}.{name}", is_id, inside_id=is_id(name))
            for name, member in members.items()
        }
    if isinstance(value, list):
        items = cast("list[Any]", value)  # type: ignore[redundant-cast]  # basedpyright needs it
        return [_repaired(item, f"{path}[{at}]", is_id, inside_id=inside_id) for at, item in enumerate(items)]
    return value


def _never(_: str) -> bool:
    return False


def _is_id(name: str) -> bool:
    """Return whether a field of this name contains IDs or a cursor, which are sent back to the API unchanged."""
    return _ID.search(name) is not None and name not in _NOT_AN_ID


def repaired_header(value: str) -> str:
    """Return the value of a header, with U+FFFD in place of bytes that are not UTF-8."""
    return _SURROGATE.sub(REPLACEMENT, value)
