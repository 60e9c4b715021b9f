"""The client of the Remote API, also called External API."""

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
"""What may stand before ``/rules/{id}/trigger``: the documentation shows both."""


class RemoteClient(RemoteAttributes, BaseClient):
    """The Remote API: all accounts in one call, and the rules whose trigger is the Remote API.

    Accounts are read with an access token, and each rule is triggered with a secret of its own; neither is ever sent
    where the other belongs. A client needs one of the two.

    Args:
        access_token: For accounts and balances; default: the environment's ``SEQUENCE_ACCESS_TOKEN``.
        rule_secrets: The API secrets of rules, by rule id. ``rules.trigger`` also takes one by itself.
        base_url: Default: ``SEQUENCE_REMOTE_BASE_URL``, else ``https://api.getsequence.io``.
        trigger_prefix: What stands before ``/rules/{id}/trigger``: nothing, or ``"/remote-api"``. The documentation
            shows both paths.
        timeout: Seconds for one call in all: every attempt, every pause, every wait for the rate limit.
        attempt_timeout: Seconds for one attempt, body included.
        max_attempts: Attempts in all; 1 never repeats.
        rate_limit: A limit of our own, shared by every client of the process that holds the same credential. Each
            rule has one by itself, and so have the calls with the access token.
        max_connections: Of the session that the client makes.
        session: Your own; it is never closed or changed.
        on_event: Is called with a small object of :mod:`sequence_async.events` for each attempt, pause and call's end.
        preview: As with the other clients; nothing is locked here.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported. The message says what to
            do.

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
                "No credential. Set SEQUENCE_ACCESS_TOKEN, or pass RemoteClient(access_token=…), to read accounts; "
                "pass rule_secrets={rule_id: secret} to trigger rules.",
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
        """Return a view of this client, over the same session and limits, with these options changed.

        ``request_id`` is sent as ``X-Request-ID`` with every request of the view, and stands on errors that have no id
        of the API's own. This API does not document the header, so it may not come back.
        """
        return self._view(
            timeout=timeout,
            attempt_timeout=attempt_timeout,
            max_attempts=max_attempts,
            request_id=request_id,
        )


def _sealed(secrets: object) -> object:
    """Return the mapping with its values sealed, before anything may raise with the plain ones at hand."""
    if isinstance(secrets, Mapping):
        return {name: Secret(secret) for name, secret in cast("Mapping[object, object]", secrets).items()}
    return Secret(secrets) if secrets is not None else {}


def _checked_secrets(sealed: object) -> dict[str, Secret]:
    if not isinstance(sealed, dict):
        raise ConfigurationError("rule_secrets must be a mapping of rule ids to secrets.")
    secrets = cast("dict[object, Secret]", sealed)
    try:
        return {
            check_plain_id("rule_id", rule_id): secret.checked("rule_secrets[…]") for rule_id, secret in secrets.items()
        }
    except ArgumentError as error:
        raise ConfigurationError(f"rule_secrets: {error}") from None
