"""A service that returns balances and makes payments: one client, shared by all requests.

    $ export SEQUENCE_API_KEY=sk_…
    $ uvicorn --app-dir examples fastapi_service:app

The caller of ``POST /payments/{payment_id}`` chooses the ID. Within 24 hours, the same request with the same ID is the
same payment, so a caller may send it again as often as needed. The response means that the payment is accepted. It is
paid when ``GET /transfers/{transfer_id}`` returns the state ``paid``.

uvicorn listens on 127.0.0.1. The service has no authentication: add it before the service listens on other addresses.
"""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from sequence_async import (
    APIError,
    ArgumentError,
    BadRequestError,
    ComingSoonError,
    ConfigurationError,
    ConflictError,
    IdempotencyKeyReusedError,
    NotFoundError,
    PlatformClient,
    RateLimitedError,
    SequenceError,
    TimedOutError,
    UsageError,
    WaitTimeoutError,
    idempotency_key_for,
)
from sequence_async.models.platform import Transfer, TransferStatus

log = logging.getLogger("payments")

IN_DOUBT = "This may have taken effect. Within 24 hours, the same request is executed only once: send it again."
NOT_DONE = "The service could not do this. Nothing was changed."


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """Keep one client for the lifetime of the service, so that all requests share its connections and rate limit."""
    async with PlatformClient(called_reason="payments service", timeout=15.0) as client:
        app.state.sequence = client
        yield


app = FastAPI(title="Payments", lifespan=lifespan)


def shared_client(request: Request) -> PlatformClient:
    """Return the client of the application."""
    client: PlatformClient = request.app.state.sequence
    return client


Client = Annotated[PlatformClient, Depends(shared_client)]


class Payment(BaseModel):
    """The payment to make."""

    model_config = ConfigDict(strict=True, extra="forbid")  # An amount of "100" or 100.0 is an error.

    source_account_id: str
    destination_account_id: str
    amount_in_cents: int


@app.get("/balances")
async def balances(client: Client) -> dict[str, Any]:
    """Return the balances of all accounts by ID. The totals omit the accounts in ``not_read``."""
    snapshot = await client.balances.snapshot()
    not_read = {one.account_id: one.error for one in snapshot.balances.values() if one.balance_in_cents is None}
    return {
        "total_in_cents": snapshot.total_in_cents,
        "owed_in_cents": snapshot.owed_in_cents,
        "accounts": {
            one.account_id: {"name": one.name, "balance_in_cents": one.balance_in_cents}
            for one in snapshot.balances.values()
        },
        "not_read": not_read | {account_id: type(error).__name__ for account_id, error in snapshot.errors.items()},
    }


@app.post("/payments/{payment_id}", status_code=202)
async def pay(payment_id: str, payment: Payment, client: Client) -> dict[str, Any]:
    """Make a payment exactly once, even if this is called repeatedly."""
    transfer = await client.transfers.create(
        source_account_id=payment.source_account_id,
        destination_account_id=payment.destination_account_id,
        amount_in_cents=payment.amount_in_cents,
        idempotency_key=idempotency_key_for("payment", payment_id),
    )
    return progress(transfer)


@app.get("/transfers/{transfer_id}")
async def transfer(transfer_id: str, client: Client) -> dict[str, Any]:
    """Return whether a transfer is paid."""
    return progress(await client.transfers.get(transfer_id))


def progress(transfer: Transfer) -> dict[str, Any]:
    """Return the state of a transfer. A settled one may have failed, and an unknown status is not settled."""
    match transfer.status:
        case TransferStatus.COMPLETE:
            state = "paid"
        case _:
            state = "failed" if transfer.settled else "under_way"
    return {"transfer_id": transfer.id, "state": state, "status": transfer.status}


STATUSES: dict[type[SequenceError], int] = {
    IdempotencyKeyReusedError: 409,  # before its base class, BadRequestError
    ConflictError: 409,
    ArgumentError: 422,
    BadRequestError: 422,
    NotFoundError: 404,
    RateLimitedError: 503,
    TimedOutError: 504,
    WaitTimeoutError: 504,
    ComingSoonError: 501,
    ConfigurationError: 500,
    UsageError: 500,
}


@app.exception_handler(SequenceError)
async def failed(_: Request, error: SequenceError) -> JSONResponse:
    """Return the error for the caller, which says whether the request may have taken effect."""
    status = http_status(error)
    if status in {404, 409, 422}:  # The caller can fix the request.
        message = error.message if isinstance(error, APIError) and error.message else str(error)
    else:
        log.error("%s: %s", type(error).__name__, error)  # The message has no credential.
        message = IN_DOUBT if error.in_doubt else NOT_DONE
    headers: dict[str, str] = {}
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after))
    return JSONResponse(
        {"error": type(error).__name__, "message": message, "may_have_taken_effect": error.in_doubt},
        status_code=status,
        headers=headers,
    )


def http_status(error: SequenceError) -> int:
    """Return the HTTP status for a caller of this service. Our own 401 and 403 are not the caller's: 502."""
    if error.in_doubt and not isinstance(error, TimeoutError):
        return 502
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 502)
