"""api/v1 as the sandbox speaks it: envelopes, errors, paging, and the walk of a transfer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sandbox_http import Wire, wires

from sequence_async.sandbox import Sandbox

FORBIDDEN = {"error": {"code": "forbidden", "message": "This API key does not have the required permission."}}
UNAUTHORIZED = {"error": {"code": "unauthorized", "message": "Missing or invalid API key."}}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="v1") as sandbox:
        yield sandbox


@pytest.fixture
async def v1(sandbox: Sandbox) -> AsyncIterator[Wire]:
    async with wires(sandbox) as apis:
        yield apis["v1"]


def body(
    sandbox: Sandbox, source: str = "Main Operating", destination: str = "Taxes", amount: int = 5_000
) -> dict[str, object]:
    return {
        "source_account_id": sandbox.account(source).id,
        "destination_account_id": sandbox.account(destination).id,
        "amount_in_cents": amount,
    }


async def test_accounts_of_every_kind(sandbox: Sandbox, v1: Wire) -> None:
    listed = (await v1("GET", "/accounts")).data
    assert [one["id"] for one in listed] == [one.v1_id for one in sandbox.accounts.values()]
    assert {(one["type"], one["external_account_type"]) for one in listed} == {
        ("income_source", None),
        ("pod", None),
        ("external_account", "DEPOSITORY"),
        ("external_account", "INVESTMENT"),
        ("external_account", "LIABILITY"),
    }
    assert not any("balance" in one or "routing_number" in one for one in listed)
    only_pods = (await v1("GET", "/accounts?type=pod")).data
    assert {one["type"] for one in only_pods} == {"pod"}
    assert any(not one["can_be_source"] for one in listed)


async def test_balances(sandbox: Sandbox, v1: Wire) -> None:
    pod = (await v1("GET", f"/accounts/{sandbox.account('Taxes').id}")).data
    assert (
        pod["balance"]["balance_in_cents"]
        == pod["balance"]["available_balance_in_cents"]
        == sandbox.account("Taxes").cents
    )
    card = next(one for one in sandbox.accounts.values() if one.name.startswith("Amex"))
    owed = (await v1("GET", f"/accounts/{card.id}")).data["balance"]
    assert owed["balance_in_cents"] == -card.cents > 0
    assert owed["next_payment_minimum_in_cents"] == 4_000
    broken = next(one for one in sandbox.accounts.values() if one.error)
    unread = (await v1("GET", f"/accounts/{broken.id}")).data["balance"]
    assert (unread["balance_in_cents"], unread["available_balance_in_cents"], unread["error"]) == (
        None,
        None,
        "DISCONNECTED_ACCOUNT",
    )
    linked = (await v1("GET", f"/accounts/{sandbox.account('Main Operating').id}")).data["linked_account"]
    assert linked["id"] == card.id
    assert linked["balance"]["balance_in_cents"] == -card.cents


async def test_request_ids_are_echoed_or_made(v1: Wire) -> None:
    named = await v1("GET", "/accounts", X_Request_ID="mine-1")
    assert named.headers["X-Request-ID"] == named.json["request_id"] == "mine-1"
    made = await v1("GET", "/accounts")
    assert made.headers["X-Request-ID"] == made.json["request_id"]
    assert made.json["request_id"].startswith("req_")
    refused = await v1("GET", "/accounts/none", X_Request_ID="mine-2")
    assert refused.headers["X-Request-ID"] == "mine-2"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/accounts/acc_123", "Account with id 'acc_123' was not found."),
        ("/rules/rule_123", "Rule with id 'rule_123' was not found."),
        ("/transfers/txr_123", "Transfer with id 'txr_123' was not found."),
        ("/rule-executions/rex_123", "Rule execution with id 'rex_123' was not found."),
        ("/cards/card_123", "Card with id 'card_123' was not found."),
    ],
)
async def test_what_does_not_exist(v1: Wire, path: str, message: str) -> None:
    reply = await v1("GET", path)
    assert (reply.status, reply.json) == (404, {"error": {"code": "resource_not_found", "message": message}})


@pytest.mark.parametrize("credential", ["", "ApiKey", "ApiKey nobody", "Bearer {key}", "apikey {key}", "{key}"])
async def test_without_a_valid_key(sandbox: Sandbox, v1: Wire, credential: str) -> None:
    reply = await v1("GET", "/accounts", Authorization=credential.format(key=sandbox.api_key))
    assert (reply.status, reply.json) == (401, UNAUTHORIZED)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/accounts"),
        ("POST", "/accounts/x"),
        ("DELETE", "/transfers"),
        ("GET", "/nothing"),
        ("GET", "/accounts/"),
        ("GET", "/accounts/a/b"),
    ],
)
async def test_a_wrong_method_or_path_is_plain_text(v1: Wire, method: str, path: str) -> None:
    reply = await v1(method, path)
    assert (reply.status, reply.headers["Content-Type"].split(";")[0]) == (404, "text/plain")


@pytest.mark.parametrize(
    "path",
    [
        "/accounts?type=savings",
        "/accounts?type=pod&type=pod",
        "/transfers",
        "/transfers?account_id=",
        "/transfers?account_id={id}&first=0",
        "/transfers?account_id={id}&first=101",
        "/transfers?account_id={id}&first=1.5",
        "/transfers?account_id={id}&from=yesterday",
        "/transfers?account_id={id}&to=2026-01-01",
        "/transfers?account_id={id}&after=bm90aGluZw==",
        "/transfers?account_id={id}&after=%00%ff",
        "/transfers?account_id={id}&status=COMPLETE",
        "/rule-executions",
        "/cards",
        "/rules?source_id=nobody",
    ],
)
async def test_a_malformed_query_is_a_400_that_says_what_is_wrong(sandbox: Sandbox, v1: Wire, path: str) -> None:
    reply = await v1("GET", path.format(id=sandbox.account("Taxes").id))
    assert (reply.status, reply.code) == (400, "INVALID_PARAMETERS")
    assert reply.json["error"]["message"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"amount_in_cents": "5000"}, "amount_in_cents"),
        ({"amount_in_cents": 50.5}, "amount_in_cents"),
        ({"amount_in_cents": True}, "amount_in_cents"),
        ({"amount_in_cents": None}, "amount_in_cents"),
        ({"amount_in_cents": 99}, "amount_in_cents"),
        ({"amount_in_cents": -5_000}, "amount_in_cents"),
        ({"amount_in_cents": 10**30}, "amount_in_cents"),
        ({"source_account_id": 5}, "source_account_id"),
        ({"source_account_id": ""}, "source_account_id"),
        ({"description": {}}, "description"),
    ],
)
async def test_a_malformed_transfer_says_where(
    sandbox: Sandbox, v1: Wire, change: dict[str, object], place: str
) -> None:
    reply = await v1("POST", "/transfers", body(sandbox) | change)
    assert (reply.status, reply.code) == (400, "INVALID_PARAMETERS")
    assert place in reply.json["error"]["message"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000, b"NaN", b'{"a": "\\ud800"}'])
async def test_a_body_that_is_not_a_json_object(v1: Wire, raw: bytes) -> None:
    reply = await v1("POST", "/transfers", raw)
    assert (reply.status, reply.code) == (400, "INVALID_PARAMETERS")


async def test_hostile_paths_and_headers_are_refused_and_never_break_it(sandbox: Sandbox, v1: Wire) -> None:
    for path in (
        "/accounts/%00",
        "/accounts/%ff%fe",
        "/accounts/%2e%2e%2f",
        "/accounts/" + "x" * 4_000,
        "/accounts/%F0%9F%92%B8",
    ):
        reply = await v1("GET", path)
        assert (reply.status, reply.code) == (404, "resource_not_found")
    reply = await v1("GET", "/accounts", X_Request_ID="ä" * 10)
    assert reply.status == 200
    assert sandbox.errors == []


async def test_accounts_that_a_transfer_cannot_have(sandbox: Sandbox, v1: Wire) -> None:
    investment = sandbox.account("Vanguard Brokerage").id
    assert (await v1("POST", "/transfers", body(sandbox) | {"source_account_id": "acc_1"})).status == 404
    assert (await v1("POST", "/transfers", body(sandbox) | {"destination_account_id": "acc_1"})).status == 404
    assert (await v1("POST", "/transfers", body(sandbox, destination="Main Operating"))).status == 400
    assert (await v1("POST", "/transfers", body(sandbox) | {"source_account_id": investment})).status == 400


async def test_a_transfer_settles(sandbox: Sandbox, v1: Wire) -> None:
    source, destination = sandbox.account("Main Operating").cents, sandbox.account("Taxes").cents
    created = await v1("POST", "/transfers", body(sandbox))
    assert (created.status, created.data["status"], created.data["completed_at"]) == (201, "processing", None)
    assert (created.data["direction"], created.data["origin"]) == ("internal", "user")
    assert sandbox.account("Main Operating").cents == source - 5_000
    assert sandbox.account("Taxes").cents == destination
    sandbox.clock.advance(2)
    read = (await v1("GET", f"/transfers/{created.data['id']}")).data
    assert read["status"] == "complete"
    assert read["completed_at"] > read["created_at"]
    assert sandbox.account("Taxes").cents == destination + 5_000


async def test_a_transfer_without_funds_is_incomplete(sandbox: Sandbox, v1: Wire) -> None:
    created = await v1("POST", "/transfers", body(sandbox, amount=10**9))
    assert (created.status, created.data["status"]) == (201, "processing")
    sandbox.clock.advance(2)
    read = (await v1("GET", f"/transfers/{created.data['id']}")).data
    assert (read["status"], read["error_code"]) == ("incomplete", "INSUFFICIENT_FUNDS")


@pytest.mark.parametrize(("more", "status"), [(0, "complete"), (1, "incomplete")])
async def test_everything_can_be_moved_and_not_a_cent_more(sandbox: Sandbox, v1: Wire, more: int, status: str) -> None:
    source = sandbox.account("Main Operating")
    created = (await v1("POST", "/transfers", body(sandbox, amount=source.cents + more))).data
    sandbox.clock.advance(2)
    assert (await v1("GET", f"/transfers/{created['id']}")).data["status"] == status
    assert (source.cents == 0) is (more == 0)


async def test_a_transfer_to_another_bank_takes_its_time(sandbox: Sandbox, v1: Wire) -> None:
    bank = next(one for one in sandbox.accounts.values() if one.external_type == "DEPOSITORY" and one.error is None)
    created = (await v1("POST", "/transfers", body(sandbox) | {"destination_account_id": bank.id})).data
    assert created["direction"] == "money_out"

    async def status() -> str:
        return str((await v1("GET", f"/transfers/{created['id']}")).data["status"])

    assert await status() == "processing"
    sandbox.clock.advance(2)
    assert await status() == "pending"
    sandbox.clock.advance(5 * 86_400)
    assert await status() == "complete"


async def test_a_disconnected_account_is_an_error(sandbox: Sandbox, v1: Wire) -> None:
    broken = next(one for one in sandbox.accounts.values() if one.error)
    created = (await v1("POST", "/transfers", body(sandbox) | {"destination_account_id": broken.id})).data
    sandbox.clock.advance(2)
    read = (await v1("GET", f"/transfers/{created['id']}")).data
    assert (read["status"], read["error_code"]) == ("error", "DISCONNECTED_ACCOUNT")


async def test_approval(sandbox: Sandbox, v1: Wire) -> None:
    joint = next(one for one in sandbox.accounts.values() if one.needs_approval)
    waiting = [(await v1("POST", "/transfers", body(sandbox) | {"source_account_id": joint.id})).data for _ in range(2)]
    assert [one["status"] for one in waiting] == ["pending_approval"] * 2
    before = joint.cents
    sandbox.clock.advance(86_400)
    assert sandbox.approve(waiting[0]["id"]).status == "PROCESSING"
    assert joint.cents == before - 5_000
    assert sandbox.cancel(waiting[1]["id"]).status == "CANCELLED"
    with pytest.raises(ValueError, match="CANCELLED"):
        sandbox.approve(waiting[1]["id"])
    sandbox.clock.advance(7 * 86_400)
    assert sandbox.transfers[waiting[0]["id"]].status == "COMPLETE"
    assert joint.cents == before - 5_000


async def test_approval_above_an_amount() -> None:
    async with Sandbox(approval_above=10_000) as sandbox, wires(sandbox) as apis:
        statuses = [
            (await apis["v1"]("POST", "/transfers", body(sandbox, amount=cents))).data["status"]
            for cents in (10_000, 10_001)
        ]
    assert statuses == ["processing", "pending_approval"]


async def test_without_auto_settle_transfers_wait_for_the_test() -> None:
    async with Sandbox(auto_settle=False) as sandbox, wires(sandbox) as apis:
        created = (await apis["v1"]("POST", "/transfers", body(sandbox))).data
        sandbox.clock.advance(10**6)
        assert sandbox.transfers[created["id"]].status == "PROCESSING"
        assert sandbox.settle(created["id"]).status == "COMPLETE"


async def test_pages_by_cursor_are_complete_and_in_order(sandbox: Sandbox, v1: Wire) -> None:
    account = sandbox.account("Taxes")
    for number in range(25):
        await v1("POST", "/transfers", body(sandbox, amount=100 + number))
    seen: list[str] = []
    after = ""
    while True:
        page = (await v1("GET", f"/transfers?account_id={account.id}&first=7{after}")).json
        seen += [one["id"] for one in page["data"]]
        if len(seen) < 14:
            # What is new does not move the pages that follow.
            await v1("POST", "/transfers", body(sandbox, amount=900))
        if not page["page_info"]["has_next_page"]:
            break
        after = f"&after={page['page_info']['end_cursor']}"
    assert seen == [one.id for one in reversed(account.transfers) if one.amount_in_cents != 900 or one.id in seen]
    assert len(seen) == len(set(seen)) >= 25


async def test_lists_can_be_narrowed_down(sandbox: Sandbox, v1: Wire) -> None:
    account = sandbox.account("Taxes")
    one = (await v1("POST", "/transfers", body(sandbox))).data

    async def ids(query: str) -> list[str]:
        listed = await v1("GET", f"/transfers?account_id={account.id}&first=100&{query}")
        return [found["id"] for found in listed.data]

    assert await ids("status=processing") == [one["id"]]
    assert one["id"] not in await ids("account_role=source")
    assert one["id"] in await ids("account_role=destination&direction=internal&origin=user")
    assert await ids(f"from={one['created_at']}&to={one['created_at']}") == [one["id"]]
    assert one["id"] not in await ids("to=2025-01-01T00:00:00Z")


async def test_rules_are_disabled_until_a_human_enables_them(sandbox: Sandbox, v1: Wire) -> None:
    rules = (await v1("GET", "/rules")).data
    draft = (await v1("GET", f"/rules/{rules[0]['id']}")).data | {"status": "enabled", "nickname": "Mine"}
    created = await v1("POST", "/rules", draft)
    assert (created.status, created.data["status"], created.data["nickname"]) == (201, "disabled", "Mine")
    rule_id = created.data["id"]
    refused = await v1("POST", f"/rules/{rule_id}/trigger")
    assert (refused.status, refused.code) == (403, "RULE_DEACTIVATED")
    sandbox.enable_rule(rule_id)
    assert (await v1("POST", f"/rules/{rule_id}/trigger")).status == 202
    changed = await v1("PUT", f"/rules/{rule_id}", draft | {"nickname": "Other"})
    assert (changed.status, changed.data["status"], changed.data["nickname"]) == (200, "disabled", "Other")
    deleted = await v1("DELETE", f"/rules/{rule_id}")
    assert (deleted.status, deleted.body) == (204, b"")
    assert (await v1("GET", f"/rules/{rule_id}")).status == 404
    assert rule_id not in {one["id"] for one in (await v1("GET", "/rules")).data}


async def test_a_broken_rule_says_where(v1: Wire) -> None:
    rules = (await v1("GET", "/rules")).data
    draft = (await v1("GET", f"/rules/{rules[0]['id']}")).data
    draft["steps"][0]["actions"][1]["percentage_value"] = 101
    reply = await v1("POST", "/rules", draft)
    assert reply.status == 400
    assert "steps[0].actions[1].percentage_value" in reply.json["error"]["message"]


async def test_a_triggered_rule_runs(sandbox: Sandbox, v1: Wire) -> None:
    rule_id = next(rule.id for rule in sandbox.rules.values() if rule.name == "Refill the agent")
    triggered = await v1("POST", f"/rules/{rule_id}/trigger", {"manual_execute_amount": 1_234})
    path = f"/rule-executions/{triggered.data['execution_id']}"
    assert (await v1("GET", path)).data["status"] == "in_progress"
    sandbox.clock.advance(3)
    run = (await v1("GET", path)).data
    assert (run["status"], run["transfers_completed"], run["trigger_type"]) == ("executed", 1, "manual")
    moved = (await v1("GET", f"/transfers/{run['transfer_ids'][0]}")).data
    assert (moved["amount_in_cents"], moved["origin"], moved["rule_execution_id"]) == (1_234, "rule", run["id"])
    listed = (await v1("GET", f"/rule-executions?rule_id={rule_id}&status=executed&trigger_type=manual")).json
    assert [one["id"] for one in listed["data"]] == [run["id"]]
    assert listed["page_info"]["has_next_page"] is False


async def test_cards(sandbox: Sandbox, v1: Wire) -> None:
    pod = sandbox.account("Groceries")
    cards = (await v1("GET", f"/cards?account_id={pod.id}&status=active")).data
    assert [(one["type"], one["account_id"]) for one in cards] == [("physical", pod.id)]
    before = pod.cents
    sandbox.spend(cards[0]["id"], 1_850, "Coffee House")
    assert pod.cents == before - 1_850
    page = (await v1("GET", f"/cards/{cards[0]['id']}/transactions?first=1")).json
    assert [(one["direction"], one["amount_in_cents"], one["description"]) for one in page["data"]] == [
        ("debit", 1_850, "Coffee House")
    ]
    assert page["page_info"]["has_next_page"]
    refunds = (await v1("GET", f"/cards/{cards[0]['id']}/transactions?direction=credit")).data
    assert refunds
    with pytest.raises(ValueError, match=r"the balance of .* cents, less than"):
        sandbox.spend(cards[0]["id"], 10**9)


async def test_a_list_of_something_that_is_not_there_is_forbidden(v1: Wire) -> None:
    for path in ("/transfers?account_id=acc_1", "/cards?account_id=acc_1", "/rule-executions?rule_id=rule_1"):
        reply = await v1("GET", path)
        assert (reply.status, reply.json) == (403, FORBIDDEN)
