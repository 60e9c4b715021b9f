"""platform/v1 as the sandbox speaks it, on the state that the other APIs see too."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import pytest
from sandbox_http import Wire, wires

from sequence_async.sandbox import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="platform", platform_rate_limit=None) as sandbox:
        yield sandbox


@pytest.fixture
async def apis(sandbox: Sandbox) -> AsyncIterator[dict[str, Wire]]:
    async with wires(sandbox) as apis:
        yield apis


@pytest.fixture
def platform(apis: dict[str, Wire]) -> Wire:
    return apis["platform"]


async def ids(platform: Wire) -> dict[str, str]:
    listed = (await platform("GET", "/accounts?pageSize=100")).data["items"]
    return {one["name"]: one["id"] for one in listed}


async def body(platform: Wire, amount: int = 5_000, **more: object) -> dict[str, object]:
    known = await ids(platform)
    return {
        "sourceAccountId": known["Main Operating"],
        "destinationAccountId": known["Taxes"],
        "amountInCents": amount,
        **more,
    }


async def test_ids_are_uuids_and_pages_are_numbered(sandbox: Sandbox, platform: Wire) -> None:
    first = (await platform("GET", "/accounts")).data
    second = (await platform("GET", "/accounts?page=2")).data
    third = (await platform("GET", "/accounts?page=3")).data
    assert [len(page["items"]) for page in (first, second, third)] == [10, len(sandbox.accounts) - 10, 0]
    assert first["pagination"] == {"page": 1, "pageSize": 10, "hasNextPage": True}
    assert not second["pagination"]["hasNextPage"]
    assert all(uuid.UUID(one["id"]) for one in first["items"])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/accounts/none", "ACCOUNT_NOT_FOUND"),
        ("/accounts/none/transfers", "ACCOUNT_NOT_FOUND"),
        ("/transfers/none", "TRANSFER_NOT_FOUND"),
        ("/rules/none", "RULE_NOT_FOUND"),
        ("/rules/none/executions", "RULE_NOT_FOUND"),
        ("/rules/{rule}/executions/none", "RULE_EXECUTION_NOT_FOUND"),
    ],
)
async def test_what_does_not_exist(sandbox: Sandbox, platform: Wire, path: str, code: str) -> None:
    reply = await platform("GET", path.format(rule=next(iter(sandbox.rules))))
    assert (reply.status, reply.code) == (404, code)
    assert reply.json["requestId"].startswith("req-")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"simulation": None}, 400, "INVALID_PARAMETERS"),
        ({"description": None}, 400, "INVALID_PARAMETERS"),
        ({"amountInCents": 99}, 400, "INVALID_PARAMETERS"),
        ({"amountInCents": "5000"}, 400, "INVALID_PARAMETERS"),
        ({"description": "x" * 11}, 400, "INVALID_PARAMETERS"),
        ({"description": "rent!"}, 400, "INVALID_PARAMETERS"),
        ({"simulation": "yes"}, 400, "INVALID_PARAMETERS"),
        ({"sourceAccountId": "none"}, 400, "TRANSFER_SOURCE_NOT_FOUND"),
        ({"destinationAccountId": "none"}, 400, "TRANSFER_DESTINATION_NOT_FOUND"),
    ],
)
async def test_transfers_that_are_refused(platform: Wire, change: dict[str, object], status: int, code: str) -> None:
    reply = await platform("POST", "/transfers", await body(platform) | change)
    assert (reply.status, reply.code) == (status, code)
    named = next(iter(change))
    assert code != "INVALID_PARAMETERS" or named in reply.json["error"]["message"]


async def test_a_transfer_made_here_is_seen_on_every_api(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    platform, v1, remote = apis["platform"], apis["v1"], apis["remote"]
    created = (await platform("POST", "/transfers", await body(platform, amount=4_321))).data
    assert (created["status"], created["executionMode"]) == ("PROCESSING", "LIVE")
    sandbox.clock.advance(2)
    assert (await platform("GET", f"/transfers/{created['id']}")).data["status"] == "COMPLETE"
    taxes = sandbox.account("Taxes")
    seen = (await v1("GET", f"/transfers?account_id={taxes.id}&first=1")).data[0]
    assert (seen["amount_in_cents"], seen["status"], seen["destination"]["name"]) == (4_321, "complete", "Taxes")
    accounts = (await remote("POST", "/accounts", {})).data["accounts"]
    dollars = next(one["balance"]["amountInDollars"] for one in accounts if one["name"] == "Taxes")
    assert round(dollars * 100) == taxes.cents


async def test_an_id_of_another_api_is_understood_and_answered_in_kind(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    platform, v1 = apis["platform"], apis["v1"]
    created = (await platform("POST", "/transfers", await body(platform))).data
    here = (await platform("GET", f"/transfers/{created['id']}")).data
    there = (await v1("GET", f"/transfers/{created['id']}")).data
    assert here["id"] == there["id"] == created["id"]
    assert sandbox.transfers[created["id"]].id == created["id"]
    own = sandbox.transfers[created["id"]].v1_id
    assert own.startswith("txr_")
    assert (await v1("GET", f"/transfers/{own}")).data["id"] == own
    assert (await platform("GET", f"/transfers/{own}")).data["id"] == own


async def test_transfers_of_several_accounts_come_newest_first_and_once(sandbox: Sandbox, platform: Wire) -> None:
    known = await ids(platform)
    for amount in (101, 102, 103):
        await platform("POST", "/transfers", await body(platform, amount=amount))
    query = f"accountIds[]={known['Taxes']}&accountIds[]={known['Main Operating']}&accountIds[]={known['Taxes']}"
    items = (await platform("GET", f"/transfers?{query}&pageSize=100")).data["items"]
    assert [one["amountInCents"] for one in items[:3]] == [103, 102, 101]
    assert len({one["id"] for one in items}) == len(items)
    assert items == sorted(items, key=lambda one: one["createdAt"], reverse=True)
    assert (await platform("GET", "/transfers")).code == "INVALID_PARAMETERS"
    assert (await platform("GET", f"/transfers?accountIds={known['Taxes']}")).code == "INVALID_PARAMETERS"


async def test_roles(sandbox: Sandbox, platform: Wire) -> None:
    known = await ids(platform)
    created = (await platform("POST", "/transfers", await body(platform))).data
    for role, found in (("source", False), ("destination", True), ("either", True)):
        items = (await platform("GET", f"/accounts/{known['Taxes']}/transfers?accountRole={role}&pageSize=100")).data[
            "items"
        ]
        assert (created["id"] in {one["id"] for one in items}) is found


async def test_a_simulated_transfer_moves_nothing_and_is_listed_apart(sandbox: Sandbox, platform: Wire) -> None:
    books = list(sandbox.world.ledger_balances())
    created = (await platform("POST", "/transfers", await body(platform, simulation=True))).data
    assert created["executionMode"] == "SIMULATION"
    sandbox.clock.advance(2)
    known = await ids(platform)
    found = {}
    for mode in ("LIVE", "SIMULATION", "ALL"):
        items = (await platform("GET", f"/accounts/{known['Taxes']}/transfers?executionMode={mode}&pageSize=100")).data[
            "items"
        ]
        found[mode] = [one["status"] for one in items if one["id"] == created["id"]]
    assert found == {"LIVE": [], "SIMULATION": ["COMPLETE"], "ALL": ["COMPLETE"]}
    assert list(sandbox.world.ledger_balances()) == books
    async with wires(sandbox) as apis:
        assert (await apis["v1"]("GET", f"/transfers/{created['id']}")).status == 404


async def test_rules_run_and_their_runs_are_read(sandbox: Sandbox, platform: Wire) -> None:
    rules = (await platform("GET", "/rules?pageSize=100")).data["items"]
    rule = next(one for one in rules if one["name"] == "Move to savings")
    assert (await platform("POST", f"/rules/{rule['id']}/trigger")).status == 400
    triggered = await platform("POST", f"/rules/{rule['id']}/trigger", {"executeAmount": 20_000})
    assert triggered.status == 202
    path = f"/rules/{rule['id']}/executions"
    run_id = triggered.data["executionId"]
    assert (await platform("GET", f"{path}/{run_id}")).data["status"] == "IN_PROGRESS"
    sandbox.clock.advance(3)
    run = (await platform("GET", f"{path}/{run_id}")).data
    assert (run["status"], run["transfersCompleted"], run["conditionsNotMet"]) == ("EXECUTED", 1, False)
    assert run["triggerDetails"] == {"type": "SEQUENCE_API", "amountInCents": 20_000}
    moved = (await platform("GET", f"/transfers/{run['transferIds'][0]}")).data
    assert (moved["amountInCents"], moved["ruleExecutionId"]) == (1_000, run_id)
    dry = (await platform("POST", f"/rules/{rule['id']}/trigger", {"simulation": True})).data["executionId"]
    assert [one["id"] for one in (await platform("GET", path)).data["items"]] == [run_id]
    assert [one["id"] for one in (await platform("GET", f"{path}?executionMode=ALL")).data["items"]] == [dry, run_id]
    disabled = next(one for one in rules if one["status"] == "DISABLED")
    refused = await platform("POST", f"/rules/{disabled['id']}/trigger", {})
    assert (refused.status, refused.code) == (403, "RULE_DEACTIVATED")


async def test_a_rule_that_this_api_cannot_show(sandbox: Sandbox, platform: Wire) -> None:
    rule = sandbox.add_rule(
        {
            "nickname": "Ask me",
            "trigger": {"type": "MANUAL"},
            "steps": [
                {
                    "actions": [
                        {
                            "type": "query_remote_api",
                            "source": "Taxes",
                            "destination": "Groceries",
                            "url": "http://x.invalid/",
                        }
                    ]
                }
            ],
        }
    )
    listed = (await platform("GET", "/rules?pageSize=100")).data["items"]
    assert [one["isSupported"] for one in listed if one["name"] == "Ask me"] == [False]
    refused = await platform("GET", f"/rules/{rule.id}")
    assert (refused.status, refused.code) == (403, "INVALID_RULE")


async def test_rules_are_written_in_this_apis_words(platform: Wire) -> None:
    rules = (await platform("GET", "/rules?pageSize=100")).data["items"]
    for one in rules:
        rule = (await platform("GET", f"/rules/{one['id']}")).data
        again = await platform("POST", "/rules", {"trigger": rule["trigger"], "steps": rule["steps"]})
        assert again.status == 201
        assert (again.data["steps"], again.data["trigger"]) == (rule["steps"], rule["trigger"])
        assert again.data["status"] == "DISABLED"
    broken = {"trigger": rule["trigger"], "steps": [{"conditions": None, "actions": [{"type": "FIXED"}]}]}
    reply = await platform("POST", "/rules", broken)
    assert reply.status == 400
    assert "steps[0].actions[0].amountInCents" in reply.json["error"]["message"]


async def test_external_transactions(sandbox: Sandbox, platform: Wire) -> None:
    known = await ids(platform)
    bank = next(one for one in sandbox.accounts.values() if one.external_type == "DEPOSITORY")
    path = f"/external-transactions?accountIds[]={known[bank.name]}"
    items = (await platform("GET", f"{path}&pageSize=100")).data["items"]
    assert {one["direction"] for one in items} == {"MONEY_IN", "MONEY_OUT"}
    assert [one["status"] for one in items].count("PENDING") == 1
    pending = (await platform("GET", f"{path}&status=PENDING")).data["items"]
    assert pending == items[:1]
    sandbox.deposit(bank.id, 777, sender="Friend")
    newest = (await platform("GET", f"{path}&direction=MONEY_IN&pageSize=1")).data["items"][0]
    assert (newest["amountInCents"], newest["description"]) == (777, "Friend")
    late = await platform("GET", f"{path}&from=2020-01-01T00:00:00Z")
    assert (late.status, late.code) == (400, "INVALID_PARAMETERS")


async def test_card_transactions(sandbox: Sandbox, platform: Wire) -> None:
    known = await ids(platform)
    items = (await platform("GET", f"/card-transactions?accountId={known['Groceries']}&pageSize=100")).data["items"]
    assert {(one["direction"], one["subtype"]) for one in items} == {("MONEY_OUT", "PURCHASE"), ("MONEY_IN", "REFUND")}
    card_id = items[0]["cardId"]
    only = (await platform("GET", f"/card-transactions?accountId={known['Groceries']}&cardId={card_id}")).data["items"]
    assert {one["cardId"] for one in only} == {card_id}
    assert (await platform("GET", f"/card-transactions?accountId={known['Main Payroll']}")).code == "INVALID_PARAMETERS"


async def test_the_audit_log(sandbox: Sandbox, platform: Wire) -> None:
    await platform("GET", "/accounts/none")
    await platform("GET", "/rules")
    entries = (await platform("GET", "/audit-logs")).data["items"]
    assert [(one["action"], one["outcome"], one["errorCode"]) for one in entries] == [
        ("LIST_RULES", "SUCCESS", None),
        ("GET_ACCOUNT", "FAILURE", "ACCOUNT_NOT_FOUND"),
    ]
    failed = (await platform("GET", "/audit-logs?action=GET_ACCOUNT")).data["items"]
    assert [one["path"] for one in failed] == ["/platform/v1/accounts/none"]
    assert (await platform("GET", "/audit-logs?from=2020-01-01T00:00:00Z")).code == "INVALID_PARAMETERS"
    nobody = (await platform("GET", f"/audit-logs?apiKeyId={uuid.uuid4()}")).data["items"]
    assert nobody == []


async def test_what_was_just_made_may_be_404_for_a_moment() -> None:
    async with Sandbox(fresh_404=2) as sandbox, wires(sandbox) as apis:
        platform = apis["platform"]
        created = (await platform("POST", "/transfers", await body(platform))).data
        replies = [await platform("GET", f"/transfers/{created['id']}") for _ in range(3)]
        assert [one.status for one in replies] == [404, 404, 200]
        assert replies[0].code == "TRANSFER_NOT_FOUND"
        old = next(iter(sandbox.transfers))
        assert (await platform("GET", f"/transfers/{old}")).status == 200
