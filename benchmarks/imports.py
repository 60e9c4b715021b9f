"""Import times of the package, compared with aiohttp. Each import runs in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.timing import Lane, Sample, rounds

BASELINE = "import aiohttp"
STATEMENTS = {
    BASELINE: "import aiohttp",
    "import sequence_async": "import sequence_async",
    "from sequence_async import SequenceClient": "from sequence_async import SequenceClient",
    "import sequence_async.models.platform": "import sequence_async.models.platform",
}

# Only the statement is timed: the start of the interpreter is the same for all.
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
    # Installed packages are already compiled. The first, uncounted round compiles the rest.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def once() -> Sample:
        found = subprocess.run(  # noqa: S603 - a trusted program
            command,
            check=True,
            capture_output=True,
            encoding="utf-8",
            env=environment,
        )
        cpu, wall = map(float, found.stdout.split())
        return Sample(cpu, wall)

    return once
