"""examples/fastapi_service.py pays once per payment ID and returns the status that its caller can act on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from example_programs import load
from virtual_time import virtual_time

import sequence_async as sa
from sequence_async.sandbox import Sandbox, faults

UNKNOWN = "018cc251-f401-7173-b4ea-c08e209dc69c"


class Service:
    """The service, in front of a sandbox. Time is virtual."""

    def __init__(self, sandbox: Sandbox, client: httpx.AsyncClient, app: Any) -> None:
        self.sandbox = sandbox
        self.app = app
        self._client = client

    async def get(self, path: str) -> httpx.Response:
        return await self._client.get(path)

    async def pay(self, payment_id: str = "rent", **fields: Any) -> httpx.Response:
        """Pay 123.00 dollars from Main Operating to Taxes, unless ``fields`` say otherwise."""
        payment = {
            "source_account_id": self.sandbox.account("Main Operating").id,
            "destination_account_id": self.sandbox.account("Taxes").id,
            "amount_in_cents": 12_300,
        }
        return await self._client.post(f"/payments/{payment_id}", json=payment | fields)

    def fail(self, operation: str, fault: faults.Fault, times: int = 100) -> None:
        self.sandbox.fail_next(f"platform.{operation}", times, fault)


@asynccontextmanager
async def serving(monkeypatch: pytest.MonkeyPatch, **options: Any) -> AsyncIterator[Service]:
    async with Sandbox(**{"seed": "examples", "internal_seconds": 0.0} | options) as sandbox:
        monkeypatch.setenv("SEQUENCE_API_KEY", sandbox.api_key)
        monkeypatch.setenv("SEQUENCE_PLATFORM_BASE_URL", sandbox.platform_url)
        app = load("fastapi_service").app
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                yield Service(sandbox, client, app)


def outcome(response: httpx.Response) -> tuple[int, str, bool]:
    """Return the status, the error and whether the request may have taken effect."""
    body = response.json()
    return response.status_code, body["error"], body["may_have_taken_effect"]


# Balances


@virtual_time
async def test_service_balances_returns_each_account_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        body = (await service.get("/balances")).raise_for_status().json()
        accounts = {str(one.id): one for one in service.sandbox.accounts.values()}
    assert set(body["accounts"]) == set(accounts)
    main = service.sandbox.account("Main Operating")
    assert body["accounts"][main.id] == {"name": "Main Operating", "balance_in_cents": main.cents}
    assert body["not_read"] == {key: "DISCONNECTED_ACCOUNT" for key, one in accounts.items() if one.error}
    assert body["owed_in_cents"] > 0


@virtual_time
async def test_service_balances_two_accounts_of_one_name_returns_both(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        one, two = service.sandbox.account("Emergency Fund"), service.sandbox.account("Taxes")
        two.name = one.name
        body = (await service.get("/balances")).raise_for_status().json()
    assert [body["accounts"][account.id]["balance_in_cents"] for account in (one, two)] == [one.cents, two.cents]
    assert one.cents != two.cents


@virtual_time
async def test_service_balances_account_that_fails_is_in_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch, accounts=1) as service:
        service.fail("getAccount", faults.Status(status=404))
        body = (await service.get("/balances")).raise_for_status().json()
        assert body["not_read"] == dict.fromkeys(map(str, service.sandbox.accounts), "NotFoundError")
    assert (body["accounts"], body["total_in_cents"]) == ({}, 0)


# Payments


@virtual_time
async def test_service_same_payment_id_pays_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        before = service.sandbox.account("Taxes").cents
        responses = await asyncio.gather(*(service.pay() for _ in range(3)))
        assert {response.status_code for response in responses} == {202}
        assert len({response.json()["transfer_id"] for response in responses}) == 1
        assert service.sandbox.account("Taxes").cents == before + 12_300


@pytest.mark.parametrize("amount", ["12300", 12300.0, True, None], ids=repr)
@virtual_time
async def test_service_amount_of_another_type_is_rejected(monkeypatch: pytest.MonkeyPatch, amount: Any) -> None:
    async with serving(monkeypatch) as service:
        response = await service.pay(amount_in_cents=amount)
        assert response.status_code == 422
        assert not any(request.operation == "createTransfer" for request in service.sandbox.requests)


@virtual_time
async def test_service_unknown_field_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        assert (await service.pay(amount=1)).status_code == 422


@virtual_time
async def test_service_accepted_transfer_is_under_way_until_it_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch, internal_seconds=60.0, frozen=True) as service:
        accepted = (await service.pay()).json()
        assert accepted["state"] == "under_way"
        service.sandbox.clock.advance(120)
        read = (await service.get(f"/transfers/{accepted['transfer_id']}")).json()
    assert read == {"transfer_id": accepted["transfer_id"], "state": "paid", "status": "COMPLETE"}


@virtual_time
async def test_service_transfer_without_enough_money_failed_although_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        accepted = (await service.pay(amount_in_cents=10**12)).json()
        read = (await service.get(f"/transfers/{accepted['transfer_id']}")).json()
    assert (read["state"], read["status"]) == ("failed", "INCOMPLETE")


# Errors

TABLE = [
    (sa.ArgumentError, 422),
    (sa.BadRequestError, 422),
    (sa.NotFoundError, 404),
    (sa.ConflictError, 409),
    (sa.OperationInProgressError, 409),
    (sa.IdempotencyKeyReusedError, 409),
    (sa.RateLimitedError, 503),
    (sa.TimedOutError, 504),
    (sa.WaitTimeoutError, 504),
    (sa.ComingSoonError, 501),
    (sa.ConfigurationError, 500),
    (sa.UsageError, 500),
    (sa.UnauthorizedError, 502),
    (sa.ForbiddenError, 502),
    (sa.ServerError, 502),
    (sa.ConnectionFailedError, 502),
    (sa.DecodeError, 502),
    (sa.PaginationError, 502),
    (sa.SequenceError, 502),
]


@pytest.mark.parametrize(("kind", "status"), TABLE)
def test_service_error_has_the_status_of_its_class(kind: type[sa.SequenceError], status: int) -> None:
    assert load("fastapi_service").http_status(kind("words")) == status


@pytest.mark.parametrize("kind", [kind for kind, _ in TABLE])
def test_service_error_in_doubt_is_502_or_for_a_timeout_504(kind: type[sa.SequenceError]) -> None:
    error = kind("words")
    error.in_doubt = True
    status = 504 if issubclass(kind, TimeoutError) else 502
    assert load("fastapi_service").http_status(error) == status


@pytest.mark.parametrize(
    ("account_id", "error"),
    [
        (UNKNOWN, "BadRequestError"),
        ("nope", "BadRequestError"),
        ("a/b", "BadRequestError"),
        ("", "ArgumentError"),
        ("..", "BadRequestError"),
    ],
)
@pytest.mark.parametrize("side", ["source_account_id", "destination_account_id"])
@virtual_time
async def test_service_payment_wrong_account_id_is_422(
    monkeypatch: pytest.MonkeyPatch, side: str, account_id: str, error: str
) -> None:
    async with serving(monkeypatch) as service:
        response = await service.pay(**{side: account_id})
    assert outcome(response) == (422, error, False)
    assert (side if error == "ArgumentError" else f"'{account_id}'") in response.json()["message"]


@virtual_time
async def test_service_payment_to_the_same_account_is_422(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        response = await service.pay(destination_account_id=service.sandbox.account("Main Operating").id)
    assert outcome(response) == (422, "ArgumentError", False)


@pytest.mark.parametrize("transfer_id", [UNKNOWN, "nope"])
@virtual_time
async def test_service_unknown_transfer_is_404(monkeypatch: pytest.MonkeyPatch, transfer_id: str) -> None:
    async with serving(monkeypatch) as service:
        response = await service.get(f"/transfers/{transfer_id}")
    assert outcome(response) == (404, "NotFoundError", False)
    assert response.json()["message"] == f"Transfer with id '{transfer_id}' was not found."


@virtual_time
async def test_service_payment_id_of_another_payment_is_409(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        await service.pay()
        response = await service.pay(amount_in_cents=99_900)
    assert outcome(response) == (409, "IdempotencyKeyReusedError", False)


@virtual_time
async def test_service_rate_limited_is_503_with_retry_after(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        service.fail("createTransfer", faults.RateLimited(retry_after=60))
        response = await service.pay()
    assert outcome(response) == (503, "RateLimitedError", False)
    assert 55 <= int(response.headers["Retry-After"]) <= 60


@virtual_time
async def test_service_payment_without_a_response_is_504_and_may_have_taken_effect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(monkeypatch) as service:
        service.fail("createTransfer", faults.Stall())
        assert outcome(await service.pay()) == (504, "TimedOutError", True)


@virtual_time
async def test_service_payment_in_doubt_is_502_and_paid_once_by_the_same_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(monkeypatch) as service:
        service.fail("createTransfer", faults.Garbage(), times=1)
        response = await service.pay()
        assert outcome(response)[::2] == (502, True)
        assert "send it again" in response.json()["message"]
        assert (await service.pay()).status_code == 202
        assert len(service.sandbox.effects(sa.idempotency_key_for("payment", "rent"))) == 1


@virtual_time
async def test_service_revoked_key_of_ours_is_502_without_its_details(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(monkeypatch) as service:
        service.sandbox.revoke_key(service.sandbox.api_key)
        response = await service.pay()
    assert outcome(response) == (502, "UnauthorizedError", False)
    assert response.json()["message"] == "The service could not do this. Nothing was changed."
    [record] = [one for one in caplog.records if one.name == "payments"]
    assert record.levelno == logging.ERROR
    assert service.sandbox.api_key not in caplog.text


@virtual_time
async def test_service_missing_scope_of_ours_is_502(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        service.fail("createTransfer", faults.Status(status=403, code="ACCESS_DENIED"))
        assert outcome(await service.pay()) == (502, "ForbiddenError", False)


@virtual_time
async def test_service_closed_client_is_500(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(monkeypatch) as service:
        await service.app.state.sequence.close()
        assert outcome(await service.pay()) == (500, "UsageError", False)
