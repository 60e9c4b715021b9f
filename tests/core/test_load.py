"""Much at once, with faults: all accounted for, fair, in flat memory, and on its feet again after the server was killed."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from contextlib import aclosing
from typing import Any

import pytest
from virtual_time import run_virtually, virtual_time

import sequence_async as sa
from sequence_async.sandbox import Sandbox, faults

TROUBLES = (
    faults.Status(status=503),
    faults.Drop(after_effect=True),
    faults.Truncate(),
    faults.Html(),
)


def trouble(sandbox: Sandbox, share: float) -> None:
    for number, fault in enumerate(TROUBLES):
        sandbox.fail_randomly(share / len(TROUBLES), "*", fault, seed=number)


@virtual_time
async def test_a_thousand_concurrent_calls_are_all_accounted_for() -> None:
    async with Sandbox(seed=1, frozen=True, history=0) as sandbox:
        trouble(sandbox, 0.05)
        sandbox.latency = 0.02
        source, destination = sandbox.account("Main Operating"), sandbox.account("Taxes")
        events: list[sa.Event] = []
        async with sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, on_event=events.append) as client:
            keys = [f"load-{number}" for number in range(500)]
            writes = [
                client.transfers.create(
                    source_account_id=source.id,
                    destination_account_id=destination.id,
                    amount_in_cents=100,
                    idempotency_key=key,
                )
                for key in keys
            ]
            ids = (list(sandbox.accounts) * 50)[:500]
            reads = [client.accounts.get(account_id) for account_id in ids]
            results = await asyncio.gather(*writes, *reads, return_exceptions=True)
        assert not [result for result in results if isinstance(result, BaseException)]
        assert [len(sandbox.effects(key)) for key in keys] == [1] * 500
        assert len({result.id for result in results[:500]}) == 500  # type: ignore[union-attr]
        ended = [event for event in events if isinstance(event, sa.CallEvent)]
        assert len(ended) == 1000
        assert sum(event.attempts for event in ended) > 1000, "there were faults to survive"


@pytest.mark.parametrize("accounts", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
@virtual_time
async def test_thousands_of_accounts_are_watched_through_faults_without_growing(accounts: int) -> None:
    async with Sandbox(seed=1, frozen=True, history=0, accounts=accounts) as sandbox:
        trouble(sandbox, 0.05)
        async with sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url) as client:
            watch = client.balances.watch(interval=20.0, concurrency=64, only_changes=False)
            seen: Counter[str] = Counter()
            held: list[int] = []
            async with aclosing(watch):
                for _ in range(2):
                    for _ in range(accounts):
                        update = await anext(watch)
                        seen[update.account_id] += 1
                    # What the sandbox remembers of requests grows up to a limit of its own.
                    sandbox.requests.clear()
                    sandbox.world.audit_log.clear()
                    gc.collect()
                    held.append(len(gc.get_objects()))
    assert len(seen) == accounts
    assert set(seen.values()) == {2}, "every account has its turn in every round"
    assert held[1] - held[0] < 5_000, "readings are replaced, not collected"


def test_the_watch_recovers_when_the_server_was_killed() -> None:
    async def main() -> None:
        async with Sandbox(seed=1, frozen=True, history=0) as sandbox:
            everything = {one.v1_id for one in sandbox.accounts.values()}
            async with sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, timeout=5.0) as client:
                async with aclosing(client.balances.watch(interval=10.0)) as watch:
                    first = {(await anext(watch)).account_id for _ in everything}
                    assert first == everything
                    await sandbox.stop()
                    down = [await anext(watch) for _ in everything]
                    assert {type(update.error) for update in down} == {sa.ConnectionFailedError}
                    await sandbox.start()
                    sandbox.deposit(sandbox.account("Main Operating").id, 123_00)
                    up = [await anext(watch) for _ in everything]
                    assert {
                        update.account_id for update in up if not isinstance(update.error, sa.SequenceError)
                    } == everything
                    moved = next(update for update in up if update.name == "Main Operating")
                    assert moved.balance_in_cents == (moved.previous_in_cents or 0) + 123_00

    run_virtually(main)


@virtual_time
async def test_calls_in_the_air_when_the_server_is_killed_end_and_can_be_repeated() -> None:
    async with Sandbox(seed=1, frozen=True, history=0) as sandbox:
        sandbox.latency = 1.0
        source, destination = sandbox.account("Main Operating"), sandbox.account("Taxes")
        move: dict[str, Any] = {
            "source_account_id": source.id,
            "destination_account_id": destination.id,
            "amount_in_cents": 100,
        }
        async with sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, max_attempts=1) as client:
            calls = [
                asyncio.create_task(client.transfers.create(**move, idempotency_key=f"kill-{number}"))
                for number in range(50)
            ]
            await asyncio.sleep(0.5)
            await sandbox.stop()
            ends = await asyncio.gather(*calls, return_exceptions=True)
            assert all(isinstance(end, sa.ConnectionFailedError) and end.in_doubt for end in ends)
            await sandbox.start()
            sandbox.latency = 0.0
            for end in ends:
                await client.transfers.create(**move, idempotency_key=end.idempotency_key)  # type: ignore[union-attr]
        assert [len(sandbox.effects(f"kill-{number}")) for number in range(50)] == [1] * 50
