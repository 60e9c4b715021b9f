"""What a call does when things go wrong: it repeats, it ends in time, and it knows whether money may have moved."""

from __future__ import annotations

import asyncio

import pytest
from scripted_client import MOVE, client_of, now
from scripted_server import ScriptedServer, Step, answer, cut_short, data, drop, error, hang
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa

# -- what is repeated ------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [error(500), error(502), error(503), error(504), error(408), error(429), drop()])
@virtual_time
async def test_what_may_pass_is_repeated_with_the_same_key(trouble: Step) -> None:
    async with client_of(trouble, trouble, trouble, data(transfer())) as (client, server):
        assert (await client.transfers.create(**MOVE)).id == "txr_1"
    assert len(server.requests) == 4
    assert len(set(server.keys())) == 1
    assert len({request.body for request in server.requests}) == 1


@virtual_time
async def test_an_answer_cut_short_is_repeated() -> None:
    async with client_of(cut_short(transfer()), data(transfer())) as (client, server):
        assert (await client.transfers.create(**MOVE)).id == "txr_1"
    assert len(set(server.keys())) == 1


@virtual_time
async def test_an_attempt_that_hangs_is_given_up_and_repeated() -> None:
    async with client_of(hang(), data(account())) as (client, server):
        started = now()
        await client.accounts.get("acc_1")
        assert 10.0 <= now() - started <= 10.6
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, sa.BadRequestError),
        (401, sa.UnauthorizedError),
        (403, sa.ForbiddenError),
        (404, sa.NotFoundError),
        (409, sa.ConflictError),
        (418, sa.APIError),
        (422, sa.APIError),
        (501, sa.ServerError),
    ],
)
@virtual_time
async def test_a_definite_refusal_is_not_repeated_and_not_in_doubt(status: int, kind: type[sa.APIError]) -> None:
    async with client_of(error(status, "a_code", "Its words.")) as (client, server):
        with pytest.raises(kind) as caught:
            await client.transfers.create(**MOVE, idempotency_key="k1")
    refused = caught.value
    assert type(refused) is kind
    assert (refused.status, refused.code, refused.message) == (status, "a_code", "Its words.")
    assert (refused.operation, refused.attempts, refused.idempotency_key) == ("createTransfer", 1, "k1")
    assert refused.in_doubt is (status >= 500)
    assert len(server.requests) == 1


@virtual_time
async def test_the_attempts_are_as_many_as_were_allowed() -> None:
    async with client_of(error(503, "down", "Later.")) as (client, server):
        with pytest.raises(sa.ServerError) as caught:
            await client.accounts.get("acc_1")
        assert caught.value.attempts == 4
        with pytest.raises(sa.ServerError):
            await client.with_options(max_attempts=1).accounts.get("acc_1")
    assert len(server.requests) == 5


@virtual_time
async def test_while_the_first_request_runs_the_same_key_waits_for_it() -> None:
    busy = error(409, "TRANSFER_IN_PROGRESS")
    async with client_of(busy, busy, data(transfer())) as (client, server):
        assert (await client.transfers.create(**MOVE, idempotency_key="k1")).id == "txr_1"
    assert server.keys() == ["k1"] * 3


@virtual_time
async def test_a_request_that_keeps_running_is_in_doubt() -> None:
    async with client_of(error(409, "RULE_EXECUTION_IN_PROGRESS")) as (client, _):
        with pytest.raises(sa.OperationInProgressError) as caught:
            await client.rules.trigger("rule_1")
    assert caught.value.in_doubt


@virtual_time
async def test_a_key_used_for_another_body_has_its_own_error() -> None:
    async with client_of(error(400, "IDEMPOTENCY_KEY_MISMATCH")) as (client, server):
        with pytest.raises(sa.IdempotencyKeyReusedError) as caught:
            await client.transfers.create(**MOVE)
    assert not caught.value.in_doubt
    assert len(server.requests) == 1


# -- doubt -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (drop(), sa.ConnectionFailedError),
        (cut_short(transfer()), sa.ConnectionFailedError),
        (hang(), sa.TimedOutError),
        (error(500), sa.ServerError),
        (answer(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}), sa.ServerError),
        (answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}), sa.DecodeError),
        (data({"id": "txr_1"}), sa.DecodeError),
        (Step(b"HTTP/1.1 nonsense\r\n\r\n", drop=True), sa.ConnectionFailedError),
    ],
)
@virtual_time
async def test_a_write_without_a_clear_answer_is_in_doubt(trouble: Step, kind: type[sa.SequenceError]) -> None:
    async with client_of(trouble) as (client, server):
        with pytest.raises(kind) as caught:
            await client.transfers.create(**MOVE)
    assert caught.value.in_doubt
    assert caught.value.idempotency_key == server.keys()[0]
    assert server.keys()[0] in str(caught.value)
    assert caught.value.attempts == len(server.requests)


