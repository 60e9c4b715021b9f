"""Those who mock aiohttp with aioresponses can mock it under our clients too.

Our own tests do not: a mock never meets a time-out, a dropped connection or the bytes on the wire.
"""

from __future__ import annotations

import aiohttp
import aioresponses_shim
import pytest
from aioresponses import aioresponses
from v1_payloads import account, transfer
from yarl import URL

import sequence_async as sa

aioresponses_shim.install()

BASE = "https://api.getsequence.io/api/v1"


async def test_what_would_be_sent() -> None:
    with aioresponses() as mocked:
        mocked.post(f"{BASE}/transfers", payload={"data": transfer()}, status=201)
        async with sa.SequenceClient("sk_test") as client:
            await client.transfers.create(
                source_account_id="acc_1",
                destination_account_id="acc_2",
                amount_in_cents=500,
                idempotency_key="k1",
            )
        (call,) = mocked.requests["POST", URL(f"{BASE}/transfers")]
    assert call.kwargs["headers"]["Idempotency-Key"] == "k1"
    assert b'"amount_in_cents":500' in await call.kwargs["data"].as_bytes()


async def test_a_borrowed_session_under_the_mock() -> None:
    with aioresponses() as mocked:
        mocked.get(f"{BASE}/accounts/acc_1", status=503)
        mocked.get(f"{BASE}/accounts/acc_1", payload={"data": account()})
        mocked.get(f"{BASE}/accounts/acc_2", exception=aiohttp.ServerDisconnectedError(), repeat=True)
        async with aiohttp.ClientSession() as session:
            async with sa.SequenceClient("sk_test", session=session, max_attempts=2) as client:
                assert (await client.accounts.get("acc_1")).id == "acc_1"
                with pytest.raises(sa.ConnectionFailedError):
                    await client.accounts.get("acc_2")
