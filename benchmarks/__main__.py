"""Measure everything: ``python -m benchmarks``, or ``make bench``. It takes two or three minutes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from time import perf_counter

import attrs

from benchmarks import balances, calls, decoding, flatness, imports, machine, memory, report, server
from benchmarks.contenders import CONTENDERS, OURS, RAW
from benchmarks.measuring import Figure, Sample, figures, ratios
from benchmarks.report import Row, duration

Samples = Mapping[str, Sequence[Sample]]

CALLS = {
    50: ("`accounts.get`, 50 under way at a time", 1.20),
    1: ("`accounts.get`, one after the other", 1.15),
}
IMPORTS = {
    "import sequence_async": 0.15,
    "from sequence_async import SequenceClient": 1.3,
    "import sequence_async.models.platform": 0.5,
}
FLAT = 1.15
STILL = 1.0
"""Bytes a reading: less than any object that a reading could leave behind, or a round of 100 its task."""


@attrs.frozen
class Effort:
    """How often things are measured."""

    rounds: int
    calls: int
    watch_rounds: int
    imports: int


THOROUGH = Effort(rounds=21, calls=1000, watch_rounds=100, imports=11)
QUICK = Effort(rounds=5, calls=500, watch_rounds=20, imports=3)


def compared(work: str, samples: Samples, floor: str, target: float, *, ours: str = OURS, wall: bool = False) -> Row:
    """Return the row of something that has its floor in the same rounds."""
    found = figures(samples, wall=wall)
    return Row(
        work=work,
        floor=floor,
        measured=ratios(samples, floor, wall=wall)[ours],
        target=target,
        detail=f"{duration(found[ours])} : {duration(found[floor])}",
    )


def decoding_rows(effort: Effort) -> Iterator[Row]:
    """Measure from bytes to models."""
    one = decoding.one_account(effort.rounds)
    yield compared("one account, bytes to model", one, decoding.FLOOR, 3.5)
    yield compared('the same with `converter("v1")`', one, decoding.FLOOR, 3.5, ours=decoding.CONVERTER)
    pages = {
        "page of 100 transfers, bytes to models": decoding.page_of_transfers,
        "page of 100 accounts, bytes to models": decoding.page_of_accounts,
        "100 accounts with balances, bytes to models": decoding.page_of_whole_accounts,
    }
    for work, measure in pages.items():
        yield compared(work, measure(effort.rounds), decoding.FLOOR, 3.0)


def balance_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure what reads two thousand accounts."""
    snapshot = balances.snapshot(origin, max(3, effort.rounds // 2))
    yield compared("`balances.snapshot`, 20 ms away, wall time", snapshot, RAW, 1.05, wall=True)
    yield compared("`balances.watch`, a reading", balances.watch(origin, effort.rounds), RAW, 1.25)


def memory_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure what is held."""
    models, by_hand = memory.models(), memory.by_hand()
    yield Row(
        work="memory of 10,000 accounts",
        floor="slotted classes by hand",
        measured=Figure.of([models / by_hand]),
        target=1.2,
        detail=f"{models / 1e6:.2f} MB : {by_hand / 1e6:.2f} MB",
    )
    yield Row(
        work=f"growth over {effort.watch_rounds} rounds of a watch of 100 accounts",
        floor="none",
        measured=Figure.of([memory.growth(origin, effort.watch_rounds)]),
        target=STILL,
        unit=" bytes a reading",
    )


def import_rows(effort: Effort) -> Iterator[Row]:
    """Measure the imports."""
    samples = imports.measure(effort.imports)
    for statement, target in IMPORTS.items():
        yield compared(f"`{statement}`", samples, imports.FLOOR, target, ours=statement)


def flat_rows(origin: str, effort: Effort) -> Iterator[Row]:
    """Measure whether many at once cost more each. That many cost less is no fault: raw calls do so too."""
    widths = flatness.widths(origin, effort.calls, effort.rounds)
    ours, raw = ({width: widths[name, width] for width in flatness.WIDTHS} for name in (OURS, RAW))
    yield Row(
        work="1, 10, 100, 1,000 calls under way, CPU a call",
        floor="fewer of them",
        measured=rise(ours),
        target=FLAT,
        detail=f"{_times(ours)} : {_times(raw)}",
    )
    clients = flatness.clients(origin, effort.calls, effort.rounds)
    yield Row(
        work="1, 10, 100 clients on a session, CPU a call",
        floor="fewer of them",
        measured=rise(clients),
        target=FLAT,
        detail=_times(clients),
    )


def rise(samples: Mapping[int, Sequence[Sample]]) -> Figure:
    """Return by how much the cost of a call rises at most, from any number to a larger one."""
    numbers = sorted(samples)
    found = [ratios(samples, few)[many] for few in numbers for many in numbers if few < many]
    return max(found, key=lambda figure: figure.middle)


def _times(samples: Mapping[int, Sequence[Sample]]) -> str:
    return ", ".join(f"{figure.middle * 1e6:.0f}" for figure in figures(samples).values()) + " µs"


def everyone(samples: Mapping[int, Samples], missing: Mapping[str, str]) -> str:
    """Return the table of all who read an account."""
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
    head = ["who"]
    for width in found:
        head += [f"CPU a call, {width} under way" if width > 1 else "CPU a call, in turn", "x raw", "calls a second"]
    return report.table(head, lines)


def measure(origin: str, effort: Effort) -> Iterator[str]:
    """Measure everything; give the report piece by piece."""
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
        flat_rows(origin, effort),
    ):
        rows += more
    yield f"## Targets\n\n{report.targets(rows)}\n"
    yield f"## Everyone\n\n{everyone(samples, missing)}\n"


def main() -> None:
    """Measure, print, and keep what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and keep nothing: for a first impression")
    quick = parser.parse_args().quick
    machine.pin_client()
    began = perf_counter()
    with server.running() as origin:
        pieces = list(measure(origin, QUICK if quick else THOROUGH))
    today = datetime.now(UTC).date()
    text = "\n".join([report.heading(today, perf_counter() - began), *pieces])
    print(text)
    if not quick:
        print(f"Kept in {report.save(text, today)}", file=sys.stderr)


if __name__ == "__main__":
    main()
