"""API keys of the sandbox: scopes, resources, limits, expiry, and what idempotency keys bring back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sandbox_http import Wire, wires

from sequence_async.sandbox import Sandbox, faults

SCOPE_OF = {
    "GET /accounts": "LIST_ACCOUNTS",
    "GET /accounts/{account}": "READ_ACCOUNTS",
    "GET /transfers?account_id={account}": "READ_TRANSFERS",
    "GET /transfers/{transfer}": "READ_TRANSFERS",
    "POST /transfers": "MANUAL_TRANSFER",
    "GET /rules": "LIST_RULES",
    "GET /rules/{rule}": "READ_RULES",
    "POST /rules": "CREATE_AND_EDIT_RULES",
    "PUT /rules/{rule}": "CREATE_AND_EDIT_RULES",
    "DELETE /rules/{rule}": "CREATE_AND_EDIT_RULES",
    "POST /rules/{rule}/trigger": "TRIGGER_RULES",
    "GET /rule-executions?rule_id={rule}": "READ_RULE_EXECUTIONS",
    "GET /rule-executions/{execution}": "READ_RULE_EXECUTIONS",
    "GET /cards?account_id={account}": "READ_CARDS",
    "GET /cards/{card}": "READ_CARDS",
    "GET /cards/{card}/transactions": "READ_CARDS",
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="keys") as sandbox:
        yield sandbox


def fill(sandbox: Sandbox, call: str) -> tuple[str, str]:
    rule = next(iter(sandbox.rules.values()))
    if not rule.executions:
        sandbox.world.executions.start(rule, "MANUAL")
    method, path = call.format(
        account=sandbox.account("Groceries").id,
        transfer=next(iter(sandbox.transfers)),
        rule=rule.id,
        execution=rule.executions[0].id,
        card=next(iter(sandbox.world.cards)),
    ).split()
    return method, path


def body(sandbox: Sandbox, amount: int = 5_000, **more: object) -> dict[str, object]:
    return {
        "source_account_id": sandbox.account("Main Operating").id,
        "destination_account_id": sandbox.account("Taxes").id,
        "amount_in_cents": amount,
        **more,
    }


@pytest.mark.parametrize("call", SCOPE_OF)
async def test_every_operation_needs_its_scope(sandbox: Sandbox, call: str) -> None:
    scope = SCOPE_OF[call]
    method, path = fill(sandbox, call)
    content = body(sandbox) if call == "POST /transfers" else {} if method != "GET" else None
    without = sandbox.create_key([name for name in SCOPE_OF.values() if name != scope])
    async with wires(sandbox, key=without) as apis:
        refused = await apis["v1"](method, path, content)
    assert (refused.status, refused.code) == (403, "forbidden")
    async with wires(sandbox, key=sandbox.create_key(scope)) as apis:
        allowed = await apis["v1"](method, path, content)
    # A rule needs more than an empty object; that it is looked at shows that the key was let in.
    assert allowed.status in (200, 201, 202, 204) or (allowed.status == 400 and "RULES" in scope)


async def test_a_key_for_some_resources_only(sandbox: Sandbox) -> None:
    groceries, taxes = sandbox.account("Groceries"), sandbox.account("Taxes")
    rule, other = list(sandbox.rules)[2:4]
    key = sandbox.create_key(
        {
            "READ_ACCOUNTS": [groceries.id],
            "READ_TRANSFERS": [groceries.id],
            "READ_RULES": [rule],
            "TRIGGER_RULES": [rule],
            "READ_CARDS": [taxes.id],
        }
    )
    async with wires(sandbox, key=key) as apis:
        v1, platform = apis["v1"], apis["platform"]

        async def status(path: str, method: str = "GET") -> int:
            return (await v1(method, path)).status

        assert await status(f"/accounts/{groceries.id}") == 200
        assert await status(f"/accounts/{taxes.id}") == 403
        # What does not exist is not in the list either, and the key learns no more than that.
        assert await status("/accounts/acc_1") == 403
        assert await status(f"/transfers?account_id={groceries.id}") == 200
        assert await status(f"/transfers?account_id={taxes.id}") == 403
        for transfer in sandbox.transfers.values():
            mine = groceries in (transfer.source, transfer.destination)
            assert await status(f"/transfers/{transfer.id}") == (200 if mine else 403)
        assert await status(f"/rules/{rule}/trigger", "POST") == 202
        assert await status(f"/rules/{other}/trigger", "POST") == 403
        assert await status(f"/cards?account_id={groceries.id}") == 403
        listed = (await platform("GET", "/accounts")).data["items"]
        assert [one["name"] for one in listed] == ["Groceries"]
        assert [one["name"] for one in (await platform("GET", "/rules")).data["items"]] == [sandbox.rules[rule].name]


async def test_a_pair_of_accounts_and_the_most_that_may_be_moved(sandbox: Sandbox) -> None:
    source, target = sandbox.account("Main Operating").id, sandbox.account("Taxes").id
    key = sandbox.create_key({"MANUAL_TRANSFER": [{"source": source, "target": target, "max_amount": 5_000}]})
    async with wires(sandbox, key=key) as apis:
        v1, platform = apis["v1"], apis["platform"]
        assert (await v1("POST", "/transfers", body(sandbox))).status == 201
        too_much = await v1("POST", "/transfers", body(sandbox, 5_001))
        assert (too_much.status, too_much.code) == (403, "forbidden")
        too_much = await platform(
            "POST", "/transfers", {"sourceAccountId": source, "destinationAccountId": target, "amountInCents": 5_001}
        )
        assert (too_much.status, too_much.code) == (403, "MAXIMUM_AMOUNT_EXCEEDED")
        back = body(sandbox) | {"source_account_id": target, "destination_account_id": source}
        assert (await v1("POST", "/transfers", back)).status == 403


async def test_keys_expire_are_revoked_and_open_only_their_api(sandbox: Sandbox) -> None:
    soon, gone = sandbox.create_key(expires_in=3_600), sandbox.create_key()
    live = sandbox.create_key(apis=["platform"])

    async def statuses() -> list[int]:
        found = []
        for key in (soon, gone, live):
            async with wires(sandbox, key=key) as apis:
                found += [(await apis[api]("GET", "/rules")).status for api in ("v1", "platform")]
        return found

    assert await statuses() == [200, 200, 200, 200, 401, 200]
    sandbox.clock.advance(3_600)
    sandbox.revoke_key(gone)
    assert await statuses() == [401, 401, 401, 401, 401, 200]


@pytest.mark.parametrize(
    ("scopes", "message"),
    [
        ("READ", "'READ' is not a scope"),
        ({"READ_ACCOUNTS": "acc_1"}, "the limits of READ_ACCOUNTS must be"),
        ({"MANUAL_TRANSFER": [{"source": "*"}]}, "each limit of MANUAL_TRANSFER must have"),
        ({"MANUAL_TRANSFER": [{"source": "*", "target": "*", "max": 1}]}, "each limit of MANUAL_TRANSFER must have"),
    ],
)
async def test_scopes_that_do_not_exist(sandbox: Sandbox, scopes: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sandbox.create_key(scopes)


# Rate limits


async def test_a_bucket_is_refilled_evenly_and_says_how_long_to_wait() -> None:
    async with Sandbox(frozen=True) as sandbox, wires(sandbox) as apis:
        platform = apis["platform"]
        statuses = [(await platform("GET", "/rules")).status for _ in range(101)]
        assert statuses == [200] * 100 + [429]
        refused = await platform("GET", "/rules")
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "RATE_LIMIT_EXCEEDED", "1")
        assert (await apis["v1"]("GET", "/rules")).status == 200
        sandbox.clock.advance(0.61)
        assert [(await platform("GET", "/rules")).status for _ in range(2)] == [200, 429]
        sandbox.clock.advance(60)
        assert [(await platform("GET", "/rules")).status for _ in range(101)] == [200] * 100 + [429]


async def test_a_key_has_a_limit_of_its_own() -> None:
    async with Sandbox(frozen=True) as sandbox:
        for _ in range(2):
            async with wires(sandbox, key=sandbox.create_key(rate_limit=(1, 10.0))) as apis:
                assert (await apis["v1"]("GET", "/rules")).status == 200
                refused = await apis["v1"]("GET", "/rules")
                assert (refused.status, refused.headers["Retry-After"]) == (429, "10")


# Idempotency keys


async def post(wire: Wire, content: dict[str, object], key: str, **headers: str) -> Any:
    return await wire("POST", "/transfers", content, Idempotency_Key=key, **headers)


async def test_the_same_key_brings_the_first_answer_back(sandbox: Sandbox) -> None:
    async with wires(sandbox) as apis:
        first = await post(apis["v1"], body(sandbox), "one")
        sandbox.clock.advance(5)
        again = await post(apis["v1"], dict(reversed(body(sandbox).items())), "one")
        assert (again.status, again.body) == (201, first.body)
        named = await post(apis["v1"], body(sandbox), "one", X_Request_ID="mine")
        assert (named.json["request_id"], named.data) == ("mine", first.data)
        assert named.headers["X-Request-ID"] == "mine"
        assert sandbox.effects("one") == (first.data["id"],)
        assert [one.replayed for one in sandbox.requests] == [False, True, True]
        other = await post(apis["v1"], body(sandbox, 6_000), "one")
        assert (other.status, other.code) == (400, "IDEMPOTENCY_KEY_MISMATCH")
        assert len(sandbox.effects("one")) == 1


async def test_after_a_day_the_same_key_is_a_new_one(sandbox: Sandbox) -> None:
    async with wires(sandbox) as apis:
        first = await post(apis["v1"], body(sandbox), "one")
        sandbox.clock.advance(86_399)
        assert (await post(apis["v1"], body(sandbox), "one")).body == first.body
        sandbox.clock.advance(1)
        assert (await post(apis["v1"], body(sandbox), "one")).data["id"] != first.data["id"]
        assert len(sandbox.effects("one")) == 2


async def test_keys_belong_to_the_api_key_they_came_with(sandbox: Sandbox) -> None:
    async with wires(sandbox) as apis, wires(sandbox, key=sandbox.create_key()) as others:
        await post(apis["v1"], body(sandbox), "one")
        await post(others["v1"], body(sandbox), "one")
        assert len(sandbox.effects("one")) == 2


async def test_a_refusal_is_not_remembered(sandbox: Sandbox) -> None:
    async with wires(sandbox) as apis:
        assert (await post(apis["v1"], body(sandbox, 1), "one")).status == 400
        assert (await post(apis["v1"], body(sandbox), "one")).status == 201


async def test_while_the_first_request_runs_the_second_is_told_so(sandbox: Sandbox) -> None:
    rule = next(rule.id for rule in sandbox.rules.values() if rule.name == "Refill the agent")
    async with wires(sandbox) as apis:
        for after_effect in (False, True):
            sandbox.fail_next("createTransfer", 1, faults.Delay(seconds=0.1, after_effect=after_effect))
            sandbox.fail_next("triggerRule", 1, faults.Delay(seconds=0.1, after_effect=after_effect))
            key = f"slow {after_effect}".replace(" ", "-")
            replies = await asyncio.gather(
                *(post(apis["v1"], body(sandbox), key) for _ in range(3)),
                *(apis["v1"]("POST", f"/rules/{rule}/trigger", {}, Idempotency_Key=f"t-{key}") for _ in range(3)),
            )
            assert sorted(one.status for one in replies) == [201, 202, 409, 409, 409, 409]
            codes = {one.code for one in replies if one.status == 409}
            assert codes == {"TRANSFER_IN_PROGRESS", "RULE_EXECUTION_IN_PROGRESS"}
            assert (await post(apis["v1"], body(sandbox), key)).status == 201
            assert len(sandbox.effects(key)) == len(sandbox.effects(f"t-{key}")) == 1


@pytest.mark.parametrize(
    ("key", "legal"),
    [("a" * 36, True), ("A1._:/|-", True), ("a" * 37, False), ("a b", False), ("ä", False), ("", False)],
)
async def test_which_keys_platform_takes(sandbox: Sandbox, key: str, legal: bool) -> None:
    content = {
        "sourceAccountId": sandbox.account("Main Operating").id,
        "destinationAccountId": sandbox.account("Taxes").id,
        "amountInCents": 500,
    }
    async with wires(sandbox) as apis:
        reply = await post(apis["platform"], content, key)
    assert reply.status == (201 if legal else 400)


async def test_deleting_a_rule_twice_with_one_key_succeeds_twice(sandbox: Sandbox) -> None:
    rule = next(iter(sandbox.rules))
    async with wires(sandbox) as apis:
        statuses = [(await apis["v1"]("DELETE", f"/rules/{rule}", Idempotency_Key="d")).status for _ in range(2)]
        assert statuses == [204, 204]
        assert (await apis["v1"]("DELETE", f"/rules/{rule}", Idempotency_Key="e")).status == 404
