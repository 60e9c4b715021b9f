"""What PlatformClient sends, and what it makes of each answer."""

from __future__ import annotations

import traceback
from typing import Any
from uuid import UUID

import pytest
from platform_payloads import (
    KEY,
    MOVE,
    account,
    audit_entry,
    card_transaction,
    client_of,
    data,
    execution,
    external_transaction,
    now,
    page,
    query_of,
    summary,
    transfer,
)
from scripted_server import ScriptedServer, answer, drop, error
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models import platform
from sequence_async.operations import v1
from sequence_async.operations.platform import CREATE_TRANSFER, GET_ACCOUNT, LIST_ACCOUNTS, TRIGGER_RULE

RULE = {
    "id": "rule_1",
    "name": "Save",
    "description": None,
    "status": "DISABLED",
    "trigger": {"type": "MANUAL", "accountId": "acc_1"},
    "steps": [],
    "createdAt": "2026-01-01T00:00:00Z",
    "updatedAt": "2026-01-01T00:00:00Z",
    "deletedAt": None,
}
STEP = {
    "conditions": None,
    "actions": [
        {
            "type": "FIXED",
            "source": {"id": "acc_1", "type": "POD"},
            "destination": {"id": "acc_2", "type": "POD"},
            "groupIndex": 0,
            "upToEnabled": False,
            "isDirectDeposit": False,
            "limit": None,
            "achDescription": None,
            "amountInCents": 500,
        },
    ],
}
DRAFT = {"name": "Save", "trigger": {"type": "MANUAL", "accountId": "acc_1"}, "steps": [STEP]}


@virtual_time
async def test_a_read_sends_the_key_as_a_bearer_and_nothing_it_need_not() -> None:
    async with client_of(data(account())) as (client, server):
        found = await client.accounts.get("acc_1")
    assert found.balance is not None
    assert found.balance.balance_in_cents == 12345
    request = server.requests[0]
    assert (request.method, request.target, request.body) == ("GET", "/platform/v1/accounts/acc_1", b"")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert not {"idempotency-key", "x-called-reason", "x-request-id"} & set(request.headers)


@virtual_time
async def test_a_write_sends_its_key_in_the_header_of_this_api() -> None:
    async with client_of(data(transfer(), 201)) as (client, server):
        await client.transfers.create(**MOVE, description="Rent 11", idempotency_key="rent/2026-11")
        await client.transfers.create(**MOVE)
    first, second = server.requests
    assert first.headers["idempotency-key"] == "rent/2026-11"
    assert first.json() == {
        "sourceAccountId": "acc_1",
        "destinationAccountId": "acc_2",
        "amountInCents": 500,
        "description": "Rent 11",
    }
    assert UUID(second.headers["idempotency-key"]).version == 4
    assert "simulation" not in second.json()


@virtual_time
async def test_a_trigger_without_arguments_sends_an_empty_object() -> None:
    async with client_of(data({"executionId": "exe_1"}, 202)) as (client, server):
        assert (await client.rules.trigger("rule_1")).execution_id == "exe_1"
        await client.rules.trigger("rule_1", execute_amount=0, simulation=False)
    assert [request.target for request in server.requests] == ["/platform/v1/rules/rule_1/trigger"] * 2
    assert [request.json() for request in server.requests] == [{}, {"executeAmount": 0, "simulation": False}]


@virtual_time
async def test_each_list_sends_the_names_of_this_api() -> None:
    nothing = page([])
    async with client_of(nothing) as (client, server):
        await client.accounts.list(type="POD", state=platform.AccountState.ALL, page_size=100)
        await client.accounts.transfers("a/b", account_role="source", execution_mode="ALL", rule_execution_id="e")
        await client.transfers.list(iter(["a", "b", "a"]), direction="INTERNAL", origin="RULE", status="ERROR")
        await client.rules.list(source_id="acc_1")
        await client.rules.executions("rule_1", status="PARTIAL", trigger_type="SCHEDULED", execution_mode="SIMULATION")
        await client.external_transactions.list(["a"], direction="MONEY_IN", status="PENDING")
        await client.card_transactions.list("a", card_id="c")
        await client.audit_logs.list(api_key_id="k", action="CREATE_TRANSFER")
    assert [request.target.removeprefix("/platform/v1") for request in server.requests] == [
        "/accounts?type=POD&state=ALL&pageSize=100",
        "/accounts/a%2Fb/transfers?accountRole=source&executionMode=ALL&rule_execution_id=e",
        "/transfers?accountIds%5B%5D=a&accountIds%5B%5D=b&direction=INTERNAL&status=ERROR&origin=RULE",
        "/rules?sourceId=acc_1",
        "/rules/rule_1/executions?status=PARTIAL&triggerType=SCHEDULED&executionMode=SIMULATION",
        "/external-transactions?accountIds%5B%5D=a&direction=MONEY_IN&status=PENDING",
        "/card-transactions?accountId=a&cardId=c",
        "/audit-logs?apiKeyId=k&action=CREATE_TRANSFER",
    ]


