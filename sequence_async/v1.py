"""The client of ``api/v1``."""

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
    """The documented REST API under ``/api/v1``: accounts, transfers, rules, rule executions, and balances over them.

    ``cards``, ``webhooks`` and the writes of ``rules`` are documented as coming soon, and locked until ``preview``
    unlocks them.

    Args:
        api_key: The key; default: the environment's ``SEQUENCE_API_KEY``.
        base_url: Default: ``SEQUENCE_BASE_URL``, else ``https://api.getsequence.io/api/v1``.
        timeout: Seconds for one call in all: every attempt, every pause, every wait for the rate limit.
        attempt_timeout: Seconds for one attempt, body included.
        max_attempts: Attempts in all; 1 never repeats.
        rate_limit: A limit of our own, shared by every client of the process that holds the same key.
        max_connections: Of the session that the client makes.
        session: Your own; it is never closed or changed.
        on_event: Is called with a small object of :mod:`sequence_async.events` for each attempt, pause and call's end.
        preview: ``True``, or ids of operations that are coming soon (and ``"webhooks"``), to unlock them.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported. The message says what to
            do.

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
            raise ConfigurationError("No API key. Set SEQUENCE_API_KEY, or pass SequenceClient(api_key=…).")
        # Not before there is a client: with the models, importing this class would take half as long again.
        with required_modules():
            from sequence_async.operations import v1 as operations  # noqa: PLC0415

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
        """One entry for every run of a rule."""
        return cast("resources.RuleExecutions", self._resources["rule_executions"])

    def _make_resources(self, caller: Caller) -> None:
        from sequence_async.resources import v1 as resources  # noqa: PLC0415 - as in __init__

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
        """Return a view of this client, over the same session and limits, with these options changed.

        ``request_id`` is sent with every request of the view, and comes back on answers and errors.
        """
        return self._view(
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            max_attempts=max_attempts,
            request_id=request_id,
        )
