"""Tell a rule how much to move: whatever an account holds above a floor.

    $ export SEQUENCE_ACCESS_TOKEN=… AMOUNT_SECRET=…
    $ python examples/amount_server.py 8080

The rule's action "Query Remote API" then asks, from wherever this is reachable by https:

    https://amounts.example.com/above?account=5579244&floor=500000&secret=…

``floor`` is in cents. When anything is unclear (the balance cannot be read, a parameter is missing), the answer is an
error and the rule moves nothing. Without a credential in the environment, the program starts a sandbox with such a
rule, triggers it, and shows what was asked and moved:

    $ python examples/amount_server.py
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from functools import partial

from aiohttp import web

from sequence_async import AmountHandler, AmountRequest, RemoteClient
from sequence_async.sandbox import Sandbox

LARGEST_SWEEP = 5_000_000
"""Cents. More than this is taken for a mistake, and refused."""


async def above_floor(client: RemoteClient, request: AmountRequest) -> int:
    """Return what the account holds above the floor, in cents. Whatever goes wrong is raised."""
    account_id, floor = request.query["account"], int(request.query["floor"])
    snapshot = await client.balances.snapshot([account_id])
    for error in snapshot.errors.values():
        raise error
    balance = snapshot.balances[account_id]
    if balance.balance_in_cents is None:
        raise ValueError(balance.error)
    return max(0, balance.balance_in_cents - floor)


async def serve(client: RemoteClient, secret: str, port: int) -> web.AppRunner:
    """Answer on a port until the runner is cleaned up."""
    handler = AmountHandler(
        partial(above_floor, client),
        shared_secret=secret,
        maximum_cents=LARGEST_SWEEP,
        share_identical=True,  # a question that is asked again while we think gets the same answer
    )
    # The secret may stand in the query, and does not belong into a log of requests.
    runner = web.AppRunner(handler.aiohttp_app("/above"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


async def try_out() -> None:
    """Let a rule of a sandbox ask, and show what comes of it."""
    async with (
        Sandbox(seed=7, frozen=True) as sandbox,
        RemoteClient(sandbox.access_token, base_url=sandbox.remote_url) as client,
    ):
        runner = await serve(client, "not-a-secret", 0)
        host, port = runner.addresses[0]
        account = sandbox.account("Main Operating")
        question = f"account={account.remote_id}&floor=500000&secret=not-a-secret"
        action = {
            "type": "query_remote_api",
            "source": account.name,
            "destination": "Emergency Fund",
            "url": f"http://{host}:{port}/above?{question}",
        }
        rule = sandbox.add_rule(
            {
                "nickname": "Sweep to savings",
                "trigger": {"type": "MANUAL", "account_id": account.name},
                "steps": [{"conditions": None, "actions": [action]}],
                "remote": True,
            },
        )
        await client.rules.trigger(rule.id, secret=sandbox.rule_secret(rule.id))
        sandbox.clock.advance(60)  # the rule runs, and asks
        await sandbox.idle()
        sandbox.clock.advance(60)  # the transfer settles
        print("The rule asked and was told", sandbox.asked[-1].amount_in_cents, "cents.")
        left = (await client.balances.snapshot([account.remote_id])).balances[account.remote_id]
        print(left.name, "holds", left.balance_in_cents, "cents.")
        await runner.cleanup()


async def main(arguments: list[str]) -> None:
    """Answer until stopped, on the port that the arguments name."""
    secret = os.environ.get("AMOUNT_SECRET")
    if secret is None:
        await try_out()
        return
    async with RemoteClient() as client:
        runner = await serve(client, secret, int(arguments[0]))
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    try:
        asyncio.run(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("Stopped.")
