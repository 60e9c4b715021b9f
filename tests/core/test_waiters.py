"""Waiters: they see the end, outlast passing trouble, forgive a 404 only for an id just given, and keep their time."""

from __future__ import annotations

import asyncio
import pickle
from itertools import pairwise
from typing import Any

import pytest
from scripted_server import Request, ScriptedServer, Step, data, drop, error, hang
from v1_payloads import execution, transfer
from virtual_time import virtual_time

import sequence_async as sa

MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


def now() -> float:
    return asyncio.get_running_loop().time()


async def waited(*steps: Any, timeout: float = 300.0) -> tuple[Any, ScriptedServer, float]:
    async with ScriptedServer(*steps) as server, sa.SequenceClient("k", base_url=server.url) as client:
        started = now()
        result = await client.transfers.wait("txr_1", timeout=timeout)
        return result, server, now() - started


@pytest.mark.parametrize("status", ["complete", "incomplete", "cancelled", "error"])
@virtual_time
async def test_a_transfer_is_waited_for_until_nothing_more_is_expected(status: str) -> None:
    steps = [data(transfer(status=one)) for one in ("pending_approval", "processing", "pending", status)]
    result, server, _ = await waited(*steps)
    assert result.status == status
    assert result.settled
    assert len(server.requests) == 4


@virtual_time
async def test_polls_are_close_at_first_and_then_rarer() -> None:
    moments: list[float] = []

    def serve(_: Request) -> Step:
        moments.append(now())
        return data(transfer(status="processing"))

    with pytest.raises(sa.WaitTimeoutError):
        await waited(serve, timeout=120)
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[0] == pytest.approx(0.5, abs=0.01)
    assert max(pauses) <= 10.01
    assert all(later >= earlier - 0.01 for earlier, later in pairwise(pauses))
    assert len(moments) < 22


@virtual_time
async def test_passing_trouble_is_waited_out() -> None:
    down = [error(503)] * 9
    result, _, _ = await waited(*down, drop(), data(transfer(status="complete")))
    assert result.status == "complete"


@virtual_time
async def test_a_waiter_that_runs_out_of_time_says_what_it_saw() -> None:
    async with ScriptedServer(data(transfer(status="pending_approval"))) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            started = now()
            with pytest.raises(sa.WaitTimeoutError, match="pending_approval") as caught:
                await client.transfers.wait("txr_1", timeout=20.0)
            assert now() - started == pytest.approx(20.0, abs=0.05)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.last.status == "pending_approval"
    assert not caught.value.in_doubt
    assert pickle.loads(pickle.dumps(caught.value)).last == caught.value.last


@pytest.mark.parametrize("trouble", [hang(), error(503), drop()])
@virtual_time
async def test_a_call_that_fails_inside_does_not_change_the_error_or_the_time(trouble: Step) -> None:
    async with ScriptedServer(data(transfer(status="pending")), trouble) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            started = now()
            with pytest.raises(sa.WaitTimeoutError) as caught:
                await client.transfers.wait("txr_1", timeout=25.0)
            assert now() - started <= 25.1
    assert caught.value.last.status == "pending"


@virtual_time
async def test_a_waiter_that_never_saw_anything_says_so() -> None:
    with pytest.raises(sa.WaitTimeoutError, match="status was never read") as caught:
        await waited(hang(), timeout=5.0)
    assert caught.value.last is None


@pytest.mark.parametrize("refusal", [error(401), error(403), error(404)])
@virtual_time
async def test_a_definite_refusal_ends_the_waiting(refusal: Step) -> None:
    with pytest.raises(sa.APIError) as caught:
        await waited(refusal)
    assert caught.value.attempts == 1


@virtual_time
async def test_a_404_is_forgiven_for_an_id_that_was_just_given_and_only_in_a_waiter() -> None:
    gone = error(404, "resource_not_found")
    steps = [data(transfer("txr_new")), gone, gone, data(transfer("txr_new", status="complete")), gone]
    async with ScriptedServer(*steps) as server, sa.SequenceClient("k", base_url=server.url) as client:
        created = await client.transfers.create(**MOVE)
        assert (await client.transfers.wait(created.id)).status == "complete"
        with pytest.raises(sa.NotFoundError):
            await client.transfers.get(created.id)
        with pytest.raises(sa.NotFoundError):
            await client.transfers.wait("txr_other")


