"""A client and the scripted server that it talks to, for tests of single calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from scripted_server import ScriptedServer

import sequence_async as sa

MOVE = {"source_account_id": "acc_1", "destination_account_id": "acc_2", "amount_in_cents": 500}


@asynccontextmanager
async def client_of(*steps: Any, **options: Any) -> AsyncIterator[tuple[sa.SequenceClient, ScriptedServer]]:
    async with (
        ScriptedServer(*steps) as server,
        sa.SequenceClient("sk_test", base_url=server.url, **options) as client,
    ):
        yield client, server


def now() -> float:
    return asyncio.get_running_loop().time()
