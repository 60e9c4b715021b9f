"""``sequence-async demo``: show the main features in ten seconds, without a credential or an account."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Annotated

import attrs
import typer

from sequence_async.cli.balances import describe_totals
from sequence_async.cli.clients import CREDENTIALS, configured_apis, open_balances_client, resolve_balances_api
from sequence_async.cli.exit_codes import ExitCode, run
from sequence_async.cli.live_table import LiveTable
from sequence_async.cli.numbers import seconds
from sequence_async.cli.options import AnyApi, AnyApiOption
from sequence_async.cli.terminal import print_line
from sequence_async.events import AttemptEvent, CallEvent, Event, RetryEvent, SweepEvent

if TYPE_CHECKING:
    from sequence_async.cli.clients import AnyClient

_SLOW_SECONDS = 2.0
_NEXT_AFTER_SANDBOX = (
    ("sequence-async sandbox", "run the same sandbox to develop against"),
    ("export SEQUENCE_API_KEY=…", "then run `sequence-async doctor` to see what your key allows"),
    ("sequence-async balances --watch", "watch your own balances"),
)
_NEXT_AFTER_READING = (
    ("sequence-async doctor", "check which APIs accept your credentials, and what they allow"),
    ("sequence-async balances --watch", "keep watching this table"),
    ("sequence-async demo --sandbox", "see money move, in a local sandbox"),
)


@attrs.define
class CallCounter:
    """Counts of the calls, requests and retries that a client reports through ``on_event``."""

    table: LiveTable
    calls: int = 0
    attempts: int = 0
    retries: int = 0
    failed: int = 0

    def __call__(self, event: Event) -> None:
        """Count an event, and show a message about a retry or a slow polling round."""
        if isinstance(event, AttemptEvent):
            self.attempts += 1
        elif isinstance(event, RetryEvent):
            self.retries += 1
            delay = f"retrying in {event.seconds:.1f} s"
            key = "" if event.idempotency_key is None else ", with the same key"
            self.table.add_message(f"{event.operation} failed: {event.reason}; {delay}{key}", style="yellow")
        elif isinstance(event, SweepEvent) and event.seconds > _SLOW_SECONDS:
            self.table.add_message(
                f"Reading {event.accounts} accounts takes {event.seconds:.0f} s because of the rate limit."
            )
        elif isinstance(event, CallEvent) and event.outcome != "cancelled":
            self.calls += 1
            self.failed += event.outcome == "error"


def demo(
    *,
    api: AnyApiOption = None,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="Use the sandbox even if a credential is set.")] = False,
    seconds: Annotated[
        float, typer.Option(parser=seconds(0.1), metavar="SECONDS", help="Set how long to watch, in seconds.")
    ] = 9.0,
) -> None:
    """Poll many balances for about ten seconds and show the changes.

    Without a credential or --api, the demo starts a local sandbox and moves money in it.
    With SEQUENCE_API_KEY, or with SEQUENCE_ACCESS_TOKEN and --api remote, it reads your balances and writes nothing.
    """
    if sandbox or (api is None and not configured_apis(CREDENTIALS)):
        run(lambda: _run_in_sandbox(seconds))
    else:
        run(lambda: _run_read_only(resolve_balances_api(api, alternative="--sandbox"), seconds))


async def _run_in_sandbox(seconds: float) -> ExitCode:
    from sequence_async.cli.demo_script import ACCOUNTS, run_script, schedule_faults
    from sequence_async.sandbox import Sandbox
    from sequence_async.v1 import SequenceClient

    async with Sandbox(seed="demo", accounts=ACCOUNTS, drift=True, latency=0.02) as sandbox:
        table = LiveTable(f"Sandbox at {sandbox.url} with {ACCOUNTS} accounts. No real money moves.")
        counter = CallCounter(table)
        schedule_faults(sandbox)
        async with SequenceClient(api_key=sandbox.api_key, base_url=sandbox.v1_url, on_event=counter) as client:
            with table:
                script = asyncio.ensure_future(run_script(client, table.add_message, seconds))
                try:
                    await _watch_balances(client, table, seconds, interval=1.0)
                finally:
                    script.cancel()
                    with suppress(asyncio.CancelledError):
                        await script
            total = await client.balances.snapshot()
        print_line("")
        print_line(f"{describe_totals(total)}.")
        _print_summary(table, counter, _NEXT_AFTER_SANDBOX)
    return ExitCode.OK


async def _run_read_only(api: AnyApi, seconds: float) -> ExitCode:
    table = LiveTable(f"Your balances from {api}. The demo writes nothing.")
    counter = CallCounter(table)
    async with open_balances_client(api, on_event=counter) as client:
        with table:
            await _watch_balances(client, table, seconds, interval=5.0)
    print_line("")
    _print_summary(table, counter, _NEXT_AFTER_READING)
    return ExitCode.OK


async def _watch_balances(client: AnyClient, table: LiveTable, seconds: float, *, interval: float) -> None:
    limit = asyncio.timeout(seconds)
    try:
        async with limit, aclosing(client.balances.watch(interval=interval, only_changes=False)) as updates:
            async for update in updates:
                table.add_update(update)
    except TimeoutError:
        # A call that passes its own deadline raises a TimeoutError too.
        if not limit.expired():
            raise


def _print_summary(table: LiveTable, counter: CallCounter, next_commands: tuple[tuple[str, str], ...]) -> None:
    print_line(
        f"Read {table.balances_read} balances of {table.accounts} accounts in {counter.calls} calls: "
        f"{counter.attempts} requests, including {counter.retries} retries. {counter.failed} calls failed.",
    )
    print_line("")
    print_line("Next commands:")
    width = max(len(command) for command, _ in next_commands)
    for command, purpose in next_commands:
        print_line(f"  {command:<{width}}  {purpose}")
