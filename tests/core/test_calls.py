"""What a call sends, what comes back with its value, what is locked, and what events tell of it."""

from __future__ import annotations

import asyncio
import json
from uuid import UUID

import pytest
from scripted_client import MOVE, client_of
from scripted_server import Request, Step, answer, data, drop, error, hang
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.operations.v1 import CREATE_TRANSFER, GET_ACCOUNT, LIST_ACCOUNTS, TRIGGER_RULE

# -- what is sent and what comes back --------------------------------------------------------------------


@virtual_time
async def test_a_read_sends_the_key_and_nothing_it_need_not() -> None:
    async with client_of(data(account())) as (client, server):
        assert (await client.accounts.get("acc_1")).balance.balance_in_cents == 12345
    request = server.requests[0]
    assert (request.method, request.target) == ("GET", "/api/v1/accounts/acc_1")
    assert request.headers["authorization"] == "ApiKey sk_test"
    assert request.headers["user-agent"].startswith("sequence-async/")
    assert "idempotency-key" not in request.headers
    assert request.body == b""


@virtual_time
async def test_a_write_sends_a_fresh_uuid_or_the_key_it_was_given() -> None:
    async with client_of(data(transfer())) as (client, server):
        await client.transfers.create(**MOVE)
        await client.transfers.create(**MOVE)
        await client.transfers.create(**MOVE, idempotency_key="rent-2026-11")
    first, second, third = server.keys()
    assert UUID(first).version == 4
    assert first != second
    assert third == "rent-2026-11"
    assert server.requests[0].json() == MOVE


@virtual_time
async def test_the_response_has_the_metadata() -> None:
    async with client_of(error(503), data(transfer(), headers={"X-Request-ID": "req_header", "X-Extra": "1"})) as (
        client,
        _,
    ):
        response = await client.call(CREATE_TRANSFER, body=MOVE, idempotency_key="k1")
    assert response.data.id == "txr_1"
    assert (response.status, response.request_id, response.attempts) == (200, "req_test", 2)
    assert response.idempotency_key == "k1"
    assert response.headers["x-extra"] == "1"
    assert 0 <= response.elapsed <= 0.5


@virtual_time
async def test_a_request_id_goes_out_with_every_call_of_the_view_and_of_no_other() -> None:
    async with client_of(data(account())) as (client, server):
        await client.with_options(request_id="mine-1").accounts.get("acc_1")
        await client.accounts.get("acc_1")
    assert [request.headers.get("x-request-id") for request in server.requests] == ["mine-1", None]


@virtual_time
async def test_parameters_are_quoted_into_their_place() -> None:
    async with client_of(data(account()), data([])) as (client, server):
        await client.accounts.get("a/b?c#d e%2e..é")
        await client.transfers.list("acc&x=1", status="pending", page_size=7).collect()
    assert server.requests[0].target == "/api/v1/accounts/a%2Fb%3Fc%23d%20e%252e..%C3%A9"
    assert server.requests[1].target == "/api/v1/transfers?account_id=acc%26x%3D1&status=pending&first=7"


@virtual_time
async def test_the_callers_request_id_stands_on_an_error_without_an_answer() -> None:
    async with client_of(drop()) as (client, _):
        with pytest.raises(sa.ConnectionFailedError) as caught:
            await client.with_options(request_id="mine-1").accounts.get("acc_1")
    assert caught.value.request_id == "mine-1"


# -- gating ----------------------------------------------------------------------------------------------


@virtual_time
async def test_what_is_coming_soon_is_locked_and_says_how_to_unlock_it() -> None:
    calls = {
        "createRule": lambda client: client.rules.create({}),
        "updateRule": lambda client: client.rules.update("rule_1", {}),
        "deleteRule": lambda client: client.rules.delete("rule_1"),
        "listCards": lambda client: client.cards.list("acc_1").collect(),
        "getCard": lambda client: client.cards.get("card_1"),
        "listCardTransactions": lambda client: client.cards.transactions("card_1").collect(),
    }
    async with client_of(data(None)) as (client, server):
        for operation, call in calls.items():
            with pytest.raises(sa.ComingSoonError, match=operation) as caught:
                await call(client)
            assert caught.value.operation == operation
            assert "preview" in str(caught.value)
        with pytest.raises(sa.ComingSoonError, match="webhooks"):
            client.webhooks.parse(b"{}")
    assert server.requests == []


