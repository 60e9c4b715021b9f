"""Every error that this package raises, under one root: :class:`SequenceError`.

Errors hold plain values alone, never an aiohttp object or a credential, so that they can be pickled, copied, logged and
sent to an error tracker as they are.
"""

from __future__ import annotations


class SequenceError(Exception):
    """The root of the tree. Once a call has begun, its errors say what is known about that call."""

    operation: str | None = None
    """The operation's id, for example ``createTransfer``."""
    request_id: str | None = None
    """The id under which Sequence knows the last request, where an answer carried one."""
    idempotency_key: str | None = None
    """The key that every attempt of this write carried. Repeat with it, and nothing happens twice."""
    attempts: int = 0
    """How many times the request was sent, or tried to be sent."""
    elapsed: float = 0.0
    """Seconds from the start of the call to this error."""
    in_doubt: bool = False
    """Whether a write may have taken effect although no success was seen. Always ``False`` for a read."""

    def __str__(self) -> str:
        text = str(self.args[0]) if self.args else type(self).__name__
        if self.request_id:
            text = f"{text} [request {self.request_id}]"
        if self.in_doubt:
            text = f"{text} It may have taken effect: repeat it with idempotency_key={self.idempotency_key!r}."
        return text


class ConfigurationError(SequenceError):
    """A client cannot be made, or not be used so: a credential, address or option is missing or wrong."""


class ArgumentError(SequenceError, ValueError):
    """An argument was refused before anything was sent."""


class UsageError(SequenceError):
    """A client was used after it was closed, or from another event loop than the one it works in."""


class ComingSoonError(SequenceError):
    """The documentation calls this operation "coming soon", and it was not unlocked. Nothing was sent."""


class NoResponseError(SequenceError):
    """No usable answer arrived."""


class ConnectionFailedError(NoResponseError):
    """The connection could not be made, or was lost before the answer was complete."""


class TimedOutError(NoResponseError, TimeoutError):
    """The call ran out of time."""


class DecodeError(SequenceError):
    """An answer is not what is documented. The message says where, as a path into the JSON text."""


class PaginationError(SequenceError):
    """The server repeats a cursor or a page, so that the list would never end."""


class WaitTimeoutError(SequenceError, TimeoutError):
    """A waiter gave up before the end it waited for."""

    last: object = None
    """What the waiter saw last; ``None`` when it saw nothing."""


class APIError(SequenceError):
    """The API answered with an error."""

    def __init__(self, message: str, *, status: int = 0, code: str | None = None, api_message: str = "") -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status."""
        self.code = code
        """The API's error code, where the answer had one."""
        self.message = api_message
        """The API's own words."""


class BadRequestError(APIError):
    """400: the API refuses the request as it stands."""


class IdempotencyKeyReusedError(BadRequestError):
    """400: the key was used within the last 24 hours for a request with another body.

    That request may have moved money: find out what became of it first. Use a new key only for a separate, additional
    operation.
    """


class UnauthorizedError(APIError):
    """401: the credential is missing, wrong or revoked."""


class ForbiddenError(APIError):
    """403: the key lacks the scope, or the resource is outside what the scope covers."""


class NotFoundError(APIError):
    """404: there is no such thing, or this key cannot see it."""


class ConflictError(APIError):
    """409: the request conflicts with the state of things."""


class OperationInProgressError(ConflictError):
    """409: the first request with this key is still running."""


class RateLimitedError(APIError):
    """429: too many calls. Also raised without a call when the wait for a free place would outlast the deadline."""

    retry_after: float | None = None
    """Seconds until it makes sense to try again, where that is known."""


class ServerError(APIError):
    """5xx: the API failed."""
