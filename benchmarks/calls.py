"""Read one account over HTTP with every client: sequentially, and with 50 concurrent calls."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks import payloads
from benchmarks.contenders import CONTENDERS, Call, Contender, Opened, opened
from benchmarks.timing import Lane, Sample, in_flight, rounds, timed_in

Place = Opened[Call]


def lane(place: Place, calls: int, width: int) -> Lane:
    """Return a lane with ``calls`` calls, ``width`` at a time."""
    ids = [payloads.account_id(number) for number in range(calls)]
    return lambda: timed_in(place.runner, lambda: in_flight(place.value, ids, width), calls)


def open_all(origin: str, stack: ExitStack) -> tuple[dict[Contender, Place], dict[str, str]]:
    """Open all contenders. Return those that work, and the reasons why the others do not."""
    found: dict[Contender, Place] = {}
    missing: dict[str, str] = {}
    for contender in CONTENDERS:
        try:
            place = stack.enter_context(opened(contender.open, origin, uvloop=contender.uvloop))
            place.runner.run(in_flight(place.value, ["acc_1"], 1))
        except ImportError as error:
            missing[contender.name] = f"not measured: {error.name} is not installed"
        except Exception as error:  # noqa: BLE001 - an error of one client must not stop the others
            missing[contender.name] = f"not measured: {type(error).__name__}: {error}"
        else:
            found[contender] = place
    return found, missing


def measure(places: Mapping[Contender, Place], *, width: int, calls: int, count: int) -> dict[str, list[Sample]]:
    """Measure all clients with ``width`` concurrent calls."""
    return rounds(
        {
            contender.name: lane(place, max(width, calls // 10) if contender.slow else calls, width)
            for contender, place in places.items()
        },
        count,
    )
