"""What stands around a call: every call goes through it, on all three clients, and it can do no harm unseen."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_client import MOVE, client_of
from scripted_server import ScriptedServer, Step, answer, data, drop, error
from v1_payloads import account, transfer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async import Request, Response, Send
from sequence_async.models import v1
from sequence_async.operations import platform, remote
from sequence_async.operations.v1 import CREATE_TRANSFER, DELETE_RULE, GET_ACCOUNT, TRIGGER_RULE
from sequence_async.sandbox import Sandbox, faults


class Recorder:
    """Keeps what passes through it."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.ends: list[Any] = []

    async def __call__(self, request: Request, send: Send) -> Response[Any]:
        self.requests.append(request)
        try:
            response = await send(request)
        except BaseException as failure:
            self.ends.append(failure)
            raise
        self.ends.append(response)
        return response


# -- every call goes through ------------------------------------------------------------------------------


async def test_middleware_sees_every_call_of_the_platform() -> None:
    recorder = Recorder()
    with Sandbox(seed=1, internal_seconds=0.0, execution_seconds=0.0) as sandbox:
        source, destination = sandbox.account("Main Operating").id, sandbox.account("Taxes").id
        async with sa.PlatformClient(
            sandbox.api_key, base_url=sandbox.platform_url, middleware=[recorder], preview=True
        ) as client:
            await client.accounts.list().collect()
            await client.accounts.get(source)
            made = await client.transfers.create(
                source_account_id=source, destination_account_id=destination, amount_in_cents=500
            )
            await client.transfers.wait(made.id)
            await client.rules.run(sandbox.rule("Move to savings").id)
            await client.balances.snapshot([source])
            await client.call(platform.GET_ACCOUNT, path={"id": source})
            await client.with_options(timeout=5.0).accounts.get(source)
            await anext(client.balances.watch([source]))
        assert len(recorder.requests) == len(sandbox.requests)
        paths = [f"{one.path}{f'?{one.query}' if one.query else ''}" for one in sandbox.requests]
        assert [f"/platform/v1{one.path}" for one in recorder.requests] == paths
        bodies = [one.call.body if one.call else b"" for one in sandbox.requests]
        assert [one.body or b"" for one in recorder.requests] == bodies


async def test_middleware_sees_every_call_of_the_other_apis() -> None:
    recorder = Recorder()
    with Sandbox(seed=1) as sandbox:
        async with (
            sa.SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, middleware=(recorder,)) as v1_client,
            sa.RemoteClient(
                sandbox.access_token,
                rule_secrets=sandbox.rule_secrets,
                base_url=sandbox.remote_url,
                trigger_prefix="/remote-api",
                middleware=[recorder],
            ) as remote_client,
        ):
            await v1_client.accounts.list()
            await remote_client.accounts.list()
            await remote_client.rules.trigger(sandbox.rule("Refill the agent").id, {"event": "a"})
        assert [one.operation.id for one in recorder.requests] == ["listAccounts", "listAccounts", "triggerRule"]
        assert recorder.requests[2].model == {"event": "a"}
        assert recorder.requests[2].path.startswith("/remote-api/rules/")


@virtual_time
async def test_middleware_runs_once_around_all_attempts() -> None:
    recorder = Recorder()
    async with client_of(error(503), drop(), data(transfer()), middleware=[recorder]) as (client, server):
        await client.transfers.create(**MOVE)
    assert (len(recorder.requests), len(server.requests)) == (1, 3)
    assert recorder.ends[0].attempts == 3


@virtual_time
async def test_middlewares_run_outermost_first() -> None:
    order: list[str] = []

    def named(name: str) -> sa.Middleware:
        async def middleware(request: Request, send: Send) -> Response[Any]:
            order.append(f"{name} in")
            response = await send(request)
            order.append(f"{name} out")
            return response

        return middleware

    async with client_of(data(account()), middleware=[named("outer"), named("inner")]) as (client, _):
        await client.accounts.get("acc_1")
    assert order == ["outer in", "inner in", "inner out", "outer out"]


