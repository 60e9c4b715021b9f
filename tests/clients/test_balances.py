"""Balances of many accounts: bounded, independent of each other, fresh, and gone when nobody looks any more."""

from __future__ import annotations

import asyncio
import gc
from contextlib import aclosing
from typing import Any

import pytest
from scripted_server import Request, ScriptedServer, Step, answer, data, error
from v1_payloads import account, summary
from virtual_time import virtual_time

import sequence_async as sa


def now() -> float:
    return asyncio.get_running_loop().time()


class Bank:
    """So many accounts whose balances a test can change."""

    def __init__(self, count: int, delay: float = 0.0) -> None:
        self.cents = {f"acc_{number}": number * 100 for number in range(count)}
        self.more: dict[str, dict[str, Any]] = {}
        self.failing: dict[str, Step] = {}
        self.delay = delay
        self.reads = 0
        self.lists = 0

    def __call__(self, request: Request) -> Step:
        account_id = request.path.removeprefix("/api/v1/accounts").lstrip("/")
        if not account_id:
            self.lists += 1
            return self.failing.get("list") or data([summary(item) for item in self.cents])
        self.reads += 1
        if account_id in self.failing:
            return self.failing[account_id]
        return data(account(account_id, self.cents[account_id], **self.more.get(account_id, {})), delay=self.delay)


def serve(bank: Bank, **options: Any) -> Any:
    class Both:
        async def __aenter__(self) -> tuple[sa.SequenceClient, ScriptedServer]:
            self.server = await ScriptedServer(bank).__aenter__()
            self.client = sa.SequenceClient("k", base_url=self.server.url, **options)
            return self.client, self.server

        async def __aexit__(self, *_: object) -> None:
            await self.client.close()
            await self.server.__aexit__()

    return Both()


# -- snapshot ------------------------------------------------------------------------------------------


@virtual_time
async def test_a_snapshot_reads_every_account() -> None:
    bank = Bank(50)
    async with serve(bank) as (client, _):
        snapshot = await client.balances.snapshot()
    assert {key: value.balance_in_cents for key, value in snapshot.balances.items()} == bank.cents
    assert snapshot.total_in_cents == sum(bank.cents.values())
    assert snapshot.errors == {}
    assert snapshot.observed_at.utcoffset() is not None


@virtual_time
async def test_a_snapshot_of_some_accounts_reads_those_once_each() -> None:
    bank = Bank(10)
    async with serve(bank) as (client, _):
        snapshot = await client.balances.snapshot(["acc_3", "acc_5", "acc_3"])
    assert list(snapshot.balances) == ["acc_3", "acc_5"]
    assert (bank.reads, bank.lists) == (2, 0)


@virtual_time
async def test_a_snapshot_of_nothing_reads_nothing() -> None:
    async with serve(Bank(3)) as (client, server):
        snapshot = await client.balances.snapshot([])
    assert (len(snapshot.balances), snapshot.total_in_cents) == (0, 0)
    assert server.requests == []


