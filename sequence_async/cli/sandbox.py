"""``sequence-async sandbox``: run the sandbox as a standalone server, for any language."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sequence_async.cli.exit_codes import run, usage_error
from sequence_async.cli.json_output import print_json_line
from sequence_async.cli.numbers import integer_parser
from sequence_async.cli.terminal import print_error, print_line

if TYPE_CHECKING:
    from sequence_async.sandbox import Sandbox

_NUMBER = re.compile(r"[0-9]{1,18}")


def sandbox(
    *,
    port: Annotated[
        int,
        typer.Option(
            parser=integer_parser(0, 65_535),
            metavar="NUMBER",
            help="Listen on this loopback port. 0 selects a free port.",
        ),
    ] = 0,
    seed: Annotated[
        str | None, typer.Option(help="Set the seed. The same seed creates the same IDs, names and history.")
    ] = None,
    accounts: Annotated[
        int | None, typer.Option(parser=integer_parser(1), metavar="NUMBER", help="Set the number of accounts.")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Read the initial accounts and rules from this YAML file.")
    ] = None,
    drift: Annotated[bool, typer.Option("--drift", help="Change the balances automatically over time.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the URLs and credentials as one line of JSON.")] = False,
) -> None:
    """Run a local Sequence server until Ctrl-C.

    Prints the URLs of all three APIs, the credentials, and a command to try them.
    """

    async def work() -> None:
        await _serve(_create_sandbox(port, seed, accounts, scenario, drift=drift), json=json)

    run(work, endless=True)


def _create_sandbox(
    port: int, seed: str | None, accounts: int | None, scenario: Path | None, *, drift: bool
) -> Sandbox:
    from sequence_async.sandbox import Sandbox, ScenarioError

    number = int(seed) if seed is not None and _NUMBER.fullmatch(seed) else seed
    try:
        return Sandbox(number, scenario=scenario, accounts=accounts, port=port, drift=drift)
    except ScenarioError as error:
        raise usage_error(str(error)) from None


async def _serve(sandbox: Sandbox, *, json: bool) -> None:
    try:
        await sandbox.start()
    except OSError as error:
        raise usage_error(
            f"The sandbox cannot listen on its port: {error.strerror}.", hint="Pass --port 0 to use a free port."
        ) from None
    try:
        if json:
            print_json_line(sandbox.details())
        else:
            print_line(sandbox.describe())
            print_line(_format_exports(sandbox))
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()
        for failure in sandbox.errors:
            print_error(f"The sandbox had an internal error: {failure!r}.")


def _format_exports(sandbox: Sandbox) -> str:
    lines = [
        f"export SEQUENCE_API_KEY={sandbox.api_key} SEQUENCE_ACCESS_TOKEN={sandbox.access_token}",
        f"export SEQUENCE_BASE_URL={sandbox.v1_url}",
        f"export SEQUENCE_PLATFORM_BASE_URL={sandbox.platform_url}",
        f"export SEQUENCE_REMOTE_BASE_URL={sandbox.remote_url}",
        "sequence-async balances",
    ]
    return "\n".join(["", "To use it, run in another terminal:", "", *lines, "", "Press Ctrl-C to stop."])