@virtual_time
async def test_middleware_runs_in_the_context_of_its_caller() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")
    seen: list[str] = []

    async def middleware(request: Request, send: Send) -> Response[Any]:
        seen.append(variable.get("none"))
        return await send(request)

    async with client_of(data(account()), middleware=[middleware]) as (client, _):
        variable.set("caller's")
        await client.accounts.get("acc_1")
        await anext(client.balances.watch(["acc_1"]))
    assert seen == ["caller's", "none"]


# -- what a middleware may do -----------------------------------------------------------------------------


@virtual_time
async def test_middleware_that_answers_itself_sends_nothing() -> None:
    async def cache(request: Request, send: Send) -> Response[Any]:
        del send
        return Response.of(request, v1.Account(id="acc_9", name="Kept", type=v1.AccountType.POD, can_be_source=True))

    async with client_of(data(account()), middleware=[cache]) as (client, server):
        response = await client.call(GET_ACCOUNT, path={"id": "acc_9"})
        assert (await client.accounts.get("acc_9")).name == "Kept"
    assert (response.sent, response.attempts, response.status, response.request_id) == (False, 0, 200, None)
    assert server.requests == []


@virtual_time
async def test_response_of_a_list_has_no_further_page() -> None:
    async def empty(request: Request, send: Send) -> Response[Any]:
        del send
        return Response.of(request, ())

    async with client_of(data([]), middleware=[empty]) as (client, server):
        assert await client.transfers.list("acc_1").collect() == []
    assert server.requests == []


class RefusalError(Exception):
    """A middleware's own exception."""


@virtual_time
async def test_exception_of_a_middleware_passes_unchanged() -> None:
    refusal = RefusalError("no")

    async def refuse(request: Request, send: Send) -> Response[Any]:
        del request, send
        raise refusal

    async with client_of(data(transfer()), middleware=[refuse]) as (client, server):
        with pytest.raises(RefusalError) as caught:
            await client.transfers.create(**MOVE)
    assert caught.value is refusal
    assert server.requests == []


@virtual_time
async def test_changed_model_is_encoded_anew_and_sent_under_the_same_key() -> None:
    async def halve(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, model=attrs.evolve(request.model, amount_in_cents=250)))

    async with client_of(data(transfer()), middleware=[halve]) as (client, server):
        await client.transfers.create(**MOVE, idempotency_key="k1")
    (sent,) = server.requests
    assert sent.json()["amount_in_cents"] == 250
    assert sent.headers["idempotency-key"] == "k1"


@virtual_time
async def test_changed_model_is_checked() -> None:
    async def replace(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, model=attrs.evolve(request.model, amount_in_cents=1.5)))

    async with client_of(data(transfer()), middleware=[replace]) as (client, server):
        with pytest.raises(sa.ArgumentError, match="amount_in_cents should be an integer"):
            await client.transfers.create(**MOVE)
    assert server.requests == []


@virtual_time
async def test_middleware_that_sends_twice_uses_one_key() -> None:
    async def twice(request: Request, send: Send) -> Response[Any]:
        await send(request)
        return await send(request)

    async with client_of(data(transfer()), middleware=[twice]) as (client, server):
        await client.transfers.create(**MOVE)
    assert len(server.requests) == 2
    assert len(set(server.keys())) == 1
    assert server.requests[0].body == server.requests[1].body


@virtual_time
async def test_timeout_of_a_call_runs_inside_send() -> None:
    async def slow(request: Request, send: Send) -> Response[Any]:
        await asyncio.sleep(100)
        await send(request)
        return await send(request)

    steps = answer(200, {"data": account()}, delay=4.0), answer(200, {"data": account()}, delay=4.0)
    async with client_of(*steps, middleware=[slow], timeout=5.0, attempt_timeout=5.0) as (client, _):
        assert (await client.accounts.get("acc_1")).id == "acc_1"


@virtual_time
async def test_errors_pass_through_a_middleware_with_doubt_and_key() -> None:
    recorder = Recorder()
    async with client_of(drop(), drop(), drop(), drop(), middleware=[recorder]) as (client, _):
        with pytest.raises(sa.ConnectionFailedError) as caught:
            await client.transfers.create(**MOVE, idempotency_key="k1")
    assert recorder.ends == [caught.value]
    assert (caught.value.in_doubt, caught.value.idempotency_key, caught.value.attempts) == (True, "k1", 4)