@virtual_time
async def test_preview_unlocks_what_it_names() -> None:
    card = {
        "id": "card_1",
        "type": "virtual",
        "status": "active",
        "last_four": "4242",
        "holder_name": "J",
        "expiration_date": "09/28",
        "account_id": "acc_1",
        "created_at": "2024-01-15T10:00:00Z",
    }
    async with client_of(data([card]), data(card), preview={"listCards"}) as (client, _):
        assert [found.id for found in await client.cards.list("acc_1").collect()] == ["card_1"]
        with pytest.raises(sa.ComingSoonError):
            await client.cards.get("card_1")
    async with client_of(data(card), answer(204), preview=True) as (client, _):
        assert (await client.cards.get("card_1")).last_four == "4242"
        assert await client.rules.delete("rule_1") is None


@virtual_time
async def test_a_webhook_is_parsed_without_a_call() -> None:
    event = {"event": "transfer.created", "created_at": "2024-01-15T10:00:00Z", "data": {"transfer_id": "txr_1"}}
    async with client_of(data(None), preview={"webhooks"}) as (client, server):
        assert client.webhooks.parse(json.dumps(event).encode()).data.transfer_id == "txr_1"
        assert client.webhooks.parse(json.dumps(event)).event == "transfer.created"
        for body in (b"", b"[]", b'{"event": 1}', "\ud800"):
            with pytest.raises(sa.DecodeError):
                client.webhooks.parse(body)
        with pytest.raises(sa.ArgumentError):
            client.webhooks.parse(None)  # type: ignore[arg-type]
    assert server.requests == []


# -- call, one level down --------------------------------------------------------------------------------


@virtual_time
async def test_call_takes_the_names_of_the_description() -> None:
    async with client_of(data(account()), data([]), data({"execution_id": "rex_1"})) as (client, server):
        assert (await client.call(GET_ACCOUNT, path={"id": "acc_1"})).data.id == "acc_1"
        assert (await client.call(LIST_ACCOUNTS, query={"type": "pod"})).data == ()
        triggered = await client.call(TRIGGER_RULE, path={"id": "rule_1"}, body={"manual_execute_amount": 7})
    assert triggered.data.execution_id == "rex_1"
    assert [request.target for request in server.requests] == [
        "/api/v1/accounts/acc_1",
        "/api/v1/accounts?type=pod",
        "/api/v1/rules/rule_1/trigger",
    ]


# -- events ----------------------------------------------------------------------------------------------


@virtual_time
async def test_events_tell_the_story_of_a_call() -> None:
    events: list[sa.Event] = []
    async with client_of(error(503), drop(), data(transfer()), on_event=events.append) as (client, _):
        await client.transfers.create(**MOVE, idempotency_key="k1")
    assert [type(event).__name__ for event in events] == [
        "CallStartedEvent",
        *("AttemptStartedEvent", "AttemptEvent", "RetryEvent"),
        *("AttemptStartedEvent", "AttemptEvent", "RetryEvent"),
        *("AttemptStartedEvent", "AttemptEvent"),
        "CallEvent",
    ]
    assert len({event.call_id for event in events}) == 1
    assert {event.operation for event in events} == {"createTransfer"}
    assert [event.status for event in events if isinstance(event, sa.AttemptEvent)] == [503, None, 200]
    assert isinstance(events[-1], sa.CallEvent)
    assert (events[-1].outcome, events[-1].attempts, events[-1].idempotency_key) == ("success", 3, "k1")


@virtual_time
async def test_what_on_event_raises_is_logged_and_not_passed_on(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: sa.Event) -> None:
        raise RuntimeError("a bug of the caller's")

    async with client_of(data(account()), on_event=broken) as (client, _):
        assert (await client.accounts.get("acc_1")).id == "acc_1"
    assert "on_event raised" in caplog.text


@virtual_time
async def test_a_cancelled_write_is_reported_with_its_key() -> None:
    events: list[sa.Event] = []
    async with client_of(hang(), on_event=events.append) as (client, server):
        task = asyncio.create_task(client.transfers.create(**MOVE, idempotency_key="k1"))
        while not server.requests:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    ended = events[-1]
    assert isinstance(ended, sa.CallEvent)
    assert (ended.outcome, ended.idempotency_key, ended.in_doubt) == ("cancelled", "k1", True)


@virtual_time
async def test_a_storm_of_retries_cannot_start() -> None:
    async with client_of(error(503)) as (client, server):
        for _ in range(200):
            with pytest.raises(sa.ServerError):
                await client.accounts.get("acc_1")
    assert len(server.requests) == 300, "two hundred calls and the hundred retries of the budget"


@virtual_time
async def test_concurrent_calls_do_not_mix_their_answers() -> None:
    def echo(request: Request) -> Step:
        return data(account(request.path.rsplit("/", 1)[-1]), delay=0.01)

    async with client_of(echo) as (client, _):
        ids = [f"acc_{number}" for number in range(300)]
        accounts = await asyncio.gather(*(client.accounts.get(account_id) for account_id in ids))
    assert [found.id for found in accounts] == ids
