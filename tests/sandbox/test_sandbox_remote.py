"""The Remote API as the sandbox speaks it, and the question that it asks other servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sandbox_http import Wire, wires

from sequence_async.sandbox import Sandbox, faults
from sequence_async.sandbox.apis.remote import dollars


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="remote", remote_trigger_limit=(5, 60.0), amount_seconds=0.3) as sandbox:
        yield sandbox


@pytest.fixture
async def remote(sandbox: Sandbox) -> AsyncIterator[Wire]:
    async with wires(sandbox) as apis:
        yield apis["remote"]


def rule_of(sandbox: Sandbox, name: str) -> tuple[str, dict[str, str]]:
    rule_id = next(rule.id for rule in sandbox.rules.values() if rule.name == name)
    return rule_id, {"x_sequence_signature": f"Bearer {sandbox.rule_secret(rule_id)}"}


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (2_534_277, b"25342.77"),
        (13_790, b"137.9"),
        (1_020_000, b"10200"),
        (10, b"0.1"),
        (7, b"0.07"),
        (0, b"0"),
        (-5, b"-0.05"),
    ],
)
def test_dollars_are_exact_decimal_text(cents: int, text: bytes) -> None:
    assert orjson.dumps(dollars(cents)) == text


async def test_accounts(sandbox: Sandbox, remote: Wire) -> None:
    reply = await remote("POST", "/accounts", {})
    assert (reply.status, reply.json["message"]) == (200, "OK")
    assert reply.json["requestId"]
    listed = {one["name"]: one for one in reply.data["accounts"]}
    assert len(listed) == len(sandbox.accounts)
    assert {one["type"] for one in listed.values()} == {"Pod", "Income Source", "Account"}
    assert listed["Taxes"]["id"].isdigit()
    assert sandbox.accounts[listed["Taxes"]["id"]].name == "Taxes"
    unread = [one["balance"] for one in listed.values() if one["balance"]["amountInDollars"] is None]
    assert unread == [{"amountInDollars": None, "error": "DISCONNECTED_ACCOUNT"}]
    assert reply.data["errors"] == ["DISCONNECTED_ACCOUNT"]


async def test_a_wrong_token(remote: Wire) -> None:
    for token in ("", "Bearer wrong", "wrong"):
        reply = await remote("POST", "/accounts", {}, x_sequence_access_token=token)
        assert (reply.status, reply.json) == (401, {"code": "INVALID_ACCESS_TOKEN", "message": "Unauthorized"})


@pytest.mark.parametrize("prefix", ["", "/remote-api"])
async def test_triggering_a_rule(sandbox: Sandbox, remote: Wire, prefix: str) -> None:
    rule_id, secret = rule_of(sandbox, "Refill the agent")
    reply = await remote("POST", f"{prefix}/rules/{rule_id}/trigger", {"anything": [1]}, **secret)
    assert (reply.status, reply.json["code"]) == (200, "OK")
    assert reply.json["message"] == f"Rule with id {rule_id} has been triggered"
    assert sandbox.effects(reply.data["requestId"]) == (sandbox.rules[rule_id].executions[0].id,)
    sandbox.clock.advance(3)
    assert [one.trigger_type for one in sandbox.rules[rule_id].executions] == ["REMOTE_API"]
    assert sandbox.rules[rule_id].executions[0].status == "EXECUTED"


async def test_a_rule_in_test_mode_does_nothing_and_says_so(sandbox: Sandbox, remote: Wire) -> None:
    rule_id, secret = rule_of(sandbox, "Try out the sweep")
    reply = await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret)
    assert reply.status == 200
    assert "test mode" in reply.json["message"]
    sandbox.clock.advance(3)
    assert sandbox.rules[rule_id].executions == []


async def test_triggers_that_are_refused(sandbox: Sandbox, remote: Wire) -> None:
    rule_id, secret = rule_of(sandbox, "Refill the agent")
    other = rule_of(sandbox, "Move to savings")[1]
    invalid = {"code": "INVALID_REQUEST", "message": "Invalid request"}
    unauthorized = {"code": "INVALID_API_SECRET", "message": "Unauthorized"}
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {})).json == unauthorized
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {}, **other)).json == unauthorized
    unknown = await remote("POST", "/rules/ru_12345/trigger", {}, **secret)
    assert (unknown.status, unknown.json) == (400, invalid)
    closed = next(rule.id for rule in sandbox.rules.values() if rule.secret is None)
    assert (await remote("POST", f"/rules/{closed}/trigger", {}, **secret)).json == invalid
    assert (await remote("POST", f"/rules/{rule_id}/trigger", b"[]", **secret)).json == invalid
    sandbox.disable_rule(rule_id)
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret)).json == invalid
    with pytest.raises(KeyError):
        sandbox.rule_secret(closed)


async def test_each_rule_has_a_limit_of_its_own(sandbox: Sandbox, remote: Wire) -> None:
    rule_id, secret = rule_of(sandbox, "Refill the agent")
    other_id, other = rule_of(sandbox, "Move to savings")
    replies = [await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret) for _ in range(6)]
    assert [one.status for one in replies] == [200] * 5 + [429]
    assert replies[-1].json == {
        "code": "TOO_MANY_REQUESTS",
        "message": f"Rule with id {rule_id} has been triggered too many times. Please try again later.",
    }
    assert (await remote("POST", f"/rules/{other_id}/trigger", {}, **other)).status == 200
    sandbox.clock.advance(int(replies[-1].headers["Retry-After"]))
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret)).status == 200


async def test_the_same_key_triggers_a_rule_once(sandbox: Sandbox, remote: Wire) -> None:
    rule_id, secret = rule_of(sandbox, "Refill the agent")
    other_id, other = rule_of(sandbox, "Move to savings")
    first = await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret, idempotency_key="once")
    again = await remote("POST", f"/rules/{rule_id}/trigger", {"more": 1}, **secret, idempotency_key="once")
    assert first.body == again.body
    await remote("POST", f"/rules/{other_id}/trigger", {}, **other, idempotency_key="once")
    assert len(sandbox.rules[rule_id].executions) == 1
    assert len(sandbox.effects("once")) == 2
    sandbox.clock.advance(86_401)
    await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret, idempotency_key="once")
    assert len(sandbox.rules[rule_id].executions) == 2


async def test_a_trigger_that_is_dropped_after_its_effect_is_not_repeated(sandbox: Sandbox, remote: Wire) -> None:
    rule_id, secret = rule_of(sandbox, "Refill the agent")
    sandbox.fail_next("remote.triggerRule", 1, faults.Drop(after_effect=True))
    with pytest.raises(Exception, match="disconnected"):
        await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret, idempotency_key="k")
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret, idempotency_key="k")).status == 200
    assert len(sandbox.effects("k")) == 1


async def test_other_methods_and_paths(remote: Wire) -> None:
    assert (await remote("GET", "/accounts")).status == 405
    assert (await remote("POST", "/pods", {})).status == 404


class AmountService:
    """A server that says how much to move."""

    def __init__(self) -> None:
        self.answer: Any = {"amountInCents": 2_500}
        self.status = 200
        self.content_type = "application/json"
        self.delay = 0.0
        self.bodies: list[bytes] = []

    async def give(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        await asyncio.sleep(self.delay)
        if isinstance(self.answer, str):
            return web.Response(text=self.answer, status=self.status, content_type=self.content_type)
        return web.json_response(self.answer, status=self.status, content_type=self.content_type)


@pytest.fixture
async def service() -> AsyncIterator[tuple[AmountService, str]]:
    service = AmountService()
    app = web.Application()
    app.router.add_post("/amount", service.give)
    server = TestServer(app)
    await server.start_server()
    yield service, str(server.make_url("/amount"))
    await server.close()


def asking_rule(sandbox: Sandbox, url: str) -> str:
    action = {"type": "query_remote_api", "source": "Main Operating", "destination": "Taxes", "url": url}
    more = {
        "type": "fixed_amount",
        "source": "Main Operating",
        "destination": "Groceries",
        "amount_in_cents": 300,
        "group_index": 1,
    }
    rule = sandbox.add_rule(
        {"nickname": "Ask", "remote": True, "trigger": {"type": "MANUAL"}, "steps": [{"actions": [action, more]}]}
    )
    return rule.id


async def ask(sandbox: Sandbox, remote: Wire, url: str) -> Any:
    rule_id = asking_rule(sandbox, url)
    secret = {"x_sequence_signature": f"Bearer {sandbox.rule_secret(rule_id)}"}
    assert (await remote("POST", f"/rules/{rule_id}/trigger", {}, **secret)).status == 200
    sandbox.clock.advance(1)
    await sandbox.idle()
    sandbox.clock.advance(2)
    return sandbox.rules[rule_id].executions[0]


async def test_the_round_trip_moves_the_amount_that_was_answered(sandbox: Sandbox, remote: Wire, service: Any) -> None:
    amount_queries, url = service
    execution = await ask(sandbox, remote, f"{url}?pod=Taxes")
    assert [one.amount_in_cents for one in execution.transfers] == [2_500, 300]
    assert execution.status == "EXECUTED"
    assert amount_queries.bodies == [b"{}"]
    assert [(one.url, one.amount_in_cents, one.problem) for one in sandbox.amount_queries] == [
        (f"{url}?pod=Taxes", 2_500, None)
    ]


async def test_an_answer_of_zero_moves_nothing_and_is_no_failure(sandbox: Sandbox, remote: Wire, service: Any) -> None:
    amount_queries, url = service
    amount_queries.answer = {"amountInCents": 0}
    execution = await ask(sandbox, remote, url)
    assert [one.amount_in_cents for one in execution.transfers] == [300]
    assert execution.status == "EXECUTED"


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        ({"amountInCents": -1}, (200, "application/json", 0)),
        ({"amountInCents": 10.0}, (200, "application/json", 0)),
        ({"amountInCents": True}, (200, "application/json", 0)),
        ({"amountInCents": "100"}, (200, "application/json", 0)),
        ({"amount": 100}, (200, "application/json", 0)),
        ([100], (200, "application/json", 0)),
        ("{", (200, "application/json", 0)),
        ({"amountInCents": 100}, (201, "application/json", 0)),
        ({"amountInCents": 100}, (500, "application/json", 0)),
        ({"amountInCents": 100}, (200, "text/plain", 0)),
        ({"amountInCents": 100}, (200, "application/json", 2)),
    ],
)
async def test_an_answer_that_cannot_be_used_fails_the_action_and_stops_the_rest(
    sandbox: Sandbox, remote: Wire, service: Any, answer: Any, how: tuple[int, str, float]
) -> None:
    amount_queries, url = service
    amount_queries.answer = answer
    amount_queries.status, amount_queries.content_type, amount_queries.delay = how
    execution = await ask(sandbox, remote, url)
    assert (execution.status, execution.transfers) == ("FAILED", [])
    assert execution.error_message == "REMOTE_AMOUNT_UNAVAILABLE"
    assert sandbox.amount_queries[0].problem


async def test_a_server_that_is_not_there_fails_the_action(sandbox: Sandbox, remote: Wire) -> None:
    execution = await ask(sandbox, remote, "http://127.0.0.1:9/amount")
    assert (execution.status, sandbox.amount_queries[0].problem) == ("FAILED", "ClientConnectorError")


async def test_a_question_survives_a_restart(sandbox: Sandbox, remote: Wire, service: Any) -> None:
    amount_queries, url = service
    amount_queries.delay = 0.15
    rule_id = asking_rule(sandbox, url)
    execution = sandbox.world.executions.start(sandbox.rules[rule_id], "MANUAL")
    sandbox.clock.advance(1)
    await asyncio.sleep(0.05)
    await sandbox.stop()
    assert execution.status == "IN_PROGRESS"
    await sandbox.start()
    await sandbox.idle()
    sandbox.clock.advance(2)
    assert execution.status == "EXECUTED"
    assert len(amount_queries.bodies) == 2
