"""The control endpoints: everything that a test in another language needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sandbox_http import Wire, wires

from sequence_async.sandbox import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="control", frozen=True) as sandbox:
        yield sandbox


@pytest.fixture
async def apis(sandbox: Sandbox) -> AsyncIterator[dict[str, Wire]]:
    async with wires(sandbox) as apis:
        yield apis


async def test_where_everything_is(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    details = (await apis["control"]("GET", "")).json
    assert details["v1_url"] == sandbox.v1_url
    assert details["api_key"] == sandbox.api_key
    assert details["rule_secrets"] == dict(sandbox.rule_secrets)


async def test_time_transfers_deposits_and_effects(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    control, v1 = apis["control"], apis["v1"]
    names = {one["name"]: one["id"] for one in (await control("GET", "/accounts")).json["accounts"]}
    joint = next(name for name in names if "Joint" in name)
    body = {"source_account_id": names[joint], "destination_account_id": names["Taxes"], "amount_in_cents": 500}
    waiting = (await v1("POST", "/transfers", body, Idempotency_Key="k")).data
    assert (await control("GET", "/effects/k")).json == {"effects": [waiting["id"]]}
    approved = await control("POST", f"/transfers/{waiting['id']}/approve")
    assert approved.json["status"] == "PROCESSING"
    assert (await control("POST", f"/transfers/{waiting['id']}/approve")).status == 400
    now = (await control("POST", "/clock", {"advance": 10 * 86_400})).json["now"]
    assert now > waiting["created_at"]
    assert (await v1("GET", f"/transfers/{waiting['id']}")).data["status"] == "complete"
    deposited = (await control("POST", "/deposits", {"account": "Main Payroll", "amount_in_cents": 60_000})).json
    assert deposited["status"] == "COMPLETE"
    await control("POST", "/clock", {"advance": 5})
    assert [one.status for one in sandbox.executions.values()][-1] == "EXECUTED"
    assert (await control("GET", "/accounts")).json["in_transit"] == 0


async def test_faults(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    control, v1 = apis["control"], apis["v1"]
    fault: dict[str, Any] = {"kind": "status", "status": 503, "headers": {"X-Reason": "test"}}
    assert (await control("POST", "/faults", {"route": "listRules", "fault": fault, "n": 2})).status == 200
    assert [(await v1("GET", "/rules")).status for _ in range(3)] == [503, 503, 200]
    await control("POST", "/faults", {"fault": {"kind": "html", "status": 502}, "probability": 1, "seed": 1})
    assert (await v1("GET", "/rules")).status == 502
    await control("DELETE", "/faults")
    assert (await v1("GET", "/rules")).status == 200
    requests = (await control("GET", "/requests")).json["requests"]
    assert [one["status"] for one in requests] == [503, 503, 200, 502, 200]
    assert not any("authorization" in one["headers"] for one in requests)


async def test_rules_keys_accounts_and_cards(sandbox: Sandbox, apis: dict[str, Wire]) -> None:
    control, v1 = apis["control"], apis["v1"]
    account = await control("POST", "/accounts", {"name": "Trips", "type": "pod", "balance_in_cents": 5_000})
    assert (await v1("GET", f"/accounts/{account.json['id']}")).data["balance"]["balance_in_cents"] == 5_000
    rule = {
        "nickname": "New",
        "trigger": {"type": "MANUAL"},
        "steps": [
            {"actions": [{"type": "fixed_amount", "amount_in_cents": 500, "source": "Taxes", "destination": "Trips"}]}
        ],
    }
    rule_id = (await control("POST", "/rules", rule)).json["id"]
    for what, status in (("disable", 403), ("enable", 202)):
        await control("POST", f"/rules/{rule_id}/{what}")
        assert (await v1("POST", f"/rules/{rule_id}/trigger")).status == status
    secret = (
        await control("POST", "/keys", {"scopes": ["LIST_RULES"], "rate_limit": {"calls": 1, "seconds": 60}})
    ).json
    async with wires(sandbox, key=secret["secret"]) as limited:
        assert (await limited["v1"]("GET", "/accounts")).status == 403
        assert (await limited["v1"]("GET", "/rules")).status == 429
        await control("POST", "/keys/revoke", secret)
        assert (await limited["v1"]("GET", "/rules")).status == 401
    card = next(iter(sandbox.world.cards))
    before = sandbox.account("Groceries").cents
    await control("POST", "/purchases", {"card": card, "amount_in_cents": 300})
    await control("POST", "/purchases", {"card": card, "amount_in_cents": 100, "refund": True})
    assert sandbox.account("Groceries").cents == before - 200
    assert (await control("POST", "/refresh", {})).status == 200
    assert (await control("POST", "/latency", {"seconds": 0.001})).json == {"seconds": 0.001}


@pytest.mark.parametrize(
    ("call", "body", "status", "complaint"),
    [
        ("GET /nothing", None, 404, "unknown control call"),
        ("POST /clock", {"advance": -1}, 400, "cannot go back"),
        ("POST /clock", {"advance": "1"}, 400, "advance: must be a number"),
        ("POST /clock", {"seconds": 1}, 400, "seconds: is not a known field"),
        ("POST /clock", b"{", 400, "the body is not valid JSON"),
        ("POST /faults", {"fault": {"kind": "fire"}}, 400, "fault.kind: must be one of"),
        ("POST /faults", {"fault": {"kind": "drop", "when": 1}}, 400, "fault.when: is not a known field"),
        ("POST /faults", {"fault": {"kind": "status"}}, 400, "status"),
        ("POST /faults", {"fault": {"kind": "drop"}, "route": "noSuch"}, 400, "must be an operation ID"),
        ("POST /deposits", {"account": "Nobody", "amount_in_cents": 5}, 404, "Nobody"),
        ("POST /deposits", {"account": "Taxes", "amount_in_cents": 0}, 400, "at least 1"),
        ("POST /transfers/none/approve", None, 404, "none"),
        ("POST /rules/none/enable", None, 404, "none"),
        ("POST /rules", {"trigger": {"type": "MANUAL"}}, 400, "steps: is required"),
        ("POST /keys", {"scopes": ["FLY"]}, 400, "'FLY' is not a scope"),
        ("POST /keys/revoke", {"secret": "none"}, 404, "no API key has this secret"),
    ],
)
async def test_what_is_wrong_is_said(apis: dict[str, Wire], call: str, body: Any, status: int, complaint: str) -> None:
    reply = await apis["control"](*call.split(), body)
    assert reply.status == status
    assert complaint in reply.json["error"]