@pytest.mark.parametrize("concurrency", [1, 7, 16])
@virtual_time
async def test_the_concurrency_is_reached_and_never_exceeded(concurrency: int) -> None:
    async with serve(Bank(60, delay=0.1)) as (client, server):
        started = now()
        await client.balances.snapshot(concurrency=concurrency)
        took = now() - started
    assert server.most_in_flight == concurrency
    assert took == pytest.approx(0.1 * -(-60 // concurrency), abs=0.05)


@virtual_time
async def test_one_bad_account_does_not_spoil_the_others() -> None:
    bank = Bank(10)
    bank.failing = {"acc_2": error(404), "acc_3": error(500), "acc_4": data({"id": "acc_4"}), "acc_5": error(403)}
    async with serve(bank) as (client, _):
        snapshot = await client.balances.snapshot()
    assert sorted(snapshot.balances) == ["acc_0", "acc_1", "acc_6", "acc_7", "acc_8", "acc_9"]
    kinds = {key: type(value) for key, value in snapshot.errors.items()}
    assert kinds == {
        "acc_2": sa.NotFoundError,
        "acc_3": sa.ServerError,
        "acc_4": sa.DecodeError,
        "acc_5": sa.ForbiddenError,
    }
    assert all(error.__traceback__ is None for error in snapshot.errors.values()), "a kept error keeps nothing else"


@virtual_time
async def test_what_is_owed_is_counted_apart_and_what_cannot_be_read_not_at_all() -> None:
    bank = Bank(4)
    bank.more["acc_3"] = {"type": "external_account", "external_account_type": "LIABILITY"}
    bank.more["acc_2"] = {"balance": {"balance_in_cents": None, "error": "The bank does not answer."}}
    bank.more["acc_1"] = {"balance": None}
    async with serve(bank) as (client, _):
        snapshot = await client.balances.snapshot()
    assert (snapshot.total_in_cents, snapshot.owed_in_cents) == (0, 300)
    assert snapshot.balances["acc_2"].balance_in_cents is None
    assert snapshot.balances["acc_2"].error == "The bank does not answer."
    assert snapshot.balances["acc_1"].error
    assert snapshot.errors == {}


@virtual_time
async def test_accounts_that_cannot_be_listed_are_an_error() -> None:
    bank = Bank(3)
    bank.failing["list"] = error(403)
    async with serve(bank) as (client, _):
        with pytest.raises(sa.ForbiddenError, match="LIST_ACCOUNTS"):
            await client.balances.snapshot()


@virtual_time
async def test_a_closed_client_is_no_accounts_own_failure() -> None:
    async with serve(Bank(3)) as (client, _):
        await client.close()
        with pytest.raises(sa.UsageError):
            await client.balances.snapshot(["acc_1", "acc_2"])


@virtual_time
async def test_cancelling_a_snapshot_leaves_nothing_behind() -> None:
    async with serve(Bank(100, delay=5.0)) as (client, _):
        task = asyncio.create_task(client.balances.snapshot())
        await asyncio.sleep(7)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@virtual_time
async def test_ten_thousand_accounts() -> None:
    bank = Bank(10_000)
    async with serve(bank) as (client, _):
        snapshot = await client.balances.snapshot(concurrency=64)
    assert len(snapshot.balances) == 10_000
    assert snapshot.total_in_cents == sum(bank.cents.values())


# -- watch ---------------------------------------------------------------------------------------------


async def take(watch: Any, count: int) -> list[sa.BalanceUpdate]:
    return [await anext(watch) for _ in range(count)]


@virtual_time
async def test_a_watch_gives_every_account_first_and_then_what_changed() -> None:
    bank = Bank(5)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=60.0)) as watch:
        first = await take(watch, 5)
        assert {update.account_id: update.balance_in_cents for update in first} == bank.cents
        assert all(update.changed and update.previous_in_cents is None for update in first)
        bank.cents["acc_3"] = 999
        started = now()
        update = await anext(watch)
        assert (update.account_id, update.balance_in_cents, update.previous_in_cents) == ("acc_3", 999, 300)
        assert update.changed
        assert update.name == "Account acc_3"
        assert now() - started == pytest.approx(60.0, abs=0.1)


@virtual_time
async def test_a_watch_can_give_what_did_not_change_too() -> None:
    bank = Bank(2)
    async with serve(bank) as (client, _):
        async with aclosing(client.balances.watch(interval=10.0, only_changes=False)) as watch:
            updates = await take(watch, 6)
    assert [update.changed for update in updates] == [True, True, False, False, False, False]
    assert updates[4].previous_in_cents == updates[4].balance_in_cents


@virtual_time
async def test_updates_stream_as_they_arrive() -> None:
    slow = Bank(3)

    def uneven(request: Request) -> Step:
        step = slow(request)
        step.delay = 50.0 if request.path.endswith("acc_0") else 0.0
        return step

    async with ScriptedServer(uneven) as server:
        async with sa.SequenceClient("k", base_url=server.url, timeout=90, attempt_timeout=90) as client:
            async with aclosing(client.balances.watch()) as watch:
                started = now()
                await take(watch, 2)
                assert now() - started < 1.0
                assert (await anext(watch)).account_id == "acc_0"


@virtual_time
async def test_rounds_never_pile_up() -> None:
    bank = Bank(8, delay=3.0)
    async with serve(bank) as (client, server):
        async with aclosing(client.balances.watch(interval=1.0, concurrency=4, only_changes=False)) as watch:
            await take(watch, 24)
    assert server.most_in_flight == 4


@virtual_time
async def test_a_slow_consumer_sees_the_newest_of_each_account_and_nothing_grows() -> None:
    bank = Bank(3)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=1.0)) as watch:
        await take(watch, 3)
        for number in range(100):
            bank.cents["acc_1"] = 1000 + number
            bank.cents["acc_2"] = 2000 + number
            await asyncio.sleep(1.0)
        await asyncio.sleep(1.5)
        updates = await take(watch, 2)
        assert {update.account_id: update.balance_in_cents for update in updates} == {"acc_1": 1099, "acc_2": 2099}
        assert {update.previous_in_cents for update in updates} == {100, 200}


