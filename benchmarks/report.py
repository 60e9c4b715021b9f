"""The report: a table of targets, a table of clients, and the machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import attrs

from benchmarks import machine
from benchmarks.timing import Figure

RESULTS = Path(__file__).parent / "results"


@attrs.frozen(kw_only=True)
class Row:
    """A target and its measurement."""

    work: str
    baseline: str
    """The name of the baseline."""
    measured: Figure
    target: float
    detail: str = ""
    unit: str = ""
    """The unit, if the figure is not a ratio."""

    @property
    def met(self) -> bool:
        """Whether the median is within the target."""
        return self.measured.middle <= self.target


def spread(figure: Figure, unit: str = "") -> str:
    """Return a figure as text, with its quartiles if it has any."""
    middle = f"{figure.middle:.2f}{unit}"
    return middle if figure.low == figure.high else f"{middle} ({figure.low:.2f} to {figure.high:.2f})"


def duration(figure: Figure) -> str:
    """Return a time in microseconds or milliseconds."""
    seconds = figure.middle
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"


def targets(rows: Iterable[Row]) -> str:
    """Return the table of targets."""
    head = ["work", "compared with", "ratio (quartiles)", "target", "met", "ours : baseline"]
    lines = [
        [
            row.work,
            row.baseline,
            spread(row.measured, row.unit),
            f"{row.target:g}{row.unit}",
            "yes" if row.met else "**no**",
            row.detail,
        ]
        for row in rows
    ]
    return table(head, lines)


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table that is also readable in a terminal."""
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    rows = [head, ["-" * width for width in widths], *lines]
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)


def heading(today: date, seconds: float) -> str:
    """Return the heading with the date, the method and the machine."""
    facts = machine.facts()
    return (
        f"# Measurements of {today.isoformat()}\n\n"
        f"`python -m benchmarks`, {seconds:.0f} s. Medians of interleaved rounds; CPU time of the client's process, "
        "with the server in another process, on another processor if available.\n\n"
        f"- machine: {facts['machine']}\n- Python: {facts['python']}\n- releases: {facts['versions']}\n"
    )


def save(text: str, today: date) -> Path:
    """Save a report and return its path. A second report of the same day replaces the first."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{today.isoformat()}.md"
    path.write_text(text, encoding="utf-8")
    return path
