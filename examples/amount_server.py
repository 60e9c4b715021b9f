"""Return the amount that a rule should move: the balance of an account above a floor.

    $ export SEQUENCE_ACCESS_TOKEN=… AMOUNT_SECRET=…
    $ python examples/amount_server.py 8080

It listens on 127.0.0.1. Put it behind a reverse proxy with a TLS certificate. The rule's action "Query
Remote API" then requests this URL:

    https://amounts.example.com/above?account=5579244&floor=500000&secret=…

``floor`` is in cents. If anything is unclear (the balance cannot be read, a parameter is missing or invalid), the
response is an error and the rule moves nothing. Ctrl-C stops the server.

Without arguments, the program starts a sandbox with such a rule, triggers it, and shows the amount and the new balance:

    $ python examples/amount_server.py

Exit codes: 0 stopped; 1 an error; 2 invalid arguments.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from functools import partial

from aiohttp import web

from sequence_async import AmountHandler, AmountRequest, RemoteClient, SequenceError
from sequence_async.sandbox import Sandbox

LARGEST_SWEEP = 5_000_000
"""In cents. A larger amount counts as a mistake and gets an error response."""


async def above_floor(client: RemoteClient, request: AmountRequest) -> int:
    """Return the account's balance above the floor, in cents. An exception becomes an error response."""
    account_id, floor = request.query["account"], int(request.query["floor"])
    if floor < 0:
        raise ValueError("floor must not be negative")
    snapshot = await client.balances.snapshot([account_id])
    for error in snapshot.errors.values():
        raise error
    balance = snapshot.balances[account_id]
    if balance.balance_in_cents is None:
        raise ValueError(balance.error)
    return max(0, balance.balance_in_cents - floor)


async def serve(client: RemoteClient, secret: str, port: int) -> web.AppRunner:
    """Serve amounts on a port of 127.0.0.1 until the runner is cleaned up."""
    handler = AmountHandler(
        partial(above_floor, client),
        shared_secret=secret,
        maximum_cents=LARGEST_SWEEP,
        share_identical=True,  # A retry that arrives during the computation gets its result.
    )
    # The secret may be part of the query, so requests are not logged.
    runner = web.AppRunner(handler.aiohttp_app("/above"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


async def try_out() -> None:
    """Trigger a rule of a sandbox that requests the amount."""
    async with (
        Sandbox(seed=7, frozen=True) as sandbox,
        RemoteClient(sandbox.access_token, base_url=sandbox.remote_url) as client,
    ):
        runner = await serve(client, "not-a-secret", 0)
        host, port = runner.addresses[0]
        account = sandbox.account("Main Operating")
        query = f"account={account.remote_id}&floor=500000&secret=not-a-secret"
        action = {
            "type": "query_remote_api",
            "source": account.name,
            "destination": "Emergency Fund",
            "url": f"http://{host}:{port}/above?{query}",
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
        sandbox.clock.advance(60)  # The rule runs and requests the amount.
        await sandbox.idle()
        sandbox.clock.advance(60)  # The transfer settles.
        print(f"The rule requested the amount and got {sandbox.amount_queries[-1].amount_in_cents} cents.")
        left = (await client.balances.snapshot([account.remote_id])).balances[account.remote_id]
        print(f"{left.name} has {left.balance_in_cents} cents left.")
        await runner.cleanup()


async def serve_until_stopped(secret: str, port: int) -> None:
    """Serve amounts until cancelled."""
    async with RemoteClient() as client:
        runner = await serve(client, secret, port)
        host, port = runner.addresses[0]
        print(f"Serving http://{host}:{port}/above. Ctrl-C stops.", flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def port_number(text: str) -> int:
    """Return a port from the command line. 0 selects a free port."""
    if not 0 <= (value := int(text)) < 1 << 16:
        raise ValueError
    return value


def main() -> int:
    """Run the command line. Return the exit code."""
    parser = argparse.ArgumentParser(description="Return amounts to a rule. Without arguments, try a sandbox.")
    parser.add_argument("port", nargs="?", type=port_number, help="the port to listen on, on 127.0.0.1")
    options = parser.parse_args()
    secret = os.environ.get("AMOUNT_SECRET", "")
    if options.port is not None and not secret:
        parser.error("set AMOUNT_SECRET to the secret that the rule sends")
    logging.basicConfig(level=logging.INFO)
    try:
        asyncio.run(try_out() if options.port is None else serve_until_stopped(secret, options.port))
    except KeyboardInterrupt:
        print("Stopped.")
    except (SequenceError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
