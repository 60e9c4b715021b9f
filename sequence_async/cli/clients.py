"""Which API a command talks to, and the client for it, made from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from sequence_async.cli.options import AnyApi, RestApi
from sequence_async.cli.terminal import note
from sequence_async.events import Event, SweepEvent

if TYPE_CHECKING:
    from sequence_async.client import SequenceClient
    from sequence_async.platform import PlatformClient
    from sequence_async.remote import RemoteClient

    RestClient: TypeAlias = SequenceClient | PlatformClient
    AnyClient: TypeAlias = RestClient | RemoteClient

_LONG_SECONDS = 2.0


def chosen(api: RestApi | None) -> RestApi:
    """Say which of the two REST APIs a command talks to."""
    if api is not None:
        return api
    only_v1 = os.environ.get("SEQUENCE_BASE_URL") and not os.environ.get("SEQUENCE_PLATFORM_BASE_URL")
    return RestApi.V1 if only_v1 else RestApi.PLATFORM


def chosen_for_balances(api: AnyApi | None) -> AnyApi:
    """Say which API a command reads balances from: the Remote API too, if its credential is the only one."""
    if api is not None:
        return api
    only_token = os.environ.get("SEQUENCE_ACCESS_TOKEN") and not os.environ.get("SEQUENCE_API_KEY")
    return AnyApi.REMOTE if only_token else AnyApi(chosen(None))


def tell_event(event: Event) -> None:
    """Say so when the balances of many accounts take their time."""
    if isinstance(event, SweepEvent) and event.seconds > _LONG_SECONDS:
        note(f"Reading {event.accounts} accounts takes {event.seconds:.0f} s at least: the rate limit allows no more.")


def open_client(api: RestApi | None, *, on_event: Callable[[Event], object] = tell_event) -> RestClient:
    """Make a client of one of the REST APIs.

    Raises:
        ConfigurationError: there is no key.

    """
    if chosen(api) is RestApi.V1:
        from sequence_async.client import SequenceClient  # noqa: PLC0415 - a command pays for its own API alone

        return SequenceClient(on_event=on_event)
    from sequence_async.platform import PlatformClient  # noqa: PLC0415 - as above

    return PlatformClient(on_event=on_event)


def open_balances_client(api: AnyApi | None, *, on_event: Callable[[Event], object] = tell_event) -> AnyClient:
    """Make a client of any of the APIs.

    Raises:
        ConfigurationError: there is no key, or no access token.

    """
    which = chosen_for_balances(api)
    if which is AnyApi.REMOTE:
        return open_remote_client(on_event=on_event)
    return open_client(RestApi(which), on_event=on_event)


def open_remote_client(
    *,
    rule_secrets: Mapping[str, str] | None = None,
    on_event: Callable[[Event], object] = tell_event,
) -> RemoteClient:
    """Make a client of the Remote API.

    Raises:
        ConfigurationError: there is neither an access token nor the secret of a rule.

    """
    from sequence_async.remote import RemoteClient  # noqa: PLC0415 - as above

    return RemoteClient(rule_secrets=rule_secrets or {}, on_event=on_event)
