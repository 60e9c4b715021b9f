"""Write the history of all balances into a SQLite database, for as long as it runs.

    $ export SEQUENCE_API_KEY=sk_…
    $ python examples/balance_history.py history.sqlite3

A row is written when a balance differs from the last row of its account, also after a restart. On systems with POSIX
permissions, a new database is readable only by you. While another program has locked it, readings are kept in memory
and written later, for up to 60 seconds. After that, the program ends with an error that counts the unwritten ones.

Ctrl-C or SIGTERM ends it. Exit codes: 0 every reading is written; 1 an error ended it; 130 interrupted twice.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import aclosing, closing, suppress
from pathlib import Path
from types import FrameType

from sequence_async import BalanceUpdate, PlatformClient, SequenceError

LOCK_SECONDS = 60.0
"""Seconds to wait in total while another program has locked the database."""
ATTEMPT_SECONDS = 1.0
"""Seconds that SQLite waits per attempt."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS balance (
    account_id TEXT NOT NULL,
    name TEXT,
    observed_at TEXT NOT NULL,     -- UTC
    balance_in_cents INTEGER,      -- NULL if it could not be read
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
    WHERE account_id = :account_id ORDER BY observed_at DESC, rowid DESC LIMIT 1
)
"""


class HistoryError(Exception):
    """Readings could not be written."""


class History:
    """The database. A thread uses it, so that a lock does not block the reading of balances."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # SQLite creates its -journal, -wal and -shm files with the permissions of the database.
        path.touch(0o600)
        self._database = sqlite3.connect(path, timeout=ATTEMPT_SECONDS, check_same_thread=False)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    async def prepare(self) -> None:
        """Create the table."""
        await self._when_unlocked(lambda: self._database.executescript(SCHEMA))

    async def add(self, updates: list[BalanceUpdate]) -> None:
        """Write the updates that are new, in one transaction."""
        rows = [row(update) for update in updates]

        def insert() -> None:
            with self._database:
                self._database.executemany(INSERT_IF_NEW, rows)

        await self._when_unlocked(insert)

    async def _when_unlocked(self, work: Callable[[], object]) -> None:
        started = time.monotonic()
        waiting = False
        while True:
            try:
                await in_thread(work)
            except sqlite3.OperationalError as error:
                is_locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_locked or time.monotonic() - started >= LOCK_SECONDS:
                    raise
            else:
                return
            if not waiting:
                print(f"{self.path}: locked by another program. Waiting.", file=sys.stderr, flush=True)
            waiting = True


async def in_thread(work: Callable[[], object]) -> None:
    """Run blocking work in a thread. A cancellation waits for it, so that nothing uses a closed database."""
    attempt = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        await asyncio.shield(attempt)
    finally:
        await asyncio.wait([attempt])


def row(update: BalanceUpdate) -> dict[str, object]:
    """Return the row of an update. Money stays an integer of cents."""
    error = update.error
    return {
        "account_id": update.account_id,
        "name": update.name,
        "observed_at": update.observed_at.isoformat(),
        "balance_in_cents": update.balance_in_cents,
        "available_in_cents": update.available_in_cents,
        # The message of an exception has a request ID, so it differs each time.
        "error": type(error).__name__ if isinstance(error, SequenceError) else error,
    }


Waiting = asyncio.Queue[BalanceUpdate | None]
"""Readings that are not written yet. ``None`` is the end."""


async def read(client: PlatformClient, waiting: Waiting, interval: float) -> None:
    """Read the balances until cancelled."""
    async with aclosing(client.balances.watch(interval=interval)) as updates:
        async for update in updates:
            waiting.put_nowait(update)


async def write(history: History, waiting: Waiting) -> None:
    """Write all readings, up to the end."""
    ended = False
    while not ended:
        batch = [await waiting.get(), *take_all(waiting)]
        ended = None in batch
        try:
            await history.add([update for update in batch if update])
        except sqlite3.Error as error:
            lost = sum(update is not None for update in (*batch, *take_all(waiting)))
            raise HistoryError(f"{history.path}: {error}. Unwritten readings: {lost}.") from None


def take_all(waiting: Waiting) -> list[BalanceUpdate | None]:
    """Return everything that is in the queue now."""
    return [waiting.get_nowait() for _ in range(waiting.qsize())]


async def record(client: PlatformClient, history: History, *, interval: float) -> None:
    """Write every change of a balance until cancelled, then write the pending readings."""
    waiting = Waiting()
    reader = asyncio.create_task(read(client, waiting, interval))
    writer = asyncio.create_task(write(history, waiting))
    try:
        await asyncio.wait([reader, writer], return_when=asyncio.FIRST_COMPLETED)
    finally:
        reader.cancel()
        await asyncio.wait([reader])
        waiting.put_nowait(None)
        await writer
    await reader


async def keep_history(path: Path, *, interval: float) -> None:
    """Keep a history in this file until cancelled, with ``interval`` seconds between polling rounds."""
    async with PlatformClient(called_reason="balance history") as client:
        with closing(History(path)) as history, suppress(asyncio.CancelledError):
            await history.prepare()
            await record(client, history, interval=interval)


async def keep_history_until_ended(path: Path, *, interval: float) -> None:
    """Keep a history until Ctrl-C or SIGTERM."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - asyncio.run runs this in a task

    def end(_signal: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(task.cancel)

    # Unlike the event loop's add_signal_handler, this also exists on Windows.
    signal.signal(signal.SIGTERM, end)
    await keep_history(path, interval=interval)


def seconds(text: str) -> float:
    """Return a positive number of seconds from the command line."""
    if not 0 < (value := float(text)) < math.inf:
        raise ValueError
    return value


def main() -> int:
    """Run the command line. Return the exit code."""
    parser = argparse.ArgumentParser(description="Write the history of all balances into a SQLite database.")
    parser.add_argument("database", type=Path)
    parser.add_argument("--interval", type=seconds, default=300.0, help="seconds between polling rounds (default: 300)")
    options = parser.parse_args()
    try:
        asyncio.run(keep_history_until_ended(options.database, interval=options.interval))
    except (HistoryError, SequenceError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except sqlite3.Error as error:
        print(f"{options.database}: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted. Unwritten readings are lost.", file=sys.stderr)
        return 130
    print("Stopped. Every reading is written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
