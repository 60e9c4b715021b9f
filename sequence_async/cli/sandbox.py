"""``sequence-async sandbox``: the sandbox as a server of its own, for any language."""

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
            parser=integer_parser(0, 65_535), metavar="NUMBER", help="The port on loopback; 0 takes a free one."
        ),
    ] = 0,
    seed: Annotated[str | None, typer.Option(help="The same seed gives the same ids, names and history.")] = None,
    accounts: Annotated[
        int | None, typer.Option(parser=integer_parser(1), metavar="NUMBER", help="How many accounts there are.")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Accounts and rules to start with, as YAML.")
    ] = None,
    drift: Annotated[bool, typer.Option("--drift", help="Let money come and go by itself.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print addresses and credentials as one line of JSON.")] = False,
) -> None:
    """Run a Sequence of your own on loopback, until Ctrl-C.

    Prints the addresses of all three APIs, the credentials, and a line to try them with.
    """

    async def work() -> None:
        await _serve(_create_sandbox(port, seed, accounts, scenario, drift=drift), json=json)

    run(work, endless=True)


def _create_sandbox(
    port: int, seed: str | None, accounts: int | None, scenario: Path | None, *, drift: bool
) -> Sandbox:
    from sequence_async.sandbox import Sandbox, ScenarioError  # noqa: PLC0415 - no other command needs them

    number = int(seed) if seed is not None and _NUMBER.fullmatch(seed) else seed
    try:
        return Sandbox(number, scenario=scenario, accounts=accounts, port=port, drift=drift)
    except ScenarioError as error:
        raise usage_error(str(error)) from None


async def _serve(sandbox: Sandbox, *, json: bool) -> None:
    try:
        await sandbox.start()
    except OSError as error:
        raise usage_error(f"the sandbox cannot listen: {error.strerror}", hint="--port 0 takes a free port.") from None
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
            print_error(f"something unexpected happened inside the sandbox: {failure!r}")


def _format_exports(sandbox: Sandbox) -> str:
    lines = [
        f"export SEQUENCE_API_KEY={sandbox.api_key} SEQUENCE_ACCESS_TOKEN={sandbox.access_token}",
        f"export SEQUENCE_BASE_URL={sandbox.v1_url}",
        f"export SEQUENCE_PLATFORM_BASE_URL={sandbox.platform_url}",
        f"export SEQUENCE_REMOTE_BASE_URL={sandbox.remote_url}",
        "sequence-async balances",
    ]
    return "\n".join(["", "To use it from another terminal:", "", *lines, "", "Ctrl-C ends it."])
