# Exported from openapi/remote.yaml 1.0.0 (SHA-256 d3f176dc89abb33056ba43507a83925d9a81794867d6ddd44298cd1f9a554249)
# by sequence-async 0.1.0; do not edit. It needs Python 3.11 or later and attrs, nothing else.
# To write it anew:
#   sequence-async models export --api remote --out FILE
# To see what the release that is installed would change:
#   sequence-async models diff FILE
# SPDX-License-Identifier: MIT
# ruff: noqa
"""The models of Sequence Remote API: frozen, open to what the API gains later. They need attrs alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal, MAX_EMAX, MAX_PREC, MIN_EMIN
from enum import StrEnum
from typing import Any, Final, Protocol, Self, TYPE_CHECKING, TypeVar

import attrs

__all__ = [
    "AccountsSnapshot",
    "AmountAnswer",
    "DESCRIPTION_SHA256",
    "DESCRIPTION_VERSION",
    "ErrorCode",
    "OpenStrEnum",
    "RemoteAccount",
    "RemoteAccountType",
    "RemoteBalance",
    "TaggedUnion",
    "TriggeredRule",
    "UNIONS",
]


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


@attrs.frozen(kw_only=True)
class TaggedUnion:
    """How one union is told apart.

    By the value of the member ``tag``; or, where ``tag`` is ``None``, by the one key of ``variants`` that is present and
    not null. What fits no variant, or more than one, is an :class:`UnknownVariant`.
    """

    union: Any
    tag: str | None
    variants: Mapping[str, type]


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


class _HasMessage(Protocol):
    @property
    def message(self) -> str | None: ...


class _HasDollars(Protocol):
    @property
    def amount_in_dollars(self) -> Decimal | None: ...


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


DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "d3f176dc89abb33056ba43507a83925d9a81794867d6ddd44298cd1f9a554249"


class ErrorCode(OpenStrEnum):
    """Why a request was refused or failed.

    The API may add values, so end a `match` over these with `case _`.
    """

    INVALID_ACCESS_TOKEN = "INVALID_ACCESS_TOKEN"
    INVALID_API_SECRET = "INVALID_API_SECRET"
    INVALID_REQUEST = "INVALID_REQUEST"
    TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS"
    UNEXPECTED_ERROR = "UNEXPECTED_ERROR"
    if TYPE_CHECKING:
        _UNLISTED = ""


class RemoteAccountType(OpenStrEnum):
    """What kind of account it is; `Account` is an external one.

    The API may add values, so end a `match` over these with `case _`.
    """

    POD = "Pod"
    INCOME_SOURCE = "Income Source"
    ACCOUNT = "Account"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class RemoteBalance(DollarAmount):
    """What is in an account, in dollars."""

    amount_in_dollars: Decimal | None = attrs.field(metadata={"json": "amountInDollars"})
    """The available balance, in dollars, exactly as it was written; null when it could not be read."""
    error: str | None = None
    """Why the balance could not be read."""


@attrs.frozen(kw_only=True)
class RemoteAccount:
    """An account with its balance."""

    id: str
    """The account's id."""
    name: str
    """What the account is called in Sequence."""
    balance: RemoteBalance
    """What is in it."""
    type: RemoteAccountType
    """What kind of account it is."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AccountsSnapshot:
    """Every account that an access token can see."""

    accounts: Sequence[RemoteAccount]
    """The accounts. Older clients of this API know the list as `balances`; it is read under either name."""
    errors: Sequence[str] = ()
    """What went wrong while the accounts were read, as text."""


@attrs.frozen(kw_only=True)
class TriggeredRule(TriggerNote):
    """What came of a trigger."""

    request_id: str | None = attrs.field(default=None, metadata={"json": "requestId"})
    """Identifies the trigger; name it to Sequence's support. It is read wherever in the answer it stands."""
    message: str | None = None
    """The API's own words; they stand beside `data`, and say whether the rule is in test mode."""


@attrs.frozen(kw_only=True)
class AmountAnswer:
    """What a server of yours answers to a rule that asks how much to move."""

    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 0})
    """How much to move, in cents; 0 moves nothing."""


UNIONS: Final[tuple[TaggedUnion, ...]] = ()
"""How each union is told apart; a decoder needs it."""
