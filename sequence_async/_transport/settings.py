"""What an engine goes by: what a client and all its views share, and what a view changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from math import inf
from typing import Any

import aiohttp
import attrs
from yarl import URL

from sequence_async._core.redaction import Secret
from sequence_async._core.retry import RetryBudget
from sequence_async._transport.limiter import Bucket, KeyLimits
from sequence_async._transport.session import Session
from sequence_async.errors import ConfigurationError
from sequence_async.events import Event
from sequence_async.operations._runtime import Operation
from sequence_async.waiters import FreshIds


def time_limit(seconds: float) -> aiohttp.ClientTimeout:
    """Return a limit over one whole attempt."""
    # aiohttp rounds limits above 5 s up to whole seconds of the clock unless told otherwise; ours are promises.
    return aiohttp.ClientTimeout(total=seconds, ceil_threshold=inf)


@attrs.frozen(kw_only=True, repr=False)
class Credential:
    """A secret, and the header it travels in."""

    secret: Secret
    header: str
    scheme: str
    headers: Mapping[str, str] | None
    """All constant headers that a request with it needs; ``None`` where the session sends them already."""

    def headers_with(self, secret: Secret) -> Mapping[str, str]:
        """Return the header with another secret in it."""
        return {self.header: f"{self.scheme} {secret.reveal()}"}


@attrs.frozen(kw_only=True)
class Options:
    """What ``with_options`` changes."""

    timeout: float
    attempt_timeout: float
    max_attempts: int
    request_id: str | None = None
    called_reason: str | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    """Headers of every request beside the constant ones."""
    time_limit: aiohttp.ClientTimeout = attrs.field(
        init=False,
        repr=False,
        default=attrs.Factory(lambda options: time_limit(options.attempt_timeout), takes_self=True),
    )


@attrs.define(kw_only=True, eq=False, repr=False)
class Shared:
    """What a client and all its views have in common."""

    base_url: str
    session: Session
    limits: KeyLimits
    bucket: Bucket | None
    budget: RetryBudget
    credentials: Mapping[str, Credential]
    """By the kind that an operation names."""
    preview: bool | Collection[str]
    on_event: Callable[[Event], object] | None
    fresh: FreshIds = attrs.field(factory=FreshIds)
    """The ids that this client was given lately."""
    simulation: bool = False
    _base: URL = attrs.field(
        init=False,
        default=attrs.Factory(lambda shared: URL(shared.base_url, encoded=True), takes_self=True),
    )

    def address(self, target: str) -> URL:
        """Return the whole URL of what is relative to the base URL."""
        if "?" in target:
            return URL(self.base_url + target, encoded=True)
        # Parsing the whole address in each call would take 1.6 µs. This takes 0.6.
        return self._base.with_path(self._base.raw_path.rstrip("/") + target, encoded=True)

    def credential(self, operation: Operation[Any]) -> Credential:
        """Return the credential that an operation sends.

        Raises:
            ConfigurationError: the client was made without it.

        """
        found = self.credentials.get(operation.credential)
        if found is None:
            raise ConfigurationError(
                f"{operation.id} needs the {operation.credential}, which this client does not have."
            )
        return found
