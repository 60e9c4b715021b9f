"""Every program in examples/ does what it says, against a sandbox."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from sequence_async import idempotency_key_for
from sequence_async.sandbox import Sandbox, faults
from sequence_async.sandbox.entities import Account
from sequence_async.sandbox.ids import as_uuid

EXAMPLES = Path(__file__).parent.parent / "examples"


def load(name: str) -> ModuleType:
    """Load an example as Python would run it, but under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"examples.{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="examples", internal_seconds=0.0) as sandbox:
        monkeypatch.setenv("SEQUENCE_API_KEY", sandbox.api_key)
        monkeypatch.setenv("SEQUENCE_PLATFORM_BASE_URL", sandbox.platform_url)
        yield sandbox


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so; fail after a while."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def running(work: Awaitable[object]) -> AsyncIterator[asyncio.Future[Any]]:
    """Let something run in the background, and end it as Ctrl-C would."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or task.exception() is None, task.exception()


def broken(sandbox: Sandbox) -> Account:
    """Give the account whose balance cannot be read."""
    return next(account for account in sandbox.accounts.values() if account.error)


def uuid_of(sandbox: Sandbox, name: str) -> str:
    """Give the id of an account as platform/v1 writes it."""
    return as_uuid(sandbox.account(name).id)


# The service


@pytest.fixture
async def service(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    app = load("fastapi_service").app
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as asker:
            yield asker


async def test_the_service_tells_all_balances(sandbox: Sandbox, service: httpx.AsyncClient) -> None:
    told = (await service.get("/balances")).raise_for_status().json()
    assert told["not_read"] == []
    assert told["accounts"]["Main Operating"] == sandbox.account("Main Operating").cents
    assert len(told["accounts"]) == len(sandbox.accounts)
    assert told["owed_in_cents"] > 0


async def test_the_service_pays_once_for_one_payment_id(sandbox: Sandbox, service: httpx.AsyncClient) -> None:
    before = sandbox.account("Taxes").cents
    payment = {
        "source_account_id": uuid_of(sandbox, "Main Operating"),
        "destination_account_id": uuid_of(sandbox, "Taxes"),
        "amount_in_cents": 12_300,
    }
    answers = await asyncio.gather(*(service.post("/payments/rent-11", json=payment) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["transfer_id"] for answer in answers}) == 1
    found = (await service.get(f"/transfers/{answers[0].json()['transfer_id']}")).json()
    assert (found["status"], found["settled"]) == ("COMPLETE", True)
    assert sandbox.account("Taxes").cents == before + 12_300
    other = await service.post("/payments/rent-11", json=payment | {"amount_in_cents": 99_900})
    assert (other.status_code, other.json()["error"]) == (409, "IdempotencyKeyReusedError")


async def test_the_service_says_what_became_of_a_payment_that_failed(
    sandbox: Sandbox, service: httpx.AsyncClient
) -> None:
    payment = {
        "source_account_id": uuid_of(sandbox, "Main Operating"),
        "destination_account_id": uuid_of(sandbox, "Taxes"),
        "amount_in_cents": 5,
    }
    refused = await service.post("/payments/small", json=payment)
    assert (refused.status_code, refused.json()["may_have_taken_effect"]) == (422, False)
    assert (await service.get("/transfers/018cc251-f401-7173-b4ea-c08e209dc69c")).status_code == 404
    sandbox.fail_next("platform.createTransfer", 9, faults.RateLimited(retry_after=60))
    busy = await service.post("/payments/busy", json=payment | {"amount_in_cents": 500})
    assert busy.status_code == 503
    assert 55 <= int(busy.headers["Retry-After"]) <= 62


async def test_the_service_says_when_it_does_not_know(sandbox: Sandbox, service: httpx.AsyncClient) -> None:
    sandbox.fail_next("platform.createTransfer", 1, faults.Garbage())
    payment = {
        "source_account_id": uuid_of(sandbox, "Main Operating"),
        "destination_account_id": uuid_of(sandbox, "Taxes"),
        "amount_in_cents": 500,
    }
    unclear = await service.post("/payments/unclear", json=payment)
    assert (unclear.status_code, unclear.json()["may_have_taken_effect"]) == (502, True)
    assert (await service.post("/payments/unclear", json=payment)).status_code == 202
    assert len(sandbox.effects(idempotency_key_for("payment", "unclear"))) == 1


def test_no_example_is_without_a_test() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    untested = [path.name for path in EXAMPLES.glob("*.py") if f'"{path.stem}"' not in tests and path.name not in tests]
    assert not untested
