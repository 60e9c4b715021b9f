"""One account read over HTTP: one call after the other, and fifty at a time, by everyone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks import documents
from benchmarks.contenders import CONTENDERS, Call, Contender, Opened, opened
from benchmarks.measuring import Lane, Sample, in_flight, rounds, timed_in

Place = Opened[Call]


def lane(place: Place, calls: int, width: int) -> Lane:
    """Return a lane of so many calls, so many at a time."""
    ids = [documents.account_id(number) for number in range(calls)]
    return lambda: timed_in(place.runner, lambda: in_flight(place.value, ids, width), calls)


def open_all(origin: str, stack: ExitStack) -> tuple[dict[Contender, Place], dict[str, str]]:
    """Open all contenders; give those that work, and why the others do not."""
    found: dict[Contender, Place] = {}
    missing: dict[str, str] = {}
    for contender in CONTENDERS:
        try:
            place = stack.enter_context(opened(contender.open, origin, uvloop=contender.uvloop))
            place.runner.run(in_flight(place.value, ["acc_1"], 1))
        except ImportError as error:
            missing[contender.name] = f"not measured: {error.name} is not installed"
        except Exception as error:  # noqa: BLE001 - whatever another client does, the others are still measured
            missing[contender.name] = f"not measured: {type(error).__name__}: {error}"
        else:
            found[contender] = place
    return found, missing


def measure(places: Mapping[Contender, Place], *, width: int, calls: int, count: int) -> dict[str, list[Sample]]:
    """Measure everyone, with ``width`` calls under way at a time."""
    return rounds(
        {
            contender.name: lane(place, max(width, calls // 10) if contender.slow else calls, width)
            for contender, place in places.items()
        },
        count,
    )
