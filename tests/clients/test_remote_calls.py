"""RemoteClient on the wire: which credential goes where, which path, which key, what is repeated, and what a 429 holds up."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from remote_payloads import OTHER, RULES, SECRET, TOKEN, account, accounts, client, refused, triggered
from scripted_server import Request, ScriptedServer, Step, answer, drop, hang
from secret_scan import assert_clean, shown_by
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.models.remote import AccountsSnapshot, RemoteAccountType, TriggeredRule
from sequence_async.operations.remote import LIST_ACCOUNTS, TRIGGER_RULE

CREDENTIALS = {"authorization", "x-sequence-access-token", "x-sequence-signature"}


def credentials(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name in CREDENTIALS}


# Credentials and paths


@pytest.mark.parametrize("borrowed", [False, True])
@virtual_time
async def test_each_request_carries_its_own_credential_and_no_other(borrowed: bool) -> None:
    session = aiohttp.ClientSession() if borrowed else None
    async with ScriptedServer(accounts(), triggered()) as server, client(server, session=session) as remote:
        await remote.accounts.list()
        await remote.rules.trigger("ru_12345")
        await remote.rules.trigger("ru_6")
        await remote.rules.trigger("ru_12345", secret="rs_given")
        await remote.rules.trigger("ru_unknown", secret="rs_given")
        await remote.call(TRIGGER_RULE, path={"ruleId": "ru_6"})
    if session is not None:
        assert not session.headers
        await session.close()
    assert [credentials(request) for request in server.requests] == [
        {"x-sequence-access-token": f"Bearer {TOKEN}"},
        {"x-sequence-signature": f"Bearer {SECRET}"},
        {"x-sequence-signature": f"Bearer {OTHER}"},
        {"x-sequence-signature": "Bearer rs_given"},
        {"x-sequence-signature": "Bearer rs_given"},
        {"x-sequence-signature": f"Bearer {OTHER}"},
    ]
    for request in server.requests:
        assert request.method == "POST"
        assert request.headers["content-type"] == "application/json"
        assert request.headers["user-agent"].startswith("sequence-async/")
        assert request.json() == {}


@virtual_time
async def test_the_environment_gives_the_token_and_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer(accounts()) as server:
        monkeypatch.setenv("SEQUENCE_ACCESS_TOKEN", "at_environment")
        monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", f"{server.origin}/")
        async with sa.RemoteClient() as remote:
            await remote.accounts.list()
        assert server.requests[0].headers["x-sequence-access-token"] == "Bearer at_environment"
        assert server.requests[0].target == "/accounts"


@pytest.mark.parametrize("prefix", ["", "/remote-api"])
@virtual_time
async def test_the_prefix_chooses_the_path_of_a_trigger_and_of_nothing_else(prefix: str) -> None:
    async with ScriptedServer(accounts(), triggered()) as server, client(server, trigger_prefix=prefix) as remote:
        await remote.accounts.list()
        await remote.rules.trigger("ru_12345")
        await remote.with_options(timeout=5).call(TRIGGER_RULE, path={"ruleId": "ru_6"})
        assert [request.target for request in server.requests] == [
            "/accounts",
            f"{prefix}/rules/ru_12345/trigger",
            f"{prefix}/rules/ru_6/trigger",
        ]


@pytest.mark.parametrize(
    ("rule_id", "target"),
    [
        ("ru 1?x=2#y", "/rules/ru%201%3Fx%3D2%23y/trigger"),
        ("ru%2F1", "/rules/ru%252F1/trigger"),
        ("règle", "/rules/r%C3%A8gle/trigger"),
        ("...", "/rules/.../trigger"),
    ],
)
@virtual_time
async def test_an_odd_id_stays_one_segment_of_the_path(rule_id: str, target: str) -> None:
    async with ScriptedServer(triggered()) as server, client(server) as remote:
        await remote.rules.trigger(rule_id, secret="s")
        assert server.requests[0].target == target


# Triggers


@pytest.mark.parametrize(
    ("body", "request_id", "message", "test_mode"),
    [
        ({"code": "OK", "message": "Rule with id ru_12345 has been triggered", "data": {"requestId": "in"}}, "in", "Rule with id ru_12345 has been triggered", False),
        ({"message": "triggered (test mode)", "requestId": "top", "data": {}}, "top", "triggered (test mode)", True),
        ({"message": "Triggered in TEST-MODE.", "requestId": "top", "data": {"requestId": "in"}}, "in", "Triggered in TEST-MODE.", True),
        ({"message": "A testMode trigger", "data": {"requestId": None}, "requestId": "top"}, "top", "A testMode trigger", True),
        ({"message": "Rule with id test-mode has been triggered", "data": {}}, None, "Rule with id test-mode has been triggered", False),
        ({"message": "Rule with id test-mode has been triggered in test mode", "data": {}}, None, "Rule with id test-mode has been triggered in test mode", True),
        ({"data": {"requestId": "in", "new": 5}, "new": [1]}, "in", None, False),
        ({"message": None, "data": {}}, None, None, False),
        ({"message": "The latest model works", "data": {}}, None, "The latest model works", False),
    ],
    ids=range(9),
)  # fmt: skip
@virtual_time
async def test_a_trigger_gives_its_id_its_message_and_whether_it_was_only_a_test(
    body: Any, request_id: str | None, message: str | None, test_mode: bool
) -> None:
    async with ScriptedServer(answer(200, body)) as server, client(server) as remote:
        done = await remote.rules.trigger("ru_12345")
        assert done == TriggeredRule(request_id=request_id, message=message)
        assert done.test_mode is test_mode
        response = await remote.call(TRIGGER_RULE, path={"ruleId": "ru_12345"}, idempotency_key="k")
        assert response.data == done
        assert response.request_id == (body.get("requestId") or request_id)
        assert response.idempotency_key == "k"


@virtual_time
async def test_a_payload_is_sent_as_it_is() -> None:
    payload = {"amount": 5, "text": "ü", "list": [1, (2, 3)], "deep": {"a": None}, "yes": True, "half": 0.5}
    async with ScriptedServer(triggered()) as server, client(server) as remote:
        await remote.rules.trigger("ru_12345", payload)
        await remote.rules.trigger("ru_12345", {})
        await remote.rules.trigger("ru_12345", None)
        assert server.requests[0].json() == {**payload, "list": [1, [2, 3]]}
        assert [request.body for request in server.requests[1:]] == [b"{}", b"{}"]


@virtual_time
async def test_every_attempt_of_a_trigger_carries_the_same_key() -> None:
    steps = (drop(), refused(500, "UNEXPECTED_ERROR"), refused(429, "TOO_MANY_REQUESTS"), triggered())
    async with ScriptedServer(*steps) as server, client(server) as remote:
        await remote.rules.trigger("ru_12345", idempotency_key="payday-2026-11")
        assert server.keys() == ["payday-2026-11"] * 4
        await remote.rules.trigger("ru_12345")
        await remote.rules.trigger("ru_12345")
        one, two = server.keys()[4:]
        assert UUID(one).version == UUID(two).version == 4
        assert one != two


@pytest.mark.parametrize(
    ("step", "kind", "in_doubt"),
    [
        (drop(), sa.ConnectionFailedError, True),
        (hang(), sa.TimedOutError, True),
        (refused(500, "UNEXPECTED_ERROR"), sa.ServerError, True),
        (refused(401, "INVALID_API_SECRET"), sa.UnauthorizedError, False),
        (refused(400, "INVALID_REQUEST"), sa.BadRequestError, False),
        (refused(429, "TOO_MANY_REQUESTS"), sa.RateLimitedError, False),
    ],
)
@virtual_time
async def test_a_failed_trigger_says_whether_the_rule_may_run(
    step: Step, kind: type[sa.SequenceError], in_doubt: bool
) -> None:
    async with ScriptedServer(step) as server, client(server) as remote:
        with pytest.raises(kind) as caught:
            await remote.rules.trigger("ru_12345", idempotency_key="k")
        assert (caught.value.operation, caught.value.in_doubt, caught.value.idempotency_key) == (
            "triggerRule",
            in_doubt,
            "k",
        )


@virtual_time
async def test_doubt_survives_a_later_refusal() -> None:
    async with ScriptedServer(drop(), refused(401, "INVALID_API_SECRET")) as server, client(server) as remote:
        with pytest.raises(sa.UnauthorizedError) as caught:
            await remote.rules.trigger("ru_12345")
        assert (caught.value.in_doubt, caught.value.attempts) == (True, 2)


# Accounts


@virtual_time
async def test_accounts_errors_and_the_request_id_are_read() -> None:
    texts = (
        account(),
        account("Q4", "137.9", type="Account"),
        account("9", "null", error='"Disconnected"', type="Liability"),
    )
    async with ScriptedServer(accounts(*texts, errors='["first", "second"]')) as server, client(server) as remote:
        response = await remote.call(LIST_ACCOUNTS)
        snapshot = response.data
    assert response.request_id == "f1a2-top"
    assert isinstance(snapshot, AccountsSnapshot)
    assert snapshot.errors == ("first", "second")
    assert [one.id for one in snapshot.accounts] == ["5579244", "Q4", "9"]
    pod, external, liability = snapshot.accounts
    assert (pod.type, pod.balance.amount_in_dollars, pod.balance.amount_in_cents, pod.balance.error) == (
        RemoteAccountType.POD,
        Decimal("25342.77"),
        2534277,
        None,
    )
    assert (external.balance.amount_in_dollars, external.balance.amount_in_cents) == (Decimal("137.9"), 13790)
    assert (liability.type, liability.type.is_known) == ("Liability", False)
    assert (liability.balance.amount_in_dollars, liability.balance.amount_in_cents, liability.balance.error) == (
        None,
        None,
        "Disconnected",
    )


@pytest.mark.parametrize("body", [
    b'{"data": {"balances": [%s]}}',
    b'{"data": {"balances": [%s], "accounts": null, "errors": []}}',
    b'{"data": {"accounts": [%s], "balances": [5]}}',
])  # fmt: skip
@virtual_time
async def test_the_list_is_read_under_its_older_name_too(body: bytes) -> None:
    async with ScriptedServer(answer(200, body % account().encode())) as server, client(server) as remote:
        snapshot = await remote.accounts.list()
        assert [one.balance.amount_in_cents for one in snapshot.accounts] == [2534277]


@virtual_time
async def test_reading_accounts_is_a_read_for_all_that_it_is_a_post() -> None:
    events: list[sa.Event] = []
    steps = (drop(), answer(503), refused(500, "UNEXPECTED_ERROR"), accounts(account()))
    async with ScriptedServer(*steps) as server, client(server, on_event=events.append) as remote:
        assert len((await remote.accounts.list()).accounts) == 1
        assert server.keys() == [None] * 4
    (ended,) = [event for event in events if isinstance(event, sa.CallEvent)]
    assert (ended.attempts, ended.in_doubt, ended.idempotency_key) == (4, False, None)


@pytest.mark.parametrize("step", [drop(), hang(), answer(500), answer(200, b"{")])
@virtual_time
async def test_a_failed_read_is_never_in_doubt(step: Step) -> None:
    async with ScriptedServer(step) as server, client(server) as remote:
        with pytest.raises(sa.SequenceError) as caught:
            await remote.accounts.list()
        assert caught.value.in_doubt is False
        assert caught.value.idempotency_key is None


# Limits


def by_rule(slow: str) -> Any:
    """Refuse one rule for a minute, once; answer everything else."""
    seen: Counter[str] = Counter()

    def step(request: Request) -> Step:
        seen[request.path] += 1
        if slow in request.path and seen[request.path] == 1:
            return refused(429, "TOO_MANY_REQUESTS", "Please try again later.", headers={"Retry-After": "20"})
        return accounts(account()) if request.path == "/accounts" else triggered()

    return step


@virtual_time
async def test_a_429_of_one_rule_holds_up_that_rule_alone() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with ScriptedServer(by_rule("ru_12345")) as server, client(server) as remote:
        slow = asyncio.create_task(remote.rules.trigger("ru_12345"))
        await asyncio.sleep(1)
        again = asyncio.create_task(remote.rules.trigger("ru_12345"))
        await remote.rules.trigger("ru_6")
        await remote.rules.trigger("ru_7", secret=SECRET)
        await remote.accounts.list()
        assert loop.time() - began < 1.5
        await asyncio.gather(slow, again)
        assert loop.time() - began == pytest.approx(20, abs=0.5)
        assert [request.path for request in server.requests].count("/rules/ru_12345/trigger") == 3


@virtual_time
async def test_a_429_of_one_rule_holds_it_up_for_every_client_with_its_secret() -> None:
    loop = asyncio.get_running_loop()
    async with ScriptedServer(by_rule("ru_12345")) as server, client(server, max_attempts=1) as remote:
        with pytest.raises(sa.RateLimitedError):
            await remote.rules.trigger("ru_12345")
        with pytest.raises(sa.RateLimitedError) as caught:
            await remote.with_options(timeout=5).rules.trigger("ru_12345")
        assert (caught.value.attempts, caught.value.retry_after) == (0, pytest.approx(20, abs=0.5))
        async with client(server, access_token=None) as other:
            began = loop.time()
            await other.rules.trigger("ru_12345", secret=SECRET)
            assert loop.time() - began == pytest.approx(20, abs=0.5)


@virtual_time
async def test_a_429_of_the_accounts_does_not_hold_up_rules() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with ScriptedServer(by_rule("/accounts")) as server, client(server) as remote:
        reading = asyncio.create_task(remote.accounts.list())
        await asyncio.sleep(1)
        await remote.rules.trigger("ru_12345")
        assert loop.time() - began < 1.5
        await reading
        assert loop.time() - began == pytest.approx(20, abs=0.5)


@virtual_time
async def test_a_limit_of_ones_own_counts_each_rule_by_itself() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    limit = sa.RateLimit(2, per=10.0)
    async with ScriptedServer(by_rule("none")) as server, client(server, rate_limit=limit) as remote:
        for _ in range(2):
            await remote.rules.trigger("ru_12345")
            await remote.rules.trigger("ru_6")
            await remote.accounts.list()
        assert loop.time() - began < 0.5
        await remote.rules.trigger("ru_12345")
        assert loop.time() - began == pytest.approx(5, abs=0.5)


# Secrets


TROUBLES = {
    "dropped": drop(),
    "refused": refused(401, SECRET, f"The secrets {SECRET} and {TOKEN} are unknown."),
    "failing": answer(500, f"<html>{SECRET} {TOKEN}</html>".encode()),
    "garbage": answer(200, f"<html>{SECRET} {TOKEN}</html>".encode()),
    "undocumented": answer(200, {"data": {"requestId": [SECRET, TOKEN], "accounts": [SECRET, TOKEN]}}),
    "an error in a success": answer(200, {"code": "INVALID_REQUEST", "message": "no", "requestId": "r"}),
    "limited": refused(429, "TOO_MANY_REQUESTS", headers={"Retry-After": "100"}),
}


@pytest.mark.parametrize("name", TROUBLES)
@virtual_time
async def test_no_failure_shows_a_credential(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    events: list[sa.Event] = []
    async with ScriptedServer(TROUBLES[name]) as server:
        async with client(server, on_event=events.append) as remote:
            calls = [
                (remote.accounts.list, TOKEN),
                (lambda: remote.rules.trigger("ru_12345"), SECRET),
                (lambda: remote.rules.trigger("ru_12345", secret=SECRET), SECRET),
                (lambda: remote.call(TRIGGER_RULE, path={"ruleId": "ru_12345"}), SECRET),
            ]
            for call, sent in calls:
                with pytest.raises(sa.SequenceError) as caught:
                    await call()
                assert_clean(shown_by(caught.value), sent)
            shown = [remote, remote.accounts, remote.rules, remote.balances, remote._caller, remote._caller.shared]
            assert_clean([f"{one!r} {getattr(one, '__dict__', '')!r}" for one in shown], *RULES.values(), TOKEN)
    assert_clean([repr(event) for event in events], SECRET, TOKEN)
    assert_clean([record.getMessage() + repr(record.args) for record in caplog.records], SECRET, TOKEN)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "http://example.com"},
        {"timeout": -1},
        {"trigger_prefix": "/x"},
        {"access_token": TOKEN + "\n"},
        {"rule_secrets": {"ru_1": SECRET + "\n"}},
        {"rule_secrets": {"a/b": SECRET}},
        {"rule_secrets": [SECRET]},
        {"rule_secrets": SECRET},
        {"rule_secrets": {"ru_1": [SECRET]}},
    ],
)
def test_no_refused_construction_shows_a_credential(options: dict[str, Any]) -> None:
    with pytest.raises(sa.ConfigurationError) as caught:
        sa.RemoteClient(**{"access_token": TOKEN, "rule_secrets": RULES, **options})
    assert_clean(shown_by(caught.value), SECRET, TOKEN)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("a/b",), {}),
        (("",), {}),
        (("ru_1", 5), {}),
        (("ru_1",), {"secret": SECRET + "\n"}),
        (("ru_1",), {"idempotency_key": ""}),
    ],
)
@virtual_time
async def test_no_refused_argument_shows_a_credential(arguments: Any, options: Any) -> None:
    async with ScriptedServer(triggered()) as server, client(server) as remote:
        with pytest.raises(sa.ArgumentError) as caught:
            await remote.rules.trigger(*arguments, **{"secret": SECRET, **options})
        assert_clean(shown_by(caught.value), SECRET, TOKEN)
