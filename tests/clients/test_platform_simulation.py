"""Dry runs: for one call, or for a client that cannot do anything else."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from platform_payloads import MOVE, account, client_of, data, execution, page, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models import platform
from sequence_async.operations.platform import (
    CREATE_RULE,
    CREATE_TRANSFER,
    DELETE_RULE,
    GET_ACCOUNT,
    OPERATIONS,
    TRIGGER_RULE,
)

BODY = {"sourceAccountId": "a", "destinationAccountId": "b", "amountInCents": 500}
MODEL = platform.CreateTransferRequest(source_account_id="a", destination_account_id="b", amount_in_cents=500)
DRY = data(transfer(executionMode="SIMULATION"), 201)


@pytest.mark.parametrize("chosen", [None, True])
@virtual_time
async def test_every_write_of_such_a_client_is_a_dry_run(chosen: bool | None) -> None:
    async with client_of(DRY, data({"executionId": "e"}, 202), simulation=True) as (client, server):
        made = await client.transfers.create(**MOVE, simulation=chosen)
        await client.rules.trigger("r", simulation=chosen)
    assert made.execution_mode == platform.ExecutionMode.SIMULATION
    assert [request.json()["simulation"] for request in server.requests] == [True, True]


@pytest.mark.parametrize("wrong", [False, 0, "", "false"])
@virtual_time
async def test_asking_it_for_the_real_thing_is_refused_and_nothing_is_sent(wrong: Any) -> None:
    async with client_of(DRY, simulation=True) as (client, server):
        calls = (
            client.transfers.create(**MOVE, simulation=wrong),
            client.rules.trigger("r", simulation=wrong),
            client.rules.run("r", simulation=wrong),
            client.call(CREATE_TRANSFER, body={**BODY, "simulation": wrong}),
            client.call(CREATE_TRANSFER, body=attrs.evolve(MODEL, simulation=wrong)),
            client.call(TRIGGER_RULE, path={"id": "r"}, body={"simulation": wrong}),
        )
        for call in calls:
            with pytest.raises(sa.ArgumentError, match="simulation"):
                await call
    assert server.requests == []


@pytest.mark.parametrize("body", [BODY, {**BODY, "simulation": None}, {**BODY, "simulation": True}, MODEL])
@virtual_time
async def test_one_level_down_it_is_a_dry_run_too(body: object) -> None:
    async with client_of(DRY, simulation=True) as (client, server):
        before = repr(body)
        await client.call(CREATE_TRANSFER, body=body)
        await client.with_options(timeout=5.0).call(CREATE_TRANSFER, body=body)
        assert repr(body) == before, "the caller's own object stays as it is"
    assert [request.json() for request in server.requests] == [{**BODY, "simulation": True}] * 2


@pytest.mark.parametrize("body", [None, {}, platform.TriggerRuleRequest()])
@virtual_time
async def test_a_trigger_without_a_body_is_a_dry_run_too(body: object) -> None:
    async with client_of(data({"executionId": "e"}, 202), simulation=True) as (client, server):
        await client.call(TRIGGER_RULE, path={"id": "r"}, body=body)
    assert server.requests[0].json() == {"simulation": True}


@virtual_time
async def test_what_has_no_dry_run_is_refused() -> None:
    async with client_of(data({}), simulation=True, preview=True) as (client, server):
        calls = (
            client.rules.create({"trigger": {"type": "MANUAL", "accountId": "a"}, "steps": []}),
            client.rules.delete("r"),
            client.call(CREATE_RULE, body={}),
            client.call(DELETE_RULE, path={"id": "r"}),
        )
        for call in calls:
            with pytest.raises(sa.ArgumentError, match="cannot be simulated"):
                await call
    assert server.requests == []


@virtual_time
async def test_no_write_of_the_table_can_be_live_by_accident() -> None:
    bodies: dict[str, Any] = {"createTransfer": BODY, "triggerRule": {}}
    async with client_of(DRY, simulation=True, preview=True) as (client, server):
        for operation in OPERATIONS.values():
            if operation.effect == "read":
                continue
            path = dict.fromkeys(operation.path_parameters, "x")
            try:
                await client.call(operation, path=path, body=bodies.get(operation.id))
            except sa.SequenceError:
                continue
    assert server.requests
    assert all(request.json()["simulation"] is True for request in server.requests)


@virtual_time
async def test_reads_are_as_ever() -> None:
    async with client_of(data(account()), simulation=True) as (client, server):
        await client.accounts.get("a")
        await client.call(GET_ACCOUNT, path={"id": "a"})
    assert [request.body for request in server.requests] == [b"", b""]


@virtual_time
async def test_a_repetition_is_a_dry_run_with_the_same_body_and_key() -> None:
    from scripted_server import answer

    async with client_of(answer(503), DRY, simulation=True) as (client, server):
        await client.transfers.create(**MOVE)
    assert server.requests[0].body == server.requests[1].body
    assert len(set(server.keys())) == 1


@virtual_time
async def test_the_mode_shows_in_the_repr_and_in_events() -> None:
    events: list[sa.Event] = []
    steps = DRY, data(execution())
    async with client_of(*steps, simulation=True, on_event=events.append) as (client, _):
        assert "simulation=True" in repr(client)
        assert "simulation=True" in repr(client.with_options(timeout=1.0))
        await client.transfers.create(**MOVE)
        await client.rules.execution("r", "e")
    ends = [event for event in events if isinstance(event, sa.CallEvent)]
    assert [event.simulation for event in ends] == [True, True]


@virtual_time
async def test_events_tell_one_dry_run_from_the_real_thing() -> None:
    events: list[sa.Event] = []
    async with client_of(DRY, on_event=events.append) as (client, server):
        assert "simulation" not in repr(client)
        await client.transfers.create(**MOVE, simulation=True)
        await client.transfers.create(**MOVE)
        await client.call(CREATE_TRANSFER, body={**BODY, "simulation": True})
    ends = [event for event in events if isinstance(event, sa.CallEvent)]
    assert [event.simulation for event in ends] == [True, False, True]
    assert [request.json().get("simulation") for request in server.requests] == [True, None, True]


@virtual_time
async def test_simulated_things_are_listed_on_request() -> None:
    async with client_of(page([]), simulation=True) as (client, server):
        await client.transfers.list(["a"], execution_mode=platform.ListMode.SIMULATION)
    assert "executionMode=SIMULATION" in server.requests[0].query