@virtual_time
async def test_cancelled_call_passes_through_a_middleware() -> None:
    recorder, events = Recorder(), []
    steps = [answer(200, {"data": transfer()}, delay=60.0)]
    async with client_of(*steps, middleware=[recorder], on_event=events.append) as (client, _):
        call = asyncio.create_task(client.transfers.create(**MOVE, idempotency_key="k1"))
        await asyncio.sleep(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert isinstance(recorder.ends[0], asyncio.CancelledError)
    assert (events[-1].outcome, events[-1].in_doubt, events[-1].idempotency_key) == ("cancelled", True, "k1")


@virtual_time
async def test_write_cancelled_before_it_was_sent_is_treated_as_in_doubt() -> None:
    events: list[Any] = []
    limit = sa.RateLimit(1, per=1000.0)
    async with client_of(data(account()), rate_limit=limit, on_event=events.append, timeout=5000.0) as (client, server):
        await client.accounts.get("acc_1")
        call = asyncio.create_task(client.transfers.create(**MOVE))
        await asyncio.sleep(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert len(server.requests) == 1
    assert (events[-1].outcome, events[-1].in_doubt) == ("cancelled", True)


# -- what a middleware may not do -------------------------------------------------------------------------

CHANGES: dict[str, Callable[[Request], Any]] = {
    "idempotency_key": lambda request: attrs.evolve(request, idempotency_key="other"),
    "operation": lambda request: attrs.evolve(request, operation=TRIGGER_RULE),
    "credential_id": lambda request: attrs.evolve(request, credential_id="other"),
    "body of a request must not be changed: it follows": lambda request: attrs.evolve(
        request, body=b'{"amount_in_cents": 1}'
    ),
    "headers must contain only X-Request-ID": lambda request: attrs.evolve(
        request, headers={"Authorization": "Bearer x"}
    ),
    "ASCII": lambda request: attrs.evolve(request, headers={"traceparent": "ä"}),
    "control character": lambda request: attrs.evolve(request, headers={"traceparent": "a\r\nb: c"}),
    "headers must be a mapping": lambda request: attrs.evolve(request, headers=["traceparent"]),
    "time zone": lambda request: attrs.evolve(request, not_after=datetime(2026, 1, 1)),  # noqa: DTZ001
    "path must match /transfers for": lambda request: attrs.evolve(request, path="/accounts"),
    "path must match": lambda request: attrs.evolve(request, path="/transfers/../accounts"),
    "path must begin": lambda request: attrs.evolve(request, path="https://evil.example/transfers"),
    "printable ASCII": lambda request: attrs.evolve(request, path="/transfers?a=\r\n"),
    "body must be a CreateTransferRequest": lambda request: attrs.evolve(request, model=5),
}


@pytest.mark.parametrize("words", CHANGES)
@virtual_time
async def test_change_of_a_request_that_is_not_allowed_is_rejected(words: str) -> None:
    async def middleware(request: Request, send: Send) -> Response[Any]:
        return await send(CHANGES[words](request))

    async with client_of(data(transfer()), middleware=[middleware]) as (client, server):
        with pytest.raises(sa.ArgumentError, match=words):
            await client.transfers.create(**MOVE)
    assert server.requests == []


async def test_secret_of_a_rule_cannot_be_led_to_another_rule() -> None:
    async def middleware(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, path="/rules/other/trigger"))

    with Sandbox(seed=1) as sandbox:
        options: dict[str, Any] = {"rule_secrets": sandbox.rule_secrets, "base_url": sandbox.remote_url}
        async with sa.RemoteClient(middleware=[middleware], **options) as client:
            with pytest.raises(sa.ArgumentError, match="rule's own secret"):
                await client.rules.trigger(sandbox.rule("Refill the agent").id)
        assert not sandbox.requests


@virtual_time
async def test_changes_of_a_change_are_checked_too() -> None:
    async def middleware(request: Request, send: Send) -> Response[Any]:
        changed = attrs.evolve(request, model=attrs.evolve(request.model, amount_in_cents=7))
        with pytest.raises(sa.ArgumentError, match="follows from its model"):
            attrs.evolve(changed, body=request.body)
        with pytest.raises(sa.ArgumentError, match="idempotency_key"):
            attrs.evolve(changed, idempotency_key="other")
        return await send(attrs.evolve(changed, headers={"X-Request-ID": "mine"}))

    async with client_of(data(transfer()), middleware=[middleware]) as (client, server):
        await client.transfers.create(**MOVE)
    assert (server.requests[0].json()["amount_in_cents"], server.requests[0].headers["x-request-id"]) == (7, "mine")


@pytest.mark.parametrize("returned", [None, "text", {"data": 1}])
@virtual_time
async def test_middleware_that_returns_no_response_is_a_usage_error(returned: Any) -> None:
    async def middleware(request: Request, send: Send) -> Any:
        await send(request)
        return returned

    async with client_of(data(account()), middleware=[middleware]) as (client, _):
        with pytest.raises(sa.UsageError, match="must return a Response, not"):
            await client.accounts.get("acc_1")


@virtual_time
async def test_send_of_something_else_is_a_usage_error() -> None:
    async def middleware(request: Request, send: Send) -> Response[Any]:
        return await send(request.path)  # type: ignore[arg-type]

    async with client_of(data(account()), middleware=[middleware]) as (client, server):
        with pytest.raises(sa.UsageError, match="takes a Request, not str"):
            await client.accounts.get("acc_1")
    assert server.requests == []


@pytest.mark.parametrize(
    ("middleware", "words"),
    [("text", "must be a list"), (5, "must be a list"), ([5], r"middleware\[0\] must be callable"), (None, "list")],
)
def test_middleware_that_is_none_is_rejected_at_construction(middleware: Any, words: str) -> None:
    for make in (sa.SequenceClient, sa.PlatformClient, sa.RemoteClient):
        with pytest.raises(sa.ConfigurationError, match=words):
            make("secret", middleware=middleware)


# -- the request ------------------------------------------------------------------------------------------


@virtual_time
async def test_request_says_what_will_be_sent_and_hides_it_in_its_repr() -> None:
    recorder = Recorder()
    async with client_of(data(transfer()), middleware=[recorder]) as (client, server):
        await client.with_options(request_id="req_mine").transfers.create(**MOVE, idempotency_key="k1")
    (request,) = recorder.requests
    assert request.operation is CREATE_TRANSFER
    assert (request.method, request.effect, request.path, request.simulation) == ("POST", "write", "/transfers", False)
    assert request.model == v1.CreateTransferRequest(**MOVE)
    assert request.body == server.requests[0].body == orjson.dumps(MOVE)
    assert dict(request.headers) == {"X-Request-ID": "req_mine"}
    assert (request.not_after, dict(request.extensions), request.idempotency_key) == (None, {}, "k1")
    assert request.credential_id
    assert "sk_test" not in repr(attrs.asdict(request, recurse=False))
    assert repr(request) == "<Request v1.createTransfer key=k1>"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        request.path = "/x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        request.extensions["a"] = 1  # type: ignore[index]


async def test_credential_id_is_one_per_credential() -> None:
    ids = []
    for key in ("one", "one", "two"):
        recorder = Recorder()
        async with ScriptedServer(data(account())) as server:
            async with sa.SequenceClient(key, base_url=server.url, middleware=[recorder]) as client:
                await client.accounts.get("acc_1")
        ids.append(recorder.requests[0].credential_id)
    assert ids[0] == ids[1] != ids[2]
    assert all(len(one) == 16 for one in ids)


@given(st.permutations(["source_account_id", "destination_account_id", "amount_in_cents", "description"]))
def test_body_has_the_order_of_the_model_whatever_the_mapping(names: list[str]) -> None:
    from sequence_async._core.body import encode_body

    values = {**MOVE, "description": "rent"}
    model, body = encode_body(CREATE_TRANSFER, {name: values[name] for name in names})
    assert body == orjson.dumps({**MOVE, "description": "rent"})
    assert encode_body(CREATE_TRANSFER, model) == (model, body)


@virtual_time
async def test_extensions_reach_the_next_middleware_and_are_never_sent() -> None:
    recorder = Recorder()

    async def mark(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, extensions={**request.extensions, "intent": "rent"}))

    async with client_of(data(transfer()), middleware=[mark, recorder]) as (client, server):
        await client.transfers.create(**MOVE)
    assert dict(recorder.requests[0].extensions) == {"intent": "rent"}
    assert b"intent" not in server.requests[0].body
    assert "intent" not in str(server.requests[0].headers)


