"""Reasons to reject a request. Each API translates them to its own status, code and envelope."""

from __future__ import annotations

from enum import Enum, auto


class ErrorReason(Enum):
    """Reasons to reject a request."""

    UNAUTHORIZED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    INVALID = auto()
    SOURCE_NOT_FOUND = auto()
    DESTINATION_NOT_FOUND = auto()
    MAXIMUM_EXCEEDED = auto()
    RULE_DEACTIVATED = auto()
    INVALID_RULE = auto()
    KEY_MISMATCH = auto()
    TRANSFER_IN_PROGRESS = auto()
    RULE_EXECUTION_IN_PROGRESS = auto()
    RATE_LIMITED = auto()
    UNEXPECTED = auto()
    NOT_IMPLEMENTED = auto()


class ApiError(Exception):
    """The API returns an error, and nothing has changed."""

    def __init__(
        self, reason: ErrorReason, message: str = "", *, resource: str = "", retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.resource = resource
        """The type of the missing resource: ``Account``, ``Transfer``, ``Rule``, ``Rule execution`` or ``Card``."""
        self.retry_after = retry_after
        """The value of ``Retry-After``, in whole seconds."""


def not_found(resource: str, identifier: str, reason: ErrorReason = ErrorReason.NOT_FOUND) -> ApiError:
    """Return the error for an unknown ID."""
    return ApiError(reason, f"{resource} with id '{identifier}' was not found.", resource=resource)


def invalid(message: str) -> ApiError:
    """Return the error for a malformed request. The message says where and what is wrong."""
    return ApiError(ErrorReason.INVALID, message)
