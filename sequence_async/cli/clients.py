"""Which API a command talks to, and the client for it, made from the environment."""

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
"""The variable of each API's credential."""

BASE_URLS: Mapping[AnyApi, str] = {
    AnyApi.PLATFORM: "SEQUENCE_PLATFORM_BASE_URL",
    AnyApi.V1: "SEQUENCE_BASE_URL",
    AnyApi.REMOTE: "SEQUENCE_REMOTE_BASE_URL",
}
"""The variable of each API's base URL."""


def resolve_api(api: RestApi | None) -> RestApi:
    """Return the REST API that a command uses: ``api``, else platform.

    Raises:
        typer.Exit: The variables that are set do not fit platform.

    """
    if api is None:
        check_platform_usable(AnyApi.PLATFORM, AnyApi.V1)
    return api or RestApi.PLATFORM


def resolve_balances_api(api: AnyApi | None, *, alternative: str | None = None) -> AnyApi:
    """Return the API that a command reads balances from: ``api``, else platform.

    ``alternative`` is an option that the command can be given in place of ``--api``.

    Raises:
        typer.Exit: The variables that are set do not fit platform.

    """
    if api is None:
        check_platform_usable(*AnyApi, alternative=alternative)
    return api or AnyApi.PLATFORM


def check_platform_usable(*choices: AnyApi, alternative: str | None = None) -> None:
    """Reject an environment whose credentials or base URLs are for other APIs only.

    A command never switches to another API: accounts, IDs and totals differ between them. Platform's default host gets
    no credential either while the base URLs that are set are for other APIs. ``choices`` are the values that the
    command's ``--api`` accepts, and ``alternative`` is another option that helps.

    Raises:
        typer.Exit: The variables that are set do not fit platform.

    """
    with_credential = configured_apis(CREDENTIALS) or list(AnyApi)
    with_base_url = configured_apis(BASE_URLS) or list(AnyApi)
    if AnyApi.PLATFORM in with_credential and AnyApi.PLATFORM in with_base_url:
        return
    variables, others = (
        (BASE_URLS, with_base_url) if AnyApi.PLATFORM in with_credential else (CREDENTIALS, with_credential)
    )
    usable = [api for api in choices if api in with_credential and api in with_base_url]
    if not usable and variables is BASE_URLS and choices:
        usable = [AnyApi.PLATFORM]
    options = [*(f"--api {api}" for api in usable), *([] if alternative is None else [alternative])]
    raise usage_error(
        f"{' and '.join(variables[api] for api in others)} cannot be used for platform, the default API. "
        "Nothing was sent.",
        hint=f"Pass {' or '.join(options)}." if options else f"Set {variables[AnyApi.PLATFORM]}.",
    )


def configured_apis(variables: Mapping[AnyApi, str]) -> list[AnyApi]:
    """Return the APIs whose variable is set."""
    return [api for api, variable in variables.items() if os.environ.get(variable)]


def print_slow_polling(event: Event) -> None:
    """Say so when the balances of many accounts take their time."""
    if isinstance(event, SweepEvent) and event.seconds > _SLOW_SECONDS:
        print_note(
            f"Reading {event.accounts} accounts takes {event.seconds:.0f} s at least: the rate limit allows no more."
        )


def open_client(api: RestApi | None, *, on_event: Callable[[Event], object] = print_slow_polling) -> RestClient:
    """Make a client of one of the REST APIs.

    Raises:
        ConfigurationError: there is no key.

    """
    if resolve_api(api) is RestApi.V1:
        from sequence_async.v1 import SequenceClient  # noqa: PLC0415 - a command pays for its own API alone

        return SequenceClient(on_event=on_event)
    from sequence_async.platform import PlatformClient  # noqa: PLC0415 - as above

    return PlatformClient(on_event=on_event)


def open_balances_client(api: AnyApi | None, *, on_event: Callable[[Event], object] = print_slow_polling) -> AnyClient:
    """Make a client of any of the APIs.

    Raises:
        ConfigurationError: there is no key, or no access token.

    """
    which = resolve_balances_api(api)
    if which is AnyApi.REMOTE:
        return open_remote_client(on_event=on_event)
    return open_client(RestApi(which), on_event=on_event)


def open_remote_client(
    *,
    rule_secrets: Mapping[str, str] | None = None,
    on_event: Callable[[Event], object] = print_slow_polling,
) -> RemoteClient:
    """Make a client of the Remote API.

    Raises:
        ConfigurationError: there is neither an access token nor the secret of a rule.

    """
    from sequence_async.remote import RemoteClient  # noqa: PLC0415 - as above

    return RemoteClient(rule_secrets=rule_secrets or {}, on_event=on_event)