@pytest.mark.parametrize("name", ["X-Request-ID", "x-called-reason", "traceparent", "tracestate", "TraceParent"])
@virtual_time
async def test_allowed_headers_are_sent_with_every_attempt(name: str) -> None:
    async def mark(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, headers={**request.headers, name: "00-abc"}))

    async with client_of(error(503), data(account()), middleware=[mark]) as (client, server):
        await client.accounts.get("acc_1")
    assert [request.headers[name.lower()] for request in server.requests] == ["00-abc"] * 2


# -- not_after --------------------------------------------------------------------------------------------


def until(moment: datetime) -> sa.Middleware:
    async def middleware(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, not_after=moment))

    return middleware


@virtual_time
async def test_not_after_that_has_passed_sends_nothing_and_is_not_in_doubt() -> None:
    past = datetime.now(UTC) - timedelta(milliseconds=1)
    async with client_of(data(transfer()), middleware=[until(past)]) as (client, server):
        with pytest.raises(sa.TimedOutError, match="not_after has passed") as caught:
            await client.transfers.create(**MOVE)
    assert (caught.value.in_doubt, caught.value.attempts) == (False, 0)
    assert server.requests == []


async def test_not_after_is_checked_before_each_attempt_and_keeps_earlier_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sequence_async._transport import engine

    now = datetime.now(UTC)

    class Clock(datetime):
        """The wall clock of the engine."""

        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            del tz
            return now

    monkeypatch.setattr(engine, "datetime", Clock)

    async def middleware(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, not_after=now + timedelta(seconds=1)))

    def on_event(event: sa.Event) -> None:
        nonlocal now
        if isinstance(event, sa.RetryEvent):
            now += timedelta(seconds=2)  # the lid was closed during the pause

    async with client_of(drop(), data(transfer()), middleware=[middleware], on_event=on_event) as (client, server):
        with pytest.raises(sa.TimedOutError, match="not_after") as caught:
            await client.transfers.create(**MOVE)
    assert (caught.value.in_doubt, caught.value.attempts, len(server.requests)) == (True, 1, 1)


