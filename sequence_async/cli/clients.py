"""Which API a command talks to, and the client for it, made from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from sequence_async.cli.terminal import complain
from sequence_async.events import CallEvent, Event

if TYPE_CHECKING:
    from sequence_async.client import SequenceClient
    from sequence_async.platform import PlatformClient
    from sequence_async.remote import RemoteClient

    RestClient: TypeAlias = SequenceClient | PlatformClient
    AnyClient: TypeAlias = RestClient | RemoteClient


class RestApi(StrEnum):
    """The two APIs that have accounts, transfers and rules."""

    PLATFORM = "platform"
    V1 = "v1"


class AnyApi(StrEnum):
    """Every API that has balances."""

    PLATFORM = "platform"
    V1 = "v1"
    REMOTE = "remote"


_API_HELP = "Which API. (default: platform, the one that is live; v1 if SEQUENCE_BASE_URL alone is set)"

RestApiOption = Annotated[RestApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
AnyApiOption = Annotated[AnyApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for a machine, with the names of the models.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="How many to show at the most.")]
ALL_HELP = "Show all, however many there are."


def chosen(api: RestApi | None) -> RestApi:
    """Say which of the two REST APIs a command talks to."""
    if api is not None:
        return api
    only_v1 = os.environ.get("SEQUENCE_BASE_URL") and not os.environ.get("SEQUENCE_PLATFORM_BASE_URL")
    return RestApi.V1 if only_v1 else RestApi.PLATFORM


def tell_interrupted_write(event: Event) -> None:
    """Say so when Ctrl-C hits a write that may have taken effect."""
    if isinstance(event, CallEvent) and event.outcome == "cancelled" and event.in_doubt:
        complain(
            f"{event.operation} was interrupted, and may have taken effect",
            hint=f"Within 24 hours, repeat the same command with --idempotency-key {event.idempotency_key}: "
            "nothing happens twice.",
        )


def open_client(
    api: RestApi | AnyApi | None,
    *,
    on_event: Callable[[Event], object] = tell_interrupted_write,
) -> RestClient:
    """Make a client of one of the REST APIs.

    Raises:
        ConfigurationError: there is no key.

    """
    if chosen(None if api is None else RestApi(api)) is RestApi.V1:
        from sequence_async.client import SequenceClient  # noqa: PLC0415 - a command pays for its own API alone

        return SequenceClient(on_event=on_event)
    from sequence_async.platform import PlatformClient  # noqa: PLC0415 - as above

    return PlatformClient(on_event=on_event)


def open_balances_client(
    api: AnyApi | None,
    *,
    on_event: Callable[[Event], object] = tell_interrupted_write,
) -> AnyClient:
    """Make a client of any of the APIs.

    Raises:
        ConfigurationError: there is no key, or no access token.

    """
    if api is not AnyApi.REMOTE:
        return open_client(api, on_event=on_event)
    from sequence_async.remote import RemoteClient  # noqa: PLC0415 - as above

    return RemoteClient(on_event=on_event)
