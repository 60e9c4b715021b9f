"""Trigger a rule through the Remote API, once per event.

    $ export SEQUENCE_RULE_SECRET=…
    $ python examples/remote_trigger.py ru_12345 invoice-117-paid

The idempotency key is derived from the rule and the event, so that running this twice for one event executes the rule
only once. How long Sequence remembers a key of the Remote API is not documented.

Without arguments, the program starts a sandbox, triggers one of its rules twice for one event, and shows the money that
the rule moved:

    $ python examples/remote_trigger.py

Exit codes: 0 triggered; 1 an error; 2 invalid arguments; 130 interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from sequence_async import RemoteClient, SequenceError, idempotency_key_for
from sequence_async.sandbox import Sandbox


async def trigger(client: RemoteClient, rule_id: str, event: str) -> None:
    """Trigger the rule for an event and print the response. Triggered does not mean that the money has moved."""
    key = idempotency_key_for("event", rule_id, event)
    triggered = await client.rules.trigger(rule_id, {"event": event}, idempotency_key=key)
    print(f"{triggered.message} (request {triggered.request_id})")
    if triggered.test_mode:
        print("The rule is in test mode, so no money moves.")


async def try_out() -> None:
    """Trigger a rule of a sandbox twice for one event."""
    async with Sandbox(seed=7, frozen=True) as sandbox:
        rule_id, secrets = sandbox.rule("Refill the agent").id, sandbox.rule_secrets
        async with RemoteClient(sandbox.access_token, rule_secrets=secrets, base_url=sandbox.remote_url) as client:
            before = (await client.balances.snapshot()).balances
            await trigger(client, rule_id, "invoice-117-paid")
            await trigger(client, rule_id, "invoice-117-paid")
            sandbox.clock.advance(60)  # The rule runs, and its transfer settles.
            after = (await client.balances.snapshot()).balances
        for account_id, balance in after.items():
            if balance != before[account_id]:
                print(f"{balance.name}: {before[account_id].balance_in_cents} -> {balance.balance_in_cents} cents")


async def trigger_once(rule_id: str, event: str) -> None:
    """Trigger the rule with the secret from the environment."""
    secret = os.environ.get("SEQUENCE_RULE_SECRET", "")
    async with RemoteClient(rule_secrets={rule_id: secret}) as client:
        await trigger(client, rule_id, event)


def main() -> int:
    """Run the command line. Return the exit code."""
    parser = argparse.ArgumentParser(description="Trigger a rule once per event. Without arguments, try a sandbox.")
    parser.add_argument("rule_id", nargs="?", help="the ID of the rule")
    parser.add_argument("event", nargs="?", help="a name for the event, such as invoice-117-paid")
    options = parser.parse_args()
    live = options.rule_id is not None
    if live and not options.event:
        parser.error("name the event, so that one event triggers the rule only once")
    if live and not os.environ.get("SEQUENCE_RULE_SECRET"):
        parser.error("set SEQUENCE_RULE_SECRET to the secret of the rule")
    try:
        asyncio.run(trigger_once(options.rule_id, options.event) if live else try_out())
    except SequenceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted. The rule may have been triggered: run this again for the same event.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
