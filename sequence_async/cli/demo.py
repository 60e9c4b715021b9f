"""``sequence-async demo``: ten seconds that show what the package does, without a credential or an account."""

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
    ("sequence-async sandbox", "the same Sequence on loopback, to develop against"),
    ("export SEQUENCE_API_KEY=…", "then `sequence-async doctor`: what your key may do"),
    ("sequence-async balances --watch", "your own balances, for as long as you like"),
)
_NEXT_AFTER_READING = (
    ("sequence-async doctor", "which API answers you, and what your key may do"),
    ("sequence-async balances --watch", "the same table, for as long as you like"),
    ("sequence-async demo --sandbox", "money that moves, in a Sequence on loopback"),
)


@attrs.define
class CallCounter:
    """Counts what a client reports through ``on_event``."""

    table: LiveTable
    calls: int = 0
    attempts: int = 0
    retries: int = 0
    failed: int = 0

    def __call__(self, event: Event) -> None:
        """Take an event in."""
        if isinstance(event, AttemptEvent):
            self.attempts += 1
        elif isinstance(event, RetryEvent):
            self.retries += 1
            again = f"again in {event.seconds:.1f} s"
            key = "" if event.idempotency_key is None else ", with the same key"
            self.table.add_message(f"{event.operation} failed: {event.reason}; {again}{key}", style="yellow")
        elif isinstance(event, SweepEvent) and event.seconds > _SLOW_SECONDS:
            self.table.add_message(f"the rate limit lets {event.accounts} accounts be read in {event.seconds:.0f} s")
        elif isinstance(event, CallEvent) and event.outcome != "cancelled":
            self.calls += 1
            self.failed += event.outcome == "error"


def demo(
    *,
    api: AnyApiOption = None,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="Use the sandbox although a credential is set.")] = False,
    seconds: Annotated[float, typer.Option(parser=seconds(0.1), metavar="SECONDS", help="How long to watch.")] = 9.0,
) -> None:
    """Watch many balances being polled, for about ten seconds.

    Without a credential or --api this starts a sandbox on loopback, and moves money in it. With SEQUENCE_API_KEY, or
    with SEQUENCE_ACCESS_TOKEN and --api remote, it reads your own balances, and writes nothing.
    """
    if sandbox or (api is None and not configured_apis(CREDENTIALS)):
        run(lambda: _run_in_sandbox(seconds))
    else:
        run(lambda: _run_read_only(resolve_balances_api(api, alternative="--sandbox"), seconds))


async def _run_in_sandbox(seconds: float) -> ExitCode:
    from sequence_async.cli.demo_script import ACCOUNTS, run_script, schedule_faults  # noqa: PLC0415 - half of the demo
    from sequence_async.sandbox import Sandbox  # noqa: PLC0415
    from sequence_async.v1 import SequenceClient  # noqa: PLC0415 - needs none of these

    async with Sandbox(seed="demo", accounts=ACCOUNTS, drift=True, latency=0.02) as sandbox:
        table = LiveTable(f"A sandbox at {sandbox.url}: {ACCOUNTS} accounts, and no money is real")
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
    table = LiveTable(f"Your balances through {api}; nothing is written")
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
        # The errors of a call that ran out of time are TimeoutErrors too.
        if not limit.expired():
            raise


def _print_summary(table: LiveTable, counter: CallCounter, next_commands: tuple[tuple[str, str], ...]) -> None:
    print_line(
        f"Read {table.balances_read} balances of {table.accounts} accounts with {counter.calls} calls: "
        f"{counter.attempts} requests, {counter.retries} of them retries, {counter.failed} calls failed.",
    )
    print_line("")
    print_line("What to type next:")
    width = max(len(command) for command, _ in next_commands)
    for command, what in next_commands:
        print_line(f"  {command:<{width}}  {what}")
