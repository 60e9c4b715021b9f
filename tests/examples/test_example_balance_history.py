"""examples/balance_history.py writes every reading, also while another program locks the database for a while."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cli_support import needs_sigint
from example_programs import load, run, running, started, until

from sequence_async import PlatformClient
from sequence_async.sandbox import Sandbox, faults

needs_permissions = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no POSIX permissions")
LOCKS = {"a writer": "BEGIN EXCLUSIVE", "a reader": "BEGIN; SELECT count(*) FROM balance"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The example. An attempt at a locked database ends at once, so that any lock outlasts several attempts."""
    module = load("balance_history")
    monkeypatch.setattr(module, "ATTEMPT_SECONDS", 0.005)
    return module


@contextmanager
def locked(path: Path, by: str = "a writer") -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        *before, last = LOCKS[by].split("; ")
        for statement in before:
            other.execute(statement)
        cursor = other.execute(last)
        yield
        cursor.close()
        other.execute("ROLLBACK")


def rows(path: Path) -> list[tuple[str, int | None, str | None]]:
    """Return name, balance in cents and error of each row, oldest first."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT name, balance_in_cents, error FROM balance ORDER BY rowid").fetchall()


class Recording:
    """The example, which records the balances of a sandbox."""

    def __init__(self, sandbox: Sandbox, path: Path, task: asyncio.Task[Any]) -> None:
        self.sandbox = sandbox
        self.path = path
        self.task = task

    async def all_written(self) -> None:
        await until(lambda: len(rows(self.path)) == len(self.sandbox.accounts))

    async def rounds(self, count: int) -> None:
        """Wait until the accounts were listed this many times more."""
        seen = self._listings() + count
        await until(lambda: self._listings() >= seen)

    def _listings(self) -> int:
        return sum(request.operation == "listAccounts" for request in self.sandbox.requests)

    def cents_of(self, name: str) -> list[int | None]:
        return [cents for found, cents, _ in rows(self.path) if found == name]


@asynccontextmanager
async def recording(example: ModuleType, sandbox: Sandbox, path: Path) -> AsyncIterator[Recording]:
    async with PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, rate_limit=None) as client:
        with closing(example.History(path)) as history:
            await history.prepare()
            async with running(example.record(client, history, interval=0.02)) as task:
                yield Recording(sandbox, path, task)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seed="examples", platform_rate_limit=None) as sandbox:
        yield sandbox


async def test_history_changed_balance_adds_one_row_also_after_a_restart(
    example: ModuleType, sandbox: Sandbox, path: Path
) -> None:
    async with recording(example, sandbox, path) as history:
        await history.all_written()
        sandbox.deposit("Main Payroll", 250_000)
        await until(lambda: len(history.cents_of("Main Payroll")) == 2)
    before = rows(path)
    broken = next(one for one in sandbox.accounts.values() if one.error)
    assert [row for row in before if row[2]] == [(broken.name, None, "DISCONNECTED_ACCOUNT")]
    assert history.cents_of("Main Payroll")[-1] == sandbox.account("Main Payroll").cents
    async with recording(example, sandbox, path) as history:
        await history.rounds(2)
    assert Counter(rows(path)) == Counter(before)


@pytest.mark.parametrize("by", LOCKS)
async def test_history_lock_within_an_attempt_does_not_block_the_event_loop(
    example: ModuleType, sandbox: Sandbox, path: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "ATTEMPT_SECONDS", 5.0)
    async with recording(example, sandbox, path) as history:
        await history.all_written()
        with locked(path, by):
            sandbox.deposit("Main Payroll", 100)
            await history.rounds(3)
        await until(lambda: len(history.cents_of("Main Payroll")) == 2)


@pytest.mark.parametrize("by", LOCKS)
async def test_history_lock_longer_than_an_attempt_loses_no_reading(
    example: ModuleType, sandbox: Sandbox, path: Path, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with recording(example, sandbox, path) as history:
        await history.all_written()
        with locked(path, by):
            for _ in range(3):
                sandbox.deposit("Main Payroll", 100)
                await history.rounds(2)
            assert not history.task.done()
        await until(lambda: len(history.cents_of("Main Payroll")) == 4)
    final = sandbox.account("Main Payroll").cents
    assert history.cents_of("Main Payroll") == [final - 300, final - 200, final - 100, final]
    assert "locked by another program" in capsys.readouterr().err


async def test_history_locked_before_the_start_waits_for_the_lock(
    example: ModuleType, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = ""

    def is_waiting() -> bool:
        nonlocal err
        err += capsys.readouterr().err
        return "locked by another program" in err

    with closing(example.History(path)) as history:
        async with asyncio.TaskGroup() as tasks:
            with locked(path):
                task = tasks.create_task(history.prepare())
                await until(is_waiting)
                assert not task.done()
        assert rows(path) == []


@pytest.mark.parametrize("stopped", [False, True], ids=["running", "stopped"])
async def test_history_locked_too_long_raises_with_the_number_of_unwritten_readings(
    example: ModuleType, sandbox: Sandbox, path: Path, monkeypatch: pytest.MonkeyPatch, *, stopped: bool
) -> None:
    async def outlast_the_bound() -> None:
        async with recording(example, sandbox, path) as history:
            await history.all_written()
            with locked(path):
                for _ in range(2):
                    sandbox.deposit("Main Payroll", 100)
                    await history.rounds(2)
                if stopped:
                    history.task.cancel()
                    await asyncio.sleep(0)
                monkeypatch.setattr(example, "LOCK_SECONDS", 0.0)
                await asyncio.wait([history.task])

    message = r"history\.sqlite3: database is locked\. Unwritten readings: 2\."
    with pytest.raises(example.HistoryError, match=message):
        await outlast_the_bound()


async def test_history_stopped_while_locked_writes_what_was_read(
    example: ModuleType, sandbox: Sandbox, path: Path
) -> None:
    async with recording(example, sandbox, path) as history:
        await history.all_written()
        with locked(path):
            sandbox.deposit("Main Payroll", 100)
            await history.rounds(2)
            history.task.cancel()
            for _ in range(20):
                await asyncio.sleep(0)
            assert not history.task.done()
        await asyncio.wait([history.task])
    assert history.cents_of("Main Payroll")[-1] == sandbox.account("Main Payroll").cents


async def test_history_request_that_keeps_failing_adds_one_row_also_after_a_restart(
    example: ModuleType, sandbox: Sandbox, path: Path
) -> None:
    sandbox.fail_next("platform.getAccount", 100_000, faults.Status(status=404))
    for _ in range(2):
        async with recording(example, sandbox, path) as history:
            await history.rounds(3)
    assert [error for _, _, error in rows(path)] == ["NotFoundError"] * len(sandbox.accounts)


@needs_permissions
async def test_history_new_database_is_private_from_the_first_byte(
    sequence_env: Sandbox, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mask = os.umask(0)
    try:
        modes: list[int] = []
        connect = sqlite3.connect

        def look_and_connect(database: Path, **options: Any) -> sqlite3.Connection:
            modes.append(stat.S_IMODE(database.stat().st_mode))
            return connect(database, **options)

        example = load("balance_history")
        monkeypatch.setattr(sqlite3, "connect", look_and_connect)
        example.History(path).close()
    finally:
        os.umask(mask)
    assert modes == [0o600]


@needs_permissions
@pytest.mark.parametrize("mode", ["delete", "wal"])
async def test_history_files_of_sqlite_next_to_it_are_private(
    sequence_env: Sandbox, example: ModuleType, path: Path, mode: str
) -> None:
    found: dict[str, int] = {}
    mask = os.umask(0)
    try:
        with closing(example.History(path)) as history:
            await history.prepare()

            def look(database: sqlite3.Connection) -> None:
                database.execute(f"PRAGMA journal_mode = {mode}")
                with database:
                    database.execute("INSERT INTO balance (account_id, observed_at) VALUES ('a', 'now')")
                    found.update({one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()})

            await example.in_thread(lambda: look(history._database))
    finally:
        os.umask(mask)
    beside = ["-journal"] if mode == "delete" else ["-wal", "-shm"]
    assert found == dict.fromkeys([path.name, *(path.name + one for one in beside)], 0o600)


@needs_sigint
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.sequence_sandbox(accounts=3)
def test_history_interrupted_has_written_everything(sequence_env: Sandbox, path: Path, number: str) -> None:
    with started("balance_history", str(path)) as history:
        while len(sequence_env.requests) < len(sequence_env.accounts) + 1:
            assert history.poll() is None
        history.send_signal(signal.Signals[number])
        out, err = history.communicate(timeout=30)
    assert (history.returncode, out, err) == (0, "Stopped. Every reading is written.\n", "")


@needs_sigint
@pytest.mark.sequence_sandbox(accounts=3)
def test_history_sigterm_where_sigint_is_ignored_ends_it(sequence_env: Sandbox, path: Path) -> None:
    # A shell starts background jobs in this way.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with started("balance_history", str(path)) as history:
            while len(sequence_env.requests) < len(sequence_env.accounts) + 1:
                assert history.poll() is None
            history.terminate()
            out, _ = history.communicate(timeout=30)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (history.returncode, out) == (0, "Stopped. Every reading is written.\n")


@pytest.mark.parametrize("interval", ["0", "-1", "nan", "inf", "soon"])
def test_history_invalid_interval_exits_2_before_it_creates_a_file(path: Path, interval: str) -> None:
    code, out, err = run("balance_history", str(path), "--interval", interval)
    assert (code, out) == (2, "")
    assert "argument --interval: invalid" in err
    assert not path.exists()


def test_history_without_a_key_exits_1_before_it_creates_a_file(path: Path) -> None:
    code, out, err = run("balance_history", str(path))
    assert (code, out, path.exists()) == (1, "", False)
    assert "SEQUENCE_API_KEY" in err
    assert "Traceback" not in err


def test_history_file_of_another_kind_exits_1_and_stays(sequence_env: Sandbox, path: Path) -> None:
    path.write_text("not a database " * 100, encoding="utf-8")
    before = path.read_bytes()
    code, out, err = run("balance_history", str(path))
    assert (code, out) == (1, "")
    assert err == f"{path}: file is not a database.\n"
    assert path.read_bytes() == before


def test_history_missing_folder_exits_1(sequence_env: Sandbox, path: Path) -> None:
    code, out, err = run("balance_history", str(path / "history.sqlite3"))
    assert (code, out) == (1, "")
    assert "No such file" in err
    assert "Traceback" not in err
