"""The client for the Remote API, also called External API."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Self, cast

import aiohttp

from sequence_async._base import BaseClient, CommonOptions, address_argument, build_caller, secret_argument
from sequence_async._core.arguments import check_plain_id
from sequence_async._core.redaction import Secret
from sequence_async._core.request import Middleware
from sequence_async._endpoints.remote import RESOURCES
from sequence_async._endpoints.remote_attributes import RemoteAttributes
from sequence_async._transport.caller import Caller
from sequence_async._transport.limiter import RateLimit
from sequence_async.balances import Balances
from sequence_async.errors import ArgumentError, ConfigurationError
from sequence_async.events import Event
from sequence_async.operations import remote as operations
from sequence_async.resources.remote import RemoteBalances

DEFAULT_BASE_URL = "https://api.getsequence.io"
TRIGGER_PREFIXES = ("", "/remote-api")
"""The possible paths before ``/rules/{id}/trigger``. Sequence documents both."""


class RemoteClient(RemoteAttributes, BaseClient):
    """Client for the Remote API: all accounts in one request, and rules whose trigger is the Remote API.

    The access token reads accounts, and each rule's own secret triggers that rule. The client never sends one in place
    of the other. It needs at least one of them.

    Args:
        access_token: The token for accounts and balances. Default: the environment variable ``SEQUENCE_ACCESS_TOKEN``.
        rule_secrets: The API secrets of rules, by rule ID. You can also pass a secret to ``rules.trigger``.
        base_url: The API's URL. Default: ``SEQUENCE_REMOTE_BASE_URL``, or ``https://api.getsequence.io`` if not set.
        trigger_prefix: The path before ``/rules/{id}/trigger``: ``""`` or ``"/remote-api"``. Sequence documents both.
        timeout: Seconds per call, including all attempts, pauses between them and waits for the rate limit. In a list,
            seconds per page. Time in middlewares is not included.
        attempt_timeout: Seconds per attempt, including reading the body.
        max_attempts: Attempts per call, including the first. 1 turns retries off.
        rate_limit: The most requests that the client sends in a period of time, per rule and for the access token.
            Clients in the process with the same credential, host and ``rate_limit`` share it. Clients with different
            values do not. Default: no limit.
        max_connections: Connections at once of the session that the client creates. Ignored if you pass ``session``.
        session: Your own session. The client does not change or close it. Default: the client creates one.
        on_event: A function that receives the events of :mod:`sequence_async.events`. It must not be ``async``.
        preview: As in the other clients. No operation of this API is locked.
        middleware: Functions that wrap every request of the client, outermost first.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported.

    """

    balances: Balances

    def __init__(
        self,
        access_token: str | None = None,
        *,
        rule_secrets: Mapping[str, str] | None = None,
        base_url: str | None = None,
        trigger_prefix: str = "",
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
        given, access_token = Secret(access_token) if access_token is not None else None, None
        secrets, rule_secrets = _sealed(rule_secrets), None
        token = secret_argument("access_token", given, "SEQUENCE_ACCESS_TOKEN")
        by_rule = _checked_secrets(secrets)
        if token is None and not by_rule:
            raise ConfigurationError(
                "access_token and rule_secrets are missing. To read accounts, set SEQUENCE_ACCESS_TOKEN or pass "
                "RemoteClient(access_token=…). To trigger rules, pass rule_secrets={rule_id: secret}.",
            )
        if trigger_prefix not in TRIGGER_PREFIXES:
            raise ConfigurationError('trigger_prefix must be "" or "/remote-api".')
        credentials: dict[str, tuple[str, str, Secret | Mapping[str, Secret]]] = {
            "rule-secret": ("x-sequence-signature", "Bearer", by_rule),
        }
        if token is not None:
            credentials["access-token"] = ("x-sequence-access-token", "Bearer", token)
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
                base_url=address_argument(base_url, "SEQUENCE_REMOTE_BASE_URL", DEFAULT_BASE_URL),
                credentials=credentials,
                known_operations=operations.OPERATIONS,
                prefixes={operations.TRIGGER_RULE.id: trigger_prefix},
            ),
        )

    def _make_resources(self, caller: Caller) -> None:
        self._resources = {name: resource(caller) for name, resource in RESOURCES.items()}
        self.balances = Balances(RemoteBalances(caller), reports_liabilities=False)

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
            request_id: Sent as ``X-Request-ID`` with every request, and set on errors without an ID from the API.
                This API does not document the header, so it may not return it.

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


def _sealed(secrets: object) -> object:
    """Return the mapping with each value wrapped in ``Secret``, so that no traceback shows the plain values."""
    if isinstance(secrets, Mapping):
        return {name: Secret(secret) for name, secret in cast("Mapping[object, object]", secrets).items()}
    return Secret(secrets) if secrets is not None else {}


def _checked_secrets(sealed: object) -> dict[str, Secret]:
    if not isinstance(sealed, dict):
        raise ConfigurationError("rule_secrets must be a mapping of rule IDs to secrets.")
    secrets = cast("dict[object, Secret]", sealed)
    try:
        return {
            check_plain_id("rule_id", rule_id): secret.checked("rule_secrets[…]") for rule_id, secret in secrets.items()
        }
    except ArgumentError as error:
        raise ConfigurationError(f"rule_secrets: {error}") from None
