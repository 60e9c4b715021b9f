"""What it costs to import the package, beside importing aiohttp: each import in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.measuring import Lane, Sample, rounds

FLOOR = "import aiohttp"
STATEMENTS = {
    FLOOR: "import aiohttp",
    "import sequence_async": "import sequence_async",
    "from sequence_async import SequenceClient": "from sequence_async import SequenceClient",
    "import sequence_async.models.platform": "import sequence_async.models.platform",
}

# The statement alone is timed: the interpreter's own start is the same for all.
_PROGRAM = """
from time import perf_counter, process_time
wall, cpu = perf_counter(), process_time()
{statement}
print(process_time() - cpu, perf_counter() - wall)
"""


def measure(count: int) -> dict[str, list[Sample]]:
    """Measure each import."""
    return rounds({name: _lane(statement) for name, statement in STATEMENTS.items()}, count)


def _lane(statement: str) -> Lane:
    command = [sys.executable, "-c", _PROGRAM.format(statement=statement)]
    # Installed packages are compiled already. The round that is not counted compiles what is not.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def once() -> Sample:
        found = subprocess.run(  # noqa: S603 - our own program
            command,
            check=True,
            capture_output=True,
            encoding="utf-8",
            env=environment,
        )
        cpu, wall = map(float, found.stdout.split())
        return Sample(cpu, wall)

    return once
