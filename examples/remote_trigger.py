"""Trigger a rule through the Remote API, once for each event.

    $ export SEQUENCE_RULE_SECRET=…
    $ python examples/remote_trigger.py ru_12345 invoice-117-paid

The last word names the event. The idempotency key follows from it and from the rule, so that telling of one event twice
runs the rule once. (For how long Sequence remembers a key of the Remote API is not documented.)

Without a credential in the environment, the program starts a sandbox, takes a rule from there, tells of one event
twice, and shows what the rule moved:

    $ python examples/remote_trigger.py
"""

from __future__ import annotations

import asyncio
import os
import sys

from sequence_async import RemoteClient, SequenceError, idempotency_key_for
from sequence_async.sandbox import Sandbox


async def tell(client: RemoteClient, rule_id: str, event: str) -> None:
    """Run the rule for an event, and say how it went."""
    key = idempotency_key_for("event", rule_id, event)
    triggered = await client.rules.trigger(rule_id, {"event": event}, idempotency_key=key)
    print(f"{triggered.message} (request {triggered.request_id})")
    if triggered.test_mode:
        print("It is in test mode, so that nothing moves.")


async def try_out() -> None:
    """Tell a sandbox of one event twice."""
    async with Sandbox(seed=7, frozen=True) as sandbox:
        rule = next(rule for rule in sandbox.rules.values() if rule.name == "Refill the agent")
        secrets = {rule.id: sandbox.rule_secret(rule.id)}
        async with RemoteClient(sandbox.access_token, rule_secrets=secrets, base_url=sandbox.remote_url) as client:
            before = await client.balances.snapshot()
            await tell(client, rule.id, "invoice-117-paid")
            await tell(client, rule.id, "invoice-117-paid")
            sandbox.clock.advance(60)
            after = await client.balances.snapshot()
        for account_id, balance in after.balances.items():
            if balance != before.balances[account_id]:
                print(
                    balance.name, before.balances[account_id].balance_in_cents, "->", balance.balance_in_cents, "cents"
                )


async def main(arguments: list[str]) -> None:
    """Tell of the event that the arguments name."""
    secret = os.environ.get("SEQUENCE_RULE_SECRET")
    if secret is None:
        await try_out()
        return
    rule_id, event = arguments
    async with RemoteClient(rule_secrets={rule_id: secret}) as client:
        await tell(client, rule_id, event)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1:]))
    except SequenceError as error:
        sys.exit(str(error))
