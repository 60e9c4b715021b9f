"""The machine a measurement was made on: its processors, who runs where, and which releases took part."""

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


# Only Linux lets a process choose where it runs; elsewhere the system places both sides.
PROCESSORS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
"""Where this process may run; read before it is pinned."""


def pin(processor: int) -> None:
    """Keep this process on one processor: what runs on another is then not in its way."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, [processor])


def pin_client() -> None:
    """Keep this process on the first processor; the server gets the last."""
    if len(PROCESSORS) > 1:
        pin(PROCESSORS[0])


def facts() -> dict[str, str]:
    """Say what the measurements were made on."""
    return {
        "machine": f"{_processor_name()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS),
    }


def version(distribution: str) -> str:
    """Return the release that is installed, or say that none is."""
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
