"""Interleaved rounds: everyone in turn, again and again, so that a slow moment of the machine meets them all."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any, TypeVar

import attrs

K = TypeVar("K")
"""What tells the contenders of a measurement apart."""

Clock = Callable[[], float]


@attrs.frozen
class Figure:
    """A median, and the quartiles around it."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Figure:
        """Sum samples up."""
        if len(samples) < 2:
            return cls(samples[0], samples[0], samples[0])
        low, middle, high = quantiles(samples, n=4, method="inclusive")
        return cls(middle, low, high)

    @property
    def spread(self) -> float:
        """Half the distance of the quartiles, as a share of the median."""
        return (self.high - self.low) / 2 / self.middle if self.middle else 0.0


@attrs.frozen
class Sample:
    """What one round of one contender took, in seconds a unit of work."""

    cpu: float
    wall: float


Lane = Callable[[], Sample]
"""Does one round of one contender."""


def rounds(lanes: Mapping[K, Lane], count: int) -> dict[K, list[Sample]]:
    """Run each lane once a round. Every other round runs them backwards, and a first one is not counted."""
    found: dict[K, list[Sample]] = {name: [] for name in lanes}
    for number in range(count + 1):
        for name in list(lanes)[:: 1 if number % 2 else -1]:
            gc.collect()
            sample = lanes[name]()
            if number:
                found[name].append(sample)
    return found


def figures(samples: Mapping[K, Sequence[Sample]], *, wall: bool = False) -> dict[K, Figure]:
    """Sum up the CPU time of each lane, or the time on the clock."""
    return {name: Figure.of([sample.wall if wall else sample.cpu for sample in lane]) for name, lane in samples.items()}


def ratios(samples: Mapping[K, Sequence[Sample]], floor: K, *, wall: bool = False) -> dict[K, Figure]:
    """Compare each lane with the floor of the same round."""

    def value(sample: Sample) -> float:
        return sample.wall if wall else sample.cpu

    return {
        name: Figure.of([value(one) / value(other) for one, other in zip(lane, samples[floor], strict=True)])
        for name, lane in samples.items()
    }


def timed(work: Callable[[], object], units: int) -> Sample:
    """Do a piece of work that consists of so many units, and say what one of them took."""
    wall, cpu = perf_counter(), process_time()
    work()
    return Sample((process_time() - cpu) / units, (perf_counter() - wall) / units)


def timed_in(runner: asyncio.Runner, work: Callable[[], Coroutine[Any, Any, object]], units: int) -> Sample:
    """Do a piece of work in an event loop that goes on afterwards."""
    return timed(lambda: runner.run(work()), units)


async def in_flight(call: Callable[[str], Awaitable[object]], ids: Sequence[str], width: int) -> None:
    """Call once for each id, ``width`` at a time."""
    remaining = iter(ids)

    async def work() -> None:
        for account_id in remaining:
            await call(account_id)

    await asyncio.gather(*[work() for _ in range(width)])
