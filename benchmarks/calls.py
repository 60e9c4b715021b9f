"""One account read over HTTP: one call after the other, and fifty at a time, by everyone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks import documents
from benchmarks.contenders import CONTENDERS, Contender, Opened, opened
from benchmarks.measuring import Lane, Sample, in_flight, rounds, timed_in


def lane(place: Opened, calls: int, width: int) -> Lane:
    """Return a lane of so many calls, so many at a time."""
    ids = [documents.account_id(number) for number in range(calls)]
    return lambda: timed_in(place.runner, lambda: in_flight(place.call, ids, width), calls)


def open_all(origin: str, stack: ExitStack) -> tuple[dict[Contender, Opened], dict[str, str]]:
    """Open all contenders; give those that work, and why the others do not."""
    found: dict[Contender, Opened] = {}
    missing: dict[str, str] = {}
    for contender in CONTENDERS:
        try:
            found[contender] = stack.enter_context(opened(contender, origin))
        except ImportError as error:
            missing[contender.name] = f"not measured: {error.name} is not installed"
        except Exception as error:  # noqa: BLE001 - whatever another client does, the others are still measured
            missing[contender.name] = f"not measured: {type(error).__name__}: {error}"
    return found, missing


def measure(places: Mapping[Contender, Opened], *, width: int, calls: int, count: int) -> dict[str, list[Sample]]:
    """Measure everyone, with ``width`` calls under way at a time."""
    return rounds(
        {
            contender.name: lane(place, max(width, calls // 10) if contender.slow else calls, width)
            for contender, place in places.items()
        },
        count,
    )
