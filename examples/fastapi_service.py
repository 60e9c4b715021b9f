"""A service that tells balances and makes payments: one client, shared by all requests.

    $ export SEQUENCE_API_KEY=sk_…
    $ uvicorn --app-dir examples fastapi_service:app

Whoever calls ``POST /payments/{payment_id}`` chooses the id, and may repeat the call as often as needed: within a day
it is one payment.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from sequence_async import (
    ArgumentError,
    IdempotencyKeyReusedError,
    NotFoundError,
    PlatformClient,
    RateLimitedError,
    SequenceError,
    idempotency_key_for,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep one client from the first request to the last: one set of connections, one rate limit."""
    async with PlatformClient(called_reason="payments service", timeout=15.0) as client:
        app.state.sequence = client
        yield


app = FastAPI(title="Payments", lifespan=lifespan)


def shared_client(request: Request) -> PlatformClient:
    """Give the client of the application."""
    client: PlatformClient = request.app.state.sequence
    return client


Client = Annotated[PlatformClient, Depends(shared_client)]


class Payment(BaseModel):
    """What is to be paid."""

    source_account_id: str
    destination_account_id: str
    amount_in_cents: int


@app.get("/balances")
async def balances(client: Client) -> dict[str, Any]:
    """Tell the balances of all accounts; those that could not be read are named."""
    snapshot = await client.balances.snapshot()
    return {
        "total_in_cents": snapshot.total_in_cents,
        "owed_in_cents": snapshot.owed_in_cents,
        "accounts": {one.name: one.balance_in_cents for one in snapshot.balances.values()},
        "not_read": sorted(snapshot.errors),
    }


@app.post("/payments/{payment_id}", status_code=202)
async def pay(payment_id: str, payment: Payment, client: Client) -> dict[str, Any]:
    """Make a payment once, however often this is called."""
    transfer = await client.transfers.create(
        source_account_id=payment.source_account_id,
        destination_account_id=payment.destination_account_id,
        amount_in_cents=payment.amount_in_cents,
        idempotency_key=idempotency_key_for("payment", payment_id),
    )
    return {"transfer_id": transfer.id, "status": transfer.status}


@app.get("/transfers/{transfer_id}")
async def transfer(transfer_id: str, client: Client) -> dict[str, Any]:
    """Tell how far a transfer is."""
    found = await client.transfers.get(transfer_id)
    return {"transfer_id": found.id, "status": found.status, "settled": found.settled}


@app.exception_handler(SequenceError)
async def failed(_: Request, error: SequenceError) -> JSONResponse:
    """Say what a caller needs to know: above all, whether the same request may and should be repeated."""
    match error:
        case ArgumentError():
            status = 422
        case NotFoundError():
            status = 404
        case IdempotencyKeyReusedError():
            status = 409  # this payment id stands for another payment
        case RateLimitedError():
            status = 503
        case _:
            status = 502
    headers = {}
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        headers["Retry-After"] = str(round(error.retry_after) + 1)
    return JSONResponse(
        {"error": type(error).__name__, "message": str(error), "may_have_taken_effect": error.in_doubt},
        status_code=status,
        headers=headers,
    )