@virtual_time
async def test_each_list_gives_its_models() -> None:
    steps = page([summary()]), page([external_transaction()]), page([card_transaction()]), page([audit_entry()])
    async with client_of(*steps) as (client, _):
        assert [one.type for one in await client.accounts.list().collect()] == [platform.AccountType.POD]
        assert [one.amount_in_cents for one in await client.external_transactions.list(["a"]).collect()] == [700]
        assert [one.subtype for one in await client.card_transactions.list("a").collect()] == ["PURCHASE"]
        assert [one.outcome for one in await client.audit_logs.list().collect()] == ["SUCCESS"]


@virtual_time
async def test_one_level_down_gives_the_metadata() -> None:
    async with client_of(page([summary()]), data(transfer(), 201)) as (client, server):
        listed = await client.call(LIST_ACCOUNTS, query={"pageSize": 1})
        made = await client.call(CREATE_TRANSFER, body=platform.CreateTransferRequest(**MOVE), idempotency_key="k")
    assert [one.id for one in listed.data.items] == ["acc_1"]
    assert (listed.request_id, listed.idempotency_key) == ("req-42", None)
    assert (made.status, made.attempts, made.idempotency_key, made.data.status) == (201, 1, "k", "PROCESSING")
    assert query_of(server.requests[0]) == {"pageSize": "1"}


async def test_an_operation_of_another_api_is_refused() -> None:
    async with sa.PlatformClient(KEY) as client:
        with pytest.raises(sa.ArgumentError, match=r"operations\.platform"):
            await client.call(v1.LIST_ACCOUNTS)


# -- construction --------------------------------------------------------------------------------------


def test_a_missing_key_says_what_to_set() -> None:
    with pytest.raises(sa.ConfigurationError, match=r"SEQUENCE_API_KEY.*PlatformClient\(api_key"):
        sa.PlatformClient()


async def test_the_environment_gives_key_address_and_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    async with client_of(data(account())) as (_, server):
        monkeypatch.setenv("SEQUENCE_API_KEY", "sk_from_outside")
        monkeypatch.setenv("SEQUENCE_PLATFORM_BASE_URL", f"{server.origin}/platform/v1/")
        monkeypatch.setenv("SEQUENCE_CALLED_REASON", "nightly report")
        async with sa.PlatformClient() as client:
            await client.accounts.get("a")
            await client.with_options(called_reason="by hand").accounts.get("a")
        async with sa.PlatformClient(called_reason="month's end") as client:
            await client.accounts.get("a")
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer sk_from_outside"] * 3
    assert [request.headers["x-called-reason"] for request in server.requests] == [
        "nightly report",
        "by hand",
        "month's end",
    ]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({"called_reason": "a\r\nAuthorization: x"}, "called_reason"),
        ({"called_reason": "Übertrag"}, "called_reason"),
        ({"called_reason": ""}, "called_reason"),
        ({"simulation": "yes"}, "simulation"),
        ({"simulation": 1}, "simulation"),
        ({"base_url": "http://api.getsequence.io/platform/v1"}, "https"),
        ({"preview": {"createRules"}}, "createRules"),
        ({"rate_limit": 100}, "RateLimit"),
        ({"timeout": 0}, "timeout"),
    ],
)
def test_what_a_client_cannot_be_made_of_is_refused(arguments: dict[str, Any], names: str) -> None:
    with pytest.raises(sa.ConfigurationError, match=names):
        sa.PlatformClient(KEY, **arguments)


