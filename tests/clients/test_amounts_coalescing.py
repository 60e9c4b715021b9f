"""AmountHandler: identical questions that come at the same time share one computation, when that was asked for."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from virtual_time import virtual_time

from sequence_async import AmountHandler, AmountRequest, AmountResponse

BODY = b'{"deposit": 12.30}'


def amount_in(response: AmountResponse) -> Any:
    assert response.status == 200
    return json.loads(response.body)["amountInCents"]


class Slow:
    """Gives 1, 2, 3 … after a second each."""

    def __init__(self) -> None:
        self.started = 0
        self.cancelled = 0

    async def __call__(self, request: AmountRequest) -> int:
        self.started += 1
        mine = self.started
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return mine


@virtual_time
async def test_identical_requests_share_one_computation_when_asked() -> None:
    compute = Slow()
    handler = AmountHandler(compute, share_identical=True)
    answers = await asyncio.gather(*(handler.handle({"X-Trace": str(n)}, BODY, query="a=1") for n in range(5)))
    assert [amount_in(answer) for answer in answers] == [1] * 5
    assert amount_in(await handler.handle({}, BODY, query="a=1")) == 2
    others = await asyncio.gather(handler.handle({}, BODY, query="a=2"), handler.handle({}, b"", query="a=1"))
    assert sorted(amount_in(answer) for answer in others) == [3, 4]


@virtual_time
async def test_they_do_not_share_unless_asked() -> None:
    handler = AmountHandler(Slow())
    answers = await asyncio.gather(*(handler.handle({}, BODY) for _ in range(3)))
    assert sorted(amount_in(answer) for answer in answers) == [1, 2, 3]


@virtual_time
async def test_cancelling_one_of_them_leaves_the_others_theirs() -> None:
    compute = Slow()
    handler = AmountHandler(compute, share_identical=True)
    first, second = (asyncio.create_task(handler.handle({}, BODY)) for _ in range(2))
    await asyncio.sleep(0.5)
    first.cancel()
    assert amount_in(await second) == 1
    assert first.cancelled()
    assert compute.cancelled == 0


@virtual_time
async def test_when_all_are_cancelled_so_is_the_computation_and_the_next_request_starts_afresh() -> None:
    compute = Slow()
    handler = AmountHandler(compute, share_identical=True)
    questions = [asyncio.create_task(handler.handle({}, BODY)) for _ in range(2)]
    await asyncio.sleep(0.5)
    for question in questions:
        question.cancel()
    await asyncio.wait(questions)
    assert amount_in(await handler.handle({}, BODY)) == 2
    assert compute.cancelled == 1


@virtual_time
async def test_a_shared_failure_is_everybodys_and_nobody_elses() -> None:
    calls = 0

    async def compute(request: AmountRequest) -> int:
        nonlocal calls
        calls += 1
        await asyncio.sleep(1)
        raise RuntimeError

    handler = AmountHandler(compute, share_identical=True)
    answers = await asyncio.gather(handler.handle({}, BODY), handler.handle({}, BODY))
    assert [answer.status for answer in answers] == [500, 500]
    assert calls == 1
    assert (await handler.handle({}, BODY)).status == 500
    assert calls == 2


@virtual_time
async def test_whoever_joins_late_waits_no_longer_than_the_computation_has() -> None:
    async def compute(request: AmountRequest) -> int:
        await asyncio.sleep(60)
        return 1

    handler = AmountHandler(compute, share_identical=True, deadline=3.0)
    first = asyncio.create_task(handler.handle({}, BODY))
    await asyncio.sleep(2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await handler.handle({}, BODY)).status == 504
    assert loop.time() - began == pytest.approx(1.0)
    assert (await first).status == 504


def test_loops_do_not_share() -> None:
    async def compute(request: AmountRequest) -> int:
        return 5

    handler = AmountHandler(compute, share_identical=True)
    for _ in range(2):
        assert amount_in(asyncio.run(handler.handle({}, BODY))) == 5
