"""The machine of a measurement: its processors, their assignment, and the installed releases."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

DISTRIBUTIONS = (
    "sequence-async",
    "aiohttp",
    "yarl",
    "attrs",
    "cattrs",
    "orjson",
    "uvloop",
    "httpx",
    "increase",
    "GetSequenceIoApiClient",
)


# Only Linux lets a process choose its processor. Elsewhere, the system decides.
PROCESSORS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
"""The processors that this process may use, read before it is pinned."""


def pin(processor: int) -> None:
    """Pin this process to one processor, so that others do not slow it down."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, [processor])


def pin_client() -> None:
    """Pin this process to the first processor. The server uses the last."""
    if len(PROCESSORS) > 1:
        pin(PROCESSORS[0])


def facts() -> dict[str, str]:
    """Return the machine, the Python version and the releases."""
    return {
        "machine": f"{_processor_name()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS),
    }


def version(distribution: str) -> str:
    """Return the installed release, or a note that there is none."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _processor_name() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()
