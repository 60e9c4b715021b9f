"""The client for ``api/v1``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
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
from sequence_async._endpoints.v1_attributes import V1Attributes
from sequence_async._transport.caller import Caller
from sequence_async._transport.limiter import RateLimit
from sequence_async.balances import Balances, PerAccountSource
from sequence_async.errors import ConfigurationError
from sequence_async.events import Event

if TYPE_CHECKING:
    from sequence_async.resources import v1 as resources

DEFAULT_BASE_URL = "https://api.getsequence.io/api/v1"


class SequenceClient(V1Attributes, BaseClient):
    """Client for the documented REST API under ``/api/v1``: accounts, transfers, rules, rule executions and balances.

    The documentation calls ``cards``, ``webhooks`` and the writes of ``rules`` coming soon. They are locked unless you
    pass ``preview``.

    Args:
        api_key: The API key. Default: the environment variable ``SEQUENCE_API_KEY``.
        base_url: The API's URL. Default: ``SEQUENCE_BASE_URL``, or ``https://api.getsequence.io/api/v1`` if not set.
        timeout: Seconds per call, including all attempts, pauses between them and waits for the rate limit. In a list,
            seconds per page. Time in middlewares is not included, and neither is the wait for a
            rate-limit slot in ``balances``.
        attempt_timeout: Seconds per attempt, including reading the body.
        max_attempts: Attempts per call, including the first. 1 turns retries off.
        rate_limit: The most requests that the client sends in a period of time. Clients in the process with the same
            key, host and ``rate_limit`` share it. Clients with different values do not. Default: no limit.
        max_connections: Connections at once of the session that the client creates. Ignored if you pass ``session``.
        session: Your own session. The client does not change or close it. Default: the client creates one.
        on_event: A function that receives the events of :mod:`sequence_async.events`. It must not be ``async``.
        preview: ``True`` to unlock everything that is coming soon, or the IDs of operations (and ``"webhooks"``) to
            unlock.
        middleware: Functions that wrap every request of the client, outermost first.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported.

    """

    webhooks: resources.Webhooks
    balances: Balances

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float = 30.0,
        attempt_timeout: float = 10.0,
        max_attempts: int = 4,
        rate_limit: RateLimit | None = None,
        max_connections: int = 100,
        session: aiohttp.ClientSession | None = None,
        on_event: Callable[[Event], object] | None = None,
        preview: bool | Collection[str] = False,
        middleware: Sequence[Middleware] = (),
    ) -> None:
        given, api_key = Secret(api_key) if api_key is not None else None, None
        key = secret_argument("api_key", given, "SEQUENCE_API_KEY")
        if key is None:
            raise ConfigurationError("api_key is missing. Set SEQUENCE_API_KEY or pass SequenceClient(api_key=…).")
        # Imported here because the models would make the import of this class half as slow again.
        with required_modules():
            from sequence_async.operations import v1 as operations

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
                base_url=address_argument(base_url, "SEQUENCE_BASE_URL", DEFAULT_BASE_URL),
                credentials={"key": ("Authorization", "ApiKey", key)},
                known_operations={*operations.OPERATIONS, "webhooks"},
            ),
        )

    @property
    def transfers(self) -> resources.Transfers:
        """Movements of money between accounts."""
        return cast("resources.Transfers", self._resources["transfers"])

    @property
    def rules(self) -> resources.Rules:
        """The automations of an organization."""
        return cast("resources.Rules", self._resources["rules"])

    @property
    def rule_executions(self) -> resources.RuleExecutions:
        """The executions of rules."""
        return cast("resources.RuleExecutions", self._resources["rule_executions"])

    def _make_resources(self, caller: Caller) -> None:
        from sequence_async.resources import v1 as resources

        self._resources = {name: resource(caller) for name, resource in resources.RESOURCES.items()}
        self.webhooks = resources.Webhooks(caller)
        self.balances = Balances(
            PerAccountSource(partial(resources.account_ids, caller), partial(resources.read_balance, caller)),
        )

    def with_options(
        self,
        *,
        timeout: float | None = None,
        attempt_timeout: float | None = None,
        max_attempts: int | None = None,
        request_id: str | None = None,
    ) -> Self:
        """Return a client with other options that shares this client's session and limits.

        Args:
            timeout: Seconds per call; see the class.
            attempt_timeout: Seconds per attempt.
            max_attempts: Attempts per call, including the first.
            request_id: A header value that is sent with every request. It comes back on responses and errors.

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
        )
