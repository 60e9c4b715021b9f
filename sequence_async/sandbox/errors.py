"""Why the sandbox refuses a request, in words of its own; each surface puts them into its status, code and envelope."""

from __future__ import annotations

from enum import Enum, auto


class ErrorReason(Enum):
    """The kinds of refusal."""

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
    """The API answers a request with an error, and nothing has changed."""

    def __init__(
        self, reason: ErrorReason, message: str = "", *, resource: str = "", retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.resource = resource
        """What was not found: ``Account``, ``Transfer``, ``Rule``, ``Rule execution`` or ``Card``."""
        self.retry_after = retry_after
        """Whole seconds."""


def not_found(resource: str, identifier: str, reason: ErrorReason = ErrorReason.NOT_FOUND) -> ApiError:
    """Refuse an id that nothing has."""
    return ApiError(reason, f"{resource} with id '{identifier}' was not found.", resource=resource)


def invalid(message: str) -> ApiError:
    """Refuse a request that breaks a rule of its form; the message says which and where."""
    return ApiError(ErrorReason.INVALID, message)
