"""Count the instructions and function entries of one warm call: ``python -m benchmarks.instructions``.

valgrind's callgrind counts the instructions, so other load on the machine does not affect them. The difference between
many calls and few excludes the start of the program. ``--tree DIR`` counts another checkout in the same way, with the
server of this one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CALLS = ("accounts.get", "transfers.create", "balances.watch")
"""One reading of ``balances.watch``."""
WATCHED = 50
FEW, MANY = 100, 300
WARM = 50


def main() -> None:
    """Print the table of calls."""
    from benchmarks import server

    parser = argparse.ArgumentParser(prog="python -m benchmarks.instructions", description=__doc__)
    parser.add_argument("--tree", type=Path, default=Path.cwd(), help="the checkout to count (default: this one)")
    tree: Path = parser.parse_args().tree
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not installed. Install it to count instructions.")
    with server.running() as origin:
        print(f"{'one warm call':20}{'instructions':>14}{'entries':>9}{'ours':>9}")
        for name in CALLS:
            more = _instructions(tree, name, MANY, origin) - _instructions(tree, name, FEW, origin)
            all_entries, ours = entries(tree, name, origin)
            print(f"{name:20}{more // (MANY - FEW):>14,}{all_entries:>9}{ours:>9}")


def entries(tree: Path, name: str, origin: str) -> tuple[int, int]:
    """Return the function entries of one warm call: all of Python's, and ours."""
    found = _child(tree, "entries", name, "1", origin).split()
    return int(found[0]), int(found[1])


def _instructions(tree: Path, name: str, calls: int, origin: str) -> int:
    with TemporaryDirectory() as folder:
        options = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        _child(tree, "calls", name, str(calls), origin, before=options)
        found = re.search(r"^(?:summary|totals): (\d+)", Path(folder, "out").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return int(found[1])


def _child(tree: Path, *arguments: str, before: list[str] | None = None) -> str:
    command = [*(before or []), sys.executable, str(Path(__file__).resolve()), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tree.resolve()), "PYTHONHASHSEED": "0"}
    done = subprocess.run(  # noqa: S603 - a trusted program
        command, cwd=tree, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _call_of(client: Any, name: str) -> Callable[[], Awaitable[Any]]:
    if name == "accounts.get":
        return lambda: client.accounts.get("acc_01HDEF000001")
    if name == "balances.watch":
        ids = [f"acc_01HDEF{number:06}" for number in range(WATCHED)]
        updates = client.balances.watch(ids, interval=0.001, concurrency=WATCHED)
        return lambda: anext(updates)
    return lambda: client.transfers.create(
        source_account_id="acc_01HDEF000001", destination_account_id="acc_01HDEF000002", amount_in_cents=500
    )


async def _run(kind: str, name: str, calls: int, origin: str) -> None:
    from sequence_async import SequenceClient

    async with SequenceClient("benchmark", base_url=f"{origin}/api/v1") as client:
        call = _call_of(client, name)
        for _ in range(WARM):
            await call()
        if kind == "entries":
            # A round reads its updates together, so count a whole round.
            print(*await _entries(call, WATCHED if name == "balances.watch" else 1))
            return
        for _ in range(calls):
            await call()


async def _entries(call: Callable[[], Awaitable[Any]], repeats: int) -> tuple[int, int]:
    """Count the function entries of one call, on average: all of Python's, and ours."""
    counts = [0, 0]

    def profile(frame: Any, event: str, _: object) -> None:
        if event == "call":
            counts[0] += 1
            counts[1] += f"{os.sep}sequence_async{os.sep}" in frame.f_code.co_filename

    sys.setprofile(profile)
    try:
        for _ in range(repeats):
            await call()
    finally:
        sys.setprofile(None)
    return counts[0] // repeats, counts[1] // repeats


if __name__ == "__main__":
    if len(sys.argv) > 4:  # as a child: kind, name, calls, origin
        asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
    else:
        main()
