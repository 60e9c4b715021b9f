"""Interleaved rounds: all contenders take turns, so that a temporary slowdown affects them equally."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any, TypeVar

import attrs

K = TypeVar("K")
"""The key of a contender."""

Clock = Callable[[], float]


@attrs.frozen
class Figure:
    """A median with its quartiles."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Figure:
        """Return the median and the quartiles of samples."""
        if len(samples) < 2:
            return cls(samples[0], samples[0], samples[0])
        low, middle, high = quantiles(samples, n=4, method="inclusive")
        return cls(middle, low, high)

    @property
    def spread(self) -> float:
        """Half the interquartile range, relative to the median."""
        return (self.high - self.low) / 2 / self.middle if self.middle else 0.0


@attrs.frozen
class Sample:
    """The time of one round of one contender, in seconds per unit of work."""

    cpu: float
    wall: float


Lane = Callable[[], Sample]
"""A function that runs one round of one contender."""


def rounds(lanes: Mapping[K, Lane], count: int) -> dict[K, list[Sample]]:
    """Run each lane once per round. Every other round is in reverse order, and the first is not counted."""
    found: dict[K, list[Sample]] = {name: [] for name in lanes}
    for number in range(count + 1):
        for name in list(lanes)[:: 1 if number % 2 else -1]:
            gc.collect()
            sample = lanes[name]()
            if number:
                found[name].append(sample)
    return found


def figures(samples: Mapping[K, Sequence[Sample]], *, wall: bool = False) -> dict[K, Figure]:
    """Return the CPU time of each lane, or the wall time."""
    return {name: Figure.of([sample.wall if wall else sample.cpu for sample in lane]) for name, lane in samples.items()}


def ratios(samples: Mapping[K, Sequence[Sample]], baseline: K, *, wall: bool = False) -> dict[K, Figure]:
    """Return the ratio of each lane to the baseline of the same round."""

    def value(sample: Sample) -> float:
        return sample.wall if wall else sample.cpu

    return {
        name: Figure.of([value(one) / value(other) for one, other in zip(lane, samples[baseline], strict=True)])
        for name, lane in samples.items()
    }


def timed(work: Callable[[], object], units: int) -> Sample:
    """Do a piece of work that consists of ``units``, and return the time per unit."""
    wall, cpu = perf_counter(), process_time()
    work()
    return Sample((process_time() - cpu) / units, (perf_counter() - wall) / units)


def timed_in(runner: asyncio.Runner, work: Callable[[], Coroutine[Any, Any, object]], units: int) -> Sample:
    """Do a piece of work in an event loop that continues afterwards."""
    return timed(lambda: runner.run(work()), units)


async def in_flight(call: Callable[[str], Awaitable[object]], ids: Sequence[str], width: int) -> None:
    """Call once for each ID, ``width`` at a time."""
    remaining = iter(ids)

    async def work() -> None:
        for account_id in remaining:
            await call(account_id)

    await asyncio.gather(*[work() for _ in range(width)])
