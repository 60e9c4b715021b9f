"""What a call does when things go wrong, against a real server whose answers are scripted, in virtual time."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from scripted_server import Request, ScriptedServer, Step, answer, cut_short, data, drop, error, hang
from virtual_time import virtual_time
from wire import account, summary, transfer

import sequence_async as sa
from sequence_async.operations.v1 import CREATE_TRANSFER, GET_ACCOUNT, LIST_ACCOUNTS, TRIGGER_RULE

MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


@asynccontextmanager
async def client_of(*steps: Any, **options: Any) -> AsyncIterator[tuple[sa.SequenceClient, ScriptedServer]]:
    async with (
        ScriptedServer(*steps) as server,
        sa.SequenceClient("sk_test", base_url=server.url, **options) as client,
    ):
        yield client, server


def now() -> float:
    return asyncio.get_running_loop().time()


# -- what is sent and what comes back ------------------------------------------------------------------


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


# -- what is repeated ----------------------------------------------------------------------------------


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


# -- doubt ---------------------------------------------------------------------------------------------


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


# -- deadlines -----------------------------------------------------------------------------------------


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


# -- the gate ------------------------------------------------------------------------------------------


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


# -- answers that are not what they should be ----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (
            {"data": {**transfer(), "amount_in_cents": "500"}},
            r"\$\.data\.amount_in_cents should be an integer, not str",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": 500.0}},
            r"\$\.data\.amount_in_cents should be an integer, not float",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": True}},
            r"\$\.data\.amount_in_cents should be an integer, not bool",
        ),
        (
            {"data": {**transfer(), "amount_in_cents": None}},
            r"\$\.data\.amount_in_cents should be an integer, not null",
        ),
        ({"data": {**transfer(), "created_at": "2024-01-01"}}, r"\$\.data\.created_at"),
        ({"data": {**transfer(), "source": {"name": 1, "type": "pod"}}}, r"\$\.data\.source\.name should be text"),
        ({"data": {"id": "txr_1"}}, r"\$\.data\.amount_in_cents is missing"),
        ({"data": []}, r"\$\.data should be an object"),
        ({"data": None}, r"\$\.data should be an object"),
        ({"nothing": 1}, r"\$\.data is missing"),
        ([], r"\$ should be an object"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"data": NaN}', "not JSON"),
        (b'{"data": "\\ud800"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
@virtual_time
async def test_an_answer_that_is_not_documented_says_where(body: Any, place: str) -> None:
    async with client_of(answer(200, body)) as (client, server):
        with pytest.raises(sa.DecodeError, match=place):
            await client.transfers.get("txr_1")
    assert len(server.requests) == 1


@virtual_time
async def test_what_the_api_gained_breaks_nothing() -> None:
    news = {**transfer(status="teleported"), "colour": "blue", "direction": "sideways"}
    async with client_of(data(news)) as (client, _):
        read = await client.transfers.get("txr_1")
    assert read.status == "teleported"
    assert not read.status.is_known
    assert not read.settled


@virtual_time
async def test_a_redirect_is_not_followed() -> None:
    async with client_of(answer(302, headers={"Location": "http://127.0.0.1:1/elsewhere"})) as (client, server):
        with pytest.raises(sa.APIError, match="Redirects are not followed") as caught:
            await client.accounts.get("acc_1")
    assert caught.value.status == 302
    assert len(server.requests) == 1


def chunked(size: int, total: int) -> Step:
    piece = b"%x\r\n" % size + b" " * size + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Step(head + piece * (total // size), hang=True)


@virtual_time
async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async with client_of(chunked(65536, 24 * 1024 * 1024)) as (client, _):
        with pytest.raises(sa.DecodeError, match="larger than 16 MiB"):
            await client.accounts.get("acc_1")


@virtual_time
async def test_a_small_answer_that_swells_is_not_read_to_its_end() -> None:
    bomb = gzip.compress(b" " * (200 * 1024 * 1024))
    async with client_of(answer(200, bomb, {"Content-Encoding": "gzip"})) as (client, _):
        with pytest.raises(sa.DecodeError, match="larger than 16 MiB"):
            await client.transfers.get("txr_1")


@virtual_time
async def test_compressed_answers_are_read() -> None:
    packed = gzip.compress(json.dumps({"data": account()}).encode())
    async with client_of(answer(200, packed, {"Content-Encoding": "gzip"})) as (client, _):
        assert (await client.accounts.get("acc_1")).id == "acc_1"


@virtual_time
async def test_a_large_page_is_read_whole() -> None:
    many = [summary(f"acc_{number}") for number in range(20_000)]
    async with client_of(data(many)) as (client, _):
        assert len(await client.accounts.list().collect()) == 20_000


@virtual_time
async def test_an_error_without_a_body_is_still_an_error() -> None:
    for body in (b"", b"null", b"[]", b'"text"', b'{"error": 7}', b'{"error": {"code": 7, "message": []}}', b"\xff"):
        async with client_of(answer(404, body)) as (client, _):
            with pytest.raises(sa.NotFoundError, match="404 Not Found"):
                await client.accounts.get("acc_1")


@virtual_time
async def test_a_403_names_the_scope() -> None:
    async with client_of(error(403, "forbidden")) as (client, _):
        with pytest.raises(sa.ForbiddenError, match="MANUAL_TRANSFER"):
            await client.transfers.create(**MOVE)


@virtual_time
async def test_a_401_names_the_client_for_the_other_kind_of_key() -> None:
    async with client_of(error(401, "unauthorized")) as (client, _):
        with pytest.raises(sa.UnauthorizedError, match="PlatformClient"):
            await client.accounts.list()


# -- gating --------------------------------------------------------------------------------------------


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


# -- call, one level down ------------------------------------------------------------------------------


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


# -- events --------------------------------------------------------------------------------------------


@virtual_time
async def test_events_tell_the_story_of_a_call() -> None:
    events: list[sa.Event] = []
    async with client_of(error(503), drop(), data(transfer()), on_event=events.append) as (client, _):
        await client.transfers.create(**MOVE, idempotency_key="k1")
    assert [type(event).__name__ for event in events] == [
        "AttemptEvent",
        "RetryEvent",
        "AttemptEvent",
        "RetryEvent",
        "AttemptEvent",
        "CallEvent",
    ]
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
