"""The client for ``platform/v1``."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Self, cast

import aiohttp

from sequence_async._base import (
    BaseClient,
    CommonOptions,
    address_argument,
    build_caller,
    required_modules,
    secret_argument,
)
from sequence_async._core.redaction import Secret
from sequence_async._core.request import Middleware
from sequence_async._endpoints.platform_attributes import PlatformAttributes
from sequence_async._transport.caller import Caller
from sequence_async._transport.limiter import RateLimit
from sequence_async.errors import ConfigurationError
from sequence_async.events import Event

if TYPE_CHECKING:
    from sequence_async.resources import platform as resources
    from sequence_async.resources.platform_balances import PlatformBalances
    from sequence_async.resources.platform_rules import Rules

DEFAULT_BASE_URL = "https://api.getsequence.io/platform/v1"
RATE_LIMIT = RateLimit(100, per=60.0)
"""The API's documented limit for each key."""


class PlatformClient(PlatformAttributes, BaseClient):
    """Client for the API that is live today, under ``/platform/v1``.

    It covers accounts, transfers, rules and their executions, bank and card transactions, the audit log, and balances
    of all accounts. The published reference does not contain the writes of rules. They are locked unless you pass
    ``preview``.

    Args:
        api_key: The API key (``sk_…``). Default: the environment variable ``SEQUENCE_API_KEY``.
        base_url: The API's URL. Default: ``SEQUENCE_PLATFORM_BASE_URL``, or
            ``https://api.getsequence.io/platform/v1`` if not set.
        simulation: Whether every write is a dry run. A call that requests a live write, or has no dry run, then raises
            :class:`~sequence_async.ArgumentError`.
        called_reason: Why you call, in your own words. Sent with every request. Default: the environment variable
            ``SEQUENCE_CALLED_REASON``.
        timeout: Seconds per call, including all attempts, pauses between them and waits for the rate limit. In a list,
            seconds per page. Time in middlewares is not included, and neither is the wait for a
            rate-limit slot in ``balances`` and ``rules.transfers``.
        attempt_timeout: Seconds per attempt, including reading the body.
        max_attempts: Attempts per call, including the first. 1 turns retries off.
        rate_limit: The most requests that the client sends in a period of time. Clients in the process with the same
            key, host and ``rate_limit`` share it. Clients with different values do not. Lower it if other processes use
            the same key. ``None`` sends every request at once. Default: the API's limit of 100 requests per 60 seconds.
        max_connections: Connections at once of the session that the client creates. Ignored if you pass ``session``.
        session: Your own session. The client does not change or close it. Default: the client creates one.
        on_event: A function that receives the events of :mod:`sequence_async.events`. It must not be ``async``.
        preview: ``True`` to unlock every operation that is coming soon, or the IDs of those to unlock.
        middleware: Functions that wrap every request of the client, outermost first.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported.

    """

    balances: PlatformBalances

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        simulation: bool = False,
        called_reason: str | None = None,
        timeout: float = 30.0,
        attempt_timeout: float = 10.0,
        max_attempts: int = 4,
        rate_limit: RateLimit | None = RATE_LIMIT,
        max_connections: int = 100,
        session: aiohttp.ClientSession | None = None,
        on_event: Callable[[Event], object] | None = None,
        preview: bool | Collection[str] = False,
        middleware: Sequence[Middleware] = (),
    ) -> None:
        given, api_key = Secret(api_key) if api_key is not None else None, None
        key = secret_argument("api_key", given, "SEQUENCE_API_KEY")
        if key is None:
            raise ConfigurationError("api_key is missing. Set SEQUENCE_API_KEY or pass PlatformClient(api_key=…).")
        if not isinstance(cast("object", simulation), bool):
            raise ConfigurationError(f"simulation must be a bool, not {type(simulation).__name__}.")
        if called_reason is None:
            called_reason = os.environ.get("SEQUENCE_CALLED_REASON") or None
        # Imported here because the models would make the import of this class half as slow again.
        with required_modules():
            from sequence_async.operations import platform as operations

        super().__init__(
            build_caller(
                operations.API,
                CommonOptions(
                    timeout=timeout,
                    attempt_timeout=attempt_timeout,
                    max_attempts=max_attempts,
                    rate_limit=rate_limit,
                    max_connections=max_connections,
                    session=session,
                    on_event=on_event,
                    preview=preview,
                    middleware=middleware,
                ),
                base_url=address_argument(base_url, "SEQUENCE_PLATFORM_BASE_URL", DEFAULT_BASE_URL),
                credentials={"key": ("Authorization", "Bearer", key)},
                known_operations=operations.OPERATIONS,
                called_reason=called_reason,
                simulation=simulation,
            ),
        )

    @property
    def accounts(self) -> resources.Accounts:
        """Income sources, pods and connected external accounts."""
        return cast("resources.Accounts", self._resources["accounts"])

    @property
    def transfers(self) -> resources.Transfers:
        """Movements of money between accounts."""
        return cast("resources.Transfers", self._resources["transfers"])

    @property
    def rules(self) -> Rules:
        """The organization's automations and their executions."""
        return cast("Rules", self._resources["rules"])

    def _make_resources(self, caller: Caller) -> None:
        from sequence_async.resources import platform as resources
        from sequence_async.resources.platform_balances import PlatformBalances

        self._resources = {name: resource(caller) for name, resource in resources.RESOURCES.items()}
        self.balances = PlatformBalances(caller)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        attempt_timeout: float | None = None,
        max_attempts: int | None = None,
        request_id: str | None = None,
        called_reason: str | None = None,
    ) -> Self:
        """Return a client with other options that shares this client's session and limits.

        Args:
            timeout: Seconds per call; see the class.
            attempt_timeout: Seconds per attempt.
            max_attempts: Attempts per call, including the first.
            request_id: Sent as ``X-Request-ID`` with every request, and set on errors without an ID from the API.
                This API does not document the header, so it may not return it.
            called_reason: Why you call, in your own words. Sent with every request.

        Returns:
            The new client. Options that you do not pass stay as they are.

        Raises:
            ArgumentError: A value is invalid.

        """
        return self._view(
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            max_attempts=max_attempts,
            request_id=request_id,
            called_reason=called_reason,
        )
