"""API keys with their scopes and rate limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from sequence_async.sandbox.errors import ApiError, ErrorReason

SCOPES: Final = (
    "LIST_ACCOUNTS",
    "READ_ACCOUNTS",
    "LIST_RULES",
    "READ_RULES",
    "TRIGGER_RULES",
    "READ_RULE_EXECUTIONS",
    "READ_TRANSFERS",
    "MANUAL_TRANSFER",
    "READ_CARDS",
    "READ_AUDIT_LOGS",
    "CREATE_AND_EDIT_RULES",
)
APIS: Final = ("v1", "platform")
Resources = frozenset[str] | None


class TokenBucket:
    """A token bucket: at most ``capacity`` requests at once, refilled evenly over ``per_seconds``."""

    __slots__ = ("_capacity", "_per_ms", "_tokens", "_updated_ms")

    def __init__(self, capacity: int, per_seconds: float, now_ms: int) -> None:
        if capacity < 1 or per_seconds <= 0:
            raise ValueError("a rate limit must be a positive number of requests and a positive number of seconds")
        self._capacity = float(capacity)
        self._per_ms = capacity / (per_seconds * 1000)
        self._tokens = float(capacity)
        self._updated_ms = now_ms

    def take(self, now_ms: int) -> int | None:
        """Take one token. If none is left, return the whole seconds until the next one."""
        self._tokens = min(self._capacity, self._tokens + (now_ms - self._updated_ms) * self._per_ms)
        self._updated_ms = now_ms
        if self._tokens >= 1:
            self._tokens -= 1
            return None
        return max(1, math.ceil((1 - self._tokens) / self._per_ms / 1000))


@dataclass(slots=True, frozen=True)
class TransferGrant:
    """A permitted pair of accounts for transfers. ``None`` means any account, or any amount."""

    source: str | None
    target: str | None
    max_amount: int | None = None

    def covers(self, source: str, target: str) -> bool:
        """Return whether this grant covers a pair of accounts."""
        return self.source in (None, source) and self.target in (None, target)


@dataclass(slots=True, eq=False)
class ApiKey:
    """An API key of the organization."""

    id: str
    name: str
    secret: str = field(repr=False)
    grants: Mapping[str, Resources]
    transfers: tuple[TransferGrant, ...]
    apis: frozenset[str]
    limits: Mapping[str, TokenBucket]
    """The rate limits by API. APIs that are not listed have no limit."""
    expires_ms: int | None = None
    revoked: bool = False

    def take(self, api: str, now_ms: int) -> None:
        """Take a token of the key's rate limit. Raises :class:`ApiError` if none is left."""
        bucket = self.limits.get(api)
        if bucket is not None and (wait := bucket.take(now_ms)) is not None:
            raise ApiError(ErrorReason.RATE_LIMITED, retry_after=wait)

    def resources(self, scope: str) -> Resources:
        """Return the IDs that a scope is limited to, or ``None`` for all.

        Raises :class:`ApiError` if the key does not have the scope.
        """
        try:
            return self.grants[scope]
        except KeyError:
            raise ApiError(ErrorReason.FORBIDDEN) from None

    def require(self, scope: str, *ids: str) -> None:
        """Raise :class:`ApiError` unless the key has the scope and, if IDs are passed, covers one of them."""
        allowed = self.resources(scope)
        if allowed is not None and ids and not any(identifier in allowed for identifier in ids):
            raise ApiError(ErrorReason.FORBIDDEN)

    def require_transfer(self, source: str, target: str, amount_in_cents: int) -> None:
        """Raise :class:`ApiError` unless a grant covers this pair and this amount."""
        self.resources("MANUAL_TRANSFER")
        entries = [entry for entry in self.transfers if entry.covers(source, target)]
        if not entries:
            raise ApiError(ErrorReason.FORBIDDEN)
        if all(entry.max_amount is not None and amount_in_cents > entry.max_amount for entry in entries):
            raise ApiError(ErrorReason.MAXIMUM_EXCEEDED)


class ApiKeyStore:
    """The API keys of the organization, by secret."""

    __slots__ = ("_by_secret",)

    def __init__(self) -> None:
        self._by_secret: dict[str, ApiKey] = {}

    def add(self, key: ApiKey) -> None:
        """Add an API key."""
        self._by_secret[key.secret] = key

    def get(self, secret: str) -> ApiKey | None:
        """Return the API key with this secret, or ``None``."""
        return self._by_secret.get(secret)

    def find(self, secret: str | None, api: str, now_ms: int) -> ApiKey:
        """Return the API key of a request. Raises :class:`ApiError` if there is no valid one."""
        key = None if secret is None else self._by_secret.get(secret)
        if (
            key is None
            or key.revoked
            or api not in key.apis
            or (key.expires_ms is not None and key.expires_ms <= now_ms)
        ):
            raise ApiError(ErrorReason.UNAUTHORIZED)
        return key


def grants_of(
    scopes: Iterable[str] | Mapping[str, Any] | None, canonical: Callable[[str], str]
) -> tuple[dict[str, Resources], tuple[TransferGrant, ...]]:
    """Return the grants of a new key. ``scopes`` are names, each for all resources, or a mapping of names to limits.

    Raises ``ValueError`` if a scope does not exist or its limits are invalid.
    """
    limits_by_scope = _by_scope(scopes)
    grants: dict[str, Resources] = {}
    transfers: list[TransferGrant] = []
    for scope, limits in limits_by_scope.items():
        if scope not in SCOPES:
            raise ValueError(f"{scope!r} is not a scope. Use one of {', '.join(SCOPES)}.")
        if scope == "MANUAL_TRANSFER":
            grants[scope] = None
            transfers += _transfer_grants(limits, canonical)
        elif limits is None or limits == "*":
            grants[scope] = None
        elif isinstance(limits, str):
            raise ValueError(f"the limits of {scope} must be a list of IDs or '*'")
        else:
            grants[scope] = frozenset(canonical(identifier) for identifier in limits)
    return grants, tuple(transfers)


def _by_scope(scopes: Iterable[str] | Mapping[str, Any] | None) -> dict[str, Any]:
    if isinstance(scopes, Mapping):
        return dict(cast("Mapping[str, Any]", scopes))
    if isinstance(scopes, str):
        return {scopes: None}
    return dict.fromkeys(SCOPES if scopes is None else scopes)


def _transfer_grants(limits: Any, canonical: Callable[[str], str]) -> Iterator[TransferGrant]:
    if limits is None or limits == "*":
        yield TransferGrant(None, None)
        return
    for entry in cast("Iterable[Mapping[str, Any]]", limits):
        if not {"source", "target"} <= set(entry) <= {"source", "target", "max_amount"}:
            raise ValueError("each limit of MANUAL_TRANSFER must have source and target, and may have max_amount")
        source, target = (None if entry[side] == "*" else canonical(entry[side]) for side in ("source", "target"))
        yield TransferGrant(source, target, entry.get("max_amount"))
