"""The benchmarks still run: the smallest of them, with all installed clients."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from benchmarks import calls, decoding, instructions, server
from benchmarks.contenders import OURS, RAW
from benchmarks.report import Row, targets
from benchmarks.timing import ratios


def test_calls_are_compared_with_their_baseline() -> None:
    with server.running() as origin, ExitStack() as stack:
        places, missing = calls.open_all(origin, stack)
        names = {contender.name for contender in places} | set(missing)
        samples = calls.measure(
            {contender: place for contender, place in places.items() if contender.name in (RAW, OURS)},
            width=5,
            calls=20,
            count=2,
        )
    assert {RAW, OURS} <= names
    assert all(reason.startswith("not measured: ") for reason in missing.values())
    assert all(sample.cpu > 0 for sample in samples[OURS])


def test_function_entries_of_a_call_are_counted() -> None:
    with server.running() as origin:
        for name in instructions.CALLS:
            entries, ours = instructions.entries(Path.cwd(), name, origin)
            assert entries > ours > 10


def test_a_report_says_what_missed_its_target() -> None:
    found = ratios(decoding.one_account(2), decoding.BASELINE)[decoding.OURS]
    rows = [Row(work="work", baseline="baseline", measured=found, target=target) for target in (0.01, 1000.0)]
    missed, met = targets(rows).splitlines()[2:]
    assert "**no**" in missed
    assert "yes" in met
