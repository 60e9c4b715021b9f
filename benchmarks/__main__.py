"""Run all benchmarks: ``python -m benchmarks``, or ``make bench``. This takes two or three minutes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from time import perf_counter

import attrs

from benchmarks import balances, calls, decoding, imports, machine, memory, report, scaling, server
from benchmarks.contenders import CONTENDERS, OURS, RAW
from benchmarks.report import Row, duration
from benchmarks.timing import Figure, Sample, figures, ratios

Samples = Mapping[str, Sequence[Sample]]

CALLS = {
    50: ("`accounts.get`, 50 concurrent", 1.20),
    1: ("`accounts.get`, sequential", 1.15),
}
IMPORTS = {
    "import sequence_async": 0.15,
    "from sequence_async import SequenceClient": 1.3,
    "import sequence_async.models.platform": 0.5,
}
MAX_RISE = 1.15
MAX_GROWTH = 1.0
"""Bytes per reading. Any leaked object per reading, or task per round of 100 readings, is larger."""


@attrs.frozen
class Effort:
    """The number of repetitions."""

    rounds: int
    calls: int
    watch_rounds: int
    imports: int


THOROUGH = Effort(rounds=21, calls=1000, watch_rounds=100, imports=11)
QUICK = Effort(rounds=5, calls=500, watch_rounds=20, imports=3)


def compared(work: str, samples: Samples, baseline: str, target: float, *, ours: str = OURS, wall: bool = False) -> Row:
    """Return the row that compares a measurement with its baseline in the same rounds."""
    found = figures(samples, wall=wall)
    return Row(
        work=work,
        baseline=baseline,
        measured=ratios(samples, baseline, wall=wall)[ours],
        target=target,
        detail=f"{duration(found[ours])} : {duration(found[baseline])}",
    )


def decoding_rows(effort: Effort) -> Iterator[Row]:
    """Measure decoding from bytes to models."""
    one = decoding.one_account(effort.rounds)
    yield compared("one account, bytes to model", one, decoding.BASELINE, 3.5)
    yield compared('the same with `converter("v1")`', one, decoding.BASELINE, 3.5, ours=decoding.CONVERTER)
    pages = {
        "page of 100 transfers, bytes to models": decoding.page_of_transfers,
        "page of 100 accounts, bytes to models": decoding.page_of_accounts,
        "100 accounts with balances, bytes to models": decoding.page_of_whole_accounts,
    }
    for work, measure in pages.items():
        yield compared(work, measure(effort.rounds), decoding.BASELINE, 3.0)


def balance_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure reading the balances of 2,000 accounts."""
    snapshot = balances.snapshot(origin, max(3, effort.rounds // 2))
    yield compared("`balances.snapshot`, 20 ms latency, wall time", snapshot, RAW, 1.05, wall=True)
    yield compared("`balances.watch`, per reading", balances.watch(origin, effort.rounds), RAW, 1.25)


def memory_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure memory use and growth."""
    models, by_hand = memory.models(), memory.by_hand()
    yield Row(
        work="memory of 10,000 accounts",
        baseline="hand-written slotted classes",
        measured=Figure.of([models / by_hand]),
        target=1.2,
        detail=f"{models / 1e6:.2f} MB : {by_hand / 1e6:.2f} MB",
    )
    yield Row(
        work=f"growth over {effort.watch_rounds} rounds of a watch of 100 accounts",
        baseline="none",
        measured=Figure.of([memory.growth(origin, effort.watch_rounds)]),
        target=MAX_GROWTH,
        unit=" bytes per reading",
    )


def import_rows(effort: Effort) -> Iterator[Row]:
    """Measure import times."""
    samples = imports.measure(effort.imports)
    for statement, target in IMPORTS.items():
        yield compared(f"`{statement}`", samples, imports.BASELINE, target, ours=statement)


def scaling_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure whether the cost per call rises with concurrency. A falling cost is expected, as with raw calls."""
    widths = scaling.widths(origin, effort.calls, effort.rounds)
    ours, raw = ({width: widths[name, width] for width in scaling.WIDTHS} for name in (OURS, RAW))
    yield Row(
        work="1, 10, 100 and 1,000 concurrent calls, CPU per call",
        baseline="smaller numbers",
        measured=rise(ours),
        target=MAX_RISE,
        detail=f"{_times(ours)} : {_times(raw)}",
    )
    clients = scaling.clients(origin, effort.calls, effort.rounds)
    yield Row(
        work="1, 10 and 100 clients on one session, CPU per call",
        baseline="smaller numbers",
        measured=rise(clients),
        target=MAX_RISE,
        detail=_times(clients),
    )


def rise(samples: Mapping[int, Sequence[Sample]]) -> Figure:
    """Return the largest ratio of costs per call, from any number to a larger one."""
    numbers = sorted(samples)
    found = [ratios(samples, few)[many] for few in numbers for many in numbers if few < many]
    return max(found, key=lambda figure: figure.middle)


def _times(samples: Mapping[int, Sequence[Sample]]) -> str:
    return ", ".join(f"{figure.middle * 1e6:.0f}" for figure in figures(samples).values()) + " µs"


def clients_table(samples: Mapping[int, Samples], missing: Mapping[str, str]) -> str:
    """Return the table of all clients that read an account."""
    lines: list[list[str]] = []
    found = {width: (figures(lanes), ratios(lanes, RAW), figures(lanes, wall=True)) for width, lanes in samples.items()}
    for name in (contender.name for contender in CONTENDERS):
        if name in missing:
            lines.append([name, missing[name], *[""] * (2 * len(found) + 1)])
            continue
        cells: list[str] = []
        for cpu, ratio, wall in found.values():
            cells += [duration(cpu[name]), report.spread(ratio[name]), f"{1 / wall[name].middle:,.0f}"]
        lines.append([name, *cells])
    head = ["client"]
    for width in found:
        head += [
            f"CPU per call, {width} concurrent" if width > 1 else "CPU per call, sequential",
            "x raw",
            "calls per second",
        ]
    return report.table(head, lines)


def measure(origin: str, effort: Effort) -> Iterator[str]:
    """Run all benchmarks and yield the sections of the report."""
    with ExitStack() as stack:
        places, missing = calls.open_all(origin, stack)
        samples = {
            width: calls.measure(places, width=width, calls=effort.calls, count=effort.rounds) for width in CALLS
        }
    rows = [compared(work, samples[width], RAW, target) for width, (work, target) in CALLS.items()]
    for more in (
        decoding_rows(effort),
        balance_rows(origin, effort),
        memory_rows(origin, effort),
        import_rows(effort),
        scaling_rows(origin, effort),
    ):
        rows += more
    yield f"## Targets\n\n{report.targets(rows)}\n"
    yield f"## Clients\n\n{clients_table(samples, missing)}\n"


def main() -> None:
    """Run the benchmarks, print the report and save it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="run fewer rounds and save nothing")
    quick = parser.parse_args().quick
    machine.pin_client()
    began = perf_counter()
    with server.running() as origin:
        pieces = list(measure(origin, QUICK if quick else THOROUGH))
    today = datetime.now(UTC).date()
    text = "\n".join([report.heading(today, perf_counter() - began), *pieces])
    print(text)
    if not quick:
        print(f"Saved to {report.save(text, today)}", file=sys.stderr)


if __name__ == "__main__":
    main()
