# Generated from openapi/remote.yaml 1.0.0 (SHA-256 3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f) by `python -m codegen`; do not edit.
"""The models of Sequence Remote API, frozen and open to additions of the API. They need only attrs."""

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
DESCRIPTION_SHA256: Final = "3404f1245828fee2a3a837101612364f6ca7776b3436fe421c27168741d6d83f"


class ErrorCode(OpenStrEnum):
    """The reason why a request was rejected or failed.

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
    """The type of account. `Account` means an external account.

    The API may add values, so end a `match` over these with `case _`.
    """

    POD = "Pod"
    INCOME_SOURCE = "Income Source"
    ACCOUNT = "Account"
    if TYPE_CHECKING:
        _UNLISTED = ""


@attrs.frozen(kw_only=True)
class RemoteBalance(DollarAmount):
    """The balance of an account, in dollars."""

    amount_in_dollars: Decimal | None = attrs.field(metadata={"json": "amountInDollars"})
    """The available balance, in dollars, exactly as the API wrote it. `null` if it could not be read."""
    error: str | None = None
    """The reason why the balance could not be read."""


@attrs.frozen(kw_only=True)
class RemoteAccount:
    """An account with its balance."""

    id: str
    """The account's ID."""
    name: str
    """The account's name in Sequence."""
    balance: RemoteBalance
    """The account's balance."""
    type: RemoteAccountType
    """The type of account."""


@attrs.frozen(kw_only=True, field_transformer=arrays_as_tuples)
class AccountsSnapshot:
    """All accounts that an access token gives access to."""

    accounts: Sequence[RemoteAccount]
    """The accounts. Older clients of this API call the list `balances`. Both names are accepted."""
    errors: Sequence[str] = ()
    """The errors that occurred while the accounts were read, as text."""


@attrs.frozen(kw_only=True)
class TriggeredRule(TriggerNote):
    """The result of a trigger."""

    request_id: str | None = attrs.field(default=None, metadata={"json": "requestId"})
    """The ID of the trigger request. Quote it to Sequence's support. It may be next to `data` or inside it."""
    message: str | None = None
    """The API's message, which is next to `data` and says whether the rule is in test mode."""


@attrs.frozen(kw_only=True)
class AmountAnswer:
    """The response of your server to a rule's amount request."""

    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 0})
    """The amount to move, in cents. 0 moves no money."""


UNIONS: Final[tuple[TaggedUnion, ...]] = ()
"""The discriminator of each union, for decoders."""
