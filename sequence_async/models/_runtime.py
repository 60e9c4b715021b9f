"""What the generated models rest on: open enums, open unions, masked fields, derived properties. It needs attrs alone."""

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
    """A string enum that also holds members which the API gained after this release."""

    @property
    def is_known(self) -> bool:
        """Whether this member was in the description that the enum was generated from."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # A subclass of str could compare equal to another member, so only plain text becomes a new one.
        if type(value) is not str:
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


def encode_datetime(value: datetime) -> str:
    """Write an aware datetime the way the API does: UTC, ending in ``Z``."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _member_names(raw: Mapping[str, Any]) -> str:
    return f"<{', '.join(sorted(raw))}>"


@attrs.frozen(kw_only=True)
class UnknownVariant:
    """A variant of a union that this release does not know, kept as it came.

    Its ``repr`` names the members of ``raw`` and leaves their values out: nobody knows which of them are sensitive.
    """

    tag: str | None
    """The value of the union's discriminator; ``None`` where the union has none."""
    raw: Mapping[str, Any] = attrs.field(repr=_member_names, hash=False)
    """The parsed JSON object, unchanged."""


@attrs.frozen(kw_only=True)
class TaggedUnion:
    """How one union is told apart.

    By the value of the member ``tag``; or, where ``tag`` is ``None``, by the one key of ``variants`` that is present and
    not null. What fits no variant, or more than one, is an :class:`UnknownVariant`.
    """

    union: Any
    tag: str | None
    variants: Mapping[str, type]


def masked(value: str | None) -> str:
    """Show that a sensitive value is there, and its last two characters, and nothing else."""
    if value is None:
        return "None"
    return f"'••••{value[-2:]}'" if len(value) > 4 else "'••••'"  # noqa: PLR2004


def as_tuple(values: Iterable[T]) -> tuple[T, ...]:
    """Keep a model immutable and hashable, whatever kind of sequence it was given.

    Raises:
        TypeError: ``values`` is text or a mapping; its characters or keys were hardly meant.

    """
    kind = type(values)
    if kind is not tuple and issubclass(kind, str | bytes | Mapping):
        raise TypeError(f"expected a sequence, got {kind.__name__}")
    return tuple(values)


def as_optional_tuple(values: Iterable[T] | None) -> tuple[T, ...] | None:
    """Like :func:`as_tuple`, for a member that may be absent."""
    return None if values is None else as_tuple(values)


def arrays_as_tuples(_cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Make every array of a model a tuple, whatever it is given.

    A ``converter=`` in each field would do the same, but neither mypy nor pyright can type a generic one.
    """
    return [_as_array(field) if str(field.type).startswith("Sequence[") else field for field in fields]


def _as_array(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    return field.evolve(converter=as_optional_tuple if str(field.type).endswith("| None") else as_tuple)


_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Whatever the caller's context rounds or traps, nothing is lost in this one."""
_LARGEST_EXPONENT = 20
"""Of ten; a sum of money is far below. Only to write out a number with a huge exponent takes all the time there is."""


def whole_cents(dollars: Decimal) -> int | None:
    """Return dollars in cents, exactly; ``None`` for parts of a cent, and for what is no sum of money at all."""
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
    """Something with a status that comes to rest."""

    __slots__ = ()

    @property
    def settled(self: _HasStatus) -> bool:
        """Whether no further change is expected. A status that this release does not know is not settled."""
        return self.status is not None and self.status.lower() in {"complete", "incomplete", "error", "cancelled"}


class Outcome:
    """A run that ends, well or not."""

    __slots__ = ()

    @property
    def settled(self: _HasStatus) -> bool:
        """Whether the run is over. A status that this release does not know is not settled."""
        return self.status is not None and self.status.lower() in {"executed", "partial", "failed"}

    @property
    def succeeded(self: _HasOutcome) -> bool:
        """Whether the run was carried out, its conditions held, and none of its transfers failed."""
        executed = self.status is not None and self.status.lower() == "executed"
        return executed and not self.conditions_not_met and not self.transfers_failed


class DollarAmount:
    """An amount that the API writes as dollars."""

    __slots__ = ()

    @property
    def amount_in_cents(self: _HasDollars) -> int | None:
        """The amount in cents, exact; ``None`` where there is none, or where it is not a whole number of cents.

        The client refuses an answer with parts of a cent, so that only an object made by hand can hold one.
        """
        amount = self.amount_in_dollars
        return None if amount is None else whole_cents(amount)


class TriggerNote:
    """Something with a message that says what came of a trigger."""

    __slots__ = ()

    @property
    def test_mode(self: _HasMessage) -> bool:
        """Whether the rule is in test mode, so that nothing was really done. The message says so."""
        # The message also quotes the rule's id, which may be anything.
        words = re.sub(r"\bid \S+", "", self.message or "")
        return re.search(r"\btest[\s_-]?mode\b", words, re.IGNORECASE) is not None
