"""``sequence-async balances``: read the balances once, or watch them."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Annotated

import typer

from sequence_async.balances import AccountBalance, BalanceSnapshot
from sequence_async.cli.clients import open_balances_client
from sequence_async.cli.exit_codes import ExitCode, describe, exit_code_of, run
from sequence_async.cli.json_output import print_json, print_json_line
from sequence_async.cli.live_table import LiveTable
from sequence_async.cli.numbers import integer_parser, seconds
from sequence_async.cli.options import AnyApiOption, JsonOption
from sequence_async.cli.terminal import (
    Column,
    format_dollars,
    format_time,
    id_column,
    money_column,
    print_error,
    print_note,
    print_table,
    text_column,
)

if TYPE_CHECKING:
    from sequence_async.cli.clients import AnyClient

_COLUMNS = (
    text_column("Account"),
    id_column(),
    money_column("Balance"),
    money_column("Available", optional=True),
    Column("Updated", optional=True),
    text_column("Note"),
)


def balances(
    account_ids: Annotated[
        list[str] | None, typer.Argument(help="Read only these accounts. (default: all)", show_default=False)
    ] = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Poll the balances until Ctrl-C.")] = False,
    interval: Annotated[
        float,
        typer.Option(
            parser=seconds(0.01), metavar="SECONDS", help="Set the seconds between two polling rounds of --watch."
        ),
    ] = 300.0,
    concurrency: Annotated[
        int,
        typer.Option(parser=integer_parser(1), metavar="NUMBER", help="Set the maximum number of concurrent requests."),
    ] = 16,
    api: AnyApiOption = None,
    json: JsonOption = False,
) -> None:
    """Read the balances of your accounts.

    The total held and the total owed are separate. The Remote API does not mark debts, so it has only one total.
    If an account cannot be read, the others are still printed, and the exit code is that of the error.
    --watch --json prints one JSON document per line and runs until Ctrl-C or SIGTERM.
    """

    async def work() -> ExitCode:
        async with open_balances_client(api) as client:
            if watch:
                await _watch(client, account_ids, interval, concurrency, json=json)
                return ExitCode.OK
            return _print_snapshot(await client.balances.snapshot(account_ids, concurrency=concurrency), json=json)

    run(work, endless=watch)


def _print_snapshot(snapshot: BalanceSnapshot, *, json: bool) -> ExitCode:
    if json:
        print_json(
            {
                "observed_at": snapshot.observed_at,
                "total_in_cents": snapshot.total_in_cents,
                "owed_in_cents": snapshot.owed_in_cents,
                "balances": list(snapshot.balances.values()),
                "errors": snapshot.errors,
            },
        )
    else:
        rows = sorted(snapshot.balances.values(), key=lambda one: (one.is_liability or False, one.name or ""))
        print_table(_COLUMNS, [_row(balance) for balance in rows], empty="No accounts.")
        print_note(f"{describe_totals(snapshot)}, at {format_time(snapshot.observed_at)}")
    for account_id, error in snapshot.errors.items():
        print_error(f"{account_id}: {describe(error)}")
    return max((exit_code_of(error) for error in snapshot.errors.values()), default=ExitCode.OK)


def describe_totals(snapshot: BalanceSnapshot) -> str:
    """Return a text with the number of accounts and their totals."""
    accounts, total = f"{len(snapshot.balances)} accounts", format_dollars(snapshot.total_in_cents)
    if snapshot.owed_in_cents is None:
        return f"{accounts}: {total} in total; this API does not report debts"
    return f"{accounts}: {total} held, {format_dollars(snapshot.owed_in_cents)} owed"


def _row(balance: AccountBalance) -> tuple[str | None, ...]:
    return (
        balance.name,
        balance.account_id,
        format_dollars(balance.balance_in_cents),
        format_dollars(balance.available_in_cents),
        format_time(balance.updated_at),
        balance.error or ("owed" if balance.is_liability else None),
    )


async def _watch(
    client: AnyClient,
    account_ids: list[str] | None,
    interval: float,
    concurrency: int,
    *,
    json: bool,
) -> None:
    async with aclosing(client.balances.watch(account_ids, interval=interval, concurrency=concurrency)) as updates:
        if json:
            async for update in updates:
                print_json_line(update)
            return
        with LiveTable(f"Balances, polled every {interval:g} s. Press Ctrl-C to stop.") as table:
            async for update in updates:
                table.add_update(update)
