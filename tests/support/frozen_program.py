"""What test_frozen.py freezes: each client reads, moves money, retries, and meets a malformed response.

It prints what it saw as JSON, and which modules were imported after the clients had been made.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from sequence_async import DecodeError, PlatformClient, RemoteClient, RetryEvent, SequenceClient


async def main() -> dict[str, Any]:
    plan = json.loads(os.environ["PLAN"])
    retries: list[str] = []

    def note(event: object) -> None:
        if isinstance(event, RetryEvent):
            retries.append(event.operation)

    async with (
        PlatformClient(on_event=note) as platform,
        SequenceClient(on_event=note) as v1,
        RemoteClient(on_event=note, rule_secrets=plan["rule_secrets"]) as remote,
    ):
        made = set(sys.modules)
        seen: dict[str, Any] = {}
        for api, client in (("platform", platform), ("v1", v1), ("remote", remote)):
            seen[api] = {"balances": len((await client.balances.snapshot()).balances)}
            try:
                await client.rules.trigger(plan["rules"][api])
            except DecodeError as error:
                seen[api]["error"] = str(error)
                seen[api]["in_doubt"] = error.in_doubt
        for api, resources in (("platform", platform.transfers), ("v1", v1.transfers)):
            source, destination = plan["accounts"][api]
            created = await resources.create(
                source_account_id=source, destination_account_id=destination, amount_in_cents=1234
            )
            seen[api]["moved"] = created.amount_in_cents
        return {**seen, "retries": retries, "late": sorted(set(sys.modules) - made)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main())))
