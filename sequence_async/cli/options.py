"""The options that many commands share."""

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
    """Return what a command that is suggested next has to be given, so that it talks to the same API."""
    return "" if api is None else f" --api {api}"


_API_HELP = "Use this API. (default: platform)"

RestApiOption = Annotated[RestApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
AnyApiOption = Annotated[AnyApi | None, typer.Option("--api", help=_API_HELP, show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for a machine, with the names of the models.")]
LimitOption = Annotated[
    int, typer.Option("--limit", parser=integer_parser(1), metavar="NUMBER", help="How many to show at the most.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Show all, however many there are.")]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", parser=seconds(), metavar="SECONDS", help="How long to wait, in seconds.")
]
