"""Write the history of all balances into a SQLite database, for as long as it runs.

    $ export SEQUENCE_API_KEY=sk_…
    $ python examples/balance_history.py history.sqlite3

A row is written when a balance differs from the last row of its account, also after a restart. Ctrl-C or SIGTERM ends
it.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sqlite3
from contextlib import aclosing, closing, suppress
from pathlib import Path

from sequence_async import BalanceUpdate, PlatformClient

SCHEMA = """
CREATE TABLE IF NOT EXISTS balance (
    account_id TEXT NOT NULL,
    name TEXT,
    observed_at TEXT NOT NULL,     -- UTC
    balance_in_cents INTEGER,      -- NULL where it could not be read
    available_in_cents INTEGER,
    error TEXT
);
CREATE INDEX IF NOT EXISTS balance_by_account ON balance (account_id, observed_at);
"""

INSERT_IF_NEW = """
INSERT INTO balance
SELECT :account_id, :name, :observed_at, :balance_in_cents, :available_in_cents, :error
WHERE (:balance_in_cents, :available_in_cents, :error) IS NOT (
    SELECT balance_in_cents, available_in_cents, error FROM balance
    WHERE account_id = :account_id ORDER BY observed_at DESC LIMIT 1
)
"""


async def record(client: PlatformClient, database: sqlite3.Connection, *, interval: float) -> None:
    """Write every change of a balance, until cancelled."""
    database.executescript(SCHEMA)
    async with aclosing(client.balances.watch(interval=interval)) as updates:
        async for update in updates:
            # A commit of one row takes less than the loop's next turn may wait for. Put more work into a thread.
            with database:
                database.execute(INSERT_IF_NEW, row(update))


def row(update: BalanceUpdate) -> dict[str, object]:
    """Give the row of an update. Money stays an integer of cents."""
    return {
        "account_id": update.account_id,
        "name": update.name,
        "observed_at": update.observed_at.isoformat(),
        "balance_in_cents": update.balance_in_cents,
        "available_in_cents": update.available_in_cents,
        "error": None if update.error is None else str(update.error),
    }


async def main(path: Path, interval: float) -> None:
    """Record until somebody ends it."""
    recording = asyncio.current_task()
    assert recording is not None  # noqa: S101 - this runs in a task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, recording.cancel)
    with closing(sqlite3.connect(path)) as database:
        async with PlatformClient(called_reason="balance history") as client:
            with suppress(asyncio.CancelledError):
                await record(client, database, interval=interval)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the history of all balances into a SQLite database.")
    parser.add_argument("database", type=Path)
    parser.add_argument("--interval", type=float, default=300.0, help="seconds between two looks (default: 300)")
    given = parser.parse_args()
    asyncio.run(main(given.database, given.interval))
