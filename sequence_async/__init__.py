"""Async Python SDK for Sequence (getsequence.io).

Importing this package is cheap: a public name is imported on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sequence_async._version import __version__

if TYPE_CHECKING:
    from sequence_async._core.converting import converter
    from sequence_async._core.keys import idempotency_key_for
    from sequence_async._core.request import Middleware, Request, Send
    from sequence_async._core.response import Response
    from sequence_async._transport.limiter import RateLimit
    from sequence_async.amounts import AmountHandler, AmountRequest, AmountResponse
    from sequence_async.balances import AccountBalance, BalanceSnapshot, BalanceUpdate
    from sequence_async.errors import (
        APIError,
        ArgumentError,
        BadRequestError,
        ComingSoonError,
        ConfigurationError,
        ConflictError,
        ConnectionFailedError,
        DecodeError,
        ForbiddenError,
        IdempotencyKeyReusedError,
        NoResponseError,
        NotFoundError,
        OperationInProgressError,
        PaginationError,
        RateLimitedError,
        SequenceError,
        ServerError,
        TimedOutError,
        UnauthorizedError,
        UsageError,
        WaitTimeoutError,
    )
    from sequence_async.events import (
        AttemptEvent,
        AttemptStartedEvent,
        CallEvent,
        CallStartedEvent,
        Event,
        RetryEvent,
        SweepEvent,
        WaitEvent,
    )
    from sequence_async.models._runtime import OpenStrEnum, UnknownVariant
    from sequence_async.movements import Movement, MovementKind
    from sequence_async.pager import Page, Pager
    from sequence_async.platform import PlatformClient
    from sequence_async.remote import RemoteClient
    from sequence_async.v1 import SequenceClient

_WHERE = {
    "_core.converting": ("converter",),
    "_core.keys": ("idempotency_key_for",),
    "_core.request": ("Middleware", "Request", "Send"),
    "_core.response": ("Response",),
    "_transport.limiter": ("RateLimit",),
    "amounts": ("AmountHandler", "AmountRequest", "AmountResponse"),
    "balances": ("AccountBalance", "BalanceSnapshot", "BalanceUpdate"),
    "v1": ("SequenceClient",),
    "errors": (
        "APIError",
        "ArgumentError",
        "BadRequestError",
        "ComingSoonError",
        "ConfigurationError",
        "ConflictError",
        "ConnectionFailedError",
        "DecodeError",
        "ForbiddenError",
        "IdempotencyKeyReusedError",
        "NoResponseError",
        "NotFoundError",
        "OperationInProgressError",
        "PaginationError",
        "RateLimitedError",
        "SequenceError",
        "ServerError",
        "TimedOutError",
        "UnauthorizedError",
        "UsageError",
        "WaitTimeoutError",
    ),
    "events": (
        "AttemptEvent",
        "AttemptStartedEvent",
        "CallEvent",
        "CallStartedEvent",
        "Event",
        "RetryEvent",
        "SweepEvent",
        "WaitEvent",
    ),
    "models._runtime": ("OpenStrEnum", "UnknownVariant"),
    "movements": ("Movement", "MovementKind"),
    "pager": ("Page", "Pager"),
    "platform": ("PlatformClient",),
    "remote": ("RemoteClient",),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "APIError",
    "AccountBalance",
    "AmountHandler",
    "AmountRequest",
    "AmountResponse",
    "ArgumentError",
    "AttemptEvent",
    "AttemptStartedEvent",
    "BadRequestError",
    "BalanceSnapshot",
    "BalanceUpdate",
    "CallEvent",
    "CallStartedEvent",
    "ComingSoonError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "DecodeError",
    "Event",
    "ForbiddenError",
    "IdempotencyKeyReusedError",
    "Middleware",
    "Movement",
    "MovementKind",
    "NoResponseError",
    "NotFoundError",
    "OpenStrEnum",
    "OperationInProgressError",
    "Page",
    "Pager",
    "PaginationError",
    "PlatformClient",
    "RateLimit",
    "RateLimitedError",
    "RemoteClient",
    "Request",
    "Response",
    "RetryEvent",
    "Send",
    "SequenceClient",
    "SequenceError",
    "ServerError",
    "SweepEvent",
    "TimedOutError",
    "UnauthorizedError",
    "UnknownVariant",
    "UsageError",
    "WaitEvent",
    "WaitTimeoutError",
    "__version__",
    "converter",
    "idempotency_key_for",
]


if not TYPE_CHECKING:  # With a module's __getattr__, a type checker would accept every misspelled name.

    def __getattr__(name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(_load(_MODULE_OF[name]), name)
        globals()[name] = value
        return value

    def _load(module: str) -> object:  # noqa: C901, PLR0912 - one case per module
        # Import statements, because tools that freeze programs do not find module names in strings.
        match module:
            case "_core.converting":
                from sequence_async._core import converting as loaded
            case "_core.keys":
                from sequence_async._core import keys as loaded
            case "_core.request":
                from sequence_async._core import request as loaded
            case "_core.response":
                from sequence_async._core import response as loaded
            case "_transport.limiter":
                from sequence_async._transport import limiter as loaded
            case "amounts":
                from sequence_async import amounts as loaded
            case "balances":
                from sequence_async import balances as loaded
            case "v1":
                from sequence_async import v1 as loaded
            case "errors":
                from sequence_async import errors as loaded
            case "events":
                from sequence_async import events as loaded
            case "models._runtime":
                from sequence_async.models import _runtime as loaded
            case "movements":
                from sequence_async import movements as loaded
            case "pager":
                from sequence_async import pager as loaded
            case "platform":
                from sequence_async import platform as loaded
            case "remote":
                from sequence_async import remote as loaded
        return loaded


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
