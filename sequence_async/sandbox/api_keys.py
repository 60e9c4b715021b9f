"""API keys: what each may do, and how fast."""

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
    """A token bucket: so many at once, refilled evenly over a period."""

    __slots__ = ("_capacity", "_per_ms", "_tokens", "_updated_ms")

    def __init__(self, capacity: int, per_seconds: float, now_ms: int) -> None:
        if capacity < 1 or per_seconds <= 0:
            raise ValueError("a rate limit is a positive number of calls in a positive number of seconds")
        self._capacity = float(capacity)
        self._per_ms = capacity / (per_seconds * 1000)
        self._tokens = float(capacity)
        self._updated_ms = now_ms

    def take(self, now_ms: int) -> int | None:
        """Take one token; without one, give the whole seconds until there is one."""
        self._tokens = min(self._capacity, self._tokens + (now_ms - self._updated_ms) * self._per_ms)
        self._updated_ms = now_ms
        if self._tokens >= 1:
            self._tokens -= 1
            return None
        return max(1, math.ceil((1 - self._tokens) / self._per_ms / 1000))


@dataclass(slots=True, frozen=True)
class TransferGrant:
    """A pair of accounts that money may be moved between; ``None`` stands for any account, or any amount."""

    source: str | None
    target: str | None
    max_amount: int | None = None

    def covers(self, source: str, target: str) -> bool:
        """Whether it names this pair."""
        return self.source in (None, source) and self.target in (None, target)


@dataclass(slots=True, eq=False)
class ApiKey:
    """A key of the organization."""

    id: str
    name: str
    secret: str = field(repr=False)
    grants: Mapping[str, Resources]
    transfers: tuple[TransferGrant, ...]
    apis: frozenset[str]
    limits: Mapping[str, TokenBucket]
    """By surface; a surface without one is not limited."""
    expires_ms: int | None = None
    revoked: bool = False

    def take(self, api: str, now_ms: int) -> None:
        """Take a token of the key's limit. Raises :class:`ApiError` when there is none."""
        bucket = self.limits.get(api)
        if bucket is not None and (wait := bucket.take(now_ms)) is not None:
            raise ApiError(ErrorReason.RATE_LIMITED, retry_after=wait)

    def resources(self, scope: str) -> Resources:
        """Give the ids that a scope is limited to, ``None`` for all. Raises :class:`ApiError` without the scope."""
        try:
            return self.grants[scope]
        except KeyError:
            raise ApiError(ErrorReason.FORBIDDEN) from None

    def require(self, scope: str, *ids: str) -> None:
        """Refuse unless the scope covers one of these ids (or, without ids, is there at all)."""
        allowed = self.resources(scope)
        if allowed is not None and ids and not any(identifier in allowed for identifier in ids):
            raise ApiError(ErrorReason.FORBIDDEN)

    def require_transfer(self, source: str, target: str, amount_in_cents: int) -> None:
        """Refuse unless an entry names this pair, and the amount stays within it."""
        self.resources("MANUAL_TRANSFER")
        entries = [entry for entry in self.transfers if entry.covers(source, target)]
        if not entries:
            raise ApiError(ErrorReason.FORBIDDEN)
        if all(entry.max_amount is not None and amount_in_cents > entry.max_amount for entry in entries):
            raise ApiError(ErrorReason.MAXIMUM_EXCEEDED)


class ApiKeyStore:
    """All keys of the organization, by what they look like in a request."""

    __slots__ = ("_by_secret",)

    def __init__(self) -> None:
        self._by_secret: dict[str, ApiKey] = {}

    def add(self, key: ApiKey) -> None:
        """Take in a key."""
        self._by_secret[key.secret] = key

    def get(self, secret: str) -> ApiKey | None:
        """Find a key by its secret."""
        return self._by_secret.get(secret)

    def find(self, secret: str | None, api: str, now_ms: int) -> ApiKey:
        """Find the key of a request. Raises :class:`ApiError`."""
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
    """Read the scopes of a new key: names alone (each for all resources), or names with what they are limited to.

    Raises ``ValueError`` for a scope that does not exist and for limits that are not what the scope takes.
    """
    wanted = _by_scope(scopes)
    grants: dict[str, Resources] = {}
    transfers: list[TransferGrant] = []
    for scope, limits in wanted.items():
        if scope not in SCOPES:
            raise ValueError(f"{scope!r} is not a scope; scopes are {', '.join(SCOPES)}")
        if scope == "MANUAL_TRANSFER":
            grants[scope] = None
            transfers += _transfer_grants(limits, canonical)
        elif limits is None or limits == "*":
            grants[scope] = None
        elif isinstance(limits, str):
            raise ValueError(f"{scope} takes a list of ids, or '*'")
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
            raise ValueError("MANUAL_TRANSFER takes entries of source, target and, if wanted, max_amount")
        source, target = (None if entry[side] == "*" else canonical(entry[side]) for side in ("source", "target"))
        yield TransferGrant(source, target, entry.get("max_amount"))
