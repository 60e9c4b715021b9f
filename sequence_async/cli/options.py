"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sequence_async.cli.numbers import integer_parser, seconds


class RestApi(StrEnum):
    """The two APIs that have accounts, transfers and rules."""

    PLATFORM = "platform"
    V1 = "v1"


class AnyApi(StrEnum):
    """Every API that has balances."""

    PLATFORM = "platform"
    V1 = "v1"
    REMOTE = "remote"


def api_option(api: RestApi | None) -> str:
    """Return the ``--api`` option for a suggested command, so that it uses the same API."""
    return "" if api is None else f" --api {api}"


_API_HELP = "Use this API. (default: platform)"

RestApiOption = Annotated[RestApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
AnyApiOption = Annotated[AnyApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON with the field names of the models.")]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit", parser=integer_parser(1), metavar="NUMBER", help="Set the maximum number of items to list."
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="List all items, without a limit.")]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", parser=seconds(), metavar="SECONDS", help="Set how long to wait, in seconds.")
]
