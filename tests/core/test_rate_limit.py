"""The client-side limit: the server never has reason to refuse, nobody waits in vain, and writes come first."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest
from scripted_server import Request, ScriptedServer, Step, answer, data
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async._transport.limiter import READ_PRIORITY, WRITE_PRIORITY, Bucket, LimitReachedError

MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


def now() -> float:
    return asyncio.get_running_loop().time()


class EnforcingServer:
    """A bucket of so many tokens that fills evenly, as the server keeps it: a call counts when it arrives."""

    def __init__(self, capacity: int, per: float, *, delay: Any = lambda: 0.0) -> None:
        self.capacity, self.rate, self.delay = capacity, capacity / per, delay
        self.tokens, self.updated = float(capacity), 0.0
        self.refused = 0

    def __call__(self, request: Request) -> Step:
        moment = now()
        self.tokens = min(self.capacity, self.tokens + (moment - self.updated) * self.rate)
        self.updated = moment
        if self.tokens < 1.0 - 1e-6:
            self.refused += 1
            return answer(429, {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": ""}}, {"Retry-After": "1"})
        self.tokens -= 1.0
        value = transfer() if request.method == "POST" else account(request.path.rsplit("/", 1)[-1])
        return data(value, delay=self.delay())


@pytest.mark.parametrize("seed", range(5))
@virtual_time
async def test_160_calls_at_once_are_never_refused_and_no_slower_than_the_limit(seed: int) -> None:
    chance = random.Random(seed)
    rules = EnforcingServer(100, 60.0, delay=lambda: chance.random() * 0.2)
    async with ScriptedServer(rules) as server:
        limit = sa.RateLimit(100, per=60.0)
        async with sa.SequenceClient("k", base_url=server.url, rate_limit=limit, timeout=60.0) as client:
            started = now()
            await asyncio.gather(*(client.accounts.get(f"acc_{number}") for number in range(160)))
            took = now() - started
    assert rules.refused == 0
    assert len(server.requests) == 160
    assert 36.0 <= took <= 36.0 + 2 * 0.2 + 0.6


@virtual_time
async def test_the_limit_is_shared_by_all_clients_of_the_key() -> None:
    rules = EnforcingServer(10, 10.0)
    limit = sa.RateLimit(10, per=10.0)
    async with ScriptedServer(rules) as server:
        clients = [sa.SequenceClient("k", base_url=server.url, rate_limit=limit) for _ in range(4)]
        await asyncio.gather(*(client.accounts.get("a") for client in clients for _ in range(5)))
        for client in clients:
            await client.close()
    assert rules.refused == 0


@virtual_time
async def test_another_key_has_a_limit_of_its_own() -> None:
    async with ScriptedServer(data(account())) as server:
        limit = sa.RateLimit(1, per=1000.0)
        for key in ("k1", "k2", "k3"):
            async with sa.SequenceClient(key, base_url=server.url, rate_limit=limit) as client:
                await client.accounts.get("a")
    assert len(server.requests) == 3


@virtual_time
async def test_a_wait_past_the_deadline_raises_at_once() -> None:
    async with ScriptedServer(data(account())) as server:
        limit = sa.RateLimit(1, per=100.0)
        async with sa.SequenceClient("k", base_url=server.url, rate_limit=limit) as client:
            await client.accounts.get("a")
            started = now()
            with pytest.raises(sa.RateLimitedError) as caught:
                await client.transfers.create(**MOVE)
            assert now() == started
    assert caught.value.attempts == 0
    assert caught.value.retry_after == pytest.approx(100.0, abs=0.1)
    assert not caught.value.in_doubt
    assert len(server.requests) == 1


@virtual_time
async def test_writes_go_before_reads() -> None:
    async with ScriptedServer(EnforcingServer(2, 2.0)) as server:
        limit = sa.RateLimit(2, per=2.0)
        async with sa.SequenceClient("k", base_url=server.url, rate_limit=limit) as client:
            reads = [asyncio.create_task(client.accounts.get(f"a{number}")) for number in range(12)]
            await asyncio.sleep(0.5)
            await client.transfers.create(**MOVE)
            served = len(server.requests)
            await asyncio.gather(*reads)
    assert served <= 5, "the transfer did not wait for the reads that queued before it"


@virtual_time
async def test_each_retry_takes_a_place_of_its_own() -> None:
    rules = EnforcingServer(3, 30.0)
    calls = 0

    def flaky(request: Request) -> Step:
        nonlocal calls
        calls += 1
        step = rules(request)
        return answer(503) if calls % 2 else step

    async with ScriptedServer(flaky) as server:
        limit = sa.RateLimit(3, per=30.0)
        async with sa.SequenceClient("k", base_url=server.url, rate_limit=limit, timeout=200.0) as client:
            await asyncio.gather(*(client.accounts.get("a") for _ in range(4)))
    assert rules.refused == 0


@virtual_time
async def test_waiting_is_told() -> None:
    events: list[sa.Event] = []
    async with ScriptedServer(data(account())) as server:
        limit = sa.RateLimit(1, per=5.0)
        async with sa.SequenceClient("k", base_url=server.url, rate_limit=limit, on_event=events.append) as client:
            await client.accounts.get("a")
            await client.accounts.get("a")
    waits = [event.seconds for event in events if isinstance(event, sa.WaitEvent)]
    assert waits == [pytest.approx(5.0, abs=0.01)]


# -- the bucket by itself ------------------------------------------------------------------------------


@virtual_time
async def test_a_cancelled_wait_gives_its_place_back() -> None:
    bucket = Bucket(sa.RateLimit(1, per=10.0))
    await bucket.acquire(READ_PRIORITY, now() + 100)
    waiting = [asyncio.create_task(bucket.acquire(READ_PRIORITY, now() + 100)) for _ in range(3)]
    await asyncio.sleep(0)
    bucket.release()
    waiting[0].cancel()
    await asyncio.gather(waiting[0], return_exceptions=True)
    started = now()
    await waiting[1]
    assert now() - started == pytest.approx(10.0)
    waiting[2].cancel()
    await asyncio.gather(waiting[2], return_exceptions=True)
    bucket.release()
    assert bucket.in_flight == 0
    assert not bucket._waiting


@virtual_time
async def test_cancelling_at_the_moment_of_the_grant_loses_no_place() -> None:
    bucket = Bucket(sa.RateLimit(1, per=10.0))
    await bucket.acquire(READ_PRIORITY, now() + 100)
    bucket.release()
    waiting = asyncio.create_task(bucket.acquire(READ_PRIORITY, now() + 100))
    await asyncio.sleep(0)
    bucket._on_timer()  # too early: nothing is free yet
    assert bucket.in_flight == 0
    asyncio.get_running_loop().call_at(bucket._timer.when(), waiting.cancel)
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert bucket.in_flight == 0
    await bucket.acquire(READ_PRIORITY, now() + 1)
    bucket.release()


@virtual_time
async def test_those_who_wait_are_served_in_order_within_their_priority() -> None:
    bucket = Bucket(sa.RateLimit(1, per=1.0))
    served: list[str] = []

    async def one(name: str, priority: int) -> None:
        await bucket.acquire(priority, now() + 100)
        served.append(name)
        bucket.release()

    await bucket.acquire(READ_PRIORITY, now() + 100)
    names = [
        ("r1", READ_PRIORITY),
        ("r2", READ_PRIORITY),
        ("w1", WRITE_PRIORITY),
        ("r3", READ_PRIORITY),
        ("w2", WRITE_PRIORITY),
    ]
    tasks = [asyncio.create_task(one(name, priority)) for name, priority in names]
    await asyncio.sleep(0)
    bucket.release()
    await asyncio.gather(*tasks)
    assert served == ["w1", "w2", "r1", "r2", "r3"]


@virtual_time
async def test_one_who_is_overtaken_too_often_is_told_at_the_deadline() -> None:
    bucket = Bucket(sa.RateLimit(1, per=10.0))
    await bucket.acquire(READ_PRIORITY, now() + 100)
    bucket.release()
    poll = asyncio.create_task(bucket.acquire(READ_PRIORITY, now() + 15))
    await asyncio.sleep(0)
    write = asyncio.create_task(bucket.acquire(WRITE_PRIORITY, now() + 100))
    started = now()
    with pytest.raises(LimitReachedError):
        await poll
    assert now() - started == pytest.approx(15.0)
    await write
    bucket.release()
    assert bucket.in_flight == 0


def test_a_bucket_is_shared_between_event_loops_in_several_threads() -> None:
    from threading import Thread

    bucket = Bucket(sa.RateLimit(5, per=0.25))
    moments: list[float] = []

    async def one() -> None:
        await bucket.acquire(READ_PRIORITY, now() + 30)
        moments.append(now())
        await asyncio.sleep(0)
        bucket.release()

    async def many() -> None:
        await asyncio.gather(*(one() for _ in range(8)))

    threads = [Thread(target=asyncio.run, args=(many(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    assert len(moments) == 24
    assert bucket.in_flight == 0
    moments.sort()
    assert moments[-1] - moments[0] >= 19 / 5 * 0.25 - 0.02, "twenty-four calls, five at once, then twenty a second"
