"""Use a client while each module that it imports late is missing in turn, and print as JSON how far each use came.

The arguments are the client's class and, as JSON, its own arguments and the ID of a rule.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

import sequence_async

CLASS, PLAN = sys.argv[1], json.loads(sys.argv[2])


async def call(client: Any) -> None:
    """Trigger a rule, and read a response that may be malformed."""
    async with client:
        try:
            await client.rules.trigger(PLAN["rule"])
        except sys.modules["sequence_async"].DecodeError:
            pass


def use(make: Callable[[], Any]) -> str:
    """Return how far a use comes: "constructing: " or "calling: " and the error, or "done"."""
    try:
        client = make()
    except Exception as error:  # noqa: BLE001 - whatever it is, the test judges it
        return f"constructing: {type(error).__name__}: {error}"
    try:
        asyncio.run(call(client))
    except Exception as error:  # noqa: BLE001 - whatever it is, the test judges it
        return f"calling: {type(error).__name__}: {error}"
    return "done"


def fresh_import() -> Any:
    import sequence_async

    return getattr(sequence_async, CLASS)(**PLAN["arguments"])


kind = getattr(sequence_async, CLASS)
imported = set(sys.modules)
assert use(fresh_import) == "done"
late = sorted(set(sys.modules) - imported)
outcomes = {}
for missing in late:
    if missing.partition(".")[0] in sys.stdlib_module_names:
        continue
    for name in [name for name in sys.modules if name.partition(".")[0] in ("sequence_async", "cattr", "cattrs")]:
        del sys.modules[name]
    sys.modules[missing] = None  # type: ignore[assignment]
    outcomes[missing] = use(fresh_import)
    del sys.modules[missing]
sys.stdout.write(json.dumps(outcomes))