@virtual_time
async def test_a_404_is_not_forgiven_for_long() -> None:
    async with ScriptedServer(data(transfer("txr_new")), error(404)) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            created = await client.transfers.create(**MOVE)
            started = now()
            with pytest.raises(sa.NotFoundError):
                await client.transfers.wait(created.id)
            assert 15.0 <= now() - started <= 26.0


@virtual_time
async def test_running_a_rule_triggers_it_and_waits_for_the_run() -> None:
    done = execution("rex_9", transfers_failed=0, conditions_not_met=False, transfer_ids=["txr_1"])
    steps = [data({"execution_id": "rex_9"}), error(404), data(execution("rex_9", "in_progress")), data(done)]
    async with ScriptedServer(*steps) as server, sa.SequenceClient("k", base_url=server.url) as client:
        run = await client.rules.run("rule_1", manual_execute_amount=700, idempotency_key="k1")
    assert run.succeeded
    assert run.transfer_ids == ("txr_1",)
    assert [request.method for request in server.requests] == ["POST", "GET", "GET", "GET"]
    assert server.requests[0].json() == {"manual_execute_amount": 700}
    assert server.keys()[0] == "k1"


@pytest.mark.parametrize(
    ("changes", "succeeded"),
    [
        ({}, True),
        ({"conditions_not_met": True}, False),
        ({"transfers_failed": 1}, False),
        ({"status": "partial"}, False),
        ({"status": "failed"}, False),
        ({"status": "in_progress"}, False),
        ({"status": "paused"}, False),
    ],
)
@virtual_time
async def test_a_run_succeeded_when_it_did_what_it_was_to_do(changes: dict[str, Any], succeeded: bool) -> None:
    async with ScriptedServer(data(execution(**changes))) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            assert (await client.rule_executions.get("rex_1")).succeeded is succeeded


@pytest.mark.parametrize("trouble", [data(execution(status="in_progress")), error(403), data({"id": 7})])
@virtual_time
async def test_after_the_trigger_every_error_is_in_doubt_with_the_key_of_the_trigger(trouble: Step) -> None:
    async with ScriptedServer(data({"execution_id": "rex_1"}), trouble) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            with pytest.raises(sa.SequenceError) as caught:
                await client.rules.run("rule_1", timeout=10.0)
    assert caught.value.in_doubt
    assert caught.value.idempotency_key == server.keys()[0]


@virtual_time
async def test_a_refused_trigger_is_not_in_doubt() -> None:
    async with ScriptedServer(error(403)) as server, sa.SequenceClient("k", base_url=server.url) as client:
        with pytest.raises(sa.ForbiddenError) as caught:
            await client.rules.run("rule_1")
    assert not caught.value.in_doubt


@virtual_time
async def test_a_trigger_that_is_not_answered_in_the_time_of_the_run() -> None:
    async with ScriptedServer(hang()) as server, sa.SequenceClient("k", base_url=server.url) as client:
        started = now()
        with pytest.raises(sa.WaitTimeoutError) as caught:
            await client.rules.run("rule_1", timeout=6.0, idempotency_key="k1")
        assert now() - started <= 6.1
    assert caught.value.in_doubt
    assert caught.value.idempotency_key == "k1"
    assert caught.value.operation == "triggerRule"


@virtual_time
async def test_a_trigger_whose_answer_names_no_run_is_in_doubt() -> None:
    async with ScriptedServer(data({})) as server, sa.SequenceClient("k", base_url=server.url) as client:
        with pytest.raises(sa.DecodeError, match="execution_id") as caught:
            await client.rules.run("rule_1")
    assert caught.value.in_doubt


@virtual_time
async def test_cancelling_a_waiter_leaves_nothing_behind() -> None:
    async with ScriptedServer(data(transfer(status="pending"))) as server:
        async with sa.SequenceClient("k", base_url=server.url) as client:
            task = asyncio.create_task(client.transfers.wait("txr_1"))
            await asyncio.sleep(30)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
