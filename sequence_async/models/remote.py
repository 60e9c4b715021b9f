# Generated from openapi/remote.yaml 1.0.0 (SHA-256 abf8b8259780dd93e625844991a2b5d2b46c12912a8acf91cc5e445aead18660) by `python -m codegen`; do not edit.
"""The models of Sequence Remote API: frozen, open to what the API gains later. They need attrs alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import attrs

from sequence_async.models._runtime import (
    DollarAmount,
    OpenStrEnum,
    TaggedUnion,
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
    "TriggerData",
]

DESCRIPTION_VERSION: Final = "1.0.0"
DESCRIPTION_SHA256: Final = "abf8b8259780dd93e625844991a2b5d2b46c12912a8acf91cc5e445aead18660"


class ErrorCode(OpenStrEnum):
    """Why a request was refused or failed."""

    INVALID_ACCESS_TOKEN = "INVALID_ACCESS_TOKEN"
    INVALID_API_SECRET = "INVALID_API_SECRET"
    INVALID_REQUEST = "INVALID_REQUEST"
    TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS"
    UNEXPECTED_ERROR = "UNEXPECTED_ERROR"


class RemoteAccountType(OpenStrEnum):
    """What kind of account it is; `Account` is an external one."""

    POD = "Pod"
    INCOME_SOURCE = "Income Source"
    ACCOUNT = "Account"


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
    """Every account that an access token can see. The list stands under `accounts`, or under its older name."""

    accounts: Sequence[RemoteAccount] | None = None
    """The accounts; left out where the list still has its older name."""
    balances: Sequence[RemoteAccount] | None = None
    """The older name of `accounts`; only older clients of this API show it. Inferred, not documented."""
    errors: Sequence[str] = ()
    """What went wrong while the accounts were read, as text."""


@attrs.frozen(kw_only=True)
class TriggerData:
    """How a trigger can be named later."""

    request_id: str | None = attrs.field(default=None, metadata={"json": "requestId"})
    """Identifies the trigger; left out where it stands beside `data` instead."""


@attrs.frozen(kw_only=True)
class AmountAnswer:
    """What a server of yours answers to a rule that asks how much to move."""

    amount_in_cents: int = attrs.field(metadata={"json": "amountInCents", "minimum": 0})
    """How much to move, in cents; 0 moves nothing."""


UNIONS: Final[tuple[TaggedUnion, ...]] = ()
"""How each union is told apart; a decoder needs it."""
