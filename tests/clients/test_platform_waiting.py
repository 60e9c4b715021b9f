"""Running a rule, waiting for it and for transfers, and what a fresh id may do."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from platform_payloads import MOVE, client_of, data, execution, now, query_of, transfer
from scripted_server import Request, Step, answer, error
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models import platform
from sequence_async.operations.platform import CREATE_TRANSFER

TRIGGERED = data({"executionId": "exe_1"}, 202)
NOT_YET = error(404, "RULE_EXECUTION_NOT_FOUND")
UNKNOWN_TRANSFER = error(404, "TRANSFER_NOT_FOUND")
RUNNING = data(execution(status="IN_PROGRESS"))


@virtual_time
async def test_a_run_is_triggered_followed_and_offers_its_transfers() -> None:
    ended = data(execution(transferIds=["t1", "t2", "t3"], transfersCompleted=3))

    def one(request: Request) -> Step:
        return data(transfer(request.path.rsplit("/", 1)[-1], "COMPLETE"))

    async with client_of(TRIGGERED, NOT_YET, RUNNING, ended, one) as (client, server):
        run = await client.rules.run("rule_1", execute_amount=5000)
        moved = await client.rules.transfers(run, concurrency=2)
    assert run.succeeded
    assert [one.id for one in moved] == ["t1", "t2", "t3"]
    assert server.most_in_flight <= 2
    assert server.requests[0].json() == {"executeAmount": 5000}
    assert [request.path.removeprefix("/platform/v1") for request in server.requests[1:4]] == [
        "/rules/rule_1/executions/exe_1",
    ] * 3


@virtual_time
async def test_a_run_without_transfers_offers_none() -> None:
    async with client_of(TRIGGERED, data(execution(conditionsNotMet=True))) as (client, server):
        run = await client.rules.run("rule_1")
        assert await client.rules.transfers(run) == []
    assert not run.succeeded
    assert len(server.requests) == 2


@virtual_time
async def test_one_transfer_that_cannot_be_read_is_an_error_and_leaves_nothing_running() -> None:
    run = execution(transferIds=[f"t{number}" for number in range(20)])
    async with client_of(TRIGGERED, data(run), error(403, "ACCESS_DENIED")) as (client, server):
        with pytest.raises(sa.ForbiddenError, match="READ_TRANSFERS"):
            await client.rules.transfers(await client.rules.run("rule_1"), concurrency=4)
        assert len(server.requests) <= 2 + 4


@pytest.mark.parametrize(
    ("status", "conditions_not_met", "failed", "succeeded"),
    [
        ("EXECUTED", False, 0, True),
        ("EXECUTED", True, 0, False),
        ("EXECUTED", False, 1, False),
        ("PARTIAL", False, 0, False),
        ("FAILED", False, 0, False),
    ],
)
@virtual_time
async def test_succeeded_is_what_is_documented(
    status: str, conditions_not_met: bool, failed: int, succeeded: bool
) -> None:
    run = execution(status=status, conditionsNotMet=conditions_not_met, transfersFailed=failed)
    async with client_of(TRIGGERED, data(run)) as (client, _):
        assert (await client.rules.run("rule_1")).succeeded is succeeded


@virtual_time
async def test_a_status_of_tomorrow_is_waited_through() -> None:
    async with client_of(TRIGGERED, data(execution(status="QUEUED")), data(execution(executionMode=None))) as (
        client,
        server,
    ):
        assert (await client.rules.run("rule_1")).settled
    assert len(server.requests) == 3


# -- 404 for an id that was just given -----------------------------------------------------------------


@virtual_time
async def test_a_404_for_a_transfer_just_made_is_forgiven_by_the_waiter() -> None:
    steps = data(transfer("t"), 201), UNKNOWN_TRANSFER, UNKNOWN_TRANSFER, data(transfer("t", "COMPLETE"))
    async with client_of(*steps) as (client, _):
        made = await client.transfers.create(**MOVE)
        assert (await client.transfers.wait(made.id)).status == platform.TransferStatus.COMPLETE


@virtual_time
async def test_and_only_by_the_waiter() -> None:
    async with client_of(data(transfer("t"), 201), UNKNOWN_TRANSFER) as (client, server):
        made = await client.transfers.create(**MOVE)
        with pytest.raises(sa.NotFoundError):
            await client.transfers.get(made.id)
    assert len(server.requests) == 2


@virtual_time
async def test_and_only_for_an_id_just_given() -> None:
    async with client_of(UNKNOWN_TRANSFER, NOT_YET) as (client, server):
        with pytest.raises(sa.NotFoundError):
            await client.transfers.wait("t")
        with pytest.raises(sa.NotFoundError):
            await client.rules.wait("rule_1", "exe_1")
    assert len(server.requests) == 2


@virtual_time
async def test_and_only_for_a_moment() -> None:
    async with client_of(TRIGGERED, NOT_YET) as (client, _):
        triggered = await client.rules.trigger("rule_1")
        started = now()
        with pytest.raises(sa.NotFoundError):
            await client.rules.wait("rule_1", triggered.execution_id)
        assert 10.0 <= now() - started <= 30.0


@virtual_time
async def test_a_view_of_the_client_knows_the_id_as_well() -> None:
    async with client_of(TRIGGERED, NOT_YET, data(execution())) as (client, _):
        await client.rules.trigger("rule_1")
        assert (await client.with_options(timeout=5.0).rules.wait("rule_1", "exe_1")).settled


@virtual_time
async def test_an_id_that_was_given_one_level_down_is_fresh_too() -> None:
    steps = data(transfer("t"), 201), UNKNOWN_TRANSFER, data(transfer("t", "COMPLETE"))
    body = {"sourceAccountId": "a", "destinationAccountId": "b", "amountInCents": 500}
    async with client_of(*steps) as (client, _):
        made = await client.call(CREATE_TRANSFER, body=body)
        assert (await client.transfers.wait(made.data.id)).settled


@virtual_time
async def test_the_transfers_of_a_run_are_fresh_too() -> None:
    steps = TRIGGERED, data(execution(transferIds=["t"])), UNKNOWN_TRANSFER, data(transfer("t", "COMPLETE"))
    async with client_of(*steps) as (client, _):
        run = await client.rules.run("rule_1")
        assert (await client.transfers.wait(run.transfer_ids[0])).settled


# -- time --------------------------------------------------------------------------------------------


@virtual_time
async def test_a_run_that_does_not_end_gives_what_was_seen_last_and_the_key() -> None:
    async with client_of(TRIGGERED, RUNNING) as (client, _):
        started = now()
        with pytest.raises(sa.WaitTimeoutError) as caught:
            await client.rules.run("rule_1", idempotency_key="november", timeout=20.0)
        assert now() - started == pytest.approx(20.0, abs=0.1)
    last: Any = caught.value.last
    assert last.status == platform.RuleExecutionStatus.IN_PROGRESS
    assert (caught.value.in_doubt, caught.value.idempotency_key) == (True, "november")


@virtual_time
async def test_polls_become_rarer() -> None:
    moments: list[float] = []

    def running(request: Request) -> Step:
        moments.append(now())
        return data(transfer("t", "PENDING"))

    async with client_of(running) as (client, _):
        with pytest.raises(sa.WaitTimeoutError):
            await client.transfers.wait("t", timeout=120.0)
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert len(moments) < 25
    assert pauses == sorted(pauses)


@virtual_time
async def test_approval_by_a_human_is_waited_for() -> None:
    steps = data(transfer("t", "PENDING_APPROVAL")), data(transfer("t", "PROCESSING")), data(transfer("t", "CANCELLED"))
    async with client_of(*steps) as (client, server):
        assert (await client.transfers.wait("t")).status == platform.TransferStatus.CANCELLED
    assert len(server.requests) == 3


@virtual_time
async def test_failures_that_pass_are_waited_out() -> None:
    steps = (
        answer(503),
        error(429, "RATE_LIMIT_EXCEEDED", headers={"Retry-After": "40"}),
        data(transfer("t", "COMPLETE")),
    )
    async with client_of(*steps, max_attempts=1) as (client, _):
        started = now()
        assert (await client.transfers.wait("t")).settled
        assert now() - started >= 40.0


@virtual_time
async def test_a_trigger_that_is_refused_is_not_waited_for() -> None:
    async with client_of(error(403, "RULE_DEACTIVATED")) as (client, server):
        with pytest.raises(sa.ForbiddenError) as caught:
            await client.rules.run("rule_1")
    assert (caught.value.code, caught.value.in_doubt) == ("RULE_DEACTIVATED", False)
    assert len(server.requests) == 1


@virtual_time
async def test_a_dry_run_is_followed_like_any_other() -> None:
    ended = data(execution(executionMode="SIMULATION"))
    async with client_of(TRIGGERED, ended, simulation=True) as (client, server):
        assert (await client.rules.run("rule_1")).execution_mode == platform.ExecutionMode.SIMULATION
    assert server.requests[0].json() == {"simulation": True}
    assert query_of(server.requests[1]) == {}
