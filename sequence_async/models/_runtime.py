"""Support code for the generated models: open enums, open unions, masked fields and derived properties.

The only dependency is attrs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from enum import StrEnum
from typing import Any, Protocol, Self, TypeVar

import attrs

T = TypeVar("T")


class OpenStrEnum(StrEnum):
    """A string enum that also accepts values that the API added after this release."""

    @property
    def is_known(self) -> bool:
        """Whether this member is in the description that the enum was generated from."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # A subclass of str could compare equal to another member, so only a plain str becomes a new member.
        if type(value) is not str:
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


def encode_datetime(value: datetime) -> str:
    """Return an aware datetime in the API's format: in UTC, ending in ``Z``."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _member_names(raw: Mapping[str, Any]) -> str:
    return f"<{', '.join(sorted(raw))}>"


@attrs.frozen(kw_only=True)
class UnknownVariant:
    """A union variant that this release does not know, with its original data.

    Its ``repr`` shows the field names of ``raw`` but not the values, because any of them may be sensitive.
    """

    tag: str | None
    """The value of the union's discriminator. ``None`` if the union has no discriminator."""
    raw: Mapping[str, Any] = attrs.field(repr=_member_names, hash=False)
    """The parsed JSON object, unchanged."""


@attrs.frozen(kw_only=True)
class TaggedUnion:
    """The rule that selects the variant of one union.

    The value of the field ``tag`` selects it. If ``tag`` is ``None``, the only key of ``variants`` that is present and not
    null selects it. Data that fits no variant, or more than one, becomes an :class:`UnknownVariant`.
    """

    union: Any
    tag: str | None
    variants: Mapping[str, type]


def masked(value: str | None) -> str:
    """Return a masked form of a sensitive value, which shows at most its last two characters."""
    if value is None:
        return "None"
    return f"'••••{value[-2:]}'" if len(value) > 4 else "'••••'"  # noqa: PLR2004


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Return a sequence as a tuple, which keeps a model immutable and hashable.

    Raises:
        TypeError: ``values`` is text, bytes or a mapping, which would become a tuple of its characters, bytes or keys.

    """
    kind = type(values)
    if kind is not tuple and issubclass(kind, str | bytes | Mapping):
        raise TypeError(f"expected a sequence, got {kind.__name__}")
    return tuple(values)


def as_optional_tuple(values: Iterable[T] | None) -> tuple[T, ...] | None:
    """Return a sequence as a tuple, or ``None`` if it is ``None``."""
    return None if values is None else as_tuple(values)


def arrays_as_tuples(_cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Convert every array field of a model to a tuple.

    A ``converter=`` in each field would have the same effect, but neither mypy nor pyright can type a generic converter.
    """
    return [_as_array(field) if str(field.type).startswith("Sequence[") else field for field in fields]


def _as_array(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    return field.evolve(converter=as_optional_tuple if str(field.type).endswith("| None") else as_tuple)


_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""A context without rounding, so that the result does not depend on the caller's context."""
_LARGEST_EXPONENT = 20
"""The largest accepted power of ten, far above any amount of money.

Without this limit, expanding a number with a huge exponent would take extremely long.
"""


def whole_cents(dollars: Decimal) -> int | None:
    """Return dollars as exact cents, or ``None`` if they are not a whole number of cents or not a valid amount."""
    if not dollars.is_finite() or dollars.adjusted() > _LARGEST_EXPONENT:
        return None
    cents = dollars.scaleb(2, _EXACT)
    whole = cents.to_integral_value()
    return int(whole) if whole == cents else None


class _HasStatus(Protocol):
    @property
    def status(self) -> str | None: ...


class _HasOutcome(_HasStatus, Protocol):
    @property
    def conditions_not_met(self) -> bool | None: ...
    @property
    def transfers_failed(self) -> int | None: ...


class _HasMessage(Protocol):
    @property
    def message(self) -> str | None: ...


class _HasDollars(Protocol):
    @property
    def amount_in_dollars(self) -> Decimal | None: ...


class Settling:
    """A mixin for objects whose status becomes final."""

    __slots__ = ()

    @property
    def settled(self: _HasStatus) -> bool:
        """Whether the status is final. A status that this release does not know is not settled."""
        return self.status is not None and self.status.lower() in {"complete", "incomplete", "error", "cancelled"}


class Outcome:
    """A mixin for rule executions, which succeed or fail."""

    __slots__ = ()

    @property
    def settled(self: _HasStatus) -> bool:
        """Whether the execution has ended. A status that this release does not know is not settled."""
        return self.status is not None and self.status.lower() in {"executed", "partial", "failed"}

    @property
    def succeeded(self: _HasOutcome) -> bool:
        """Whether the rule was executed, its conditions were met and none of its transfers failed."""
        executed = self.status is not None and self.status.lower() == "executed"
        return executed and not self.conditions_not_met and not self.transfers_failed


class DollarAmount:
    """A mixin for amounts that the API returns in dollars."""

    __slots__ = ()

    @property
    def amount_in_cents(self: _HasDollars) -> int | None:
        """The exact amount in cents. ``None`` if there is no amount, or if it is not a whole number of cents.

        The client rejects a response with fractions of a cent, so only an object that you create can contain them.
        """
        amount = self.amount_in_dollars
        return None if amount is None else whole_cents(amount)


class TriggerNote:
    """A mixin for objects with a message about the result of a trigger."""

    __slots__ = ()

    @property
    def test_mode(self: _HasMessage) -> bool:
        """Whether the message says that the rule is in test mode, so the trigger had no effect."""
        # The message also includes the rule's ID, which may be any text.
        words = re.sub(r"\bid \S+", "", self.message or "")
        return re.search(r"\btest[\s_-]?mode\b", words, re.IGNORECASE) is not None