@pytest.mark.parametrize("trouble", [drop(), hang(), error(500), answer(200, b"nonsense")])
@virtual_time
async def test_a_read_is_never_in_doubt(trouble: Step) -> None:
    async with client_of(trouble) as (client, _):
        with pytest.raises(sa.SequenceError) as caught:
            await client.accounts.get("acc_1")
    assert not caught.value.in_doubt
    assert caught.value.idempotency_key is None


@pytest.mark.parametrize("refusal", [error(403), error(400), error(404), error(429)])
@virtual_time
async def test_doubt_from_an_earlier_attempt_survives_a_later_refusal(refusal: Step) -> None:
    async with client_of(drop(), refusal) as (client, _):
        with pytest.raises(sa.APIError) as caught:
            await client.transfers.create(**MOVE)
    assert caught.value.in_doubt


@virtual_time
async def test_a_connection_that_was_never_made_leaves_no_doubt() -> None:
    async with ScriptedServer(hang()) as server:
        address = server.url
    async with sa.SequenceClient("sk_test", base_url=address) as client:
        with pytest.raises(sa.ConnectionFailedError) as caught:
            await client.transfers.create(**MOVE)
    assert not caught.value.in_doubt
    assert caught.value.attempts == 4


async def test_a_name_that_does_not_resolve_is_a_failed_connection() -> None:
    async with sa.SequenceClient("sk_test", base_url="https://no-such-host.invalid", max_attempts=1) as client:
        with pytest.raises(sa.ConnectionFailedError, match=r"no-such-host\.invalid") as caught:
            await client.transfers.create(**MOVE)
    assert not caught.value.in_doubt


@virtual_time
async def test_repeating_with_the_key_of_the_error_sends_the_same_request() -> None:
    async with client_of(drop(), data(transfer()), max_attempts=1) as (client, server):
        with pytest.raises(sa.ConnectionFailedError) as caught:
            await client.transfers.create(**MOVE)
        await client.transfers.create(**MOVE, idempotency_key=caught.value.idempotency_key)
    assert len(set(server.keys())) == 1
    assert server.requests[0].body == server.requests[1].body


# -- deadlines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [hang(), Step(data(account()).payload, drip=0.5), error(503, delay=3.0)])
@virtual_time
async def test_a_call_ends_when_it_was_to_end(trouble: Step) -> None:
    async with client_of(trouble, timeout=12.0, attempt_timeout=5.0, max_attempts=99) as (client, _):
        started = now()
        with pytest.raises(sa.SequenceError):
            await client.accounts.get("acc_1")
        assert now() - started <= 12.01


@virtual_time
async def test_running_out_of_time_is_a_timeout_error() -> None:
    async with client_of(hang(), timeout=3.0) as (client, _):
        with pytest.raises(TimeoutError) as caught:
            await client.accounts.get("acc_1")
    assert isinstance(caught.value, sa.TimedOutError)
    assert caught.value.elapsed == pytest.approx(3.0, abs=0.01)


@virtual_time
async def test_a_retry_after_beyond_the_deadline_raises_at_once() -> None:
    async with client_of(error(429, "slow_down", headers={"Retry-After": "60"})) as (client, server):
        started = now()
        with pytest.raises(sa.RateLimitedError) as caught:
            await client.accounts.get("acc_1")
        assert now() - started < 0.1
    assert caught.value.retry_after == 60.0
    assert caught.value.attempts == 1
    assert len(server.requests) == 1


@virtual_time
async def test_retry_after_is_waited_for() -> None:
    async with client_of(error(503, headers={"Retry-After": "4"}), data(account())) as (client, _):
        started = now()
        await client.accounts.get("acc_1")
        assert now() - started >= 4.0


# -- the gate --------------------------------------------------------------------------------------------


@virtual_time
async def test_a_429_closes_the_gate_for_every_client_of_the_key() -> None:
    async with (
        client_of(error(429, headers={"Retry-After": "20"}), data(account())) as (client, server),
        sa.SequenceClient("sk_test", base_url=server.url) as other,
        sa.SequenceClient("sk_other", base_url=server.url) as stranger,
    ):
        started = now()
        limited = asyncio.create_task(client.accounts.get("acc_1"))
        while not server.requests:
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        await stranger.accounts.get("acc_1")
        assert now() - started < 1.0, "another key is not held up"
        await other.accounts.get("acc_1")
        assert now() - started >= 20.0
        await limited


@virtual_time
async def test_a_gate_that_opens_too_late_raises_without_an_attempt() -> None:
    refusal = error(429, headers={"Retry-After": "90"})
    async with client_of(refusal, data(account())) as (client, server):
        with pytest.raises(sa.RateLimitedError):
            await client.accounts.get("acc_1")
        with pytest.raises(sa.RateLimitedError) as caught:
            await client.transfers.create(**MOVE)
    assert caught.value.attempts == 0
    assert caught.value.retry_after == pytest.approx(90.0, abs=0.1)
    assert not caught.value.in_doubt
    assert len(server.requests) == 1
