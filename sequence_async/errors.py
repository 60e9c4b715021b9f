"""All errors of this package. Their base class is :class:`SequenceError`.

Errors contain only plain values, never an aiohttp object or a credential. You can pickle, copy and log them, and send
them to an error tracker.
"""

from __future__ import annotations


class SequenceError(Exception):
    """Base class of all errors. An error of a call that has started describes that call in its attributes."""

    operation: str | None = None
    """The operation's ID, for example ``createTransfer``."""
    request_id: str | None = None
    """Sequence's ID of the last request; ``None`` if no response contained one."""
    idempotency_key: str | None = None
    """The key that every attempt of this write sent. Retry with the same key: the write is executed only once."""
    attempts: int = 0
    """Number of attempts, including those that failed to connect."""
    elapsed: float = 0.0
    """Seconds from the start of the call to this error."""
    in_doubt: bool = False
    """Whether a write may have taken effect, although the call failed. Always ``False`` for a read."""

    def __str__(self) -> str:
        text = str(self.args[0]) if self.args else type(self).__name__
        if self.request_id:
            text = f"{text} [request {self.request_id}]"
        if self.in_doubt:
            text = f"{text} It may have taken effect. Retry with idempotency_key={self.idempotency_key!r}."
        return text


class ConfigurationError(SequenceError):
    """The client is misconfigured: a credential, URL or option is missing or invalid."""


class ArgumentError(SequenceError, ValueError):
    """An argument is invalid. No request was sent."""


class UsageError(SequenceError):
    """The client is closed or belongs to another event loop, or a middleware passes an invalid value."""


class ComingSoonError(SequenceError):
    """The operation is documented as "coming soon", and ``preview`` does not unlock it. No request was sent."""


class NoResponseError(SequenceError):
    """No complete response arrived."""


class ConnectionFailedError(NoResponseError):
    """The client could not connect, or lost the connection before the response was complete."""


class TimedOutError(NoResponseError, TimeoutError):
    """The call reached its deadline, or an attempt its time limit."""


class DecodeError(SequenceError):
    """A response does not match the API description. The message contains the JSON path, but not the value."""


class PaginationError(SequenceError):
    """The API returns the same page or cursor repeatedly, or too many empty pages. The list would never end."""


class WaitTimeoutError(SequenceError, TimeoutError):
    """A transfer or an execution did not reach a final status within the timeout."""

    last: object = None
    """The last value that was read; ``None`` if none was."""


class APIError(SequenceError):
    """The API returned an error response."""

    def __init__(self, message: str, *, status: int = 0, code: str | None = None, api_message: str = "") -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status code."""
        self.code = code
        """The API's error code; ``None`` if the response has none."""
        self.message = api_message
        """The API's error message; empty if the response has none."""


class BadRequestError(APIError):
    """400: the API rejects the request."""


class IdempotencyKeyReusedError(BadRequestError):
    """400: the idempotency key was used within the last 24 hours for a request with another body.

    That request may have moved money. Check its result first. Use a new key only for a separate, additional operation.
    """


class UnauthorizedError(APIError):
    """401: the credential is missing, invalid or revoked."""


class ForbiddenError(APIError):
    """403: the key lacks the scope for this resource."""


class NotFoundError(APIError):
    """404: the resource does not exist, or the key has no access to it."""


class ConflictError(APIError):
    """409: the request conflicts with the state of the resource."""


class OperationInProgressError(ConflictError):
    """409: the first request with this idempotency key is still running."""


class RateLimitedError(APIError):
    """429: too many requests. Also raised without a request if no rate-limit slot is free before the deadline."""

    retry_after: float | None = None
    """Seconds to wait before you retry; ``None`` if unknown."""


class ServerError(APIError):
    """5xx: the API failed."""
