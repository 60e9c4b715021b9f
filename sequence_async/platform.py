"""The client of ``platform/v1``."""

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
"""What a key may do, as documented."""


class PlatformClient(PlatformAttributes, BaseClient):
    """The API that is live today, under ``/platform/v1``.

    It has accounts, transfers, rules and their runs, the transactions of banks and cards, the audit log, and balances
    over all accounts. Writing rules is not in the published reference, and locked until ``preview`` unlocks it.

    Args:
        api_key: The key (``sk_…``); default: the environment's ``SEQUENCE_API_KEY``.
        base_url: Default: ``SEQUENCE_PLATFORM_BASE_URL``, else ``https://api.getsequence.io/platform/v1``.
        simulation: Makes every write a dry run. A call that asks for the real thing, or for what has no dry run, is an
            :class:`~sequence_async.ArgumentError`.
        called_reason: Why you call, in your words: sent with every request; default: the environment's
            ``SEQUENCE_CALLED_REASON``.
        timeout: Seconds for one call in all: every attempt, every pause, every wait for the rate limit.
        attempt_timeout: Seconds for one attempt, body included.
        max_attempts: Attempts in all; 1 never repeats.
        rate_limit: Shared by every client of the process that holds the same key; default: what the API allows. Take
            less of it where other processes use the same key. ``None`` leaves it to the server to refuse.
        max_connections: Of the session that the client makes.
        session: Your own; it is never closed or changed.
        on_event: Is called with a small object of :mod:`sequence_async.events` for each attempt, pause and call's end.
        preview: ``True``, or ids of operations that are coming soon, to unlock them.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported. The message says what to
            do.

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
            raise ConfigurationError("No API key. Set SEQUENCE_API_KEY, or pass PlatformClient(api_key=…).")
        if not isinstance(cast("object", simulation), bool):
            raise ConfigurationError(f"simulation must be a bool, not {type(simulation).__name__}.")
        if called_reason is None:
            called_reason = os.environ.get("SEQUENCE_CALLED_REASON") or None
        # Not before there is a client: with the models, importing this class would take half as long again.
        with required_modules():
            from sequence_async.operations import platform as operations  # noqa: PLC0415

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
        """The automations of an organization, and their runs."""
        return cast("Rules", self._resources["rules"])

    def _make_resources(self, caller: Caller) -> None:
        from sequence_async.resources import platform as resources  # noqa: PLC0415 - as in __init__
        from sequence_async.resources.platform_balances import PlatformBalances  # noqa: PLC0415

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
        """Return a view of this client, over the same session and limits, with these options changed.

        ``request_id`` is sent as ``X-Request-ID`` with every request of the view, and stands on errors that have no id
        of the API's own. This API does not document the header, so it may not come back.
        """
        return self._view(
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            max_attempts=max_attempts,
            request_id=request_id,
            called_reason=called_reason,
        )