async def test_the_usual_limit_is_that_of_the_api() -> None:
    async with sa.PlatformClient(KEY) as client, sa.PlatformClient("sk_other", rate_limit=None) as free:
        bucket = client._caller.shared.bucket
        assert bucket is not None
        assert bucket.limit == sa.RateLimit(100, per=60.0)
        assert free._caller.shared.bucket is None


@virtual_time
async def test_a_request_id_is_sent_and_stands_on_an_error_that_has_none() -> None:
    async with ScriptedServer(drop()) as server:
        async with sa.PlatformClient(KEY, base_url=server.origin, max_attempts=1) as client:
            with pytest.raises(sa.ConnectionFailedError) as caught:
                await client.with_options(request_id="mine").accounts.get("a")
    assert server.requests[0].headers["x-request-id"] == "mine"
    assert caught.value.request_id == "mine"


async def test_the_repr_shows_address_and_no_key() -> None:
    async with sa.PlatformClient(KEY) as client:
        assert repr(client) == "<PlatformClient https://api.getsequence.io/platform/v1 timeout=30>"


# -- errors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "INVALID_PARAMETERS", sa.BadRequestError),
        (400, "TRANSFER_SOURCE_NOT_FOUND", sa.BadRequestError),
        (400, "IDEMPOTENCY_KEY_MISMATCH", sa.IdempotencyKeyReusedError),
        (401, "UNAUTHORIZED", sa.UnauthorizedError),
        (403, "MAXIMUM_AMOUNT_EXCEEDED", sa.ForbiddenError),
        (404, "ACCOUNT_NOT_FOUND", sa.NotFoundError),
        (409, "SOMETHING_ELSE", sa.ConflictError),
        (500, "UNEXPECTED_ERROR", sa.ServerError),
    ],
)
@virtual_time
async def test_each_status_has_its_error(status: int, code: str, kind: type[sa.APIError]) -> None:
    body = {"error": {"code": code, "message": "Some words."}, "requestId": "req-9"}
    async with client_of(answer(status, body), max_attempts=1) as (client, server):
        with pytest.raises(sa.APIError) as caught:
            await client.transfers.create(**MOVE, idempotency_key="k")
    assert type(caught.value) is kind
    assert (caught.value.status, caught.value.code, caught.value.message) == (status, code, "Some words.")
    assert (caught.value.operation, caught.value.request_id, caught.value.idempotency_key) == (
        "createTransfer",
        "req-9",
        "k",
    )
    assert caught.value.in_doubt is (status == 500)
    assert len(server.requests) == 1


@virtual_time
async def test_a_wrong_method_is_a_404_in_plain_text() -> None:
    async with client_of(answer(404, b"Cannot PATCH /platform/v1/accounts/a", {"Content-Type": "text/plain"})) as (
        client,
        _,
    ):
        with pytest.raises(sa.NotFoundError) as caught:
            await client.accounts.get("a")
    assert (caught.value.code, caught.value.message) == (None, "")


@pytest.mark.parametrize("code", ["TRANSFER_IN_PROGRESS", "RULE_EXECUTION_IN_PROGRESS"])
@virtual_time
async def test_a_write_in_progress_is_repeated_with_its_key_until_it_is_through(code: str) -> None:
    running = error(409, code)
    success = data(transfer(), 201) if code.startswith("TRANSFER") else data({"executionId": "exe_1"}, 202)
    async with client_of(running, running, success) as (client, server):
        if code.startswith("TRANSFER"):
            await client.transfers.create(**MOVE)
        else:
            await client.rules.trigger("rule_1")
    assert len(server.requests) == 3
    assert len(set(server.keys())) == 1


@virtual_time
async def test_a_write_in_progress_to_the_end_is_in_doubt() -> None:
    async with client_of(error(409, "TRANSFER_IN_PROGRESS")) as (client, server):
        with pytest.raises(sa.OperationInProgressError) as caught:
            await client.transfers.create(**MOVE)
    assert caught.value.in_doubt
    assert caught.value.attempts == len(server.requests) == 4


@virtual_time
async def test_doubt_survives_the_refusal_of_a_repetition() -> None:
    async with client_of(drop(), error(403, "ACCESS_DENIED")) as (client, _):
        with pytest.raises(sa.ForbiddenError, match="MANUAL_TRANSFER") as caught:
            await client.transfers.create(**MOVE)
    assert caught.value.in_doubt