@virtual_time
async def test_not_after_is_checked_after_the_wait_for_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    from sequence_async._transport import engine

    loop = asyncio.get_running_loop()
    began, started = datetime.now(UTC), loop.time()

    class Clock(datetime):
        """The wall clock of the engine, on the virtual loop's time."""

        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            del tz
            return began + timedelta(seconds=loop.time() - started)

    monkeypatch.setattr(engine, "datetime", Clock)
    options = {"rate_limit": sa.RateLimit(1, per=60.0), "timeout": 600.0}
    async with client_of(data(transfer()), middleware=[until(began + timedelta(seconds=30))], **options) as (
        client,
        server,
    ):
        await client.transfers.create(**MOVE)
        with pytest.raises(sa.TimedOutError, match="not_after") as caught:
            await client.transfers.create(**MOVE)
    assert (caught.value.in_doubt, len(server.requests)) == (False, 1)


# -- simulation -------------------------------------------------------------------------------------------


async def test_simulation_is_applied_before_the_first_middleware() -> None:
    recorder = Recorder()
    with Sandbox(seed=1) as sandbox:
        options: dict[str, Any] = {"base_url": sandbox.platform_url, "simulation": True, "middleware": [recorder]}
        async with sa.PlatformClient(sandbox.api_key, **options) as client:
            made = await client.transfers.create(
                source_account_id=sandbox.account("Main Operating").id,
                destination_account_id=sandbox.account("Taxes").id,
                amount_in_cents=500,
            )
    assert made.execution_mode == "SIMULATION"
    assert recorder.requests[0].simulation
    assert recorder.requests[0].model.simulation is True


