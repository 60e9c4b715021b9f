"""The writes and faults in the demo's sandbox: a rule execution, a transfer, and lost responses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sequence_async.cli.exit_codes import describe
from sequence_async.cli.terminal import format_dollars
from sequence_async.errors import SequenceError
from sequence_async.models import v1

if TYPE_CHECKING:
    from sequence_async.sandbox import Sandbox
    from sequence_async.v1 import SequenceClient

ACCOUNTS = 24
_AMOUNT_IN_CENTS = 5_000


def schedule_faults(sandbox: Sandbox) -> None:
    """Schedule a few faults, so that the demo shows retries."""
    from sequence_async.sandbox import faults

    sandbox.fail_next("getAccount", 2, skip=3 * ACCOUNTS)
    sandbox.fail_next("createTransfer", 1, faults.Drop(after_effect=True))


async def run_script(client: SequenceClient, print_message: Callable[[str], None], seconds: float) -> None:
    """Run a rule after a quarter of the time, and create a transfer after half of it."""
    try:
        await asyncio.sleep(seconds / 4)
        await _run_rule(client, print_message)
        await asyncio.sleep(seconds / 4)
        await _create_transfer(client, print_message)
    except SequenceError as error:
        print_message(describe(error))


async def _run_rule(client: SequenceClient, print_message: Callable[[str], None]) -> None:
    async for rule in client.rules.list():
        if rule.trigger_type == v1.TriggerType.MANUAL and rule.status == v1.RuleStatus.ENABLED:
            execution = await client.rules.run(rule.id)
            print_message(
                f"rules.run: {rule.nickname!r} ended as {execution.status}, "
                f"with {execution.transfers_attempted} transfer(s)",
            )
            return


async def _create_transfer(client: SequenceClient, print_message: Callable[[str], None]) -> None:
    pods: Sequence[v1.AccountSummary] = await client.accounts.list(type=v1.AccountType.POD).collect(2)
    if len(pods) < 2:  # noqa: PLR2004 - a transfer has a source and a destination
        return
    source, destination = pods
    transfer = await client.transfers.create(
        source_account_id=source.id,
        destination_account_id=destination.id,
        amount_in_cents=_AMOUNT_IN_CENTS,
    )
    amount = format_dollars(transfer.amount_in_cents)
    print_message(f"transfers.create: {amount} from {source.name!r} to {destination.name!r}, executed only once")
    transfer = await client.transfers.wait(transfer.id)
    print_message(f"transfers.wait: {transfer.id} is {transfer.status}")
