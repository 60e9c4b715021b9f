"""Validation of JSON and YAML input. Every error says where and what is wrong."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

T = TypeVar("T")

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])([A-Z])")

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_LEAP: Final = re.compile(r"(T\d\d:\d\d:)60")
_LARGEST: Final = 2**53 - 1

Path = tuple[str | int, ...]


class ValidationError(Exception):
    """The input is invalid. ``path`` says where and ``rule`` says what is wrong."""

    def __init__(self, path: Path, rule: str) -> None:
        self.path = path
        self.rule = rule
        super().__init__(f"{format_path(path)}: {rule}" if path else rule)


def format_path(path: Path) -> str:
    """Return a path as text, such as ``steps[0].actions[1].type``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def snake(value: Any) -> Any:
    """Return a JSON value with all field names in snake_case."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {_CAMEL.sub(r"_\1", name).lower(): snake(inner) for name, inner in fields.items()}
    if isinstance(value, list):
        return [snake(item) for item in cast("Iterable[Any]", value)]
    return value


def read_time(text: str) -> datetime | None:
    """Return an ISO 8601 time with an offset, or ``None`` if the text is not one."""
    if not _TIME.fullmatch(text):
        return None
    try:
        # A leap second is a valid time, but datetime cannot represent it.
        return datetime.fromisoformat(_LEAP.sub(r"\g<1>59", text.upper()))
    except ValueError:
        return None


class ObjectReader:
    """An object of the input, with its path."""

    __slots__ = ("fields", "path")

    def __init__(self, value: Any, path: Path = ()) -> None:
        if not isinstance(value, dict):
            raise ValidationError(path, "must be an object")
        self.fields: Mapping[str, Any] = cast("dict[str, Any]", value)
        self.path = path

    def error(self, name: str, rule: str) -> ValidationError:
        """Return the error for one field."""
        return ValidationError((*self.path, name), rule)

    def has(self, name: str) -> bool:
        """Return whether a field is present and not null."""
        return self.fields.get(name) is not None

    def reject_unknown(self, allowed: Collection[str]) -> None:
        """Raise :class:`ValidationError` if there is a field that is not ``allowed``."""
        for name in self.fields:
            if name not in allowed:
                raise self.error(str(name), f"is not a known field. Known fields: {', '.join(sorted(allowed))}")

    def _get(self, name: str, kind: str, check: Callable[[Any], bool], *, required: bool) -> Any:
        value = self.fields.get(name)
        if value is None:
            if required:
                raise self.error(name, "is required")
            return None
        if not check(value):
            raise self.error(name, f"must be {kind}")
        return value

    def optional_text(self, name: str, *, at_most: int = 1_000) -> str | None:
        """Return an optional text."""
        value: str | None = self._get(name, "text", lambda found: isinstance(found, str), required=False)
        if value is not None and len(value) > at_most:
            raise self.error(name, f"must have at most {at_most} characters")
        return value

    def text(self, name: str) -> str:
        """Return a text that is not empty."""
        value: str = self._get(name, "text", lambda found: isinstance(found, str), required=True)
        if not value:
            raise self.error(name, "must not be empty")
        return value

    def not_null(self, *names: str) -> None:
        """Raise :class:`ValidationError` if an optional field is null instead of absent."""
        for name in names:
            if name in self.fields and self.fields[name] is None:
                raise self.error(name, "must not be null; leave it out instead")

    def boolean(self, name: str, *, default: bool) -> bool:
        """Return a boolean."""
        self.not_null(name)
        value: bool | None = self._get(name, "true or false", lambda found: isinstance(found, bool), required=False)
        return default if value is None else value

    def optional_integer(self, name: str, *, at_least: int | None = None, at_most: int | None = None) -> int | None:
        """Return an optional integer. As in JSON Schema, 1.0 is an integer."""
        value = self._get(name, "a whole number", _is_integer, required=False)
        if value is None:
            return None
        number = int(value)
        if abs(number) > _LARGEST:
            raise self.error(name, f"must not be larger than {_LARGEST}")
        if at_least is not None and number < at_least:
            raise self.error(name, f"must be at least {at_least}")
        if at_most is not None and number > at_most:
            raise self.error(name, f"must be at most {at_most}")
        return number

    def integer(self, name: str, *, at_least: int | None = None, at_most: int | None = None) -> int:
        """Return an integer."""
        value = self.optional_integer(name, at_least=at_least, at_most=at_most)
        if value is None:
            raise self.error(name, "is required")
        return value

    def optional_number(self, name: str) -> float | None:
        """Return an optional number."""
        value: float | None = self._get(name, "a number", _is_number, required=False)
        if value is not None and abs(value) > _LARGEST:
            raise self.error(name, f"must not be larger than {_LARGEST}")
        return value

    def percentage(self, name: str) -> Decimal:
        """Return a number from 0 to 100 as an exact decimal."""
        value = self._get(name, "a number", _is_number, required=True)
        if not 0 <= value <= 100:  # noqa: PLR2004 - percent
            raise self.error(name, "must be from 0 to 100")
        return Decimal(str(value))

    def choice(self, name: str, choices: Mapping[str, T]) -> T:
        """Return the choice that a field names."""
        value = self._get(name, "text", lambda found: isinstance(found, str), required=True)
        if value not in choices:
            raise self.error(name, f"must be one of {', '.join(choices)}")
        return choices[value]

    def optional_choice(self, name: str, choices: Mapping[str, T]) -> T | None:
        """Return the choice that an optional field names."""
        return self.choice(name, choices) if self.has(name) else None

    def time(self, name: str) -> datetime:
        """Return an ISO 8601 time with an offset."""
        value: object = self._get(name, "a time", lambda found: isinstance(found, str | date), required=True)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        when = read_time(str(value))
        if when is None:
            raise self.error(name, "must be an ISO 8601 time such as 2026-01-31T09:00:00Z")
        return when

    def child(self, name: str) -> ObjectReader:
        """Return a reader of an object."""
        if not self.has(name):
            raise self.error(name, "is required")
        return ObjectReader(self.fields[name], (*self.path, name))

    def optional_child(self, name: str) -> ObjectReader | None:
        """Return a reader of an optional object."""
        return self.child(name) if self.has(name) else None

    def items(self, name: str, *, at_least: int = 0) -> list[Any]:
        """Return a list."""
        found = self._get(name, "a list", lambda value: isinstance(value, list), required=at_least > 0)
        values = cast("list[Any]", found or [])
        if len(values) < at_least:
            raise self.error(name, f"must have at least {at_least} item")
        return values

    def children(self, name: str, *, at_least: int = 0) -> Iterator[ObjectReader]:
        """Yield a reader for each object of a list."""
        for index, value in enumerate(self.items(name, at_least=at_least)):
            yield ObjectReader(value, (*self.path, name, index))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