@pytest.mark.parametrize("simulation", [False, None])
async def test_middleware_cannot_make_a_dry_run_live(simulation: bool | None) -> None:
    async def live(request: Request, send: Send) -> Response[Any]:
        return await send(attrs.evolve(request, model=attrs.evolve(request.model, simulation=simulation)))

    with Sandbox(seed=1) as sandbox:
        options: dict[str, Any] = {"base_url": sandbox.platform_url, "simulation": True, "middleware": [live]}
        async with sa.PlatformClient(sandbox.api_key, **options) as client:
            with pytest.raises(sa.ArgumentError, match="is live"):
                await client.rules.trigger(sandbox.rule("Move to savings").id)
        assert not sandbox.requests


# -- replay -----------------------------------------------------------------------------------------------

BYTES = b'{"sourceAccountId":"%s","destinationAccountId":"%s","amountInCents":500,"newer":{"field":1}}'


def replay(sandbox: Sandbox, **more: Any) -> Request:
    body = BYTES % (sandbox.account("Main Operating").id.encode(), sandbox.account("Taxes").id.encode())
    given: dict[str, Any] = {"path": "/transfers", "body": body, "idempotency_key": "k1", **more}
    return Request.replay(platform.CREATE_TRANSFER, **given)


async def test_replay_sends_exactly_the_bytes_that_were_given() -> None:
    recorder = Recorder()
    with Sandbox(seed=1) as sandbox:
        async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, middleware=[recorder]) as client:
            sandbox.fail_next("createTransfer", fault=faults.Drop(after_effect=True))
            response = await client.send(replay(sandbox, headers={"traceparent": "00-1"}))
            again = await client.send(replay(sandbox))
        assert response.data.id == again.data.id
        assert len(sandbox.effects("k1")) == 1
        assert {one.call.body for one in sandbox.requests if one.call} == {replay(sandbox).body}
        assert (response.attempts, response.sent, len(recorder.requests)) == (2, True, 2)
        assert recorder.requests[0].is_replay
        assert recorder.requests[0].model.amount_in_cents == 500


REPLAY_CHANGES: dict[str, Callable[[Request], Any]] = {
    "model of a replay": lambda one: attrs.evolve(one, model=attrs.evolve(one.model, amount_in_cents=1)),
    "body of a replay": lambda one: attrs.evolve(one, body=b"{}"),
    "path of a replay": lambda one: attrs.evolve(one, path="/remote-api/transfers"),
    "idempotency_key": lambda one: attrs.evolve(one, idempotency_key="k2"),
    "not_after of a replay": lambda one: attrs.evolve(one, not_after=datetime(2099, 1, 1, tzinfo=UTC)),
    "must not be made later": lambda one: attrs.evolve(one, not_after=None),
}


@pytest.mark.parametrize("words", REPLAY_CHANGES)
def test_change_of_a_replay_is_rejected(words: str) -> None:
    request = replay(Sandbox(seed=1), not_after=datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(sa.ArgumentError, match=words):
        REPLAY_CHANGES[words](request)


def test_replay_may_change_headers_extensions_and_an_earlier_not_after() -> None:
    request = replay(Sandbox(seed=1), not_after=datetime(2026, 1, 2, tzinfo=UTC))
    earlier = datetime(2026, 1, 1, tzinfo=UTC)
    changed = attrs.evolve(request, headers={"traceparent": "a"}, extensions={"a": 1}, not_after=earlier)
    assert (changed.body, changed.not_after, changed.is_replay) == (request.body, earlier, True)
    with pytest.raises(sa.ArgumentError, match="must not be made later"):
        attrs.evolve(changed, not_after=datetime(2026, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"path": "/accounts"}, "path must match /transfers"),
        ({"path": 5}, "path must begin"),
        ({"body": None}, "takes a body"),
        ({"body": "text"}, "must be bytes"),
        ({"idempotency_key": None}, "needs the idempotency_key"),
        ({"idempotency_key": "a b"}, "idempotency_key"),
    ],
)
def test_replay_of_what_cannot_have_been_sent_is_rejected(more: dict[str, Any], words: str) -> None:
    with pytest.raises(sa.ArgumentError, match=words):
        replay(Sandbox(seed=1), **more)


