"""The API that a command uses, and the client, configured from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from sequence_async.cli.exit_codes import usage_error
from sequence_async.cli.options import AnyApi, RestApi
from sequence_async.cli.terminal import print_note
from sequence_async.events import Event, SweepEvent

if TYPE_CHECKING:
    from sequence_async.platform import PlatformClient
    from sequence_async.remote import RemoteClient
    from sequence_async.v1 import SequenceClient

    RestClient: TypeAlias = SequenceClient | PlatformClient
    AnyClient: TypeAlias = RestClient | RemoteClient

_SLOW_SECONDS = 2.0

CREDENTIALS: Mapping[AnyApi, str] = {
    AnyApi.PLATFORM: "SEQUENCE_API_KEY",
    AnyApi.V1: "SEQUENCE_API_KEY",
    AnyApi.REMOTE: "SEQUENCE_ACCESS_TOKEN",
}
"""The environment variable for each API's credential."""

BASE_URLS: Mapping[AnyApi, str] = {
    AnyApi.PLATFORM: "SEQUENCE_PLATFORM_BASE_URL",
    AnyApi.V1: "SEQUENCE_BASE_URL",
    AnyApi.REMOTE: "SEQUENCE_REMOTE_BASE_URL",
}
"""The environment variable for each API's base URL."""


def resolve_api(api: RestApi | None) -> RestApi:
    """Return the REST API that a command uses: ``api``, or platform if it is ``None``.

    Raises:
        typer.Exit: The variables that are set are for other APIs only.

    """
    if api is None:
        check_platform_usable(AnyApi.PLATFORM, AnyApi.V1)
    return api or RestApi.PLATFORM


def resolve_balances_api(api: AnyApi | None, *, alternative: str | None = None) -> AnyApi:
    """Return the API that a command reads balances from: ``api``, or platform if it is ``None``.

    ``alternative`` is an option that the user can pass instead of ``--api``.

    Raises:
        typer.Exit: The variables that are set are for other APIs only.

    """
    if api is None:
        check_platform_usable(*AnyApi, alternative=alternative)
    return api or AnyApi.PLATFORM


def check_platform_usable(*choices: AnyApi, alternative: str | None = None) -> None:
    """Reject an environment whose credentials or base URLs are for other APIs only.

    A command never switches to another API, because accounts, IDs and totals differ between them. If base URLs are set
    for other APIs only, the credential is not sent to platform's default host. ``choices`` are the values that the
    command's ``--api`` accepts, and ``alternative`` is another option to suggest.

    Raises:
        typer.Exit: The variables that are set are for other APIs only.

    """
    with_credential = configured_apis(CREDENTIALS) or list(AnyApi)
    with_base_url = configured_apis(BASE_URLS) or list(AnyApi)
    if AnyApi.PLATFORM in with_credential and AnyApi.PLATFORM in with_base_url:
        return
    variables, others = BASE_URLS, with_base_url
    if AnyApi.PLATFORM not in with_credential:
        variables, others = CREDENTIALS, with_credential
    usable = [api for api in choices if api in with_credential and api in with_base_url]
    if not usable and variables is BASE_URLS and choices:
        usable = [AnyApi.PLATFORM]
    options = [*(f"--api {api}" for api in usable), *([] if alternative is None else [alternative])]
    raise usage_error(
        f"{' and '.join(variables[api] for api in others)} cannot be used for platform, which is the default API. "
        "Nothing was sent.",
        hint=f"Pass {' or '.join(options)}." if options else f"Set {variables[AnyApi.PLATFORM]}.",
    )


def configured_apis(variables: Mapping[AnyApi, str]) -> list[AnyApi]:
    """Return the APIs whose environment variable is set."""
    return [api for api, variable in variables.items() if os.environ.get(variable)]


def print_slow_polling(event: Event) -> None:
    """Print a note if a polling round takes long because of the rate limit."""
    if isinstance(event, SweepEvent) and event.seconds > _SLOW_SECONDS:
        print_note(f"Reading {event.accounts} accounts takes at least {event.seconds:.0f} s because of the rate limit.")


def open_client(api: RestApi | None, *, on_event: Callable[[Event], object] = print_slow_polling) -> RestClient:
    """Return a client for one of the REST APIs.

    Raises:
        ConfigurationError: The API key is not set or not valid.

    """
    if resolve_api(api) is RestApi.V1:
        from sequence_async.v1 import SequenceClient

        return SequenceClient(on_event=on_event)
    from sequence_async.platform import PlatformClient

    return PlatformClient(on_event=on_event)


def open_balances_client(api: AnyApi | None, *, on_event: Callable[[Event], object] = print_slow_polling) -> AnyClient:
    """Return a client for any API that has balances.

    Raises:
        ConfigurationError: The API key or access token is not set or not valid.

    """
    resolved = resolve_balances_api(api)
    if resolved is AnyApi.REMOTE:
        return open_remote_client(on_event=on_event)
    return open_client(RestApi(resolved), on_event=on_event)


def open_remote_client(
    *,
    rule_secrets: Mapping[str, str] | None = None,
    on_event: Callable[[Event], object] = print_slow_polling,
) -> RemoteClient:
    """Return a client for the Remote API.

    Raises:
        ConfigurationError: Neither an access token nor a rule secret is set, or one of them is not valid.

    """
    from sequence_async.remote import RemoteClient

    return RemoteClient(rule_secrets=rule_secrets or {}, on_event=on_event)
