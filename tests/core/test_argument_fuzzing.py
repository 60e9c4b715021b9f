"""Every argument of every public method, given what it cannot take: refused with an error of ours, and nothing is sent.

The methods are found by looking at the clients, so that a new one is tested without being named here.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted_server import ScriptedServer, data
from v1_payloads import transfer
from virtual_time import VirtualLoop, virtual_time

import sequence_async as sa

NOW = datetime.now(UTC)

GOOD: dict[str, Any] = {
    "account_id": "acc_1",
    "account_ids": ["acc_1"],
    "transfer_id": "txr_1",
    "rule_id": "rule_1",
    "execution_id": "rex_1",
    "card_id": "card_1",
    "source_account_id": "acc_1",
    "destination_account_id": "acc_2",
    "amount_in_cents": 500,
    "draft": {},
    "body": b"{}",
}

STRANGE: tuple[Any, ...] = (
    b"bytes",
    7,
    -1,
    0,
    1.5,
    float("nan"),
    True,
    "",
    "..",
    "a\r\nX-Injected: yes",
    "\x00",
    "\ud800",
    "x" * 100_000,
    [],
    [None],
    {"a": object()},
    {1, 2},
    object(),
    Decimal("1.5"),
    NOW.replace(tzinfo=None),
    datetime.min.replace(tzinfo=UTC),
    timedelta(1),
    len,
)


def clients(url: str) -> Iterator[Any]:
    options: Any = {"base_url": url, "preview": True, "timeout": 5.0}
    yield sa.SequenceClient("sk_test", **options)
    yield sa.PlatformClient("sk_test", **options)
    yield sa.RemoteClient("at_test", rule_secrets={"rule_1": "rs_1"}, **options)


def methods(client: Any) -> Iterator[tuple[str, Any]]:
    for resource_name, resource in vars(client).items():
        if resource_name.startswith("_"):
            continue
        for name, method in inspect.getmembers(resource, callable):
            if not name.startswith("_"):
                yield f"{type(client).__name__}.{resource_name}.{name}", method


def arguments(method: Any) -> Iterator[tuple[str, inspect.Parameter]]:
    yield from inspect.signature(method).parameters.items()


CASES = [
    (name, argument)
    for client in clients("http://127.0.0.1:1")
    for name, method in methods(client)
    for argument, _ in arguments(method)
]


async def use(result: Any) -> None:
    if isinstance(result, sa.Pager):
        await result
    elif isinstance(result, AsyncIterator):
        async for _ in result:
            break
    elif inspect.isawaitable(result):
        await result


def baseline(method: Any) -> dict[str, Any]:
    return {
        name: GOOD.get(name, "x")
        for name, parameter in arguments(method)
        if parameter.default is inspect.Parameter.empty and parameter.kind is not inspect.Parameter.VAR_POSITIONAL
    }


async def call_with(url: str, name: str, argument: str, value: Any) -> None:
    for client in clients(url):
        async with client:
            for found, method in methods(client):
                if found != name:
                    continue
                given = {**baseline(method), argument: value}
                positional = [
                    given.pop(key)
                    for key, parameter in arguments(method)
                    if parameter.kind is inspect.Parameter.POSITIONAL_ONLY and key in given
                ]
                await use(method(*positional, **given))


@pytest.mark.parametrize(("name", "argument"), CASES)
@virtual_time
async def test_strange_arguments_end_in_an_error_of_ours(name: str, argument: str) -> None:
    for value in STRANGE:
        async with ScriptedServer(data(transfer())) as server:
            try:
                await asyncio.wait_for(call_with(server.origin, name, argument, value), 400)
            except sa.ArgumentError as error:
                assert server.requests == [], "an argument is refused before anything is sent"
                assert len(str(error)) < 600
                assert "x" * 600 not in str(error)
            except (sa.SequenceError, TimeoutError):
                pass  # it was fine as an argument; the answer is not what the method expects
            for request in server.requests:
                assert request.path.startswith("/"), request
                assert "x-injected" not in request.headers
                assert ".." not in request.path.split("/")
                assert request.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=VirtualLoop) as made:
        yield made


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(text=st.text(max_size=30))
def test_an_id_never_leads_to_another_path(runner: asyncio.Runner, text: str) -> None:
    async def ask() -> None:
        async with ScriptedServer(data(transfer())) as server:
            async with sa.SequenceClient("sk_test", base_url=server.url) as client:
                try:
                    await client.transfers.get(text)
                except sa.ArgumentError:
                    assert not server.requests
                    return
        (request,) = server.requests
        prefix, _, segment = request.target.rpartition("/")
        assert prefix == "/api/v1/transfers"
        assert unquote(segment, errors="strict") == text
        assert not set(segment) & set("/?#&; ")

    runner.run(ask())


@settings(max_examples=200, deadline=None, database=None)
@given(key=st.text(max_size=60))
def test_a_credential_is_a_header_or_nothing(key: str) -> None:
    try:
        client = sa.SequenceClient(key)
    except sa.ConfigurationError as error:
        assert len(key) < 4 or key not in str(error)
    else:
        assert key.isascii()
        assert key.isprintable()
        assert " " not in key
        assert key not in repr(client) or key in "<SequenceClient https://api.getsequence.io/api/v1 timeout=30>"


@settings(max_examples=300, deadline=None, database=None)
@given(url=st.text(max_size=40) | st.from_regex(r"https?://[a-z@:/?#\[\].%0-9-]{0,20}", fullmatch=True))
def test_an_address_is_one_or_is_refused(url: str) -> None:
    try:
        client = sa.SequenceClient("sk_test", base_url=url)
    except sa.ConfigurationError:
        return
    shown = repr(client).split()[1]
    parts = urlsplit(shown)
    assert parts.scheme == "https" or parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    assert "@" not in parts.netloc
    assert not set(shown) & set("?# \t\r\n")