def test_replay_of_a_write_without_a_body() -> None:
    request = Request.replay(DELETE_RULE, path="/rules/rule_1", body=None, idempotency_key="k1")
    assert (request.model, request.body, request.simulation) == (None, None, False)


@pytest.mark.parametrize("simulation", [True, False])
async def test_replay_on_a_simulating_client_must_be_a_dry_run(simulation: bool) -> None:
    with Sandbox(seed=1) as sandbox:
        plain = replay(sandbox).body or b""
        body = plain.replace(b'"newer":{"field":1}', b'"simulation":true') if simulation else plain
        request = replay(sandbox, body=body)
        async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, simulation=True) as client:
            if simulation:
                assert (await client.send(request)).data.execution_mode == "SIMULATION"
            else:
                with pytest.raises(sa.ArgumentError, match="is live"):
                    await client.send(request)
        assert len(sandbox.requests) == simulation


async def test_send_rejects_what_belongs_to_another_client() -> None:
    with Sandbox(seed=1) as sandbox:
        async with sa.PlatformClient(sandbox.api_key, base_url=sandbox.platform_url) as client:
            other = Request.replay(CREATE_TRANSFER, path="/transfers", body=b"{}", idempotency_key="k")
            with pytest.raises(sa.ArgumentError, match="must be of the API platform, but createTransfer belongs to v1"):
                await client.send(other)
            with pytest.raises(sa.ArgumentError, match="another credential"):
                await client.send(replay(sandbox, credential_id="0123456789abcdef"))
            with pytest.raises(sa.ArgumentError, match="must be a Request"):
                await client.send("text")  # type: ignore[arg-type]
            locked = Request.replay(platform.DELETE_RULE, path="/rules/r", body=None, idempotency_key="k")
            with pytest.raises(sa.ComingSoonError):
                await client.send(locked)
        assert not sandbox.requests


async def test_send_finds_the_secret_of_the_rule_in_the_path() -> None:
    with Sandbox(seed=1) as sandbox:
        rule = sandbox.rule("Refill the agent")
        async with sa.RemoteClient(rule_secrets=sandbox.rule_secrets, base_url=sandbox.remote_url) as client:
            request = Request.replay(
                remote.TRIGGER_RULE, path=f"/rules/{rule.id}/trigger", body=b"{}", idempotency_key="k"
            )
            assert (await client.send(request)).data.request_id
            unknown = Request.replay(remote.TRIGGER_RULE, path="/rules/other/trigger", body=b"{}", idempotency_key="k")
            with pytest.raises(sa.ConfigurationError, match="no secret for the rule"):
                await client.send(unknown)


# -- events and the log -----------------------------------------------------------------------------------


async def test_events_of_concurrent_calls_are_told_apart_by_their_id() -> None:
    events: list[sa.Event] = []
    with Sandbox(seed=1) as sandbox:
        names = ["Taxes", "Groceries", "Main Operating", "Emergency Fund"]
        sandbox.fail_next("platform.getAccount", n=4, fault=faults.Status(status=503))
        async with sa.PlatformClient(
            sandbox.api_key, base_url=sandbox.platform_url, on_event=events.append, max_attempts=6
        ) as client:
            started = [asyncio.create_task(client.accounts.get(sandbox.account(name).id)) for name in names]
            found = await asyncio.gather(*started)
    assert [one.name for one in found] == names
    by_call: dict[str, list[sa.Event]] = {}
    for event in events:
        by_call.setdefault(event.call_id, []).append(event)
        assert (event.api, event.operation, event.at.tzinfo) == ("platform", "getAccount", UTC)
    assert len(by_call) == 4
    for story in by_call.values():
        kinds = [type(event).__name__ for event in story]
        attempts = kinds.count("AttemptEvent")
        assert kinds[0] == "CallStartedEvent"
        assert kinds[1:-1] == (["AttemptStartedEvent", "AttemptEvent", "RetryEvent"] * attempts)[:-1]
        assert isinstance(story[-1], sa.CallEvent)
        assert story[-1].attempts == attempts
        assert [event.at for event in story] == sorted(event.at for event in story)
    assert any(isinstance(event, sa.RetryEvent) for event in events)
    assert pickle.loads(pickle.dumps(events)) == events