@virtual_time
async def test_a_mismatched_key_is_never_repeated() -> None:
    async with client_of(error(400, "IDEMPOTENCY_KEY_MISMATCH")) as (client, server):
        with pytest.raises(sa.IdempotencyKeyReusedError):
            await client.rules.trigger("rule_1", idempotency_key="k")
    assert len(server.requests) == 1


@virtual_time
async def test_retry_after_is_a_floor() -> None:
    async with client_of(error(429, "RATE_LIMIT_EXCEEDED", headers={"Retry-After": "7"}), data(account())) as (
        client,
        _,
    ):
        started = now()
        await client.accounts.get("a")
        assert 7.0 <= now() - started < 8.0


@virtual_time
async def test_an_amount_that_is_no_integer_is_never_coerced() -> None:
    for wrong in ("500", 500.0, True, None):
        async with client_of(data(transfer(amountInCents=wrong), 201)) as (client, _):
            with pytest.raises(sa.DecodeError, match=r"\$\.data\.amountInCents") as caught:
                await client.transfers.create(**MOVE)
            assert caught.value.in_doubt


# -- which client a key belongs to -----------------------------------------------------------------------


@virtual_time
async def test_a_platform_key_at_the_wrong_client_is_told_where_it_belongs() -> None:
    async with (
        client_of(error(401, "UNAUTHORIZED", "Missing or invalid API key.")) as (_, server),
        sa.SequenceClient(KEY, base_url=server.url) as client,
    ):
        with pytest.raises(sa.UnauthorizedError, match=r"begins with sk_.*belongs to PlatformClient") as caught:
            await client.accounts.get("a")
    assert KEY not in "".join(traceback.format_exception(caught.value))


@virtual_time
async def test_another_key_at_the_platform_client_is_told_where_it_belongs() -> None:
    async with client_of(error(401, "UNAUTHORIZED")) as (_, server):
        base_url = f"{server.origin}/platform/v1"
        async with sa.PlatformClient("cartesio-0123456789", base_url=base_url) as client:
            with pytest.raises(sa.UnauthorizedError, match=r"does not begin with sk_.*SequenceClient") as caught:
                await client.accounts.get("a")
        assert "cartesio-0123456789" not in str(caught.value)
        async with sa.PlatformClient(KEY, base_url=base_url) as client:
            with pytest.raises(sa.UnauthorizedError) as caught:
                await client.accounts.get("a")
    assert "does not begin" not in str(caught.value)
    assert "SequenceClient" in str(caught.value)


# -- the writing of rules ----------------------------------------------------------------------------------


@virtual_time
async def test_rule_writing_is_locked_and_costs_no_request() -> None:
    async with client_of(data(RULE)) as (client, server):
        for call in (client.rules.create(DRAFT), client.rules.update("r", DRAFT), client.rules.delete("r")):
            with pytest.raises(sa.ComingSoonError, match="preview"):
                await call
    assert server.requests == []


@virtual_time
async def test_rule_writing_can_be_unlocked() -> None:
    async with client_of(
        data(RULE, 201), data(RULE), answer(204), preview={"createRule", "updateRule", "deleteRule"}
    ) as (
        client,
        server,
    ):
        assert (await client.rules.create(DRAFT)).status == platform.RuleStatus.DISABLED
        await client.rules.update("rule_1", DRAFT, idempotency_key="k")
        await client.rules.delete("rule_1")
    assert [request.method for request in server.requests] == ["POST", "PATCH", "DELETE"]
    assert server.requests[0].json() == DRAFT
    assert server.keys()[1] == "k"


@virtual_time
async def test_reading_goes_through() -> None:
    steps = data({**RULE, "steps": [STEP]}), data(execution(ruleId="r")), data(transfer("t"))
    async with client_of(*steps) as (client, server):
        rule = await client.rules.get("rule_1")
        await client.rules.execution("r", "e")
        await client.transfers.get("t")
    assert isinstance(rule.steps[0].actions[0], platform.FixedAction)
    assert [request.path.removeprefix("/platform/v1") for request in server.requests] == [
        "/rules/rule_1",
        "/rules/r/executions/e",
        "/transfers/t",
    ]


def test_the_table_says_what_can_be_written() -> None:
    assert CREATE_TRANSFER.takes_key
    assert TRIGGER_RULE.takes_key
    assert not GET_ACCOUNT.takes_key