@virtual_time
async def test_a_busy_account_does_not_starve_the_others() -> None:
    bank = Bank(4)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=1.0)) as watch:
        seen = []
        for number in range(40):
            for key in bank.cents:
                bank.cents[key] += number + 1
            seen.append((await anext(watch)).account_id)
            await asyncio.sleep(2.5)
    assert {key: seen.count(key) for key in bank.cents} == dict.fromkeys(bank.cents, 10)


@virtual_time
async def test_a_failing_account_is_told_once_and_again_when_it_recovers() -> None:
    bank = Bank(2)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=60.0)) as watch:
        await take(watch, 2)
        bank.failing["acc_1"] = error(404)
        failed = await anext(watch)
        assert isinstance(failed.error, sa.NotFoundError)
        assert (failed.balance_in_cents, failed.previous_in_cents, failed.name) == (None, 100, "Account acc_1")
        await asyncio.sleep(300)
        bank.failing.clear()
        bank.cents["acc_1"] = 150
        recovered = await anext(watch)
        assert (recovered.balance_in_cents, recovered.previous_in_cents, recovered.error) == (150, 100, None)


@virtual_time
async def test_the_watch_outlasts_a_server_that_is_away() -> None:
    bank = Bank(3)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=60.0)) as watch:
        await take(watch, 3)
        bank.failing = dict.fromkeys(["list", *bank.cents], answer(503))
        assert {type(update.error) for update in await take(watch, 3)} == {sa.ServerError}
        bank.failing = {}
        assert {update.error for update in await take(watch, 3)} == {None}


@virtual_time
async def test_new_accounts_are_noticed() -> None:
    bank = Bank(1)
    async with serve(bank) as (client, _), aclosing(client.balances.watch(interval=60.0)) as watch:
        await anext(watch)
        bank.cents["acc_new"] = 7
        assert (await anext(watch)).account_id == "acc_new"


@virtual_time
async def test_a_first_list_that_is_refused_ends_the_watch() -> None:
    bank = Bank(1)
    bank.failing["list"] = error(401)
    async with serve(bank) as (client, _):
        with pytest.raises(sa.UnauthorizedError):
            async for _ in client.balances.watch():
                pass


@virtual_time
async def test_closing_the_client_ends_the_watch() -> None:
    async with serve(Bank(1)) as (client, _):
        watch = client.balances.watch(interval=5.0)
        await anext(watch)
        await client.close()
        with pytest.raises(sa.UsageError):
            await anext(watch)


@pytest.mark.parametrize("how", ["break", "close", "cancel", "raise"])
@virtual_time
async def test_leaving_the_loop_leaves_nothing_behind(how: str) -> None:
    bank = Bank(20, delay=1.0)

    async def consume(client: sa.SequenceClient) -> None:
        async for _ in client.balances.watch(interval=1.0):
            if how == "break":
                break
            if how == "raise":
                raise RuntimeError("the consumer's own")

    async with serve(bank) as (client, _):
        if how == "close":
            watch = client.balances.watch(interval=1.0)
            await anext(watch)
            await watch.aclose()
        elif how == "cancel":
            task = asyncio.create_task(consume(client))
            await asyncio.sleep(10)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        elif how == "raise":
            with pytest.raises(RuntimeError):
                await consume(client)
        else:
            await consume(client)
        gc.collect()
        for _ in range(5):
            await asyncio.sleep(0)
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert not [task for task in others if "sequence_async" in repr(task.get_coro())]
        reads = bank.reads
        await asyncio.sleep(100)
        assert bank.reads <= reads + 16, "nobody reads on"
        assert bank.reads == reads


@virtual_time
async def test_a_watch_that_is_never_begun_does_nothing() -> None:
    bank = Bank(3)
    async with serve(bank) as (client, server):
        watch = client.balances.watch()
        await asyncio.sleep(1000)
        assert server.requests == []
        await watch.aclose()


@virtual_time
async def test_a_snapshot_during_an_outage_fails_however_long_the_client_has_lived() -> None:
    bank = Bank(3)
    async with serve(bank) as (client, _):
        await client.balances.snapshot()
        bank.failing = dict.fromkeys(["list", *bank.cents], answer(503))
        with pytest.raises(sa.ServerError):
            await client.balances.snapshot()