@virtual_time
async def test_wait_event_comes_only_for_calls_that_waited() -> None:
    events: list[sa.Event] = []
    limit = sa.RateLimit(2, per=10.0)
    async with client_of(data(account()), rate_limit=limit, on_event=events.append) as (client, _):
        for _ in range(3):
            await client.accounts.get("acc_1")
    waits = [event for event in events if isinstance(event, sa.WaitEvent)]
    assert len(waits) == 1
    assert waits[0].seconds == pytest.approx(5.0, abs=0.1)


class AsyncCallable:
    async def __call__(self, event: sa.Event) -> None: ...

    async def method(self, event: sa.Event) -> None: ...


async def coroutine_function(_: sa.Event) -> None: ...


@pytest.mark.parametrize("on_event", [coroutine_function, AsyncCallable(), AsyncCallable().method])
def test_coroutine_function_as_on_event_is_rejected(on_event: Any) -> None:
    for make in (sa.SequenceClient, sa.PlatformClient, sa.RemoteClient):
        with pytest.raises(sa.ConfigurationError, match="plain function"):
            make("secret", on_event=on_event)


LEVELS = [
    ("success", [data(transfer())], "DEBUG", False),
    ("definite refusal", [error(404)], "DEBUG", False),
    ("in doubt", [drop(), error(403)], "WARNING", True),
    ("gives up on a read", [error(503)] * 4, "WARNING", False),
]


@pytest.mark.parametrize(("case", "steps", "level", "in_doubt"), LEVELS, ids=[one[0] for one in LEVELS])
@virtual_time
async def test_end_of_a_call_is_logged_with_its_facts(
    case: str, steps: list[Step], level: str, in_doubt: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "sequence_async")
    async with client_of(*steps) as (client, _):
        try:
            if "read" in case:
                await client.accounts.get("acc_1")
            else:
                await client.transfers.create(**MOVE, idempotency_key="k1")
        except sa.SequenceError:
            pass
    ends = [record for record in caplog.records if hasattr(record, "outcome")]
    (end,) = ends
    assert (end.levelname, end.in_doubt) == (level, in_doubt)  # type: ignore[attr-defined]
    assert end.call_id  # type: ignore[attr-defined]
    assert end.operation in {"createTransfer", "getAccount"}  # type: ignore[attr-defined]
    retries = [record for record in caplog.records if hasattr(record, "reason")]
    assert len(retries) == len(steps) - 1
    assert {record.levelname for record in retries} <= {"INFO"}
    assert {record.call_id for record in retries} <= {end.call_id}  # type: ignore[attr-defined]
    for record in caplog.records:
        assert "sk_test" not in str(vars(record))


def test_no_event_and_no_record_costs_nothing_without_a_listener(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        async with client_of(data(account())) as (client, _):
            await client.accounts.get("acc_1")

    caplog.set_level(logging.WARNING, "sequence_async")
    asyncio.run(main())
    assert caplog.records == []


# -- one seam ---------------------------------------------------------------------------------------------


def test_only_the_request_builder_builds_targets_and_bodies() -> None:
    import ast
    from pathlib import Path

    package = Path(sa.__file__).parent
    users: dict[str, set[str]] = {
        "build_target": set(),
        "encode_body": set(),
        "build_request": set(),
        "exchange": set(),
    }
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in users:
                users[node.func.id].add(path.relative_to(package).as_posix())
    assert users == {
        "build_target": {"_core/request.py"},
        "encode_body": {"_core/request.py"},
        "build_request": {"_transport/caller.py"},
        "exchange": {"_transport/engine.py"},
    }


def test_engine_has_one_public_way_in() -> None:
    from sequence_async._transport.engine import Engine

    assert [name for name in vars(Engine) if not name.startswith("_")] == ["send"]
