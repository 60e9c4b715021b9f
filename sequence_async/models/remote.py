# Generated from openapi/remote.yaml 1.0.0 (SHA-256 9d61bd1ecabd4f26eacfd53edf9e6cb7e3623d2ae2c80ee226930212d0c3b22e) by `python -m codegen`; do not edit.
"""The models of Sequence Remote API: frozen, open to what the API gains later. They need attrs alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from sequence_async.models._runtime import (
    DollarAmount,
    OpenStrEnum,
    TaggedUnion,
    TriggerNote,
    arrays_as_tuples,
)

__all__ = [
    "DESCRIPTION_SHA256",
    "DESCRIPTION_VERSION",
    "UNIONS",
    "AccountsSnapshot",
    "AmountAnswer",
    "ErrorCode",
    "RemoteAccount",
    "RemoteAccountType",
    "RemoteBalance",
    "TriggeredRule",
]

DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "9d61bd1ecabd4f26eacfd53edf9e6cb7e3623d2ae2c80ee226930212d0c3b22e"


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
