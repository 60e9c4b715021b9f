"""RemoteClient: what is wrong is refused before anything is sent, and what is not documented is an error with its place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from remote_payloads import RULES, SECRET, TOKEN, account, accounts, client, refused, triggered
from scripted_server import ScriptedServer, answer
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.operations.remote import LIST_ACCOUNTS, TRIGGER_RULE
from sequence_async.operations.v1 import GET_ACCOUNT

# Construction


def test_a_client_needs_a_credential_and_says_which() -> None:
    with pytest.raises(sa.ConfigurationError, match=r"SEQUENCE_ACCESS_TOKEN.*rule_secrets"):
        sa.RemoteClient()
    with pytest.raises(sa.ConfigurationError, match="access_token and rule_secrets are missing"):
        sa.RemoteClient(rule_secrets={})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"access_token": ""}, "access_token must not be empty"),
        ({"access_token": "line\nbreak"}, "access_token must contain only ASCII"),
        ({"access_token": 5}, "access_token must be a str"),
        ({"rule_secrets": [("ru_1", "s")]}, "rule_secrets must be a mapping"),
        ({"rule_secrets": "ru_1"}, "rule_secrets must be a mapping"),
        ({"rule_secrets": {"ru_1": "a\nb"}}, "rule_secrets.* must contain only ASCII"),
        ({"rule_secrets": {"ru_1": ""}}, "rule_secrets.* must not be empty"),
        ({"rule_secrets": {"ru_1": None}}, "rule_secrets.* must be a str"),
        ({"rule_secrets": {"": "s"}}, "rule_id must not be empty"),
        ({"rule_secrets": {"a/b": "s"}}, "rule_id must not contain a slash"),
        ({"rule_secrets": {5: "s"}}, "rule_id must be a str"),
        ({"trigger_prefix": "/other"}, "trigger_prefix must be"),
        ({"trigger_prefix": None}, "trigger_prefix must be"),
        ({"base_url": "http://api.getsequence.io"}, "must use https"),
        ({"rate_limit": 5}, "rate_limit must be"),
        ({"preview": {"createRule"}}, "is not an operation ID"),
    ],
)
def test_a_wrong_argument_is_refused_at_construction(options: dict[str, Any], words: str) -> None:
    with pytest.raises(sa.ConfigurationError, match=words):
        sa.RemoteClient(**{"access_token": TOKEN, **options})


def test_the_environment_is_read_and_an_argument_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQUENCE_ACCESS_TOKEN", "two words")
    monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", "https://example.com/remote/")
    with pytest.raises(
        sa.ConfigurationError, match="SEQUENCE_ACCESS_TOKEN must contain only ASCII characters, without white space"
    ):
        sa.RemoteClient()
    assert "https://example.com/remote " in repr(sa.RemoteClient(TOKEN))
    assert "https://other.example.com " in repr(sa.RemoteClient(TOKEN, base_url="https://other.example.com"))
    monkeypatch.delenv("SEQUENCE_REMOTE_BASE_URL")
    assert "https://api.getsequence.io " in repr(sa.RemoteClient(TOKEN))


# Calls


@virtual_time
async def test_without_a_token_accounts_are_refused_and_rules_run() -> None:
    async with ScriptedServer(triggered()) as server, client(server, access_token=None) as remote:
        for call in (remote.accounts.list, remote.balances.snapshot, lambda: remote.call(LIST_ACCOUNTS)):
            with pytest.raises(sa.ConfigurationError, match=r"SEQUENCE_ACCESS_TOKEN"):
                await call()
        with pytest.raises(sa.ConfigurationError):
            async for _ in remote.balances.watch():
                pass
        await remote.rules.trigger("ru_12345")
        assert len(server.requests) == 1


@virtual_time
async def test_a_rule_without_a_secret_is_refused_before_any_io() -> None:
    async with ScriptedServer(triggered()) as server, client(server, rule_secrets=None) as remote:
        with pytest.raises(sa.ConfigurationError, match="no secret for the rule 'ru_1'"):
            await remote.rules.trigger("ru_1")
        with pytest.raises(sa.ConfigurationError, match="no secret for the rule 'ru_1'"):
            await remote.call(TRIGGER_RULE, path={"ruleId": "ru_1"})
        assert not server.requests


LOOP: dict[str, Any] = {}
LOOP["loop"] = LOOP
DEEP: Any = {}
for _ in range(100_000):
    DEEP = {"deeper": DEEP}


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (("",), {}, "rule_id must not be empty"),
        ((".",), {}, r'must not be "\." or "\.\."'),
        (("..",), {}, r'must not be "\." or "\.\."'),
        (("ru/12345",), {}, "rule_id must not contain a slash"),
        (("../accounts",), {}, "rule_id must not contain a slash"),
        (("..\\accounts",), {}, "rule_id must not contain a slash"),
        (("ru_1\r\nX-Evil: 1",), {}, "control character"),
        ((12345,), {}, "rule_id must be a str"),
        ((None,), {}, "rule_id must be a str"),
        (("ru_12345", []), {}, "payload must be a JSON object"),
        (("ru_12345", [("a", 1)]), {}, "payload must be a JSON object"),
        (("ru_12345", "{}"), {}, "payload must be a JSON object"),
        (("ru_12345", b"{}"), {}, "payload must be a JSON object"),
        (("ru_12345", 5), {}, "payload must be a JSON object"),
        (("ru_12345", False), {}, "payload must be a JSON object"),
        (("ru_12345", {"a": {"b": object()}}), {}, r"body\.a\.b must be a JSON value, not object"),
        (("ru_12345", {"a": [1, {1, 2}]}), {}, r"body\.a\[1\] must be a JSON value, not set"),
        (("ru_12345", {"a": float("nan")}), {}, r"body\.a must be a finite number"),
        (("ru_12345", {"a": 2**64}), {}, r"body\.a must fit in 64 bits"),
        (("ru_12345", {"a": "\ud800"}), {}, r"body\.a must be a JSON value"),
        (("ru_12345", {1: "a"}), {}, "body must have only str as keys"),
        (("ru_12345", {"a": MappingProxyType({})}), {}, "a mapping that is not a dict"),
        (("ru_12345", LOOP), {}, "nested too deeply"),
        (("ru_12345", DEEP), {}, "nested too deeply"),
        (("ru_12345",), {"secret": "line\nbreak"}, "secret must contain only ASCII"),
        (("ru_12345",), {"secret": "line\r\nX-Evil: 1"}, "secret must contain only ASCII"),
        (("ru_12345",), {"secret": ""}, "secret must not be empty"),
        (("ru_12345",), {"secret": 5}, "secret must be a str"),
        (("ru_12345",), {"idempotency_key": "x" * 37}, "idempotency_key"),
        (("ru_12345",), {"idempotency_key": "a\nb"}, "idempotency_key"),
    ],
    ids=lambda value: repr(value)[:40] if not isinstance(value, tuple) or DEEP not in value else "deep",
)
@virtual_time
async def test_a_trigger_is_refused_before_any_io(arguments: Any, options: Any, words: str) -> None:
    async with ScriptedServer(triggered()) as server, client(server) as remote:
        with pytest.raises(sa.ArgumentError, match=words) as caught:
            await remote.rules.trigger(*arguments, **options)
        assert isinstance(caught.value, ValueError)
        assert not server.requests


@virtual_time
async def test_a_call_one_level_down_is_refused_in_the_same_way() -> None:
    async with ScriptedServer(triggered()) as server, client(server) as remote:
        for options, words in [
            ({"path": {"ruleId": "ru/12345"}}, "slash"),
            ({"path": {}}, "rule_id"),
            ({"path": None}, "rule_id"),
            ({"path": {"ruleId": "ru_12345"}, "body": [1]}, "JSON object"),
        ]:
            with pytest.raises(sa.ArgumentError, match=words):
                await remote.call(TRIGGER_RULE, **options)
        with pytest.raises(sa.ArgumentError, match="takes no idempotency_key"):
            await remote.call(LIST_ACCOUNTS, idempotency_key="k")
        with pytest.raises(sa.ArgumentError, match=r"operations\.remote"):
            await remote.call(GET_ACCOUNT, path={"id": "a"})
        assert not server.requests


# Answers


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", "is not JSON"),
        (b"<html>", "is not JSON"),
        (b"\xff\xfe{\x00}\x00", "is not JSON"),
        (b'{"data": {"accounts": [], "x": NaN}}', "is not JSON"),
        (b'{"data": {"accounts": [], "x": 1e99999999999999999999}}', "is not JSON"),
        (b'{"data": {"accounts": [], "x": "\\ud800"}', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", r"\$ should be an object"),
        (b"{}", r"\$\.data is missing"),
        (b'{"accounts": []}', r"\$\.data is missing"),
        (b'{"data": null}', r"\$\.data should be an object"),
        (b'{"data": []}', r"\$\.data should be an object"),
        (b'{"data": {}}', r"\$\.data\.accounts is missing"),
        (b'{"data": {"errors": []}}', r"\$\.data\.accounts is missing"),
        (b'{"data": {"accounts": {}}}', r"\$\.data\.accounts should be an array"),
        (b'{"data": {"balances": {}}}', r"\$\.data\.balances should be an array"),
        (b'{"data": {"accounts": [], "errors": "x"}}', r"\$\.data\.errors should be an array"),
        (b'{"data": {"accounts": [], "errors": [5]}}', r"\$\.data\.errors\[0\] should be text"),
        (accounts(account(), "5").payload.partition(b"\r\n\r\n")[2], r"\$\.data\.accounts\[1\] should be an object"),
        (
            accounts(account(), '{"id": "1"}').payload.partition(b"\r\n\r\n")[2],
            r"\$\.data\.accounts\[1\]\.name is missing",
        ),
        (
            accounts('{"id": 5, "name": "n", "balance": {"amountInDollars": 1}, "type": "Pod"}').payload.partition(
                b"\r\n\r\n"
            )[2],
            r"\$\.data\.accounts\[0\]\.id should be text",
        ),
        (
            accounts('{"id": "5", "name": "n", "balance": {"error": null}, "type": "Pod"}').payload.partition(
                b"\r\n\r\n"
            )[2],
            r"\$\.data\.accounts\[0\]\.balance\.amountInDollars is missing",
        ),
        (
            accounts(account(), '{"id": "5", "name": "n"}', member="balances").payload.partition(b"\r\n\r\n")[2],
            r"\$\.data\.balances\[1\]\.balance is missing",
        ),
    ],
    ids=range(23),
)
@virtual_time
async def test_accounts_that_are_not_as_documented(body: bytes, place: str) -> None:
    async with ScriptedServer(answer(200, body)) as server, client(server) as remote:
        with pytest.raises(sa.DecodeError, match=place) as caught:
            await remote.accounts.list()
        assert (caught.value.operation, caught.value.in_doubt, caught.value.attempts) == ("listAccounts", False, 1)
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", "is not JSON"),
        (b"{}", r"\$\.data is missing"),
        (b'{"message": "Rule with id ru_12345 has been triggered"}', r"\$\.data is missing"),
        (b'{"code": "RULE_DISABLED", "message": "No"}', r"\$\.data is missing"),
        (b'{"data": "b28f"}', r"\$\.data should be an object"),
        (b'{"data": {"requestId": 5}}', r"\$\.data\.requestId should be text"),
        (b'{"data": {}, "requestId": 5}', r"\$\.requestId should be text"),
        (b'{"data": {}, "message": ["x"]}', r"\$\.message should be text"),
        (b'{"data": {}, "code": ["x"], "message": {}}', r"\$\.message should be text"),
    ],
    ids=range(9),
)
@virtual_time
async def test_a_trigger_that_is_not_answered_as_documented_is_in_doubt(body: bytes, place: str) -> None:
    async with ScriptedServer(answer(200, body)) as server, client(server) as remote:
        with pytest.raises(sa.DecodeError, match=place) as caught:
            await remote.rules.trigger("ru_12345", idempotency_key="mine")
        assert (caught.value.operation, caught.value.in_doubt) == ("triggerRule", True)
        assert caught.value.idempotency_key == "mine"
        assert len(server.requests) == 1


@pytest.mark.parametrize("code", ["INVALID_API_SECRET", "INVALID_REQUEST"])
@pytest.mark.parametrize("more", [{}, {"data": {"requestId": "r"}}, {"requestId": "r"}])
@virtual_time
async def test_an_error_that_calls_itself_a_success_is_none(code: str, more: Mapping[str, Any]) -> None:
    step = answer(200, {"code": code, "message": "Unauthorized", **more})
    async with ScriptedServer(step) as server, client(server) as remote:
        with pytest.raises(sa.APIError) as caught:
            await remote.rules.trigger("ru_12345")
        assert (caught.value.status, caught.value.code, caught.value.in_doubt) == (200, code, True)
        assert caught.value.request_id == ("r" if more else None)


ERRORS = {
    "INVALID_API_SECRET": (401, sa.UnauthorizedError),
    "INVALID_ACCESS_TOKEN": (401, sa.UnauthorizedError),
    "INVALID_REQUEST": (400, sa.BadRequestError),
    "TOO_MANY_REQUESTS": (429, sa.RateLimitedError),
    "UNEXPECTED_ERROR": (500, sa.ServerError),
}


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("status", [None, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503])
@virtual_time
async def test_a_flat_error_is_the_error_of_its_code_whatever_its_status(code: str, status: int | None) -> None:
    documented, kind = ERRORS[code]
    step = refused(status or documented, code, "Some words", headers={"Retry-After": "7"})
    async with ScriptedServer(step) as server, client(server, max_attempts=1) as remote:
        with pytest.raises(kind) as caught:
            await remote.rules.trigger("ru_12345")
    error = caught.value
    assert isinstance(error, sa.APIError)
    assert (error.status, error.code, error.message) == (status or documented, code, "Some words")
    assert "Some words" in str(error)
    assert error.in_doubt is ((status or 0) >= 500 or code == "UNEXPECTED_ERROR")
    assert getattr(error, "retry_after", 7.0) == 7.0


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (403, b'{"code": "SOMETHING_NEW", "message": "No"}', sa.ForbiddenError, "SOMETHING_NEW"),
        (400, b'{"message": "No"}', sa.BadRequestError, None),
        (401, b"", sa.UnauthorizedError, None),
        (404, b"Not Found", sa.NotFoundError, None),
        (405, b"<html>", sa.APIError, None),
        (502, b'{"code": 5, "message": ["x"]}', sa.ServerError, None),
        (500, b'[{"code": "INVALID_REQUEST"}]', sa.ServerError, None),
    ],
)
@virtual_time
async def test_any_other_error_is_that_of_its_status(
    status: int, body: bytes, kind: type[sa.APIError], code: str | None
) -> None:
    async with ScriptedServer(answer(status, body)) as server, client(server, max_attempts=1) as remote:
        with pytest.raises(kind) as caught:
            await remote.rules.trigger("ru_12345")
        assert type(caught.value) is kind
        assert (caught.value.status, caught.value.code) == (status, code)


@virtual_time
async def test_a_401_says_which_credential_belongs_where() -> None:
    async with ScriptedServer(refused(401, "INVALID_ACCESS_TOKEN")) as server:
        async with client(server, access_token="sk_1234") as remote:
            with pytest.raises(sa.UnauthorizedError, match="PlatformClient"):
                await remote.accounts.list()
        async with client(server) as remote:
            with pytest.raises(sa.UnauthorizedError, match="for a trigger the secret of that rule"):
                await remote.rules.trigger("ru_12345")


def test_the_planted_secrets_are_the_clients() -> None:
    assert RULES["ru_12345"] == SECRET
